"""The demo: a sample town in a folder of its own, with its own journal key and its own staff.

It never touches another database, whatever the environment says. The folder is laid out like
`BOK_HOME`, so that the shell can be pointed at it.
"""

from __future__ import annotations

import dataclasses
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.chain_key import HeadFile, make_key
from db.clock import Clock, system_clock
from db.doors import SYSTEM_ONLY, operation
from db.engine import open_database
from db.errors import BokError, DatabaseUnavailable, NotAllowed
from db.house import open_house
from db.models import Counter, Installation, Staff
from db.office import SYSTEM, House
from db.one_at_a_time import held
from db.operations.installation import create_installation
from db.operations.staff import add_staff
from db.passwords import hash_password
from db.queries.staff import COLUMNS, as_member
from db.records.people import NewStaff, Role, StaffMember
from db.records.utility import EXAMPLE_UTILITY
from db.sample.town import SERIES, make_town
from db.settings import Folders, Settings
from db.system_words import told, why
from db.words import N_
from db.work import Work

FOLDER = "demo"
CLIENTS, YEARS, SEED = 3_000, 3, 1
AGENT = "demo"
SUPERVISOR = "kierownik"
PASSWORD = "demo-przyklad"  # noqa: S105 - printed for everybody, opens nothing but made-up data
STALE_AFTER = timedelta(days=7)
"""The last open notices of an older town are past their deadline."""

STAFF = (
    NewStaff(AGENT, "Dorota Przykładowa", Role.AGENT, PASSWORD),
    NewStaff(SUPERVISOR, "Kazimierz Wzorcowy", Role.SUPERVISOR, PASSWORD),
)
UTILITY = dataclasses.replace(EXAMPLE_UTILITY, postal_code="99-801")


@dataclass(frozen=True, slots=True)
class Demo:
    """The demo as it was found or made."""

    settings: Settings
    clients: int
    made: bool
    """It was made just now."""
    stale: bool
    """It was made so long ago that no notice is open any more."""

    @property
    def folder(self) -> Path:
        """Where everything of the demo lies."""
        return self.settings.folders.data.parent


def demo_settings(settings: Settings) -> Settings:
    """Return `settings` turned to the demo's own folder, database, key and documents."""
    root = settings.folders.data / FOLDER
    folders = Folders(root / "data", root / "state", root / "config")
    return dataclasses.replace(
        settings, folders=folders, database_url="", chain_key_file="", documents_folder=""
    )


def prepare_demo(
    settings: Settings,
    *,
    clients: int = CLIENTS,
    reset: bool = False,
    progress: Callable[[int, int], None] | None = None,
    waiting: Callable[[], None] | None = None,
    clock: Clock = system_clock,
) -> Demo:
    """Make the demo unless a whole one is there; `reset` makes it anew in any case.

    `settings` are the user's own. One whose making was interrupted, or which an older version
    made, is made anew. While another process makes it, `waiting` is told once and its town opened
    when it is whole. Raises WrongInput for a number of clients that cannot be, DatabaseUnavailable
    when the folder cannot be written.
    """
    own = demo_settings(settings)
    with _alone(own.folders.data.parent, waiting):
        found = None if reset else _found(own, clock)
        if found is not None:
            return found
        _remove(own)
        house = _installed(own, clock)
        try:
            make_town(house, clients=clients, years=YEARS, seed=SEED, progress=progress)
        finally:
            house.database.close()
    return Demo(own, clients, made=True, stale=False)


def enter_as_agent(house: House) -> StaffMember:
    """Sign the demo agent in without a password; raises NotAllowed anywhere but in a demo."""
    return house.office(SYSTEM).do(enter_demo, AGENT)


@operation(roles=SYSTEM_ONLY)
def enter_demo(work: Work, login: str) -> StaffMember:
    """Let a member of the demo's staff in without a password; raises NotAllowed."""
    demo = work.session.scalar(sa.select(col(Installation.demo)))
    row = work.session.execute(sa.select(*COLUMNS).where(col(Staff.login) == login)).one_or_none()
    if not demo or row is None or not row.active:
        raise NotAllowed(N_("Only the demo lets anybody in without a password."))
    work.changed("sign_in.demo", f"staff {login}")
    return as_member(row)


def _found(own: Settings, clock: Clock) -> Demo | None:
    """Return the demo that is there; None when there is none, or none that is whole and current."""
    if not own.folders.database.exists():
        return None
    try:
        house = open_house(own, clock=clock)
    except BokError:
        return None  # interrupted, damaged or of another version: the demo holds nothing to keep
    try:
        with Session(house.database.reader) as session:
            clients = session.scalar(sa.select(col(Counter.value)).where(col(Counter.series) == SERIES))
            made_at = session.scalar(sa.select(col(Installation.created_at)))
    finally:
        house.database.close()
    if not clients or made_at is None:
        return None
    return Demo(own, clients, made=False, stale=clock() - made_at > STALE_AFTER)


def _installed(own: Settings, clock: Clock) -> House:
    key = make_key(own.chain_key)
    database = open_database(own.address)
    heads = HeadFile(own.folders.state / "heads", database.place)
    house = create_installation(
        database, key=key, clock=clock, utility=UTILITY, demo=True, policy=own.policy, heads=heads
    )
    password_hash = hash_password(PASSWORD)
    for person in STAFF:
        house.office(SYSTEM).do(add_staff, person, password_hash)
    return house


def _remove(own: Settings) -> None:
    for folder in (own.folders.data, own.folders.state):
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _not_ours(folder, error) from error


def _not_ours(folder: Path, error: OSError) -> BokError:
    sentence = N_("The demo's folder %(folder)s cannot be used: %(why)s.")
    return told(DatabaseUnavailable(sentence, folder=folder, why=why(error)), error)


@contextmanager
def _alone(folder: Path, waiting: Callable[[], None] | None) -> Iterator[None]:
    """Hold the demo's folder; whoever else has it is waited for."""
    with ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            stack.enter_context(held(folder / "lock", waiting=waiting))
        except OSError as error:
            raise _not_ours(folder, error) from error
        yield
