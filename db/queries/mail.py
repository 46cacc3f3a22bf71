"""Outgoing mail: what waits, what went out, what somebody has to decide about."""

from __future__ import annotations

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, query
from db.models import Client, IssuedDocument, OutgoingMessage
from db.queries.rows import into
from db.queries.utility import utility_on_letters
from db.records.mail import MailLine, MailState
from db.records.utility import UtilityParticulars
from db.work import Work

MOST_LINES = 200


@query(roles=SUPERVISORS, discloses=True)
def outbox(
    work: Work, *, state: MailState | None = None, before: int | None = None, limit: int = 50
) -> tuple[MailLine, ...]:
    """Return messages, newest first: of one state, or all; those older than the id `before`.

    At most 200. Leaves an access entry.
    """
    statement = (
        sa.select(
            col(OutgoingMessage.id),
            col(OutgoingMessage.kind),
            col(OutgoingMessage.state),
            col(OutgoingMessage.address),
            col(OutgoingMessage.subject),
            col(Client.number),
            col(IssuedDocument.number),
            col(OutgoingMessage.queued_at),
            col(OutgoingMessage.attempts),
            col(OutgoingMessage.sent_at),
            col(OutgoingMessage.error),
            sa.case((col(OutgoingMessage.state) == MailState.QUEUED, col(OutgoingMessage.next_try_at))),
        )
        .select_from(OutgoingMessage)
        .outerjoin(Client, col(Client.id) == col(OutgoingMessage.client_id))
        .outerjoin(IssuedDocument, col(IssuedDocument.id) == col(OutgoingMessage.document_id))
        .order_by(col(OutgoingMessage.id).desc())
        .limit(min(limit, MOST_LINES))
    )
    if state is not None:
        statement = statement.where(col(OutgoingMessage.state) == state)
    if before is not None:
        statement = statement.where(col(OutgoingMessage.id) < before)
    work.looked("VIEW", f"outgoing mail: {state.value if state else 'all'}")
    return tuple(into(MailLine, row) for row in work.session.execute(statement))


@query(roles=SUPERVISORS)
def mail_counts(work: Work) -> dict[MailState, int]:
    """Return how many messages stand in each state."""
    statement = sa.select(col(OutgoingMessage.state), sa.func.count()).group_by(col(OutgoingMessage.state))
    counted = {state: int(count) for state, count in work.session.execute(statement)}
    return {state: counted.get(state, 0) for state in MailState}


@query(roles=SUPERVISORS)
def next_due(work: Work) -> datetime | None:
    """Return when the next message is to be tried; None when nothing waits."""
    statement = sa.select(
        sa.func.min(col(OutgoingMessage.next_try_at)),
    ).where(col(OutgoingMessage.state) == MailState.QUEUED)
    return work.session.scalar(statement)


@query(roles=SUPERVISORS)
def sender_particulars(work: Work) -> UtilityParticulars:
    """Return the utility that mail is sent for. Raises Refused while it is still the example's."""
    return utility_on_letters(work)
