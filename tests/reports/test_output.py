"""Listings in their forms, with text that would like to be more than text."""

from __future__ import annotations

import csv
import errno
import io
import json
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import CannotWrite, Refused
from db.records.people import Channel
from db.rules.text import csv_safe, safe_terminal
from reports.columns import Column, Kind, Row
from reports.csv_lines import csv_text
from reports.output import Form, write_record, write_rows, written_whole
from tests.reports.hostile import HOSTILE

COLUMNS = (
    Column("number", "Client number"),
    Column("name", "Name"),
    Column("state", "State", Kind.VOLUME),
    Column("balance", "Balance", Kind.AMOUNT),
    Column("count", "Readings", Kind.COUNT),
    Column("day", "Day", Kind.DAY),
    Column("at", "Recorded", Kind.INSTANT),
    Column("open", "Open", Kind.FLAG),
    Column("channel", "Channel", words={"phone": "by phone"}),
    Column("meters", "Meters"),
)
ROW: Row = {
    "number": "000123",
    "name": "Łukasz Żółw",
    "state": 1487,
    "balance": Decimal("-1234.5"),
    "count": 12345,
    "day": date(2026, 11, 22),
    "at": datetime(2026, 11, 22, 9, 41, 7, tzinfo=UTC),
    "open": True,
    "channel": Channel.PHONE,
    "meters": ("81234567", "81234568"),
}
FORMULA = tuple("=+-@\t\r\n\0＝＋－＠")


class Terminal(io.StringIO):
    """A screen of 80 columns."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


def written(form: Form, rows: list[Row], columns: tuple[Column, ...] = COLUMNS) -> str:
    stream = io.StringIO()
    write_rows(columns, rows, form=form, stdout=stream)
    return stream.getvalue()


def names(name: str) -> list[Row]:
    return [{"number": "1", "name": name, "balance": Decimal("-5")}]


NAMES = (COLUMNS[0], COLUMNS[1], COLUMNS[3])


def test_json_has_stable_keys_and_strings_for_amounts() -> None:
    assert json.loads(written(Form.JSON, [ROW])) == [
        {
            "number": "000123",
            "name": "Łukasz Żółw",
            "state": "1487",
            "balance": "-1234.50",
            "count": 12345,
            "day": "2026-11-22",
            "at": "2026-11-22T09:41:07+00:00",
            "open": True,
            "channel": "phone",
            "meters": ["81234567", "81234568"],
        }
    ]
    assert "Łukasz" in written(Form.JSON, [ROW])
    assert json.loads(written(Form.JSON, [])) == []


def test_csv_has_stable_keys_and_plain_figures() -> None:
    assert list(csv.DictReader(io.StringIO(written(Form.CSV, [ROW, {"number": "2"}])))) == [
        {
            "number": "000123",
            "name": "Łukasz Żółw",
            "state": "1487",
            "balance": "-1234.50",
            "count": "12345",
            "day": "2026-11-22",
            "at": "2026-11-22T09:41:07+00:00",
            "open": "true",
            "channel": "phone",
            "meters": "81234567; 81234568",
        },
        {column.key: "2" if column.key == "number" else "" for column in COLUMNS},
    ]


def test_a_table_speaks_the_reader_s_language() -> None:
    polish = {"Name": "Nazwa", "by phone": "telefonicznie", "yes": "tak"}
    stream = io.StringIO()
    write_rows(COLUMNS, [ROW], form=Form.TABLE, translate=lambda text: polish.get(text, text), stdout=stream)
    head, row = stream.getvalue().splitlines()
    assert "Nazwa" in head
    for shown in (
        "000123",
        "Łukasz Żółw",
        "1\u00a0487",
        "−1\u00a0234,50",
        "12\u00a0345",
        "22.11.2026",
        "10:41",
    ):
        assert shown in row
    assert "telefonicznie" in row
    assert "tak" in row
    assert "81234567, 81234568" in row


def test_a_table_through_a_pipe_is_plain_and_whole() -> None:
    text = written(Form.TABLE, [{"number": "1", "name": "Ż" * 120}], NAMES)
    assert "Ż" * 120 in text
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())
    assert len(text.splitlines()) == 2


def test_a_table_on_a_screen_fits_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    screen = Terminal()
    write_rows(NAMES, [{"number": "1", "name": "Ż" * 120}], form=Form.TABLE, stdout=screen)
    plain = screen.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "")
    assert all(len(line) <= 80 for line in plain.splitlines())
    assert plain.count("Ż") == 120  # folded, not cut


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_in_a_table_is_text(name: str) -> None:
    for stream in (io.StringIO(), Terminal()):
        write_rows(NAMES, names(name), form=Form.TABLE, stdout=stream)
        shown = stream.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert not any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in shown.replace("\n", ""))
    if len(name) < 100:
        expected = safe_terminal(name).replace("\n", " ").replace("\t", " ").split()
        assert "".join(expected) in "".join(written(Form.TABLE, names(name), NAMES).split())


@given(st.one_of(st.text(), st.sampled_from(HOSTILE)))
def test_json_reopens_equal_and_is_quiet(name: str) -> None:
    text = written(Form.JSON, names(name), NAMES)
    assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in text.replace("\n", ""))
    (row,) = json.loads(text)
    assert row["name"] == "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in name)


@given(st.one_of(st.text(), st.sampled_from(HOSTILE), st.sampled_from(FORMULA).map(lambda sign: f" {sign}1")))
def test_csv_reopens_equal_and_runs_no_formula(name: str) -> None:
    text = written(Form.CSV, names(name), NAMES)
    text.encode()
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row["name"] == csv_safe(safe_terminal(name))
    visible = row["name"].lstrip()
    assert not visible.startswith(FORMULA)
    assert row["balance"] == "-5.00"  # a figure is no formula


@given(
    st.lists(st.sampled_from(["Lis", "", "=1", "\x1b[2J", None, 7, Decimal("-5"), True, date(2026, 1, 2)]))
)
def test_a_cell_of_csv_looks_the_same_whatever_stands_beside_it(values: list[object]) -> None:
    for column in (Column("x", "X"), Column("x", "X", Kind.AMOUNT), Column("x", "X", Kind.VOLUME)):
        if column.kind is not Kind.TEXT:
            values = [value for value in values if not isinstance(value, str | bool)]
        alone = [csv_text([column], [{"x": value}]).removeprefix("x\n") for value in values]
        assert csv_text([column], [{"x": value} for value in values]) == "".join(["x\n", *alone])


def test_the_check_for_formulas_finds_one_in_naive_csv() -> None:
    stream = io.StringIO()
    csv.writer(stream).writerow(["=1+1"])
    assert stream.getvalue().startswith(FORMULA)


def test_one_thing_in_every_form() -> None:
    row = {**ROW, "meters": [{"number": "1", "last": {"state": "7", "day": date(2026, 11, 1)}}]}
    found = {}
    for form in Form:
        stream = io.StringIO()
        write_record(COLUMNS, row, form=form, stdout=stream)
        found[form] = stream.getvalue()
    assert json.loads(found[Form.JSON])["meters"] == [
        {"number": "1", "last": {"state": "7", "day": "2026-11-01"}}
    ]
    assert found[Form.TABLE].splitlines()[0] == "Client number  000123"
    assert found[Form.TABLE].splitlines()[-1] == "Meters         1 7 01.11.2026"
    (read,) = csv.DictReader(io.StringIO(found[Form.CSV]))
    assert json.loads(read["meters"])["last"]["day"] == "2026-11-01"


@pytest.mark.parametrize("form", Form)
def test_a_file_is_written_whole_and_not_over_another(tmp_path: Path, form: Form) -> None:
    path = tmp_path / "list"
    stdout = io.StringIO()
    write_rows(COLUMNS, [ROW], form=form, output=str(path), stdout=stdout)
    assert stdout.getvalue() == ""
    assert path.read_text(encoding="utf-8") == written(form, [ROW])
    assert path.stat().st_mode & 0o777 == 0o600
    with pytest.raises(Refused, match="exists already"):
        write_rows(COLUMNS, [], form=form, output=str(path))
    write_rows(COLUMNS, [], form=form, output=str(path), force=True)
    assert path.read_text(encoding="utf-8") == written(form, [])


@pytest.mark.parametrize("form", Form)
def test_an_old_terminal_gets_what_it_can_show_and_programs_get_utf8(form: Form) -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="iso8859-2")
    write_rows(NAMES, names("Żółw 😀"), form=form, stdout=stream)
    text = raw.getvalue().decode("iso8859-2" if form is Form.TABLE else "utf-8")
    assert ("Żółw ?" if form is Form.TABLE else "Żółw 😀") in text


@pytest.mark.parametrize("there", ["none", ""])
def test_where_nothing_can_be_kept_on_its_way_that_folder_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, there: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / there) if there else None)
    monkeypatch.setattr("tempfile._candidate_tempdir_list", list)
    stdout = io.StringIO()
    with (
        pytest.raises(CannotWrite, match="temporary files") as refused,
        written_whole(stdout=stdout) as write,
    ):
        write("a")
    assert refused.value.params.get("folder", "") == (str(tmp_path / there) if there else "")
    assert "TMPDIR" in refused.value.message
    assert stdout.getvalue() == ""


def full(write: Callable[[str], object]) -> None:
    write("a")
    raise OSError(errno.ENOSPC, "")


def test_a_disk_that_is_full_is_told_of_the_folder_that_is_on_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for output, told in (
        ("-", f"{tmp_path}, does not take"),
        (str(tmp_path / "list"), f"{tmp_path}/list was"),
    ):
        with pytest.raises(CannotWrite) as refused, written_whole(output=output) as write:
            full(write)
        assert told in refused.value.message % refused.value.params
        assert "disk is full" in str(refused.value.message % refused.value.params)
        assert list(tmp_path.iterdir()) == []


def test_what_is_kept_for_a_file_has_no_name_before_all_is_well(tmp_path: Path) -> None:
    path = tmp_path / "list"
    with written_whole(output=str(path)) as write:
        write("Żółw\n" * 300_000)
        assert list(tmp_path.iterdir()) == []
    assert path.read_bytes() == "Żółw\n".encode() * 300_000
    with pytest.raises(Refused, match="exists already"), written_whole(output=str(path)) as write:
        write("a")
    assert list(tmp_path.iterdir()) == [path]
