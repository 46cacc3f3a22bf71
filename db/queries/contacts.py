"""Contacts as the screens see them."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa
from sqlmodel import col

from db.doors import DESK, query
from db.models import Contact, Staff, VerificationAnswer
from db.queries.caller import state_of, verification_of
from db.queries.client_rows import find_client
from db.queries.contact_rows import contact_number, find_contact
from db.records.contacts import ContactLine, ContactState
from db.rules.verification import Attempt, Question, verify
from db.work import Work

MOST_CONTACTS = 200


@query(roles=DESK)
def contact_state(work: Work, contact_id: int) -> ContactState:
    """Return where a contact stands; raises NotFound."""
    row = find_contact(work, contact_id)
    return state_of(row, verification_of(work, row.client_id, row))


@query(roles=DESK, discloses=True)
def list_contacts(work: Work, client_number: str, *, limit: int = 50) -> tuple[ContactLine, ...]:
    """Return a client's contacts, newest first, at most 200, each with the level it had reached.

    Leaves an access entry. Raises NotFound.
    """
    client = find_client(work.session, client_number)
    statement = (
        sa.select(
            col(Contact.id),
            col(Contact.channel),
            col(Contact.started_at),
            col(Contact.ended_at),
            col(Contact.purpose),
            col(Contact.outcome),
            col(Staff.name),
            col(Contact.note),
        )
        .join(Staff, col(Staff.id) == col(Contact.staff_id))
        .where(col(Contact.client_id) == client.id)
        .order_by(col(Contact.started_at).desc(), col(Contact.id).desc())
        .limit(max(1, min(limit, MOST_CONTACTS)))
    )
    rows = work.session.execute(statement).all()
    levels = _levels(work, [row[0] or 0 for row in rows])
    work.looked("VIEW", "contacts", client_id=client.id)
    return tuple(
        ContactLine(
            id=key or 0,
            number=contact_number(key or 0, started_at),
            channel=channel,
            started_at=started_at,
            seconds=None if ended_at is None else int((ended_at - started_at).total_seconds()),
            purpose=purpose,
            outcome=outcome,
            agent=agent,
            level=levels.get(key or 0, 0),
            note=note,
        )
        for key, channel, started_at, ended_at, purpose, outcome, agent, note in rows
    )


def _levels(work: Work, contact_ids: list[int]) -> dict[int, int]:
    """Return the level that was proved in each of these contacts, whatever locked later."""
    statement = sa.select(
        col(VerificationAnswer.contact_id),
        col(VerificationAnswer.question),
        col(VerificationAnswer.correct),
    ).where(col(VerificationAnswer.contact_id).in_(contact_ids))
    attempts: dict[int, list[Attempt]] = defaultdict(list)
    for contact_id, question, correct in work.session.execute(statement):
        attempts[contact_id].append(Attempt(Question(question), correct))
    return {contact_id: int(verify(taken).level) for contact_id, taken in attempts.items()}
