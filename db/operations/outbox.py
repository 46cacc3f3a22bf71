"""Queueing outgoing mail, in the transaction of what it tells about."""

from __future__ import annotations

import hashlib
import secrets

import sqlalchemy as sa

from db.models import OutgoingAttachment, OutgoingMessage
from db.queries.rows import insert_row
from db.records.mail import MailState, NewMail
from db.rules.identifiers import parse_email
from db.rules.text import clean, clean_line
from db.work import Work

SUBJECT_LENGTH = 200
BODY_LENGTH = 20_000
FILE_NAME_LENGTH = 80


def queue_mail(work: Work, mail: NewMail) -> int:
    """Queue a message and return its id; it is sent once this transaction is committed.

    Its Message-ID is made here, once: every try carries the same. Raises WrongInput for the address
    and for texts that are too long.
    """
    key = insert_row(
        work.session,
        OutgoingMessage,
        {
            "client_id": mail.client_id,
            "document_id": mail.document_id,
            "request_id": mail.request_id,
            "kind": mail.kind,
            "state": MailState.QUEUED,
            "address": parse_email(mail.address),
            "subject": clean_line(mail.subject, SUBJECT_LENGTH),
            "body": clean(mail.body, BODY_LENGTH),
            "message_id": f"<{secrets.token_hex(16)}@bok.invalid>",
            "in_reply_to": mail.in_reply_to,
            "queued_at": work.now,
            "next_try_at": work.now,
            "attempts": 0,
            "staff_id": work.actor.id or None,
            "contact_id": work.contact_id,
        },
    )
    if mail.file is not None:
        work.session.execute(
            sa.insert(OutgoingAttachment).values(
                message_id=key,
                name=clean_line(mail.file.name, FILE_NAME_LENGTH),
                pdf=mail.file.pdf,
                pdf_sha256=hashlib.sha256(mail.file.pdf).hexdigest(),
            )
        )
    return key
