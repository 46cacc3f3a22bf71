"""The inbox: its pages, one message, how much waits, the source of a message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import DESK, OVERSEERS, SUPERVISOR_ONLY, query
from db.errors import NotFound, Refused
from db.models import IncomingMessage, IncomingSource, MailboxPlace, Request, Staff
from db.models.incoming import InboxSetting
from db.queries.client_rows import find_client
from db.queries.incoming_json import load_files, load_troubles
from db.queries.incoming_judging import FoundClient, with_repairs
from db.queries.incoming_of_client import ids_of_client
from db.queries.incoming_rows import MailRow, Weighed, load_rows, mail_rows, weigh
from db.queries.rows import Statement
from db.records.incoming import (
    InboxCounts,
    InboxFilter,
    InboxLine,
    InboxMessage,
    InboxPage,
    IncomingState,
    MailboxMark,
    MailIntent,
)
from db.words import N_
from db.work import Work

MOST_LINES = 200
COUNTED = 1000
"""Counting stops here: that many or more."""
JUDGED = 200
"""New messages that are judged to count the sure ones."""
SCANNED = 400
"""Messages that are judged for one page of sure or of doubtful ones."""
MOST_OF_THREAD = 20
MOST_OF_CLIENT = 1000
"""Messages of one client that are listed: the newest."""
_WAITING = frozenset({IncomingState.NEW})


@query(roles=DESK, discloses=True)
def inbox_page(work: Work, wanted: InboxFilter, *, after: int | None = None, limit: int = 50) -> InboxPage:
    """Return a page of the inbox behind the message with the id `after`, at most 200.

    What waits comes oldest first; where messages that were dealt with are wanted, too, the newest come
    first. Whose each is, and what its readings would come to, is judged by what is true now. One that
    was dealt with meanwhile still serves as `after`; go on with `next_after`. Leaves one access entry
    a page. Raises NotFound for the client or the colleague of the filter.
    """
    limit = max(1, min(limit, MOST_LINES))
    client_id = find_client(work.session, wanted.client_number).id if wanted.client_number else None
    found: list[InboxLine] = []
    scanned = 0
    more = True
    while more and len(found) < limit and scanned < SCANNED:
        size = limit if wanted.doubtful is None else max(limit, 100)
        rows = load_rows(work, _page(work, wanted, client_id, after, size + 1))
        more = len(rows) > size
        for each in weigh(work, rows[:size]):
            if len(found) == limit:
                more = True
                break
            after = each.row.id
            if client_id is not None and each.client_id != client_id:
                continue  # somebody else's by what is true now
            if wanted.doubtful is None or each.line.sure is not wanted.doubtful:
                found.append(each.line)
        scanned += size
    if found:
        work.looked("VIEW", f"inbox, {len(found)} lines")
    return InboxPage(tuple(found), more, after if more else None)


def _page(work: Work, wanted: InboxFilter, client_id: int | None, after: int | None, size: int) -> Statement:
    statement = mail_rows().where(*_conditions(work, wanted, client_id)).limit(size)
    if wanted.states == _WAITING:
        statement = statement.order_by(col(IncomingMessage.id))
        return statement if after is None else statement.where(col(IncomingMessage.id) > after)
    statement = statement.order_by(col(IncomingMessage.id).desc())
    return statement if after is None else statement.where(col(IncomingMessage.id) < after)


def _conditions(work: Work, wanted: InboxFilter, client_id: int | None) -> Iterator[sa.ColumnElement[bool]]:
    if wanted.states != frozenset(IncomingState):
        yield col(IncomingMessage.state).in_(wanted.states)
    if wanted.intents != frozenset(MailIntent):
        yield col(IncomingMessage.intent).in_(wanted.intents)
    if wanted.assigned_to:
        yield col(IncomingMessage.assigned_id) == staff_of_login(work, wanted.assigned_to)
    if client_id is not None:
        own = work.session.scalars(ids_of_client(client_id, most=MOST_OF_CLIENT)).all()
        yield col(IncomingMessage.id).in_(own)
    if wanted.auto:
        yield col(IncomingMessage.auto).is_(True)


def staff_of_login(work: Work, login: str) -> int:
    """Return the id of the colleague with this login who may sign in; raises NotFound."""
    statement = sa.select(col(Staff.id)).where(col(Staff.login) == login.strip().lower(), col(Staff.active))
    key = work.session.scalar(statement)
    if key is None:
        raise NotFound(N_("There is no staff login %(login)s."), login=login[:40])
    return key


@query(roles=DESK, discloses=True)
def inbox_message(work: Work, mail_id: int) -> InboxMessage:
    """Return a message with its text, what was understood of it and what it proposes today.

    The sender's address is in clear: one has to see whom one answers. Leaves an access entry, at the
    client's card where it is known whose it is. Raises NotFound.
    """
    return opened(work, mail_id)


def opened(work: Work, mail_id: int) -> InboxMessage:
    """Return a message as `inbox_message` does, with its access entry."""
    row = find_mail(work, mail_id)
    (each,) = weigh(work, [row], clear=True)
    work.looked("VIEW", f"incoming mail {mail_id}", client_id=each.client_id)
    texts = (
        sa.select(
            col(IncomingMessage.own_text),
            col(IncomingMessage.quoted),
            col(IncomingMessage.files),
            col(Request.number),
            col(IncomingMessage.decided_at),
            col(Staff.name),
            (sa.func.length(col(IncomingSource.raw)) == 0) & (col(IncomingSource.size) > 0),
        )
        .join(IncomingSource, col(IncomingSource.message_id) == col(IncomingMessage.id))
        .outerjoin(Request, col(Request.id) == col(IncomingMessage.request_id))
        .outerjoin(Staff, col(Staff.id) == col(IncomingMessage.decided_by))
        .where(col(IncomingMessage.id) == mail_id)
    )
    text, quoted, files, request_number, decided_at, agent, erased = work.session.execute(texts).one()
    return InboxMessage(
        line=_repaired(work, each),
        text=text,
        quoted=quoted,
        used=each.understood.used,
        files=load_files(files),
        troubles=load_troubles(row.troubles),
        understood=each.understood,
        thread=_thread(work, row),
        version=row.version,
        request_number=request_number,
        decided_at=decided_at,
        decided_by=agent,
        erased=bool(erased),
    )


def _repaired(work: Work, each: Weighed) -> InboxLine:
    whose = each.line.whose
    if each.client_id is None or whose.client_number is None or each.line.state is not IncomingState.NEW:
        return each.line
    client = FoundClient(each.client_id, whose.client_number, whose.client_name or "")
    return replace(each.line, readings=with_repairs(work, each.line.readings, client))


def _thread(work: Work, row: MailRow) -> tuple[InboxLine, ...]:
    others = (
        mail_rows()
        .where(col(IncomingMessage.thread) == row.thread, col(IncomingMessage.id) != row.id)
        .order_by(col(IncomingMessage.id).desc())
        .limit(MOST_OF_THREAD)
    )
    return tuple(each.line for each in weigh(work, load_rows(work, others)))


def find_mail(work: Work, mail_id: int) -> MailRow:
    """Return a message as filed; raises NotFound."""
    rows = load_rows(work, mail_rows().where(col(IncomingMessage.id) == mail_id))
    if not rows:
        raise NotFound(N_("There is no message %(mail)s."), mail=str(mail_id))
    return rows[0]


@query(roles=DESK)
def inbox_counts(work: Work) -> InboxCounts:
    """Return how much waits. The sure ones are counted among the oldest new ones, `judged` at most."""
    is_new = col(IncomingMessage.state) == IncomingState.NEW
    oldest = mail_rows().where(is_new).order_by(col(IncomingMessage.id)).limit(JUDGED)
    judged = weigh(work, load_rows(work, oldest))
    sure = sum(each.line.sure for each in judged)
    return InboxCounts(
        new=_count(work, is_new),
        sure=sure,
        doubtful=len(judged) - sure,
        mine=_count(work, is_new & (col(IncomingMessage.assigned_id) == work.actor.id)),
        limit=COUNTED,
        judged=JUDGED,
    )


def _count(work: Work, which: sa.ColumnElement[bool]) -> int:
    bounded: Any = sa.select(col(IncomingMessage.id)).where(which).limit(COUNTED).subquery()
    return work.session.scalar(sa.select(sa.func.count()).select_from(bounded)) or 0


@query(roles=SUPERVISOR_ONLY, discloses=True)
def mail_source(work: Work, mail_id: int) -> bytes:
    """Return a message as it came, byte for byte. Leaves an EXPORT entry.

    Raises NotFound, and Refused when it was erased: with its client, or after its term.
    """
    row = find_mail(work, mail_id)
    statement = sa.select(col(IncomingSource.raw)).where(col(IncomingSource.message_id) == mail_id)
    raw = bytes(work.session.execute(statement).scalar_one())
    if not raw:
        raise Refused(
            N_("What the message %(mail)s said was erased: it is kept no longer than is needed."),
            mail=str(mail_id),
        )
    work.looked("EXPORT", f"source of incoming mail {mail_id}", client_id=row.client_id)
    return raw


@query(roles=DESK)
def auto_accept_state(work: Work) -> bool:
    """Tell whether the program may accept messages by itself."""
    return bool(work.session.scalar(sa.select(col(InboxSetting.auto_accept))))


@query(roles=OVERSEERS)
def mailbox_mark(work: Work, mailbox: str) -> MailboxMark | None:
    """Return how far this folder of a mail server was fetched; None when it never was."""
    statement = sa.select(
        col(MailboxPlace.mailbox), col(MailboxPlace.uid_validity), col(MailboxPlace.last_uid)
    ).where(col(MailboxPlace.mailbox) == mailbox)
    row = work.session.execute(statement).one_or_none()
    return None if row is None else MailboxMark(*row)
