"""What SQLite and PostgreSQL say differently in the statements of the client index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

LAST = "\U0010ffff"
"""Sorts after every character that a key may hold."""

Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words that replace `{...}` in a statement, and how values travel."""

    name: str
    words: tuple[tuple[str, str], ...]

    def sql(self, template: str) -> str:
        """Return the statement of `template` in this dialect, its `?` as the driver wants them."""
        return _written(self, template)

    def many(self, values: Sequence[Any]) -> Any:
        """Return a list as one parameter for `{in}` and `{each}`."""
        return json.dumps(values) if self.name == "sqlite" else list(values)


SQLITE = Dialect(
    "sqlite",
    (
        ("{bytes}", ""),
        ("{position}", "instr"),
        ("{in}", "IN (SELECT value FROM json_each(?))"),
        ("{each_text}", "json_each(?) AS given"),
        ("{given}", "given.value"),
        ("{last}", "char(1114111)"),
    ),
)
POSTGRESQL = Dialect(
    "postgresql",
    (
        ("{bytes}", ' COLLATE "C"'),
        ("{position}", "strpos"),
        ("{in}", "= ANY(?)"),
        ("{each_text}", "unnest(?::text[]) AS given(word)"),
        ("{given}", "given.word"),
        ("{last}", "chr(1114111)"),
    ),
)


@lru_cache(maxsize=256)
def _written(dialect: Dialect, template: str) -> str:
    for word, meaning in dialect.words:
        template = template.replace(word, meaning)
    return template if dialect.name == "sqlite" else template.replace("?", "%s")


class Asker:
    """Asks a database through its driver: on the key path every look-up counts."""

    def __init__(self, session: Session) -> None:
        connection = session.connection()
        self.dialect = SQLITE if connection.dialect.name == "sqlite" else POSTGRESQL
        self._driver: Any = connection.connection.driver_connection
        self._fault: type[Exception] = connection.dialect.loaded_dbapi.Error

    def rows(self, template: str, *values: Any) -> list[Row]:
        """Return the rows that the statement of `template` gives for `values`."""
        try:
            rows: list[Row] = self._driver.execute(self.dialect.sql(template), values).fetchall()
        except self._fault as error:
            raise self._told(error) from error
        return rows

    def run(self, template: str, *values: Any) -> None:
        """Run a statement that changes the index."""
        self.run_many(template, [values])

    def run_many(self, template: str, values: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement once for each of `values`."""
        if not values:
            return
        try:
            self._driver.cursor().executemany(self.dialect.sql(template), values)
        except self._fault as error:
            raise self._told(error) from error

    def _told(self, error: Exception) -> Exception:
        """Return the complaint as the rest of the program knows it, without the values."""
        return sa.exc.DBAPIError.instance("search", None, error, self._fault, hide_parameters=True)


def beginning(prefix: str) -> tuple[str, str]:
    """Return the range of keys that begin with `prefix`."""
    return prefix, prefix + LAST


def word_range(words: str) -> tuple[str, str]:
    """Return the range of keys that are `words` or go on with another word after them."""
    return words, words + "!"  # only the blank sorts before it
