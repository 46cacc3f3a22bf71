"""A supervisor's month on the sample town: bill, print, take in the bank's file, and the books agree."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from db.records.people import Role
from tests.cli.shell_desk import ShellDesk

PERIOD = "2026-10"
LAWS = {"ledger", "balances", "invoice_numbers", "invoices", "numbering", "documents", "audit_log"}


def test_a_month_from_readings_to_balances(desk: ShellDesk, tmp_path: Path) -> None:
    run = desk.run
    assert run("db", "sample", "--clients", "60", "--years", "1", "--billed", "0").code == 0
    desk.build.staff(Role.ADMIN)
    desk.sign_in("ewa")
    billed = run("billing", "run", "--period", PERIOD, "--format", "json").json
    assert billed["billed"] > 10

    folder = tmp_path / "papers"
    printed = run("billing", "print", "--period", PERIOD, "--output", str(folder), "--all")
    assert printed.code == 0, printed.err
    assert len(list(folder.glob("FAK-*.pdf"))) == billed["billed"]

    statement = tmp_path / "bank.sta"
    assert run("payment", "sample", str(statement)).code == 0
    imported = run("payment", "import", str(statement), "--format", "json").json
    assert imported["booked"] > 5
    again = run("payment", "import", str(statement), "--format", "json").json
    assert (again["booked"], again["repeated"]) == (0, True)

    invoices, paid, ledger = (
        _sum(desk, what) for what in ("gross FROM invoice", "amount FROM payment", "amount FROM ledger_entry")
    )
    assert ledger == invoices - paid
    assert invoices == Decimal(billed["gross"])
    checked = run("db", "check", "--format", "json")
    assert checked.code == 0, checked.out
    assert {check["name"] for check in checked.json["checks"]} > LAWS

    numbers = [str(number) for (number,) in _rows(desk, "SELECT number FROM client")]
    owed = [run("client", "balance", number, "--format", "json").json["total"] for number in numbers]
    assert sum(map(Decimal, owed), Decimal(0)) == ledger


def _rows(desk: ShellDesk, statement: str) -> list[tuple[object, ...]]:
    with desk.database.reader.connect() as connection:
        return [tuple(row) for row in connection.exec_driver_sql(statement)]


def _sum(desk: ShellDesk, what: str) -> Decimal:
    """Return a sum of grosze in zlotys."""
    column, table = what.split(" FROM ")
    ((grosze,),) = _rows(desk, f"SELECT sum({column}) FROM {table}")
    return Decimal(str(grosze)).scaleb(-2)
