"""What was invoiced and corrected, by month, period, service and group."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Contract, Invoice, InvoiceLine, Payment, TariffGroup
from db.queries.reports.common import chunks, counted, folded, grosze, month_of, summed, zlotys
from db.queries.reports.open_items import open_items
from db.queries.tariff_groups import group_on
from db.records.money import InvoiceKind
from db.records.reports import Found, Line, Question
from db.work import Work

_COUNTS = ("invoices", "corrections")
_AMOUNTS = ("invoiced", "corrected", "net", "vat", "gross")
_KEYS = {"month": col(Invoice.issued_on), "period": col(Invoice.period)}
_ZERO = Decimal("0.00")
_LITRES = 4
"""Places of a quantity as it is kept."""


@report(roles=OVERSEERS)
def revenue(work: Work, question: Question) -> Found:
    """Return what the documents issued within the days come to, by month of issue, period or group."""
    by = question.by or "month"
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
    if by == "group":
        group = group_on(sa.literal(question.as_of, sa.Date))
        statement = statement.join(Contract, col(Contract.id) == col(Invoice.contract_id)).outerjoin(
            TariffGroup, col(TariffGroup.id) == group
        )
    rows = []
    found = folded(work.session.execute(statement), month_of if by == "month" else str)
    received = _received(work, question) if by == "month" else {}
    still_open = _open_by_period(work, question) if by == "period" else {}
    for first in sorted(found.keys() | received.keys()):
        figures = found.get(first, [0] * 7)
        row: Line = {by: first, **dict(zip(_COUNTS, figures[:2], strict=True))}
        row |= dict(zip(_AMOUNTS, map(zlotys, figures[2:]), strict=True))
        if by == "month":
            row["received"] = zlotys(received.get(first, [0])[0])
        if by == "period":
            row["paid"] = row["gross"] - still_open.get(first, _ZERO)
        rows.append(row)
    more = {"month": ("received",), "period": ("paid",)}.get(by, ())
    return Found(tuple(rows), summed(rows, (*_COUNTS, *_AMOUNTS, *more)))


@report(roles=OVERSEERS)
def services(work: Work, question: Question) -> Found:
    """Return quantities and net amounts of the lines of those documents, by service."""
    invoice, net = col(Invoice.kind) == InvoiceKind.INVOICE, grosze(col(InvoiceLine.net))
    quantity = sa.type_coerce(col(InvoiceLine.quantity), sa.BigInteger)
    statement = (
        sa.select(
            col(InvoiceLine.service),
            sa.func.sum(quantity),
            sa.func.sum(sa.case((invoice, net), else_=0)),
            sa.func.sum(sa.case((invoice, 0), else_=net)),
            sa.func.sum(net),
        )
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(*issued_documents(question))
        .group_by(col(InvoiceLine.service))
    )
    rows = [
        {
            "service": key,
            "quantity": zlotys(figures[0]).scaleb(2 - _LITRES).normalize() + 0,
            **dict(zip(("invoiced", "corrected", "net"), map(zlotys, figures[1:]), strict=True)),
        }
        for key, figures in folded(work.session.execute(statement), str).items()
    ]
    return Found(tuple(rows), summed(rows, ("invoiced", "corrected", "net")))


def issued_documents(question: Question) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of the documents asked for; a period alone asks for all of its documents."""
    days = (col(Invoice.issued_on) >= question.since, col(Invoice.issued_on) <= question.until)
    if question.period:
        return (col(Invoice.period) == question.period, col(Invoice.issued_on) <= question.as_of)
    return days


def _open_by_period(work: Work, question: Question) -> dict[str, Decimal]:
    """Return what of those documents was not paid at the end of the day of the report, by period."""
    left = {item.invoice_id: item.amount for item in open_items(work.session, question.as_of)}
    found: dict[str, Decimal] = defaultdict(lambda: _ZERO)
    for some in chunks([key for key in left if key is not None]):
        asked = sa.select(col(Invoice.id), col(Invoice.period)).where(col(Invoice.id).in_(some))
        for key, period in work.session.execute(asked.where(*issued_documents(question))):
            found[period] += left[key]
    return found


def _received(work: Work, question: Question) -> dict[str, list[int]]:
    if question.period:
        return {}
    statement = (
        sa.select(col(Payment.day), sa.func.sum(grosze(col(Payment.amount))))
        .where(col(Payment.day) >= question.since, col(Payment.day) <= question.until)
        .group_by(col(Payment.day))
    )
    return folded(work.session.execute(statement), month_of)
