"""How fast a bank file is taken into the books, and how much memory that takes.

    python -m tests.benchmarks.bench_bank_import --lines 50000

A made-up utility with as many clients, each with one open invoice. Of three payments one comes to
the client's own account, one names the invoice, one the client. The yardstick of the same run writes
the very rows of the import with bare `executemany` into a copy of the database (SQLite).
"""

from __future__ import annotations

import argparse
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from db.bulk import Row, stored_instant, write_rows
from db.engine import open_database
from db.office import SYSTEM, House
from db.operations import bank_import
from db.operations.bank_import import import_bank_file
from db.operations.installation import create_installation
from db.policy import Policy
from db.queries.bank_import import plan_import
from db.queries.bank_lines import waiting_lines
from db.queries.worklists import work_counts
from db.records.utility import EXAMPLE_UTILITY
from db.rules.bank_files.reading import read_bank_file
from tests.conftest import KEY, START, TestClock
from tests.db.bank_town import own_accounts
from tests.rules.bank_samples import Bank, Sent, encoded

ISSUED = date(2026, 11, 5)
GROSZE = 12_345
MEMORY = 2**10
"""KiB in a MiB."""

Written = list[tuple[str, Sequence[str], list[Row]]]


def client_number(place: int) -> str:
    """Return the number of the client at `place`, of six digits."""
    return f"{100_000 + place}"


def name_of(place: int) -> str:
    """Return a surname of the client's own, in letters."""
    return "Kowal" + "".join(chr(ord("a") + int(digit)) for digit in f"{place:05d}")


def invoice_number(place: int) -> str:
    """Return the number of the client's invoice."""
    return f"FAK/202610/{place + 1:07d}/{client_number(place)}/{ISSUED:%Y%m%d}"


def fill(house: House, count: int) -> None:
    """Write clients with a contract and an open invoice each."""
    at, day = stored_instant(START), ISSUED.isoformat()
    tables: list[tuple[str, tuple[str, ...], list[Row]]] = [
        (
            "client",
            ("id", "number", "kind", "last_name", "first_name", "name_key", "created_at", "version"),
            [
                (n + 1, client_number(n), "person", name_of(n), "Jan", name_of(n).lower(), at, 1)
                for n in range(count)
            ],
        ),
        (
            "contract",
            ("id", "number", "client_id", "starts_on", "signed_on", "period_months"),
            [(n + 1, f"U/{n}", n + 1, "2015-01-01", "2014-12-15", 1) for n in range(count)],
        ),
        (
            "issued_document",
            ("id", "kind", "serial", "number", "client_id", "snapshot", "snapshot_sha256", "issued_at"),
            [(n + 1, "invoice", n + 1, invoice_number(n), n + 1, "{}", "", at) for n in range(count)],
        ),
        (
            "invoice",
            (
                *("id", "number", "kind", "period", "serial", "client_id", "contract_id", "round"),
                *("starts_on", "ends_on", "issued_on", "due_on", "net", "vat", "gross", "estimated"),
                *("voids", "document_id"),
            ),
            [
                (
                    *(n + 1, invoice_number(n), "invoice", "202610", n + 1, n + 1, n + 1, 1),
                    *("2026-10-01", "2026-10-31", day, "2026-11-25", GROSZE, 0, GROSZE, 0, 0, n + 1),
                )
                for n in range(count)
            ],
        ),
        (
            "ledger_entry",
            ("client_id", "kind", "day", "due_on", "amount", "invoice_id", "recorded_at"),
            [(n + 1, "invoice", day, "2026-11-25", GROSZE, n + 1, at) for n in range(count)],
        ),
    ]
    with house.database.writer.connect() as connection, connection.begin():
        for name, columns, rows in tables:
            write_rows(connection, name, columns, rows)


def payments(count: int) -> list[Sent]:
    """Return a payment of every client, each of three kinds in turn."""
    amount = f"{Decimal(GROSZE).scaleb(-2)}"
    return [
        (
            Sent(amount, "woda", f"JAN {name_of(n)}", client=client_number(n)),
            Sent(amount, f"faktura {invoice_number(n)}", f"JAN {name_of(n)}"),
            Sent(amount, f"nr klienta {client_number(n)}", f"JAN {name_of(n)} UL. POLNA 5"),
        )[n % 3]
        for n in range(count)
    ]


class Pen:
    """Writes rows as the import does, timing it and keeping what was written for the yardstick."""

    def __init__(self, *, keeps: bool) -> None:
        self.keeps = keeps
        self.rows = 0
        self.seconds = 0.0
        self.written: Written = []

    def __call__(
        self, connection: sa.Connection, table: str, columns: Sequence[str], rows: list[Row]
    ) -> None:
        self.rows += len(rows)
        if self.keeps:
            self.written.append((table, columns, rows))
        start = time.process_time()
        write_rows(connection, table, columns, rows)
        self.seconds += time.process_time() - start


def bare(file: Path, written: Written) -> float:
    """Return the seconds that bare `executemany` takes for the same rows."""
    seconds = 0.0
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("BEGIN IMMEDIATE")
    insert_file = "INSERT INTO bank_file (id, name, sha256, kind, account, lines, imported_at) VALUES"
    connection.execute(f"{insert_file} (1, 'x', 'x', 'mt940', '', 1, '2026-11-22 09:00:00')")
    for table, columns, rows in written:
        marks = ", ".join("?" * len(columns))
        start = time.process_time()
        connection.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", rows)
        seconds += time.process_time() - start
    connection.execute("COMMIT")
    connection.close()
    return seconds


def peak() -> int:
    """Return the most MiB that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEMORY


def told(what: str, count: int, began: tuple[float, float]) -> None:
    """Print how long a step took, by the clock and by the processor, and the memory so far."""
    wall, processor = time.perf_counter() - began[0], time.process_time() - began[1]
    print(
        f"{what:<34}{count / processor:>10,.0f} a second of the processor,"
        f" {wall:.2f} s by the clock, peak {peak()} MiB"
    )


def now() -> tuple[float, float]:
    """Return the clock's and the processor's seconds."""
    return time.perf_counter(), time.process_time()


def main() -> None:
    """Import a file and print the rates."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--plain", action="store_true", help="no yardstick, which keeps all rows in memory")
    options = parser.parse_args()
    count = options.lines
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "bok.sqlite3"
        database = open_database(f"sqlite:///{place}")
        create_installation(database, key=KEY, clock=TestClock(), utility=EXAMPLE_UTILITY)
        own_accounts(database)
        house = House(database, TestClock(), Policy(), KEY)
        fill(house, count)
        run(house, place, count, plain=options.plain)
        database.close()


def run(house: House, place: Path, count: int, *, plain: bool) -> None:
    """Read, match and write the file of `count` payments."""
    office, pen = house.office(SYSTEM), Pen(keeps=not plain)
    data = encoded(Bank.PKO, payments(count))
    began = now()
    file = read_bank_file(data)
    told("read", count, began)
    began = now()
    plan = office.read(plan_import, file)
    told("payers looked for", count, began)
    with house.database.writer.connect() as connection:
        raw: Any = connection.connection.driver_connection
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    copy = place.with_name("copy.sqlite3")
    shutil.copy(place, copy)
    setattr(bank_import, "write_rows", pen)  # noqa: B010 - the import's own pen, for once
    began = now()
    report = office.do(import_bank_file, "x", file, plan=plan)
    told("booked, with the journal", count, began)
    print(f"{'booked':<34}{report.booked:>10,} of {report.lines:,}")
    began = now()
    office.read(waiting_lines)
    told("a page of what waits", 1, began)
    began = now()
    office.read(work_counts)
    told("counts of the work lists", 1, began)
    print(f"{'rows':<34}{pen.rows / pen.seconds:>10,.0f} a second")
    if plain:
        return
    yardstick = bare(copy, pen.written)
    print(f"{'yardstick: bare executemany':<34}{pen.rows / yardstick:>10,.0f} a second")
    print(f"{'times the yardstick':<34}{yardstick / pen.seconds:>10.2f}")


if __name__ == "__main__":
    main()
