"""Voiding, approving and rejecting readings."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from db.check import check_database
from db.errors import NotAllowed, NotFound, Refused, Stale, WrongInput
from db.models import metadata
from db.office import House, Office
from db.operations.documents import issue_reading_confirmation
from db.operations.readings import decide_reading, record_reading, void_reading
from db.queries.clients import client_card
from db.queries.readings import list_readings
from db.queries.worklists import work_list
from db.records.people import Channel, Role
from db.records.worklists import WorkItem, WorkListKind
from db.refusals import ReadingRefused, ReadingTaken
from db.words import Words
from tests.conftest import START, TestClock
from tests.db.builders import TODAY, Builder, BuiltClient, desk, entry, rows


@pytest.fixture
def built(builder: Builder) -> BuiltClient:
    return builder.household("102481")


@pytest.fixture
def office(house: House, builder: Builder) -> Office:
    return desk(house, builder)


@pytest.fixture
def chief(house: House, builder: Builder) -> Office:
    return desk(house, builder, Role.SUPERVISOR)


def pending(chief: Office) -> tuple[WorkItem, ...]:
    return chief.read(work_list, WorkListKind.PENDING_READINGS).items


def letter_of(chief: Office, reading_id: int) -> dict[str, Any]:
    """Return what the confirmation of a reading says."""
    says: dict[str, Any] = json.loads(chief.do(issue_reading_confirmation, reading_id).snapshot)
    return says


def broken(house: House) -> list[str]:
    """Return the laws of readings that do not hold."""
    checks = check_database(house).checks
    return [check.name for check in checks if not check.ok and check.name in ("consumption", "rollover")]


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
    with pytest.raises(Stale, match="no longer waits: counts") as told:
        chief.do(decide_reading, key, False, "too late")
    assert isinstance(told.value.params["status"], Words), "it is translated with its sentence"


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
    yesterday, waiting = (
        record(office, built, 900, day=TODAY - timedelta(days=at), hold=True) for at in (1, 0)
    )
    record(office, built, 498, day=date(2026, 11, 20))
    waits = [(item.previous_state, item.consumption) for item in pending(chief)]
    assert waits == [(498, 402), (498, 402)], "the list says what approving would count"
    assert chief.do(decide_reading, yesterday, True, "").consumption == 402
    record(office, built, 901)
    with pytest.raises(ReadingTaken, match="901"):
        chief.do(decide_reading, waiting, True, "")


def test_a_held_state_below_the_previous_one_waits_for_the_correction(
    house: House, office: Office, chief: Office, built: BuiltClient
) -> None:
    typed = entry(built.meter, 4900, day=date(2026, 11, 10))
    wrong = office.do_approved(house.grant(chief.actor), record_reading, typed).id
    key = record(office, built, 499, hold=True)
    with pytest.raises(ReadingRefused, match="Below the previous state 4900"):
        chief.do(decide_reading, key, True, "")
    chief.do(void_reading, wrong, "a zero too many")
    assert [(item.previous_state, item.consumption) for item in pending(chief)] == [(487, 12)]
    approved = chief.do(decide_reading, key, True, "")
    assert (approved.status, approved.consumption) == ("accepted", 12)
    last = office.read(client_card, "102481").meters[0].last
    assert last is not None
    assert (last.state, last.consumption) == (499, 12)
    assert rows(house.database, "reading")[-1]["consumption"] == 499 - 4900, "kept as it was judged"
    assert letter_of(chief, key)["consumption"] == 12
    assert broken(house) == []


def test_a_held_state_past_the_end_of_the_dial_is_approved_after_the_correction(
    house: House, office: Office, chief: Office, builder: Builder
) -> None:
    built = builder.client()
    builder.history(built.meter_id, {date(2026, 5, 1): 99_985})
    wrong = builder.reading(built.meter_id, date(2026, 8, 1), 40_000, 40_015, rollover=True)
    key = record(office, built, 3, hold=True)
    chief.do(void_reading, wrong, "another meter")
    assert chief.do(decide_reading, key, True, "").consumption == 18
    assert letter_of(chief, key)["consumption"] == 18
    assert broken(house) == []


def test_a_void_at_the_end_of_the_dial_leaves_no_negative_use(
    house: House, office: Office, chief: Office, builder: Builder
) -> None:
    built = builder.client()
    builder.history(built.meter_id, {date(2026, 5, 1): 99_985, date(2026, 8, 31): 99_990})
    passed = record(office, built, 3, day=date(2026, 10, 1))
    later = record(office, built, 9)
    chief.do(void_reading, passed, "wrong")
    lines = [line for line in office.read(list_readings, built.meter) if line.status == "accepted"]
    last = office.read(client_card, built.number).meters[0].last
    assert last is not None
    assert (lines[0].consumption, last.consumption, letter_of(chief, later)["consumption"]) == (19, 19, 19)
    assert sum(line.consumption for line in lines) == 100_009
    assert broken(house) == []


def test_an_estimate_that_the_dial_had_passed_used_nothing(office: Office, builder: Builder) -> None:
    built = builder.household()
    builder.reading(built.meter_id, date(2026, 10, 1), 480, 0, estimated=True)
    record(office, built, 498)
    states = [(line.state, line.consumption) for line in office.read(list_readings, built.meter)[:2]]
    assert states == [(498, 11), (480, 0)]


def test_an_old_reading_is_decided_by_what_lies_around_it(
    house: House, office: Office, chief: Office, builder: Builder
) -> None:
    built = builder.client(meter_installed_on=date(2021, 1, 1))
    first = date(2022, 6, 1)
    rows_of = [
        {
            "meter_id": built.meter_id, "day": first + timedelta(days=at), "state": 1000 + at,
            "consumption": 1 if at else 1000, "rollover": False, "channel": Channel.RADIO, "estimated": False,
            "needs_approval": at == 50, "note": "", "findings": "[]", "recorded_at": START,
        }
        for at in range(1300)
    ]  # fmt: skip
    with house.database.writer.connect() as connection, connection.begin():
        connection.execute(metadata.tables["reading"].insert(), rows_of)
    keys = {row["day"]: row["id"] for row in rows(house.database, "reading")}
    old, waiting = keys[first + timedelta(days=40)], keys[first + timedelta(days=50)]
    says = letter_of(chief, old)
    assert (says["previous_state"], says["previous_day"], says["consumption"]) == (1039, "2022-07-10", 1)
    assert chief.do(decide_reading, waiting, True).consumption == 1


def test_the_agent_may_take_back_what_they_held(office: Office, built: BuiltClient) -> None:
    key = record(office, built, 900, hold=True)
    record(office, built, 498)
    assert office.do(void_reading, key, "heard wrong").status == "voided"
