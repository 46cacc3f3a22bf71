"""Accepting an incoming message: its readings are recorded and confirmed, in one transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, operation
from db.errors import Refused, WrongInput
from db.models import IncomingReading
from db.operations.inbox_answers import confirmation, is_on_card, reply_address, send_reply
from db.operations.inbox_steps import hold_message, move, require_state
from db.operations.readings import record_reading
from db.queries.client_rows import find_client
from db.queries.incoming_rows import MailRow, Weighed, weigh
from db.queries.supply import find_meter
from db.records.clients import MeterRole
from db.records.incoming import (
    AcceptedMail,
    AcceptedState,
    Certainty,
    ClientClue,
    IncomingState,
    Whose,
)
from db.records.people import Channel
from db.records.readings import ReadingInput, ReadingStatus, RecordedReading
from db.rules.inbox.reply import BookedReading
from db.rules.inbox.whose import strongest
from db.words import N_
from db.work import Work


@operation(roles=CLERKS)
def accept_mail(
    work: Work,
    mail_id: int,
    readings: Sequence[AcceptedState],
    *,
    client_number: str = "",
    version: int | None = None,
) -> AcceptedMail:
    """Record the readings of a message as the agent accepts them, and queue the confirmation.

    Each is checked as one that is typed into the form, with the same reasons and sign-offs; it is all
    of them or none. `client_number` says whose they are where that is not certain. The confirmation
    is a reply in the thread, with the duty of Art. 7; to an address that is not on the client's card it
    repeats only what the writer said. A message that was accepted before is returned with `repeated`.

    Raises as `record_reading` does; NotFound; WrongInput without readings or with two of one meter;
    Refused while it is not known whose they are, or for another client's meter; Stale when somebody
    else dealt with it.
    """
    row = hold_message(work, mail_id)
    if row.state is IncomingState.ACCEPTED:
        return _before(work, row)
    require_state(work, row, IncomingState.NEW, version=version)
    (each,) = weigh(work, [row])
    whose = _client(work, each, client_number)
    return book(work, each, whose, readings)


def book(
    work: Work,
    each: Weighed,
    whose: Whose,
    readings: Sequence[AcceptedState],
    *,
    auto: bool = False,
) -> AcceptedMail:
    """Record the readings of a held message for the client, queue the confirmation, file the message."""
    row = each.row
    if not readings:
        raise WrongInput(N_("There is no reading to record. Give the meter and the state."))
    _refuse_two_of_one(readings)
    if whose.client_number is None:
        raise Refused(N_("It is not known whose message it is. Choose the client first."))
    client = find_client(work.session, whose.client_number)
    recorded = [_record(work, row, client.id, one) for one in _main_first(each, readings)]
    for one in recorded:
        work.session.execute(sa.insert(IncomingReading).values(reading_id=one.id, message_id=row.id))
    reply_id = _confirm(work, each, client.id, recorded)
    move(
        work,
        row,
        IncomingState.ACCEPTED,
        client_id=client.id,
        how=strongest(whose.clues, whose.client_number),
        certainty=whose.certainty,
        reply_id=reply_id,
        auto=auto,
    )
    ids = tuple(one.id for one in recorded)
    held = sum(one.status is ReadingStatus.PENDING for one in recorded)
    return AcceptedMail(row.id, client.number, ids, reply_id, held=held)


def _refuse_two_of_one(readings: Sequence[AcceptedState]) -> None:
    """Raise WrongInput where one meter is to have two readings of one message."""
    times = Counter("".join(one.meter.split()) for one in readings)
    for meter, count in times.items():
        if count > 1:
            raise WrongInput(
                N_("There are two readings of the meter %(meter)s: leave one of them out."), meter=meter
            )


def _before(work: Work, row: MailRow) -> AcceptedMail:
    """Return what accepting it did the first time."""
    statement = sa.select(col(IncomingReading.reading_id)).where(col(IncomingReading.message_id) == row.id)
    ids = tuple(work.session.scalars(statement.order_by(col(IncomingReading.reading_id))))
    return AcceptedMail(row.id, row.client_number or "", ids, row.reply_id, repeated=True)


def _client(work: Work, each: Weighed, client_number: str) -> Whose:
    """Return whose the readings are: the client whom the agent names, else the one whom the clues name."""
    whose = each.line.whose
    if not client_number:
        return whose
    client = find_client(work.session, client_number)
    if client.number == whose.client_number:
        return whose
    clues = ((ClientClue.CHOSEN, client.number), *whose.clues)
    return Whose(Certainty.SURE, client.number, client.name, clues)


def _main_first(each: Weighed, readings: Sequence[AcceptedState]) -> list[AcceptedState]:
    """Return the readings with those of garden meters last: they may not exceed the main one's."""
    garden = {one.meter for one in each.line.readings if one.role is MeterRole.GARDEN}
    return sorted(readings, key=lambda one: one.meter in garden)


def _record(work: Work, row: MailRow, client_id: int, one: AcceptedState) -> RecordedReading:
    found = find_meter(work.session, one.meter)
    meter = "".join(one.meter.split())
    if found.client_id != client_id:
        raise Refused(
            N_("The meter %(meter)s is the client %(client)s's. Choose that client, or another meter."),
            meter=meter,
            client=found.client_number,
        )
    entry = ReadingInput(
        meter=meter,
        state=one.state,
        day=one.day,
        channel=Channel.EMAIL,
        submission=f"mail-{row.id}-{meter}",
        reason=one.reason,
        note=one.note,
        hold=one.hold,
    )
    return record_reading(work, entry)


def _confirm(work: Work, each: Weighed, client_id: int, recorded: Sequence[RecordedReading]) -> int | None:
    """Queue the confirmation and return its id; None where nobody is to be answered."""
    row = each.row
    address = reply_address(work, row)
    if address is None:
        return None
    booked = [
        BookedReading(one.line.meter, one.line.state, one.line.day, one.status is ReadingStatus.PENDING)
        for one in recorded
    ]
    subject, body = confirmation(
        work,
        row,
        booked,
        each.understood.readings,
        own_address=is_on_card(work, row.sender, client_id),
    )
    return send_reply(work, row, address, subject, body, client_id=client_id)
