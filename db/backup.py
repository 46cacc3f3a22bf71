"""Backups that restore: one whole file, taken while everybody goes on working.

SQLite: the engine's own online backup. PostgreSQL: `pg_dump` in its custom format. A restore
goes into an empty place only, and can be told from a rollback: the journal notes what this
machine had seen before.
"""

from __future__ import annotations

import dataclasses
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import col

from db import journal, postgres_tools, schema
from db.chain_key import read_key
from db.check import JOURNAL_CHECKS, check_database
from db.clock import Clock, system_clock
from db.doors import SYSTEM_ONLY, operation
from db.engine import Database, create_private_file, open_database
from db.errors import Refused
from db.faults import told_plainly
from db.house import existing_database, open_house
from db.models import ChainHead, StaffSession
from db.office import SYSTEM
from db.records.checks import CheckReport
from db.settings import Settings
from db.sqlite_copy import NOT_OURS, copy_to, opened_read_only, require_bok
from db.system_words import cannot_read, require_readable
from db.whole_files import written_beside
from db.words import N_
from db.work import Work

SQLITE_SIGN = b"SQLite format 3\x00"
POSTGRES_SIGN = b"PGDMP"


def back_up(database: Database, file: Path, *, force: bool = False) -> None:
    """Write the whole database to `file` (mode 0600), consistent while others write.

    Raises Refused when the file exists and `force` is not set, CannotWrite when it cannot be
    written, DatabaseUnavailable.
    """
    if schema.current_revision(database) is None:
        schema.require_current(database)  # says what to type
    with written_beside(file, force=force) as temporary:
        if database.dialect == "sqlite":
            with told_plainly(), database.reader.connect() as connection:
                copy_to(connection.connection.driver_connection, temporary)
        else:
            postgres_tools.dump(database, temporary)


def upgrade(settings: Settings, *, clock: Clock = system_clock) -> Path | None:
    """Bring the schema up to the program's; return the backup made before, None when it was current.

    An SQLite file is backed up beside itself first; on PostgreSQL the whole upgrade is one
    transaction. Raises DatabaseUnavailable for an empty, foreign or newer database.
    """
    database = existing_database(settings)
    try:
        revision = schema.current_revision(database)
        if revision not in schema.known_revisions() - {schema.HEAD}:
            schema.require_current(database)
            schema.upgrade(database)  # nothing but the guards, should one be missing
            return None
        copy = None
        if database.dialect == "sqlite":
            copy = _name_before(Path(str(database.url.database)), revision, clock())
            back_up(database, copy)
        schema.upgrade(database)
        return copy
    finally:
        database.close()


def restore(settings: Settings, file: Path, *, clock: Clock = system_clock) -> CheckReport:
    """Restore `file` to the empty place that the settings name, and check it.

    Raises NotFound when there is no such file, WrongInput when it cannot be read, Refused when the
    place is not empty or the file is no backup of bok for this kind of database, DatabaseUnavailable
    when this desk lacks the journal key or the place cannot be used.
    """
    require_readable(file)
    key = read_key(settings.chain_key)
    database = open_database(settings.address)
    try:
        if database.dialect == "sqlite":
            _restore_sqlite(database, file, key)
        else:
            _restore_postgres(database, file)
        if schema.current_revision(database) in schema.known_revisions() - {schema.HEAD}:
            schema.upgrade(database)
    finally:
        database.close()
    return _settle(settings, file, clock)


def _settle(settings: Settings, file: Path, clock: Clock) -> CheckReport:
    """Check what was restored, and write down that it was."""
    house = open_house(settings, clock=clock)
    seen = house.heads.read() if house.heads is not None else {}
    report = check_database(dataclasses.replace(house, heads=None))
    journal_holds = all(check.ok for check in report.checks if check.name in JOURNAL_CHECKS)
    if journal_holds and house.heads is not None:
        with told_plainly(), house.database.reader.connect() as connection:
            rows = connection.execute(sa.select(col(ChainHead.log), col(ChainHead.seq), col(ChainHead.mac)))
            house.heads.reset({row.log: (row.seq, row.mac) for row in rows})
        house.office(SYSTEM).do(note_restore, file.name, seen)
    house.database.close()
    return report


@operation(roles=SYSTEM_ONLY)
def note_restore(work: Work, name: str, seen: dict[str, journal.Head]) -> None:
    """Write down a restore and the journal heads that this machine had seen; end shell sessions."""
    work.session.execute(
        sa.update(StaffSession).where(col(StaffSession.ended_at).is_(None)).values(ended_at=work.now)
    )
    rows = work.session.execute(sa.select(col(ChainHead.log), col(ChainHead.seq)))
    work.changed(
        "database.restored",
        f"file {name}"[:80],
        before={log: seq for log, (seq, _) in seen.items()},
        after={row.log: row.seq for row in rows},
    )


def _restore_sqlite(database: Database, file: Path, key: bytes) -> None:
    target = Path(str(database.url.database))
    # a journal left behind would be rolled into the restored file
    for path in (target, *(target.with_name(target.name + end) for end in ("-wal", "-shm", "-journal"))):
        if path.exists() and path.stat().st_size:
            raise Refused(
                N_("%(path)s is in the way: a restore needs an empty place. Move it away first."), path=path
            )
    _require_sign(file, SQLITE_SIGN)
    with opened_read_only(file) as source:
        require_bok(source, file, key)
        create_private_file(target)
        try:
            with written_beside(target, force=True) as temporary:
                copy_to(source, temporary)
        except BaseException:
            target.unlink(missing_ok=True)
            raise


def _restore_postgres(database: Database, file: Path) -> None:
    _require_sign(file, POSTGRES_SIGN)
    with told_plainly(), database.reader.connect() as connection:
        if tables := sa.inspect(connection).get_table_names():
            raise Refused(
                N_(
                    "The database %(url)s is not empty (it has a table %(table)s); restore into an empty one."
                ),
                url=database.shown_url,
                table=tables[0],
            )
    if not {"chain_head", "installation"} <= postgres_tools.tables_in(database, file):
        raise Refused(NOT_OURS, file=file)
    postgres_tools.load(database, file)


def _require_sign(file: Path, sign: bytes) -> None:
    try:
        with file.open("rb") as opened:
            begin = opened.read(len(SQLITE_SIGN))
    except OSError as error:
        raise cannot_read(file, error) from error
    if begin.startswith(sign):
        return
    if begin.startswith((SQLITE_SIGN, POSTGRES_SIGN)):
        raise Refused(
            N_("%(file)s is a backup of the other kind of database; set BOK_DATABASE_URL to that kind."),
            file=file,
        )
    raise Refused(NOT_OURS, file=file)


def _name_before(path: Path, revision: str | None, now: datetime) -> Path:
    return path.with_name(f"{path.stem}-before-upgrade-{revision}-{now:%Y%m%dT%H%M%S}{path.suffix}")
