"""Contacts as rows, what the caller has proved in them, and what that lets us disclose."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_zone
from db.errors import NotAllowed, NotFound, Refused
from db.models import (
    Client,
    Contact,
    ContactPoint,
    Contract,
    IssuedDocument,
    Meter,
    Reading,
    SupplyPoint,
    VerificationAnswer,
)
from db.queries.rows import into
from db.records.contacts import ContactState, Outcome, Purpose
from db.records.people import Channel, Role
from db.rules.answers import pesel_positions
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
from db.words import N_
from db.work import Work

AGENT_WINDOW = timedelta(hours=1)
"""Time over which an agent's wrong answers are counted."""
MOST_ANSWERS = 500


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A contact and what its client can be asked."""

    id: int
    client_id: int
    client_number: str
    staff_id: int
    channel: Channel
    started_at: datetime
    ended_at: datetime | None
    purpose: Purpose | None
    outcome: Outcome | None
    has_pesel: bool
    has_contract: bool
    has_meter: bool
    has_phone: bool
    has_reading: bool
    has_document: bool

    @property
    def number(self) -> str:
        """`K/2026/0008812`."""
        return contact_number(self.id, self.started_at)

    @property
    def available(self) -> tuple[Question, ...]:
        """The questions to which an answer is on file."""
        missing = {
            Question.PESEL_DIGITS: not self.has_pesel,
            Question.CONTRACT_DATE: not self.has_contract,
            Question.ADDRESS: not self.has_contract,
            Question.METER_NUMBER: not self.has_meter,
            Question.CALL_BACK: not self.has_phone,
        }
        return tuple(question for question in Question if not missing.get(question, False))

    @property
    def done(self) -> Purpose | None:
        """The purpose that follows from what was done in it."""
        if self.has_reading:
            return Purpose.READING
        return Purpose.DOCUMENT if self.has_document else None


def contact_number(contact_id: int, started_at: datetime) -> str:
    """Return the number by which people name a contact."""
    return f"K/{started_at.astimezone(office_zone()).year}/{contact_id:07d}"


def find_contact(work: Work, contact_id: int, *, lock: bool = False) -> ContactRow:
    """Return a contact; raises NotFound. `lock` holds it until the transaction ends."""
    if lock:
        held = sa.select(col(Contact.id)).where(col(Contact.id) == contact_id).with_for_update(key_share=True)
        work.session.execute(held)
    statement = (
        sa.select(
            col(Contact.id),
            col(Contact.client_id),
            col(Client.number),
            col(Contact.staff_id),
            col(Contact.channel),
            col(Contact.started_at),
            col(Contact.ended_at),
            col(Contact.purpose),
            col(Contact.outcome),
            col(Client.pesel).is_not(None),
            *_on_file(),
        )
        .join(Client, col(Client.id) == col(Contact.client_id))
        .where(col(Contact.id) == contact_id)
    )
    row = work.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(N_("There is no contact %(contact)s."), contact=contact_id)
    return into(ContactRow, row)


def _on_file() -> tuple[sa.ColumnElement[bool], ...]:
    """Return what the client of the enclosing statement has on file, and what the contact holds."""
    contract = sa.select(sa.literal(1)).where(col(Contract.client_id) == col(Contact.client_id))
    meter = (
        sa.select(sa.literal(1))
        .select_from(Contract)
        .join(SupplyPoint, col(SupplyPoint.contract_id) == col(Contract.id))
        .join(Meter, col(Meter.supply_point_id) == col(SupplyPoint.id))
        .where(col(Contract.client_id) == col(Contact.client_id), col(Meter.removed_on).is_(None))
    )
    phone = sa.select(sa.literal(1)).where(
        col(ContactPoint.client_id) == col(Contact.client_id),
        col(ContactPoint.kind) == "phone",
        col(ContactPoint.removed_on).is_(None),
    )
    reading = sa.select(sa.literal(1)).where(col(Reading.contact_id) == col(Contact.id))
    document = sa.select(sa.literal(1)).where(
        col(IssuedDocument.client_id) == col(Contact.client_id),
        col(IssuedDocument.contact_id) == col(Contact.id),
    )
    return tuple(found.correlate(Contact).exists() for found in (contract, meter, phone, reading, document))


def own_open_contact(work: Work, contact_id: int) -> ContactRow:
    """Return a contact that this person may go on with, held until the transaction ends.

    Raises NotFound, NotAllowed when it is somebody else's, Refused when it has ended.
    """
    row = find_contact(work, contact_id, lock=True)
    if row.staff_id != work.actor.id:
        raise NotAllowed(N_("The contact %(contact)s is somebody else's."), contact=row.number)
    if row.ended_at is not None:
        raise Refused(N_("The contact %(contact)s has ended. Start a new one."), contact=row.number)
    return row


def contact_in_hand(work: Work, client_id: int) -> ContactRow | None:
    """Return the contact that this work serves, checked; None when it serves none.

    Raises as `own_open_contact`, and Refused when the contact is about another client.
    """
    if work.contact_id is None:
        return None
    row = own_open_contact(work, work.contact_id)
    if row.client_id != client_id:
        raise Refused(
            N_("The contact %(contact)s is about the client %(client)s. Start one for this client."),
            contact=row.number,
            client=row.client_number,
        )
    return row


def verification_of(work: Work, client_id: int, contact: ContactRow | None) -> VerificationState:
    """Return what the caller has proved, counting today's wrong answers about this client anywhere."""
    contact_id = 0 if contact is None else contact.id
    statement = (
        sa.select(
            col(VerificationAnswer.contact_id),
            col(VerificationAnswer.question),
            col(VerificationAnswer.correct),
        )
        .where(
            sa.or_(
                col(VerificationAnswer.contact_id) == contact_id,
                sa.and_(
                    col(VerificationAnswer.client_id) == client_id,
                    col(VerificationAnswer.at) >= day_start(work),
                    ~col(VerificationAnswer.correct),
                ),
            )
        )
        .order_by(col(VerificationAnswer.id))
        .limit(MOST_ANSWERS)
    )
    rows = work.session.execute(statement).all()
    return verify(
        [Attempt(Question(row.question), row.correct) for row in rows if row.contact_id == contact_id],
        client_failures_before=sum(row.contact_id != contact_id for row in rows),
        agent_failures_before=_agent_failures(work, contact_id),
        limits=limits_of(work),
    )


def limits_of(work: Work) -> Limits:
    """Return the house's limits for wrong answers."""
    return Limits(work.policy.verification_failures, work.policy.agent_failures)


def day_start(work: Work) -> datetime:
    """Return the instant at which today began at the office."""
    return datetime.combine(work.today, time.min, office_zone()).astimezone(UTC)


def _agent_failures(work: Work, contact_id: int) -> int:
    """Return the wrong answers that this person took in the last hour in other contacts."""
    recent = (
        sa.select(sa.literal(1).label("one"))
        .where(
            col(VerificationAnswer.staff_id) == work.actor.id,
            col(VerificationAnswer.at) > work.now - AGENT_WINDOW,
            ~col(VerificationAnswer.correct),
            col(VerificationAnswer.contact_id) != contact_id,
        )
        .limit(work.policy.agent_failures)
        .subquery()
    )
    return work.session.scalar(sa.select(sa.func.count()).select_from(recent)) or 0


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


def seen_contact(work: Work, client_id: int) -> ContactRow | None:
    """Return the contact under way if it is about this client and this person's; never raises.

    For looking only: a look without a fitting contact is allowed, masked and logged.
    """
    if work.contact_id is None:
        return None
    try:
        row = find_contact(work, work.contact_id)
    except NotFound:
        return None
    return row if row.client_id == client_id and row.staff_id == work.actor.id else None


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
            needed=LEVEL_LABELS[level],
        )
