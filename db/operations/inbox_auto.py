"""Accepting messages without an agent's key, where a supervisor has switched that on."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISOR_ONLY, SYSTEM_ONLY, operation
from db.errors import BokError
from db.models import IncomingMessage
from db.models.incoming import InboxSetting
from db.operations.inbox_accept import book
from db.operations.inbox_steps import hold_message
from db.queries.inbox import auto_accept_state
from db.queries.incoming_rows import Weighed, load_rows, mail_rows, weigh
from db.records.incoming import AcceptedState, IncomingState, MailSource
from db.rules.inbox.proposal import accepts_itself
from db.work import Work

AT_ONCE = 100
"""Messages that are weighed together."""


@operation(roles=SUPERVISOR_ONLY)
def set_auto_accept(work: Work, on: bool) -> bool:
    """Let the program accept messages by itself, or not; return what held before.

    It accepts what the client's own confirmed address sent about the client's one meter, with a notice
    open and every check passed, and nothing else.
    """
    before = auto_accept_state(work)
    values = {"auto_accept": on, "changed_at": work.now, "staff_id": work.actor.id}
    changed = work.session.execute(
        sa.update(InboxSetting).values(**values).execution_options(synchronize_session=False)
    )
    if not changed.rowcount:  # type: ignore[attr-defined]  # a cursor result, having updated
        work.session.execute(sa.insert(InboxSetting).values(id=1, **values))
    if before is not on:
        work.changed("inbox.auto_accept", "inbox", before={"on": before}, after={"on": on})
    return before


@operation(roles=SYSTEM_ONLY)
def auto_accept_mail(work: Work, limit: int = 100) -> int:
    """Accept at most `limit` messages of those that may be; return how many, 0 when none is left.

    Does nothing unless a supervisor has switched it on. What one of them is refused for leaves it, as
    it is, to an agent.
    """
    if not auto_accept_state(work):
        return 0
    done = 0
    for mail_id in _candidates(work):
        done += _accept(work, mail_id)
        if done == limit:
            break
    return done


def _candidates(work: Work) -> Iterator[int]:
    """Yield the ids of the messages that may be accepted as things stand, the oldest first."""
    after = 0
    while True:
        page = (
            mail_rows()
            .where(
                col(IncomingMessage.state) == IncomingState.NEW,
                # whoever may start the program may write a file, in anybody's name
                col(IncomingMessage.source) == MailSource.IMAP,
                col(IncomingMessage.id) > after,
            )
            .order_by(col(IncomingMessage.id))
            .limit(AT_ONCE)
        )
        rows = load_rows(work, page)
        for each in weigh(work, rows):
            if _may(each):
                yield each.row.id
        if len(rows) < AT_ONCE:
            return
        after = rows[-1].id


def _may(each: Weighed) -> bool:
    line = each.line
    return accepts_itself(sure=line.sure, whose=line.whose, readings=line.readings, meters=each.meters_in_use)


def _accept(work: Work, mail_id: int) -> bool:
    """Accept one message, judged again as it stands after those before it; tell whether it was."""
    (each,) = weigh(work, [hold_message(work, mail_id)])
    if not _may(each):
        return False
    (reading,) = each.line.readings
    if reading.meter is None or reading.state is None:
        return False
    state = AcceptedState(reading.meter, reading.state, reading.day)
    noted = len(work.audit)
    try:
        with work.session.begin_nested():
            book(work, each, each.line.whose, [state], auto=True)
    except BokError:  # an agent sees why when they accept it
        del work.audit[noted:]
        return False
    return True
