"""The demo: made once in a folder of its own, made anew when it must be, never beside a real one."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.clock import Clock
from db.errors import NotAllowed
from db.house import open_house
from db.office import SYSTEM, House
from db.one_at_a_time import held
from db.records.people import Role
from db.sample import demo
from db.sample.demo import Demo, demo_settings, enter_as_agent, prepare_demo
from db.settings import Settings, load_settings
from db.sign_in import sign_in, sign_off
from tests.conftest import TestClock

CLIENTS = 40


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A user's settings; the real database they name cannot be reached."""
    environment = {"BOK_HOME": str(tmp_path / "home"), "BOK_DATABASE_URL": "postgresql://nobody@nowhere/x"}
    return load_settings(environment)


def prepare(settings: Settings, clock: Clock, *, reset: bool = False) -> Demo:
    return prepare_demo(settings, clients=CLIENTS, clock=clock, reset=reset)


def opened(found: Demo, clock: Clock) -> House:
    return open_house(found.settings, clock=clock)


def uid(found: Demo, clock: Clock) -> str:
    house = opened(found, clock)
    with house.database.reader.connect() as connection:
        value = connection.execute(sa.text("SELECT uid FROM installation")).scalar_one()
    house.database.close()
    return str(value)


def test_the_demo_lies_in_a_folder_of_its_own(settings: Settings, clock: TestClock, tmp_path: Path) -> None:
    """Whatever database, key and folder for documents the user has set."""
    real = dataclasses.replace(settings, chain_key_file="/etc/key", documents_folder="/srv/documents")
    found = prepare(real, clock)
    root = tmp_path / "home" / "data" / "demo"
    assert found.made
    assert found.folder == root
    own = demo_settings(real)
    for path in (own.folders.database, own.chain_key, own.documents, own.folders.token, own.folders.log):
        assert path.is_relative_to(root)
    assert own.address == f"sqlite:///{own.folders.database}"
    assert {path.name for path in (tmp_path / "home").iterdir()} == {"data"}
    assert {path.name for path in (tmp_path / "home" / "data").iterdir()} == {"demo"}


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
def test_nobody_else_may_read_it(settings: Settings, clock: TestClock) -> None:
    found = prepare(settings, clock)
    for path in [found.folder, *found.folder.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_it_is_made_once(settings: Settings, clock: TestClock) -> None:
    first = uid(prepare(settings, clock), clock)
    again = prepare(settings, clock)
    assert not again.made
    assert again.clients == CLIENTS
    assert not again.stale
    assert uid(again, clock) == first


def test_reset_makes_it_anew(settings: Settings, clock: TestClock) -> None:
    first = uid(prepare(settings, clock), clock)
    again = prepare(settings, clock, reset=True)
    assert again.made
    assert uid(again, clock) != first


def test_an_interrupted_one_is_made_anew(settings: Settings, clock: TestClock) -> None:
    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        prepare_demo(settings, clients=CLIENTS, clock=clock, progress=interrupt)
    assert prepare(settings, clock).made


@pytest.mark.parametrize("damage", ["key", "database", "empty"])
def test_a_damaged_one_is_made_anew(settings: Settings, clock: TestClock, damage: str) -> None:
    own = prepare(settings, clock).settings
    if damage == "key":
        own.chain_key.unlink()
    else:
        own.folders.database.write_bytes(b"" if damage == "empty" else b"this is no database at all" * 400)
    assert prepare(settings, clock).made


def test_an_old_one_is_called_stale(settings: Settings, clock: TestClock) -> None:
    prepare(settings, clock)
    clock.forward(days=8)
    assert prepare(settings, clock).stale


def test_a_second_window_waits_for_the_first_and_opens_its_town(settings: Settings, clock: TestClock) -> None:
    told: list[str] = []
    second_waits = threading.Event()

    def wait_for_it() -> None:
        told.append("waits")
        second_waits.set()

    def meanwhile(done: int, total: int) -> None:
        if not second:
            second.append(pool.submit(prepare_demo, settings, clock=clock, waiting=wait_for_it))
        assert second_waits.wait(30)

    second: list[Future[Demo]] = []
    with ThreadPoolExecutor(1) as pool:
        first = prepare_demo(settings, clients=CLIENTS, clock=clock, progress=meanwhile)
        found = second[0].result(timeout=30)
    assert first.made
    assert (found.made, found.clients) == (False, CLIENTS)
    assert told == ["waits"]


HOLD = """
import sys
from pathlib import Path
from db.one_at_a_time import held

with held(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_killed_window_leaves_no_lock(tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    told: list[str] = []
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(lock)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdin
    assert other.stdout
    assert other.stdout.readline() == b"held\n"

    def crash() -> None:
        told.append("waits")
        other.kill()
        other.wait()

    with held(lock, waiting=crash):
        assert told == ["waits"]
    with held(lock, waiting=lambda: told.append("again")):
        assert told == ["waits"]
    other.stdin.close()
    other.stdout.close()


def test_a_lock_that_cannot_be_used_is_told(settings: Settings, clock: TestClock) -> None:
    from db.errors import DatabaseUnavailable

    folder = demo_settings(settings).folders.data.parent
    (folder / "lock").mkdir(parents=True)
    with pytest.raises(DatabaseUnavailable, match="cannot be used"):
        prepare(settings, clock)


def test_the_demos_staff_sign_in_and_off(settings: Settings, clock: TestClock) -> None:
    house = opened(prepare(settings, clock), clock)
    agent = sign_in(house, demo.AGENT, demo.PASSWORD)
    assert agent.role is Role.AGENT
    assert not agent.must_change_password
    assert sign_off(house, demo.SUPERVISOR, demo.PASSWORD).supervisor.role is Role.SUPERVISOR
    house.database.close()


def test_the_agent_enters_without_a_password(settings: Settings, clock: TestClock) -> None:
    house = opened(prepare(settings, clock), clock)
    agent = enter_as_agent(house)
    assert (agent.login, agent.role) == (demo.AGENT, Role.AGENT)
    house.database.close()


def test_nobody_enters_a_real_house_without_a_password(house: House) -> None:
    from db.operations.staff import add_staff

    house.office(SYSTEM).do(add_staff, demo.STAFF[0], "-")
    with pytest.raises(NotAllowed):
        enter_as_agent(house)


def test_a_folder_that_cannot_be_used_is_named(settings: Settings, clock: TestClock) -> None:
    from db.errors import DatabaseUnavailable

    root = demo_settings(settings).folders.data.parent
    root.parent.mkdir(parents=True)
    root.write_text("a file where the folder should be")
    with pytest.raises(DatabaseUnavailable, match="demo"):
        prepare(settings, clock)
