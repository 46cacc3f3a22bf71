"""The rows of the batch screen, and which of them the database has; no widget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import uuid4

from db.records.people import Channel
from db.records.reading_batch import (
    FINAL,
    BatchDraft,
    BatchHead,
    BatchRow,
    JudgedRow,
    RowStanding,
)

AT_ONCE = 20
"""Rows of one bundle."""


@dataclass(slots=True)
class Sheet:
    """What is typed. A row is *waiting* until the database has answered that it keeps it."""

    channel: Channel
    day: date
    """Of the first row."""
    desk: str
    """Names this screen."""
    token: str = field(default_factory=lambda: uuid4().hex)
    number: int = 0
    """0 until the database has given it one."""
    rows: dict[int, BatchRow] = field(default_factory=dict)
    judged: dict[int, JudgedRow] = field(default_factory=dict)
    waiting: set[int] = field(default_factory=set)
    sent: tuple[BatchRow, ...] = ()
    """The bundle that is under way."""
    last: int = 0
    """The highest line used."""
    _day_from: int = 1
    """The first line that `day` was chosen for."""

    @property
    def head(self) -> BatchHead:
        """The batch as the database is told of it."""
        return BatchHead(self.token, self.desk, self.channel, self.day)

    @property
    def next_line(self) -> int:
        """The line of the next row; the one that is still typed is gone on with."""
        begun = self.rows.get(self.last)
        return self.last if begun is not None and not begun.done else self.last + 1

    @property
    def unkept(self) -> int:
        """Rows that the database has not answered for."""
        return len(self.waiting | {row.line for row in self.sent})

    @property
    def kept(self) -> int:
        """Rows that are safe whatever happens to this program."""
        return len(self.rows) - self.unkept

    def standing(self, line: int) -> RowStanding | None:
        """Return where a row stands; None until it is judged."""
        said = self.judged.get(line)
        return said.standing if said is not None else None

    def count(self, *standings: RowStanding) -> int:
        """Return how many rows stand so."""
        return sum(said.standing in standings for said in self.judged.values())

    def settled(self, line: int) -> bool:
        """Tell whether a row is saved or dropped, and so cannot be changed here."""
        return self.standing(line) in FINAL

    @property
    def finished(self) -> bool:
        """True when every row is done with."""
        return bool(self.rows) and all(self.settled(line) for line in self.rows)

    @property
    def doubtful(self) -> list[int]:
        """The lines of the rows that something stands against, in their order."""
        return sorted(line for line in self.judged if self.standing(line) is RowStanding.DOUBTFUL)

    @property
    def good(self) -> int:
        """Rows that the next save takes."""
        return self.count(RowStanding.GOOD)

    def day_above(self, line: int) -> date:
        """Return the day that a row goes on with: that of the nearest row above whose day is one."""
        for at in range(line - 1, self._day_from - 1, -1):
            row = self.rows.get(at)
            if row is not None and (day := _iso(row.day)) is not None:
                return day
        return self.day

    def begin_day(self, kept: str) -> None:
        """Let rows from the next one on go on with this day."""
        self.day, self._day_from = date.fromisoformat(kept), self.next_line

    def put(self, row: BatchRow) -> bool:
        """Take a row as it is typed now; False when nothing is new, or it is done with."""
        if self.settled(row.line) or self.rows.get(row.line) == row:
            return False
        self.rows[row.line] = row
        self.last = max(self.last, row.line)
        self.waiting.add(row.line)
        self.judged.pop(row.line, None)
        return True

    def ask_again(self) -> None:
        """Have every row that is not done with judged anew."""
        self.waiting |= {line for line in self.rows if not self.settled(line)}

    def bundle(self) -> tuple[BatchRow, ...]:
        """Return the rows to be sent now, none while others are under way."""
        if self.sent or not self.waiting:
            return ()
        lines = sorted(self.waiting)[:AT_ONCE]
        self.waiting -= set(lines)
        self.sent = tuple(self.rows[line] for line in lines)
        return self.sent

    def answer(self, number: int, judged: Iterable[JudgedRow]) -> None:
        """Take the answer to the bundle under way."""
        self.sent = ()
        self.hear(number, judged)

    def hear(self, number: int, judged: Iterable[JudgedRow]) -> None:
        """Take what is said of rows; those typed anew meanwhile wait for their own answer."""
        self.number = number
        for said in judged:
            if said.line in self.rows and said.line not in self.waiting:
                self.judged[said.line] = said

    def unsent(self) -> None:
        """Let the bundle under way wait again: it was not kept."""
        self.waiting |= {row.line for row in self.sent}
        self.sent = ()

    def anew(self) -> Sheet:
        """Return an empty sheet for another batch, with the same channel and day."""
        return Sheet(self.channel, self.day, self.desk)

    def elsewhere(self) -> Sheet:
        """Return a sheet of another batch with the rows that this one could not keep."""
        found = self.anew()
        for row in sorted((self.rows[line] for line in self.waiting), key=lambda row: row.line):
            found.put(replace(row, line=found.last + 1))
        return found


def resumed(draft: BatchDraft, desk: str) -> Sheet:
    """Return the sheet of a batch that is offered back."""
    return Sheet(
        channel=draft.line.channel,
        day=draft.day,
        desk=desk,
        token=draft.token,
        number=draft.line.number,
        rows={row.line: row for row in draft.rows},
        judged={said.line: said for said in draft.judged},
        last=draft.last,
    )


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
