"""The rows of the VAT register: each document with what it charges at each rate, and their sums."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Client, Invoice, InvoiceLine, IssuedDocument
from db.queries.reports.common import grosze, summed, zlotys
from db.queries.reports.paid import issued_documents
from db.records.reports import Found, Line, Question
from db.work import Work

_AMOUNTS = ("net", "vat", "gross")
_COLUMNS = (col(Invoice.net), col(Invoice.vat), col(Invoice.gross))
_ZERO = Decimal("0.00")


@report(roles=OVERSEERS)
def register(work: Work, question: Question) -> Found:
    """Return the documents in the order of their issue, a row for each rate, the highest first."""
    rows = list(_rows(work, question))
    return Found(tuple(rows), summed(rows, _AMOUNTS))


@report(roles=OVERSEERS)
def by_rate(work: Work, question: Question) -> Found:
    """Return the sums of those rows by rate, and how many documents have each."""
    rates = _rates(question)
    statement = (
        sa.select(rates.c.lowest, sa.func.count(), *(sa.func.sum(grosze(column)) for column in _COLUMNS))
        .select_from(Invoice)
        .join(rates, rates.c.invoice_id == col(Invoice.id))
        .where(rates.c.lowest == rates.c.highest)
        .group_by(rates.c.lowest)
    )
    found: dict[Decimal, Line] = defaultdict(lambda: {"documents": 0, **dict.fromkeys(_AMOUNTS, _ZERO)})
    for rate, documents, *sums in work.session.execute(statement):
        _add(found[_percent(rate)], documents, [zlotys(part) for part in sums])
    for totals in _several(work, question).values():
        for rate, *amounts in totals:
            _add(found[rate], 1, amounts)
    rows = [{"rate": rate, **found[rate]} for rate in sorted(found, reverse=True)]
    return Found(tuple(rows), summed(rows, _AMOUNTS))


def _add(line: Line, documents: int, amounts: Sequence[Decimal]) -> None:
    line["documents"] += documents
    for key, amount in zip(_AMOUNTS, amounts, strict=True):
        line[key] += amount


def _rows(work: Work, question: Question) -> Iterator[Line]:
    """Yield the rows; a document of one rate, as nearly every one is, needs no more than its totals."""
    several, rates = _several(work, question), _rates(question)
    head = (col(Invoice.number), col(Invoice.kind), col(Invoice.issued_on), col(Client.number))
    statement = (
        sa.select(col(Invoice.id), *head, col(Client.nip), rates.c.lowest, *_COLUMNS)
        .join(Client, col(Client.id) == col(Invoice.client_id))
        .join(rates, rates.c.invoice_id == col(Invoice.id))
        .order_by(col(Invoice.issued_on), col(Invoice.id))
    )
    keys = ("number", "kind", "issued_on", "client", "nip", "rate", *_AMOUNTS)
    for key, *values in work.session.execute(statement):
        line = dict(zip(keys, values, strict=True))
        if key not in several:
            line["rate"] = _percent(line["rate"])
            yield line
            continue
        for totals in several[key]:
            yield {**line, **dict(zip(("rate", *_AMOUNTS), totals, strict=True))}


def _rates(question: Question) -> Any:
    """Select the lowest and the highest rate of the lines of each document; every document has lines."""
    rate = col(InvoiceLine.vat_rate)
    return (
        sa.select(
            col(InvoiceLine.invoice_id), sa.func.min(rate).label("lowest"), sa.func.max(rate).label("highest")
        )
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(*issued_documents(question))
        .group_by(col(InvoiceLine.invoice_id))
        .subquery()
    )


def _several(work: Work, question: Question) -> dict[int, list[tuple[Any, ...]]]:
    """Return the totals of each rate of the documents that have several, as they themselves have them.

    VAT is rounded once for a rate; a correction's is the difference of two that were rounded, which
    its lines no longer tell.
    """
    rates = _rates(question)
    statement = (
        sa.select(col(Invoice.id), col(IssuedDocument.snapshot))
        .join(IssuedDocument, col(IssuedDocument.id) == col(Invoice.document_id))
        .join(rates, rates.c.invoice_id == col(Invoice.id))
        .where(rates.c.lowest < rates.c.highest)
    )
    found: dict[int, list[tuple[Any, ...]]] = {}
    for key, snapshot in work.session.execute(statement):
        said = json.loads(snapshot)
        totals = (said.get("bill") or said["difference"])["vat_totals"]
        found[key or 0] = [
            (_percent(Decimal(total["rate"])), *(Decimal(total[amount]) for amount in _AMOUNTS))
            for total in totals
        ]
    return found


@cache
def _percent(rate: Decimal) -> Decimal:
    """Return 8 for 8.0000."""
    whole = rate.to_integral_value()
    return whole if whole == rate else rate.normalize()
