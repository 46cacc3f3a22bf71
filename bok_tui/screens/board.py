"""The supervisor's board: the figures of the morning's report, live; each opens its list."""

from __future__ import annotations

from textual import events, on
from textual.widgets import Static

from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import board_work
from bok_tui.screens.list_screen import ListScreen
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.board import (
    BEHIND,
    HOLDERS,
    Behind,
    figure_words,
    heading_words,
    holders_in_short,
    presses,
    taken_words,
)
from bok_tui.wording.figures import moment_text
from db.records.board import Board

HIGH = 32
MOST_HOLDERS = 6
"""People told of below the figures, where there is room."""


class BoardScreen(ListScreen):
    """F8 for supervisors and administrators."""

    CSS_PATH = "board.tcss"
    BELOW = ("holders",)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]  # noqa: RUF012 - Textual's own declaration
    BINDINGS = bindings(
        "open", "read-again", "back",
        "list-1", "list-2", "list-3", "list-4", "list-5", "list-6", "list-7",
    )  # fmt: skip
    HINTS = ("help", "open", "read-again", "work-lists", "requests", "back")
    TITLE_TEXT = N_("The board")
    HELP = N_(
        "The figures are those of the report daily, all of one moment; they are read again when you come\n"
        "back to the board, and by g. Enter opens the list behind a figure, and there the client.\n"
        "F8 again, or a digit, opens the work lists; F5 the queue of requests."
    )

    def __init__(self) -> None:
        super().__init__()
        self._board: Board | None = None

    @property
    def outdated(self) -> bool:
        """True once the figures were read."""
        return self._board is not None

    def on_resize(self, event: events.Resize) -> None:
        """Share the new width."""
        super().on_resize(event)
        self._show_figures()

    # -- showing

    def reload(self) -> None:
        """Read all figures anew."""
        self.ask(board_work.board, self._show, refused=self.tell_refusal, latest="board")

    def _show(self, board: Board) -> None:
        self._board = board
        self.told.clear()
        self._show_figures()

    def _show_figures(self) -> None:
        board, width = self._board, self.app.size.width
        if board is None:
            return
        from reports.supervision.daily import MEASURES, SECTIONS

        values = {"at": moment_text(board.at)}
        self.query_one("#title", Static).update(plain(_("The board · as of %(at)s") % values))
        rows, section = [], ""
        for line in board.figures:
            words = figure_words(
                line,
                SECTIONS[line["section"]],
                MEASURES[line["measure"]],
                first=line["section"] != section,
                supervisor=self.supervisor,
                width=width,
            )
            rows.append(Row(line["measure"], words, "bold $text-warning" if presses(line) else ""))
            section = line["section"]
        rows.append(Row(HOLDERS, taken_words(board, width)))
        self.rows.show(rows, heading=heading_words(width))
        lines = holders_in_short(board, MOST_HOLDERS)
        self.query_one("#holders", Static).update(plain("\n".join(lines) or _("no request is to be decided")))

    # -- opening

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if event.key == HOLDERS:
            self._open_holders()
        else:
            self._open(BEHIND.get(event.key, Behind()))

    def _open(self, behind: Behind) -> None:
        if self.supervisor and behind.queue is not None:
            from bok_tui.screens.requests import RequestScreen

            view, wanted = behind.queue
            self.app.push_screen(RequestScreen(view=view, wanted=wanted))
        elif self.supervisor and behind.work_list is not None:
            from bok_tui.screens.worklists import WorkListScreen

            self.app.push_screen(WorkListScreen(behind.work_list))
        elif self.supervisor and behind.tills:
            from bok_tui.screens.cash_days import CashScreen

            self.app.push_screen(CashScreen())
        elif behind.report:
            from bok_tui.screens.report_rows import ReportScreen

            self.app.push_screen(ReportScreen(behind))
        else:
            self.refuse(_("Only a supervisor opens this list."))

    def _open_holders(self) -> None:
        if not self.supervisor:
            self.refuse(_("Only a supervisor opens this list."))
            return
        from bok_tui.screens.holders import HoldersScreen

        self.app.push_screen(HoldersScreen())

    def action_show_list(self, number: int) -> None:
        """Open a work list by its digit."""
        if not self.supervisor:
            self.refuse(_("Only a supervisor opens this list."))
            return
        from bok_tui.screens.worklists import KINDS, WorkListScreen

        self.app.push_screen(WorkListScreen(KINDS[number - 1]))
