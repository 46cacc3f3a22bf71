"""What always holds of invoices, the ledger and payments; each law raises Refused, naming what breaks it.

Sums and pairs are asked of the database in one statement each, so that memory stays flat however
many there are.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import Refused
from db.invoice_laws import refuse_other_notes, refuse_other_words
from db.models import (
    Counter,
    Invoice,
    InvoiceLine,
    InvoiceMeter,
    IssuedDocument,
    LedgerEntry,
    Payment,
)
from db.operations.invoice_issue import SERIES
from db.queries.billing_facts import superseded
from db.queries.rows import Statement
from db.records.documents import DocumentKind
from db.records.money import InvoiceKind, LedgerKind
from db.rules.grosze import to_zlotys
from db.words import N_

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
    refuse_other_notes(session)


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
    refuse_other_words(session)


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
                col(LedgerEntry.due_on).is_distinct_from(
                    sa.case((_grosze(Invoice.gross) < 0, sa.null()), else_=col(Invoice.due_on))
                ),
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
