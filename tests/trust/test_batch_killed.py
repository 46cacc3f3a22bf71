"""A batch of readings survives kill -9: what the screen said was kept is offered back, and saved once."""

from __future__ import annotations

import os
import re
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from db.engine import Database
from db.office import House
from db.records.people import Role, StaffMember
from tests.db.builders import Builder, rows
from tests.db.meter_town import build_meters
from tests.trust.scale import SCALE
from tests.tui.terminal import Terminal

MORE = 5
DAY = "2026-11-20"


@pytest.fixture
def chief(house: House) -> StaffMember:
    build = Builder(house.database)
    return build.staff(Role.SUPERVISOR, login="szef", name="Kazimierz Wzorcowy")


def program(database_url: str, folder: Path, staff: StaffMember) -> Terminal:
    """Start the screen in a process of its own."""
    return Terminal("-m", "tests.tui.batch_desk", database_url, str(folder), str(staff.id), staff.login)


def open_sheet(terminal: Terminal) -> None:
    terminal.until_shown("Search")
    terminal.send("ob\r")
    terminal.until_shown("meter/client")


def type_rows(terminal: Terminal, meters: list[str], day: str = "20.11") -> None:
    """Type one row a meter; the day of the first one goes on."""
    for at, meter in enumerate(meters):
        terminal.send(f"{meter}\r{130 + at % 3}\r{day if at == 0 else ''}\r")


def kill(terminal: Terminal) -> None:
    os.killpg(terminal.process.pid, signal.SIGKILL)
    assert terminal.process.wait(30) == -signal.SIGKILL


def drafts(database: Database) -> list[tuple[Any, ...]]:
    return [
        (row["line"], row["place"], row["state"], row["day"])
        for row in rows(database, "reading_batch_row")
        if row["done"]
    ]


def expected(meters: list[str]) -> list[tuple[Any, ...]]:
    return [(at + 1, meter, str(130 + at % 3), DAY) for at, meter in enumerate(meters)]


def test_killed_at_row_200_the_rows_are_offered_back_and_saved_once(
    house: House, database_url: str, chief: StaffMember, tmp_path: Path
) -> None:
    typed = 200 if house.database.dialect == "sqlite" else SCALE.batch_rows
    meters = build_meters(house, typed + MORE)
    with program(database_url, tmp_path, chief) as terminal:
        open_sheet(terminal)
        type_rows(terminal, meters[:typed])
        for some in range(20, typed + 1, 20):
            terminal.until(partial(told_at_least, some))
        kill(terminal)
    assert drafts(house.database) == expected(meters[:typed])
    with program(database_url, tmp_path, chief) as terminal:
        open_sheet(terminal)
        terminal.until_shown(f"{typed} rows. Go on, or save it")
        type_rows(terminal, meters[typed:])
        terminal.until_shown(f"kept {typed + MORE}")
        terminal.send("\x13")
        terminal.until_shown(f"Saved: {typed + MORE}")
        kill(terminal)
    saved = [row for row in rows(house.database, "reading") if row["submission"]]
    assert len(saved) == len({row["meter_id"] for row in saved}) == typed + MORE
    assert [row["standing"].value for row in rows(house.database, "reading_batch_entry")] == ["recorded"] * (
        typed + MORE
    )
    assert drafts(house.database) == []


def test_killed_while_keys_are_in_line_what_the_screen_said_was_kept_is_kept(
    house: House, database_url: str, chief: StaffMember, tmp_path: Path
) -> None:
    """The rows are the first ones typed, whole, and at least as many as were told."""
    meters = build_meters(house, 60)
    with program(database_url, tmp_path, chief) as terminal:
        open_sheet(terminal)
        type_rows(terminal, meters)
        terminal.until(partial(told_at_least, 20))
        kill(terminal)
        kept = told(terminal)
    found = drafts(house.database)
    assert len(found) >= kept - 1, "a row that is still typed is told too"
    assert found == expected(meters[: len(found)])


def told_at_least(count: int, terminal: Terminal) -> bool:
    return told(terminal) >= count


def told(terminal: Terminal) -> int:
    """Return how many rows the screen says are kept."""
    found = re.search(r"kept (\d+)", terminal.text)
    return int(found[1]) if found else 0
