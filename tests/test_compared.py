"""What the tests remember of comparisons answers the same question alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import alembic.autogenerate
import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext

Seen = tuple[str, str | None]


@pytest.fixture
def connection() -> Iterator[sa.Connection]:
    engine = sa.create_engine("sqlite://")
    with engine.connect() as connection:
        connection.exec_driver_sql("CREATE TABLE well (id INTEGER NOT NULL PRIMARY KEY, depth INTEGER)")
        yield connection
    engine.dispose()


def models(*columns: str) -> sa.MetaData:
    """Return models with the one table of that database."""
    metadata = sa.MetaData()
    sa.Table("well", metadata, *(sa.Column(name, sa.Integer, primary_key=name == "id") for name in columns))
    return metadata


def all_but(left_out: str) -> Callable[..., bool]:
    """Return an option that overlooks what is called so."""

    def included(item: object, name: str | None, *_: object) -> bool:
        return name != left_out

    return included


def differences(connection: sa.Connection, metadata: sa.MetaData, **options: Any) -> list[Seen]:
    """Return what differs, and the name of the column that it differs in."""
    context = MigrationContext.configure(connection, opts=options)
    found = alembic.autogenerate.compare_metadata(context, metadata)
    return [(each[0], each[-1].name) for each in found]


def test_other_models_are_compared_anew(connection: sa.Connection) -> None:
    assert differences(connection, models("id", "depth")) == []
    assert differences(connection, models("id")) == [("remove_column", "depth")]
    changed = models("id", "depth")
    assert differences(connection, changed) == []
    changed.tables["well"].append_column(sa.Column("dug", sa.Integer))
    assert differences(connection, changed) == [("add_column", "dug")]
    sa.Index("ix_well_depth", changed.tables["well"].c.depth)
    assert differences(connection, changed) == [("add_column", "dug"), ("add_index", "ix_well_depth")]


def test_other_options_are_another_comparison(connection: sa.Connection) -> None:
    assert differences(connection, models("id")) == [("remove_column", "depth")]
    assert differences(connection, models("id"), include_object=all_but("depth")) == []
    assert differences(connection, models("id"), include_object=all_but("id")) == [("remove_column", "depth")]


def test_the_same_question_is_answered_from_memory(connection: sa.Connection) -> None:
    def asked(left_out: str) -> list[Any]:
        options = {"include_object": all_but(left_out)}
        context = MigrationContext.configure(connection, opts=options)
        found: list[Any] = alembic.autogenerate.compare_metadata(context, models("id"))
        return found

    assert asked("id")[0] is asked("id")[0]
