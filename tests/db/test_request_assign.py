"""Requests given to somebody by a supervisor: theirs past a sign-out, taken away, counted by holder."""

from __future__ import annotations

from datetime import timedelta

import pytest

from db.check import check_database
from db.errors import NotAllowed, NotFound, Refused, Stale
from db.office import House, Office
from db.operations.request_assign import assign_request, take_request_away
from db.operations.request_decisions import decide_request
from db.operations.requests import give_back_request, release_taken, submit_request, take_request
from db.queries.reports.board import board
from db.queries.request_holders import request_holders, request_takers
from db.queries.requests import request_page, request_view
from db.records.people import Role
from db.records.request_views import RequestFilter
from db.records.requests import RequestField, RequestKind, RequestState
from tests.conftest import TestClock
from tests.db.builders import Builder, BuiltClient, desk, rows
from tests.db.request_desk import by_letter

F, K, S = RequestField, RequestKind, RequestState


@pytest.fixture
def client(builder: Builder) -> BuiltClient:
    """A person with a running contract."""
    return builder.household(tariff_group_id=builder.tariff("G1"))


@pytest.fixture
def chief(house: House, builder: Builder) -> Office:
    """A supervisor's door."""
    return desk(house, builder, Role.SUPERVISOR)


def asked(office: Office, client: BuiltClient, kind: RequestKind = K.PHONE, value: str = "600123456") -> int:
    """Take a request in and return its id."""
    field = {K.PHONE: F.PHONE, K.EMAIL: F.EMAIL, K.NAME: F.LAST_NAME}[kind]
    return office.do(submit_request, by_letter(client, kind, {field: value})).line.id


def test_what_was_given_outlives_the_lease_and_the_sign_out(
    house: House, builder: Builder, client: BuiltClient, chief: Office, clock: TestClock
) -> None:
    anna, ewa = desk(house, builder), desk(house, builder)
    key = asked(chief, client)
    view = chief.do(assign_request, key, f" {anna.actor.login.upper()} ")
    assert (view.line.state, view.line.assignee) == (S.IN_REVIEW, anna.actor.name)
    assert view.steps[-1].reason == "assigned"
    assert anna.do(release_taken) == 0, "signing out gives back only what was taken"
    clock.forward(hours=20)
    assert anna.read(request_view, key).line.mine
    with pytest.raises(Stale, match="has taken"):
        ewa.do(take_request, key)
    assert anna.do(take_request, key).line.mine
    clock.forward(days=1)
    assert anna.read(request_view, key).line.mine, "taking it again makes nothing shorter"
    assert anna.do(decide_request, key, approve=True).line.state is S.APPLIED
    assert all(check.ok for check in check_database(house).checks if check.name == "requests")
    assert [row["action"] for row in rows(house.database, "audit_entry")].count("request.assigned") == 1


def test_a_supervisor_takes_it_away_or_gives_it_to_another(
    house: House, builder: Builder, client: BuiltClient, chief: Office
) -> None:
    anna, ewa = desk(house, builder), desk(house, builder)
    key = asked(chief, client)
    with pytest.raises(Refused, match="Nobody has taken"):
        chief.do(take_request_away, key)
    anna.do(take_request, key)
    assert chief.do(assign_request, key, ewa.actor.login).line.assignee == ewa.actor.name
    with pytest.raises(Stale):
        anna.do(give_back_request, key)
    assert chief.do(take_request_away, key).line.state is S.SUBMITTED
    with pytest.raises(NotFound, match="nobody-such"):
        chief.do(assign_request, key, "nobody-such")
    with pytest.raises(NotFound):
        chief.do(assign_request, key, builder.staff(Role.ADMIN).login)
    with pytest.raises(NotAllowed):
        anna.do(assign_request, key, anna.actor.login)


def test_four_eyes_go_to_nobody_who_may_not_decide(
    house: House, builder: Builder, client: BuiltClient, chief: Office
) -> None:
    anna = desk(house, builder)
    key = asked(chief, client, K.NAME, "Nowak")
    for login in (anna.actor.login, chief.actor.login):
        with pytest.raises(Refused, match="may not decide"):
            chief.do(assign_request, key, login)
    other = desk(house, builder, Role.SUPERVISOR)
    assert chief.do(assign_request, key, other.actor.login).line.assignee == other.actor.name


def test_who_has_how_many_and_the_queue_of_each(
    house: House, builder: Builder, client: BuiltClient, chief: Office, clock: TestClock
) -> None:
    anna, ewa = desk(house, builder), desk(house, builder)
    second, third = builder.household(), builder.household()
    first = asked(chief, client)
    clock.forward(hours=1)
    keys = [first, asked(chief, second), asked(chief, third)]
    chief.do(assign_request, keys[0], anna.actor.login)
    chief.do(assign_request, keys[1], anna.actor.login)
    ewa.do(take_request, keys[2])
    holders = chief.read(request_holders)
    assert [(one.login, one.requests, one.late) for one in holders] == [
        (anna.actor.login, 2, 0),
        (ewa.actor.login, 1, 0),
    ]
    assert holders[0].oldest == clock.now - timedelta(hours=1)
    assert chief.read(board).holders == holders
    assert chief.read(board).taken == 3
    clock.forward(minutes=31)
    *_, nobody = chief.read(request_holders)
    assert (nobody.login, nobody.requests) == ("", 1), "a lease that ran out is nobody's"
    for login, wanted in ((anna.actor.login, keys[:2]), ("", keys[2:]), (ewa.actor.login, [])):
        page = chief.read(request_page, RequestFilter(holder=login))
        assert sorted(line.id for line in page.lines) == wanted
    clock.forward(days=30)
    assert [(one.login, one.requests, one.late) for one in chief.read(request_holders)] == [("", 3, 3)]
    logins = [login for login, _name in chief.read(request_takers)]
    assert {anna.actor.login, ewa.actor.login, chief.actor.login} <= set(logins)


def test_requests_that_come_due(
    house: House, builder: Builder, client: BuiltClient, chief: Office, clock: TestClock
) -> None:
    key = asked(chief, client)
    deadline = chief.read(request_view, key).line.deadline
    left = (deadline - clock.now.date()).days
    for days, wanted in ((left - 1, []), (left, [key])):
        page = chief.read(request_page, RequestFilter(due_within=days))
        assert [line.id for line in page.lines] == wanted
    clock.forward(days=left + 1)
    assert chief.read(request_page, RequestFilter(due_within=30)).lines == ()
