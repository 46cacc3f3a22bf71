"""What a search found: at most fifty lines, painted line by line, and only those that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from bok_tui.i18n import _
from bok_tui.safe_text import fit
from bok_tui.wording.search import match_word, meters_word, town_and_street

if TYPE_CHECKING:
    from db.records.clients import ClientHit

MARK = "▸"
Cell = tuple[str, str]
"""A piece of a line and its component class, without the prefix."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the columns; 0 leaves a column out."""

    name: int
    street: int
    town: int
    meter: int
    kind: int

    @classmethod
    def of(cls, width: int) -> Columns:
        """Share `width`: town and kind of match get columns of their own where there is room."""
        meter, kind = 12, 18 if width >= 110 else 0
        town = 18 if width >= 96 else 0
        rest = width - 9 - (meter + 1) - (kind + 1 if kind else 0) - (town + 1 if town else 0)
        name = min(max(rest * 47 // 100, 8), 44)
        return cls(name, min(max(rest - name - 1, 8), 48), town, meter, kind)


class ResultList(Widget):
    """The hits under the command line, which keeps the focus while arrows move here.

    A heading, then one line a hit. `notes` are shown while there are no hits.
    """

    DEFAULT_CSS = """
    ResultList { height: 1fr; width: 1fr; }
    ResultList > .result-list--heading { color: $faint; }
    ResultList > .result-list--plain { color: $foreground; }
    ResultList > .result-list--strong { color: $foreground; text-style: bold; }
    ResultList > .result-list--faint { color: $faint; }
    ResultList > .result-list--cursor {
        background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold;
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"result-list--{name}" for name in ("heading", "plain", "strong", "faint", "cursor")
    }
    ALLOW_SELECT = False

    @dataclass
    class Chosen(Message):
        """A hit was clicked twice."""

        hit: ClientHit

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.hits: tuple[ClientHit, ...] = ()
        self.cursor = 0
        self.moved = False
        """True when the person, not the search, put the cursor where it is."""
        self._notes: tuple[tuple[Cell, ...], ...] = ()
        self._top = 0
        self._painted: list[tuple[Cell, ...]] = []
        self._looks: dict[str, Style] = {}

    @property
    def current(self) -> ClientHit | None:
        """The hit under the cursor."""
        return self.hits[self.cursor] if self.hits else None

    def show_hits(self, hits: Sequence[ClientHit]) -> None:
        """Replace the hits; the cursor goes to the first."""
        self.hits, self._notes = tuple(hits), ()
        self.cursor, self._top, self.moved = 0, 0, False
        self._repaint()

    def show_notes(self, notes: Sequence[tuple[Cell, ...]]) -> None:
        """Show lines of words instead of hits."""
        self.hits, self._notes = (), tuple(notes)
        self.cursor, self._top, self.moved = 0, 0, False
        self._repaint()

    def move(self, by: int) -> None:
        """Move the cursor by some lines; the ends stop it."""
        if self.hits:
            self.moved = True
            self.cursor = max(0, min(self.cursor + by, len(self.hits) - 1))
            room = self.page
            self._top = min(max(self._top, self.cursor - room + 1), self.cursor)
            self._repaint()

    @property
    def page(self) -> int:
        """Hits that fit at once."""
        return max(self.size.height - 1, 1)

    def render_line(self, y: int) -> Strip:
        """Paint one line."""
        if y >= len(self._painted):
            self._painted = self._lines()
        cells = self._painted[y] if y < len(self._painted) else ()
        segments = [Segment(text, self._style(name)) for text, name in cells]
        return Strip(segments).adjust_cell_length(self.size.width, self._style("plain"))

    def notify_style_update(self) -> None:
        """Look the styles up anew: the colours have changed."""
        self._looks.clear()
        super().notify_style_update()

    def on_resize(self) -> None:
        """Share the new width."""
        self._painted = []
        self.move(0)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the clicked line; a double click opens it."""
        at = self._top + event.y - 1
        if event.y > 0 and at < len(self.hits):
            self.move(at - self.cursor)
            if event.chain > 1:
                self.post_message(self.Chosen(self.hits[at]))

    def _style(self, name: str) -> Style:
        style = self._looks.get(name)
        if style is None:
            style = self.rich_style + self.get_component_rich_style(f"result-list--{name}", partial=True)
            self._looks[name] = style
        return style

    def _repaint(self) -> None:
        """Refresh the lines that differ from what is on the screen, and no others."""
        old, new = self._painted, self._lines()
        self._painted = new
        if len(old) != len(new):
            self.refresh()
            return
        for y, (before, after) in enumerate(zip(old, new, strict=True)):
            if before != after:
                self.refresh(Region(0, y, self.size.width, 1))

    def _lines(self) -> list[tuple[Cell, ...]]:
        """Return every line of the widget as its pieces."""
        height, width = self.size.height, self.size.width
        lines: list[tuple[Cell, ...]] = []
        if self.hits:
            columns = Columns.of(width)
            lines.append(((_heading(columns, width), "heading"),))
            for at in range(self._top, min(self._top + self.page, len(self.hits))):
                lines.append(_line(self.hits[at], columns, width, cursor=at == self.cursor))
        else:
            lines = list(self._notes)
        return (lines + [()] * height)[:height]


def _heading(columns: Columns, width: int) -> str:
    words = (
        ("", 0),
        (_("no."), 6),
        (_("client"), columns.name),
        (_("address"), columns.street),
        (_("town"), columns.town),
        (_("meter"), columns.meter),
        (_("matched"), columns.kind),
    )
    return fit(" " + " ".join(fit(word, size) for word, size in words if size), width)


def _line(hit: ClientHit, columns: Columns, width: int, *, cursor: bool) -> tuple[Cell, ...]:
    town, street = town_and_street(hit)
    if not columns.town and town and not street.startswith(town):
        street = f"{street}, {town}"
    cells = (
        (hit.number, 6, "strong"),
        (hit.name, columns.name, "plain"),
        (street, columns.street, "plain"),
        (town, columns.town, "plain"),
        (meters_word(hit), columns.meter, "plain"),
        (match_word(hit.match), columns.kind, "faint"),
    )
    mark = MARK if cursor else " "
    if cursor:
        text = " ".join(fit(words, size) for words, size, _style in cells if size)
        return ((fit(mark + text, width), "cursor"),)
    return ((mark, "plain"), *((fit(words, size) + " ", style) for words, size, style in cells if size))
