"""Makes an installation where the settings point: database, journal key, first administrator."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db import schema
from db.chain_key import HeadFile, make_key
from db.clock import Clock, system_clock
from db.engine import Database, open_database
from db.errors import Refused
from db.faults import told_plainly
from db.house import is_missing, open_house
from db.models import Installation, Staff
from db.office import SYSTEM, House
from db.operations.installation import create_installation
from db.operations.staff import add_staff
from db.passwords import hash_password
from db.records.people import NewStaff
from db.settings import Settings
from db.words import N_


def require_room(settings: Settings) -> None:
    """Raise Refused when there is an installation already, DatabaseUnavailable for a foreign database.

    One that was interrupted before it had an administrator is room: it will be finished.
    """
    database = open_database(settings.address)
    if is_missing(database):
        return
    try:
        if schema.current_revision(database) is not None and _has_staff(database):
            raise Refused(
                N_("%(url)s already holds a database of bok; nothing was changed."), url=database.shown_url
            )
    finally:
        database.close()


def new_installation(settings: Settings, admin: NewStaff, *, clock: Clock = system_clock) -> House:
    """Make the database and its first administrator; return it opened.

    Raises Refused when there is one already, WrongInput for an unusable login or name,
    DatabaseUnavailable when the database cannot be made there.
    """
    require_room(settings)
    password_hash = hash_password(admin.password)
    house = _finished(settings, clock) or _made(settings, clock)
    house.office(SYSTEM).do(add_staff, admin, password_hash)
    return house


def _made(settings: Settings, clock: Clock) -> House:
    key = make_key(settings.chain_key)
    database = open_database(settings.address)
    heads = HeadFile(settings.folders.state / "heads", database.place)
    heads.reset({})  # an earlier database of this address is gone, and its journal with it
    return create_installation(database, key=key, clock=clock, policy=settings.policy, heads=heads)


def _finished(settings: Settings, clock: Clock) -> House | None:
    """Return the house of an installation that only lacks its administrator."""
    database = open_database(settings.address)
    if is_missing(database):
        return None
    try:
        if schema.current_revision(database) is None or not _is_installed(database):
            return None
    finally:
        database.close()
    return open_house(settings, clock=clock)


def _is_installed(database: Database) -> bool:
    with told_plainly(), Session(database.reader) as session:
        return session.scalar(sa.select(col(Installation.id))) is not None


def _has_staff(database: Database) -> bool:
    with told_plainly(), Session(database.reader) as session:
        return session.scalar(sa.select(col(Staff.id)).limit(1)) is not None
