"""The sample town's queue: a dozen requests of many kinds and ages, the same on either database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from db.check import check_database
from db.office import SYSTEM, House
from db.queries.requests import request_counts, request_page
from db.records.people import Role
from db.records.request_views import RequestFilter, RequestLine
from db.records.requests import OPEN_STATES, RequestKind, RequestState
from db.sample.requests import request_town
from db.sample.town import make_town
from tests.conftest import TestClock
from tests.db.builders import Builder

CLOSED = frozenset(RequestState) - OPEN_STATES


def town(house: House, builder: Builder) -> tuple[RequestLine, ...]:
    """Make a town with its whole cast and return its queue."""
    for role in (Role.AGENT, Role.SUPERVISOR, Role.ADMIN):
        builder.staff(role)
    make_town(house, clients=40, years=1, seed=1, billed=0)
    return house.office(SYSTEM).read(request_page, RequestFilter()).lines


def test_the_queue_of_the_demo(house: House, builder: Builder) -> None:
    lines = town(house, builder)
    assert len(lines) >= 12
    assert len({line.kind for line in lines}) >= 9
    assert {line.state for line in lines} == set(OPEN_STATES)
    assert [line.days_left < 0 for line in lines] == [True] + [False] * (len(lines) - 1)
    assert [line.days_left for line in lines if line.kind is RequestKind.COMPLAINT] == [2, 9]
    office = house.office(SYSTEM)
    counts = office.read(request_counts)
    assert (counts.overdue, counts.complaints_due) == (1, 1)
    done = office.read(request_page, RequestFilter(states=CLOSED)).lines
    assert {line.state for line in done} >= {
        RequestState.APPLIED,
        RequestState.REJECTED,
        RequestState.WITHDRAWN,
    }
    assert [check.detail for check in check_database(house).checks if not check.ok] == []


@pytest.mark.parametrize(
    "day", [datetime(2026, 1, 2, 7, tzinfo=UTC), datetime(2026, 3, 1, 23, 30, tzinfo=UTC)]
)
def test_a_town_of_any_day_has_them(house: House, builder: Builder, clock: TestClock, day: datetime) -> None:
    clock.now = day
    lines = town(house, builder)
    assert [line.days_left for line in lines if line.kind is RequestKind.COMPLAINT] == [2, 9]
    assert max(line.submitted_at for line in lines) <= day
    assert min(line.submitted_at for line in lines) > day - timedelta(days=45)
    assert [check.detail for check in check_database(house).checks if not check.ok] == []


def test_nobody_takes_requests_in_where_nobody_works(house: House, builder: Builder) -> None:
    builder.staff(Role.AGENT)
    assert request_town(house) == 0
