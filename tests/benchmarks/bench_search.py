"""How long a search takes at every keystroke, how large its index is and how long it takes to make.

    python -m tests.benchmarks.bench_search --clients 1010000
    python -m tests.benchmarks.bench_search --url sqlite:///town.sqlite3 --rebuild
    python -m tests.benchmarks.bench_search --url postgresql://postgres@localhost/town

Without `--url` the sample town is made in a SQLite file in a temporary folder. Milliseconds of
the wall clock, the least of three runs of each query, so that other work on the machine counts
as little as may be; `--repeat 1` shows it all, `--processor` the processor's time of this program
and of a PostgreSQL server beside it (Linux). Each goes through the office's door, as at a key.
"Bare" is the engine's own walk over 51 keys of the index for the same first word, in the same run:
no parsing, no second step, no line of results.
"""

from __future__ import annotations

import argparse
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.engine import Database, open_database
from db.office import SYSTEM, House
from db.operations.installation import create_installation
from db.policy import Policy
from db.records.clients import SearchAnswer
from db.rules.text import fold
from db.sample.town import make_town
from db.search import rebuild_index, search_clients
from db.search.dialects import Asker, beginning
from db.search.keys import NameKind
from db.search.lookups import names
from tests.benchmarks.search_queries import (
    WORST,
    Person,
    draw_people,
    is_long,
    queries,
    spoil,
    typed,
)

BARE: dict[str, NameKind | str] = {
    "surname first": NameKind.NATURAL,
    "first surname": NameKind.TURNED,
    "street no town": "SELECT id, street FROM search_place WHERE street >= ? AND street < ?"
    " ORDER BY street, town LIMIT 51",
    "surname street": NameKind.NATURAL,
    "PESEL, number": "SELECT number, id FROM client WHERE number{bytes} >= ? AND number{bytes} < ?"
    " ORDER BY number{bytes} LIMIT 51",
}
"""What the engine alone does for the first word: a walk over 51 keys, of names of a kind or as told."""
HEAD = f"{'':24}{'n':>6}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}"


def main() -> None:
    """Measure one database and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--url", default="")
    parser.add_argument("--clients", type=int, default=1_010_000)
    parser.add_argument("--people", type=int, default=150, help="clients whose names and addresses are typed")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--processor", action="store_true", help="processor's time instead of the clock's")
    parser.add_argument("--rebuild", action="store_true", help="make the index anew and say how long it took")
    options = parser.parse_args()
    with ExitStack() as stack:
        url = options.url or _sample_town(stack, options.clients)
        database = open_database(url)
        stack.callback(database.close)
        if options.rebuild:
            _report_rebuild(database)
        print(f"{database.dialect}: index {_megabytes(database)}")
        people = draw_people(database, options.people)
        bench = Bench(database, options.repeat)
        if options.processor:
            bench.clock = processor_clock(database)
        _report(bench, people)


class Bench:
    """Searches as a desk does all day: each on its own, on a connection that was used before."""

    def __init__(self, database: Database, repeat: int) -> None:
        house = House(database, clock=lambda: datetime.now(UTC), policy=Policy(), key=bytes(32))
        self.office = house.office(SYSTEM)
        self.database = database
        self.repeat = repeat
        self.clock = time.perf_counter

    def find(self, text: str) -> SearchAnswer:
        """Return what one search finds."""
        return self.office.read(search_clients, text)

    def search(self, text: str) -> float:
        """Return the milliseconds of one search."""
        return self._least(lambda: self.find(text))

    def bare(self, walk: NameKind | str, text: str) -> float:
        """Return the milliseconds of the engine's own walk for the first word."""
        within = beginning((fold(text).split() or ["a"])[0])
        with Session(self.database.looker) as session:
            ask = Asker(session)
            if isinstance(walk, NameKind):
                return self._least(lambda: names(ask, [(walk, within)], 51))
            return self._least(lambda: ask.rows(walk, *within))

    def is_a_name(self, text: str) -> bool:
        """Tell whether somebody's name begins so."""
        with Session(self.database.looker) as session:
            return bool(names(Asker(session), [(NameKind.NATURAL, beginning(text))], 1))

    def _least(self, run: Callable[[], object]) -> float:
        times = []
        for _ in range(self.repeat):
            start = self.clock()
            run()
            times.append(self.clock() - start)
        return min(times) * 1000


def processor_clock(database: Database) -> Callable[[], float]:
    """Return a clock of the processor's seconds of this process and of the server's that serves it."""
    if database.dialect == "sqlite":
        return time.process_time
    with database.looker.connect() as connection:
        server = Path(f"/proc/{connection.scalar(sa.text('SELECT pg_backend_pid()'))}/schedstat")
    return lambda: time.process_time() + int(server.read_text().split()[0]) / 1e9


def _report(bench: Bench, people: Sequence[Person]) -> None:
    for text in WORST:
        bench.search(text)
    print(f"\nwhole queries, ms\n{HEAD}")
    every: list[float] = []
    for kind, texts in queries(people).items():
        times = [bench.search(text) for text in texts]
        _line(kind, times)
        every += times
    _line("all of them", every)
    print(f"\nevery keystroke, ms\n{HEAD}{'bare p50':>10}{'ratio':>7}")
    every.clear()
    for kind, texts in typed(people).items():
        bare = _percentile([bench.bare(BARE[kind], text) for text in texts], 50)
        times = [bench.search(text) for text in texts]
        _line(kind, times, bare)
        every += times
    _line("all of them", every)
    print("\nfixed list, ms")
    for text in WORST:
        found = bench.find(text)
        print(f"{text!r:24}{bench.search(text):8.2f}   {len(found.hits)}{'+' if found.more else ''}")
    _report_recall(bench, people)


def _report_recall(bench: Bench, people: Sequence[Person]) -> None:
    """How often the meant surname is among the answers when one typing error was made.

    An error that makes the beginning of somebody else's surname is counted apart: nobody can
    tell it from that surname.
    """
    chance = Random(3)
    for label, with_first in (("surname", False), ("surname first", True)):
        clear, others = [0, 0], [0, 0]
        for person in people:
            for _ in range(4 if is_long(person.surname) else 0):
                word = spoil(person.surname, chance)
                text = f"{word} {person.given}" if with_first else word
                hits = bench.find(text).hits
                names_somebody = bench.is_a_name(text)
                tally = others if names_somebody else clear
                tally[0] += any(fold(hit.name).startswith(person.surname) for hit in hits)
                tally[1] += 1
        print(
            f"recall at one typing error, {label}: {clear[0]} of {clear[1]} = {_percent(clear)};"
            f" where it makes another's name: {others[0]} of {others[1]}"
        )


def _percent(part: Sequence[int]) -> str:
    return f"{100 * part[0] / part[1]:.1f} %" if part[1] else "-"


def _line(label: str, times: Iterable[float], bare: float | None = None) -> None:
    times = list(times)
    figures = [_percentile(times, share) for share in (50, 95, 99)] + [max(times)]
    beside = "" if bare is None else f"{bare:10.3f}{figures[0] / bare:7.1f}"
    print(f"{label:24}{len(times):6}" + "".join(f"{figure:8.2f}" for figure in figures) + beside)


def _percentile(values: Sequence[float], share: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * share // 100)]


def _sample_town(stack: ExitStack, clients: int) -> str:
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="bok-bench-"))
    url = f"sqlite:///{folder}/bok.sqlite3"
    database = open_database(url)
    house = create_installation(database, key=bytes(32), clock=lambda: datetime.now(UTC), demo=True)
    make_town(house, clients=clients, years=1, seed=1)
    database.close()
    return url


def _report_rebuild(database: Database) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    rebuild_index(database)
    print(f"index made in {time.perf_counter() - wall:.1f} s, processor {time.process_time() - cpu:.1f} s")


def _megabytes(database: Database) -> str:
    """Return the size of every table and index that is there for searching alone.

    `search_address_by_place` serves the forms, which suggest addresses.
    """
    if database.dialect == "postgresql":
        with database.reader.connect() as connection:
            size = connection.exec_driver_sql(
                "SELECT sum(CASE relkind WHEN 'r' THEN pg_table_size(oid) ELSE pg_relation_size(oid) END)"
                " FROM pg_class"
                " WHERE relname LIKE '%%search\\_%%' AND relname <> 'search_address_by_place'"
                " AND relkind IN ('r', 'i')"
            ).scalar()
        return f"{float(size or 0) / 1e6:.0f} MB"
    with sqlite3.connect(Path(str(database.url.database))) as connection:
        try:
            rows = connection.execute(
                "SELECT sum(pgsize) FROM dbstat"
                " WHERE name LIKE '%search\\_%' ESCAPE '\\' AND name <> 'search_address_by_place'"
            )
        except sqlite3.OperationalError:
            return "of unknown size (this SQLite has no dbstat)"
        return f"{rows.fetchone()[0] / 1e6:.0f} MB"


if __name__ == "__main__":
    main()
