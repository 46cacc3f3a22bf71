"""Telling the old contact channel that something sensitive is being changed."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_day
from db.models import ContactPoint, EInvoice, PortalAccount
from db.operations.outbox import queue_mail
from db.queries.request_rows import RequestRow
from db.queries.utility import utility
from db.records.ebok import EInvoiceState
from db.records.mail import MailKind, NewMail
from db.records.requests import RequestKind
from db.rules.mail_texts import MailTemplate, mail_text
from db.work import Work

TELL_BY_LETTER = "Brak adresu e-mail: o wniosku zawiadomić klienta listem."
"""Note of the request's first step where there is no address; the history is kept in Polish."""


def send_notice(work: Work, row: RequestRow, address: str) -> int:
    """Queue the notice about a request to an address that was on file before, and return its id."""
    ours = utility(work)
    subject, body = mail_text(
        MailTemplate.SENSITIVE_NOTICE,
        number=row.number,
        matter=row.kind,
        client=row.client_number,
        received=office_day(row.submitted_at),
        utility=ours.name,
        phone=ours.phone,
    )
    return queue_mail(
        work,
        NewMail(MailKind.NOTICE, address, subject, body, client_id=row.client_id, request_id=row.id),
    )


def notice_address(work: Work, row: RequestRow) -> str | None:
    """Return the e-mail address that is told of a request; None where the client has none.

    A confirmed address comes first, one whose mail came back is no use. For a change of the address
    for e-invoices or of the account in e-BOK it is that address, if it is as sure as the others.
    """
    subject = _changed_point(row)
    own = col(ContactPoint.id).in_(subject) if subject is not None else sa.false()
    return work.session.scalar(
        sa.select(col(ContactPoint.value))
        .where(
            col(ContactPoint.client_id) == row.client_id,
            col(ContactPoint.kind) == "email",
            sa.or_(col(ContactPoint.removed_on).is_(None), own),
            col(ContactPoint.bounced_on).is_(None),
        )
        .order_by(
            col(ContactPoint.verified_on).is_(None),
            sa.case((own, 0), else_=1),
            col(ContactPoint.removed_on).is_not(None),
            col(ContactPoint.id),
        )
        .limit(1)
    )


def _changed_point(row: RequestRow) -> sa.Select[Any] | None:
    if row.kind is RequestKind.EINVOICE_EMAIL:
        return sa.select(col(EInvoice.point_id)).where(
            col(EInvoice.client_id) == row.client_id, col(EInvoice.state) != EInvoiceState.WITHDRAWN
        )
    if row.kind is RequestKind.EBOK_EMAIL:
        return sa.select(col(PortalAccount.point_id)).where(col(PortalAccount.client_id) == row.client_id)
    return None
