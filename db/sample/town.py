"""Fills an installed, empty database with the sample town."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from random import Random

import sqlalchemy as sa
from sqlmodel import col

from db import bulk
from db.clock import office_day
from db.doors import SYSTEM_ONLY, operation
from db.errors import Refused, WrongInput
from db.faults import told_plainly
from db.models import Client, Counter, Installation, Staff
from db.office import SYSTEM, House
from db.records.people import Role
from db.sample import cast, numbers, variety
from db.sample.batch import COLUMNS, Batch
from db.sample.bills import bill_town
from db.sample.calls import Desk
from db.sample.days import Days
from db.sample.filing import Files
from db.sample.mails import mail_town
from db.sample.people import Census
from db.sample.plans import ClientPlan
from db.sample.pumping import pump_town
from db.sample.requests import request_town
from db.sample.tariffs import add_accounts, add_tariffs
from db.search import rebuild_index
from db.words import N_
from db.work import Work

MOST_CLIENTS = numbers.PERSON_NUMBERS + numbers.BUSINESS_NUMBERS
"""As many as there are client numbers of 6 and of 4 digits."""
MOST_YEARS = 10
MONTHS = 6
"""Months that have invoices, unless asked otherwise."""
BILLED_BY_ITSELF = 20_000
"""Clients of the largest town that is billed without being asked."""
CHUNK = 1_000
"""Clients that are drawn from one source of chance."""
COMMITTED = 4 * CHUNK
"""Clients that are written in one transaction."""
BUSINESS_EVERY = 10
SERIES = "sample town"
"""The counter that says how the filling stands: 0 while it lasts, then the number of clients."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class TownSummary:
    """What was made."""

    clients: int
    persons: int
    businesses: int
    meters: int
    readings: int
    invoices: int
    capped: bool
    """Fewer than a tenth are businesses: four digits hold no more numbers."""


@dataclass(slots=True)
class Tally:
    """The rows that were made last, and how many clients there are so far."""

    batch: Batch = field(default_factory=Batch)
    clients: int = 0
    businesses: int = 0

    def summary(self, *, invoices: int = 0) -> TownSummary:
        """Return what was made in all."""
        return TownSummary(
            clients=self.clients,
            persons=self.clients - self.businesses,
            businesses=self.businesses,
            meters=self.batch.count("meter"),
            readings=self.batch.count("reading"),
            invoices=invoices,
            capped=self.businesses < self.clients // BUSINESS_EVERY,
        )


def make_town(
    house: House,
    *,
    clients: int,
    years: int,
    seed: int,
    billed: int | None = None,
    progress: Progress | None = None,
) -> TownSummary:
    """Fill the database with a made-up town of `clients` clients and `years` years of readings.

    The last `billed` months have invoices and payments: half a year by default, none in a town of
    more than BILLED_BY_ITSELF clients.
    The same seed on the same day gives the same rows. Commits every few thousand clients. Raises
    WrongInput for sizes that cannot be, Refused when the database is not empty, or holds a town that
    was interrupted.
    """
    months = billed if billed is not None else MONTHS if clients <= BILLED_BY_ITSELF else 0
    require_sensible(clients, years, months)
    office = house.office(SYSTEM)
    staff = office.do(begin_town)
    told = _Steps(progress, clients, months)
    tally = Tally()
    with told_plainly(), bulk.pouring(house.database) as connection:
        for tally in fill(clients, years=years, seed=seed, today=office_day(house.clock()), staff=staff):
            if tally.clients % COMMITTED == 0 or tally.clients == clients:
                with connection.begin():
                    tally.batch.write(connection)
            told.filled(tally.clients)
    bulk.learn_statistics(house.database.writer)
    rebuild_index(house.database, told.indexed)
    office.do(count_on_from_town)
    summary = tally.summary(invoices=bill_town(house, months=months, seed=seed, progress=told.billed))
    pump_town(house, months=months, seed=seed)
    request_town(house)
    mail_town(house)
    office.do(finish_town, summary, years=years, seed=seed)
    return summary


@dataclass(frozen=True, slots=True)
class _Steps:
    """Tells one progress of all parts: people, finding them again, a month of bills."""

    progress: Progress | None
    clients: int
    months: int

    def filled(self, done: int) -> None:
        self._tell(4 * done)

    def indexed(self, done: int, total: int) -> None:
        self._tell(4 * self.clients + self.clients * done // total)

    def billed(self, done: int, total: int) -> None:
        self._tell(5 * self.clients + 3 * self.clients * self.months * done // total)

    def _tell(self, done: int) -> None:
        if self.progress:
            self.progress(done, (5 + 3 * self.months) * self.clients)


def fill(clients: int, *, years: int, seed: int, today: date, staff: tuple[int, ...] = ()) -> Iterator[Tally]:
    """Draw the town a chunk at a time; the rows gather in one batch until it is written."""
    tally = Tally()
    days = Days(today, years)
    offset = Random(f"{seed} numbers").randrange(10**6)  # noqa: S311 - a made-up town is no secret
    desk = Desk(tally.batch, days, staff)
    files = Files(tally.batch, days, desk, meters=numbers.meter_numbers(offset), offset=offset)
    for plans in chunks(clients, years, seed):
        for plan, use in plans:
            files.file(plan, use)
            tally.clients += 1
            tally.businesses += plan.company is not None
        yield tally


@operation(roles=SYSTEM_ONLY)
def begin_town(work: Work) -> tuple[int, ...]:
    """Mark the database as being filled and as a demo; return the ids of the staff who serve clients.

    From now on nothing in it is true, its letterhead included.
    Raises Refused when there are clients already.
    """
    _require_room(work)
    work.session.add(Counter(series=SERIES, value=0))
    add_tariffs(work)
    add_accounts(work)
    work.session.execute(sa.update(Installation).values(demo=True))
    serving = sa.select(col(Staff.id)).where(col(Staff.role).in_([Role.AGENT, Role.SUPERVISOR]))
    return tuple(work.session.scalars(serving.where(col(Staff.active)).order_by(col(Staff.id))))


def _require_room(work: Work) -> None:
    value = work.session.scalar(sa.select(col(Counter.value)).where(col(Counter.series) == SERIES))
    if value == 0:
        raise Refused(
            N_("A sample town was begun here and not finished. Make a new database for it: bok db create")
        )
    if value is not None or work.session.scalar(sa.select(col(Client.id)).limit(1)) is not None:
        raise Refused(N_("There are clients in this database; a sample town needs an empty one."))


@operation(roles=SYSTEM_ONLY)
def count_on_from_town(work: Work) -> None:
    """Let the rows' ids go on after those that the town was given."""
    bulk.count_on(work.session.connection(), (*COLUMNS, "tariff_group"))


@operation(roles=SYSTEM_ONLY)
def finish_town(work: Work, summary: TownSummary, *, years: int, seed: int) -> None:
    """Mark the town as whole."""
    work.session.execute(
        sa.update(Counter).where(col(Counter.series) == SERIES).values(value=summary.clients)
    )
    made = {
        "clients": summary.clients,
        "readings": summary.readings,
        "invoices": summary.invoices,
        "years": years,
        "seed": seed,
    }
    work.changed("sample.made", "sample town", after=made)


def require_sensible(clients: int, years: int, billed: int = 0) -> None:
    """Raise WrongInput for a town that cannot be."""
    if not 1 <= clients <= MOST_CLIENTS:
        raise WrongInput(
            N_("A town has 1 to %(most)s clients: there are no more numbers of 6 and 4 digits."),
            most=MOST_CLIENTS,
        )
    if not 1 <= years <= MOST_YEARS:
        raise WrongInput(N_("A town has 1 to %(most)s years of readings."), most=MOST_YEARS)
    if not 0 <= billed <= 12 * years:
        raise WrongInput(N_("Only months that have readings can be billed: 0 to %(most)s."), most=12 * years)


def chunks(clients: int, years: int, seed: int) -> Iterator[Iterator[tuple[ClientPlan, Random]]]:
    """Yield the clients a chunk at a time, each with the source of what happens to them.

    Every chunk draws from sources of its own, so that a client depends on the seed and their place
    alone: a larger town begins with the smaller one.
    """
    town = _Town(years)
    for start in range(0, clients, CHUNK):
        who, use = (Random(f"{seed} {start // CHUNK} {what}") for what in ("who", "use"))  # noqa: S311 - as above
        places = range(start, min(start + CHUNK, clients))
        yield ((town.client(place, who, use), use) for place in places)


class _Town:
    """Gives every client a number and a plan, in order."""

    def __init__(self, years: int) -> None:
        self._census = Census()
        self._years = years
        self._persons = self._businesses = 0
        numbering = numbers.running_numbers
        self._person_numbers = numbering(numbers.FIRST_PERSON, numbers.PERSON_NUMBERS, 6, cast.NUMBERS)
        self._business_numbers = numbering(numbers.FIRST_BUSINESS, numbers.BUSINESS_NUMBERS, 4, cast.NUMBERS)

    def client(self, place: int, who: Random, use: Random) -> ClientPlan:
        """Return the plan of client no. `place`; called in order."""
        business = (
            place % BUSINESS_EVERY == BUSINESS_EVERY - 1 and self._businesses < numbers.BUSINESS_NUMBERS
        )
        serial = self._businesses if business else self._persons
        self._businesses += business
        self._persons += not business
        members = cast.BUSINESSES if business else cast.PERSONS
        member = members[serial] if serial < len(members) else None
        draw, running = (
            (self._census.business, self._business_numbers)
            if business
            else (self._census.person, self._person_numbers)
        )
        number = member.number if member else next(running)
        plan = draw(who, number=number, serial=serial, place=place)
        if member:
            others = [self._census.point(who, place, business=business) for _ in member.points[1:]]
            cast.cast_as(plan, member, plan.points + others)
            return plan
        if business:
            variety.vary_business(self._census, who, plan, place)
        else:
            variety.vary_person(self._census, who, plan, place)
        variety.vary_supply(use, plan, self._years)
        return plan
