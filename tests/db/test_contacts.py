"""Contacts and verification: what is counted, what locks, what is never kept."""

from __future__ import annotations

import json
from datetime import date

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.doors import DESK, query
from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.office import House, Office
from db.operations.contacts import answer_question, end_contact, set_contact_channel, start_contact
from db.operations.disclosure import reveal
from db.operations.readings import record_reading
from db.queries.caller import state_of, verification_of
from db.queries.clients import client_card
from db.queries.contact_rows import find_contact
from db.records.clients import Masked
from db.records.contacts import ContactEnd, ContactState, Outcome, Purpose
from db.records.people import Channel, Role
from db.work import Work
from tests.conftest import TestClock
from tests.db.builders import PESEL, Builder, BuiltClient, desk, entry, last_access, rows


@query(roles=DESK)
def contact_state(work: Work, contact_id: int) -> ContactState:
    """Look at a contact without a sign of life in it."""
    row = find_contact(work, contact_id)
    return state_of(row, verification_of(work, row.client_id, row))


@pytest.fixture
def builder(house: House) -> Builder:
    return Builder(house.database)


@pytest.fixture
def built(builder: Builder) -> BuiltClient:
    built = builder.household("102481")
    builder.contact_point(built.id, "phone", "+48600123456", date(2026, 1, 1))
    builder.contact_point(built.id, "email", "zaneta@example.com")
    return built


def begun(office: Office, number: str = "102481") -> ContactState:
    return office.do(start_contact, number, Channel.PHONE)


WRONG = {"contract_date": "1.01.1999", "pesel_digits": "000", "call_back": "600 000 000"}


def fail(office: Office, state: ContactState, *questions: str) -> ContactState:
    for question in questions:
        state = office.do(answer_question, state.id, question, WRONG.get(question, "nonsense"))
    return state


def prove(office: Office, state: ContactState, built: BuiltClient) -> ContactState:
    """Answer what opens level 2."""
    for question, answer in (
        ("client_number", built.number),
        ("meter_number", built.meter),
        ("contract_date", "15.12.2014"),
    ):
        state = office.do(answer_question, state.id, question, answer)
    assert state.level == 2
    return state


def pesel_answer(state: ContactState) -> str:
    return " ".join(PESEL[place - 1] for place in state.pesel_positions)


def test_the_same_agent_goes_on_with_the_open_contact(
    house: House, builder: Builder, built: BuiltClient, clock: TestClock
) -> None:
    office = desk(house, builder)
    first = begun(office)
    assert first.number == f"K/2026/{first.id:07d}"
    clock.forward(minutes=20)
    office.do(answer_question, first.id, "name", "Żaneta Kowalska")
    clock.forward(minutes=20)
    assert begun(office).id == first.id
    assert begun(desk(house, builder)).id != first.id


def test_a_contact_left_open_is_dropped_and_proves_nothing_for_the_next(
    house: House, builder: Builder, built: BuiltClient, clock: TestClock
) -> None:
    office = desk(house, builder)
    first = begun(office)
    office.do(answer_question, first.id, "client_number", "102481")
    office.do(answer_question, first.id, "meter_number", built.meter)
    clock.forward(minutes=31)
    second = begun(office)
    assert (second.id > first.id, second.level) == (True, 0)
    dropped = rows(house.database, "contact")[0]
    assert (dropped["outcome"], dropped["ended_at"]) == (Outcome.DROPPED, first.started_at)


def test_levels_follow_the_score_card_and_open_the_masks(
    house: House, builder: Builder, built: BuiltClient
) -> None:
    office = desk(house, builder)
    state = begun(office)
    office = office.for_contact(state.id)

    def shown() -> list[str]:
        card = office.read(client_card, "102481")
        assert card.pesel is not None
        return [card.pesel.shown, *(point.shown for point in card.contact_points)]

    masked = ["44*******59", "600 *** 456", "z***@example.com"]
    assert shown() == masked
    state = office.do(answer_question, state.id, "client_number", "102481")
    state = office.do(answer_question, state.id, "meter_number", built.meter)
    assert (state.level, shown()) == (1, masked)
    state = office.do(answer_question, state.id, "contract_date", "15.12.2014")
    assert (state.level, shown()) == (2, [masked[0], "600 123 456", "zaneta@example.com"])
    state = office.do(answer_question, state.id, "pesel_digits", pesel_answer(state))
    assert (state.level, shown()[0]) == (3, PESEL)
    assert state.answered == (
        ("client_number", True),
        ("meter_number", True),
        ("contract_date", True),
        ("pesel_digits", True),
    )
    outside = office.for_contact(None).read(client_card, "102481")
    assert outside.pesel is not None
    assert outside.pesel.masked


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("client_number", "102481"),
        ("address", "Lipowa 4 m. 12"),
        ("name", "kowalska zaneta"),
        ("contract_date", "15.12.2014"),
        ("call_back", "600 123 456"),
    ],
)
def test_right_answers_in_the_words_of_a_caller(
    house: House, builder: Builder, built: BuiltClient, question: str, answer: str
) -> None:
    office = desk(house, builder)
    state = office.do(answer_question, begun(office).id, question, answer)
    assert state.answered == ((question, True),)


def test_what_was_said_is_kept_nowhere(house: House, builder: Builder, built: BuiltClient) -> None:
    office = desk(house, builder)
    state = begun(office)
    office.do(answer_question, state.id, "name", "Zdzisława Nieprawdziwa")
    office.do(answer_question, state.id, "pesel_digits", pesel_answer(state))
    for table in ("verification_answer", "audit_entry", "access_entry", "contact"):
        kept = json.dumps(rows(house.database, table), default=str)
        assert "Nieprawdziwa" not in kept
        assert PESEL not in kept
    answers = rows(house.database, "verification_answer")
    assert [(row["question"], row["correct"]) for row in answers] == [("name", False), ("pesel_digits", True)]
    with pytest.raises(DBAPIError, match="append-only"), house.database.writer.connect() as connection:
        connection.execute(sa.text("UPDATE verification_answer SET correct = TRUE"))


def test_only_what_is_on_file_can_be_asked(house: House, builder: Builder) -> None:
    builder.client("100001", pesel=None)
    builder.client("4410", company_name="KOWAL-BUD sp. z o.o.", nip="5260250274")
    office = desk(house, builder)
    person, business = begun(office, "100001"), begun(office, "4410")
    for state in (person, business):
        assert state.available == ("client_number", "address", "name", "meter_number", "contract_date")
        for question in ("pesel_digits", "call_back"):
            with pytest.raises(Refused, match="Nothing is on file"):
                office.do(answer_question, state.id, question, "1")
    with pytest.raises(WrongInput, match="no question"):
        office.do(answer_question, person.id, "shoe_size", "44")
    with pytest.raises(WrongInput, match="what the caller says"):
        office.do(answer_question, person.id, "name", "  ")
    assert rows(house.database, "verification_answer") == []


@pytest.mark.parametrize(
    ("question", "answer", "sentence"),
    [
        ("contract_date", "15.12", "with its year"),
        ("contract_date", "30.02.2014", "with its year"),
        ("pesel_digits", "12", "three digits"),
        ("pesel_digits", "1x3", "three digits"),
        ("call_back", "600 123", "whole phone number"),
        ("name", "...", "not counted"),
    ],
)
def test_what_the_agent_mistypes_is_no_wrong_answer(
    house: House, builder: Builder, built: BuiltClient, question: str, answer: str, sentence: str
) -> None:
    office = desk(house, builder)
    state = begun(office)
    for _ in range(4):
        with pytest.raises(WrongInput, match=sentence):
            office.do(answer_question, state.id, question, answer)
    now = office.read(contact_state, state.id)
    assert (now.failures, now.locked, now.answered) == (0, False, ())
    assert rows(house.database, "verification_answer") == []


def test_proofs_last_half_an_hour_after_the_last_sign_of_life(
    house: House, builder: Builder, built: BuiltClient, clock: TestClock
) -> None:
    office = desk(house, builder)
    state = prove(office, begun(office), built)
    office = office.for_contact(state.id)
    clock.forward(minutes=29)
    office.do(record_reading, entry(built.meter, 498, reason="rechecked"))
    clock.forward(minutes=29)
    assert office.read(contact_state, state.id).level == 2, "the reading was a sign of life"
    clock.forward(minutes=2)
    card = office.read(client_card, "102481")
    assert card.contact is not None
    assert card.contact.level == 0
    assert all(point.masked for point in card.contact_points)
    again = office.do(answer_question, state.id, "contract_date", "15.12.2014")
    assert (again.level, again.answered) == (0, (("contract_date", True),)), "the others are not revived"


def test_a_pause_does_not_wash_wrong_answers_off(
    house: House, builder: Builder, built: BuiltClient, clock: TestClock
) -> None:
    office = desk(house, builder)
    state = fail(office, begun(office), "name", "address")
    clock.forward(minutes=31)
    assert office.read(contact_state, state.id).failures == 2
    assert fail(office, state, "contract_date").locked


def test_another_channel_is_another_contact(house: House, builder: Builder, built: BuiltClient) -> None:
    office = desk(house, builder)
    first = prove(office, begun(office), built)
    second = office.do(start_contact, "102481", Channel.EMAIL)
    assert (second.id > first.id, second.level, second.channel) == (True, 0, Channel.EMAIL)
    assert rows(house.database, "contact")[0]["outcome"] == Outcome.DROPPED
    assert office.do(start_contact, "102481", Channel.EMAIL).id == second.id


def test_a_question_is_asked_once(house: House, builder: Builder, built: BuiltClient) -> None:
    office = desk(house, builder)
    state = begun(office)
    office.do(answer_question, state.id, "name", "nobody")
    with pytest.raises(Refused, match="already answered"):
        office.do(answer_question, state.id, "name", "Kowalska Żaneta")


def test_three_wrong_answers_by_anyone_lock_the_client_until_tomorrow(
    house: House, builder: Builder, built: BuiltClient, clock: TestClock
) -> None:
    first, second = desk(house, builder), desk(house, builder)
    fail(first, begun(first), "name", "address")
    state = begun(second)
    assert not state.locked
    state = fail(second, state, "meter_number")
    assert (state.locked, state.level) == (True, 0)
    assert "tomorrow" in state.lock_message
    with pytest.raises(NotAllowed, match="until tomorrow"):
        second.do(answer_question, state.id, "client_number", "102481")
    for office in (second.for_contact(state.id), second, desk(house, builder, Role.SUPERVISOR)):
        with pytest.raises(NotAllowed, match="until tomorrow"):
            office.do(reveal, "102481", Masked.PESEL, 0)
    card = second.read(client_card, "102481")
    assert next(alert.code for alert in card.alerts) == "disclosure_locked"
    clock.forward(hours=13, minutes=59)
    assert begun(second).locked is True, "23:59 is still the same day"
    clock.forward(minutes=1)
    assert begun(second).locked is False
    assert second.do(reveal, "102481", Masked.PESEL, 0) == PESEL


def test_ten_wrong_answers_in_an_hour_stop_the_agent(
    house: House, builder: Builder, clock: TestClock
) -> None:
    office = desk(house, builder)
    for at in range(5):
        number = f"{200000 + at}"
        builder.client(number)
        fail(office, begun(office, number), "name", "address")
    builder.client("300000")
    state = begun(office, "300000")
    assert state.locked
    assert "supervisor" in state.lock_message
    assert not begun(desk(house, builder), "300000").locked
    clock.forward(minutes=61)
    assert not office.read(contact_state, state.id).locked


def test_a_reveal_gives_one_value_and_one_entry(house: House, builder: Builder, built: BuiltClient) -> None:
    office = desk(house, builder)
    office = office.for_contact(begun(office).id)
    card = office.read(client_card, "102481")
    phone, email = card.contact_points
    assert office.do(reveal, "102481", Masked.PHONE, phone.key) == "600 123 456"
    assert office.do(reveal, "102481", Masked.EMAIL, email.key) == "zaneta@example.com"
    access = last_access(house.database)
    assert (access["action"], access["scope"]) == ("REVEAL", f"email {email.key}")
    assert (access["client_id"], access["contact_id"]) == (built.id, office.contact_id)
    other = builder.client("100002", pesel=None)
    with pytest.raises(NotFound):
        office.for_contact(None).do(reveal, other.number, Masked.PHONE, phone.key)
    with pytest.raises(NotFound):
        office.for_contact(None).do(reveal, other.number, Masked.PESEL, 0)
    with pytest.raises(Refused, match="about the client 102481"):
        office.do(reveal, other.number, Masked.PESEL, 0)


def test_ending_derives_the_purpose_from_what_was_done(
    house: House, builder: Builder, built: BuiltClient, clock: TestClock
) -> None:
    office = desk(house, builder)
    state = begun(office)
    with pytest.raises(WrongInput, match="what the contact was about"):
        office.do(end_contact, ContactEnd(state.id, Outcome.SOLVED))
    office.for_contact(state.id).do(record_reading, entry(built.meter, 498, reason="rechecked"))
    assert office.read(contact_state, state.id).suggested_purpose is Purpose.READING
    clock.forward(seconds=95)
    line = office.do(end_contact, ContactEnd(state.id, Outcome.SOLVED, note=" thanks\x1b "))
    assert (line.purpose, line.outcome, line.seconds, line.note) == (
        Purpose.READING,
        Outcome.SOLVED,
        95,
        "thanks",
    )
    kept = rows(house.database, "contact")[0]
    assert (kept["purpose"], kept["outcome"], kept["note"]) == (line.purpose, line.outcome, line.note)
    with pytest.raises(Refused, match="has ended"):
        office.do(end_contact, ContactEnd(state.id, Outcome.SOLVED, Purpose.OTHER))


def test_an_ended_contact_and_a_strangers_cannot_be_used(
    house: House, builder: Builder, built: BuiltClient
) -> None:
    office, other = desk(house, builder), desk(house, builder)
    state = begun(office)
    with pytest.raises(NotAllowed, match="somebody else's"):
        other.do(answer_question, state.id, "name", "x")
    with pytest.raises(NotAllowed, match="somebody else's"):
        other.for_contact(state.id).do(record_reading, entry(built.meter, 498, reason="leak"))
    office.do(end_contact, ContactEnd(state.id, Outcome.SOLVED, Purpose.INFORMATION))
    for attempt in (
        lambda: office.do(answer_question, state.id, "name", "x"),
        lambda: office.do(set_contact_channel, state.id, Channel.EMAIL),
        lambda: office.for_contact(state.id).do(record_reading, entry(built.meter, 498, reason="leak")),
    ):
        with pytest.raises(Refused, match="has ended"):
            attempt()
    card = office.for_contact(state.id).read(client_card, "102481")
    assert card.contact is not None
    assert (card.contact.level, card.contact.ended_at is not None) == (0, True)


def test_the_channel_may_be_set_and_an_unknown_client_is_named(
    house: House, builder: Builder, built: BuiltClient
) -> None:
    office = desk(house, builder)
    state = begun(office)
    assert office.do(set_contact_channel, state.id, Channel.EMAIL).channel is Channel.EMAIL
    with pytest.raises(NotFound, match="999999"):
        begun(office, "999999")
    with pytest.raises(NotFound):
        office.read(contact_state, 4711)
