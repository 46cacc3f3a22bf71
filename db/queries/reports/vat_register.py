"""The rows of the VAT register: each document with what it charges at each rate, and their sums."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Client, Invoice, InvoiceLine, IssuedDocument
from db.queries.reports.common import chunks, grosze, streamed, summed, zlotys
from db.queries.reports.paid import issued_documents
from db.records.money import InvoiceKind
from db.records.reports import Found, Line, Question, Take
from db.rules.first_rows import first_rows
from db.work import Work

_AMOUNTS = ("net", "vat", "gross")
_COLUMNS = (col(Invoice.net), col(Invoice.vat), col(Invoice.gross))
_ZERO = Decimal("0.00")
_RATE = 4
"""Places of a rate as it is kept."""


@report(roles=OVERSEERS)
def register(work: Work, question: Question, take: Take = tuple) -> Found:
    """Return the documents in the order of their issue, a row for each rate, the highest first."""
    count, totals = 0, dict.fromkeys(_AMOUNTS, _ZERO)

    def counted() -> Iterator[Line]:
        nonlocal count
        for row in _rows(work, question):
            count += 1
            for key in _AMOUNTS:
                totals[key] += row[key]
            yield row

    rows = take(first_rows(counted(), question.sort, question.limit))
    return Found(rows, totals if count else {}, count)


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
    mixed = work.session.scalars(sa.select(rates.c.invoice_id).where(rates.c.lowest < rates.c.highest))
    for totals in _several(work, list(mixed)).values():
        for rate, *amounts in totals:
            _add(found[rate], 1, amounts)
    rows = [{"rate": rate, **found[rate]} for rate in sorted(found, reverse=True)]
    return Found(tuple(rows), summed(rows, _AMOUNTS))


def _add(line: Line, documents: int, amounts: Sequence[Decimal]) -> None:
    line["documents"] += documents
    for key, amount in zip(_AMOUNTS, amounts, strict=True):
        line[key] += amount


def _rows(work: Work, question: Question) -> Iterator[Line]:
    """Yield the rows; a document of one rate, as nearly every one is, needs no more than its totals.

    Documents are read some thousands at a time. Amounts and days come again and again, each is kept once.
    """
    amount, rate, kind_of, same_day = cache(zlotys), cache(_of_parts), cache(InvoiceKind), cache(_itself)
    for some in streamed(work.session, _documents(question)):
        several = _several(work, [row[0] for row in some if row[6] != row[7]])
        for key, number, kind, day, client, nip, lowest, _, net, vat, gross in some:
            head = {
                "number": number,
                "kind": kind_of(kind),
                "issued_on": same_day(day),
                "client": client,
                "nip": nip,
                "rate": rate(lowest),
                "net": amount(net),
                "vat": amount(vat),
                "gross": amount(gross),
            }
            if key not in several:
                yield head
                continue
            for totals in several[key]:
                yield {**head, **dict(zip(("rate", *_AMOUNTS), totals, strict=True))}


def _documents(question: Question) -> Any:
    """Select the documents with the lowest and the highest rate of their lines; every document has lines."""
    rate = grosze(col(InvoiceLine.vat_rate))
    return (
        sa.select(
            *(col(Invoice.id), col(Invoice.number), sa.cast(col(Invoice.kind), sa.String)),
            col(Invoice.issued_on),
            # of one client there is one number: a group of rows that SQLite finds ready in the index
            *(sa.func.max(col(Client.number)), sa.func.max(col(Client.nip))),
            *(sa.func.min(rate), sa.func.max(rate), *map(grosze, _COLUMNS)),
        )
        .join(Client, col(Client.id) == col(Invoice.client_id))
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .where(*issued_documents(question))
        .group_by(col(Invoice.issued_on), col(Invoice.id))
        .order_by(col(Invoice.issued_on), col(Invoice.id))
    )


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


def _several(work: Work, documents: Sequence[int]) -> dict[int, list[tuple[Any, ...]]]:
    """Return the totals of each rate of the documents that have several, as they themselves have them.

    VAT is rounded once for a rate; a correction's is the difference of two that were rounded, which
    its lines no longer tell.
    """
    found: dict[int, list[tuple[Any, ...]]] = {}
    for some in chunks(documents):
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


def _of_parts(rate: int) -> Decimal:
    """Return 8 for the 80000 that are kept of it."""
    return _percent(Decimal(rate).scaleb(-_RATE))


def _itself(day: date) -> date:
    return day


@cache
def _percent(rate: Decimal) -> Decimal:
    """Return 8 for 8.0000."""
    whole = rate.to_integral_value()
    return whole if whole == rate else rate.normalize()
