"""Deciding about incoming mail: its client, its agent, spam, requests; what is accepted by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.errors import BokError, NotAllowed, NotFound, Refused, Stale
from db.office import SYSTEM, House
from db.operations.inbox import (
    assign_mail,
    choose_mail_client,
    close_mail,
    mail_to_request,
    mark_spam,
    reopen_mail,
    take_mail,
)
from db.operations.inbox_accept import accept_mail
from db.operations.inbox_answers import answer_mail
from db.operations.inbox_auto import auto_accept_mail, set_auto_accept
from db.queries.inbox import auto_accept_state, inbox_counts, inbox_message
from db.records.clients import MeterRole
from db.records.incoming import (
    AcceptedState,
    Certainty,
    ClientClue,
    InboxFilter,
    IncomingState,
    MailIntent,
    MailSource,
    ReplyTemplate,
)
from db.records.people import Channel, Role
from db.records.requests import ComplaintAbout, ComplaintSubject, NewRequest, RequestKind
from tests.db.builders import Builder, desk, rows
from tests.db.conftest import faults
from tests.db.mailbag import ALL, OWN, lines, mail, state, take_in, writer

DAY = date(2026, 11, 21)


def test_a_chosen_client_is_sure_and_may_be_taken_back(house: House, builder: Builder) -> None:
    built = writer(builder)
    (key,) = take_in(house, mail(state("499"), sender="x@example.org"))
    office = desk(house, builder)
    chosen = office.do(choose_mail_client, key, built.number)
    assert chosen.line.whose.certainty is Certainty.SURE
    assert chosen.line.whose.clues == ((ClientClue.CHOSEN, built.number),)
    assert chosen.line.sure
    assert chosen.line.readings[0].meter == built.meter
    wanted = InboxFilter(client_number=built.number)
    assert [line.id for line in lines(office, wanted)] == [key]
    back = office.do(choose_mail_client, key, "")
    assert back.line.whose.certainty is Certainty.UNKNOWN
    with pytest.raises(NotFound):
        office.do(choose_mail_client, key, "999999")
    with pytest.raises(Stale, match="changed meanwhile"):
        office.do(choose_mail_client, key, built.number, version=1)


def test_messages_are_given_to_colleagues(house: House, builder: Builder) -> None:
    writer(builder)
    (key,) = take_in(house, mail(state("499")))
    anna, jan = desk(house, builder), desk(house, builder)
    assert anna.do(take_mail, key).line.assigned_to == anna.actor.login
    assert anna.read(inbox_counts).mine == 1
    with pytest.raises(Refused, match="looks after"):
        jan.do(take_mail, key)
    assert anna.do(assign_mail, key, jan.actor.login).line.assigned_to == jan.actor.login
    assert [line.id for line in lines(jan, InboxFilter(assigned_to=jan.actor.login))] == [key]
    assert jan.do(assign_mail, key, None).line.assigned_to is None
    with pytest.raises(NotFound, match="no staff login"):
        jan.do(assign_mail, key, "nikt")


def test_spam_and_closed_ones_may_come_back(house: House, builder: Builder) -> None:
    writer(builder)
    spam, closed, answered = take_in(house, *(mail(state("499")) for _ in range(3)))
    office = desk(house, builder)
    assert office.do(mark_spam, spam).line.state is IncomingState.SPAM
    assert office.do(close_mail, closed, "już załatwione").line.state is IncomingState.CLOSED
    office.do(answer_mail, answered, ReplyTemplate.NEED_STATE)
    assert lines(office) == ()
    assert [line.id for line in lines(office, ALL)] == [answered, closed, spam]
    for key in (spam, closed, answered):
        assert office.do(reopen_mail, key).line.sure
    with pytest.raises(Stale):
        office.do(reopen_mail, spam)
    office.do(accept_mail, spam, [AcceptedState("80000001", 499, DAY)])
    with pytest.raises(Stale, match="accepted"):
        office.do(mark_spam, spam)


def test_a_message_becomes_a_complaint_once(house: House, builder: Builder) -> None:
    built = writer(builder)
    text = "To skandal! " * 400
    (key,) = take_in(house, mail(text=text, intent=MailIntent.COMPLAINT))
    office = desk(house, builder)
    new = NewRequest(built.number, RequestKind.COMPLAINT, complaint=ComplaintAbout(ComplaintSubject.BILL))
    view = office.do(mail_to_request, key, new)
    assert (view.line.kind, view.line.channel) == (RequestKind.COMPLAINT, Channel.EMAIL)
    (filed,) = rows(house.database, "request")
    assert filed["received_on"] == DAY
    assert filed["note"].startswith("To skandal!")
    assert len(filed["note"]) == 2000
    assert office.do(mail_to_request, key, new).line.id == view.line.id
    message = office.read(inbox_message, key)
    assert (message.line.state, message.request_number) == (IncomingState.REQUEST, view.line.number)
    assert len(rows(house.database, "request")) == 1


def _auto(house: House, builder: Builder, *, on: bool = True) -> int:
    boss = desk(house, builder, Role.SUPERVISOR)
    boss.do(set_auto_accept, on)
    total = 0
    while part := house.office(SYSTEM).do(auto_accept_mail):
        total += part
    return total


def test_nothing_is_recorded_by_itself_unless_a_supervisor_says_so(house: House, builder: Builder) -> None:
    writer(builder)
    take_in(house, mail(state("499")))
    assert house.office(SYSTEM).do(auto_accept_mail) == 0
    assert _auto(house, builder, on=False) == 0
    with pytest.raises(NotAllowed):
        desk(house, builder).do(set_auto_accept, True)
    assert _auto(house, builder) == 1
    assert desk(house, builder).read(auto_accept_state)
    (reading,) = rows(house.database, "reading", "submission IS NOT NULL")
    assert (reading["staff_id"], reading["state"], reading["channel"]) == (None, 499, Channel.EMAIL)
    (line,) = lines(desk(house, builder), InboxFilter(frozenset({IncomingState.ACCEPTED}), auto=True))
    assert line.auto
    assert len(rows(house.database, "outgoing_message")) == 1
    builder.staff(Role.ADMIN)
    assert faults(house) == []


def test_a_file_may_be_anybodys(house: House, builder: Builder) -> None:
    writer(builder)
    take_in(house, replace(mail(state("499")), source=MailSource.IMPORT))
    assert _auto(house, builder) == 0
    (line,) = lines(desk(house, builder))
    assert line.sure, "an agent's key takes it"


@pytest.mark.parametrize(
    ("readings", "values"),
    [
        ([state("499")], {"sender": "x@example.org", "client_number": "100001", "meters": ("80000001",)}),
        ([state("499")], {"said_automatic": True}),
        ([state("499")], {"intent": MailIntent.COMPLAINT}),
        ([state("499")], {"client_number": "100002"}),
        ([state("499")], {"said_troubles": ("Part of it cannot be read.",)}),
        ([state("499", "80000009")], {}),
        ([state("4990")], {}),
        ([state("480")], {}),
        ([state("499"), state("500")], {}),
        ([], {}),
    ],
)
def test_what_is_not_certain_waits_for_an_agent(
    house: House, builder: Builder, readings: list[Any], values: dict[str, Any]
) -> None:
    writer(builder, number="100001", meter="80000001")
    builder.household(number="100002", meter="80000002")
    take_in(house, mail(*readings, **values))
    assert _auto(house, builder) == 0
    assert rows(house.database, "reading", "submission IS NOT NULL") == []
    assert len(lines(desk(house, builder))) == 1


def test_without_a_notice_or_with_two_meters_it_waits(house: House, builder: Builder) -> None:
    plain = builder.household()
    builder.contact_point(plain.id, "email", "bez@example.org", date(2026, 1, 5))
    two = writer(builder, address="dwa@example.org")
    builder.meter(two.point_id, "90000009", role=MeterRole.GARDEN)
    new = writer(builder, address="nowy@example.org", confirmed=False)
    take_in(
        house,
        mail(state("499"), sender="bez@example.org"),
        mail(state("499", two.meter), sender="dwa@example.org"),
        mail(state("499"), sender="nowy@example.org", client_number=new.number),
    )
    assert _auto(house, builder) == 0


def test_a_loop_of_two_hundred_records_and_answers_once(house: House, builder: Builder) -> None:
    writer(builder)
    take_in(house, *(mail(state(f"{499 + at // 100}"), said_subject="Re: " * at) for at in range(200)))
    assert _auto(house, builder) == 1
    assert len(rows(house.database, "outgoing_message")) == 1
    assert len(rows(house.database, "reading", "submission IS NOT NULL")) == 1
    assert rows(house.database, "outgoing_message")[0]["address"] == OWN


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"sender": ""}, "does not say who sent it"),
        ({"said_automatic": True}, "a program sent it"),
        ({"sender": "no-reply@example.com"}, "nobody reads"),
        ({"sender": OWN}, "often enough today"),
    ],
)
def test_what_is_not_answered_says_why(
    house: House, builder: Builder, values: dict[str, Any], why: str
) -> None:
    office = desk(house, builder)
    often = take_in(house, *(mail(state("499")) for _ in range(5)))
    for key in often:
        office.do(answer_mail, key, ReplyTemplate.NEED_CLIENT)
    (key,) = take_in(house, mail(state("499"), **values))
    with pytest.raises(Refused) as refused:
        office.do(answer_mail, key, ReplyTemplate.NEED_CLIENT)
    assert why in refused.value.message


def test_a_number_that_no_row_can_have_is_told(house: House, builder: Builder) -> None:
    office = desk(house, builder)
    with pytest.raises(BokError, match=r"larger than any|There is no message"):
        office.read(inbox_message, 10**20)
    with pytest.raises(BokError, match=r"larger than any|There is no message"):
        office.do(close_mail, 10**20)
