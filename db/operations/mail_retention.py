"""Incoming mail that nothing is owed to is kept no longer than is needed (Art. 5(1)(e) GDPR)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlmodel import col

from db.clock import day_begins
from db.doors import SUPERVISORS, operation, query
from db.models import IncomingMessage, IncomingSource, OutgoingMessage
from db.operations.erasure_rows import EMPTIED_ANSWER, EMPTIED_MAIL
from db.records.erasure import OldMail
from db.records.incoming import IncomingState
from db.records.mail import MailState
from db.work import Work

AT_ONCE = 500
"""Messages of one transaction."""
_SPAM = col(IncomingMessage.state) == IncomingState.SPAM
_STRANGERS = col(IncomingMessage.client_id).is_(None) & col(IncomingMessage.state).in_(
    (IncomingState.CLOSED, IncomingState.ANSWERED)
)


@query(roles=SUPERVISORS)
def old_mail(work: Work) -> OldMail:
    """Return how much mail is past its term today, and how much of nobody's waits although it would be."""
    waits = (
        col(IncomingMessage.client_id).is_(None)
        & (col(IncomingMessage.state) == IncomingState.NEW)
        & (col(IncomingMessage.received_at) < _before(work, work.policy.stranger_mail_days))
    )
    return OldMail(
        spam=_count(work, _over(work)[0] & _unemptied()),
        strangers=_count(work, _over(work)[1] & _unemptied()),
        waiting=_count(work, waits),
    )


@operation(roles=SUPERVISORS)
def prune_mail(work: Work, limit: int = AT_ONCE) -> int:
    """Erase what the oldest `limit` messages past their term said; return how many, 0 when none is left.

    That is nobody's spam after `spam_mail_days`; and after `stranger_mail_days` what was closed or answered
    and is no client's, and spam in a client's name, which may have been put there by mistake: counted from
    the day it was decided about. Source, texts, addresses and names go, those of the answers sent too; the
    row stays with its hash, so that the message is not taken in again, and with when it came and what
    became of it. What waits stays, however old. On PostgreSQL it needs the role that owns the tables.
    """
    ids = _ids(work, limit)
    if not ids:
        return 0
    mail, source = IncomingMessage, IncomingSource
    empty = sa.update(source).where(col(source.message_id).in_(ids)).values(raw=b"")
    work.session.execute(empty.execution_options(synchronize_session=False))
    values = {**EMPTIED_MAIL, "version": col(mail.version) + 1}
    forget = sa.update(mail).where(col(mail.id).in_(ids)).values(**values)
    work.session.execute(forget.execution_options(synchronize_session=False))
    _forget_answers(work, ids)
    work.changed("incoming.pruned", f"incoming mail {ids[0]}", after={"mails": list(ids)})
    return len(ids)


def _forget_answers(work: Work, ids: Sequence[int]) -> None:
    """Empty the answers to nobody's messages that wait for nothing any more."""
    answer = OutgoingMessage
    given = sa.select(col(IncomingMessage.reply_id)).where(
        col(IncomingMessage.id).in_(ids), col(IncomingMessage.reply_id).is_not(None)
    )
    forget = sa.update(answer).where(
        col(answer.id).in_(given),
        col(answer.client_id).is_(None),
        col(answer.state).not_in((MailState.QUEUED, MailState.SENDING)),
    )
    work.session.execute(forget.values(**EMPTIED_ANSWER).execution_options(synchronize_session=False))


def is_erased(work: Work, mail_id: int) -> bool:
    """Tell whether what a message said was erased: with its client, or after its term."""
    statement = sa.select(col(IncomingSource.message_id)).where(
        col(IncomingSource.message_id) == mail_id,
        sa.func.length(col(IncomingSource.raw)) == 0,
        col(IncomingSource.size) > 0,
    )
    return work.session.scalar(statement) is not None


def _before(work: Work, days: int) -> datetime:
    return day_begins(work.today - timedelta(days=days))


def _over(work: Work) -> tuple[sa.ColumnElement[bool], sa.ColumnElement[bool]]:
    """Return which messages are past their term: of spam, of strangers."""
    decided, nobodys = col(IncomingMessage.decided_at), col(IncomingMessage.client_id).is_(None)
    late = decided < _before(work, work.policy.stranger_mail_days)
    return _SPAM & (late | nobodys & (decided < _before(work, work.policy.spam_mail_days))), _STRANGERS & late


def _unemptied() -> sa.ColumnElement[bool]:
    rows = col(IncomingSource.message_id) == col(IncomingMessage.id)
    return sa.exists().where(rows, sa.func.length(col(IncomingSource.raw)) > 0)


def _ids(work: Work, limit: int) -> Sequence[int]:
    key = col(IncomingMessage.id)
    statement = sa.select(key).where(sa.or_(*_over(work)), _unemptied()).order_by(key).limit(limit)
    held = [int(each) for each in work.session.scalars(statement.with_for_update()) if each is not None]
    # looked at again with the rows held: another prune may have emptied them while this one waited
    still = sa.select(key).where(key.in_(held), sa.or_(*_over(work)), _unemptied()).order_by(key)
    return [int(each) for each in work.session.scalars(still) if each is not None]


def _count(work: Work, which: sa.ColumnElement[bool]) -> int:
    statement = sa.select(sa.func.count()).select_from(IncomingMessage).where(which)
    return work.session.scalar(statement) or 0
