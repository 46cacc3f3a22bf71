"""The mails by which e-invoices leave, queued with the invoices: many in one go."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.bulk import Row, stored_instant, write_rows
from db.queries.mail_values import office_values
from db.records.issued import DeliveryKind
from db.records.mail import MailKind, MailState
from db.records.paper import DocumentKind
from db.rules.mail_texts import mail_text
from db.rules.mail_wording import MailTemplate
from db.work import Work

_MESSAGE = (
    *("client_id", "document_id", "kind", "state", "address", "subject", "body", "message_id"),
    *("queued_at", "next_try_at", "attempts", "staff_id", "contact_id"),
)
_DELIVERY = ("document_id", "how", "at", "staff_id", "contact_id")


@dataclass(frozen=True, slots=True)
class InvoiceMail:
    """An invoice or a correction on its way to an address."""

    client_id: int
    client_number: str
    document_id: int
    number: str
    address: str
    correction: bool
    amount: Decimal
    due_on: date
    account: str


def queue_invoices(work: Work, mails: Sequence[InvoiceMail]) -> None:
    """Queue a message for each, its PDF attached when it is sent, in the transaction of the invoices."""
    if not mails:
        return
    # the whole run goes out in the company's name, whoever started it
    office = office_values(work) | {"agent": ""}
    at = stored_instant(work.now)
    who = (work.actor.id or None, work.contact_id)
    connection = work.session.connection()
    write_rows(
        connection, "outgoing_message", _MESSAGE, [_message_row(mail, office, at, who) for mail in mails]
    )
    deliveries: list[Row] = [(mail.document_id, DeliveryKind.QUEUED.value, at, *who) for mail in mails]
    write_rows(connection, "document_delivery", _DELIVERY, deliveries)


def _message_row(
    mail: InvoiceMail, office: dict[str, str], at: str, who: tuple[int | None, int | None]
) -> Row:
    subject, body = _text(mail, office)
    return (
        *(mail.client_id, mail.document_id, MailKind.INVOICE.value, MailState.QUEUED.value, mail.address),
        *(subject, body, f"<{secrets.token_hex(16)}@bok.invalid>", at, at, 0, *who),
    )


def _text(mail: InvoiceMail, office: dict[str, str]) -> tuple[str, str]:
    if mail.correction:
        return mail_text(
            MailTemplate.DOCUMENT_ENCLOSED,
            number=mail.number,
            document=DocumentKind.CORRECTION,
            client=mail.client_number,
            **office,
        )
    return mail_text(
        MailTemplate.INVOICE_ISSUED,
        number=mail.number,
        client=mail.client_number,
        amount=mail.amount,
        due=mail.due_on,
        account=mail.account,
        **office,
    )
