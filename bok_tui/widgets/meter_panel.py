"""The meters of a client: a line each, and for the one under the cursor its use and its readings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Static

from bok_tui.i18n import _
from bok_tui.safe_text import fit, plain
from bok_tui.widgets.consumption_plot import ConsumptionPlot
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.client import (
    meter_cells,
    meter_columns,
    meter_remarks,
    reading_words,
)
from db.records.clients import MeterCard

COLUMNS = (9, 8, 18, 9, 19, 10)
"""Widths of the table, without the cursor's sign."""


class MeterPanel(Vertical):
    """The first tab of the card."""

    DEFAULT_CSS = """
    MeterPanel { height: 1fr; }
    MeterPanel RowList { height: auto; max-height: 6; }
    MeterPanel #remarks { height: auto; max-height: 2; padding: 0 2; color: $text-muted; }
    MeterPanel ConsumptionPlot { height: 5; padding: 0 0 0 2; }
    MeterPanel #readings { height: 1fr; padding: 0 2; }
    """

    def __init__(self, *, upto: date, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._upto = upto
        self._meters: dict[str, MeterCard] = {}

    def compose(self) -> ComposeResult:
        """Draw the list, the plot and the readings."""
        yield RowList(heading=_line(meter_columns()), empty=_("no meter"), id="meters")
        yield Static(id="remarks")
        yield ConsumptionPlot(upto=self._upto)
        yield Static(id="readings")

    @property
    def current(self) -> MeterCard | None:
        """The meter under the cursor."""
        row = self.query_one("#meters", RowList).current
        return self._meters.get(row.key) if row else None

    def show(self, meters: Sequence[MeterCard]) -> None:
        """Show these meters; the cursor stays on its meter."""
        self._meters = {meter.number: meter for meter in meters}
        rows = [
            Row(meter.number, _line(meter_cells(meter)), "$text-muted" if meter.removed_on else "")
            for meter in meters
        ]
        self.query_one("#meters", RowList).show(rows)
        self._show_current()

    @on(RowList.Moved, "#meters")
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show_current()

    def _show_current(self) -> None:
        meter = self.current
        if meter is None:
            return
        self.query_one("#remarks", Static).update(plain(meter_remarks(meter)))
        self.query_one(ConsumptionPlot).meter = meter
        lines = [reading_words(line, meter.digits) for line in meter.recent]
        self.query_one("#readings", Static).update(plain("\n".join(lines) or _("no readings yet")))


def _line(cells: Sequence[str]) -> str:
    return " ".join(fit(cell, width) for cell, width in zip(cells, COLUMNS, strict=True)).rstrip()
