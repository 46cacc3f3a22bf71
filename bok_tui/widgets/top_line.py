"""The first line of a screen: whose back-office this is, DEMO, who works here, the time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from bok_tui.formats import clock_time
from bok_tui.i18n import _
from bok_tui.safe_text import fit, visible
from db.records.people import ROLE_WORDS

if TYPE_CHECKING:
    from bok_tui.workplace import Workplace

NARROW = 18
"""Columns kept for the utility's name, however long the person's is."""


class TopLine(Widget):
    """` e-BOK · WODY PRZYKŁADOWA  DEMO          Anna Nowak · konsultant  10:41 `."""

    DEFAULT_CSS = "TopLine { height: 1; width: 1fr; background: $panel; color: $foreground; }"
    ALLOW_SELECT = False

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace
        self._shown_time = ""

    def on_mount(self) -> None:
        """Look at the clock now and then; the line is painted only when the minute changes."""
        self.set_interval(5, self._tick)

    def _tick(self) -> None:
        if clock_time(self._workplace.clock()) != self._shown_time:
            self.refresh()

    def render(self) -> Content:
        """Draw the line in the width there is."""
        place, width = self._workplace, self.size.width
        self._shown_time = clock_time(place.clock())
        staff = place.staff
        who = f"{visible(staff.name)} · {_(ROLE_WORDS[staff.role])}  " if staff else ""
        mark = " DEMO " if place.demo else ""
        right = fit(who, max(0, min(cell_len(who), width - NARROW - len(mark) - 8)))
        room = width - cell_len(right) - len(self._shown_time) - len(mark) - 2
        name = f"e-BOK · {place.utility_name.upper()}" if place.utility_name else "e-BOK"
        left = fit(name, min(cell_len(visible(name)) + 2, max(0, room)))
        return Content.assemble(
            (" ", ""),
            (left, "bold"),
            (mark, "bold $warning reverse"),
            (" " * max(0, room - cell_len(left)), ""),
            (right, ""),
            (self._shown_time, "bold"),
            (" ", ""),
        )
