"""How long every view of every report takes, beside its own bare SQL, and which tables it scans whole.

    BOK_HOME=/somewhere BOK_DATABASE_URL=... python -m tests.benchmarks.bench_reports
    ... python -m tests.benchmarks.bench_reports --only receivables,daily --days 31 --as-of 2026-10-07

The database is an installation that is there already: `bok db sample --clients 100000 --years 1
--billed 6` makes one. Nothing is written to it. Each view is asked by a process of its own, whose
highest memory is printed. The bare SQL is the very statements that the view sent, asked once more of
the driver alone, and their rows fetched and thrown away. The memory is the process's own, without the
mapped pages of the database file. Long lists are read as they are written to a file: row by row, none
kept; `500` behind a view asks for its first 500 rows, as the screen does. `access client+` asks for the
looks at the client of `--client` alone. `srv` are the processor seconds of PostgreSQL where it runs on this
very Linux machine; its parallel workers are not in them, so `--one-processor` does without those.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import os
import re
import time
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import sqlalchemy as sa

from db.clock import office_day
from db.house import open_house
from db.office import SYSTEM, House
from db.records.reports import Line, Question
from db.rules.day_entry import parse_day
from db.settings import load_settings
from reports.supervision.definition import Option, View
from reports.supervision.registry import REPORTS, definition_of
from tests.benchmarks.bench_sample import own_memory

AIM = 5.0
EVERY = 0.05
"""Seconds between two looks at the memory."""
QUICK = {"daily": 1.0, "requests": 1.0, "complaints": 1.0, "contacts": 1.0, "access+": 1.0}
"""Seconds that a view may take."""
_SCAN = re.compile(r"SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?")
FIRST = 500
"""Rows that a screen shows."""
More = Mapping[str, Any]
Asked = list[tuple[str, Any]]
"""Statements as the driver got them, with their parameters."""


def main() -> None:
    """Ask the views one after the other and print a line of each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", default="", help="reports, with commas between")
    parser.add_argument("--days", type=int, default=365, help="days up to that of the report")
    parser.add_argument("--as-of", default="", help="the day of the report; today without")
    parser.add_argument("--client", default="1234", help="the number of a client")
    parser.add_argument("--one-processor", action="store_true", help="no parallel workers in PostgreSQL")
    options = parser.parse_args()
    if options.one_processor:
        sa.event.listen(sa.Engine, "connect", _alone)
    chosen = options.only.split(",") if options.only else list(REPORTS)
    heads = f"{'s':>8}{'cpu':>8}{'srv':>8}{'bare':>8}{'ratio':>7}{'MiB':>6}  scanned whole"
    print(f"{'report and view':<24}{'rows':>9}{heads}")
    for name in chosen:
        for key, more in _asked_of(name, options.client):
            line = _in_a_process(name, key, options.days, options.as_of, more)
            behind = "+" if "client" in more else " 500" if more else ""
            late = "  LATE" if line["seconds"] > QUICK.get(name + behind, AIM) else ""
            shown = f"{name} {key}{behind}"
            print(
                f"{shown:<24}{line['rows']:>9}{line['seconds']:>8.2f}{line['cpu']:>8.2f}"
                f"{line['server']:>8.2f}{line['bare']:>8.2f}"
                f"{line['seconds'] / max(line['bare'], 1e-4):>7.2f}{line['memory']:>6}"
                f"  {', '.join(line['scans']) or '-'}{late}",
                flush=True,
            )


def _asked_of(name: str, client: str) -> Iterator[tuple[str, More]]:
    """Yield the views of a report, each with what is asked beside the days."""
    for view in definition_of(name).views:
        yield view.key, {}
        if view.long:
            yield view.key, {"limit": FIRST}
    if name == "access":
        yield "client", {"client": client}


def _in_a_process(name: str, key: str, days: int, as_of: str, more: More) -> dict[str, Any]:
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_measure, args=(theirs, name, key, days, as_of, more))
    child.start()
    theirs.close()
    try:
        line: dict[str, Any] = json.loads(ours.recv())
    finally:
        child.join()
    return line


def _measure(answer: Any, name: str, key: str, days: int, as_of: str, more: More) -> None:
    house = open_house(load_settings(os.environ))
    view = definition_of(name).view(key)
    assert view is not None
    question = replace(_question(house, name, view, days, as_of), **more)
    take = (_passed,) if view.long and not question.limit else ()
    asked: Asked = []
    sa.event.listen(
        sa.Engine,
        "before_cursor_execute",
        lambda _c, _u, statement, parameters, _x, _m: asked.append((statement, parameters)),
    )
    with _watched() as seen:
        wall, cpu = time.perf_counter(), time.process_time()
        found = house.office(SYSTEM).read(_door(view), question, *take)
        line: dict[str, Any] = {
            "rows": found.count if take else len(found.rows),
            "seconds": time.perf_counter() - wall,
            "cpu": time.process_time() - cpu,
        }
        seen.append(own_memory())
    line["server"] = _server_seconds(house)
    line["memory"] = max(seen)
    del found
    own = [each for each in asked if each[0].lstrip().upper().startswith(("SELECT", "WITH"))]
    with house.database.reader.connect() as connection:
        raw = connection.connection.driver_connection
        line["bare"] = _bare(raw, own)
        line["scans"] = sorted({*_scans(raw, own, house.database.dialect)})
    house.database.close()
    answer.send(json.dumps(line))


def _passed(rows: Iterable[Line]) -> tuple[Line, ...]:
    """Let the rows go by, as they do on their way to a file."""
    deque(rows, maxlen=0)
    return ()


def _alone(raw: Any, record: Any) -> None:
    """Keep PostgreSQL from sharing a statement out to workers."""
    if hasattr(raw, "pgconn"):
        raw.execute("SET max_parallel_workers_per_gather = 0")
        raw.commit()


def _server_seconds(house: House) -> float:
    """Return the processor seconds that the server's own process took up to now; 0 where it is not seen."""
    if house.database.dialect != "postgresql":
        return 0.0
    with house.database.reader.connect() as connection:
        key = connection.scalar(sa.text("SELECT pg_backend_pid()"))
    told = Path(f"/proc/{key}/stat")
    if not told.exists():
        return 0.0
    user, system = told.read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _watched() -> Iterator[list[int]]:
    """Look at the process's own memory every now and then."""
    seen, ended = [own_memory()], Event()

    def look() -> None:
        while not ended.wait(EVERY):
            seen.append(own_memory())

    watcher = Thread(target=look)
    watcher.start()
    try:
        yield seen
    finally:
        ended.set()
        watcher.join()


def _question(house: House, name: str, view: View, days: int, as_of: str) -> Question:
    today = office_day(house.clock())
    day = parse_day(as_of, today=today)
    ahead = Option.UNTIL in definition_of(name).options
    since: date = day - timedelta(days=days)
    return Question(as_of=day, since=since, until=day + timedelta(days=365 if ahead else 0), by=view.key)


def _door(view: View) -> Any:
    module, _, function = view.door.partition(".")
    return getattr(importlib.import_module(f"db.queries.reports.{module}"), function)


def _bare(raw: Any, asked: Asked) -> float:
    """Return the seconds that the statements take without anything around them."""
    begun = time.perf_counter()
    cursor = raw.cursor()
    for statement, parameters in asked:
        cursor.execute(statement, parameters)
        while cursor.fetchmany(10_000):
            pass
    return time.perf_counter() - begun


def _scans(raw: Any, asked: Sequence[tuple[str, Any]], dialect: str) -> Iterator[str]:
    """Yield the tables that a statement reads whole, and those of which it reads a whole index."""
    cursor = raw.cursor()
    for statement, parameters in dict(asked).items():
        if dialect == "sqlite":
            cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
            for row in cursor.fetchall():
                found = _SCAN.match(row[3])
                if found and not found[1].startswith(("anon_", "SUBQUERY", "CONSTANT")):
                    yield f"{found[1]}({found[2]})" if found[2] else found[1]
        else:
            cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", parameters)
            plan = cursor.fetchone()[0]
            yield from _seq_scans((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"])


def _seq_scans(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield str(node["Relation Name"])
    for child in node.get("Plans", ()):
        yield from _seq_scans(child)


if __name__ == "__main__":
    main()
