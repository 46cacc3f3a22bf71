"""Rows of a report on the screen: what a figure of the board is made of; each opens its client."""

from __future__ import annotations

from functools import partial

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import fit, plain, visible
from bok_tui.screens import board_work
from bok_tui.screens.list_screen import ListScreen
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.board import Behind
from reports.columns import for_people
from reports.supervision.definition import Report
from reports.supervision.wording import title_of, total_cells

WIDEST = 30
"""Columns of a cell at most; a row under the cursor unfolds."""
BETWEEN = "  "


class ReportScreen(ListScreen):
    """One report, as `bok report` prints it: masked until it is asked for in clear, which is logged."""

    CSS_PATH = "board.tcss"
    ABOVE = ("title", "views")
    BELOW = ("totals",)
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
        self.query_one("#title", Static).update(plain(title_of(report, _)))
        self._show_views(report)
        cells = [[for_people(row[column.key], column, _) for column in report.columns] for row in report.rows]
        totals = total_cells(report, _)
        labels = [_(column.label) for column in report.columns]
        widths = [
            min(
                max(cell_len(visible(line[at])) for line in [labels, *cells, *([totals] if totals else [])]),
                WIDEST,
            )
            for at in range(len(labels))
        ]
        right = [column.align == "right" for column in report.columns]
        rows = [Row(str(at), _aligned(line, widths, right)) for at, line in enumerate(cells)]
        self.rows.show(
            rows, heading=_aligned(labels, widths, right) if rows else "", empty=_(report.definition.empty)
        )
        words = _aligned(totals, widths, right) if totals else ""
        self.query_one("#totals", Static).update(plain(words))
        self.told.clear()
        if report.more:
            values = {"count": len(rows), "name": report.definition.name, "view": report.view.key}
            words = _("The first %(count)s; all of them: bok report %(name)s --by %(view)s") % values
            self.tell(words, Tone.QUIET)

    def _show_views(self, report: Report) -> None:
        parts: list[Content] = []
        for view in report.definition.views:
            here = view.key == report.view.key
            words = f"[{view.key}]" if here else view.key
            parts += [Content(" "), Content.styled(words, Style(bold=here, reverse=here))]
        self.query_one("#views", Static).update(Content("").join(parts))

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


def _aligned(cells: list[str], widths: list[int], right: list[bool]) -> str:
    """Return cells as a line: figures to the right, words to the left."""
    parts = [
        " " * (width - cell_len(visible(cell))) + cell
        if to_right and cell_len(visible(cell)) <= width
        else fit(cell, width)
        for cell, width, to_right in zip(cells, widths, right, strict=True)
    ]
    return BETWEEN.join(parts).rstrip()
