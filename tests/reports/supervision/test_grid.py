"""The table fits the terminal: bars where there is room, one field a line where there is none."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from reports.supervision.definition import Report
from reports.supervision.grid import grid
from reports.supervision.readings import DEFINITION as READINGS
from reports.supervision.receivables import DEFINITION

PARAMS = {"as_of": "22.11.2026", "since": "01.11.2026", "until": "22.11.2026"}


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def report() -> Report:
    rows = [
        {"bucket": key, "clients": 3, "items": 4, "open": amount, "overdue": amount,
         "time_barred": Decimal("0.00")}
        for key, amount in (("0", Decimal("1234567.89")), (">360", Decimal("10.00")))
    ]  # fmt: skip
    totals = {"clients": 6, "open": Decimal("1234577.89")}
    return Report(DEFINITION, DEFINITION.views[0], date(2026, 11, 22), PARAMS, rows, totals)


@pytest.fixture
def on(report: Report, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], str]:
    def shown(width: int) -> str:
        monkeypatch.setenv("COLUMNS", str(width))
        return grid(report, str, Screen())

    return shown


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_no_line_is_wider_than_the_screen_and_no_figure_is_torn(on: Callable[[int], str], width: int) -> None:
    text = on(width)
    assert max(map(len, text.splitlines())) <= width
    assert "1\u00a0234\u00a0567,89" in text


def test_bars_come_where_there_is_room(on: Callable[[int], str]) -> None:
    assert "█" * 16 in on(120)
    assert "█" not in on(40)


def test_a_pipe_gets_one_row_a_line(report: Report) -> None:
    lines = grid(report, str, None).splitlines()
    assert lines[0] == "Receivables by days of delay, as of 22.11.2026"
    assert len(lines) == 2 + 1 + len(report.rows) + 1


def test_many_figures_of_few_things_stand_below_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    view = READINGS.views[0]
    figures = {key: place for place, key in enumerate(view.keys[1:])}
    rows = [{"channel": "phone", **figures}, {"channel": "ebok", **figures}]
    report = Report(READINGS, view, date(2026, 11, 22), PARAMS, rows, dict.fromkeys(figures, 9))
    monkeypatch.setenv("COLUMNS", "66")
    lines = grid(report, str, Screen()).splitlines()
    assert [line.split() for line in lines[2:3]] == [["Channel", "by", "phone", "e-BOK", "Total"]]
    assert lines[4].split() == ["Readings", "0", "0", "9"]
    assert len(lines) == 4 + len(figures)
    assert max(map(len, lines)) <= 66
    monkeypatch.setenv("COLUMNS", "30")
    fields = grid(report, str, Screen()).splitlines()
    assert "Channel: by phone" in fields
    assert max(map(len, fields)) <= 30
