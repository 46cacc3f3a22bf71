"""Long lists are sorted and cut where they are read, and written while they are read; all else is alike."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.office import House
from db.queries.reports import long_lists
from db.records.people import Role
from db.records.reports import Line, Question
from db.rules.first_rows import first_rows
from db.rules.text import polish_key
from reports.csv_lines import csv_text
from reports.supervision import running
from reports.supervision.definition import Report, View
from reports.supervision.forms import ReportForm, report_json
from reports.supervision.passing import is_passed_on, write_passing
from reports.supervision.registry import REPORTS, definition_of
from reports.supervision.running import run
from tests.db.builders import TODAY, Builder
from tests.reports.supervision.town import build_town

LONG = [(name, view) for name in REPORTS for view in definition_of(name).views if view.long]


def asked(view: View) -> Question:
    return Question(as_of=TODAY, since=date(2025, 1, 1), until=TODAY, by=view.key)


def plainly(lines: list[Line], sort: str) -> list[Line]:
    """Sort as it is promised: Polish texts, nothing last, equals as they came."""
    key, back = sort.removeprefix("-"), sort.startswith("-")
    known = [line for line in lines if line[key] is not None]
    known.sort(
        key=lambda line: polish_key(line[key]) if isinstance(line[key], str) else line[key], reverse=back
    )
    return known + [line for line in lines if line[key] is None]


def test_lists_that_grow_with_the_office_are_long() -> None:
    assert [(name, view.key) for name, view in LONG] == [
        ("readings", "list"),
        ("readings", "voided"),
        ("readings", "mails"),
        ("payments", "list"),
        ("revenue", "register"),
        ("contacts", "list"),
        ("access", "client"),
    ]


@pytest.mark.usefixtures("noted")
def test_sorted_and_cut_in_the_database_they_hold_the_same(house: House) -> None:
    town = build_town(house, 2)
    office = house.office(town.supervisor)
    for name, view in LONG:
        definition = definition_of(name)
        whole = run(office, definition, asked(view), reveal=True)
        lines = list(whole.rows)
        assert len(lines) > 3
        for sort in ("", *view.keys, *(f"-{key}" for key in view.keys)):
            wanted = plainly(lines, sort) if sort else lines
            for limit in (0, 1, 3, len(lines), len(lines) + 1):
                found = run(office, definition, asked(view), sort=sort, limit=limit, reveal=True)
                assert list(found.rows) == wanted[: limit or None], (name, sort, limit)
                assert found.totals == whole.totals
                assert len(found.rows) + found.more == len(lines)


@pytest.mark.usefixtures("noted")
def test_very_long_ones_are_read_in_another_way_and_hold_the_same(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = house.office(build_town(house, 2).supervisor)
    for name, view in LONG:
        for sort in ("", *view.keys):
            few = run(office, definition_of(name), asked(view), sort=sort, reveal=True)
            with monkeypatch.context() as patched:
                patched.setattr(long_lists, "MANY", 0)
                many = run(office, definition_of(name), asked(view), sort=sort, reveal=True)
            assert many == few, (name, sort)


def test_written_while_they_are_read_they_are_the_same_files(
    house: House, noted: list[Any], tmp_path: Path
) -> None:
    town = build_town(house, 2)
    office = house.office(town.supervisor)
    for name, view in LONG:
        definition = definition_of(name)
        for reveal in (False, True):
            for sort, limit in (("", 0), (view.keys[-1], 0), ("", 2), (f"-{view.keys[-1]}", 2)):
                report = run(office, definition, asked(view), sort=sort, limit=limit, reveal=reveal)
                assert limit or report.more == 0
                for form, text in whole_texts(report).items():
                    path = tmp_path / f"{name}-{view.key}-{reveal}-{sort}-{limit}.{form.value}"
                    passed = write_passing(
                        office, definition, asked(view), form,
                        sort=sort, limit=limit, reveal=reveal, translate=str, output=str(path),
                    )  # fmt: skip
                    assert path.read_text() == text
                    assert (passed.passed, passed.rows, passed.more) == (len(report.rows), (), report.more)
                    assert passed.totals == report.totals
                    assert noted[-1] == noted[-2]
        (_, masked), (count, clients) = noted[0], noted[-1]
        assert (masked, count) == (None, len(report.rows))
        assert clients == {row["client"] for row in report.rows} - {""}
        noted.clear()


@pytest.fixture
def noted(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What would be logged of the looks: the town's own log is no chain that could go on."""
    found: list[Any] = []
    monkeypatch.setattr(running, "_note", lambda _office, _d, _view, *what, **_: found.append(what))
    return found


def whole_texts(report: Report) -> dict[ReportForm, str]:
    assert json.loads(report_json(report, str))["more"] == report.more
    return {
        ReportForm.CSV: csv_text(report.columns, report.rows),
        ReportForm.JSON: report_json(report, str),
    }


def test_an_empty_list_is_whole_json_too(house: House, tmp_path: Path) -> None:
    office = house.office(Builder(house.database).staff(Role.SUPERVISOR))
    for name, view in LONG:
        definition = definition_of(name)
        report = run(office, definition, asked(view))
        path = tmp_path / f"{name}-{view.key}"
        passed = write_passing(
            office, definition, asked(view), ReportForm.JSON, translate=str, output=str(path)
        )
        assert (report.rows, passed.passed) == ([], 0)
        assert path.read_text() == report_json(report, str)
        assert json.loads(path.read_text())["rows"] == []


def test_what_breaks_halfway_leaves_nothing(house: House, noted: list[Any], tmp_path: Path) -> None:
    town = build_town(house, 1)
    office = house.office(town.supervisor)
    definition, view = LONG_READINGS
    path, stdout = tmp_path / "half" / "list.csv", io.StringIO()
    path.parent.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.queries.reports.long_lists.streamed", breaks)
        for to in ({"output": str(path)}, {"stdout": stdout}):
            with pytest.raises(RuntimeError):
                write_passing(office, definition, asked(view), ReportForm.CSV, translate=str, **to)
    assert list(path.parent.iterdir()) == []
    assert stdout.getvalue() == ""
    assert noted == []


LONG_READINGS = (definition_of("readings"), LONG[0][1])


def breaks(session: Any, statement: Any) -> Any:
    yield session.connection().execute(statement).fetchmany(2)
    raise RuntimeError


def test_a_column_that_is_none_is_refused_before_anything_is_asked(house: House) -> None:
    town = build_town(house, 1)
    definition, view = LONG_READINGS
    for name in ("size", "-size"):
        with pytest.raises(WrongInput, match="is none of: at, client"):
            run(house.office(town.supervisor), definition, asked(view), sort=name)


def test_only_long_lists_for_programs_are_passed_on() -> None:
    definition, view = LONG_READINGS
    assert [form for form in ReportForm if is_passed_on(view, form)] == [ReportForm.JSON, ReportForm.CSV]
    assert not is_passed_on(definition.view("day"), ReportForm.CSV)
    assert not is_passed_on(None, ReportForm.CSV)


LINES = st.lists(
    st.tuples(st.none() | st.integers(0, 5), st.none() | st.sampled_from(["Ćma", "cma", "Żak", ""])),
    max_size=30,
)


@given(LINES, st.sampled_from(["", "number", "-number", "text", "-text"]), st.integers(0, 32))
def test_the_first_rows_are_those_of_all_rows_sorted(
    cells: list[tuple[int | None, str | None]], sort: str, limit: int
) -> None:
    lines = [{"at": at, "number": number, "text": text} for at, (number, text) in enumerate(cells)]
    passing = iter(lines)
    found = list(first_rows(passing, sort, limit))
    wanted = plainly(lines, sort) if sort else lines
    assert found == wanted[: limit or None]
    assert list(passing) == []
