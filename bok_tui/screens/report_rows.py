"""Rows of a report on the screen: what a figure of the board is made of; each opens its client."""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import board_work
from bok_tui.screens.list_screen import ListScreen
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.board import Behind
from bok_tui.wording.report_rows import fitted
from reports.columns import NBSP
from reports.supervision.definition import Report
from reports.supervision.view_names import name_of
from reports.supervision.wording import title_of

MARGIN = 2
"""Cells that the list keeps for its cursor."""


class ReportScreen(ListScreen):
    """One report, as `bok report` prints it: masked until it is asked for in clear, which is logged."""

    CSS_PATH = "board.tcss"
    ABOVE = ("title", "views")
    BELOW = ("totals", "rest")
    BINDINGS = bindings("open", "reveal-rows", "read-again", "tab-next", "tab-previous", "back")
    HINTS = ("help", "open", "tab-next", "reveal-rows", "read-again", "back")
    TITLE_TEXT = N_("Rows of a report")
    HELP = N_(
        "The same rows as bok report prints. The arrows to the left and right change the view. Enter opens\n"
        "the client of a row. Personal data is masked; a supervisor shows it with r, and that is logged\n"
        "with each client."
    )

    def __init__(self, behind: Behind) -> None:
        """`behind` names the report, its view and its days."""
        super().__init__()
        self._behind = behind
        self._view = behind.view
        self._report: Report | None = None
        self._left_out: tuple[str, ...] = ()

    def reload(self) -> None:
        """Ask for the rows anew, masked."""
        self._load()

    def action_reveal_rows(self) -> None:
        """Show personal data in clear; it is logged with each client."""
        self._load(reveal=True)

    def _load(self, *, reveal: bool = False) -> None:
        work = partial(board_work.rows_behind, behind=self._behind, view=self._view, reveal=reveal)
        self.ask(work, self._show, refused=self.tell_refusal, latest="report")

    # -- showing

    def _show(self, report: Report) -> None:
        self._report = report
        self.told.clear()
        self._show_report()
        if report.more:
            values = {
                "count": len(report.rows),
                "name": report.definition.name,
                "view": report.view.key,
            }
            words = _("The first %(count)s; all of them: bok report %(name)s --by %(view)s") % values
            self.tell(words, Tone.QUIET)

    def on_resize(self, event: events.Resize) -> None:
        """Share the new width."""
        super().on_resize(event)
        self._show_report()

    def _show_report(self) -> None:
        """Show as many columns as the width has room for; the others are told of the row under the cursor."""
        report = self._report
        if report is None:
            return
        self.query_one("#title", Static).update(plain(title_of(report, _)))
        self._show_views(report)
        grid = fitted(report, self.app.size.width - MARGIN)
        self._left_out = grid.left_out
        rows = [Row(str(at), line) for at, line in enumerate(grid.lines)]
        self.rows.show(rows, heading=grid.heading if rows else "", empty=_(report.empty))
        self.query_one("#totals", Static).update(plain(grid.totals))
        self._show_rest()

    def _show_rest(self) -> None:
        """Tell what had no room of the row under the cursor."""
        row = self.rows.current
        rest = self._left_out[int(row.key)] if row and self._left_out else ""
        self.query_one("#rest", Static).update(plain(rest))

    def _show_views(self, report: Report) -> None:
        parts: list[Content] = []
        for view in report.definition.views:
            here = view.key == report.view.key
            # a name is never broken into two lines
            name = name_of(view, _).replace(" ", NBSP)
            words = f"[{name}]" if here else name
            parts += [Content(" "), Content.styled(words, Style(bold=here, reverse=here))]
        self.query_one("#views", Static).update(Content("").join(parts))

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show_rest()

    # -- keys

    def action_step_tab(self, by: int) -> None:
        """Show the next or the previous view of the report."""
        if self._report is None:
            return
        keys = [view.key for view in self._report.definition.views]
        self._view = keys[(keys.index(self._report.view.key) + by) % len(keys)]
        self.rows.action_edge(0)
        self._load()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        number = str(self._report.rows[int(event.key)].get("client") or "") if self._report else ""
        if not number:
            self.refuse(_("This row is about no single client; the arrows change the view."))
        elif not self.supervisor:
            self.refuse(_("Your role sees no client's card."))
        else:
            from bok_tui.screens.client import ClientScreen

            self.app.push_screen(ClientScreen(number))
