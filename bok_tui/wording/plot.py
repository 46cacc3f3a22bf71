"""Bars of a consumption plot as lines of text; pure, so that they can be read in a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bok_tui.i18n import _
from bok_tui.wording.figures import volume_text
from bok_tui.wording.labels import month_label

EIGHTHS = " ▁▂▃▄▅▆▇█"


def bar_rows(values: Sequence[Decimal], *, height: int, cell: int = 2) -> tuple[str, ...]:
    """Return `height` lines, top first, with one bar of `cell` columns for each of `values` (m³).

    The highest value fills the height; any use above nothing shows at least the thinnest bar.
    """
    peak = max(values, default=Decimal(0))
    levels = [_level(value, peak, height * 8) for value in values]
    gap = " " if cell > 1 else ""
    rows = []
    for row in range(height - 1, -1, -1):
        marks = (EIGHTHS[min(max(level - row * 8, 0), 8)] * max(cell - 1, 1) + gap for level in levels)
        rows.append("".join(marks).rstrip())
    return tuple(rows)


def _level(value: Decimal, peak: Decimal, top: int) -> int:
    if value <= 0 or peak <= 0:
        return 0
    return max(1, int(value * top / peak + Decimal("0.5")))


def month_at(index: int, *, count: int, upto: date) -> date:
    """Return the first day of the month of value `index` when the last of `count` is that of `upto`."""
    months = upto.year * 12 + upto.month - 1 - (count - 1 - index)
    return date(months // 12, months % 12 + 1, 1)


def year_axis(count: int, *, upto: date, cell: int = 2) -> str:
    """Return the line below the bars: each year written under its January."""
    line = [" "] * (count * cell + 4)
    for index in range(count):
        month = month_at(index, count=count, upto=upto)
        if month.month == 1:
            line[index * cell : index * cell + 4] = str(month.year)
    return "".join(line).rstrip()


def peak_of(values: Sequence[Decimal], *, upto: date) -> tuple[Decimal, date] | None:
    """Return the highest of `values` and its month, the latest when several are equal; None if all are 0."""
    if not values or max(values) <= 0:
        return None
    peak = max(values)
    index = len(values) - 1 - list(reversed(values)).index(peak)
    return peak, month_at(index, count=len(values), upto=upto)


def plot_words(monthly: Sequence[Decimal], *, upto: date) -> tuple[str, ...]:
    """Return what the plot says, in words."""
    peak = peak_of(monthly, upto=upto)
    if peak is None:
        return (_("no use in the last 24 months"),)
    most, month = peak
    year, before = monthly[-12:], monthly[-24:-12]
    return (
        _("peak %(use)s") % {"use": volume_text(most, places=1)},
        month_label(month),
        _("last 12 months: %(use)s") % {"use": volume_text(sum(year, Decimal(0)), places=0)},
        _("12 months before: %(use)s") % {"use": volume_text(sum(before, Decimal(0)), places=0)},
    )
