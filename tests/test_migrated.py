"""What the tests of a process share of the migrations is what the migrations themselves make."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import alembic.command
import pytest
import sqlalchemy as sa

from db import schema
from db.engine import Database, open_database
from tests.conftest import create_postgres, drop_postgres
from tests.migrated import share_migrated

_MADE = {
    "sqlite": "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid",
    "postgresql": "SELECT relname, relkind, attname, attnum, atttypid, attnotnull FROM pg_class"
    " JOIN pg_attribute ON attrelid = pg_class.oid WHERE pg_class.oid >= 16384"
    " AND relnamespace = 'public'::regnamespace ORDER BY 1, 4",
}


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Returns one empty database after another."""
    names: list[str] = []

    def make() -> Database:
        names.append(f"empty_{uuid.uuid4().hex}")
        file = f"sqlite:///{tmp_path / names[-1]}"
        return open_database(file if request.param == "sqlite" else create_postgres(names[-1]))

    yield make
    for name in names:
        if request.param != "sqlite":
            drop_postgres(name)


def made(database: Database) -> list[Any]:
    """Return the tables that stand there, and the revision."""
    with database.reader.connect() as connection:
        found = [tuple(row) for row in connection.exec_driver_sql(_MADE[database.dialect])]
        return [*found, connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar_one()]


def test_the_second_is_as_the_first_and_what_is_not_empty_is_migrated_as_ever(
    empty: Callable[[], Database], monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    shared: Any = alembic.command.upgrade
    real = shared.__wrapped__

    def counted(*arguments: Any) -> None:
        calls.append(str(arguments[1]))
        real(*arguments)

    monkeypatch.setattr(alembic.command, "upgrade", counted)
    share_migrated()
    with closing(empty()) as first, closing(empty()) as second:
        for database in (first, second):
            schema.upgrade(database)
        assert calls == ["head"]
        assert made(second) == made(first)
        schema.downgrade(second, "base")
        schema.upgrade(second)
        assert calls == ["head", "head"]
        assert made(second)[-1] == schema.HEAD
