"""Accepting and answering incoming mail: one transaction, one answer, and nothing told to strangers."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import date

import pytest

from db.clock import office_day
from db.errors import NotFound, Refused, Stale, WrongInput
from db.office import House, Office
from db.operations.inbox_accept import accept_mail
from db.operations.inbox_answers import answer_mail, preview_answer
from db.records.clients import MeterRole
from db.records.incoming import (
    AcceptedMail,
    AcceptedState,
    IncomingState,
    MailIntent,
    ReplyTemplate,
)
from db.records.people import Role
from db.refusals import ReadingRefused
from db.rules.reading_duty import DUTY
from tests.conftest import TestClock
from tests.db.builders import Builder, desk, rows
from tests.db.conftest import faults
from tests.db.mailbag import ALL, OWN, SENT, lines, mail, state, take_in, writer

DAY = office_day(SENT)


def booked(line_day: date = DAY, meter: str = "80000001", value: int = 499) -> AcceptedState:
    return AcceptedState(meter, value, line_day)


def test_accepting_records_and_answers_in_the_thread(house: House, builder: Builder) -> None:
    built = writer(builder)
    message = mail(state("499"), said_subject="Odp: RE: stan licznika")
    (key,) = take_in(house, message)
    office = desk(house, builder)
    done = office.do(accept_mail, key, [booked()])
    assert not done.repeated
    (reading,) = rows(house.database, "reading", "submission IS NOT NULL")
    assert (reading["state"], reading["channel"].value, reading["day"]) == (499, "email", DAY)
    assert reading["notice_id"] is not None
    assert done.reading_ids == (reading["id"],)
    (reply,) = rows(house.database, "outgoing_message")
    assert message.text is not None
    assert (reply["id"], reply["address"], reply["kind"].value) == (done.reply_id, OWN, "reply")
    assert reply["in_reply_to"] == message.text.message_id
    assert reply["subject"] == "Re: stan licznika"
    assert f"Wodomierz nr {built.meter}: stan 499 m³, dzień odczytu 21 listopada 2026 r." in reply["body"]
    assert DUTY in reply["body"]
    again_done = office.do(accept_mail, key, [booked()])
    assert again_done == replace(done, repeated=True)
    assert len(rows(house.database, "reading", "submission IS NOT NULL")) == 1
    (line,) = lines(office, ALL)
    assert (line.state, line.readings[0].state) == (IncomingState.ACCEPTED, 499)
    builder.staff(Role.ADMIN)
    assert faults(house) == []


def test_a_stranger_is_told_only_what_they_said(house: House, builder: Builder) -> None:
    built = writer(builder, meter="80000001")
    strange = "sasiad@example.org"
    take_in(
        house,
        mail(state("499"), sender=strange, client_number=built.number),
        mail(state("501"), sender=strange, client_number=built.number),
    )
    office = desk(house, builder)
    first, second = lines(office)
    assert not first.sure
    office.do(accept_mail, first.id, [booked()])
    later = replace(booked(date(2026, 11, 22), value=500), reason="rechecked")
    office.do(accept_mail, second.id, [later], client_number=built.number)
    as_said, corrected = (row["body"] for row in rows(house.database, "outgoing_message"))
    assert "Stan 499 m³" in as_said
    for body in (as_said, corrected):
        assert built.meter not in body
        assert "Kowalska" not in body
        assert built.number not in body
    assert "500" not in corrected


def test_nothing_is_recorded_when_one_of_two_is_refused(house: House, builder: Builder) -> None:
    built = writer(builder)
    builder.meter(built.point_id, "90000009", role=MeterRole.GARDEN)
    (key,) = take_in(house, mail(state("499", built.meter), state("999", "90000009")))
    office = desk(house, builder)
    with pytest.raises(ReadingRefused):
        office.do(accept_mail, key, [booked(), booked(meter="90000009", value=999)])
    assert rows(house.database, "reading", "submission IS NOT NULL") == []
    assert rows(house.database, "outgoing_message") == []
    assert [line.id for line in lines(office)] == [key]


def test_a_blocked_reading_waits_or_is_signed_for(house: House, builder: Builder) -> None:
    built = writer(builder)
    held, signed = take_in(house, mail(state("900")), mail(state("901")))
    office = desk(house, builder)
    with pytest.raises(ReadingRefused):
        office.do(accept_mail, held, [booked(value=900)])
    done = office.do(accept_mail, held, [replace(booked(value=900), hold=True)])
    assert done.held == 1
    assert "czeka na sprawdzenie" in rows(house.database, "outgoing_message")[0]["body"]
    approval = house.grant(builder.staff(Role.SUPERVISOR))
    later = booked(date(2026, 11, 22), built.meter, 901)
    assert office.do_approved(approval, accept_mail, signed, [later]).held == 0
    waits, counts = rows(house.database, "reading", "submission IS NOT NULL")
    assert (waits["needs_approval"], counts["approved_by_id"] is not None) == (True, True)


def test_two_agents_at_once_book_once(house: House, builder: Builder) -> None:
    writer(builder)
    (key,) = take_in(house, mail(state("499")))
    offices = [desk(house, builder) for _ in range(2)]
    start, done = threading.Barrier(2), list[AcceptedMail]()

    def accept(office: Office) -> None:
        start.wait(60)
        done.append(office.do(accept_mail, key, [booked()]))

    agents = [threading.Thread(target=accept, args=(office,)) for office in offices]
    for agent in agents:
        agent.start()
    for agent in agents:
        agent.join(60)
    assert sorted(one.repeated for one in done) == [False, True]
    assert len({one.reading_ids for one in done}) == 1
    assert len(rows(house.database, "outgoing_message")) == 1


def test_another_clients_meter_and_an_unknown_client_are_refused(house: House, builder: Builder) -> None:
    writer(builder)
    other = builder.household()
    known, strange = take_in(house, mail(state("499")), mail(state("499"), sender="x@example.org"))
    office = desk(house, builder)
    with pytest.raises(Refused, match="Choose that client"):
        office.do(accept_mail, known, [booked(meter=other.meter)])
    with pytest.raises(Refused, match="Choose the client first"):
        office.do(accept_mail, strange, [booked()])
    with pytest.raises(WrongInput, match="no reading"):
        office.do(accept_mail, known, [])
    with pytest.raises(NotFound):
        office.do(accept_mail, 999, [booked()])
    with pytest.raises(Stale, match="changed meanwhile"):
        office.do(accept_mail, known, [booked()], version=7)


@pytest.mark.parametrize("meter", ["80000001", "8000 0001"])
def test_two_readings_of_one_meter_are_refused(house: House, builder: Builder, meter: str) -> None:
    writer(builder, meter="80000001")
    (key,) = take_in(house, mail(state("499")))
    office = desk(house, builder)
    with pytest.raises(WrongInput, match="two readings of the meter 80000001"):
        office.do(accept_mail, key, [booked(), booked(meter=meter)])
    assert [line.id for line in lines(office)] == [key]


def test_an_answer_ends_a_message_and_tells_nothing(house: House, builder: Builder) -> None:
    built = writer(builder)
    (key,) = take_in(house, mail(state("499"), said_subject="pytanie"))
    office = desk(house, builder)
    subject, body = office.read(preview_answer, key, ReplyTemplate.NEED_METER, note="Czekamy.")
    assert subject == "Re: pytanie"
    done = office.do(answer_mail, key, ReplyTemplate.NEED_METER, note="Czekamy.")
    assert done.line.state is IncomingState.ANSWERED
    (reply,) = rows(house.database, "outgoing_message")
    assert (reply["subject"], reply["body"]) == (subject, body.strip())
    assert built.number not in body
    assert "Czekamy." in body
    with pytest.raises(Stale, match="dealt with"):
        office.do(answer_mail, key, ReplyTemplate.NEED_METER)


def test_programs_are_never_answered(house: House, builder: Builder) -> None:
    built = writer(builder)
    for address in ("no-reply@example.org", "mailer-daemon@example.org"):
        builder.contact_point(built.id, "email", address, date(2026, 1, 5))
    messages = [
        mail(state("499"), said_automatic=True),
        mail(state("500"), sender="no-reply@example.org"),
        mail(state("501"), sender="MAILER-DAEMON@example.org".lower()),
    ]
    office = desk(house, builder)
    keys = take_in(house, *messages)
    assert not lines(office)[0].sure
    for at, key in enumerate(keys):
        with pytest.raises(Refused, match="not answered"):
            office.do(answer_mail, key, ReplyTemplate.PASSED_ON)
        day = date(2026, 11, 20 + at)
        state_at = AcceptedState(built.meter, 499 + at, day, reason="rechecked")
        assert office.do(accept_mail, key, [state_at]).reply_id is None
    assert rows(house.database, "outgoing_message") == []


def test_a_loop_of_two_hundred_messages_gets_a_few_answers(
    house: House, builder: Builder, clock: TestClock
) -> None:
    writer(builder)
    office = desk(house, builder)
    keys = take_in(house, *(mail(intent=MailIntent.QUESTION, said_subject="Re: stan") for _ in range(50)))
    answered = 0
    for key in keys:
        try:
            office.do(answer_mail, key, ReplyTemplate.PASSED_ON)
            answered += 1
        except Refused:
            continue
    assert answered == len(rows(house.database, "outgoing_message")) == 5


def test_our_own_mail_come_back_is_not_answered(house: House, builder: Builder) -> None:
    writer(builder)
    (first,) = take_in(house, mail(state("499")))
    office = desk(house, builder)
    office.do(accept_mail, first, [booked()])
    (sent,) = rows(house.database, "outgoing_message")
    (key,) = take_in(house, mail(said_message_id=sent["message_id"], intent=MailIntent.OTHER))
    with pytest.raises(Refused, match="not answered"):
        office.do(answer_mail, key, ReplyTemplate.PASSED_ON)
