"""`db check` on invoices, the ledger and payments: a sound town is sound, each planted fault is found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from db.billing_run import run_billing
from db.check import check_database
from db.engine import Database, open_database
from db.migrations import guards
from db.office import House
from db.operations.corrections import correct_invoice
from db.operations.demands import issue_interest_note
from db.operations.interest_rates import add_interest_rate
from db.operations.payments import refund_overpayment, reverse_payment, take_payment
from db.operations.tariffs import add_tariff_price
from db.policy import Policy
from db.records.charges import Service
from db.records.corrections import CorrectionKind, CorrectionOrder
from db.records.ledger import DeskPayment
from db.records.money import PaymentMethod
from db.records.people import Role
from tests.conftest import KEY, Template, TestClock, fresh_installation
from tests.db.builders import Builder, rows
from tests.db.conftest import faults

INTEREST_AFTER = 40
"""Days after the payments, when interest is demanded: the day on which the tests find the town."""
MONEY = {"ledger", "balances", "invoice_numbers", "invoices"}


@dataclass(frozen=True)
class Town:
    """Two clients with invoices, corrections, payments, a refund, a reversal and an interest note."""

    house: House
    database: Database

    def edit(self, *statements: str) -> None:
        """Do what whoever owns the database can do, and put the guards back."""
        with self.database.writer.connect() as connection, connection.begin():
            guards.remove(connection)
            if self.database.dialect == "postgresql":
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
            for statement in statements:
                connection.exec_driver_sql(statement)
            guards.install(connection)

    def faults(self) -> dict[str, str]:
        """Return what a check of money finds."""
        return {
            check.name: check.detail
            for check in check_database(self.house).checks
            if not check.ok and check.name in MONEY | {"evidence"}
        }


@pytest.fixture(scope="module")
def ready_made(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Template]:
    """The town, made once on each database and copied for each test."""
    folder = tmp_path_factory.mktemp("town")
    with fresh_installation(template, folder) as url:
        database = open_database(url)
        build_town(House(database, TestClock(), Policy(), KEY))
        database.close()
        yield Template(template.dialect, str(database.url.database))


@pytest.fixture
def town(ready_made: Template, tmp_path: Path, clock: TestClock) -> Iterator[Town]:
    clock.forward(days=INTEREST_AFTER)
    with fresh_installation(ready_made, tmp_path) as url:
        database = open_database(url)
        yield Town(House(database, clock, Policy(), KEY), database)
        database.close()


def build_town(house: House) -> None:
    """Work two months of two clients."""
    database, clock = house.database, house.clock
    assert isinstance(clock, TestClock)
    build = Builder(database)
    build.staff(Role.ADMIN)
    office = house.office(build.staff(Role.SUPERVISOR))
    group = build.tariff()
    for number in ("100001", "100002"):
        client = build.client(number, tariff_group_id=group)
        states = {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 31): 120}
        build.history(client.meter_id, states)
    office.do(
        add_tariff_price, "G1", Service.WATER,
        starts_on=date(2026, 11, 1), price=Decimal("5.30"), vat_rate=Decimal(8),
    )  # fmt: skip
    office.do(add_interest_rate, date(2026, 11, 1), Decimal("9.25"))
    run_billing(office, date(2026, 9, 1))
    run_billing(office, date(2026, 10, 1))
    newest = rows(database, "invoice")[-1]["number"]
    office.do(correct_invoice, newest, CorrectionOrder(CorrectionKind.VOID, "x"))
    run_billing(office, date(2026, 10, 1))
    taken = [
        office.do(take_payment, DeskPayment("100001", Decimal(amount), PaymentMethod.CASH, submission=amount))
        for amount in ("400.00", "5")
    ]
    office.do(reverse_payment, taken[1].payment_id, "x")
    office.do(refund_overpayment, "100001", Decimal("7.10"))
    clock.forward(days=INTEREST_AFTER)
    office.do(issue_interest_note, "100002")


def test_a_town_with_everything_is_sound(town: Town) -> None:
    assert faults(town.house) == []
    kinds = {row["kind"].value for row in rows(town.database, "ledger_entry")}
    assert kinds == {"invoice", "correction", "payment", "reversal", "refund", "interest"}


Edits = tuple[str, ...]
PLANTED: list[tuple[set[str], Edits]] = [
    ({"ledger", "balances"}, ("UPDATE ledger_entry SET amount = amount + 1 WHERE id = 1",)),
    ({"ledger", "balances"}, ("DELETE FROM ledger_entry WHERE id = 1",)),
    ({"ledger"}, ("UPDATE ledger_entry SET client_id = 2 WHERE invoice_id = 1",)),
    ({"ledger"}, ("UPDATE ledger_entry SET day = '2026-11-01' WHERE payment_id = 1",)),
    ({"ledger", "balances", "evidence"}, ("UPDATE payment SET amount = amount + 1 WHERE id = 1",)),
    ({"ledger", "evidence"}, ("UPDATE payment SET client_id = 2 WHERE id = 1",)),
    ({"ledger"}, ("DELETE FROM ledger_entry WHERE kind = 'interest'",)),
    ({"invoice_numbers"}, ("UPDATE counter SET value = value + 1 WHERE series = 'FAK/202610'",)),
    ({"invoice_numbers"}, ("DELETE FROM counter WHERE series = 'KOR/202610'",)),
    ({"invoice_numbers", "invoices"}, ("UPDATE invoice SET serial = 9 WHERE id = 1",)),
    ({"invoices"}, ("UPDATE invoice_line SET net = net + 1 WHERE id = 1",)),
    (
        {"invoices", "ledger", "balances"},
        ("UPDATE invoice SET vat = vat + 1, gross = gross + 1 WHERE id = 1",),
    ),
    (
        {"invoices"},
        ("UPDATE invoice_meter SET invoice_id = 5 WHERE id = 1",),
    ),
    ({"invoices"}, ("UPDATE invoice SET ends_on = '2026-10-01' WHERE id = 1",)),
    ({"invoices"}, ("UPDATE invoice_line SET quantity = quantity + 10000 WHERE id = 1",)),
    ({"invoices"}, ("UPDATE invoice_line SET price = price + 1 WHERE id = 1",)),
    ({"invoices"}, ("UPDATE invoice_meter SET to_state = to_state + 1000 WHERE id = 1",)),
    ({"invoices", "ledger"}, ("UPDATE invoice SET due_on = '2027-01-01' WHERE id = 1",)),
    ({"ledger"}, ("UPDATE ledger_entry SET due_on = '2027-01-01' WHERE invoice_id = 1",)),
    ({"ledger"}, ("UPDATE ledger_entry SET due_on = '2026-01-01' WHERE kind = 'interest'",)),
    ({"ledger"}, ("UPDATE ledger_entry SET amount = amount - 1 WHERE kind = 'interest'",)),
    ({"evidence"}, ("UPDATE payment SET invoice_id = 1 WHERE id = 1",)),
    ({"evidence"}, ("UPDATE tariff_price SET price = price + 1 WHERE starts_on = '2026-11-01'",)),
    ({"evidence"}, ("DELETE FROM tariff_price WHERE starts_on = '2026-11-01'",)),
    ({"evidence"}, ("UPDATE interest_rate SET rate = rate + 1 WHERE starts_on = '2026-11-01'",)),
    (
        {"invoices"},
        (
            "UPDATE invoice SET gross = gross + 1, vat = vat + 1 WHERE id = 1",
            "UPDATE ledger_entry SET amount = amount + 1 WHERE invoice_id = 1",
        ),
    ),
]


@pytest.mark.parametrize(("found", "edits"), PLANTED, ids=[str(place) for place in range(len(PLANTED))])
def test_each_planted_fault_is_found(town: Town, found: set[str], edits: Edits) -> None:
    town.edit(*edits)
    assert set(town.faults()) == found


def test_a_correction_that_ends_elsewhere_is_found(town: Town) -> None:
    """The last bill of a correction is the sum of its chain."""
    (void,) = [row for row in rows(town.database, "invoice") if row["voids"]]
    said = rows(town.database, "issued_document", f"id = {void['document_id']}")[0]["snapshot"]
    other = said.replace('"after":{"gross":"0.00"', '"after":{"gross":"0.01"')
    assert other != said
    town.edit(f"UPDATE issued_document SET snapshot = '{other}' WHERE id = {void['document_id']}")
    assert void["number"] in town.faults()["invoices"]
