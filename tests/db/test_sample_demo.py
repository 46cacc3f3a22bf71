"""The demo: made once in a folder of its own, made anew when it must be, never beside a real one."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.clock import Clock
from db.errors import NotAllowed, Refused
from db.house import open_house
from db.office import SYSTEM, House
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


@pytest.mark.skipif(os.name != "posix", reason="the lock is POSIX's")
def test_two_windows_do_not_make_it_at_once(settings: Settings, clock: TestClock) -> None:
    def meanwhile(done: int, total: int) -> None:
        with pytest.raises(Refused, match="another window"):
            prepare(settings, clock, reset=True)

    assert prepare_demo(settings, clients=CLIENTS, clock=clock, progress=meanwhile).made


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
