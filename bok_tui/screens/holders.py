"""Assignments of the queue: who has taken how many requests, and how old they are."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import board_work
from bok_tui.screens.base import BokScreen
from bok_tui.screens.board_work import Holders
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.widgets.told_line import ToldLine
from bok_tui.widgets.top_line import TopLine
from bok_tui.wording.board import holder_heading, holder_words
from db.errors import BokError
from db.records.requests import RequestFilter

NOBODY = "-"
"""Key of the line of what nobody has taken: no login is like it."""


class HoldersScreen(BokScreen[None]):
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

    def compose(self) -> ComposeResult:
        """Draw the empty list; it is filled as soon as the database answers."""
        yield TopLine(self.bok.workplace)
        yield Static(plain(_("Requests to decide, by who has taken them")), id="title")
        yield RowList(id="items")
        yield ToldLine(id="told")
        yield KeyHints()

    def on_mount(self) -> None:
        """Read the list."""
        self.query_one("#items", RowList).focus()
        self.action_read_again()

    def on_screen_resume(self) -> None:
        """Read it again after requests were looked at."""
        if self._found is not None and self.app.screen is self:
            self.action_read_again()

    def action_read_again(self) -> None:
        """Read who has what."""
        self.ask(board_work.holders, self._show, refused=self._tell_refusal, latest="holders")

    def _show(self, found: Holders) -> None:
        self._found = found
        rows = [
            Row(one.login or NOBODY, holder_words(one), "bold $text-warning" if one.late else "")
            for one in found.holders
        ]
        heading = holder_heading() if rows else ""
        self.query_one("#items", RowList).show(rows, heading=heading, empty=_("no request is to be decided"))

    def action_open(self) -> None:
        """Open the requests of the line under the cursor."""
        self.query_one("#items", RowList).action_choose()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        from bok_tui.screens.requests import RequestScreen

        event.stop()
        login = "" if event.key == NOBODY else event.key
        self.app.push_screen(RequestScreen(view=1, wanted=RequestFilter(holder=login)))

    def _tell_refusal(self, error: BokError) -> None:
        self.app.bell()
        self.query_one("#told", ToldLine).say(translate_template(error.message, error.params), Tone.ERROR)
