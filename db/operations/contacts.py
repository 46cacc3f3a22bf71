"""A contact from hello to outcome: start, verify, end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, operation
from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.models import Client, Contact, Staff, VerificationAnswer
from db.queries.caller import RESUMED_WITHIN, signs_of_life, state_of, verification_of
from db.queries.contact_rows import ContactRow, contact_number, find_contact, own_open_contact
from db.queries.rows import insert_row
from db.queries.stored_answers import stored_answers
from db.records.contacts import ContactEnd, ContactLine, ContactState, Outcome
from db.records.people import Channel
from db.rules.answers import matches, readable
from db.rules.text import clean
from db.rules.verification import LOCK_MESSAGES, QUESTION_LABELS, Question
from db.words import N_, Words
from db.work import Work


@operation(roles=CLERKS)
def start_contact(work: Work, client_number: str, channel: Channel) -> ContactState:
    """Start a contact about a client, or go on with the agent's own that is still under way.

    One that was left open, or came on another channel, is closed as dropped first. Raises
    NotFound for an unknown client.
    """
    client_id = _hold_client(work, client_number)
    for contact_id, started_at, came_by in _left_open(work, client_id):
        last = max(signs_of_life(work, contact_id, started_at))
        if work.now - last <= RESUMED_WITHIN and came_by is channel:
            work.contact_id = contact_id
            return _state(work, contact_id)
        _close_dropped(work, contact_id, client_id, last)
    contact_id = insert_row(
        work.session,
        Contact,
        {
            "client_id": client_id,
            "staff_id": work.actor.id,
            "channel": channel,
            "started_at": work.now,
            "note": "",
        },
    )
    work.contact_id = contact_id
    work.changed(
        "contact.started", f"contact {contact_id}", client_id=client_id, after={"channel": channel.value}
    )
    return _state(work, contact_id)


def _hold_client(work: Work, number: str) -> int:
    """Return the client's id, holding the client until the transaction ends."""
    statement = sa.select(col(Client.id)).where(col(Client.number) == number).with_for_update(key_share=True)
    client_id = work.session.scalar(statement)
    if client_id is None:
        raise NotFound(N_("There is no client %(client)s. Check the number."), client=number[:20])
    return client_id


def _hold_own_count(work: Work) -> None:
    """Let nobody else count the wrong answers that this person takes until the transaction ends."""
    own = sa.select(col(Staff.id)).where(col(Staff.id) == work.actor.id)
    work.session.execute(own.with_for_update(key_share=True))


def _left_open(work: Work, client_id: int) -> list[tuple[int, datetime, Channel]]:
    statement = (
        sa.select(col(Contact.id), col(Contact.started_at), col(Contact.channel))
        .where(
            col(Contact.client_id) == client_id,
            col(Contact.staff_id) == work.actor.id,
            col(Contact.ended_at).is_(None),
        )
        .order_by(col(Contact.started_at).desc())
    )
    return [(row[0] or 0, row[1], row[2]) for row in work.session.execute(statement)]


def _close_dropped(work: Work, contact_id: int, client_id: int, at: datetime) -> None:
    work.session.execute(
        sa.update(Contact)
        .where(col(Contact.id) == contact_id)
        .values(ended_at=at, outcome=Outcome.DROPPED, purpose=find_contact(work, contact_id).done)
    )
    work.changed(
        "contact.ended",
        f"contact {contact_id}",
        client_id=client_id,
        after={"outcome": Outcome.DROPPED.value, "left_open": True},
    )


_UNREADABLE = N_("This is no answer to (%(question)s); it was not counted. Type it again.")
UNREADABLE: Mapping[Question, str] = {
    Question.PESEL_DIGITS: N_("Type the three digits that were asked, no others; it was not counted."),
    Question.CONTRACT_DATE: N_("Type the whole day with its year, 15.12.2014; it was not counted."),
    Question.CALL_BACK: N_("Type the whole phone number, 9 digits; it was not counted."),
}
"""What is said of an answer that cannot be one, whatever is on file."""


@operation(roles=CLERKS)
def answer_question(work: Work, contact_id: int, question: str, answer: str) -> ContactState:
    """Compare what the caller says with what is on file and keep only whether it was right.

    The answer itself is neither stored nor echoed. Raises NotAllowed when too many answers were
    wrong, Refused when the question cannot be asked or was asked, WrongInput for no answer and
    for one that was mistyped: that is no wrong answer of the caller's.
    """
    row = own_open_contact(work, contact_id)
    work.contact_id = contact_id
    _hold_client(work, row.client_number)
    _hold_own_count(work)
    before = verification_of(work, row.client_id, row)
    if before.lock is not None:
        raise NotAllowed(LOCK_MESSAGES[before.lock])
    asked = _asked(row, question)
    if asked in before.correct | before.spent:
        raise Refused(
            N_("This question (%(question)s) was already answered in this contact. Ask another one."),
            question=Words(QUESTION_LABELS[asked]),
        )
    if not answer.strip():
        raise WrongInput(N_("Type what the caller says."))
    if not readable(asked, answer):
        raise WrongInput(UNREADABLE.get(asked, _UNREADABLE), question=Words(QUESTION_LABELS[asked]))
    # every stored value is compared, so that time tells nothing
    right = sum(matches(asked, stored, answer) for stored in stored_answers(work, row, asked)) > 0
    work.session.execute(
        sa.insert(VerificationAnswer).values(
            contact_id=contact_id,
            client_id=row.client_id,
            staff_id=work.actor.id,
            question=asked.value,
            correct=right,
            at=work.now,
        )
    )
    now = verification_of(work, row.client_id, row)
    work.changed(
        "contact.answered",
        f"contact {contact_id}",
        client_id=row.client_id,
        after={"question": asked.value, "right": right, "level": int(now.level), "locked": now.locked},
    )
    return state_of(row, now)


def _asked(row: ContactRow, question: str) -> Question:
    try:
        asked = Question(question)
    except ValueError:
        raise WrongInput(
            N_("There is no question %(question)s. Questions: %(known)s."),
            question=question[:40],
            known=", ".join(known.value for known in Question),
        ) from None
    if asked not in row.available:
        raise Refused(
            N_("Nothing is on file to compare with (%(question)s). Ask another question."),
            question=Words(QUESTION_LABELS[asked]),
        )
    return asked


@operation(roles=CLERKS)
def set_contact_channel(work: Work, contact_id: int, channel: Channel) -> ContactState:
    """Set how the client reached us. Raises NotFound, NotAllowed, Refused when it has ended."""
    row = own_open_contact(work, contact_id)
    work.contact_id = contact_id
    if channel is not row.channel:
        work.session.execute(sa.update(Contact).where(col(Contact.id) == contact_id).values(channel=channel))
        work.changed(
            "contact.channel_changed",
            f"contact {contact_id}",
            client_id=row.client_id,
            before={"channel": row.channel.value},
            after={"channel": channel.value},
        )
    return _state(work, contact_id)


@operation(roles=CLERKS)
def end_contact(work: Work, end: ContactEnd) -> ContactLine:
    """End a contact with its outcome; the purpose follows from what was done, or is given.

    Raises NotFound, NotAllowed for somebody else's, Refused when it has ended already,
    WrongInput when the purpose is neither given nor known, or the note is too long.
    """
    row = own_open_contact(work, end.contact_id)
    work.contact_id = end.contact_id
    purpose = end.purpose or row.done
    if purpose is None:
        raise WrongInput(N_("Choose what the contact was about."))
    note = clean(end.note, 2000)
    level = int(verification_of(work, row.client_id, row).level)
    work.session.execute(
        sa.update(Contact)
        .where(col(Contact.id) == end.contact_id)
        .values(ended_at=work.now, purpose=purpose, outcome=end.outcome, note=note)
    )
    work.changed(
        "contact.ended",
        f"contact {end.contact_id}",
        client_id=row.client_id,
        after={"outcome": end.outcome.value, "purpose": purpose.value, "level": level},
    )
    return ContactLine(
        id=row.id,
        number=contact_number(row.id, row.started_at),
        channel=row.channel,
        started_at=row.started_at,
        seconds=int((work.now - row.started_at).total_seconds()),
        purpose=purpose,
        outcome=end.outcome,
        agent=work.actor.name,
        level=level,
        note=note,
    )


def _state(work: Work, contact_id: int) -> ContactState:
    row = find_contact(work, contact_id)
    return state_of(row, verification_of(work, row.client_id, row))
