"""Invoices and interest notes held against the snapshots that clients were given.

Snapshots are read in parts, so that memory stays flat however many there are.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import Refused
from db.models import Client, Invoice, InvoiceLine, InvoiceMeter, IssuedDocument, LedgerEntry
from db.operations.invoice_issue import invoice_number
from db.queries.rows import Statement
from db.records.documents import DocumentKind
from db.records.money import InvoiceKind
from db.words import N_

AT_ONCE = 500
"""Snapshots read at a time."""
_OTHER = N_("The invoice %(number)s is not what its document says.")


def refuse_other_words(session: Session) -> None:
    """Hold every invoice, its lines and what it settled to its snapshot.

    A correction's last bill is the sum of its chain. Raises Refused with the first that differs.
    """
    chain, stands = None, Decimal(0)
    with session.execute(_invoices()) as result:
        for rows in result.partitions():
            lines, meters = _lines(session, rows), _meters(session, rows)
            for row in rows:
                stands = row.gross + (stands if row.root == chain else 0)
                chain = row.root
                said = json.loads(row.snapshot)
                same = _as_said(row, said, stands) and lines[row.id] == _lines_said(said)
                if not same or meters[row.id] != _meters_said(said):
                    raise Refused(_OTHER, number=row.number)


def refuse_other_notes(session: Session) -> None:
    """Raise Refused with the first interest note that the ledger has otherwise."""
    statement: Statement = (
        sa.select(
            col(IssuedDocument.number),
            col(IssuedDocument.snapshot),
            col(LedgerEntry.amount),
            col(LedgerEntry.day),
            col(LedgerEntry.due_on),
        )
        .join(LedgerEntry, col(LedgerEntry.document_id) == col(IssuedDocument.id))
        .where(col(IssuedDocument.kind) == DocumentKind.INTEREST_NOTE.value)
        .execution_options(yield_per=AT_ONCE)
    )
    with session.execute(statement) as result:
        for row in result:
            said = json.loads(row.snapshot)
            told = (Decimal(said["total"]), said["issued_on"], said["due_on"])
            if told != (row.amount, row.day.isoformat(), row.due_on and row.due_on.isoformat()):
                raise Refused(
                    N_("Interest notes that the ledger has not, or has otherwise: %(rows)s."), rows=row.number
                )


def _invoices() -> Statement:
    root = sa.func.coalesce(col(Invoice.corrects_id), col(Invoice.id))
    return (
        sa.select(
            root.label("root"),
            col(Invoice.id),
            col(Invoice.kind),
            col(Invoice.number),
            col(Invoice.period),
            col(Invoice.serial),
            col(Client.number).label("client"),
            col(Invoice.issued_on),
            col(Invoice.due_on),
            col(Invoice.starts_on),
            col(Invoice.ends_on),
            col(Invoice.net),
            col(Invoice.vat),
            col(Invoice.gross),
            col(IssuedDocument.number).label("document"),
            col(IssuedDocument.snapshot),
        )
        .join(IssuedDocument, col(IssuedDocument.id) == col(Invoice.document_id))
        .join(Client, col(Client.id) == col(Invoice.client_id))
        .order_by(root, col(Invoice.id))
        .execution_options(yield_per=AT_ONCE)
    )


def _lines(session: Session, invoices: Iterable[Any]) -> dict[int, list[tuple[Any, ...]]]:
    statement = (
        sa.select(
            col(InvoiceLine.invoice_id),
            col(InvoiceLine.service),
            col(InvoiceLine.starts_on),
            col(InvoiceLine.ends_on),
            col(InvoiceLine.quantity),
            col(InvoiceLine.price),
            col(InvoiceLine.net),
            col(InvoiceLine.vat_rate),
        )
        .where(col(InvoiceLine.invoice_id).in_([row.id for row in invoices]))
        .order_by(col(InvoiceLine.invoice_id), col(InvoiceLine.position))
    )
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, service, first, last, *amounts in session.execute(statement):
        found[key].append((service.value, first.isoformat(), last.isoformat(), *amounts))
    return found


def _meters(session: Session, invoices: Iterable[Any]) -> dict[int, list[tuple[Any, ...]]]:
    statement = (
        sa.select(
            col(InvoiceMeter.invoice_id),
            col(InvoiceMeter.from_day),
            col(InvoiceMeter.to_day),
            col(InvoiceMeter.from_state),
            col(InvoiceMeter.to_state),
            col(InvoiceMeter.consumption),
            col(InvoiceMeter.estimated),
        )
        .where(col(InvoiceMeter.invoice_id).in_([row.id for row in invoices]))
        .order_by(col(InvoiceMeter.invoice_id), col(InvoiceMeter.id))
    )
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for key, first, last, *rest in session.execute(statement):
        found[key].append((first.isoformat(), last.isoformat(), *rest))
    return found


def _as_said(row: Any, said: Mapping[str, Any], stands: Decimal) -> bool:
    number = invoice_number(row.kind, row.period, row.serial, row.client, row.issued_on)
    if not number == row.number == row.document == said["number"]:
        return False
    days = (row.issued_on, row.due_on, row.starts_on, row.ends_on)
    told = [said[name] for name in ("issued_on", "due_on", "starts_on", "ends_on")]
    if told != [day.isoformat() for day in days]:
        return False
    charged = _charged(said)
    if [Decimal(charged[name]) for name in ("net", "vat", "gross")] != [row.net, row.vat, row.gross]:
        return False
    return row.kind is InvoiceKind.INVOICE or Decimal(said["after"]["gross"]) == stands


def _charged(said: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the bill of an invoice, or the difference that a correction charges."""
    charged: Mapping[str, Any] = said["difference"] if "difference" in said else said["bill"]
    return charged


def _lines_said(said: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (
            *(line["service"], line["starts_on"], line["ends_on"]),
            *(Decimal(line[name]) for name in ("quantity", "price", "net", "vat_rate")),
        )
        for line in _charged(said)["lines"]
    ]


def _meters_said(said: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
    names = ("from_day", "to_day", "from_state", "to_state", "consumption", "estimated")
    return [tuple(meter[name] for name in names) for meter in said["meters"]]
