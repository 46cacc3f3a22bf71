"""T1: many processes write to one database at full speed, through real operations."""

from __future__ import annotations

import threading
import time
from collections import Counter as Tally
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import col

from db.doors import DESK, operation
from db.models import IssuedDocument
from db.operations import readings as reading_operations
from db.operations.readings import record_reading
from db.records.readings import ReadingInput
from db.work import Work
from tests.db.builders import TODAY, rows
from tests.together import barrier
from tests.trust.scale import SCALE
from tests.trust.town import Town
from tests.trust.workers import DONE, FAULT, REFUSED, STALE, Task, Writer, entry_for, finish, start

CONTESTED = 8
"""Readings of one meter that every process tries to record."""


def tasks_for(town: Town, processes: int, writes: int, *, deferred: bool = False) -> list[Task]:
    """Give every process `writes` writes of its own, and the contested readings on top.

    Three of four writes are readings, one is the confirmation of a reading.
    """
    (shared,) = town.meters(1)
    readings, supervisor = writes * 3 // 4, town.supervisor if writes else None
    tasks = []
    for number in range(processes):
        contested = tuple(
            entry_for(shared, turn, TODAY, f"shared-{turn}-{number}") for turn in range(CONTESTED)
        )
        own = town.entries(f"own-{number}", readings)
        agent = town.agents[number % len(town.agents)]
        tasks.append(Task(town.place, agent, (*contested, *own), supervisor, deferred=deferred))
    return tasks


def count(writers: list[Writer]) -> Tally[str]:
    return Tally(said.word for writer in writers for said in writer.said)


@pytest.mark.parametrize("processes", SCALE.processes)
def test_every_acknowledged_write_of_many_processes_is_there_once(town: Town, processes: int) -> None:
    """T1: nothing lost, nothing twice, no lock given up on, chain whole, serials without a gap."""
    tasks = tasks_for(town, processes, SCALE.writes)
    began = time.perf_counter()
    writers = start(tasks)
    finish(writers)
    seconds = time.perf_counter() - began
    said = count(writers)
    assert [s for writer in writers for s in (*writer.heard(FAULT), *writer.heard(REFUSED))] == []
    evidence = town.evidence()
    evidence.require_whole()
    acknowledged = {about for writer in writers for about in writer.acknowledged}
    readings = {about for about in acknowledged if not about.startswith("confirmation")}
    assert evidence.lost(readings) == set()
    assert set(evidence.submissions) == readings
    assert len(evidence.serials) == len(acknowledged) - len(readings)
    assert said[DONE] >= processes * SCALE.writes
    spent = sum(writer.seconds for writer in writers) / said[DONE]
    print(
        f"{town.house.database.dialect}: {processes} processes, {said[DONE]} writes in {seconds:.1f} s,"
        f" {said[DONE] / seconds:.0f}/s, {1000 * spent:.1f} ms of processor each"
    )


def test_of_many_on_one_meter_and_day_one_is_saved_and_the_others_are_told_who(town: Town) -> None:
    """T1, T9: whoever comes second is told the name and the state."""
    writers = start(tasks_for(town, 4, 0))
    finish(writers)
    said = count(writers)
    assert said[DONE] == CONTESTED
    assert said[STALE] == CONTESTED * 3
    names = {agent.name for agent in town.agents}
    for writer in writers:
        for told in writer.heard(STALE):
            assert any(name in told.detail for name in names)


def test_with_a_deferred_begin_writers_on_sqlite_lock_each_other_out(town: Town) -> None:
    """The control of T1: the same workload without BEGIN IMMEDIATE loses writes to locks."""
    if town.house.database.dialect != "sqlite":
        return
    writers = start(tasks_for(town, 4, 40, deferred=True))
    finish(writers)
    locked = [said for writer in writers for said in writer.heard(REFUSED) if "busy" in said.detail]
    assert locked


@operation(roles=DESK)
def record_and_meet(work: Work, entry: ReadingInput, meet: threading.Barrier) -> None:
    """Record, then wait for the other agent before anything is committed."""
    record_reading(work, entry)
    meet.wait()


def test_without_holding_the_meter_two_readings_of_one_day_are_saved(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of T9: on PostgreSQL it is the lock that keeps two agents apart."""
    if town.house.database.dialect != "postgresql":
        return
    monkeypatch.setattr(reading_operations, "hold_point", lambda work, point_id: None)
    (meter,) = town.meters(1)
    meet = barrier(2)

    def work(at: int) -> None:
        entry = entry_for(meter, 0, TODAY, f"both-{at}")
        town.house.office(town.agents[at]).do(record_and_meet, entry, meet)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert town.evidence(checked=False).same_day == 1


@operation(roles=DESK)
def issue_highest_plus_one(work: Work, client_id: int, meet: threading.Barrier) -> int:
    """The mutant of T1: the number is read from the documents, as in many a program."""
    serial = 1 + (work.session.scalar(sa.select(sa.func.max(col(IssuedDocument.serial)))) or 0)
    meet.wait()
    work.session.add(
        IssuedDocument(
            kind="x",
            serial=serial,
            number=f"X/{serial}",
            client_id=client_id,
            snapshot="{}",
            snapshot_sha256="",
            issued_at=work.now,
            staff_id=work.actor.id,
        )
    )
    return serial


def test_numbers_taken_as_the_highest_plus_one_collide(town: Town) -> None:
    """The control of T1: on PostgreSQL two agents take the same number, and one of them fails."""
    if town.house.database.dialect != "postgresql":
        return
    town.meters(1)
    (client,) = rows(town.house.database, "client")
    meet = barrier(2)

    def work(at: int) -> bool:
        try:
            town.house.office(town.agents[at]).do(issue_highest_plus_one, client["id"], meet)
        except sa.exc.IntegrityError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, range(2))) == [False, True]
