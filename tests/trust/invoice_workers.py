"""Processes that issue invoices, and mutants of the counter that they take their numbers from."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing.connection import Connection
from unittest import mock

import sqlalchemy as sa

from db.bulk import count_on
from db.doors import SUPERVISORS, operation
from db.errors import Refused
from db.models import metadata
from db.operations import invoice_issue
from db.operations.invoice_issue import take_numbers
from db.operations.settlement import bill_contract
from db.records.billing import ContractBilled
from db.records.clients import ClientKind, MeterRole
from db.records.people import Channel, StaffMember
from db.work import Work
from tests.conftest import START
from tests.trust.town import Town
from tests.trust.workers import BEGUN, Place, Said, attempt

GIVEN_UP_EVERY = 50
"""Of so many operations, one is rolled back after it took its numbers: 2 %."""
READ = {date(2026, 9, 30): 110_000, date(2026, 10, 31): 120_000}
"""Litres on the dial."""


@operation(roles=SUPERVISORS)
def bill_and_give_up(work: Work, contract: str) -> None:
    """Issue an invoice and then fail: nothing of it may stay."""
    bill_contract(work, contract)
    raise Refused("given up")


@operation(roles=SUPERVISORS)
def take_one(work: Work, series: str) -> int:
    """Take a number of a series that may be new."""
    return take_numbers(work, series, 1)


@operation(roles=SUPERVISORS)
def look_then_open(work: Work, series: str, meet: threading.Barrier) -> int:
    """The mutant of T7: lock the counter's row, and insert it where there is none."""
    row = work.session.execute(
        sa.text("SELECT value FROM counter WHERE series = :series FOR UPDATE"), {"series": series}
    ).one_or_none()
    meet.wait()
    if row is None:
        work.session.execute(
            sa.text("INSERT INTO counter (series, value) VALUES (:series, 1)"), {"series": series}
        )
        return 1
    raise AssertionError("the series is new")


def numbers_by(taking: Callable[[Work, str, int], int]) -> AbstractContextManager[object]:
    """Let invoices and their documents take their numbers by `taking`."""
    return mock.patch.object(invoice_issue, "take_numbers", taking)


def highest_plus_one(meet: threading.Barrier) -> Callable[[Work, str, int], int]:
    """Return the mutant of T6 that reads the number from what is there."""

    def take(work: Work, series: str, count: int) -> int:
        period = series.removeprefix("FAK/")
        if period == series:
            statement = sa.text("SELECT coalesce(max(serial), 0) FROM issued_document WHERE kind = :series")
        else:
            statement = sa.text("SELECT coalesce(max(serial), 0) FROM invoice WHERE period = :series")
        highest = int(work.session.scalar(statement, {"series": period}) or 0)
        if period != series:
            meet.wait()
        return highest + 1

    return take


def next_of_sequence(work: Work, series: str, count: int) -> int:
    """The mutant of T6 that takes the number from a sequence, which no rollback gives back."""
    if not series.startswith("FAK/"):
        return take_numbers(work, series, count)
    return int(work.session.scalar(sa.text("SELECT nextval('invoice_serial')")) or 0)


# -- in the issuer's process


@dataclass(frozen=True)
class Issuer:
    """What one process does: bill contracts, or open series."""

    place: Place
    supervisor: StaffMember
    contracts: tuple[str, ...] = ()
    series: tuple[str, ...] = ()


def issue_all(task: Issuer, pipe: Connection) -> None:
    """Do everything of `task`, saying so."""
    house = task.place.house()
    office = house.office(task.supervisor)
    with house.database.reader.connect():
        pass  # connect before the others are let go
    pipe.send(Said(BEGUN, "ready"))
    pipe.recv()
    for turn, contract in enumerate(task.contracts):
        if turn % GIVEN_UP_EVERY == 0:
            attempt(pipe, f"given up {contract}", partial(office.do, bill_and_give_up, contract))
        attempt(pipe, contract, partial(_billed, office.do, contract))
    for series in task.series:
        attempt(pipe, series, partial(office.do, take_one, series))
    house.database.close()
    pipe.close()


def _billed(do: Callable[..., ContractBilled], contract: str) -> ContractBilled:
    done = do(bill_contract, contract)
    if done.invoice is None:
        raise AssertionError(done.skipped)
    return done


# -- in the test's process


def contracts(town: Town, count: int) -> list[str]:
    """Add `count` contracts that are due for October, all in one transaction; return their numbers."""
    group = town.builder.tariff()
    keys = range(1, count + 1)
    tables: dict[str, list[dict[str, object]]] = {
        "client": [
            {"id": key, "number": f"{100_000 + key}", "kind": ClientKind.PERSON, "last_name": "Kowalska",
             "first_name": "Żaneta", "name_key": f"kowalska zaneta {key:05d}", "created_at": START,
             "version": 1} for key in keys
        ],
        "address": [
            {"id": key, "client_id": key, "street": "ul. Lipowa", "house": "4", "postal_code": "43-400",
             "town": "Przykładowo", "street_key": "lipowa", "number_key": "4", "town_key": "przykladowo"}
            for key in keys
        ],
        "contract": [
            {"id": key, "number": f"U/{key}", "client_id": key, "starts_on": date(2015, 1, 1),
             "signed_on": date(2014, 12, 15), "tariff_group_id": group, "period_months": 1} for key in keys
        ],
        "supply_point": [
            {"id": key, "contract_id": key, "address_id": key, "sewage": True} for key in keys
        ],
        "meter": [
            {"id": key, "number": f"8{key:07d}", "supply_point_id": key, "role": MeterRole.MAIN, "digits": 5,
             "verified_until": date(2029, 12, 31), "installed_on": date(2022, 1, 1), "installed_state": 0,
             "version": 1} for key in keys
        ],
        "reading": [
            {"meter_id": key, "day": day, "state": litres // 1000, "consumption": 10, "rollover": False,
             "channel": Channel.FIELD, "estimated": False, "needs_approval": False, "note": "",
             "findings": "[]", "recorded_at": START} for key in keys for day, litres in READ.items()
        ],
    }  # fmt: skip
    with town.house.database.writer.connect() as connection, connection.begin():
        for name, rows in tables.items():
            connection.execute(metadata.tables[name].insert(), rows)
        count_on(connection, tables)
    return [f"U/{key}" for key in keys]
