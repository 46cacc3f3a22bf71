"""The shell of an agent at work: an installation with clients, a standing clock, and who signs in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.engine import Database, open_database
from db.house import open_house
from db.office import SYSTEM, House
from db.operations.staff import add_staff
from db.passwords import hash_password
from db.records.people import NewStaff, Role
from db.sample.town import make_town
from db.search.rebuild import rebuild_index
from db.settings import load_settings
from tests.conftest import KEY, Template, TestClock, fresh_installation, house_rules
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


Towns = Callable[[int], ShellDesk]


@contextmanager
def _desk_at(
    url: str, bok: Bok, home: Path, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ShellDesk]:
    """Hire an agent `jan`, signed in to the shell, and a supervisor `ewa` at the installation at `url`."""
    monkeypatch.setenv("BOK_DATABASE_URL", url)
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


@pytest.fixture
def desk(
    bok: Bok, home: Path, database_url: str, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ShellDesk]:
    """An agent `jan` signed in to the shell and a supervisor `ewa`, at ten on 22 November 2026."""
    with _desk_at(database_url, bok, home, clock, monkeypatch) as desk:
        yield desk


@pytest.fixture(scope="session")
def ready_towns(
    templates: Callable[[str], Template], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str, int], Template]]:
    """Returns an installation with a town of so many clients on a database, made once a worker."""
    with ExitStack() as stack:

        @cache
        def make(dialect: str, clients: int) -> Template:
            folder = tmp_path_factory.mktemp("town")
            database = open_database(stack.enter_context(fresh_installation(templates(dialect), folder)))
            house = House(database=database, clock=TestClock(), policy=house_rules(), key=KEY)
            make_town(house, clients=clients, years=1, seed=5)
            database.close()
            return Template(dialect, str(database.url.database))

        yield make


@pytest.fixture
def town_of(
    template: Template,
    ready_towns: Callable[[str, int], Template],
    bok: Bok,
    home: Path,
    clock: TestClock,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Towns]:
    """Returns the desk of this test's own copy of a town, the supervisor signed in."""
    with ExitStack() as stack:

        def open_town(clients: int) -> ShellDesk:
            ready = ready_towns(template.dialect, clients)
            url = stack.enter_context(fresh_installation(ready, tmp_path))
            desk = stack.enter_context(_desk_at(url, bok, home, clock, monkeypatch))
            desk.sign_in("ewa")
            return desk

        yield open_town
