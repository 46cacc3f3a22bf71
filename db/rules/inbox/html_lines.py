"""The lines that a page of HTML makes: where they end, what sets cells apart, what is quoted."""

from __future__ import annotations

import re
from enum import IntEnum

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_DEEPEST = 20
_MOST_CELLS = 12


class Break(IntEnum):
    """What stands between the words so far and the next ones."""

    NONE = 0
    CELL = 1
    LINE = 2
    PARAGRAPH = 3


class Lines:
    """Lines of text in the making."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.now: list[str] = []
        self.filled = False
        """The line has words."""
        self.blank = False
        """A blank is due before the next word."""
        self.due = Break.NONE
        self.in_row = False
        """The row of the table has words."""
        self.tabs = 0
        """Cells begun since the last word of the row; an empty one keeps its place."""
        self.fresh_cell = False
        """A cell has begun and is empty: blocks within it do not end the line."""
        self.quoted = 0
        self.kept = 0
        """Depth of what keeps its line ends (`<pre>`)."""

    def add(self, words: str) -> None:
        """Add words; blanks between them are one blank."""
        if self.kept:
            first, *others = words.replace("\r\n", "\n").split("\n")
            self._put(first)
            for line in others:
                self.end_line()
                self._put(line)
            return
        bare = _BLANKS.sub(" ", words)
        if bare == " ":
            self.blank = self.filled
            return
        if bare:
            self._come_to()
        if self.filled and self.now[-1][-1] != "\t" and (self.blank or bare.startswith(" ")):
            bare = " " + bare.lstrip(" ")
        else:
            bare = bare.lstrip(" ")
        self.blank = bare.endswith(" ")
        self._put(bare.rstrip(" "))

    def _put(self, words: str) -> None:
        if not words:
            return
        self._come_to()
        self.now.append(words)
        self.filled = self.in_row = True
        self.fresh_cell = False

    def _come_to(self) -> None:
        """Make the break that is due."""
        due, self.due = self.due, Break.NONE
        tabs, self.tabs = min(self.tabs, _MOST_CELLS), 0
        if due is Break.CELL and self.filled:
            self.now.append("\t" * tabs)
        elif due >= Break.LINE:
            if self.filled:
                self._end()
            if due is Break.PARAGRAPH and self.done:
                self._end()

    def _end(self) -> None:
        mark = ">" * self.quoted + " " if self.quoted else ""
        self.done.append((mark + "".join(self.now)).rstrip())
        self.now.clear()
        self.filled = self.blank = False

    def end_line(self) -> None:
        """End the line, also an empty one (`<br>`)."""
        self._come_to()
        self._end()

    def block(self, how: Break) -> None:
        """Begin or end a block."""
        if not self.fresh_cell:
            self.due = max(self.due, how)

    def row(self) -> None:
        """Begin a row of a table."""
        self.block(Break.LINE)
        self.in_row = self.in_row and self.fresh_cell

    def cell(self) -> None:
        """Begin a cell: set apart from the one before it by a tab, whatever stood in that."""
        if self.in_row and self.filled:
            self.due = Break.CELL
            self.tabs += 1
        self.fresh_cell = True

    def rule(self, line: str) -> None:
        """Draw a line across the page."""
        self.fresh_cell = False
        self.block(Break.LINE)
        self._put(line)
        self.block(Break.LINE)

    def quote(self, step: int) -> None:
        """Go into a quotation, or out of it."""
        self.fresh_cell = False
        self.due = max(self.due, Break.LINE)
        self._come_to()
        self.quoted = min(max(0, self.quoted + step), _DEEPEST)

    def text(self) -> str:
        """Return all lines."""
        self._come_to()
        if self.filled:
            self._end()
        return "\n".join(self.done)
