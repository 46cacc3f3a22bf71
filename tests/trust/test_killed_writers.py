"""T3: writers are killed with SIGKILL in the middle of their work, and nothing is lost or half-done."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

import pytest

from db.operations.readings import record_reading
from tests.trust.scale import SCALE
from tests.trust.town import TURNS, Town
from tests.trust.workers import BEGUN, DONE, Task, Writer, finish, kill, listen, start

LONGEST_WORK = 0.04
"""Seconds into an operation within which the blow falls: about as long as one takes."""
STATEMENTS = 40
"""More than an operation has; the test finds out how many there are."""


def rounds(town: Town, count: int, *, early: bool = False) -> Iterator[list[Writer]]:
    """Yield the writers of each round, working."""
    for number in range(count):
        yield start(
            [
                Task(
                    town.place,
                    town.agents[place],
                    town.entries(f"{number}-{place}", TURNS),
                    None if early else town.supervisor,
                    early=early,
                )
                for place in range(SCALE.killed_at_once)
            ]
        )


def test_nothing_acknowledged_is_lost_and_nothing_half_done_when_writers_are_killed(town: Town) -> None:
    """T3: 52 kills (1,000 at full scale), each at a moment nobody can foresee."""
    chance = random.Random(20261122)
    acknowledged: set[str] = set()
    confirmed = in_flight = 0
    for writers in rounds(town, SCALE.kill_rounds):
        fatal = {id(writer): chance.randrange(2, 6) for writer in writers}
        for writer, said in listen(writers):
            if said.word == BEGUN and len(writer.heard(BEGUN)) == fatal[id(writer)]:
                time.sleep(chance.uniform(0, LONGEST_WORK))
                kill(writer)
        finish(writers)
        assert all(writer.process.exitcode < 0 for writer in writers)
        in_flight += sum(writer.in_flight for writer in writers)
        for writer in writers:
            acknowledged |= {about for about in writer.acknowledged if not about.startswith("confirmation")}
            confirmed += sum(about.startswith("confirmation") for about in writer.acknowledged)
    evidence = town.evidence()
    evidence.require_whole()
    assert evidence.lost(acknowledged) == set()
    unacknowledged = len(evidence.submissions) - len(acknowledged)
    assert 0 <= unacknowledged <= in_flight
    assert confirmed <= len(evidence.serials) <= confirmed + in_flight
    assert in_flight >= SCALE.kills // 2, "the blows fell between the operations"
    print(f"{town.house.database.dialect}: {SCALE.kills} kills, {in_flight} in an operation,")
    print(f"  {len(acknowledged)} readings acknowledged, {unacknowledged} more saved unacknowledged")


def test_a_desk_that_says_saved_before_the_commit_is_found_out(town: Town) -> None:
    """The control of T3: the mutant loses what it acknowledged, and the same evidence shows it."""
    acknowledged: set[str] = set()
    for writers in rounds(town, SCALE.kill_rounds, early=True):
        for writer, said in listen(writers):
            if said.word == DONE:
                kill(writer)
        finish(writers)
        acknowledged |= {about for writer in writers for about in writer.acknowledged}
        if town.evidence(checked=False).lost(acknowledged):
            return
    pytest.fail("no acknowledged reading was lost, although it should have been")


def test_killed_before_any_statement_the_same_form_saves_it_once(town: Town) -> None:
    """T3, T10: wherever the process died, the reading is there or is not, and Enter again saves it once."""
    office = town.house.office(town.agents[0])
    stood = []
    for statement, entry in enumerate(town.entries("step", STATEMENTS)):
        (writer,) = writers = start([Task(town.place, town.agents[0], (entry,), kill_before=statement)])
        finish(writers)
        if writer.process.exitcode == 0:
            break
        assert writer.acknowledged == set()
        evidence = town.evidence(checked=False)
        evidence.require_whole()
        stood.append(bool(evidence.submissions[entry.submission]))
        assert office.do(record_reading, entry).repeated is stood[-1]
    else:
        pytest.fail("the operation has more statements than this test tries")
    evidence = town.evidence()
    evidence.require_whole()
    assert len(evidence.submissions) == len(stood) + 1
    assert len(stood) > 10
    assert stood == [False] * (len(stood) - 1) + [True], "only what was committed stands"
