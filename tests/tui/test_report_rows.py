"""The rows of a report on the screen: names of views, whole columns, what has no room told below."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from rich.cells import cell_len

from bok_tui.i18n import _, choose_language
from bok_tui.screens.report_rows import ReportScreen
from bok_tui.widgets.row_list import RowList
from bok_tui.wording.board import Behind, Days
from bok_tui.wording.report_rows import fitted
from db.operations.reading_decisions import void_reading
from db.operations.readings import record_reading
from db.records.reports import Question
from reports.columns import for_people, for_programs
from reports.supervision.registry import REPORTS, definition_of
from reports.supervision.running import run
from reports.supervision.view_names import VIEW_NAMES
from tests.db.builders import TODAY, entry
from tests.tui.floor import Floor, flat, seen
from tests.tui.pilot import running, settle, type_keys


def test_every_view_has_a_name_that_differs_from_the_others_of_its_report() -> None:
    choose_language("pl")
    keys = {view.key for name in REPORTS for view in definition_of(name).views}
    assert keys == set(VIEW_NAMES)
    for name in REPORTS:
        views = definition_of(name).views
        assert len({_(VIEW_NAMES[view.key]) for view in views}) == len(views)


async def test_names_of_views_titles_and_what_has_no_room_are_told_in_polish(floor: Floor) -> None:
    floor.house.office(floor.anna).do(record_reading, entry(floor.client("111111").meter, 499))
    choose_language("pl")
    app = floor.app(floor.chief)
    async with running(app):
        await app.push_screen(ReportScreen(Behind("readings", "agent", Days.TODAY)))
        await settle(app)
        lines = seen(app).splitlines()
        assert "[pracownicy]" in "\n".join(lines)
        assert "[agent]" not in "\n".join(lines)
        assert "stan na 22.11.2026" in flat(app), "the title is whole"
        assert "…" not in "\n".join(lines)
        assert "Unieważnione: 0" in flat(app), "what has no room stands below"
        await type_keys(app, "right")
        assert "[dni]" in flat(app)
        assert len(app.screen.query_one("#items", RowList).rows) == 1


def test_weekdays_are_words_to_people_and_numbers_to_programs() -> None:
    view = definition_of("contacts").view("weekday")
    assert view is not None
    column = view.columns[0]
    choose_language("pl")
    assert [for_people(day, column, _) for day in (1, 7)] == ["pon.", "niedz."]
    assert for_programs(1, column.kind) == 1


@pytest.mark.parametrize("width", [60, 78, 118, 200])
def test_columns_are_shown_whole_or_told_apart(floor: Floor, width: int) -> None:
    floor.house.office(floor.anna).do(record_reading, entry(floor.client("111111").meter, 499))
    question = Question(as_of=TODAY, since=TODAY - timedelta(days=9), until=TODAY, by="agent")
    report = run(floor.house.office(floor.chief), definition_of("readings"), question)
    found = fitted(report, width)
    assert max(map(cell_len, (found.heading, *found.lines, found.totals))) <= width
    assert "…" not in found.heading + "".join(found.lines)
    for column in report.columns:
        assert (column.label in found.heading) is not (f"{column.label}: " in "".join(found.left_out))


def test_a_time_is_shown_whole_or_told_apart(floor: Floor) -> None:
    desk = floor.house.office(floor.anna)
    saved = desk.do(record_reading, entry(floor.client("111111").meter, 499))
    desk.do(void_reading, saved.id, "another meter")
    question = Question(as_of=TODAY, since=TODAY, until=TODAY, by="voided")
    choose_language("pl")
    report = run(floor.house.office(floor.chief), definition_of("readings"), question)
    day = f"{TODAY:%d.%m.%Y} "
    for width in range(60, 140):
        found = fitted(report, width)
        rest = "".join(found.left_out)
        assert len(re.findall(rf"{day}\d\d:\d\d", f"{found.lines[0]} {rest}")) == 2, width
        assert ("another meter" in rest) is ("another meter" not in found.lines[0])
