"""The use of 24 months as bars, with what they say in words beside them."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from bok_tui.safe_text import fit
from bok_tui.wording.plot import bar_rows, plot_words, year_axis
from db.records.clients import MeterCard

CELL = 2
"""Columns for a month."""
GAP = 2


class ConsumptionPlot(Widget):
    """Bars for a meter's months; as high as the screen allows."""

    DEFAULT_CSS = """
    ConsumptionPlot { height: 5; }
    """

    meter: reactive[MeterCard | None] = reactive(None)

    def __init__(self, *, upto: date, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.upto = upto
        """The day whose month is the last bar."""

    def render(self) -> Content:
        """Return the bars, the years below them and the words to the right."""
        meter = self.meter
        if meter is None or not meter.monthly:
            return Content("")
        height = max(self.content_size.height - 1, 1)
        bars = [*bar_rows(meter.monthly, height=height, cell=CELL)]
        bars.append(year_axis(len(meter.monthly), upto=self.upto, cell=CELL))
        words = plot_words(meter, upto=self.upto)
        width = len(meter.monthly) * CELL + GAP
        lines = []
        for row, line in enumerate(bars):
            told = fit(words[row], max(self.content_size.width - width, 0)) if row < len(words) else ""
            axis = row == len(bars) - 1
            lines.append(
                Content.assemble((f"{line:<{width}}", "$text-muted" if axis else "$primary"), (told, "$text"))
            )
        return Content("\n").join(lines)
