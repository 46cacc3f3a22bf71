"""`bok demo` and `bok db sample` as a shell sees them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from db.office import House
from db.records.people import StaffMember
from db.settings import Settings
from tests.cli.conftest import Bok


@pytest.fixture
def screens(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Settings, StaffMember, bool]]:
    """Instead of the agents' screen: who would have opened which."""
    opened = []

    def run(
        settings: Settings,
        *,
        open_house: Callable[[], House],
        signed_in: Callable[[House], StaffMember],
        demo: bool,
    ) -> int:
        house = open_house()
        opened.append((settings, signed_in(house), demo))
        house.database.close()
        return 0

    monkeypatch.setattr("bok_tui.guard.check_terminal", lambda *_: None)
    monkeypatch.setattr("bok_tui.start.run_agents_screen", run)
    return opened


def test_the_demo_opens_signed_in_and_says_where_it_lies(
    bok: Bok, home: Path, screens: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOK_DATABASE_URL", "postgresql://nobody@nowhere/real")
    answer = bok("demo", "--clients", "40")
    assert answer.code == 0
    assert answer.out == ""
    assert str(home / "data" / "demo") in answer.err
    assert "kierownik" in answer.err
    ((settings, staff, demo),) = screens
    assert demo
    assert staff.login == "demo"
    assert settings.folders.database == home / "data" / "demo" / "data" / "bok.sqlite3"
    assert not (home / "data" / "bok.sqlite3").exists()

    again = bok("demo", "--clients", "50", "--lang", "pl")
    assert again.code == 0
    assert "40" in again.err
    assert len(screens) == 2


def test_the_demo_needs_a_terminal_before_it_makes_anything(bok: Bok, home: Path) -> None:
    answer = bok("demo", "--clients", "40")
    assert answer.code == 2
    assert "terminal" in answer.err
    assert not (home / "data").exists()


def test_the_demo_refuses_an_unknown_language(bok: Bok, screens: list[Any]) -> None:
    answer = bok("demo", "--lang", "fr")
    assert answer.code == 2
    assert "pl, en" in answer.err
    assert not screens


def test_a_sample_town_is_made_once(installed: Bok) -> None:
    """In words on standard error; a real installation gets no staff with it."""
    answer = installed("db", "sample", "--clients", "40", "--years", "1")
    assert answer.code == 0
    assert answer.out == ""
    assert "40 clients (4 businesses)" in answer.err
    again = installed("db", "sample", "--clients", "40", "--years", "1")
    assert again.code == 1
    assert "clients in this database" in again.err


@pytest.mark.parametrize("wrong", [("--clients", "1010001"), ("--years", "11"), ("--clients", "0")])
def test_a_town_that_cannot_be_is_refused(installed: Bok, wrong: tuple[str, str]) -> None:
    assert installed("db", "sample", *wrong).code == 2


def test_a_bar_is_drawn_only_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    from bok_tui.commands.progress import progress_bar

    with progress_bar("Town") as progress:
        assert progress is None
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    with progress_bar("[/x]") as progress:
        assert progress is not None
        progress(1, 2)
