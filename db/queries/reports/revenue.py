"""What was invoiced, corrected and paid, by month, period, service and group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Contract, Invoice, InvoiceLine, Payment, TariffGroup
from db.queries.reports.common import counted, folded, grosze, month_of, summed, zlotys
from db.queries.reports.paid import (
    ELSEWHERE,
    charged_and_paid,
    issued_documents,
    open_documents,
    paid_by_group,
)
from db.queries.tariff_groups import group_on
from db.records.money import InvoiceKind
from db.records.reports import Found, Line, Question
from db.work import Work

_COUNTS = ("invoices", "corrections")
_AMOUNTS = ("invoiced", "corrected", "net", "vat", "gross")
_LINE_AMOUNTS = ("invoiced", "corrected", "net")
_KEYS = {"month": col(Invoice.issued_on), "period": col(Invoice.period)}
_ZERO = Decimal("0.00")
_LITRES = 4
"""Places of a quantity as it is kept."""


@report(roles=OVERSEERS)
def revenue(work: Work, question: Question) -> Found:
    """Return what the documents issued within the days, or of the period, come to: by month, period, group.

    By month with a period nothing is said of money received.
    """
    by = question.by or "month"
    found = folded(work.session.execute(_issued(question, by)), month_of if by == "month" else str)
    name, money = _money(work, question, by)
    told = money or {}
    rows = []
    for first in _ordered(found.keys() | (told.keys() if by != "period" else ())):
        figures = found.get(first, [0] * 7)
        row: Line = {by: first, **dict(zip(_COUNTS, figures[:2], strict=True))}
        row |= dict(zip(_AMOUNTS, map(zlotys, figures[2:]), strict=True))
        own = None if money is None else money.get(first, _ZERO)
        row[name] = row["gross"] - own if by == "period" else own
        rows.append(row)
    keys = (*_COUNTS, *_AMOUNTS) if money is None else (*_COUNTS, *_AMOUNTS, name)
    return Found(tuple(rows), summed(rows, keys))


def _issued(question: Question, by: str) -> Any:
    """Select the documents' counts and sums, by day of issue, period or group."""
    invoice, gross = col(Invoice.kind) == InvoiceKind.INVOICE, grosze(col(Invoice.gross))
    key: Any = _KEYS.get(by, sa.func.coalesce(col(TariffGroup.code), ""))
    statement = (
        sa.select(
            key.label("key"),
            counted(invoice),
            counted(~invoice),
            sa.func.sum(sa.case((invoice, gross), else_=0)),
            sa.func.sum(sa.case((invoice, 0), else_=gross)),
            *(
                sa.func.sum(grosze(column))
                for column in (col(Invoice.net), col(Invoice.vat), col(Invoice.gross))
            ),
        )
        .select_from(Invoice)
        .where(*issued_documents(question))
        .group_by(sa.literal_column("1"))
    )
    if by != "group":
        return statement
    group = group_on(sa.literal(question.as_of, sa.Date))
    return statement.join(Contract, col(Contract.id) == col(Invoice.contract_id)).outerjoin(
        TariffGroup, col(TariffGroup.id) == group
    )


def _money(work: Work, question: Question, by: str) -> tuple[str, dict[str, Decimal] | None]:
    """Return the column of the money with its amounts; by period what of it is still lacking.

    None where it cannot be told: money comes in a month, for no billing period.
    """
    if by == "period":
        return "paid", _open_by_period(work, question)
    if by == "group":
        return "paid", paid_by_group(work.session, question)
    return "received", None if question.period else _by_month(work, question)


def _ordered(keys: Iterable[str]) -> list[str]:
    """Return the keys in their order, those behind the others that are of nothing that was issued."""
    return sorted(keys, key=lambda key: (key in ELSEWHERE, key))


@report(roles=OVERSEERS)
def services(work: Work, question: Question) -> Found:
    """Return quantities, net and gross of what those documents charge, and what was paid, by service."""
    invoice, net = col(Invoice.kind) == InvoiceKind.INVOICE, grosze(col(InvoiceLine.net))
    parts = sa.type_coerce(col(InvoiceLine.quantity), sa.BigInteger)
    statement = (
        sa.select(
            col(InvoiceLine.service),
            sa.func.sum(parts),
            sa.func.sum(sa.case((invoice, net), else_=0)),
            sa.func.sum(sa.case((invoice, 0), else_=net)),
            sa.func.sum(net),
        )
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(*issued_documents(question))
        .group_by(col(InvoiceLine.service))
    )
    found = folded(work.session.execute(statement), str)
    gross, paid = charged_and_paid(work.session, question)
    rows: list[Line] = []
    for key in _ordered(found.keys() | paid.keys()):
        figures = found.get(key, [0] * 4)
        quantity = zlotys(figures[0]).scaleb(2 - _LITRES).normalize() + 0
        row: Line = {
            "service": key,
            "quantity": None if key in ELSEWHERE else quantity,  # of no service there is none
            **dict(zip(_LINE_AMOUNTS, map(zlotys, figures[1:]), strict=True)),
        }
        rows.append(row | {"gross": gross.get(key, _ZERO), "paid": paid.get(key, _ZERO)})
    return Found(tuple(rows), summed(rows, (*_LINE_AMOUNTS, "gross", "paid")))


def _by_month(work: Work, question: Question) -> dict[str, Decimal]:
    """Return what came in each month of the days less what went back."""
    statement = (
        sa.select(col(Payment.day), sa.func.sum(grosze(col(Payment.amount))))
        .where(col(Payment.day) >= question.since, col(Payment.day) <= question.until)
        .group_by(col(Payment.day))
    )
    found = folded(work.session.execute(statement), month_of)
    return {month: zlotys(sums[0]) for month, sums in found.items()}


def _open_by_period(work: Work, question: Question) -> dict[str, Decimal]:
    """Return what of the documents is not paid at the end of the day of the report, by period."""
    found: dict[str, int] = defaultdict(int)
    for _, period, lack in open_documents(work.session, question):
        found[period] += lack
    return {period: zlotys(lack) for period, lack in found.items()}
