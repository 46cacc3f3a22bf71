"""A file that was judged before: what changed since is judged again, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.doors import SYSTEM_ONLY, operation
from db.office import SYSTEM, House, Office
from db.operations.contacts import start_contact
from db.operations.reading_decisions import void_reading
from db.operations.reading_import import ImportRefused, import_readings
from db.operations.readings import record_reading
from db.operations.staff import set_channel
from db.queries import import_changes
from db.queries.reading_import import judge_file, judge_lines
from db.records.people import Channel, Role
from db.records.reading_import import JudgedFile, ReadingFile
from db.records.readings import ReadingInput
from db.rules.reading_file import parse_reading_file
from db.work import Work
from tests.conftest import TestClock
from tests.db.builders import Builder, BuiltClient, rows

DAY = date(2026, 11, 20)


@operation(roles=SYSTEM_ONLY)
def something_else(work: Work) -> None:
    """Leave an entry that does not tell whom it concerns."""
    work.changed("example.changed", "example")


class Town:
    """Four households, last read on 31 August at 487, a file for all of them, and who brings it."""

    def __init__(self, house: House, builder: Builder) -> None:
        self.clients: list[BuiltClient] = [builder.household(f"12345{at}") for at in range(4)]
        self.supervisor: Office = house.office(builder.staff(Role.SUPERVISOR))
        self.agent: Office = house.office(builder.staff(Role.AGENT))
        self.house = house
        low = f"{self.clients[3].meter};12;2026-11-20"
        lines = [f"{client.meter};{497 + at};2026-11-20" for at, client in enumerate(self.clients[:3])]
        lines += [f"{client.meter};{498 + at};2026-11-21" for at, client in enumerate(self.clients[:3])]
        self.file: ReadingFile = parse_reading_file("\n".join(["meter;state;day", *lines, low, ""]).encode())

    def judged(self, *, hold: bool = False) -> JudgedFile:
        return self.supervisor.read(judge_file, self.file, hold=hold)

    def record(self, at: int, state: int, day: date = DAY) -> int:
        entry = ReadingInput(self.clients[at].meter, state, day, Channel.PHONE, f"key {at} {state} {day}")
        return self.agent.do(record_reading, replace(entry, reason="rechecked")).id

    def saved(self) -> dict[str, list[int]]:
        """Return the imported states of each meter."""
        numbers = {row["id"]: row["number"] for row in rows(self.house.database, "meter")}
        found: dict[str, list[int]] = {}
        for row in rows(self.house.database, "reading"):
            if str(row["submission"] or "").startswith("file-"):
                found.setdefault(numbers[row["meter_id"]], []).append(row["state"])
        return found


@pytest.fixture
def town(house: House, builder: Builder) -> Town:
    return Town(house, builder)


@pytest.fixture
def judged_lines(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many readings each judging under the lock looked at."""
    seen: list[int] = []
    real = judge_lines

    def counting(work: Work, file: ReadingFile, **options: bool) -> JudgedFile:
        seen.append(len(file.readings))
        return real(work, file, hold=options["hold"])

    monkeypatch.setattr(import_changes, "judge_lines", counting)
    return seen


def test_what_did_not_change_is_not_judged_again(town: Town, judged_lines: list[int]) -> None:
    judged = town.judged()
    town.agent.do(set_channel, Channel.EMAIL)
    report = town.supervisor.do(import_readings, town.file, judged=judged, skip_bad=True)
    assert judged_lines == []
    assert (report.recorded, report.judged.bad) == (6, 1)
    assert town.saved()[town.clients[0].meter] == [497, 498]


def test_only_the_lines_of_who_changed_are_judged_again(town: Town, judged_lines: list[int]) -> None:
    judged = town.judged()
    town.record(1, 499)
    report = town.supervisor.do(import_readings, town.file, judged=judged, skip_bad=True)
    assert judged_lines == [2]
    assert sorted({found.code for found in report.judged.findings}) == ["below_previous", "same_day"]
    assert town.clients[0].meter in town.saved()
    assert 498 not in town.saved().get(town.clients[1].meter, [])


def test_a_change_that_spoils_a_line_stops_a_whole_file(town: Town) -> None:
    whole = replace(town.file, readings=town.file.readings[:-1])
    judged = town.supervisor.read(judge_file, whole)
    assert judged.findings == ()
    town.record(2, 500)
    with pytest.raises(ImportRefused):
        town.supervisor.do(import_readings, whole, judged=judged)
    assert town.saved() == {}


@pytest.mark.parametrize("change", ["unknown", "hold", "day", "role", "another file"])
def test_where_it_cannot_be_told_all_is_judged_again(
    town: Town, judged_lines: list[int], clock: TestClock, change: str
) -> None:
    judged = town.judged()
    file, office = town.file, town.supervisor
    if change == "unknown":
        town.house.office(SYSTEM).do(something_else)
    elif change == "day":
        clock.now += timedelta(days=1)
    elif change == "role":
        office = town.agent
    elif change == "another file":
        file = replace(file, readings=file.readings[1:])
    report = office.do(import_readings, file, judged=judged, hold=change == "hold", skip_bad=True)
    assert judged_lines == ([] if change == "another file" else [7])
    assert report.judged.file == file


def _again(town: Town) -> None:
    town.supervisor.do(import_readings, replace(town.file, readings=town.file.readings[:2]))


CHANGES: dict[str, Callable[[Town], object]] = {
    "nothing": lambda town: None,
    "a reading of that day": lambda town: town.record(0, 497),
    "a later reading": lambda town: town.record(0, 520, date(2026, 11, 22)),
    "a reading between": lambda town: town.record(1, 495, date(2026, 10, 1)),
    "one that was voided": lambda town: town.agent.do(void_reading, town.record(2, 505), "wrong meter"),
    "a part of the same file": _again,
    "a contact": lambda town: town.agent.do(start_contact, "123450", Channel.PHONE),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize("hold", [False, True])
def test_it_is_judged_as_if_it_had_been_judged_now(
    town: Town, change: Callable[[Town], object], hold: bool
) -> None:
    judged = town.judged(hold=hold)
    change(town)
    now = town.judged(hold=hold)
    report = town.supervisor.do(import_readings, town.file, judged=judged, hold=hold, skip_bad=True)
    assert set(report.judged.good) == set(now.good)
    assert report.judged.findings == now.findings
    assert (report.judged.already, report.judged.bad) == (now.already, now.bad)
    assert report.recorded == len(now.good)
