"""What always holds of invoices, the ledger and payments; each law raises Refused, naming what breaks it.

Sums and pairs are asked of the database in one statement each; snapshots are read in parts, so
that memory stays flat however many there are.
"""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import Refused
from db.models import (
    Client,
    Counter,
    Invoice,
    InvoiceLine,
    InvoiceMeter,
    IssuedDocument,
    LedgerEntry,
    Payment,
)
from db.operations.invoice_issue import SERIES, invoice_number
from db.queries.billing_facts import superseded
from db.queries.rows import Statement
from db.records.documents import DocumentKind
from db.records.money import InvoiceKind, LedgerKind
from db.rules.grosze import to_zlotys
from db.words import N_

AT_ONCE = 500
"""Snapshots read at a time."""
MOST_SHOWN = 3


def check_ledger(session: Session) -> None:
    """Every invoice, interest note and payment has its entry: the same client, kind, day and amount."""
    _refuse_any(
        session, _invoices_booked_wrong(), N_("Invoices that the ledger has not, or has otherwise: %(rows)s.")
    )
    _refuse_any(
        session, _payments_booked_wrong(), N_("Payments that the ledger has not, or has otherwise: %(rows)s.")
    )
    _refuse_any(
        session,
        _notes_without_entry(),
        N_("Interest notes that the ledger has not, or has otherwise: %(rows)s."),
    )


def check_balances(session: Session) -> None:
    """The sum of the ledger is that of the invoices and interest notes less that of the payments."""
    notes = col(LedgerEntry.kind) == LedgerKind.INTEREST
    ledger = _sum(session, sa.select(_total(LedgerEntry.amount)))
    invoices = _sum(session, sa.select(_total(Invoice.gross)))
    interest = _sum(session, sa.select(_total(LedgerEntry.amount)).where(notes))
    payments = _sum(session, sa.select(_total(Payment.amount)))
    if ledger != invoices + interest - payments:
        raise Refused(
            N_(
                "The ledger comes to %(ledger)s zł; invoices of %(invoices)s and interest of %(interest)s"
                " less payments of %(payments)s do not."
            ),
            ledger=str(ledger),
            invoices=str(invoices),
            interest=str(interest),
            payments=str(payments),
        )


def check_invoice_numbers(session: Session) -> None:
    """The serials of every kind and period are 1 to n, and its counter is n."""
    serial = col(Invoice.serial)
    counted = sa.select(
        col(Invoice.kind), col(Invoice.period), sa.func.count(), sa.func.min(serial), sa.func.max(serial)
    ).group_by(col(Invoice.kind), col(Invoice.period))
    found = {f"{SERIES[kind]}/{period}": tuple(row) for kind, period, *row in session.execute(counted)}
    ours = sa.or_(*(col(Counter.series).startswith(f"{prefix}/") for prefix in SERIES.values()))
    counters = sa.select(col(Counter.series), col(Counter.value)).where(ours)
    given = {series: int(value) for series, value in session.execute(counters)}
    for series in sorted(found.keys() | given.keys()):
        count, first, last = found.get(series, (0, 1, 0))
        counter = given.get(series, 0)
        if (first, last, counter) != (1, count, count):
            raise Refused(
                N_("Invoices %(series)s: %(count)s, numbered %(first)s to %(last)s, counter %(counter)s."),
                series=series,
                count=count,
                first=first,
                last=last,
                counter=counter,
            )


def check_invoices(session: Session) -> None:
    """Invoices are what their lines and snapshots say, settle nothing when void, and overlap nowhere."""
    _refuse_any(session, _not_their_lines(), N_("Invoices that are not the sum of their lines: %(rows)s."))
    _refuse_any(session, _void_and_settling(), N_("Void invoices that settle a meter: %(rows)s."))
    _refuse_any(session, _billed_twice(), N_("Invoices for days that are billed already: %(rows)s."))
    _refuse_other_words(session)


def _refuse_any(session: Session, broken: Statement, sentence: str) -> None:
    rows = [str(row[0]) for row in session.execute(broken.limit(MOST_SHOWN + 1))]
    if rows:
        more = " ..." if len(rows) > MOST_SHOWN else ""
        raise Refused(sentence, rows=", ".join(rows[:MOST_SHOWN]) + more)


def _grosze(column: Any) -> sa.ColumnElement[int]:
    return sa.type_coerce(col(column), sa.BigInteger)


def _total(column: Any) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(_grosze(column)), 0)


def _sum(session: Session, statement: sa.Select[int]) -> Decimal:
    return to_zlotys(int(session.scalar(statement) or 0))


def _invoices_booked_wrong() -> Statement:
    kinds = {InvoiceKind.INVOICE: LedgerKind.INVOICE, InvoiceKind.CORRECTION: LedgerKind.CORRECTION}
    same = sa.or_(
        *(
            sa.and_(col(Invoice.kind) == kind, col(LedgerEntry.kind) == booked)
            for kind, booked in kinds.items()
        )
    )
    return (
        sa.select(col(Invoice.number))
        .outerjoin(LedgerEntry, col(LedgerEntry.invoice_id) == col(Invoice.id))
        .where(
            sa.or_(
                col(LedgerEntry.id).is_(None),
                ~same,
                col(LedgerEntry.client_id) != col(Invoice.client_id),
                col(LedgerEntry.day) != col(Invoice.issued_on),
                _grosze(LedgerEntry.amount) != _grosze(Invoice.gross),
            )
        )
    )


def _payments_booked_wrong() -> Statement:
    kind = sa.case(
        (col(Payment.reverses_id).is_not(None), LedgerKind.REVERSAL.value),
        (_grosze(Payment.amount) < 0, LedgerKind.REFUND.value),
        else_=LedgerKind.PAYMENT.value,
    )
    return (
        sa.select(col(Payment.id))
        .outerjoin(LedgerEntry, col(LedgerEntry.payment_id) == col(Payment.id))
        .where(
            sa.or_(
                col(LedgerEntry.id).is_(None),
                sa.type_coerce(col(LedgerEntry.kind), sa.String) != kind,
                col(LedgerEntry.client_id) != col(Payment.client_id),
                col(LedgerEntry.day) != col(Payment.day),
                _grosze(LedgerEntry.amount) != -_grosze(Payment.amount),
            )
        )
    )


def _notes_without_entry() -> Statement:
    return (
        sa.select(col(IssuedDocument.number))
        .outerjoin(LedgerEntry, col(LedgerEntry.document_id) == col(IssuedDocument.id))
        .where(
            col(IssuedDocument.kind) == DocumentKind.INTEREST_NOTE.value,
            sa.or_(
                col(LedgerEntry.id).is_(None),
                col(LedgerEntry.kind) != LedgerKind.INTEREST,
                col(LedgerEntry.client_id) != col(IssuedDocument.client_id),
            ),
        )
    )


def _not_their_lines() -> Statement:
    return (
        sa.select(col(Invoice.number))
        .outerjoin(InvoiceLine, col(InvoiceLine.invoice_id) == col(Invoice.id))
        .group_by(col(Invoice.id), col(Invoice.number), _grosze(Invoice.net))
        .having(_total(InvoiceLine.net) != _grosze(Invoice.net))
    )


def _void_and_settling() -> Statement:
    settled = sa.select(sa.literal(1)).where(col(InvoiceMeter.invoice_id) == col(Invoice.id))
    return sa.select(col(Invoice.number)).where(col(Invoice.voids), settled.correlate(Invoice).exists())


def _billed_twice() -> Statement:
    before = sa.func.lag(col(Invoice.ends_on)).over(
        partition_by=col(Invoice.contract_id), order_by=(col(Invoice.starts_on), col(Invoice.id))
    )
    standing = (
        sa.select(col(Invoice.number), col(Invoice.starts_on), before.label("before"))
        .where(~superseded(), ~col(Invoice.voids))
        .subquery()
    )
    return sa.select(standing.c.number).where(standing.c.starts_on <= standing.c.before)


def _refuse_other_words(session: Session) -> None:
    """Hold every invoice to its snapshot; a correction's last bill is the sum of its chain."""
    root = sa.func.coalesce(col(Invoice.corrects_id), col(Invoice.id))
    statement: Statement = (
        sa.select(
            root.label("root"),
            col(Invoice.kind),
            col(Invoice.number),
            col(Invoice.period),
            col(Invoice.serial),
            col(Client.number).label("client"),
            col(Invoice.issued_on),
            col(Invoice.gross),
            col(IssuedDocument.number).label("document"),
            col(IssuedDocument.snapshot),
        )
        .join(IssuedDocument, col(IssuedDocument.id) == col(Invoice.document_id))
        .join(Client, col(Client.id) == col(Invoice.client_id))
        .order_by(root, col(Invoice.id))
        .execution_options(yield_per=AT_ONCE)
    )
    chain, stands = None, Decimal(0)
    with session.execute(statement) as result:
        for row in result:
            stands = row.gross + (stands if row.root == chain else 0)
            chain = row.root
            if not _as_said(row, stands):
                raise Refused(N_("The invoice %(number)s is not what its document says."), number=row.number)


def _as_said(row: Any, stands: Decimal) -> bool:
    said = json.loads(row.snapshot)
    number = invoice_number(row.kind, row.period, row.serial, row.client, row.issued_on)
    if not number == row.number == row.document == said["number"]:
        return False
    if row.kind is InvoiceKind.INVOICE:
        return bool(Decimal(said["bill"]["gross"]) == row.gross)
    charged, after = said["difference"]["gross"], said["after"]["gross"]
    return bool(Decimal(charged) == row.gross and Decimal(after) == stands)
