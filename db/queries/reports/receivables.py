"""What is owed on a day, by age, tariff group and client; what is overpaid.

A client's total is the sum of the ledger. Whoever owes something has nothing overpaid, and the other
way round (a credit goes to whatever is open): only of those who owe is asked what is open (`open_items`),
by the rules that make the balance on the card.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.clock import office_day
from db.doors import OVERSEERS, report
from db.errors import WrongInput
from db.models import Client, Holiday, Invoice, IssuedDocument
from db.queries.reports.common import ends, rows_with, zlotys
from db.queries.reports.invoice_groups import groups_of
from db.queries.reports.open_items import client_totals, open_items
from db.queries.supply import display_name, name_columns
from db.records.paper import DocumentKind
from db.records.reports import Found, Line, Question
from db.rules.interest import last_day_to_pay
from db.rules.limitation import limitation
from db.words import N_
from db.work import Work

BUCKETS = (("0", 0), ("1-30", 30), ("31-60", 60), ("61-90", 90), ("91-180", 180), ("181-360", 360))
"""Key and most days of delay of each age; 0 is not overdue."""
OLDEST = ">360"
BUCKET_KEYS = (*(key for key, _ in BUCKETS), OLDEST)
UNPAID_PERIODS = 2
"""Full billing periods after a demand that may lead to a cut-off (Art. 8(1)(2))."""
_ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class _Delay:
    """What the last day for payment of an item says of it."""

    days: int
    """Of delay since that day (KC 115); 0 when it is not overdue."""
    bucket: str
    barred: bool
    """Overdue, and may be time-barred."""


@dataclass(frozen=True, slots=True)
class _Debt:
    """What one item still asks for."""

    client_id: int
    invoice_id: int | None
    open: int
    """Grosze."""
    delay: _Delay


@dataclass(slots=True)
class _Sums:
    """What some items come to, in grosze."""

    clients: set[int] = field(default_factory=set)
    items: int = 0
    open: int = 0
    overdue: int = 0
    barred: int = 0

    def add(self, debt: _Debt) -> None:
        self.clients.add(debt.client_id)
        self.items += 1
        self.open += debt.open
        if debt.delay.days:
            self.overdue += debt.open
        if debt.delay.barred:
            self.barred += debt.open

    def amounts(self) -> Line:
        """Return all but the clients, in zlotys."""
        return {
            "items": self.items,
            "open": zlotys(self.open),
            "overdue": zlotys(self.overdue),
            "time_barred": zlotys(self.barred),
        }

    def line(self) -> Line:
        return {"clients": len(self.clients), **self.amounts()}


@report(roles=OVERSEERS)
def ageing(work: Work, question: Question) -> Found:
    """Return what is open by days of delay."""
    found = {key: _Sums() for key in BUCKET_KEYS}
    every = _Sums()
    for debt in _debts(work.session, question.as_of):
        found[debt.delay.bucket].add(debt)
        every.add(debt)
    return Found(tuple({"bucket": key, **own.line()} for key, own in found.items()), every.line())


@report(roles=OVERSEERS)
def by_group(work: Work, question: Question) -> Found:
    """Return what is open by the tariff group of the contract that was invoiced."""
    debts = list(_debts(work.session, question.as_of))
    groups = groups_of(work.session, [debt.invoice_id for debt in debts if debt.invoice_id], question.as_of)
    found: dict[str, _Sums] = defaultdict(_Sums)
    every = _Sums()
    for debt in debts:
        found[groups.get(debt.invoice_id or 0, "")].add(debt)
        every.add(debt)
    rows = [{"group": key, **own.line()} for key, own in sorted(found.items())]
    return Found(tuple(rows), every.line())


@report(roles=OVERSEERS)
def debtors(work: Work, question: Question) -> Found:
    """Return who owes, those who owe most overdue first; with a bucket only those who owe of that age.

    Raises WrongInput for a bucket that is none.
    """
    if question.bucket and question.bucket not in BUCKET_KEYS:
        known = ", ".join(BUCKET_KEYS)
        raise WrongInput(N_("%(typed)s is none of: %(known)s."), typed=question.bucket[:40], known=known)
    own: dict[int, list[_Debt]] = defaultdict(list)
    for debt in _debts(work.session, question.as_of):
        own[debt.client_id].append(debt)
    if question.bucket:
        own = {
            key: debts
            for key, debts in own.items()
            if any(debt.delay.bucket == question.bucket for debt in debts)
        }
    cut_off = _cut_off(work.session, own, question.as_of)
    names = _names(work.session, sorted(own))
    every = _Sums()
    rows: list[Line] = []
    for key, debts in own.items():
        sums = _Sums()
        for debt in debts:
            sums.add(debt)
            every.add(debt)
        days = max(debt.delay.days for debt in debts)
        rows.append(names.pop(key) | sums.amounts() | {"days": days, "cut_off": key in cut_off})
    rows.sort(key=lambda row: (-row["overdue"], -row["open"], row["client"]))
    return Found(tuple(rows), every.amounts())


@report(roles=OVERSEERS)
def overpayments(work: Work, question: Question) -> Found:
    """Return who has paid too much, the greatest first."""
    paid = {key: -total for key, total in client_totals(work.session, question.as_of) if total < 0}
    names = _names(work.session, sorted(paid))
    rows: list[Line] = [{**names[key], "overpaid": amount} for key, amount in paid.items()]
    rows.sort(key=lambda row: (-row["overpaid"], row["client"]))
    return Found(tuple(rows), {"overpaid": sum(paid.values(), _ZERO)})


def _debts(session: Session, day: date) -> Iterator[_Debt]:
    holidays = frozenset(session.scalars(sa.select(col(Holiday.day))))

    @cache
    def delay_of(due_on: date) -> _Delay:
        days = max((day - last_day_to_pay(due_on, holidays)).days, 0)
        bucket = next((key for key, most in BUCKETS if days <= most), OLDEST)
        return _Delay(days, bucket, days > 0 and limitation(due_on).possibly_barred(day))

    for item in open_items(session, day):
        yield _Debt(item.client_id, item.invoice_id, item.amount, delay_of(item.due_on))


def _names(session: Session, clients: list[int]) -> dict[int, Line]:
    statement = sa.select(col(Client.id), col(Client.number), *name_columns())
    return {
        key: {"client": number, "name": display_name(*names)}
        for key, number, *names in rows_with(session, statement, col(Client.id), clients)
    }


def _cut_off(session: Session, own: dict[int, list[_Debt]], day: date) -> set[int]:
    """Return who has not paid for two full periods that began after a demand."""
    client = col(IssuedDocument.client_id)
    first = (
        sa.select(client, sa.func.min(col(IssuedDocument.issued_at)))
        .where(
            col(IssuedDocument.kind) == DocumentKind.DEMAND.value, col(IssuedDocument.issued_at) < ends(day)
        )
        .group_by(client)
    )
    demanded = {key: office_day(at) for key, at in rows_with(session, first, client, sorted(own))}
    unpaid = [debt for key in demanded for debt in own[key] if debt.delay.days and debt.invoice_id]
    started = sa.select(col(Invoice.id), col(Invoice.starts_on))
    invoices = (debt.invoice_id for debt in unpaid if debt.invoice_id)
    begins: dict[int, date] = dict(map(tuple, rows_with(session, started, col(Invoice.id), invoices)))
    periods: dict[int, set[date]] = defaultdict(set)
    for debt in unpaid:
        starts_on = begins[debt.invoice_id or 0]
        if starts_on > demanded[debt.client_id]:
            periods[debt.client_id].add(starts_on)
    return {key for key, starts in periods.items() if len(starts) >= UNPAID_PERIODS}
