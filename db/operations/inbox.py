"""Deciding about incoming mail: whose it is, who looks after it, whether it becomes a request."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_day
from db.doors import CLERKS, operation
from db.errors import Refused
from db.models import IncomingMessage
from db.operations.inbox_steps import change, hold_message, move, owner_today, require_state
from db.operations.mail_retention import is_erased
from db.operations.request_intake import OLDEST
from db.operations.request_steps import NOTE_LENGTH
from db.operations.requests import submit_request
from db.queries.client_rows import find_client
from db.queries.inbox import opened, staff_of_login
from db.queries.incoming_rows import MailRow
from db.queries.request_detail import view_of
from db.records.incoming import Certainty, ClientClue, InboxMessage, IncomingState
from db.records.people import Channel
from db.records.request_views import RequestView
from db.records.requests import NewRequest
from db.rules.text import clean
from db.words import N_
from db.work import Work

_UNDONE = (IncomingState.SPAM, IncomingState.CLOSED, IncomingState.ANSWERED)


@operation(roles=CLERKS)
def choose_mail_client(
    work: Work, mail_id: int, client_number: str, *, version: int | None = None
) -> InboxMessage:
    """Say whose message it is, and return it with what it proposes then.

    Without a number the choice is taken back, and its own clues count again. Raises NotFound, Stale when
    somebody else dealt with it.
    """
    row = hold_message(work, mail_id)
    require_state(work, row, IncomingState.NEW, version=version)
    client = find_client(work.session, client_number) if client_number.strip() else None
    values: dict[str, object] = {"client_id": None, "how": None, "certainty": Certainty.UNKNOWN}
    if client is not None:
        values = {"client_id": client.id, "how": ClientClue.CHOSEN, "certainty": Certainty.SURE}
    change(work, row, values)
    work.changed(
        "incoming.client_chosen",
        f"incoming mail {mail_id}",
        client_id=client.id if client else None,
        before={"client": row.client_number},
        after={"client": client.number if client else None},
    )
    return opened(work, mail_id)


@operation(roles=CLERKS)
def assign_mail(work: Work, mail_id: int, login: str | None) -> InboxMessage:
    """Give a message to a colleague to look after, or to nobody. Raises NotFound, Stale."""
    row = hold_message(work, mail_id)
    require_state(work, row, IncomingState.NEW)
    _assign(work, row, staff_of_login(work, login) if login else None)
    return opened(work, mail_id)


@operation(roles=CLERKS)
def take_mail(work: Work, mail_id: int) -> InboxMessage:
    """Take a message that nobody looks after. Raises NotFound, Stale, Refused when a colleague has it."""
    row = hold_message(work, mail_id)
    require_state(work, row, IncomingState.NEW)
    if row.assigned_id not in (None, work.actor.id):
        raise Refused(
            N_("%(login)s looks after the message %(mail)s."), login=row.assigned_to or "", mail=str(mail_id)
        )
    _assign(work, row, work.actor.id)
    return opened(work, mail_id)


def _assign(work: Work, row: MailRow, staff_id: int | None) -> None:
    if staff_id == row.assigned_id:
        return
    change(work, row, {"assigned_id": staff_id, "version": row.version})
    work.changed(
        "incoming.assigned",
        f"incoming mail {row.id}",
        client_id=row.client_id,
        before={"staff": row.assigned_id},
        after={"staff": staff_id},
    )


@operation(roles=CLERKS)
def mark_spam(work: Work, mail_id: int, *, version: int | None = None) -> InboxMessage:
    """Put a message aside as spam; what it says is erased after a term. Raises NotFound, Stale."""
    row = hold_message(work, mail_id)
    require_state(work, row, IncomingState.NEW, version=version)
    move(work, row, IncomingState.SPAM, **owner_today(work, row))
    return opened(work, mail_id)


@operation(roles=CLERKS)
def close_mail(work: Work, mail_id: int, note: str = "", *, version: int | None = None) -> InboxMessage:
    """Be done with a message about which nothing has to be done.

    Raises NotFound, Stale, WrongInput for a note of more than 2,000 characters.
    """
    row = hold_message(work, mail_id)
    require_state(work, row, IncomingState.NEW, version=version)
    move(work, row, IncomingState.CLOSED, **owner_today(work, row), note=clean(note, NOTE_LENGTH))
    return opened(work, mail_id)


@operation(roles=CLERKS)
def reopen_mail(work: Work, mail_id: int) -> InboxMessage:
    """Let a message wait again that was spam, closed or answered. Raises NotFound, Stale for any other.

    What was recorded or became a request is taken back there. Raises Refused when what it said was erased.
    """
    row = hold_message(work, mail_id)
    require_state(work, row, *_UNDONE)
    if is_erased(work, mail_id):
        raise Refused(
            N_("What the message %(mail)s said was erased: it is kept no longer than is needed."),
            mail=str(mail_id),
        )
    move(work, row, IncomingState.NEW, client_id=row.client_id, reply_id=row.reply_id)
    return opened(work, mail_id)


@operation(roles=CLERKS)
def mail_to_request(work: Work, mail_id: int, new: NewRequest, *, version: int | None = None) -> RequestView:
    """Take in what a message asks for as a request or a complaint; the message is done with then.

    The request came by e-mail on the day of the message, and has its text as the note unless there is
    another. Its files stay with the message. Twice, it is taken in once. Raises as `submit_request`
    does, Stale when somebody else dealt with the message.
    """
    row = hold_message(work, mail_id)
    if row.state is IncomingState.REQUEST and row.request_id is not None:
        return view_of(work, row.request_id)
    require_state(work, row, IncomingState.NEW, version=version)
    came = max(office_day(row.received_at), work.today - OLDEST)
    view = submit_request(
        work,
        replace(
            new,
            channel=Channel.EMAIL,
            external_id=f"incoming-mail-{mail_id}",
            received_on=new.received_on or came,
            note=new.note.strip() or _own_text(work, mail_id),
        ),
    )
    client = find_client(work.session, view.line.client_number)
    certainty = {"how": ClientClue.CHOSEN, "certainty": Certainty.SURE}
    move(work, row, IncomingState.REQUEST, client_id=client.id, request_id=view.line.id, **certainty)
    return view


def _own_text(work: Work, mail_id: int) -> str:
    """Return the writer's own words, as many as a note holds."""
    statement = sa.select(col(IncomingMessage.own_text)).where(col(IncomingMessage.id) == mail_id)
    text = clean(work.session.execute(statement).scalar_one(), 1 << 30)
    return text if len(text) <= NOTE_LENGTH else text[: NOTE_LENGTH - 1] + "…"
