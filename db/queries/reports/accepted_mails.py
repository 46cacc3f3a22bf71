"""Messages that the program accepted by itself: their readings were sure, and nobody looked at them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Client, IncomingMessage, IncomingReading
from db.queries.reports.common import within
from db.queries.reports.long_lists import LongList, read_list
from db.records.incoming import IncomingState
from db.records.reports import Found, Line, Question, Take
from db.work import Work


def accepted_by_itself(question: Question) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions of the messages that the program accepted by itself within the days."""
    return (
        col(IncomingMessage.auto).is_(True),
        col(IncomingMessage.state) == IncomingState.ACCEPTED,
        within(col(IncomingMessage.decided_at), question.since, question.until),
    )


@report(roles=OVERSEERS)
def listed(work: Work, question: Question, take: Take = tuple) -> Found:
    """Return them one by one, the newest first."""
    saved = (
        sa.select(sa.func.count())
        .select_from(IncomingReading)
        .where(col(IncomingReading.message_id) == col(IncomingMessage.id))
        .correlate(IncomingMessage)
        .scalar_subquery()
    )
    statement = (
        sa.select(
            *(col(IncomingMessage.decided_at), sa.func.coalesce(col(Client.number), "")),
            *(col(IncomingMessage.id), saved),
        )
        .select_from(IncomingMessage)
        .outerjoin(Client, col(Client.id) == col(IncomingMessage.client_id))
    )
    listing = LongList(
        col(IncomingMessage.id),
        accepted_by_itself(question),
        statement,
        (col(IncomingMessage.decided_at).desc(), col(IncomingMessage.id).desc()),
        _line,
        {"at": col(IncomingMessage.decided_at), "mail": col(IncomingMessage.id)},
    )
    return read_list(work.session, listing, question, take)


def _line(row: Sequence[Any]) -> Line:
    at, client, mail, readings = row
    return {"at": at, "client": client, "mail": mail, "readings": readings}
