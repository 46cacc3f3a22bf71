"""Every figure of every report is counted anew by plain loops over all rows, on two days of three towns."""

from __future__ import annotations

import importlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bok_tui.commands.report_options import year_after
from db.office import House, Office
from db.queries.reports.losses import losses
from db.queries.reports.unusual_use import unusual
from db.records.reports import Found, Question
from db.rules.unusual_use import UnusualUse
from reports.supervision.definition import Definition, Option, View
from reports.supervision.registry import REPORTS, definition_of
from tests.reports.supervision.tables import Tables
from tests.reports.supervision.town import DAYS, build_town

PERIODS = ("202609", "202605")
"""Billing periods: one before either day, whose documents are partly corrected and paid, and an early one."""


def questions(day: date) -> list[Question]:
    """A month, and all of the town's time."""
    month = Question(as_of=day, since=day.replace(day=1), until=day)
    return [month, replace(month, since=date(2025, 1, 1), periods=1)]


def questions_of(definition: Definition, day: date) -> list[Question]:
    """Return the questions for a report: with a day ahead, or of billing periods, where it takes them."""
    asked = questions(day)
    if Option.UNTIL in definition.options:
        return [replace(asked[0], until=year_after(day)), replace(asked[1], until=day + timedelta(days=100))]
    if Option.PERIOD in definition.options:
        return [*asked, *(replace(asked[0], period=period) for period in PERIODS)]
    return asked


def ask(office: Office, view: View, question: Question) -> Found:
    found: Found = office.read(door_of(view), replace(question, by=view.key))
    return found


def door_of(view: View) -> Any:
    module, _, name = view.door.partition(".")
    return getattr(importlib.import_module(f"db.queries.reports.{module}"), name)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_equals_its_recount(house: House, seed: int) -> None:
    town = build_town(house, seed)
    tables = town.tables()
    office = house.office(town.supervisor)
    differ = {}
    filled: set[tuple[str, str]] = set()
    for name in REPORTS:
        definition = definition_of(name)
        for day in DAYS:
            for asked in questions_of(definition, day):
                for key, (found, counted) in compare(office, tables, definition, asked).items():
                    assert found.count in (None, len(counted.rows))
                    if found.rows:
                        filled.add((name, key))
                    if (found.rows, found.totals) != (counted.rows, counted.totals):
                        differ[(name, key, day, asked.since, asked.period)] = (found, counted)
    assert differ == {}
    kinds = {row["kind"] for row in office.read(unusual, replace(questions(DAYS[0])[0], by="unusual")).rows}
    assert kinds == set(UnusualUse)
    for day in DAYS:
        lost = [row["losses"] for row in office.read(losses, questions(day)[0]).rows]
        assert lost, "no town lost anything"
        assert None not in lost
    empty = {(name, view.key) for name in REPORTS for view in definition_of(name).views} - filled
    assert empty == set()


def compare(
    office: Office, tables: Tables, definition: Definition, question: Question
) -> dict[str, tuple[Found, Found]]:
    """Return what the report and its recount say of each view."""
    recount = importlib.import_module(f"tests.reports.supervision.recount_{definition.name}").recount
    counted = recount(tables, question)
    assert set(counted) == {view.key for view in definition.views}
    return {
        view.key: (ask(office, view, question), Found(tuple(counted[view.key][0]), counted[view.key][1]))
        for view in definition.views
    }
