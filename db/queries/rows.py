"""From rows of columns to records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

T = TypeVar("T")

Statement: TypeAlias = "sa.Select[*tuple[Any, ...]]"
"""A statement that is put together once and asked often, its values being parameters."""
Columns = tuple[Any, ...]
"""Columns to select, in the order of the record that they fill."""


def into(record: Callable[..., T], row: Iterable[Any]) -> T:
    """Return the record whose fields are the columns of `row`, in their order."""
    return record(*row)


@lru_cache(maxsize=64)
def _insert_into(table: type[SQLModel]) -> sa.Insert:
    return sa.insert(sa.inspect(table).local_table)


def insert_row(session: Session, table: type[SQLModel], values: Mapping[str, object]) -> int:
    """Insert one row and return its id."""
    key = session.execute(_insert_into(table), dict(values)).inserted_primary_key  # type: ignore[attr-defined]  # a cursor result, having inserted
    return int(key[0])
