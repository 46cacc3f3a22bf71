"""A sample town in which everything that reports count has happened, drawn from one seed."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

import sqlalchemy as sa

from db.models import metadata
from db.office import House
from db.records.people import Role, StaffMember
from db.sample.town import make_town
from tests.db.builders import TODAY, Builder
from tests.reports.supervision.at_the_desk import DeskEvents
from tests.reports.supervision.happening import PAST
from tests.reports.supervision.tables import Tables
from tests.reports.supervision.with_money import MoneyEvents

CLIENTS = 40
BILLED = 7
"""Months: on either day of DAYS six of them are whole periods of every contract."""
DAYS = (TODAY, PAST)


@dataclass(frozen=True)
class Town:
    """The town and who works in it."""

    house: House
    supervisor: StaffMember
    agents: tuple[StaffMember, ...]

    def tables(self) -> Tables:
        """Read everything, for loops to walk through."""
        found: Tables = {}
        with self.house.database.reader.connect() as connection:
            for name, table in metadata.tables.items():
                keys = list(table.primary_key)
                rows = connection.execute(sa.select(table).order_by(*keys)).mappings()
                found[name] = [dict(row) for row in rows]
        return found


def build_town(house: House, seed: int) -> Town:
    """Make a town of 40 clients with staff, and have happen in it what the sample leaves out."""
    build = Builder(house.database)
    agents = (build.staff(Role.AGENT, "adam", "Adam Nowak"), build.staff(Role.AGENT, "beata", "Beata Lis"))
    supervisor = build.staff(Role.SUPERVISOR, "ewa", "Ewa Kowalska")
    make_town(house, clients=CLIENTS, years=1, seed=seed, billed=BILLED)
    town = Town(house, supervisor, agents)
    happening = build, town.tables(), Random(seed), [*agents, supervisor]
    money, desk = MoneyEvents(*happening), DeskEvents(*happening)
    money.money()
    money.bank()
    desk.decisions()
    desk.contacts()
    desk.looks()
    desk.disorder()
    desk.requests()
    desk.einvoices()
    desk.unusual_use()
    money.tills()
    money.water()
    money.corrections()
    money.interest()
    desk.mails()
    return town
