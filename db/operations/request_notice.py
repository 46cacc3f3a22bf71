"""Telling the old contact channel that something sensitive is being changed."""

from __future__ import annotations

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


def send_notice(work: Work, row: RequestRow) -> int | None:
    """Queue the notice to the address that was on file before, and return its id; None without any.

    A confirmed address comes first, one whose mail came back is no use; for a change of the address
    for e-invoices or of the account in e-BOK it is that address.
    """
    address = _address(work, row)
    if address is None:
        return None
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


def _address(work: Work, row: RequestRow) -> str | None:
    if row.kind is RequestKind.EINVOICE_EMAIL:
        return work.session.scalar(
            sa.select(col(ContactPoint.value))
            .join(EInvoice, col(EInvoice.point_id) == col(ContactPoint.id))
            .where(col(EInvoice.client_id) == row.client_id, col(EInvoice.state) != EInvoiceState.WITHDRAWN)
        )
    if row.kind is RequestKind.EBOK_EMAIL:
        return work.session.scalar(
            sa.select(col(ContactPoint.value))
            .join(PortalAccount, col(PortalAccount.point_id) == col(ContactPoint.id))
            .where(col(PortalAccount.client_id) == row.client_id)
        )
    return work.session.scalar(
        sa.select(col(ContactPoint.value))
        .where(
            col(ContactPoint.client_id) == row.client_id,
            col(ContactPoint.kind) == "email",
            col(ContactPoint.removed_on).is_(None),
            col(ContactPoint.bounced_on).is_(None),
        )
        .order_by(col(ContactPoint.verified_on).is_(None), col(ContactPoint.id))
        .limit(1)
    )
