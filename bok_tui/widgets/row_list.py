"""A short list of lines with a cursor that is a sign, not only a colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from bok_tui.safe_text import fit, visible

MARK = "▸"
MOST_UNFOLDED = 6
"""Lines that a long row under the cursor may take."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line, and what it stands for."""

    key: str
    text: str
    style: str = ""


class RowList(Widget, can_focus=True):
    """Lines under a heading; only those around the cursor are shown when they do not fit.

    A line too long for the screen is cut; under the cursor it unfolds.
    The cursor stays on its row's key when the rows are replaced.
    """

    DEFAULT_CSS = """
    RowList { height: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
        Binding("enter", "choose", show=False),
    ]

    cursor: reactive[int] = reactive(0)

    @dataclass
    class Moved(Message):
        """The cursor stands on another row."""

        rows: RowList
        key: str

        @property
        def control(self) -> RowList:
            """The list, for selectors."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """Enter was pressed on a row."""

        rows: RowList
        key: str

        @property
        def control(self) -> RowList:
            """The list, for selectors."""
            return self.rows

    def __init__(
        self,
        rows: Sequence[Row] = (),
        *,
        heading: str = "",
        empty: str = "",
        id: str | None = None,  # noqa: A002 - Textual's name
    ) -> None:
        super().__init__(id=id)
        self.rows = tuple(rows)
        self.heading = heading
        self.empty = empty
        """What is said instead of rows."""
        self._top = 0

    @property
    def current(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.rows else None

    def show(self, rows: Sequence[Row], *, heading: str | None = None, empty: str | None = None) -> None:
        """Replace the rows; the cursor follows its key, or stays as near as it can."""
        key = self.current.key if self.current else None
        self.rows = tuple(rows)
        self.heading = self.heading if heading is None else heading
        self.empty = self.empty if empty is None else empty
        keys = [row.key for row in self.rows]
        self.cursor = keys.index(key) if key in keys else max(min(self.cursor, len(keys) - 1), 0)
        self.refresh(layout=True)

    def select(self, key: str) -> None:
        """Put the cursor on the row of `key`, if there is one."""
        keys = [row.key for row in self.rows]
        if key in keys:
            self.cursor = keys.index(key)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return the lines needed for everything, for lists of automatic height."""
        return max(len(self.rows), 1) + bool(self.heading)

    def render(self) -> Content:
        """Return the heading and the rows around the cursor."""
        width = self.size.width
        lines = [Content.styled(fit("  " + self.heading, width), "$text-muted")] if self.heading else []
        if not self.rows:
            return Content("\n").join([*lines, Content.styled("  " + visible(self.empty), "$text-muted")])
        unfolded = self._unfolded(width)
        room = max(self.size.height - len(lines) - len(unfolded) + 1, 1)
        self._top = min(max(self._top, self.cursor - room + 1, 0), self.cursor)
        for index in range(self._top, min(self._top + room, len(self.rows))):
            row = self.rows[index]
            if index != self.cursor:
                lines.append(Content.styled(fit("  " + row.text, width), row.style))
                continue
            style = "$block-cursor-foreground on $block-cursor-background" if self.has_focus else "bold"
            lines.extend(Content.styled(fit(line, width), style) for line in unfolded)
        return Content("\n").join(lines)

    def _unfolded(self, width: int) -> list[str]:
        """Return the row under the cursor whole, on as many lines as it needs."""
        text = visible(self.rows[self.cursor].text)
        if cell_len(text) + 2 <= width:
            return [f"{MARK} {text}"]
        wrapped = wrap(text, max(width - 2, 10), subsequent_indent=" " * 4)
        return [f"{MARK if at == 0 else ' '} {line}" for at, line in enumerate(wrapped[:MOST_UNFOLDED])]

    def watch_cursor(self) -> None:
        """Tell the screen where the cursor stands."""
        if self.current is not None:
            self.post_message(self.Moved(self, self.current.key))

    def action_move(self, by: int) -> None:
        """Move the cursor; the ends stop it."""
        self.cursor = max(min(self.cursor + by, len(self.rows) - 1), 0)

    def action_page(self, by: int) -> None:
        """Move the cursor by what is on the screen."""
        self.action_move(by * max(self.size.height - 2, 1))

    def action_edge(self, index: int) -> None:
        """Put the cursor on the first or the last row."""
        self.cursor = max(len(self.rows) - 1, 0) if index else 0

    def action_choose(self) -> None:
        """Tell the screen that Enter was pressed here."""
        if self.current is not None:
            self.post_message(self.Chosen(self, self.current.key))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the line that was clicked; a double click is Enter."""
        index = self._top + event.y - bool(self.heading)
        if 0 <= index < len(self.rows):
            self.cursor = index
            if event.chain > 1:
                self.action_choose()
