"""The sample town's inbox: something of everything, the same every time, on any day."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from db.check import check_database
from db.office import SYSTEM, House
from db.queries.inbox import inbox_counts, inbox_page
from db.records.incoming import Certainty, InboxFilter, InboxLine, MailIntent
from db.records.people import Role
from db.sample.town import make_town
from tests.conftest import TestClock
from tests.db.builders import Builder


def inbox(house: House, builder: Builder) -> tuple[InboxLine, ...]:
    for role in (Role.AGENT, Role.SUPERVISOR, Role.ADMIN):
        builder.staff(role)
    make_town(house, clients=300, years=1, seed=1, billed=0)
    return house.office(SYSTEM).read(inbox_page, InboxFilter(), limit=200).lines


@pytest.mark.parametrize(
    "day", [datetime(2026, 11, 22, 9, tzinfo=UTC), datetime(2026, 3, 1, 23, 30, tzinfo=UTC)]
)
def test_a_mornings_mail(house: House, builder: Builder, clock: TestClock, day: datetime) -> None:
    clock.now = day
    lines = inbox(house, builder)
    assert len(lines) == 12
    assert sum(line.sure for line in lines) >= 3
    assert len({line.intent for line in lines}) >= 3
    assert MailIntent.READING in {line.intent for line in lines}
    assert {line.whose.certainty for line in lines} >= {Certainty.SURE, Certainty.LIKELY}
    assert not any(line.unread for line in lines)
    assert max(line.received_at for line in lines) <= day
    assert house.office(SYSTEM).read(inbox_counts).new == 12
    assert [check.detail for check in check_database(house).checks if not check.ok] == []
