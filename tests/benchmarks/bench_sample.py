"""How long the sample town takes, and how much memory.

    python -m tests.benchmarks.bench_sample --clients 3000 --years 3
    python -m tests.benchmarks.bench_sample --clients 1010000 --years 1 --postgres URL

Without `--postgres` a SQLite file in a temporary folder; with it an empty database at that
address. Beside the wall clock it prints processor seconds, which a busy machine does not change,
and the rate of a bare insert into a table without index or constraint as the yardstick.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from db.bulk import write_rows
from db.engine import Database, open_database
from db.operations.installation import create_installation
from db.sample.town import make_town

YARDSTICK_ROWS = 500_000


def main() -> None:
    """Run one size on one database and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clients", type=int, default=3_000)
    parser.add_argument("--years", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", metavar="URL", default="")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bok-bench-") as folder:
        url = options.postgres or f"sqlite:///{folder}/bok.sqlite3"
        database = open_database(url)
        house = create_installation(database, key=bytes(32), clock=lambda: datetime.now(UTC), demo=True)
        bare = bare_rate(database)
        memory: list[tuple[int, int]] = []
        start, cpu = time.perf_counter(), time.process_time()
        made = make_town(
            house,
            clients=options.clients,
            years=options.years,
            seed=options.seed,
            progress=watched(memory),
        )
        wall, cpu = time.perf_counter() - start, time.process_time() - cpu
        print(f"{database.dialect}: {made.clients} clients, {made.meters} meters, {made.readings} readings")
        print(f"wall {wall:.1f} s, processor {cpu:.1f} s, {made.readings / wall:,.0f} readings a second")
        print(f"bare insert {bare:,.0f} rows a second")
        print("memory (own, MiB): " + ", ".join(f"{share} %: {used}" for share, used in memory))
        print(f"peak resident {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
        if not options.postgres:
            print(f"file {Path(folder, 'bok.sqlite3').stat().st_size / 2**20:,.0f} MiB")
        database.close()


def watched(memory: list[tuple[int, int]]) -> Callable[[int, int], None]:
    """Return a progress that notes the memory at every tenth of the way."""

    def tell(done: int, total: int) -> None:
        share = done * 10 // total * 10
        if not memory or share > memory[-1][0]:
            memory.append((share, own_memory()))

    return tell


def own_memory() -> int:
    """Return the MiB that belong to this process alone; mapped files are not counted."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def bare_rate(database: Database) -> float:
    """Return the rows a second of a mass insert with nothing to check."""
    rows = [(n, n * 7, "2026-11-22", n * 1000, "field") for n in range(YARDSTICK_ROWS)]
    with database.writer.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TEMP TABLE bare (id INTEGER, meter_id INTEGER, day TEXT, state BIGINT, channel TEXT)"
        )
        start = time.perf_counter()
        write_rows(connection, "bare", ("id", "meter_id", "day", "state", "channel"), rows)
        taken = time.perf_counter() - start
        connection.exec_driver_sql("DROP TABLE bare")
    return len(rows) / taken


if __name__ == "__main__":
    main()
