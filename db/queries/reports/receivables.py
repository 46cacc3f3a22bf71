"""What is owed on a day, by age, tariff group and client; what is overpaid.

A client's total is the sum of the ledger. Whoever owes something has nothing overpaid, and the other
way round (a credit goes to whatever is open): only for those who owe is the history replayed, by the
rules that make the balance on the card.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.clock import office_day
from db.doors import OVERSEERS, report
from db.errors import WrongInput
from db.models import Client, Contract, Holiday, Invoice, IssuedDocument, TariffGroup
from db.queries.reports.common import chunks, ends
from db.queries.reports.open_items import client_totals, open_items
from db.queries.supply import display_name, name_columns
from db.queries.tariff_groups import group_on
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
class _Debt:
    """What one item still asks for."""

    client_id: int
    invoice_id: int | None
    due_on: date
    open: Decimal
    days: int
    """Of delay since its last day for payment (KC 115); 0 when it is not overdue."""

    @property
    def bucket(self) -> str:
        return next((key for key, most in BUCKETS if self.days <= most), OLDEST)


@report(roles=OVERSEERS)
def ageing(work: Work, question: Question) -> Found:
    """Return what is open by days of delay."""
    debts = list(_debts(work.session, question.as_of))
    rows = []
    for key in BUCKET_KEYS:
        own = [debt for debt in debts if debt.bucket == key]
        rows.append({"bucket": key, **_summed(own, question.as_of)})
    return Found(tuple(rows), _summed(debts, question.as_of))


@report(roles=OVERSEERS)
def by_group(work: Work, question: Question) -> Found:
    """Return what is open by the tariff group of the contract that was invoiced."""
    debts = list(_debts(work.session, question.as_of))
    groups = _groups(work.session, [debt.invoice_id for debt in debts if debt.invoice_id], question.as_of)
    found: dict[str, list[_Debt]] = defaultdict(list)
    for debt in debts:
        found[groups.get(debt.invoice_id or 0, "")].append(debt)
    rows = [{"group": key, **_summed(own, question.as_of)} for key, own in sorted(found.items())]
    return Found(tuple(rows), _summed(debts, question.as_of))


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
            key: debts for key, debts in own.items() if any(debt.bucket == question.bucket for debt in debts)
        }
    names = _names(work.session, sorted(own))
    cut_off = _cut_off(work.session, own, question.as_of)
    rows = [
        {
            **names[key],
            **{part: value for part, value in _summed(debts, question.as_of).items() if part != "clients"},
            "days": max(debt.days for debt in debts),
            "cut_off": key in cut_off,
        }
        for key, debts in own.items()
    ]
    rows.sort(key=lambda row: (-row["overdue"], -row["open"], row["client"]))
    every = [debt for debts in own.values() for debt in debts]
    totals = {part: value for part, value in _summed(every, question.as_of).items() if part != "clients"}
    return Found(tuple(rows), totals)


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
    for item in open_items(session, day):
        delay = (day - last_day_to_pay(item.due_on, holidays)).days
        yield _Debt(item.client_id, item.invoice_id, item.due_on, item.amount, max(delay, 0))


def _summed(debts: Iterable[_Debt], day: date) -> Line:
    debts = list(debts)
    barred = (debt for debt in debts if debt.days and limitation(debt.due_on).possibly_barred(day))
    return {
        "clients": len({debt.client_id for debt in debts}),
        "items": len(debts),
        "open": sum((debt.open for debt in debts), _ZERO),
        "overdue": sum((debt.open for debt in debts if debt.days), _ZERO),
        "time_barred": sum((debt.open for debt in barred), _ZERO),
    }


def _groups(session: Session, invoices: list[int], day: date) -> dict[int, str]:
    """Return the code of the tariff group of each invoice's contract on the day."""
    found: dict[int, str] = {}
    for some in chunks(invoices):
        statement = (
            sa.select(col(Invoice.id), col(TariffGroup.code))
            .join(Contract, col(Contract.id) == col(Invoice.contract_id))
            .join(TariffGroup, col(TariffGroup.id) == group_on(sa.literal(day, sa.Date)))
            .where(col(Invoice.id).in_(some))
        )
        found |= {row[0] or 0: str(row[1]) for row in session.execute(statement)}
    return found


def _names(session: Session, clients: list[int]) -> dict[int, Line]:
    found: dict[int, Line] = {}
    for some in chunks(clients):
        statement = sa.select(col(Client.id), col(Client.number), *name_columns()).where(
            col(Client.id).in_(some)
        )
        for key, number, *names in session.execute(statement):
            found[key] = {"client": number, "name": display_name(*names)}
    return found


def _cut_off(session: Session, own: dict[int, list[_Debt]], day: date) -> set[int]:
    """Return who has not paid for two full periods that began after a demand."""
    demanded: dict[int, date] = {}
    for some in chunks(sorted(own)):
        statement = (
            sa.select(col(IssuedDocument.client_id), sa.func.min(col(IssuedDocument.issued_at)))
            .where(
                col(IssuedDocument.client_id).in_(some),
                col(IssuedDocument.kind) == DocumentKind.DEMAND.value,
                col(IssuedDocument.issued_at) < ends(day),
            )
            .group_by(col(IssuedDocument.client_id))
        )
        demanded |= {key: office_day(at) for key, at in session.execute(statement)}
    unpaid = [debt for key in demanded for debt in own[key] if debt.days and debt.invoice_id]
    begins: dict[int, date] = {}
    for some in chunks([debt.invoice_id for debt in unpaid if debt.invoice_id]):
        started = sa.select(col(Invoice.id), col(Invoice.starts_on)).where(col(Invoice.id).in_(some))
        begins |= {int(row[0]): row[1] for row in session.execute(started) if row[0]}
    periods: dict[int, set[date]] = defaultdict(set)
    for debt in unpaid:
        starts_on = begins[debt.invoice_id or 0]
        if starts_on > demanded[debt.client_id]:
            periods[debt.client_id].add(starts_on)
    return {key for key, starts in periods.items() if len(starts) >= UNPAID_PERIODS}
