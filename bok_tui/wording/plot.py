"""Bars of a consumption plot as lines of text; pure, so that they can be read in a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from bok_tui.i18n import _
from bok_tui.wording.figures import day_text, volume_text
from bok_tui.wording.labels import month_label
from db.records.clients import MeterCard
from db.rules.months import month_after

EIGHTHS = " ▁▂▃▄▅▆▇█"
UNKNOWN = "·"
"""Stands for a month of which no reading tells yet."""


def bar_rows(values: Sequence[Decimal | None], *, height: int, cell: int = 2) -> tuple[str, ...]:
    """Return `height` lines, top first, with one bar of `cell` columns for each of `values` (m³).

    The highest value fills the height; any use above nothing shows at least the thinnest bar. A
    dot stands where nothing is known.
    """
    peak = max((value for value in values if value is not None), default=Decimal(0))
    levels = [_level(value or Decimal(0), peak, height * 8) for value in values]
    gap = " " if cell > 1 else ""
    rows = []
    for row in range(height - 1, -1, -1):
        marks = (
            (UNKNOWN if value is None and row == 0 else EIGHTHS[min(max(level - row * 8, 0), 8)])
            * max(cell - 1, 1)
            + gap
            for level, value in zip(levels, values, strict=True)
        )
        rows.append("".join(marks).rstrip())
    return tuple(rows)


def _level(value: Decimal, peak: Decimal, top: int) -> int:
    if value <= 0 or peak <= 0:
        return 0
    return max(1, int(value * top / peak + Decimal("0.5")))


def month_at(index: int, *, count: int, upto: date) -> date:
    """Return the first day of the month of value `index` when the last of `count` is that of `upto`."""
    return month_after(upto, index + 1 - count)


def year_axis(count: int, *, upto: date, cell: int = 2) -> str:
    """Return the line below the bars: each year written under its January."""
    line = [" "] * (count * cell + 4)
    for index in range(count):
        month = month_at(index, count=count, upto=upto)
        if month.month == 1:
            line[index * cell : index * cell + 4] = str(month.year)
    return "".join(line).rstrip()


def peak_of(values: Sequence[Decimal | None], *, upto: date) -> tuple[Decimal, date] | None:
    """Return the highest of `values` and its month, the latest when several are equal; None if all are 0."""
    peak = max((value for value in values if value is not None), default=Decimal(0))
    if peak <= 0:
        return None
    index = len(values) - 1 - list(reversed(values)).index(peak)
    return peak, month_at(index, count=len(values), upto=upto)


def plot_words(meter: MeterCard, *, upto: date) -> tuple[str, ...]:
    """Return what the plot says, in words: years end with the last reading, not with today."""
    words = []
    peak = peak_of(meter.monthly, upto=upto)
    if peak is None:
        words.append(_("no use in the last 24 months"))
    else:
        most, month = peak
        words += [_("peak %(use)s") % {"use": volume_text(most, places=1)}, month_label(month)]
        words += _year_words(meter)
    if any(value is None for value in meter.monthly):
        words.append(_("%(mark)s no reading") % {"mark": UNKNOWN})
    return tuple(words)


def _year_words(meter: MeterCard) -> list[str]:
    if meter.used_year is None or meter.used_until is None:
        return [_("no full year is known yet")]
    used = {"day": day_text(meter.used_until), "use": volume_text(meter.used_year, places=0)}
    words = [_("year to %(day)s: %(use)s") % used]
    if meter.used_year_before is not None:
        before = volume_text(meter.used_year_before, places=0)
        words.append(_("the year before: %(use)s") % {"use": before})
    return words
