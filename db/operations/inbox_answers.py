"""Answers to incoming mail, in its thread."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.clock import day_begins, office_day
from db.doors import CLERKS, operation, query
from db.errors import Refused
from db.models import ContactPoint, IncomingMessage, OutgoingMessage
from db.operations.inbox_steps import hold_message, move, owner_today, require_state
from db.operations.outbox import queue_mail
from db.queries.inbox import find_mail, opened
from db.queries.incoming_rows import MailRow
from db.queries.mail_values import office_values
from db.queries.utility import utility
from db.records.documents import WATER_SUPPLY_ACT
from db.records.incoming import InboxMessage, IncomingState, ReplyTemplate, StatedReading
from db.records.mail import MailKind, NewMail
from db.rules.inbox.reply import (
    MOST_A_DAY,
    TEMPLATES,
    BookedReading,
    answer_address,
    answer_subject,
    booked_lines,
)
from db.rules.mail_texts import MailTemplate, mail_text
from db.rules.text import clean
from db.words import N_
from db.work import Work

NOTE_LENGTH = 2_000
LONGEST_ID = 250
_NO_SENDER = N_("The message %(mail)s cannot be answered: it does not say who sent it.")
_BY_PROGRAM = N_("The message %(mail)s is not answered: a program sent it, not a person.")
_READ_BY_NOBODY = N_(
    "The message %(mail)s is not answered: nobody reads what is sent to its sender's address."
)
_OFTEN_TODAY = N_(
    "The message %(mail)s is not answered by e-mail: its sender was answered often enough today. Tomorrow it"
    " can be; until then, call or write."
)


@operation(roles=CLERKS)
def answer_mail(
    work: Work, mail_id: int, template: ReplyTemplate, *, note: str = "", version: int | None = None
) -> InboxMessage:
    """Answer a message from a template, with the agent's own words; it is done with then.

    The answer tells nothing about a client: whoever wrote need not be one. Raises NotFound, Stale when
    somebody else dealt with it, WrongInput for the note, Refused where there is nobody to answer to.
    """
    row = hold_message(work, mail_id)
    require_state(work, row, IncomingState.NEW, version=version)
    address, why_not = _answered_at(work, row)
    if address is None:
        raise Refused(why_not, mail=str(mail_id))
    subject, body = _answer(work, row, template, note)
    owner = owner_today(work, row)
    reply_id = send_reply(work, row, address, subject, body, client_id=owner["client_id"])
    move(work, row, IncomingState.ANSWERED, **owner, reply_id=reply_id)
    return opened(work, mail_id)


@query(roles=CLERKS, discloses=True)
def preview_answer(work: Work, mail_id: int, template: ReplyTemplate, *, note: str = "") -> tuple[str, str]:
    """Return subject and body of the answer as it would be sent. Leaves an access entry. Raises NotFound."""
    row = find_mail(work, mail_id)
    work.looked("VIEW", f"incoming mail {mail_id}", client_id=row.client_id)
    return _answer(work, row, template, note)


def _answer(work: Work, row: MailRow, template: ReplyTemplate, note: str) -> tuple[str, str]:
    subject, body = mail_text(
        TEMPLATES[template],
        **office_values(work),
        received=office_day(row.received_at),
        paragraph=clean(note, NOTE_LENGTH),
    )
    return answer_subject(row.subject, subject), body


def confirmation(
    work: Work,
    row: MailRow,
    booked: list[BookedReading],
    said: tuple[StatedReading, ...],
    *,
    own_address: bool,
) -> tuple[str, str]:
    """Return subject and body of the confirmation of readings that came by e-mail."""
    subject, body = mail_text(
        MailTemplate.READING_RECEIVED,
        **office_values(work),
        received=office_day(row.received_at),
        act=WATER_SUPPLY_ACT,
        paragraph=booked_lines(booked, said, own_address=own_address),
    )
    return answer_subject(row.subject, subject), body


def reply_address(work: Work, row: MailRow) -> str | None:
    """Return whom to answer; None for what a program sent, for our own mail come back, and too often a day.

    It is the sender's own address, never another one that the message asks answers to.
    """
    return _answered_at(work, row)[0]


def _answered_at(work: Work, row: MailRow) -> tuple[str | None, str]:
    """Return whom to answer; or None and, as a template, why nobody is."""
    if not row.sender:
        return None, _NO_SENDER
    if row.automatic:
        return None, _BY_PROGRAM
    address = answer_address(row.sender, ours=utility(work).email)
    if address is None or _is_ours(work, row):
        return None, _READ_BY_NOBODY
    if _answered_today(work, row) >= MOST_A_DAY:
        return None, _OFTEN_TODAY
    return address, ""


def _is_ours(work: Work, row: MailRow) -> bool:
    if not row.message_id:
        return False
    statement = sa.select(col(OutgoingMessage.id)).where(col(OutgoingMessage.message_id) == row.message_id)
    return work.session.scalar(statement) is not None


def _answered_today(work: Work, row: MailRow) -> int:
    statement = sa.select(sa.func.count()).where(
        col(IncomingMessage.sender) == row.sender,
        col(IncomingMessage.reply_id).is_not(None),
        col(IncomingMessage.decided_at) >= day_begins(work.today),
    )
    return work.session.scalar(statement) or 0


def is_on_card(work: Work, sender: str, client_id: int) -> bool:
    """Tell whether the sender's address stands on the client's card today."""
    statement = sa.select(col(ContactPoint.id)).where(
        col(ContactPoint.value) == sender,
        col(ContactPoint.client_id) == client_id,
        col(ContactPoint.removed_on).is_(None),
    )
    return work.session.scalar(statement.limit(1)) is not None


def send_reply(
    work: Work, row: MailRow, address: str, subject: str, body: str, *, client_id: int | None
) -> int:
    """Queue an answer in the thread of a message and return its id."""
    thread = row.message_id if 0 < len(row.message_id) < LONGEST_ID else None
    mail = NewMail(MailKind.REPLY, address, subject, body, client_id=client_id, in_reply_to=thread)
    return queue_mail(work, mail)
