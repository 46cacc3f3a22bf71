"""T8: a town's money under random work: billed, paid, overpaid, corrected, taken back, crashed into.

After every step the books are whole: every invoice and payment has its entry, numbers run without
a gap, an issued document never changes, each client's balance is the sum of their ledger. The
controls plant a bug and the same machine finds it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from db import money_laws
from db.billing_run import run_billing
from db.engine import open_database
from db.errors import Refused
from db.office import SYSTEM, House
from db.operations import invoice_issue, payments
from db.operations.corrections import correct_invoice
from db.operations.payments import refund_overpayment, reverse_payment, take_payment
from db.operations.tariffs import add_tariff_price
from db.policy import Policy
from db.queries.accounts import balance_of, load_accounts, load_terms
from db.records.charges import Service
from db.records.corrections import CorrectionKind, CorrectionOrder
from db.records.ledger import DeskPayment
from db.records.money import PaymentMethod
from db.records.people import Role
from db.work import Work
from tests.conftest import KEY, Template, TestClock
from tests.db.builders import Builder, BuiltClient, rows
from tests.one_database import ON_SQLITE

FULL = os.environ.get("BOK_TRUST_SCALE") == "full"
EXAMPLES, STEPS = (300, 50) if FULL else (6, 15)
LAWS = [getattr(money_laws, name) for name in dir(money_laws) if name.startswith("check_")]
AMOUNTS = st.integers(1, 60_000).map(lambda grosze: Decimal(grosze).scaleb(-2))


class Crash(Exception):
    """The program was killed here."""


class Money(RuleBasedStateMachine):
    """Two clients, one supervisor at the desk, months that go by."""

    template: Path
    folder: Path
    planted: Callable[[pytest.MonkeyPatch], None] | None = None

    def __init__(self) -> None:
        super().__init__()
        self.path = self.folder / "machine.sqlite3"
        for old in self.folder.glob("machine.sqlite3*"):
            old.unlink()
        shutil.copy(self.template, self.path)
        self.path.chmod(0o600)
        self.clock = TestClock(datetime(2026, 2, 3, 9, tzinfo=UTC))
        self.database = open_database(f"sqlite:///{self.path}")
        self.house = House(database=self.database, clock=self.clock, policy=Policy(), key=KEY)
        self.build = Builder(self.database)
        self.office = self.house.office(self.build.staff(Role.SUPERVISOR))
        group = self.build.tariff("G1", (date(2025, 1, 1), "5.12", "7.80", "6.40"))
        self.clients: list[BuiltClient] = []
        self.states: list[int] = []
        for number in ("100001", "100002"):
            client = self.build.client(number, tariff_group_id=group)
            self.build.reading(client.meter_id, date(2025, 12, 31), 100)
            self.clients.append(client)
            self.states.append(100)
        self.month = date(2026, 1, 1)
        self.said: dict[str, str] = {}
        self.forms = 0
        self.price = Decimal("5.12")
        self.patch = pytest.MonkeyPatch()
        if self.planted is not None:
            type(self).planted(self.patch)  # type: ignore[misc]  # a plain function of the class

    def teardown(self) -> None:
        self.patch.undo()
        self.database.close()

    @rule(used=st.tuples(st.integers(0, 40), st.integers(0, 40)))
    def a_month_is_read_and_billed(self, used: tuple[int, int]) -> None:
        following = date.fromordinal(self.month.replace(day=28).toordinal() + 4).replace(day=1)
        last = following.toordinal() - 1
        for place, client in enumerate(self.clients):
            self.states[place] += used[place]
            self.build.reading(client.meter_id, date.fromordinal(last), self.states[place], used[place])
        now = date.fromordinal(last + 4)
        self.clock.now = max(self.clock.now, datetime(now.year, now.month, now.day, 9, tzinfo=UTC))
        run_billing(self.house.office(SYSTEM), self.month)
        self.month = following

    @rule(who=st.integers(0, 1), amount=AMOUNTS, named=st.booleans())
    def somebody_pays(self, who: int, amount: Decimal, named: bool) -> None:
        client = self.clients[who]
        own = [row["number"] for row in rows(self.database, "invoice", f"client_id = {client.id}")]
        self.forms += 1
        payment = DeskPayment(
            client_number=client.number,
            amount=amount,
            method=PaymentMethod.TRANSFER,
            submission=f"form {self.forms}",
            invoice=own[-1] if named and own else "",
        )
        taken = self.office.do(take_payment, payment)
        assert sum((part for _, part in taken.paid), Decimal(0)) <= amount
        again = self.office.do(take_payment, payment)
        assert (again.payment_id, again.repeated) == (taken.payment_id, True)

    @precondition(lambda self: bool(self._payments()))
    @rule(data=st.data())
    def a_payment_is_taken_back(self, data: st.DataObject) -> None:
        self.office.do(reverse_payment, data.draw(st.sampled_from(self._payments())), "pomyłka")

    @rule(who=st.integers(0, 1), amount=AMOUNTS)
    def money_goes_back(self, who: int, amount: Decimal) -> None:
        try:
            self.office.do(refund_overpayment, self.clients[who].number, amount)
        except Refused as error:
            assert "overpaid" in error.message  # noqa: PT017 - which refusal it was

    @precondition(lambda self: bool(rows(self.database, "invoice")))
    @rule(data=st.data(), kind=st.sampled_from([CorrectionKind.VOID, CorrectionKind.PRICE]))
    def an_invoice_is_corrected(self, data: st.DataObject, kind: CorrectionKind) -> None:
        number = data.draw(st.sampled_from([row["number"] for row in rows(self.database, "invoice")]))
        try:
            self.office.do(correct_invoice, number, CorrectionOrder(kind, "próba"))
        except Refused:
            return  # nothing differs, or it was taken back already
        run_billing(
            self.house.office(SYSTEM),
            date(self.month.year, self.month.month - 1, 1) if self.month.month > 1 else self.month,
        )

    @precondition(lambda self: self.month < date(2026, 12, 1))
    @rule(more=st.integers(1, 50))
    def prices_rise_next_month(self, more: int) -> None:
        self.price += Decimal(more).scaleb(-2)
        try:
            self.office.do(
                add_tariff_price, "G1", Service.WATER,
                starts_on=self.month.replace(day=15), price=self.price, vat_rate=Decimal(8),
            )  # fmt: skip
        except Refused:
            return  # it rose this month already

    @rule(who=st.integers(0, 1), amount=AMOUNTS)
    def the_program_dies_in_the_middle_of_a_payment(self, who: int, amount: Decimal) -> None:
        before = len(rows(self.database, "payment")), len(rows(self.database, "ledger_entry"))

        def dying(*_args: Any, **_values: Any) -> Any:
            raise Crash

        self.forms += 1
        form = f"dead {self.forms}"
        payment = DeskPayment(self.clients[who].number, amount, PaymentMethod.CASH, submission=form)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(payments, "balance_of", dying)  # after everything was written
            with pytest.raises(Crash):
                self.office.do(take_payment, payment)
        assert before == (len(rows(self.database, "payment")), len(rows(self.database, "ledger_entry")))

    @invariant()
    def the_books_are_whole(self) -> None:
        with Session(self.database.reader) as session:
            for law in LAWS:
                law(session)

    @invariant()
    def an_issued_document_never_changes(self) -> None:
        now = {row["number"]: row["snapshot"] for row in rows(self.database, "issued_document")}
        assert now.items() >= self.said.items()
        self.said = now

    @invariant()
    def a_balance_is_the_sum_of_the_ledger(self) -> None:
        ids = [client.id for client in self.clients]
        with Session(self.database.reader) as session:
            accounts = load_accounts(session, ids)
            for key, account in accounts.items():
                today = self.clock.now.date()
                balance = balance_of(account, today, load_terms(session, [account], today))
                ledger = [
                    row["amount"] for row in rows(self.database, "ledger_entry") if row["client_id"] == key
                ]
                assert balance.total == sum(ledger, Decimal(0))
                assert all(row.open >= 0 for row in balance.items)

    def _payments(self) -> list[int]:
        taken = rows(self.database, "payment")
        back = {row["reverses_id"] for row in taken}
        return [
            row["id"]
            for row in taken
            if row["amount"] > 0 and row["id"] not in back and not row["reverses_id"]
        ]


def _run(
    template: Template, folder: Path, planted: Callable[[pytest.MonkeyPatch], None] | None = None
) -> None:
    machine = type(
        "Machine",
        (Money,),
        {
            "template": Path(template.place),
            "folder": folder,
            "planted": staticmethod(planted) if planted else None,
        },
    )
    options = settings(
        max_examples=EXAMPLES,
        stateful_step_count=STEPS,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=(Phase.explicit, Phase.generate)
        if planted
        else (Phase.explicit, Phase.generate, Phase.shrink),
    )
    run_state_machine_as_test(machine, settings=options)


@ON_SQLITE  # the machine copies a file for each example; PostgreSQL has its own tests of each step
def test_the_books_stay_whole_whatever_is_done(template: Template, tmp_path: Path) -> None:
    _run(template, tmp_path)


def _wrong_sign(patch: pytest.MonkeyPatch) -> None:
    real: Any = payments.__dict__["insert_row"]

    def insert(session: Session, table: Any, values: dict[str, Any]) -> int:
        if table.__tablename__ == "ledger_entry":
            values = values | {"amount": -values["amount"]}
        return int(real(session, table, values))

    patch.setattr(payments, "insert_row", insert)


def _a_grosz_lost(patch: pytest.MonkeyPatch) -> None:
    real: Any = invoice_issue.__dict__["to_grosze"]
    patch.setattr(invoice_issue, "to_grosze", lambda amount: real(amount) - (real(amount) > 10_000))


def _posting_skipped(patch: pytest.MonkeyPatch) -> None:
    real: Any = invoice_issue.__dict__["write_rows"]

    def write(connection: Any, table: str, columns: Any, some: list[Any]) -> None:
        real(connection, table, columns, some[1:] if table == "ledger_entry" else some)

    patch.setattr(invoice_issue, "write_rows", write)


def _posted_twice(patch: pytest.MonkeyPatch) -> None:
    real = payments.book_payment

    def book(work: Work, booking: payments.Booking) -> int:
        real(work, replace(booking, submission=None, document_id=None))
        return real(work, booking)

    patch.setattr(payments, "book_payment", book)


def _number_at_draft(patch: pytest.MonkeyPatch) -> None:
    real = invoice_issue.take_numbers
    patch.setattr(invoice_issue, "take_numbers", lambda work, series, count: real(work, series, count + 1))


@ON_SQLITE
@pytest.mark.parametrize(
    "planted", [_wrong_sign, _a_grosz_lost, _posting_skipped, _posted_twice, _number_at_draft]
)
def test_a_planted_bug_is_found(
    template: Template, tmp_path: Path, planted: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with pytest.raises((AssertionError, ValueError, Refused, DBAPIError)):
        _run(template, tmp_path, planted)
