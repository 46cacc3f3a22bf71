"""Opens an installation: its database, its journal key, its clock."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.chain_key import HeadFile, fingerprint, read_key
from db.clock import Clock, system_clock
from db.engine import Database, open_database
from db.errors import DatabaseUnavailable
from db.faults import told_plainly
from db.models import Installation
from db.office import House
from db.schema import require_current
from db.settings import Settings
from db.words import N_, Words

UNREACHABLE = N_("The database server cannot be reached; check that it runs.")
OF_THE_COPY = N_("The database that reports are read from (BOK_REPORTS_DATABASE_URL): %(why)s")


def open_house(settings: Settings, *, clock: Clock = system_clock) -> House:
    """Open the installation that `settings` name.

    Raises DatabaseUnavailable, saying what to type, when the database cannot be reached, is
    empty or has another schema, or when this desk's journal key is not the one it was made with.
    """
    database = existing_database(settings)
    try:
        require_current(database)
        key = read_key(settings.chain_key)
        _require_key_of(database, key)
    except BaseException:
        database.close()
        raise
    heads = HeadFile(settings.folders.state / "heads", database.place)
    return House(database=database, clock=clock, policy=settings.policy, key=key, heads=heads)


def with_reports(house: House, settings: Settings) -> House:
    """Return the house with the copy that `reports_database_url` names, for reports to be read from.

    Raises DatabaseUnavailable when it cannot be reached, or is no copy of this very installation.
    """
    if not settings.reports_database_url:
        return house
    try:
        return _with_copy(house, settings.reports_database_url)
    except DatabaseUnavailable as refusal:
        if "url" in refusal.params:
            raise
        # the words are those of any database: say which one, and by which setting
        why = UNREACHABLE if "BOK_DATABASE_URL" in refusal.message else refusal.message
        raise DatabaseUnavailable(OF_THE_COPY, why=Words(why % refusal.params)) from refusal


def _with_copy(house: House, url: str) -> House:
    copy = open_database(url)
    try:
        if is_missing(copy):
            raise DatabaseUnavailable(
                N_("There is no database %(url)s to read reports from."), url=copy.shown_url
            )
        require_current(copy)
        if _uid(copy) != _uid(house.database):
            raise DatabaseUnavailable(
                N_("The database %(url)s is no copy of this installation: reports are not read from it."),
                url=copy.shown_url,
            )
    except BaseException:
        copy.close()
        raise
    return dataclasses.replace(house, reports=copy)


def _uid(database: Database) -> str | None:
    with told_plainly(), Session(database.reader) as session:
        return session.scalar(sa.select(col(Installation.uid)))


def existing_database(settings: Settings) -> Database:
    """Open the database that `settings` name, of whatever schema.

    Raises DatabaseUnavailable, saying what to type, when there is no such file yet.
    """
    database = open_database(settings.address)
    if is_missing(database):
        raise DatabaseUnavailable(
            N_("There is no database %(url)s yet. Type: bok db create   (or, to look around: bok demo)"),
            url=database.shown_url,
        )
    return database


def is_missing(database: Database) -> bool:
    """Tell whether this is an SQLite file that does not exist; opening would make an empty one."""
    return database.dialect == "sqlite" and not Path(str(database.url.database)).exists()


def _require_key_of(database: Database, key: bytes) -> None:
    with told_plainly(), Session(database.reader) as session:
        known = session.scalar(sa.select(col(Installation.key_fingerprint)))
    if known != fingerprint(key):
        raise DatabaseUnavailable(
            N_("This desk's journal key is not the one that the database was made with; copy that one here.")
        )
