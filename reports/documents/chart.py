"""The bars of charts, each with its figure: nothing is told by colour alone."""

from __future__ import annotations

from reports.documents.blocks import Bars, Chart
from reports.documents.page import ACCENT, HAIRLINE, LEFT, QUIET, WIDTH, Letter, Style

_PLOT = 12.0
"""Height of the highest bar in mm."""
_MOST_SLOT = 12.0
_LABEL, _FIGURE = 55.0, 28.0
"""Width in mm of what stands before and behind a bar that lies across the page."""


def draw_chart(letter: Letter, chart: Chart) -> None:
    """Draw one bar a month with its m³ above it, the month below and the year below January."""
    if not chart.months:
        return
    letter.keep_together(_PLOT + 16)
    letter.say(chart.heading, Style.HEADING)
    line = Style.BAR.value.line
    top = letter.get_y() + line + 1
    base = top + _PLOT
    slot = min(WIDTH / len(chart.months), _MOST_SLOT)
    scale = _PLOT / max(1, *(volume for _, volume in chart.months))
    letter.rule(base, QUIET, 0.2, width=slot * len(chart.months))
    bars = [
        ((place + 0.2) * slot, -volume * scale, 0.6 * slot, volume * scale)
        for place, (_, volume) in enumerate(chart.months)
        if volume > 0
    ]
    letter.pen.fill(bars, colour=ACCENT, page=letter.page, origin=(LEFT, base))
    for place, (month, volume) in enumerate(chart.months):
        x, height = LEFT + place * slot, max(volume, 0) * scale
        letter.put(
            str(volume).replace("-", "−"), Style.BAR, x=x, y=base - height - line - 0.2, width=slot, align="C"
        )
        letter.put(month[5:], Style.TICK, x=x, y=base + 0.6, width=slot, align="C")
        if place == 0 or month.endswith("-01"):
            letter.pen.line(
                x, base, x, base + 2 * line + 0.8, colour=HAIRLINE, thickness=0.2, page=letter.page
            )
            letter.put(month[:4], Style.TICK, x=x + 0.8, y=base + 0.6 + line, width=slot)
    letter.set_y(base + 2 * line + 2)


def draw_bars(letter: Letter, chart: Bars) -> None:
    """Draw one bar a line with its label before it and its figure behind it."""
    if not chart.bars:
        return
    line = Style.CELL.value.line + 0.8
    letter.keep_together(Style.HEADING.value.line + 3 * line)
    letter.say(chart.heading, Style.HEADING)
    longest = WIDTH - _LABEL - _FIGURE
    for label, figure, part in chart.bars:
        letter.keep_together(line)
        y = letter.get_y()
        letter.put(letter.lines(label, Style.CELL, _LABEL - 2)[0], Style.CELL, x=LEFT, y=y)
        length = max(longest * part, 0.0)
        if length:
            letter.pen.fill(
                [(0, 0, length, line - 1.4)], colour=ACCENT, page=letter.page, origin=(LEFT + _LABEL, y + 0.5)
            )
        letter.put(figure, Style.CELL, x=LEFT + _LABEL + length + 1.5, y=y)
        letter.set_y(y + line)
