"""Voiding, approving and rejecting readings."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import NotAllowed, NotFound, Refused, Stale, WrongInput
from db.office import House, Office
from db.operations.readings import decide_reading, record_reading, void_reading
from db.queries.clients import client_card
from db.queries.readings import list_readings
from db.records.people import Role
from db.refusals import ReadingRefused, ReadingTaken
from tests.conftest import TestClock
from tests.db.builders import Builder, BuiltClient, desk, entry, rows


@pytest.fixture
def builder(house: House) -> Builder:
    return Builder(house.database)


@pytest.fixture
def built(builder: Builder) -> BuiltClient:
    return builder.household("102481")


@pytest.fixture
def office(house: House, builder: Builder) -> Office:
    return desk(house, builder)


@pytest.fixture
def chief(house: House, builder: Builder) -> Office:
    return desk(house, builder, Role.SUPERVISOR)


def record(office: Office, built: BuiltClient, state: int, **values: object) -> int:
    return office.do(record_reading, entry(built.meter, state, reason="rechecked", **values)).id


def test_an_agent_voids_what_they_recorded_today(house: House, office: Office, built: BuiltClient) -> None:
    key = record(office, built, 498)
    with pytest.raises(WrongInput, match="Say why"):
        office.do(void_reading, key, " \x00")
    assert office.do(void_reading, key, "heard wrong").status == "voided"
    with pytest.raises(Stale, match="voided already"):
        office.do(void_reading, key, "again")
    assert record(office, built, 497) > key, "the day is free again"
    audit = [row for row in rows(house.database, "audit_entry") if row["action"] == "reading.voided"]
    assert (audit[0]["subject"], audit[0]["client_id"]) == (f"reading {key}", built.id)
    with pytest.raises(NotFound):
        office.do(void_reading, 4711, "x")


def test_others_and_yesterdays_take_a_supervisor(
    house: House, office: Office, chief: Office, builder: Builder, built: BuiltClient, clock: TestClock
) -> None:
    key = record(office, built, 498)
    other = desk(house, builder)
    with pytest.raises(NotAllowed, match="recorded yourself today"):
        other.do(void_reading, key, "x")
    clock.forward(days=1)
    with pytest.raises(NotAllowed, match="recorded yourself today"):
        office.do(void_reading, key, "x")
    assert office.do_approved(house.grant(chief.actor), void_reading, key, "x").status == "voided"
    again = record(office, built, 498)
    assert chief.do(void_reading, again, "x").status == "voided"
    decisions = rows(house.database, "reading_decision")
    assert {row["staff_id"] for row in decisions} == {chief.actor.id}


def test_voiding_under_a_later_reading_takes_a_supervisor_and_the_use_still_adds_up(
    office: Office, chief: Office, built: BuiltClient
) -> None:
    middle = record(office, built, 495, day=date(2026, 11, 1))
    record(office, built, 498)
    with pytest.raises(NotAllowed, match="later reading 498"):
        office.do(void_reading, middle, "x")
    chief.do(void_reading, middle, "x")
    lines = [line for line in office.read(list_readings, built.meter) if line.status == "accepted"]
    assert [(line.state, line.consumption) for line in lines[:2]] == [(498, 11), (487, 12)]
    assert sum(line.consumption for line in lines) == 498


def test_a_reading_that_a_supervisor_inserts_splits_the_use(
    house: House, office: Office, chief: Office, built: BuiltClient
) -> None:
    record(office, built, 498)
    typed = entry(built.meter, 492, day=date(2026, 10, 10), reason="rechecked")
    with pytest.raises(ReadingRefused):
        office.do(record_reading, typed)
    assert office.do_approved(house.grant(chief.actor), record_reading, typed).line.consumption == 5
    card = office.read(client_card, "102481")
    assert [(line.state, line.consumption) for line in card.meters[0].recent[:2]] == [(498, 6), (492, 5)]


def test_only_another_supervisor_decides(
    house: House, office: Office, chief: Office, built: BuiltClient
) -> None:
    key = record(office, built, 900, hold=True)
    with pytest.raises(NotAllowed, match="role"):
        office.do(decide_reading, key, True, "")
    own = chief.do(record_reading, entry(built.meter, 901, day=date(2026, 11, 21), hold=True)).id
    with pytest.raises(NotAllowed, match="another supervisor"):
        chief.do(decide_reading, own, True, "")
    assert chief.do(decide_reading, key, True).status == "accepted"
    with pytest.raises(Stale, match="no longer waits"):
        chief.do(decide_reading, key, False, "too late")


def test_a_rejection_needs_a_reason_and_ends_it(office: Office, chief: Office, built: BuiltClient) -> None:
    key = record(office, built, 900, hold=True)
    with pytest.raises(WrongInput, match="Say why"):
        chief.do(decide_reading, key, False, " ")
    assert chief.do(decide_reading, key, False, "photo shows 490").status == "rejected"
    with pytest.raises(Refused, match="never counted"):
        chief.do(void_reading, key, "x")
    with pytest.raises(Stale):
        chief.do(decide_reading, key, True, "")


def test_approving_looks_again_at_what_is_true_now(office: Office, chief: Office, built: BuiltClient) -> None:
    waiting = record(office, built, 900, hold=True)
    between = record(office, built, 498, day=date(2026, 11, 20))
    with pytest.raises(Stale, match="402 m³ were used, not 413"):
        chief.do(decide_reading, waiting, True, "")
    office.do(void_reading, between, "x")
    record(office, built, 499)
    with pytest.raises(ReadingTaken, match="499"):
        chief.do(decide_reading, waiting, True, "")


def test_a_held_state_below_the_previous_one_cannot_be_approved(
    office: Office, chief: Office, built: BuiltClient
) -> None:
    key = record(office, built, 480, hold=True)
    with pytest.raises(ReadingRefused, match="Below the previous state 487"):
        chief.do(decide_reading, key, True, "")


def test_the_agent_may_take_back_what_they_held(office: Office, built: BuiltClient) -> None:
    key = record(office, built, 900, hold=True)
    record(office, built, 498)
    assert office.do(void_reading, key, "heard wrong").status == "voided"
