"""T6, T7: numbers of invoices have no gap and no duplicate, however many issue, fail or die at once."""

from __future__ import annotations

import random
import threading
import time
from collections import Counter as Tally
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import sqlalchemy as sa

from db.errors import Refused
from db.operations.settlement import bill_contract
from tests.db.builders import rows
from tests.db.conftest import faults
from tests.together import barrier
from tests.trust.invoice_workers import (
    Issuer,
    bill_and_give_up,
    contracts,
    highest_plus_one,
    issue_all,
    look_then_open,
    next_of_sequence,
    numbers_by,
)
from tests.trust.scale import SCALE
from tests.trust.town import Town, wait_for_the_dead
from tests.trust.workers import BEGUN, FAULT, REFUSED, Writer, finish, kill, listen, start

PROCESSES = {"sqlite": 4, "postgresql": 12}
SERIES = tuple(f"FAK/{2100 + place // 12}{place % 12 + 1:02d}" for place in range(40))
LONGEST_WORK = 0.03
"""Seconds into an operation within which the blow falls: about as long as one takes."""


def _issuers(town: Town, numbers: list[str]) -> list[Writer]:
    """Start the processes, each with its share of the contracts."""
    count = PROCESSES[town.house.database.dialect]
    shares = [tuple(numbers[at::count]) for at in range(count)]
    return start([Issuer(town.place, town.supervisor, share) for share in shares], issue_all)


def _serials(town: Town) -> list[int]:
    return sorted(row["serial"] for row in rows(town.house.database, "invoice"))


def _require_whole(town: Town) -> None:
    """Fail unless numbers are 1 to n, each contract is billed once, and everything else agrees too."""
    billed = Tally(row["contract_id"] for row in rows(town.house.database, "invoice"))
    assert _serials(town) == list(range(1, billed.total() + 1))
    assert max(billed.values()) == 1
    counters = {row["series"]: row["value"] for row in rows(town.house.database, "counter")}
    assert counters == {"invoice": billed.total(), "FAK/202610": billed.total()}
    assert faults(town.house) == []


def test_invoices_of_many_processes_are_numbered_without_gap_or_duplicate(town: Town) -> None:
    """T6: 12 processes on PostgreSQL, 4 on SQLite; one operation of 50 is rolled back with its numbers."""
    numbers = contracts(town, SCALE.invoices)
    began = time.perf_counter()
    writers = _issuers(town, numbers)
    finish(writers)
    seconds = time.perf_counter() - began
    assert [said for writer in writers for said in writer.heard(FAULT)] == []
    given_up = [said for writer in writers for said in writer.heard(REFUSED)]
    assert {said.detail for said in given_up} == {"given up"}
    assert len(given_up) >= len(writers)
    assert {about for writer in writers for about in writer.acknowledged} == set(numbers)
    assert len(_serials(town)) == len(numbers)
    _require_whole(town)
    print(f"{town.house.database.dialect}: {len(writers)} processes, {len(numbers) / seconds:.0f} invoices/s")


def test_numbers_stay_whole_when_half_of_the_processes_are_killed(town: Town) -> None:
    """T6, T3: SIGKILL at moments nobody can foresee, and what was left is billed afterwards."""
    chance = random.Random(20261122)
    numbers = contracts(town, SCALE.invoices // 2)
    writers = _issuers(town, numbers)
    doomed = {id(writer): chance.randrange(3, 12) for writer in writers[::2]}
    for writer, said in listen(writers):
        if said.word == BEGUN and len(writer.heard(BEGUN)) == doomed.get(id(writer)):
            time.sleep(chance.uniform(0, LONGEST_WORK))
            kill(writer)
    finish(writers)
    wait_for_the_dead(town.house)
    acknowledged = {about for writer in writers for about in writer.acknowledged}
    in_flight = sum(writer.in_flight for writer in writers if writer.killed)
    assert in_flight, "the blows fell between the operations"
    assert len(acknowledged) <= len(_serials(town)) <= len(acknowledged) + in_flight
    _require_whole(town)
    office = town.house.office(town.supervisor)
    for number in sorted(set(numbers) - acknowledged):
        with suppress(Refused):  # committed, and killed before it could say so
            office.do(bill_contract, number)
    assert len(_serials(town)) == len(numbers)
    _require_whole(town)


def test_new_series_opened_at_the_same_instant_count_from_one(town: Town) -> None:
    """T7: everybody takes the first numbers of 40 series that nobody has used."""
    count = PROCESSES[town.house.database.dialect]
    writers = start([Issuer(town.place, town.supervisor, series=SERIES)] * count, issue_all)
    finish(writers)
    assert [said for writer in writers for said in (*writer.heard(FAULT), *writer.heard(REFUSED))] == []
    assert all(writer.acknowledged == set(SERIES) for writer in writers)
    counters = {row["series"]: row["value"] for row in rows(town.house.database, "counter")}
    assert counters == dict.fromkeys(SERIES, count)


def test_looking_first_and_inserting_then_fails_for_a_new_series(town: Town) -> None:
    """The control of T7: FOR UPDATE locks nothing where there is no row yet."""
    if town.house.database.dialect != "postgresql":
        return
    meet = barrier(2)

    def work(at: int) -> bool:
        try:
            town.house.office(town.supervisor).do(look_then_open, "FAK/203001", meet)
        except sa.exc.IntegrityError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [False, True]


def test_the_highest_number_plus_one_is_taken_twice(town: Town) -> None:
    """The control of T6: on PostgreSQL two invoices take the same number, and one of them fails."""
    if town.house.database.dialect != "postgresql":
        return
    numbers = contracts(town, 2)
    meet: threading.Barrier = barrier(2)

    def work(number: str) -> bool:
        try:
            town.house.office(town.supervisor).do(bill_contract, number)
        except sa.exc.DBAPIError:
            return False
        return True

    with numbers_by(highest_plus_one(meet)), ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, numbers)) == [False, True]


def test_a_sequence_leaves_a_gap_where_something_was_rolled_back(town: Town) -> None:
    """The control of T6: what the product's counter gives back, a sequence does not."""
    numbers = contracts(town, 4)
    office = town.house.office(town.supervisor)
    for number in numbers[:2]:
        with pytest.raises(Refused, match="given up"):
            office.do(bill_and_give_up, number)
        office.do(bill_contract, number)
    assert _serials(town) == [1, 2]
    if town.house.database.dialect != "postgresql":
        return
    with town.house.database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("CREATE SEQUENCE invoice_serial START 3")
    with numbers_by(next_of_sequence):
        with pytest.raises(Refused, match="given up"):
            office.do(bill_and_give_up, numbers[2])
        office.do(bill_contract, numbers[2])
    assert _serials(town) == [1, 2, 4]
