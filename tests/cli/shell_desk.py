"""The shell of an agent at work: an installation with clients, a standing clock, and who signs in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.engine import Database
from db.house import open_house
from db.office import SYSTEM, House
from db.operations.staff import add_staff
from db.passwords import hash_password
from db.records.people import NewStaff, Role
from db.search.rebuild import rebuild_index
from db.settings import load_settings
from tests.conftest import KEY, TestClock
from tests.db.builders import Builder

if TYPE_CHECKING:
    from tests.cli.conftest import Bok

PASSWORD = "zielony rower 7"


@dataclass
class ShellDesk:
    """`bok` in the hands of whoever is signed in, and the tables under it."""

    run: Bok
    house: House
    build: Builder

    @property
    def database(self) -> Database:
        return self.house.database

    def hire(self, login: str, role: Role) -> None:
        """Add a member of staff with `PASSWORD`."""
        new = NewStaff(login, f"Jan {login.title()}", role, "")
        self.house.office(SYSTEM).do(add_staff, new, hash_password(PASSWORD))

    def sign_in(self, login: str) -> None:
        """Sign in to the shell."""
        answer = self.run("sign-in", login, stdin=f"{PASSWORD}\n")
        assert answer.code == 0, answer.err

    def index(self) -> None:
        """Let search know the clients that were built."""
        rebuild_index(self.database)


@pytest.fixture
def desk(
    bok: Bok, home: Path, database_url: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ShellDesk]:
    """An agent `jan` signed in to the shell and a supervisor `ewa`, at ten on 22 November 2026."""
    monkeypatch.setenv("BOK_DATABASE_URL", database_url)
    monkeypatch.setitem(open_house.__kwdefaults__ or {}, "clock", clock)
    settings = load_settings()
    settings.chain_key.parent.mkdir(parents=True)
    settings.chain_key.write_text(KEY.hex())
    settings.chain_key.chmod(0o600)
    house = open_house(settings)
    found = ShellDesk(bok, house, Builder(house.database))
    found.hire("jan", Role.AGENT)
    found.hire("ewa", Role.SUPERVISOR)
    found.sign_in("jan")
    yield found
    house.database.close()
