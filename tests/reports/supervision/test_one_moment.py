"""All statements of a report see one moment, whatever is written meanwhile, and none of them writes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.doors import DOORS, OVERSEERS, Door, report
from db.errors import BokError
from db.models import metadata
from db.office import House
from db.records.people import Role
from db.work import Work
from tests.db.builders import Builder, rows
from tests.one_database import ON_POSTGRES

_CLIENTS = sa.select(sa.func.count()).select_from(metadata.tables["client"])


@report(roles=OVERSEERS)
def counted_twice(work: Work, builder: Builder) -> tuple[int | None, int | None]:
    """Count the clients before and after somebody adds one."""
    before = work.session.scalar(_CLIENTS)
    builder.client()
    return before, work.session.scalar(_CLIENTS)


@report(roles=OVERSEERS)
def tries_to_write(work: Work) -> None:
    """Write, which a report must not."""
    work.session.execute(metadata.tables["client"].update().values(version=99))


@report(roles=OVERSEERS)
def patience(work: Work) -> str:
    """Return how long the server waits for the next statement."""
    return str(work.session.scalar(sa.text("SHOW idle_in_transaction_session_timeout")))


@ON_POSTGRES
def test_a_server_waits_for_a_report_that_sorts_and_for_nobody_else(house: House) -> None:
    office = house.office(Builder(house.database).staff(Role.SUPERVISOR))
    for _ in range(2):
        assert office.read(patience) == "1h"
        with sa.orm.Session(house.database.reader) as session:
            assert session.scalar(sa.text("SHOW idle_in_transaction_session_timeout")) == "1min"


def test_a_report_sees_one_moment(house: House) -> None:
    builder = Builder(house.database)
    builder.client()
    office = house.office(builder.staff(Role.SUPERVISOR))
    assert office.read(counted_twice, builder) == (1, 1)
    assert office.read(counted_twice, builder) == (2, 2)


def test_a_report_leaves_nothing_written(house: House) -> None:
    builder = Builder(house.database)
    builder.client()
    office = house.office(builder.staff(Role.SUPERVISOR))
    if house.database.dialect == "postgresql":
        with pytest.raises((BokError, DBAPIError)):
            office.read(tries_to_write)
    else:
        office.read(tries_to_write)
    assert [row["version"] for row in rows(house.database, "client")] == [1]


def test_every_report_is_read_at_one_moment_by_those_who_may() -> None:
    from tests.trust.test_permissions import product_doors

    doors: list[Door] = [door for door in product_doors().values() if "queries.reports." in door.name]
    reports = [door for door in doors if not door.name.startswith("queries.reports.noting.")]
    assert len(reports) > 20
    assert all(door.at_one_moment and door.roles == OVERSEERS for door in reports)
    assert DOORS[counted_twice].writes is False
