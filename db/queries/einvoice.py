"""A client's e-invoices as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.doors import DESK, query
from db.models import ContactPoint, EInvoice, EInvoiceConsent
from db.queries.caller import level_for
from db.queries.client_rows import find_client
from db.queries.rows import Statement, into
from db.records.ebok import EInvoiceState, EInvoiceView
from db.rules.masking import mask_email
from db.rules.verification import VerificationLevel
from db.work import Work


@dataclass(frozen=True, slots=True)
class EInvoiceRow:
    """The client's latest e-invoice as filed, with its address."""

    id: int
    state: EInvoiceState
    point_id: int
    email: str
    verified_on: date | None
    bounced_on: date | None
    removed_on: date | None
    """The day on which the address was taken off the card: it gets nothing since."""
    requested_at: datetime
    confirmed_at: datetime | None
    active_from: date | None
    withdrawn_from: date | None
    consent_version: str


@lru_cache(maxsize=1)
def _einvoice_of_client() -> Statement:
    consent = (
        sa.select(col(EInvoiceConsent.text_version))
        .where(col(EInvoiceConsent.einvoice_id) == col(EInvoice.id))
        .order_by(col(EInvoiceConsent.id).desc())
        .limit(1)
        .correlate(EInvoice)
        .scalar_subquery()
    )
    return (
        sa.select(
            col(EInvoice.id),
            col(EInvoice.state),
            col(EInvoice.point_id),
            col(ContactPoint.value),
            col(ContactPoint.verified_on),
            col(ContactPoint.bounced_on),
            col(ContactPoint.removed_on),
            col(EInvoice.requested_at),
            col(EInvoice.confirmed_at),
            col(EInvoice.active_from),
            col(EInvoice.withdrawn_from),
            sa.func.coalesce(consent, ""),
        )
        .join(ContactPoint, col(ContactPoint.id) == col(EInvoice.point_id))
        .where(col(EInvoice.client_id) == sa.bindparam("client"))
        .order_by(col(EInvoice.id).desc())
        .limit(1)
    )


def load_einvoice(session: Session, client_id: int) -> EInvoiceRow | None:
    """Return the client's latest e-invoice, one that was withdrawn included."""
    row = session.execute(_einvoice_of_client(), {"client": client_id}).one_or_none()
    return None if row is None else into(EInvoiceRow, row)


def einvoice_view(row: EInvoiceRow, client_number: str, level: int) -> EInvoiceView:
    """Return it as the screens see it, the address masked below level 2."""
    clear = level >= VerificationLevel.L2
    return EInvoiceView(
        client_number=client_number,
        state=row.state,
        email=row.email if clear else mask_email(row.email),
        requested_at=row.requested_at,
        confirmed_at=row.confirmed_at,
        active_from=row.active_from,
        withdrawn_from=row.withdrawn_from,
        consent_version=row.consent_version,
        email_confirmed=row.verified_on is not None,
        bounced=row.bounced_on is not None,
    )


@query(roles=DESK, discloses=True)
def einvoice_of(work: Work, number: str) -> EInvoiceView | None:
    """Return a client's e-invoices, None when they never had any. Leaves an access entry; raises NotFound."""
    client = find_client(work.session, number)
    work.looked("VIEW", "e-invoice", client_id=client.id)
    row = load_einvoice(work.session, client.id)
    return None if row is None else einvoice_view(row, client.number, level_for(work, client.id))
