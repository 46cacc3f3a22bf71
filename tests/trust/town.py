"""Staff and meters for writers in many processes."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.office import House
from db.records.people import Role, StaffMember
from db.records.readings import ReadingInput
from db.search.index import index_client
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder
from tests.trust.evidence import Evidence, gather
from tests.trust.workers import PATIENCE, Place, entry_for

TURNS = 20
"""Readings of one meter."""


@dataclass(frozen=True)
class Town:
    """An installation with staff, and the means to open it in another process."""

    place: Place
    house: House
    builder: Builder
    agents: tuple[StaffMember, ...]
    supervisor: StaffMember

    def meters(self, count: int) -> list[str]:
        """Add `count` clients with a meter each; return the meters' numbers."""
        built = [self.builder.client(meter_installed_on=date(2025, 1, 1)) for _ in range(count)]
        with Session(self.house.database.writer) as session, session.begin():
            for client in built:
                index_client(session, client.id)
        return [client.meter for client in built]

    def entries(self, name: str, count: int) -> tuple[ReadingInput, ...]:
        """Return `count` readings of fresh meters, their submissions named after `name`."""
        meters = self.meters(-(-count // TURNS))
        return tuple(
            entry_for(meters[turn // TURNS], turn % TURNS, TODAY, f"{name}-{turn}") for turn in range(count)
        )

    def evidence(self, *, checked: bool = True) -> Evidence:
        """Read what stands in the database now, with the heads noted outside of it.

        Without `checked`, `check_database` is left out: it takes longer than everything else.
        """
        opened = self.place.house()
        try:
            wait_for_the_dead(opened)
            return gather(opened, checked=checked)
        finally:
            opened.database.close()


def wait_for_the_dead(house: House) -> None:
    """Wait until the server has noticed which clients are gone: their last COMMIT may still run."""
    if house.database.dialect != "postgresql":
        return
    busy = sa.text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> pg_backend_pid() AND state <> 'idle'"
    )
    deadline = time.monotonic() + PATIENCE
    with house.database.reader.connect() as connection:
        while connection.execute(busy).scalar():
            assert time.monotonic() < deadline, "the server goes on working for nobody"
            connection.rollback()


def build(house: House, url: str, clock: TestClock, state: Path) -> Town:
    """Add eight agents, a supervisor and an administrator."""
    builder = Builder(house.database)
    builder.staff(Role.ADMIN)
    return Town(
        place=Place(url, str(state), clock()),
        house=house,
        builder=builder,
        agents=tuple(builder.staff(Role.AGENT) for _ in range(8)),
        supervisor=builder.staff(Role.SUPERVISOR),
    )
