"""What is still open on a day, of every client who owes.

Where each payment names something that was owed by then, and nothing gets more than it asks for, each
goes to what it names, whole: the rules try that first (KC 451), nothing is ever left over, and what an
item asks for less what names it is open. That the database sums up. Every other history is replayed by
the rules that make the balance on the card, its tail at least: a ledger that comes to nothing at the end
of some day leaves nothing behind. Nothing is open and nothing overpaid then, for an overpayment goes to
whatever is open, and what came before the last such day is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import chain, groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from db.models import Invoice, IssuedDocument, LedgerEntry, Payment
from db.queries.reports.common import grosze, rows_with, streamed, zlotys
from db.records.money import LedgerKind
from db.rules.allocation import Credit, OpenItem, replay
from db.rules.grosze import to_grosze

_TOTAL = sa.func.sum(grosze(col(LedgerEntry.amount)))


@dataclass(frozen=True, slots=True)
class Open:
    """What one item still asks for."""

    client_id: int
    invoice_id: int | None
    due_on: date
    amount: int
    """Grosze."""
    kind: LedgerKind


def client_totals(session: Session, day: date) -> Iterator[tuple[int, Decimal]]:
    """Yield each client whose ledger does not come to nothing, with what it comes to."""
    statement = _totals(day).having(_TOTAL != 0).order_by(col(LedgerEntry.client_id))
    for key, sum_ in session.execute(statement.add_columns(_TOTAL)):
        yield key, zlotys(sum_)


def _totals(day: date) -> Any:
    return (
        sa.select(col(LedgerEntry.client_id))
        .where(col(LedgerEntry.day) <= day)
        .group_by(col(LedgerEntry.client_id))
    )


def open_items(session: Session, day: date) -> Iterator[Open]:
    """Yield what is open at the end of `day`, client by client."""
    return (item for _, item in open_items_on(session, (day,)))


def open_items_on(
    session: Session, days: Sequence[date], *, without: Collection[int] = ()
) -> Iterator[tuple[date, Open]]:
    """Yield what is open at the end of each of `days`; `without` are clients left out."""
    for day in days:
        replayed = []
        found = chain.from_iterable(streamed(session, _as_named(day)))
        for key, rows in groupby(found, key=itemgetter(0)):
            if key in without:
                continue
            own = list(rows)
            if any(left < 0 or kind == LedgerKind.REVERSAL for *_, kind, left in own):
                replayed.append(key)
                continue
            for _, invoice, due_on, kind, left in own:
                yield day, Open(key, invoice, due_on, int(left), LedgerKind(kind))
        for history in histories(session, replayed, day):
            for item in _open(history, day):
                yield day, item


def _as_named(day: date) -> Any:
    """Select what items of those who owe ask for beyond the payments that name them, where that is something.

    A payment that names nothing that was owed by then stands alone, below zero, and so does what got too
    much. A payment taken back was never made: who has one is known by the row that takes it back.
    """
    entry, named = LedgerEntry, aliased(LedgerEntry)
    kind = sa.cast(col(entry.kind), sa.String)
    is_payment = col(entry.kind) == LedgerKind.PAYMENT
    item = sa.func.coalesce(col(named.id), col(entry.id))
    return (
        sa.select(
            *(col(entry.client_id), sa.func.max(col(entry.invoice_id))),
            sa.func.coalesce(sa.func.max(col(entry.due_on)), sa.func.min(col(entry.day))),
            *(sa.func.max(sa.case((~is_payment, kind))), _TOTAL),
        )
        .select_from(entry)
        .outerjoin(Payment, sa.and_(col(Payment.id) == col(entry.payment_id), is_payment))
        .outerjoin(
            named,
            sa.and_(
                col(named.invoice_id) == col(Payment.invoice_id),
                col(named.client_id) == col(entry.client_id),
                col(named.day) <= col(entry.day),
            ),
        )
        .where(col(entry.day) <= day, col(entry.client_id).in_(_totals(day).having(_TOTAL > 0)))
        .group_by(col(entry.client_id), item)
        .having(sa.or_(_TOTAL != 0, sa.func.max(kind) == LedgerKind.REVERSAL.value))
        .order_by(col(entry.client_id), item)
    )


def histories(session: Session, clients: Sequence[int], day: date) -> Iterator[list[Any]]:
    """Yield the ledger of each of these clients to the end of `day`."""
    found = rows_with(session, _entries(day), col(LedgerEntry.client_id), clients)
    for _, rows in groupby(found, key=itemgetter(0)):
        yield list(rows)


def _entries(day: date) -> Any:
    """Select what the replay needs, amounts as whole grosze."""
    return (
        sa.select(
            col(LedgerEntry.client_id),
            col(LedgerEntry.day),
            grosze(col(LedgerEntry.amount)),
            sa.cast(col(LedgerEntry.kind), sa.String),
            *(col(LedgerEntry.id), col(LedgerEntry.payment_id), col(LedgerEntry.invoice_id)),
            *(col(LedgerEntry.due_on), col(Invoice.number), col(Invoice.corrects_id)),
            *(col(Payment.reverses_id), col(Payment.invoice_id), col(IssuedDocument.number)),
        )
        .select_from(LedgerEntry)
        .outerjoin(Invoice, col(Invoice.id) == col(LedgerEntry.invoice_id))
        .outerjoin(Payment, col(Payment.id) == col(LedgerEntry.payment_id))
        .outerjoin(IssuedDocument, col(IssuedDocument.id) == col(LedgerEntry.document_id))
        .where(col(LedgerEntry.day) <= day)
        .order_by(col(LedgerEntry.client_id), col(LedgerEntry.day), col(LedgerEntry.id))
    )


def unpaid_by_money(rows: list[Any], since: date, days: Sequence[date]) -> list[list[Open]]:
    """Return what each item of a client asked for beyond the money put to it, at the end of each of `days`.

    That is what is open and what corrections lowered it by, whether of the item itself or of another.
    What was settled before `since` is left out: it is the same on each of the days, none of which is
    before the eve of `since`.
    """
    changed = any(row[10] is not None and row[1] >= since for row in rows)
    start = 0 if changed else _settled(_standing([row for row in rows if row[1] < since]))
    found = []
    for day in days:
        items, credits_, invoices = _read(_standing([row for row in rows if row[1] <= day]), start)
        done = replay(items, credits_, as_of=day)
        lack = dict(done.open)
        for part in done.allocated:
            if part.by_correction:
                lack[part.item_id] += part.amount
        found.append([_left(rows, item, invoices, lack[item.id]) for item in items if lack.get(item.id)])
    return found


def _open(rows: list[Any], day: date) -> Iterator[Open]:
    rows = _standing(rows)
    items, credits_, invoices = _read(rows, _settled(rows))
    left = (
        replay(items, credits_, as_of=day).open
        if credits_ or any(item.amount < 0 for item in items)
        else {item.id: item.amount for item in items}
    )
    for item in items:
        if amount := left.get(item.id):
            yield _left(rows, item, invoices, amount)


def _left(rows: list[Any], item: OpenItem, invoices: dict[int, int], amount: Decimal) -> Open:
    return Open(rows[0][0], invoices.get(item.id), item.due_on, to_grosze(amount), item.kind)


def _standing(rows: list[Any]) -> list[Any]:
    """Return the rows without payments that were taken back: booked by mistake, they were never made."""
    taken_back = {row[10] for row in rows if row[10] is not None}
    if not taken_back:
        return rows
    return [row for row in rows if row[10] is None and row[5] not in taken_back]


def _read(rows: list[Any], start: int) -> tuple[list[OpenItem], list[Credit], dict[int, int]]:
    """Return items and payments of the rows from `start` on, and the invoice of each entry."""
    tail = rows[start:]
    entries = {row[6]: row[4] for row in tail if row[6] is not None}
    numbers: dict[int, str] = {}
    if any(row[11] is not None for row in tail):
        numbers = {row[6]: row[8] for row in rows if row[6] is not None}
    items, credits_ = [], []
    for row in tail:
        if row[3] == LedgerKind.PAYMENT:
            credits_.append(Credit(row[5], row[1], zlotys(-row[2]), numbers.get(row[11], "")))
        else:
            items.append(_item(row, entries))
    return items, credits_, {entry: invoice for invoice, entry in entries.items()}


def _settled(rows: list[Any]) -> int:
    """Return how many of the rows had come to nothing at the end of some day, the last such day."""
    total = place = 0
    for done, row in enumerate(rows, 1):
        total += row[2]
        if not total and (done == len(rows) or rows[done][1] != row[1]):
            place = done
    return place


def _item(row: Any, entries: dict[int, int]) -> OpenItem:
    _, day, amount, kind, key, _, _, due, number, corrects, _, _, note = row
    concerns = (entries[corrects],) if corrects in entries else ()
    return OpenItem(
        key, LedgerKind(kind), number or note or "", day, due or day, zlotys(amount), concerns=concerns
    )
