"""Where the money of some days went: to documents, by tariff group and by service, and elsewhere.

What had been put to a document by the end of a day is its gross less what it lacked then: what is open,
and what corrections lowered it by. What was put to it in some days is that of their end less that of
the eve. So of everything issued in the days all counts, and only what lacks something on the eve or at
the end is looked at: sums over months are the sums of the months, and what was taken back is taken
away. The accounts are replayed by the rules that make the balance on the card.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Contract, Invoice, InvoiceLine, IssuedDocument, LedgerEntry, Payment, TariffGroup
from db.queries.reports.common import grosze, rows_with, zlotys
from db.queries.reports.invoice_groups import groups_of
from db.queries.reports.open_items import (
    Open,
    histories,
    open_items,
    open_items_on,
    unpaid_by_money,
)
from db.queries.tariff_groups import group_on
from db.records.charges import Service
from db.records.money import InvoiceKind, LedgerKind
from db.records.paper import DocumentKind
from db.records.reports import Question
from db.rules.service_shares import Shares, apportion, paid_shares

INTEREST, OVERPAID = "interest", "overpaid"
ELSEWHERE = (INTEREST, OVERPAID)
"""Rows of what went to no document; codes of tariff groups are in capitals."""
_SERVICES = tuple(Service)
_KEYS = tuple(service.value for service in Service)
_HUNDRED = 100 * 10**4
"""Percent, in the parts in which rates are kept: net times (100 % + rate), over this, is gross."""


@dataclass(slots=True)
class _Lacking:
    """What money had not been put to yet at the end of a day, in grosze."""

    documents: dict[int, int] = field(default_factory=dict)
    """By invoice; nothing for what had all of it, or was not issued yet."""
    interest: int = 0

    def add(self, items: Iterable[Open]) -> None:
        for item in items:
            if item.invoice_id is not None:
                self.documents[item.invoice_id] = item.amount
            elif item.kind is LedgerKind.INTEREST:
                self.interest += item.amount


def issued_documents(question: Question) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of the documents asked for; a period alone asks for all of its documents."""
    days = (col(Invoice.issued_on) >= question.since, col(Invoice.issued_on) <= question.until)
    if question.period:
        return (col(Invoice.period) == question.period, col(Invoice.issued_on) <= question.as_of)
    return days


def open_documents(session: Session, question: Question) -> Iterator[tuple[int, str, int]]:
    """Yield what of the documents asked for was not paid at the end of the day of the report.

    Each with its period and what it asks for, in grosze.
    """
    left = {item.invoice_id: item.amount for item in open_items(session, question.as_of) if item.invoice_id}
    asked = sa.select(col(Invoice.id), col(Invoice.period)).where(*issued_documents(question))
    for key, period in rows_with(session, asked, col(Invoice.id), left):
        yield key, period, left[key]


def received(session: Session, question: Question) -> int:
    """Return what came in the days less what went back, in grosze."""
    statement = sa.select(sa.func.sum(grosze(col(Payment.amount)))).where(
        col(Payment.day) >= question.since, col(Payment.day) <= question.until
    )
    return int(session.scalar(statement) or 0)


def paid_by_group(session: Session, question: Question) -> dict[str, Decimal]:
    """Return what was paid by the group of the contract that was invoiced, and what went elsewhere.

    With a period, what of its documents is open no more.
    """
    before, after = _lacking(session, question)
    found: dict[str, int] = defaultdict(int)
    every = sa.select(_code(), sa.func.sum(grosze(col(Invoice.gross)))).where(*_paid_for(question))
    for code, whole in session.execute(_with_group(every, question).group_by(sa.literal_column("1"))):
        found[code] += int(whole)
    changed = _changed(before, after)
    groups = groups_of(session, list(changed), question.as_of)
    for key in changed:
        found[groups.get(key, "")] += before.documents.get(key, 0) - after.documents.get(key, 0)
    return _with_elsewhere(session, question, found, before.interest - after.interest)


def charged_and_paid(session: Session, question: Question) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return the gross of the documents asked for by service, and what was paid by service and elsewhere.

    With a period, paid is as in `paid_by_group`.
    """
    before, after = _lacking(session, question)
    charged: dict[str, int] = defaultdict(int)
    found: dict[str, int] = defaultdict(int)

    def count(shares: Shares, times: int, to: dict[str, int] = found) -> None:
        for key, share in zip(_KEYS, shares, strict=True):
            if share:
                to[key] += share * times

    of = cache(_gross_of)
    for gross, *weights, documents in session.execute(_alike(question)):
        shares = of(int(gross), *map(int, weights))
        count(shares, int(documents), charged)
        if question.period or gross > 0:  # as `_paid_for` has it
            count(shares, int(documents))
    for key, gross, *weights in rows_with(session, _with_weights(), col(Invoice.id), _changed(before, after)):
        own = of(int(gross), *map(int, weights))
        for lacking, times in ((before, 1), (after, -1)):
            if lack := lacking.documents.get(key, 0):
                count(_less(own, paid_shares(sum(own) - lack, own)), times)
    paid = _with_elsewhere(session, question, found, before.interest - after.interest)
    return {key: zlotys(part) for key, part in charged.items()}, paid


def _gross_of(gross: int, *weights: int) -> Shares:
    return apportion(gross, weights, _HUNDRED)


def _less(whole: Shares, part: Shares) -> Shares:
    return tuple(one - other for one, other in zip(whole, part, strict=True))


def _changed(before: _Lacking, after: _Lacking) -> dict[int, None]:
    """Return the documents that lack something else at the end than on the eve."""
    keys = {**dict.fromkeys(before.documents), **dict.fromkeys(after.documents)}
    return {key: None for key in keys if before.documents.get(key) != after.documents.get(key)}


def _paid_for(question: Question) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of the documents of which all counts that they do not lack.

    A correction below zero asks for nothing and takes no money; of a period it counts, as the invoice does.
    """
    asked = issued_documents(question)
    return asked if question.period else (*asked, grosze(col(Invoice.gross)) > 0)


def _with_elsewhere(
    session: Session, question: Question, found: Mapping[str, int], interest: int
) -> dict[str, Decimal]:
    parts = dict(found)
    if not question.period:
        parts[INTEREST] = interest + _charged(session, question)
        parts[OVERPAID] = received(session, question) - sum(parts.values())
    return {key: zlotys(part) for key, part in parts.items() if part}


def _charged(session: Session, question: Question) -> int:
    """Return the interest that was charged in the days, in grosze."""
    statement = (
        sa.select(sa.func.sum(grosze(col(LedgerEntry.amount))))
        .select_from(IssuedDocument)
        .join(LedgerEntry, col(LedgerEntry.document_id) == col(IssuedDocument.id))
        .where(
            col(IssuedDocument.kind) == DocumentKind.INTEREST_NOTE.value,
            col(LedgerEntry.kind) == LedgerKind.INTEREST,
            col(LedgerEntry.day) >= question.since,
            col(LedgerEntry.day) <= question.until,
        )
    )
    return int(session.scalar(statement) or 0)


# -- what is lacking


def _lacking(session: Session, question: Question) -> tuple[_Lacking, _Lacking]:
    """Return what was lacking on the eve of the days, and at their end."""
    before, after = _Lacking(), _Lacking()
    if question.period:
        after.documents = {key: lack for key, _, lack in open_documents(session, question)}
        return before, after
    days = (question.since - timedelta(days=1), question.until)
    corrected = _corrected(session, question)
    for day, item in open_items_on(session, days, without=corrected):
        (before if day == days[0] else after).add((item,))
    for rows in histories(session, sorted(corrected), question.until):
        for lacking, items in zip((before, after), unpaid_by_money(rows, question.since, days), strict=True):
            lacking.add(items)
    return before, after


def _corrected(session: Session, question: Question) -> frozenset[int]:
    """Return the clients whose documents a correction may have lowered where the days can tell.

    They had a correction below zero in the days, or before and their account was not settled on the
    eve, or a payment was taken back since, which may open up what was settled.
    """
    entry, whose = LedgerEntry, col(LedgerEntry.client_id) == col(Invoice.client_id)
    eve = sa.select(sa.func.sum(grosze(col(entry.amount)))).where(whose, col(entry.day) < question.since)
    taken_back = sa.select(sa.literal(1)).where(
        whose,
        col(entry.kind) == LedgerKind.REVERSAL,
        col(entry.day) >= question.since,
        col(entry.day) <= question.until,
    )
    statement = (
        sa.select(col(Invoice.client_id))
        .where(
            col(Invoice.kind) == InvoiceKind.CORRECTION,
            grosze(col(Invoice.gross)) < 0,
            col(Invoice.issued_on) <= question.until,
            sa.or_(
                col(Invoice.issued_on) >= question.since,
                eve.correlate(Invoice).scalar_subquery() != 0,
                taken_back.correlate(Invoice).exists(),
            ),
        )
        .distinct()
    )
    return frozenset(session.scalars(statement))


# -- documents with what they charged


def _code() -> Any:
    return sa.func.coalesce(col(TariffGroup.code), "")


def _with_group(statement: Any, question: Question) -> Any:
    """Join the group of the contract that was invoiced, as it is on the day of the report."""
    group = group_on(sa.literal(question.as_of, sa.Date))
    return (
        statement.select_from(Invoice)
        .join(Contract, col(Contract.id) == col(Invoice.contract_id))
        .outerjoin(TariffGroup, col(TariffGroup.id) == group)
    )


def _with_weights(*conditions: sa.ColumnElement[bool]) -> Any:
    """Select documents with the exact gross of each service, in millionths of a grosz."""
    exact = grosze(col(InvoiceLine.net)) * (_HUNDRED + grosze(col(InvoiceLine.vat_rate)))
    weights = (
        sa.func.sum(sa.case((col(InvoiceLine.service) == service, exact), else_=0)).label(service.value)
        for service in _SERVICES
    )
    return (
        sa.select(
            col(Invoice.id).label("id"),
            grosze(col(Invoice.gross)).label("gross"),
            *weights,
        )
        .select_from(Invoice)
        .join(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .where(*conditions)
        # in the order of the index by day, so that SQLite has nothing to sort
        .group_by(col(Invoice.issued_on), col(Invoice.id))
    )


def _alike(question: Question) -> Any:
    """Select what documents charged and how many did: one flat of 4 m³ is billed as the next."""
    each = _with_weights(*issued_documents(question)).subquery()
    figures = (each.c.gross, *(each.c[key] for key in _KEYS))
    return sa.select(*figures, sa.func.count()).group_by(*figures)
