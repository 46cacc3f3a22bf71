"""Somebody whose password is somebody else's making changes it before they do anything else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from db import passwords
from db.errors import NotAllowed
from db.office import SYSTEM, WELCOME_LASTS, House, Office
from db.operations.staff import add_staff, set_channel, set_password
from db.queries.clients import client_card
from db.queries.utility import utility
from db.records.people import Channel, NewStaff, Role, StaffMember
from db.search.clients import search_clients
from db.sign_in import change_own_password, open_session, sign_in
from tests.conftest import TestClock
from tests.db.builders import Builder, rows

PASSWORD, OWN = "zielony rower 7", "nowy rower 99"
CALLS: dict[str, Callable[[Office], object]] = {
    "a query": lambda office: office.read(utility),
    "a search": lambda office: office.read(search_clients, "zolw", limit=5),
    "a look at a client": lambda office: office.read(client_card, "123456"),
    "an operation": lambda office: office.do(set_channel, Channel.EMAIL),
}


@pytest.fixture(autouse=True)
def _cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", passwords.Cost(passes=1, memory_kib=8, lanes=1))


@pytest.fixture
def new(house: House) -> StaffMember:
    """An agent at her first sign-in."""
    anna = NewStaff("anna", "Anna Nowak", Role.AGENT, "")
    house.office(SYSTEM).do(add_staff, anna, passwords.hash_password(PASSWORD), must_change=True)
    return sign_in(house, "anna", PASSWORD)


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_nothing_is_done_with_an_initial_password(
    house: House, builder: Builder, new: StaffMember, call: Callable[[Office], object]
) -> None:
    builder.household("123456")
    looks = len(rows(house.database, "access_entry"))
    with pytest.raises(NotAllowed, match="has to be changed first"):
        call(house.office(new))
    assert len(rows(house.database, "access_entry")) == looks
    own = change_own_password(house, new, PASSWORD, OWN)
    call(house.office(own))
    call(house.office(new))  # what counts is the account now, not what was known at the sign-in


def test_no_shell_session_begins_with_it(house: House, new: StaffMember) -> None:
    with pytest.raises(NotAllowed, match="has to be changed first"):
        open_session(house, new)
    assert open_session(house, change_own_password(house, new, PASSWORD, OWN))


def test_a_reset_stops_whoever_is_at_work(house: House, builder: Builder, clock: TestClock) -> None:
    agent = builder.staff(Role.AGENT)
    office = house.office(agent)
    office.read(utility)
    house.office(SYSTEM).do(set_password, agent.login, passwords.hash_password(PASSWORD), must_change=True)
    with pytest.raises(NotAllowed, match="has to be changed first"):
        office.do(set_channel, Channel.EMAIL)
    clock.now += WELCOME_LASTS + timedelta(seconds=1)
    with pytest.raises(NotAllowed, match="has to be changed first"):
        office.read(utility)
