"""What every test shares: an injected clock, and a fresh database on SQLite and PostgreSQL."""

from __future__ import annotations

import gc
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from tests import postgres
from tests.quick_files import keep_in_memory

if TYPE_CHECKING:
    from db.engine import Database
    from db.office import House
    from db.policy import Policy

hypothesis.settings.register_profile("bok", deadline=None)  # how long an example takes proves nothing
hypothesis.settings.load_profile("bok")

START = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
"""Ten o'clock in Warsaw, a Sunday: the day on which tests begin."""
KEY = bytes(range(32))
"""The journal key of test installations."""

OWN_PARTICULARS = {
    "name": "Wodociągi Próbne sp. z o.o.",
    "short_name": "Wody Próbne",
    "street": "ul. Krótka 2",
    "postal_code": "99-801",
    "town": "Próbno",
    "nip": "1234563218",
    "regon": "987654326",
    "krs": "0000123456",
    "phone": "+48335550111",
    "email": "biuro@example.org",
    "routing_number": "99990009",
    "account_prefix": "0002",
}
"""Whose letters the test installations write; those of the example leave no office."""
PORTAL = "https://ebok.example.org/potwierdz/"
"""The portal's page of the test installations, for the same reason."""


class TestClock:
    """A clock that stands until it is moved."""

    __test__ = False

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **delta: float) -> None:
        """Move on by `timedelta(**delta)`."""
        self.now += timedelta(**delta)


def pytest_configure(config: pytest.Config) -> None:
    """Let parallel workers share one PostgreSQL server, and all keep their files in memory."""
    if not hasattr(config, "workerinput"):
        keep_in_memory()
        postgres.announce_folder()
    else:
        gc.disable()  # modules and tests stay: there is no garbage to look for until all are collected


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server that this run started."""
    postgres.hang_up()
    if not hasattr(config, "workerinput"):
        postgres.stop_server()


def pytest_collection_finish() -> None:
    """Compile statements, migrate and compare catalogues once for all tests, and collect garbage less often.

    A screen is half a million objects, looked through again and again.
    """
    from tests.compared import share_compared
    from tests.migrated import share_migrated
    from tests.statements import share_compiled

    share_compiled()
    share_compared()
    share_migrated()
    gc.freeze()
    gc.enable()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _nobody_is_at_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the developer's settings, home and terminal out of every test."""
    for name in list(os.environ):
        if name.startswith("BOK_") and not name.startswith("BOK_TEST_"):
            monkeypatch.delenv(name)
    home = tmp_path_factory.getbasetemp() / "home"
    home.mkdir(exist_ok=True)
    for name in ("HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.setenv("BOK_HOME", str(home / f"bok-{uuid.uuid4().hex}"))


@pytest.fixture
def clock() -> TestClock:
    """A clock under the test's hand."""
    return TestClock()


@dataclass(frozen=True)
class Template:
    """An installed, empty database that is copied for each test."""

    dialect: str
    place: str
    """File of the SQLite template, or name of the PostgreSQL one."""


@pytest.fixture(scope="session")
def templates(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Template]:
    """Returns the empty installation on a database, made once a worker, whatever the order of the tests."""
    return cache(partial(_make_template, tmp_path_factory))


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def template(request: pytest.FixtureRequest, templates: Callable[[str], Template]) -> Template:
    """An empty installation on each of the two databases."""
    return templates(str(request.param))


def _make_template(folders: pytest.TempPathFactory, dialect: str) -> Template:
    from db.engine import open_database
    from db.operations.installation import create_installation
    from db.records.utility import UtilityParticulars

    if dialect == "sqlite":
        place = str(folders.mktemp("template") / "bok.sqlite3")
        url = f"sqlite:///{place}"
    else:
        place = f"template_{uuid.uuid4().hex}"
        url = create_postgres(place)
    database = open_database(url)
    create_installation(database, key=KEY, clock=TestClock(), utility=UtilityParticulars(**OWN_PARTICULARS))
    if dialect == "sqlite":
        with database.writer.connect() as connection:
            connection.connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]  # sqlite3's own
    database.close()
    return Template(dialect, place)


@contextmanager
def fresh_installation(template: Template, folder: Path) -> Iterator[str]:
    """Copy `template`, into `folder` where it is a file; yield the address of the copy."""
    if template.dialect == "sqlite":
        path = folder / "bok.sqlite3"
        shutil.copy(template.place, path)
        path.chmod(0o600)
        yield f"sqlite:///{path}"
    else:
        name = f"test_{uuid.uuid4().hex}"
        yield create_postgres(name, template=template.place)
        drop_postgres(name)


@pytest.fixture
def database_url(template: Template, tmp_path: Path) -> Iterator[str]:
    """The address of a fresh installation of this test's own."""
    with fresh_installation(template, tmp_path) as url:
        yield url


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A fresh, empty installation on each of the two databases."""
    from db.engine import open_database

    database = open_database(database_url)
    yield database
    database.close()


@pytest.fixture
def house(database: Database, clock: TestClock) -> House:
    """The installation opened with a clock under the test's hand."""
    return _opened(database, clock)


@pytest.fixture(scope="module")
def lasting_house(
    template: Template, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[], House]]:
    """Returns an installation that lasts for a module, for tests that only read what it was built with."""
    from db.engine import open_database

    with ExitStack() as stack:

        def make() -> House:
            url = stack.enter_context(fresh_installation(template, tmp_path_factory.mktemp("lasting")))
            database = open_database(url)
            stack.callback(database.close)
            return _opened(database, TestClock())

        yield make


def house_rules() -> Policy:
    """Return the house rules of the test installations."""
    from db.policy import Policy

    return Policy(portal_link=PORTAL)


def _opened(database: Database, clock: TestClock) -> House:
    from db.office import House

    return House(database=database, clock=clock, policy=house_rules(), key=KEY)


def create_postgres(name: str, *, template: str | None = None) -> str:
    """Create a database on the test server and return its address."""
    _as_owner(
        f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}" STRATEGY file_copy' if template else "")
    )
    from sqlalchemy.engine import make_url

    return make_url(postgres.server_url()).set(database=name).render_as_string(hide_password=False)


def drop_postgres(name: str) -> None:
    """Drop a database of the test server, whoever is still connected."""
    _as_owner(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _as_owner(statement: str) -> None:
    postgres.owner().execute(statement.encode())
