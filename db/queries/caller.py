"""What the caller has proved, and what that lets us disclose."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from functools import lru_cache

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_zone
from db.errors import NotAllowed
from db.models import Reading, Request, VerificationAnswer
from db.queries.contact_rows import ContactRow, contact_in_hand, seen_contact
from db.queries.rows import Statement
from db.records.contacts import ContactState
from db.records.people import Role
from db.rules.answers import pesel_positions
from db.rules.registration import REGISTRATION
from db.rules.verification import (
    LEVEL_LABELS,
    LOCK_MESSAGES,
    Attempt,
    Limits,
    Question,
    VerificationLevel,
    VerificationState,
    verify,
)
from db.words import N_, Words
from db.work import Work

AGENT_WINDOW = timedelta(hours=1)
"""Time over which an agent's wrong answers are counted."""
RESUMED_WITHIN = timedelta(minutes=30)
"""An open contact in which nothing happened for longer is another call: its proofs are void."""
MOST_ANSWERS = 500


@lru_cache(maxsize=1)
def _answers() -> Statement:
    return (
        sa.select(
            col(VerificationAnswer.contact_id),
            col(VerificationAnswer.question),
            col(VerificationAnswer.correct),
            col(VerificationAnswer.at),
        )
        .where(
            sa.or_(
                col(VerificationAnswer.contact_id) == sa.bindparam("contact"),
                sa.and_(
                    col(VerificationAnswer.client_id) == sa.bindparam("client"),
                    col(VerificationAnswer.at) >= sa.bindparam("since"),
                    ~col(VerificationAnswer.correct),
                ),
            )
        )
        .order_by(col(VerificationAnswer.id))
        .limit(MOST_ANSWERS)
    )


def verification_of(work: Work, client_id: int, contact: ContactRow | None) -> VerificationState:
    """Return what the caller has proved, counting today's wrong answers about this client anywhere.

    A proof serves the call in which it was given: where nothing happened for half an hour, what
    was right before is to be asked again. What was wrong stays wrong.
    """
    contact_id = 0 if contact is None else contact.id
    wanted = {"contact": contact_id, "client": client_id, "since": day_start(work)}
    rows = work.session.execute(_answers(), wanted).all()
    # a wrong registration in e-BOK is a wrong answer too, but to none of the questions
    own = [row for row in rows if row.contact_id == contact_id and row.question != REGISTRATION]
    registrations = sum(row.contact_id == contact_id and row.question == REGISTRATION for row in rows)
    since = work.now if contact is None else _call_began(work, contact, [row.at for row in own])
    return verify(
        [Attempt(Question(row.question), row.correct) for row in own if row.at >= since or not row.correct],
        client_failures_before=len(rows) - len(own),
        agent_failures_before=_agent_failures(work, contact_id) + registrations,
        limits=limits_of(work),
    )


def _call_began(work: Work, contact: ContactRow, answered: list[datetime]) -> datetime:
    """Return since when the contact went on without a longer pause; now, if it lies idle."""
    began = _without_pause(work.now, [contact.started_at, *answered])
    if began <= contact.started_at:
        return began
    return _without_pause(work.now, signs_of_life(work, contact.id, contact.started_at))


def _without_pause(now: datetime, instants: list[datetime]) -> datetime:
    reached = now
    for instant in sorted(instants, reverse=True):
        if reached - instant > RESUMED_WITHIN:
            break
        reached = instant
    return reached


def signs_of_life(work: Work, contact_id: int, started_at: datetime) -> list[datetime]:
    """Return when something happened in a contact: its start, its answers, readings and requests."""
    answered = sa.select(col(VerificationAnswer.at)).where(col(VerificationAnswer.contact_id) == contact_id)
    read = sa.select(col(Reading.recorded_at)).where(col(Reading.contact_id) == contact_id)
    taken = sa.select(col(Request.submitted_at)).where(col(Request.contact_id) == contact_id)
    found = [work.session.scalars(asked.limit(MOST_ANSWERS)) for asked in (answered, read, taken)]
    return [started_at, *(instant for instants in found for instant in instants)]


def limits_of(work: Work) -> Limits:
    """Return the house's limits for wrong answers."""
    return Limits(work.policy.verification_failures, work.policy.agent_failures)


def day_start(work: Work) -> datetime:
    """Return the instant at which today began at the office."""
    return datetime.combine(work.today, time.min, office_zone()).astimezone(UTC)


@lru_cache(maxsize=1)
def _recent_failures() -> Statement:
    recent = (
        sa.select(sa.literal(1).label("one"))
        .where(
            col(VerificationAnswer.staff_id) == sa.bindparam("agent"),
            col(VerificationAnswer.at) > sa.bindparam("since"),
            ~col(VerificationAnswer.correct),
            col(VerificationAnswer.contact_id) != sa.bindparam("contact"),
        )
        .limit(sa.bindparam("most", type_=sa.Integer))
        .subquery()
    )
    return sa.select(sa.func.count()).select_from(recent)


def _agent_failures(work: Work, contact_id: int) -> int:
    """Return the wrong answers that this person took in the last hour in other contacts."""
    wanted = {
        "agent": work.actor.id,
        "since": work.now - AGENT_WINDOW,
        "contact": contact_id,
        "most": work.policy.agent_failures,
    }
    return work.session.scalar(_recent_failures(), wanted) or 0


def state_of(row: ContactRow, verification: VerificationState) -> ContactState:
    """Return a contact as the screens see it."""
    answered: list[tuple[str, bool]] = [
        (question.value, question in verification.correct)
        for question in Question
        if question in verification.correct | verification.spent
    ]
    return ContactState(
        id=row.id,
        number=row.number,
        client_number=row.client_number,
        channel=row.channel,
        started_at=row.started_at,
        ended_at=row.ended_at,
        level=int(verification.level) if row.ended_at is None else 0,
        score=verification.score,
        failures=verification.failures,
        locked=verification.locked,
        answered=tuple(answered),
        pesel_positions=pesel_positions(row.number),
        suggested_purpose=row.done,
        available=tuple(question.value for question in row.available),
        lock_message=LOCK_MESSAGES[verification.lock] if verification.lock else "",
    )


def level_for(work: Work, client_id: int) -> int:
    """Return the level that the contact under way has reached for this client."""
    row = seen_contact(work, client_id)
    if row is None or row.ended_at is not None:
        return 0
    return int(verification_of(work, client_id, row).level)


def require_disclosure(
    work: Work, client_id: int, *, level: VerificationLevel, exempt: Iterable[Role] = ()
) -> None:
    """Raise NotAllowed unless this may be told to the caller now.

    Too many wrong answers stop everybody; `exempt` roles need no level of the contact.
    """
    contact = contact_in_hand(work, client_id)
    verification = verification_of(work, client_id, contact)
    if verification.lock is not None:
        raise NotAllowed(LOCK_MESSAGES[verification.lock])
    if work.actor.role not in exempt and verification.level < level:
        raise NotAllowed(
            N_("The caller is not verified for this (%(needed)s). Ask more questions first (F7)."),
            needed=Words(LEVEL_LABELS[level]),
        )
