"""Loads what clients owe and paid, as the rules of allocation and balance want it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Holiday, InterestRate, Invoice, IssuedDocument, LedgerEntry, Payment
from db.queries.rows import Statement
from db.records.money import LedgerKind
from db.rules.allocation import Credit, OpenItem
from db.rules.balance import Balance, balance_as_of
from db.rules.interest import InterestRate as Rate

AT_ONCE = 500
HOLIDAYS_AHEAD = timedelta(days=14)
"""A last day to pay moves on over no longer a stretch of days off."""


@dataclass(slots=True)
class Account:
    """What one client owes and paid."""

    client_id: int
    items: list[OpenItem] = field(default_factory=list)
    """Ids are those of ledger entries."""
    credits: list[Credit] = field(default_factory=list)
    """Ids are those of payments."""
    invoice_entries: dict[int, int] = field(default_factory=dict)
    """Ledger entry of each invoice id."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Dated rows that a balance follows from."""

    rates: tuple[Rate, ...]
    holidays: frozenset[date]


@lru_cache(maxsize=1)
def _entries() -> Statement:
    return (
        sa.select(
            col(LedgerEntry.id),
            col(LedgerEntry.client_id),
            col(LedgerEntry.kind),
            col(LedgerEntry.day),
            col(LedgerEntry.due_on),
            col(LedgerEntry.amount),
            col(LedgerEntry.invoice_id),
            col(LedgerEntry.payment_id),
            col(Invoice.number),
            col(Invoice.corrects_id),
            col(Payment.reverses_id),
            col(Payment.invoice_id).label("named_id"),
            col(IssuedDocument.number).label("note"),
            col(IssuedDocument.snapshot),
        )
        .select_from(LedgerEntry)
        .outerjoin(Invoice, col(Invoice.id) == col(LedgerEntry.invoice_id))
        .outerjoin(Payment, col(Payment.id) == col(LedgerEntry.payment_id))
        .outerjoin(IssuedDocument, col(IssuedDocument.id) == col(LedgerEntry.document_id))
        .where(col(LedgerEntry.client_id).in_(sa.bindparam("clients", expanding=True)))
        .order_by(col(LedgerEntry.client_id), col(LedgerEntry.day), col(LedgerEntry.id))
    )


def load_accounts(session: Session, client_ids: Sequence[int]) -> dict[int, Account]:
    """Return the account of each client, empty ones included, in one statement a few hundred."""
    found = {key: Account(key) for key in client_ids}
    for start in range(0, len(client_ids), AT_ONCE):
        rows: dict[int, list[Any]] = defaultdict(list)
        for row in session.execute(_entries(), {"clients": client_ids[start : start + AT_ONCE]}):
            rows[row.client_id].append(row)
        for key, own in rows.items():
            _fill(found[key], own)
    return found


@lru_cache(maxsize=1)
def _rates() -> Statement:
    return (
        sa.select(col(InterestRate.starts_on), col(InterestRate.rate))
        .where(col(InterestRate.starts_on) <= sa.bindparam("until", type_=sa.Date))
        .order_by(col(InterestRate.starts_on))
    )


@lru_cache(maxsize=1)
def _holidays() -> Statement:
    return sa.select(col(Holiday.day)).where(
        col(Holiday.day) >= sa.bindparam("since", type_=sa.Date),
        col(Holiday.day) <= sa.bindparam("until", type_=sa.Date),
    )


def load_terms(session: Session, accounts: Iterable[Account], day: date) -> Terms:
    """Return the rates of interest and the holidays that balances of these accounts on `day` need."""
    due = [item.due_on for account in accounts for item in account.items]
    if not due:
        return Terms((), frozenset())
    days = {"since": min(due), "until": _holidays_until(max(day, *due))}
    rates = session.execute(_rates(), {"until": day})
    return Terms(
        tuple(Rate(starts_on, rate) for starts_on, rate in rates),
        frozenset(row[0] for row in session.execute(_holidays(), days)),
    )


def _holidays_until(day: date) -> date:
    """Return the day to which holidays may move a due date of `day`; the calendar ends in the year 9999."""
    return day + HOLIDAYS_AHEAD if day <= date.max - HOLIDAYS_AHEAD else date.max


def balance_of(account: Account, day: date, terms: Terms) -> Balance:
    """Return the balance at the end of `day`. Raises Refused for a day of delay without a rate."""
    return balance_as_of(account.items, account.credits, day, terms.rates, holidays=terms.holidays)


def _fill(account: Account, rows: Iterable[Any]) -> None:
    rows = list(rows)
    numbers = {row.invoice_id: row.number for row in rows if row.invoice_id is not None}
    account.invoice_entries = {row.invoice_id: row.id for row in rows if row.invoice_id is not None}
    entries = {number: account.invoice_entries[key] for key, number in numbers.items()}
    reversed_on = {row.reverses_id: row.day for row in rows if row.kind is LedgerKind.REVERSAL}
    for row in rows:
        match row.kind:
            case LedgerKind.PAYMENT:
                account.credits.append(
                    Credit(
                        id=row.payment_id,
                        day=row.day,
                        amount=-row.amount,
                        named_invoice=numbers.get(row.named_id, ""),
                        reversed_on=reversed_on.get(row.payment_id),
                    )
                )
            case LedgerKind.REVERSAL:
                continue
            case _:
                account.items.append(_item(row, account, entries))


def _item(row: Any, account: Account, entries: dict[str, int]) -> OpenItem:
    concerns: tuple[int, ...] = ()
    interest_to = None
    if row.corrects_id is not None:
        concerns = (account.invoice_entries[row.corrects_id],)
    elif row.kind is LedgerKind.INTEREST:
        said = json.loads(row.snapshot)["rows"]
        concerns = tuple(sorted({entries[line["document"]] for line in said if line["document"] in entries}))
        interest_to = max(date.fromisoformat(line["last"]) for line in said)
    return OpenItem(
        id=row.id,
        kind=row.kind,
        number=row.number or row.note or "",
        issued_on=row.day,
        due_on=row.due_on or row.day,
        amount=row.amount,
        concerns=concerns,
        interest_to=interest_to,
    )
