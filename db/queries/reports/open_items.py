"""What is still open on a day, of every client who owes: the tail of each history, replayed.

A client's ledger that comes to nothing at the end of some day leaves nothing behind: nothing is open
and nothing overpaid then, for an overpayment goes to whatever is open. So what came before the last such
day is left out, and what is left is replayed by the rules that make the balance on the card.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Invoice, IssuedDocument, LedgerEntry, Payment
from db.queries.reports.common import chunks, grosze, zlotys
from db.records.money import LedgerKind
from db.rules.allocation import Credit, OpenItem, replay


@dataclass(frozen=True, slots=True)
class Open:
    """What one item still asks for."""

    client_id: int
    invoice_id: int | None
    due_on: date
    amount: Decimal


def client_totals(session: Session, day: date) -> Iterator[tuple[int, Decimal]]:
    """Yield each client whose ledger does not come to nothing, with what it comes to."""
    total = sa.func.sum(grosze(col(LedgerEntry.amount)))
    statement = (
        sa.select(col(LedgerEntry.client_id), total)
        .where(col(LedgerEntry.day) <= day)
        .group_by(col(LedgerEntry.client_id))
        .having(total != 0)
        .order_by(col(LedgerEntry.client_id))
    )
    for key, sum_ in session.execute(statement):
        yield key, zlotys(sum_)


def open_items(session: Session, day: date) -> Iterator[Open]:
    """Yield what is open at the end of `day`, client by client."""
    owing = [key for key, total in client_totals(session, day) if total > 0]
    for some in chunks(owing):
        for _, rows in groupby(session.execute(_entries(day).where(_of(some))), key=lambda row: row[0]):
            yield from _open(list(rows), day)


def _of(clients: Iterable[int]) -> sa.ColumnElement[bool]:
    return col(LedgerEntry.client_id).in_(clients)


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


def _open(rows: list[Any], day: date) -> Iterator[Open]:
    taken_back = {row[10] for row in rows if row[10] is not None}
    if taken_back:  # a payment that was booked by mistake counts as never made
        rows = [row for row in rows if row[10] is None and row[5] not in taken_back]
    tail = rows[_settled(rows) :]
    numbers = {row[6]: row[8] for row in rows if row[6] is not None}
    entries = {row[6]: row[4] for row in tail if row[6] is not None}
    items, credits_ = [], []
    for row in tail:
        if row[3] == LedgerKind.PAYMENT:
            credits_.append(Credit(row[5], row[1], zlotys(-row[2]), numbers.get(row[11], "")))
        else:
            items.append(_item(row, entries))
    left = replay(items, credits_, as_of=day).open if credits_ or any(row[2] < 0 for row in tail) else None
    invoices = {entry: invoice for invoice, entry in entries.items()}
    for item in items:
        amount = item.amount if left is None else left.get(item.id)
        if amount:
            yield Open(rows[0][0], invoices.get(item.id), item.due_on, amount)


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
