"""The rows of the VAT register: each document with what it charges at each rate, and their sums."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Client, Invoice, InvoiceLine, IssuedDocument
from db.queries.reports.common import chunks, summed
from db.queries.reports.revenue import issued_documents
from db.records.reports import Found, Line, Question
from db.work import Work

_AMOUNTS = ("net", "vat", "gross")


@report(roles=OVERSEERS)
def register(work: Work, question: Question) -> Found:
    """Return the documents in the order of their issue, a row for each rate, the highest first."""
    rows = list(_rows(work, question))
    return Found(tuple(rows), summed(rows, _AMOUNTS))


@report(roles=OVERSEERS)
def by_rate(work: Work, question: Question) -> Found:
    """Return the sums of those rows by rate, and how many documents have each."""
    found: dict[Decimal | None, Line] = {}
    for row in _rows(work, question):
        empty = {"rate": row["rate"], "documents": 0, **dict.fromkeys(_AMOUNTS, Decimal("0.00"))}
        line = found.setdefault(row["rate"], empty)
        line["documents"] += 1
        for key in _AMOUNTS:
            line[key] += row[key]
    rows = sorted(found.values(), key=lambda row: (row["rate"] is None, -(row["rate"] or 0)))
    return Found(tuple(rows), summed(rows, _AMOUNTS))


def _rows(work: Work, question: Question) -> Iterator[Line]:
    """Yield the rows; a document of one rate, as nearly every one is, needs no more than its totals."""
    rates = _rates(work, question)
    several = _several(work, [key for key, own in rates.items() if len(own) > 1])
    columns = (col(Invoice.number), col(Invoice.kind), col(Invoice.issued_on), col(Client.number))
    statement = (
        sa.select(col(Invoice.id), *columns, col(Client.nip), *(getattr(Invoice, key) for key in _AMOUNTS))
        .join(Client, col(Client.id) == col(Invoice.client_id))
        .where(*issued_documents(question))
        .order_by(col(Invoice.issued_on), col(Invoice.id))
    )
    keys = ("number", "kind", "issued_on", "client", "nip")
    for key, *head, net, vat, gross in work.session.execute(statement):
        line = dict(zip(keys, head, strict=True))
        for rate, *amounts in several.get(key) or [(next(iter(rates.get(key, ())), None), net, vat, gross)]:
            yield {**line, "rate": rate, **dict(zip(_AMOUNTS, amounts, strict=True))}


def _rates(work: Work, question: Question) -> dict[int, list[Decimal]]:
    """Return the rates of the lines of each document."""
    statement = (
        sa.select(col(InvoiceLine.invoice_id), col(InvoiceLine.vat_rate))
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(*issued_documents(question))
        .distinct()
    )
    found: dict[int, list[Decimal]] = defaultdict(list)
    for key, rate in work.session.execute(statement):
        found[key].append(_percent(rate))
    return found


def _several(work: Work, invoices: list[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Return the totals of each rate as these documents have them: VAT is rounded once for a rate.

    A correction's VAT is the difference of two that were rounded, which its lines no longer tell.
    """
    found: dict[int, list[tuple[Any, ...]]] = {}
    for some in chunks(invoices):
        statement = (
            sa.select(col(Invoice.id), col(IssuedDocument.snapshot))
            .join(IssuedDocument, col(IssuedDocument.id) == col(Invoice.document_id))
            .where(col(Invoice.id).in_(some))
        )
        for key, snapshot in work.session.execute(statement):
            said = json.loads(snapshot)
            totals = (said.get("bill") or said["difference"])["vat_totals"]
            found[key or 0] = [
                (_percent(Decimal(total["rate"])), *(Decimal(total[amount]) for amount in _AMOUNTS))
                for total in totals
            ]
    return found


def _percent(rate: Decimal) -> Decimal:
    """Return 8 for 8.0000."""
    whole = rate.to_integral_value()
    return whole if whole == rate else rate.normalize()
