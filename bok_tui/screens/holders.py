"""Assignments of the queue: who has taken how many requests, and how old they are."""

from __future__ import annotations

from textual import on
from textual.widgets import Static

from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import board_work
from bok_tui.screens.board_work import Holders
from bok_tui.screens.list_screen import ListScreen
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.board import holder_heading, holder_words
from db.records.request_views import RequestFilter

NOBODY = "-"
"""Key of the line of what nobody has taken: no login is like it."""


class HoldersScreen(ListScreen):
    """Opened from the board by a supervisor."""

    CSS_PATH = "board.tcss"
    BINDINGS = bindings("open", "read-again", "back")
    HINTS = ("help", "open", "read-again", "requests", "back")
    TITLE_TEXT = N_("Who has which requests")
    HELP = N_(
        "Enter opens the requests that somebody has taken, or those that nobody has. There p gives one to\n"
        "somebody, or takes it away."
    )

    def __init__(self) -> None:
        super().__init__()
        self._found: Holders | None = None

    @property
    def outdated(self) -> bool:
        """True once the list was read."""
        return self._found is not None

    def reload(self) -> None:
        """Read who has what."""
        title = _("Requests to decide, by who has taken them")
        self.query_one("#title", Static).update(plain(title))
        self.ask(board_work.holders, self._show, refused=self.tell_refusal, latest="holders")

    def _show(self, found: Holders) -> None:
        self._found = found
        rows = [
            Row(one.login or NOBODY, holder_words(one), "bold $text-warning" if one.late else "")
            for one in found.holders
        ]
        heading = holder_heading() if rows else ""
        self.rows.show(rows, heading=heading, empty=_("no request is to be decided"))

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        from bok_tui.screens.requests import RequestScreen

        event.stop()
        login = "" if event.key == NOBODY else event.key
        self.app.push_screen(RequestScreen(view=1, wanted=RequestFilter(holder=login)))
