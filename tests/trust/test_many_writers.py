"""T1: many processes write to one database at full speed, through real operations."""

from __future__ import annotations

import time
from collections import Counter as Tally
from collections.abc import Callable

import pytest

from tests.db.builders import TODAY
from tests.trust.scale import SCALE
from tests.trust.town import Town
from tests.trust.workers import DONE, FAULT, REFUSED, STALE, Task, Writer, entry_for, finish, start

CONTESTED = 8
"""Readings of one meter that every process tries to record."""

Printer = Callable[[str], None]


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Printer:
    """Print a figure past pytest's capture, when it was asked for (-s)."""

    def say(text: str) -> None:
        print(text)

    return say


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
def test_every_acknowledged_write_of_many_processes_is_there_once(
    town: Town, processes: int, tell: Printer
) -> None:
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
    tell(
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
