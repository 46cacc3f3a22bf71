"""What SQLite and PostgreSQL say differently in the statements of the client index."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from db.search import packed, rows
from db.search.keys import ENDING_DIGITS

LAST = "\U0010ffff"
"""Sorts after every character that a key may hold."""

Row = Sequence[Any]
Ask = tuple[str, tuple[Any, ...]]
"""The template of a statement, and its values."""
Range = tuple[str, str]
"""From the first key, included, to the last, excluded."""
Entry = tuple[Any, ...]
"""Kind of name, key, client and place; or place, number, client, address and names."""


class Store(Protocol):
    """How the keys of names and addresses are kept, and the selects that walk them in order."""

    OWN_NAMES: str
    """Select that counts the clients with a name of their own."""
    AT_PLACE: str
    """Select of number, address and names of one client at one place."""
    NAMES_AT_ADDRESS: bool
    """A client's names are kept with the addresses, and with the client only where there is none."""

    def names(self, kind: str = "?", low: str = "?", high: str = "?") -> str:
        """Return the select of key, client and place of the names in a range, in order."""

    def keys(self, kind: str, low: str, high: str) -> str:
        """Return the select of the keys alone of the names in a range."""

    def names_values(self, kind: int, within: Range) -> list[object]:
        """Return the values of `names`."""

    def names_in(self, ranges: int) -> str:
        """Return the select of key, client and range of the names in so many ranges, one after the other."""

    def names_in_values(self, ranges: Sequence[tuple[int, Range]], each: int) -> list[object]:
        """Return the values of `names_in` but for the limit; at most `each` of one range."""

    def addresses(self, places: str) -> str:
        """Return the select of addresses place by place, in the order of the places."""

    def residents(self, places: str, tests: str, *, numbered: bool) -> str:
        """Return the select of who lives in the places: client, address, whether the tests hold, and place.

        The place is that among the addresses looked at, or 0; one who is last of those that may be
        looked at comes back as well. `numbered`: the number of the house matters.
        """

    def residents_values(
        self, given: Sequence[object], held: Sequence[object], number: Range, cap: int, *, numbered: bool
    ) -> list[object]:
        """Return the values of `residents` but for the limit: of its places, of its tests, and the others."""

    def addresses_values(self, number: Range, limit: int) -> list[object]:
        """Return the values of `addresses` after those of its places."""

    def hold(self, ask: Asker) -> None:
        """Keep other writers of the index out until this transaction ends."""

    def change(self, ask: Asker, table: str, gone: Sequence[Entry], fresh: Sequence[Entry]) -> None:
        """Remove the entries `gone` from a table of keys and add those that are `fresh`."""

    def gathered(self, table: str) -> Mapping[str, str]:
        """Return the columns of the table where entries gather in any order, and their types."""

    def staged(self, table: str) -> str:
        """Return the statement that makes that table."""

    def unload(self, table: str) -> tuple[str, ...]:
        """Return the statements that put the gathered entries in their order."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """The words that replace `{...}` in a statement, and how values travel and keys are kept."""

    name: str
    words: tuple[tuple[str, str], ...]
    store: Store

    def sql(self, template: str) -> str:
        """Return the statement of `template` in this dialect, its `?` as the driver wants them."""
        return _written(self, template)

    def many(self, values: Sequence[int | str]) -> str:
        """Return a list as one parameter for `{in_ids}`, `{in_words}` and `{each_text}`."""
        return json.dumps(values) if self.name == "sqlite" else packed.array(values)

    def between(self, column: str, begun: int = 0) -> tuple[str, str]:
        """Return the condition that `column` is in a range, and the order to walk it in.

        PostgreSQL indexes the first `begun` characters alone: where many share them an entry
        takes a few bytes, and those that share them are put in order when they are found.
        """
        within = f"{column}{{bytes}} >= ? AND {column}{{bytes}} < ?"
        if not begun or self.name == "sqlite":
            return within, f"{column}{{bytes}}"
        head = f'left({column}, {begun}) COLLATE "C"'
        heads = f"{head} >= left(?, {begun}) AND {head} <= left(?, {begun})"
        return f"{heads} AND {within}", f"{head}, {column}{{bytes}}"

    def bounds(self, within: Range, begun: int = 0) -> list[object]:
        """Return the values of the condition that `between` gives."""
        return [*within, *within] if begun and self.name != "sqlite" else [*within]


SQLITE = Dialect(
    "sqlite",
    (
        ("{bytes}", ""),
        ("{position}", "instr"),
        ("{in_ids}", "IN (SELECT value FROM json_each(?))"),
        ("{in_words}", "IN (SELECT value FROM json_each(?))"),
        ("{each_text}", "json_each(?) AS given"),
        ("{given}", "given.value"),
        ("{last}", "char(1114111)"),
        ("{ending}", " || ".join(f"substr(value, {-at}, 1)" for at in range(1, ENDING_DIGITS + 1))),
        ("{tail}", "substr(value, -?)"),
    ),
    rows,
)
POSTGRESQL = Dialect(
    "postgresql",
    (
        ("{bytes}", ' COLLATE "C"'),
        ("{position}", "strpos"),
        # behind a SELECT the planner sees no values: its plan fits them all, and is kept
        ("{in_ids}", "= ANY((SELECT ?::int[])::int[])"),
        ("{in_words}", "= ANY((SELECT ?::text[])::text[])"),
        ("{each_text}", "unnest((SELECT ?::text[])) AS given(word)"),
        ("{given}", "given.word"),
        ("{last}", "chr(1114111)"),
        ("{ending}", f"reverse(right(value, {ENDING_DIGITS}))"),
        ("{tail}", "right(value, ?)"),
    ),
    packed,
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
        self._collecting = False
        self._ahead: dict[Ask, list[Row]] = {}

    @contextmanager
    def ahead(self) -> Iterator[None]:
        """Send a server in one go what is asked inside, for its rows when the same is asked again.

        Inside nothing has any rows. The way to a server and back takes as long as most look-ups.
        """
        self._ahead = {}
        self._collecting = True
        try:
            yield
        finally:
            self._collecting = False
            asks, self._ahead = list(self._ahead), {}
        self._ahead = dict(zip(asks, self.send(asks), strict=True))

    def rows(self, template: str, *values: Any) -> list[Row]:
        """Return the rows that the statement of `template` gives for `values`."""
        ask = (template, values)
        if self._collecting:
            return self._ahead.setdefault(ask, [])
        known = self._ahead.get(ask) if self._ahead else None
        return self.send([ask])[0] if known is None else known

    def send(self, asks: Sequence[Ask]) -> list[list[Row]]:
        """Return the rows of each of `asks`; several go to a server at once."""
        try:
            if len(asks) == 1:
                ((template, values),) = asks
                return [self._driver.execute(self.dialect.sql(template), values).fetchall()]
            with self._driver.pipeline():
                sent = [self._driver.execute(self.dialect.sql(template), values) for template, values in asks]
            return [cursor.fetchall() for cursor in sent]
        except self._fault as error:
            raise self._told(error) from error

    def run(self, template: str, *values: Any) -> None:
        """Run a statement that changes the index."""
        self.run_many(template, [values])

    def run_many(self, template: str, values: Sequence[tuple[Any, ...]]) -> None:
        """Run a statement once for each of `values`."""
        if not values:
            return
        self._ahead = {}  # it may be otherwise now
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
