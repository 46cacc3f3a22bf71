"""Readings, documents, payments, tills and water put in, held against what the journal says of them.

Whoever owns the database can take the guards away, edit a row and whatever in it proves it, and
put the guards back; the entry that was written with the row tells what it said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from db.models import (
    AuditEntry,
    CashDayRow,
    IssuedDocument,
    LedgerEntry,
    Meter,
    Payment,
    Reading,
    Staff,
    WaterInput,
)
from db.records.cash_day import CashEvent

READING, DOCUMENT, PAYMENT = "reading.recorded", "document.issued", "payment.booked"
CASH = tuple(f"cash.{event.value}" for event in CashEvent)
WATER = "water.entered"
AT_ONCE = 500
"""Entries compared with one statement: memory stays flat however long the journal is."""

Said = dict[str, dict[str, object]]
"""What is said of each subject of the journal."""


def contradictions(session: Session) -> Iterator[str]:
    """Yield the subjects of the journal whose rows are gone or say something else.

    Rows without an entry of their own, such as imported ones, are not looked at.
    """
    statement = (
        sa.select(
            col(AuditEntry.action), col(AuditEntry.subject), col(AuditEntry.after), col(AuditEntry.client_id)
        )
        .where(col(AuditEntry.action).in_((READING, DOCUMENT, PAYMENT, WATER, *CASH)))
        .order_by(col(AuditEntry.seq))
        .execution_options(yield_per=AT_ONCE)
    )
    with session.execute(statement) as result:
        for entries in result.partitions():
            yield from _differing(session, entries)


def _differing(session: Session, entries: Iterable[Sequence[Any]]) -> Iterator[str]:
    said: dict[str, Said] = {action: {} for action in (READING, DOCUMENT, PAYMENT, WATER, *CASH)}
    for action, subject, after, client in entries:
        words = _plain(after)
        said[action][subject] = _of_payment(words, client) if action == PAYMENT else words
    cash = {subject: words for action in CASH for subject, words in said[action].items()}
    there = (
        _readings(session, said[READING])
        | _documents(session, said[DOCUMENT])
        | _payments(session, said[PAYMENT])
        | _cash_days(session, cash)
        | _water(session, said[WATER])
    )
    named = said[READING] | said[DOCUMENT] | said[PAYMENT] | said[WATER] | cash
    for subject, words in named.items():
        row = there.get(subject)
        if row is None or any(row[name] != words[name] for name in row.keys() & words.keys()):
            yield subject


def _plain(after: str | None) -> dict[str, object]:
    try:
        words = json.loads(after or "")
    except ValueError:  # edited, as the check of the log itself tells
        return {}
    return words if isinstance(words, dict) else {}


def _readings(session: Session, subjects: Iterable[str]) -> Said:
    numbers = [int(name) for name in _names(subjects, "reading ") if name.isdecimal()]
    statement = (
        sa.select(
            col(Reading.id),
            col(Meter.number),
            col(Reading.day),
            col(Reading.state),
            col(Reading.consumption),
            col(Reading.needs_approval),
        )
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .where(col(Reading.id).in_(numbers))
    )
    return {
        f"reading {key}": {
            "meter": meter,
            "day": day.isoformat(),
            "state": state,
            "consumption": consumption,
            "status": "pending" if waits else "accepted",
        }
        for key, meter, day, state, consumption, waits in session.execute(statement)
    }


def _documents(session: Session, subjects: Iterable[str]) -> Said:
    statement = sa.select(
        col(IssuedDocument.number), col(IssuedDocument.snapshot_sha256), col(IssuedDocument.reading_id)
    ).where(col(IssuedDocument.number).in_(list(_names(subjects, "document "))))
    return {
        f"document {number}": {"sha256": sha256, "reading": reading}
        for number, sha256, reading in session.execute(statement)
    }


def _of_payment(words: dict[str, object], client_id: int) -> dict[str, object]:
    """Return what is said of a payment, its amount with two places, and whose it is."""
    if "amount" not in words:
        return words
    try:
        amount = f"{Decimal(str(words['amount'])):.2f}"
    except InvalidOperation:  # edited, as the check of the log itself tells
        amount = ""
    return {**words, "amount": amount, "client": client_id}


def _payments(session: Session, subjects: Iterable[str]) -> Said:
    numbers = [int(name) for name in _names(subjects, "payment ") if name.isdecimal()]
    statement = (
        sa.select(
            col(Payment.id),
            col(Payment.client_id),
            col(Payment.day),
            col(Payment.amount),
            col(Payment.method),
            col(Payment.invoice_id),
            col(LedgerEntry.kind),
        )
        .outerjoin(LedgerEntry, col(LedgerEntry.payment_id) == col(Payment.id))
        .where(col(Payment.id).in_(numbers))
    )
    return {
        f"payment {key}": {
            "client": client,
            "day": day.isoformat(),
            "amount": f"{amount:.2f}",
            "method": method.value,
            "invoice": invoice,
            "kind": kind and kind.value,
        }
        for key, client, day, amount, method, invoice, kind in session.execute(statement)
    }


def _cash_days(session: Session, subjects: Iterable[str]) -> Said:
    numbers = [int(name) for name in _names(subjects, "cash day ") if name.isdecimal()]
    row, by = CashDayRow, aliased(Staff)
    statement = (
        sa.select(
            *(col(row.id), col(Staff.login), col(row.day), col(row.version), col(row.kind), col(by.login)),
            *(col(row.cash_expected), col(row.cash_counted)),
            *(col(row.card_expected), col(row.card_counted)),
        )
        .join(Staff, col(Staff.id) == col(row.staff_id))
        .join(by, col(by.id) == col(row.by_id))
        .where(col(row.id).in_(numbers))
    )
    return {
        f"cash day {key}": {
            "agent": login,
            "day": day.isoformat(),
            "version": version,
            "kind": kind.value,
            "by": who,
            "cash_expected": f"{cash:.2f}",
            "cash_counted": f"{counted:.2f}",
            "card_expected": f"{card:.2f}",
            "card_counted": f"{card_counted:.2f}",
        }
        for key, login, day, version, kind, who, cash, counted, card, card_counted in session.execute(
            statement
        )
    }


def _water(session: Session, subjects: Iterable[str]) -> Said:
    numbers = [int(name) for name in _names(subjects, "water ") if name.isdecimal()]
    row = WaterInput
    statement = sa.select(col(row.id), col(row.town), col(row.month), col(row.volume), col(row.note))
    return {
        f"water {key}": {"town": town, "month": month, "m3": volume, "note": note}
        for key, town, month, volume, note in session.execute(statement.where(col(row.id).in_(numbers)))
    }


def _names(subjects: Iterable[str], kind: str) -> Iterator[str]:
    return (subject.removeprefix(kind) for subject in subjects)
