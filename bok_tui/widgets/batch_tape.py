"""The rows that were typed, one line each, the newest at the foot."""

from __future__ import annotations

from collections.abc import Sequence

from bok_tui.safe_text import visible
from bok_tui.widgets.row_list import Row, RowList


class Tape(RowList, can_focus=False):
    """A list that is only looked at: its cursor is the row in the fields, and no row unfolds."""

    def show_around(self, rows: Sequence[Row], key: str, *, empty: str) -> None:
        """Show `rows` with that of `key` among them; its place is fixed, so nothing is laid out anew."""
        rows = tuple(rows)
        keys = [row.key for row in rows]
        cursor = keys.index(key) if key in keys else max(len(keys) - 1, 0)
        if (rows, cursor, empty) != (self.rows, self.cursor, self.empty):
            self.rows, self.empty = rows, empty
            self.cursor = cursor
            self.refresh()

    def watch_cursor(self) -> None:
        """Nobody has to be told."""

    def _unfolded(self, width: int) -> list[str]:
        return ["  " + visible(self.rows[self.cursor].text)]
