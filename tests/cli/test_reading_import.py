"""`bok reading import`: tried first, whole or not at all, and never twice."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from db.check import check_database
from db.operations.reading_import import ImportRefused, import_readings
from db.operations.readings import record_reading
from db.queries.reading_import import _Judge, judge_file
from db.records.people import Channel, Role
from db.records.readings import ReadingInput
from db.rules.reading_file import parse_reading_file
from db.rules.reading_line import COLUMN_WORDS, COLUMNS
from db.rules.text import fold
from tests.cli.shell_desk import PASSWORD, ShellDesk
from tests.db.builders import BuiltClient, rows

HEADER = "meter;state;day;channel;reason;note"


@pytest.fixture
def meters(desk: ShellDesk) -> list[BuiltClient]:
    """Three households, last read on 31 August at 487, and a supervisor at the shell."""
    desk.sign_in("ewa")
    return [desk.build.household(f"12345{at}") for at in range(3)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "readings.csv"


def written(file: Path, *lines: str, header: str = HEADER) -> str:
    """Write a file and return its path as an argument."""
    file.write_bytes("\n".join((header, *lines, "")).encode())
    return str(file)


def saved(desk: ShellDesk) -> list[dict[str, Any]]:
    """Return the readings that were imported or recorded, not those that were built."""
    return [row for row in rows(desk.database, "reading") if row["staff_id"] is not None]


def good_lines(meters: list[BuiltClient]) -> list[str]:
    return [f"{built.meter};{497 + at};2026-11-20;field;;" for at, built in enumerate(meters)]


def test_without_commit_it_is_only_tried(desk: ShellDesk, meters: list[BuiltClient], file: Path) -> None:
    answer = desk.run("reading", "import", written(file, *good_lines(meters)), "--format", "json")
    assert answer.code == 0
    assert answer.json == {
        "file": str(file),
        "encoding": "utf-8",
        "committed": False,
        "lines": 3,
        "good": 3,
        "held": 0,
        "already": 0,
        "bad": 0,
        "imported": 0,
        "findings": [],
    }
    assert "a trial" in answer.err
    assert saved(desk) == []
    entry = rows(desk.database, "access_entry")[-1]
    assert (entry["action"], entry["scope"][:16]) == ("VIEW", "file of readings")


def test_with_commit_it_is_imported_once(desk: ShellDesk, meters: list[BuiltClient], file: Path) -> None:
    place = written(file, *good_lines(meters))
    first = desk.run("reading", "import", place, "--commit", "--format", "json")
    assert (first.code, first.json["committed"], first.json["imported"]) == (0, True, 3)
    kept = saved(desk)
    assert [(row["state"], row["consumption"], row["day"], row["channel"]) for row in kept] == [
        (497, 10, date(2026, 11, 20), "field"),
        (498, 11, date(2026, 11, 20), "field"),
        (499, 12, date(2026, 11, 20), "field"),
    ]
    audit = [row for row in rows(desk.database, "audit_entry") if row["action"].startswith("reading")]
    assert [(row["action"], row["subject"].split()[0]) for row in audit] == [
        ("reading.recorded", "reading"),
        ("reading.recorded", "reading"),
        ("reading.recorded", "reading"),
        ("readings.imported", "file"),
    ]
    assert json.loads(audit[-1]["after"])["recorded"] == 3
    assert {row["subject"]: row["client_id"] for row in audit[:3]} == {
        f"reading {row['id']}": built.id for row, built in zip(kept, meters, strict=True)
    }
    assert json.loads(audit[0]["after"]) == {
        "meter": meters[0].meter,
        "day": "2026-11-20",
        "state": 497,
        "consumption": 10,
        "status": "accepted",
        "reason": None,
        "findings": [],
        "approved_by": None,
    }
    assert not [
        check.name
        for check in check_database(desk.house).checks
        if check.name == "audit_log" and not check.ok
    ]

    second = desk.run("reading", "import", place, "--commit", "--format", "json")
    assert second.code == 0
    counted = {key: second.json[key] for key in ("good", "already", "bad", "imported")}
    assert counted == {"good": 0, "already": 3, "bad": 0, "imported": 0}
    assert saved(desk) == kept
    assert "Recorded before: 3" in second.err


def test_a_bad_line_stops_the_whole_file(desk: ShellDesk, meters: list[BuiltClient], file: Path) -> None:
    bad = ["99999999;5;2026-11-20;field;;", f"{meters[0].meter};12,5;2026-11-19;field;;"]
    place = written(file, *good_lines(meters), *bad)
    answer = desk.run("reading", "import", place, "--commit", "--format", "json")
    assert answer.code == 1
    assert [(row["line"], row["meter"], row["code"]) for row in answer.json["findings"]] == [
        (5, "99999999", "unknown_meter"),
        (6, meters[0].meter, "wrong_state"),
    ]
    assert all(row["text"] for row in answer.json["findings"])
    assert "--skip-bad" in answer.err
    assert saved(desk) == []
    tried = desk.run("reading", "import", place)
    assert tried.code == 1
    assert "There is no meter 99999999" in tried.out


def test_bad_lines_may_be_left_out_and_follow_later(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    lines = good_lines(meters)
    place = written(file, lines[0], f"{meters[1].meter};4B7;2026-11-20;field;;", lines[2])
    answer = desk.run("reading", "import", place, "--commit", "--skip-bad", "--format", "csv")
    assert answer.code == 0
    assert [row["line"] for row in csv.DictReader(io.StringIO(answer.out))] == ["3"]
    assert len(saved(desk)) == 2
    mended = desk.run("reading", "import", written(file, *lines), "--commit", "--format", "json")
    assert (mended.code, mended.json["imported"], mended.json["already"]) == (0, 1, 2)
    assert len(saved(desk)) == 3


def test_leaving_out_bad_lines_is_no_success_when_nothing_is_left(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    bad, good = f"{meters[1].meter};4B7;2026-11-20;field;;", good_lines(meters)[0]
    only_bad = desk.run("reading", "import", written(file, bad), "--commit", "--skip-bad")
    assert (only_bad.code, len(saved(desk))) == (1, 0)
    assert "Imported: 0 readings" in only_bad.err
    codes = [desk.run("reading", "import", written(file, bad, good), *how, "--skip-bad").code
             for how in ((), ("--commit",), ("--commit",))]  # fmt: skip
    assert codes == [0, 0, 0], "tried, imported, recorded before"
    assert len(saved(desk)) == 1


def test_a_warning_needs_its_reason_and_a_block_a_supervisor(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    zero, far = f"{meters[0].meter};487;2026-11-20;field", f"{meters[1].meter};4970;2026-11-20;field"
    place = written(file, f"{zero};;", f"{far};;")
    answer = desk.run("reading", "import", place, "--format", "json")
    assert answer.code == 1
    assert [(row["code"], row["level"]) for row in answer.json["findings"]] == [
        ("zero_after_use", "warn"),
        ("far_too_high", "block"),
    ]
    place = written(file, f"{zero};long_absence;", f"{far};rechecked;pool")
    refused = desk.run("reading", "import", place, "--commit", "--format", "json")
    assert (refused.code, refused.json["bad"]) == (1, 1)
    held = desk.run("reading", "import", place, "--commit", "--hold", "--format", "json")
    assert (held.code, held.json["imported"], held.json["held"]) == (0, 2, 1)
    assert [(row["needs_approval"], row["reason"], row["note"]) for row in saved(desk)] == [
        (False, "long_absence", ""),
        (True, "rechecked", "pool"),
    ]
    again = desk.run("reading", "import", place, "--commit", "--hold", "--format", "json")
    assert (again.code, again.json["already"]) == (0, 2)


def test_lines_are_judged_in_the_order_of_their_days(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    meter = meters[0].meter
    lines = [f"{meter};{state};2026-11-{day};field;;" for day, state in ((20, 500), (10, 497), (15, 499))]
    assert desk.run("reading", "import", written(file, *lines), "--commit").code == 0
    assert sorted((row["day"].day, row["consumption"]) for row in saved(desk)) == [(10, 10), (15, 2), (20, 1)]
    backwards = written(file, f"{meter};505;2026-11-21;field;;", f"{meter};503;2026-11-22;field;;")
    answer = desk.run("reading", "import", backwards, "--format", "json")
    assert [(row["line"], row["code"]) for row in answer.json["findings"]] == [(3, "below_previous")]


def test_a_garden_meter_is_judged_with_the_main_one_of_the_same_file(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    desk.build.meter(meters[0].point_id, "90000001", role="garden", installed_on=date(2026, 8, 31))
    garden, main = "90000001;{};2026-11-20;field;;", f"{meters[0].meter};497;2026-11-20;field;;"
    above = desk.run("reading", "import", written(file, garden.format(15), main), "--format", "json")
    assert [(row["line"], row["code"]) for row in above.json["findings"]] == [(2, "garden_above_main")]
    assert desk.run("reading", "import", written(file, garden.format(5), main), "--commit").code == 0


def test_a_voided_reading_does_not_come_back_with_its_file(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    place = written(file, *good_lines(meters))
    desk.run("reading", "import", place, "--commit")
    number = str(saved(desk)[0]["id"])
    assert desk.run("reading", "void", number, "--reason", "another meter was read").code == 0
    again = desk.run("reading", "import", place, "--commit", "--format", "json")
    assert (again.code, again.json["already"], len(saved(desk))) == (0, 3, 3)


def test_the_same_line_twice_is_one_reading(desk: ShellDesk, meters: list[BuiltClient], file: Path) -> None:
    line = good_lines(meters)[0]
    answer = desk.run("reading", "import", written(file, line, line), "--commit", "--format", "json")
    assert (answer.code, answer.json["imported"], answer.json["already"]) == (0, 1, 1)
    other = line.replace(";497;", ";498;")
    taken = desk.run("reading", "import", written(file, other), "--format", "json")
    assert [row["code"] for row in taken.json["findings"]] == ["same_day"]


def test_every_polish_encoding_comes_in_whole(desk: ShellDesk, meters: list[BuiltClient]) -> None:
    header = "Nr wodomierza;Stan;Dzień;Sposób;Uwagi"
    for at, encoding in enumerate(("utf-8", "utf-8-sig", "cp1250", "iso8859-2", "cp852")):
        line = f"{meters[0].meter};00{497 + at};{10 + at}.11.2026;inkasent;żółw w ściółce"
        data = f"{header}\r\n{line}\r\n".encode(encoding)
        answer = desk.run("reading", "import", "-", "--commit", "--format", "json", stdin=data)
        assert (answer.code, answer.json["encoding"]) == (0, encoding), answer.err
    assert [row["note"] for row in saved(desk)] == ["żółw w ściółce"] * 5


def test_files_that_are_none_are_wrong_calls(desk: ShellDesk, file: Path, tmp_path: Path) -> None:
    cases = (
        (b"", 2, "empty"),
        (b"meter;state\n1;2\n", 2, "no column dzień (day)"),
        (b"meter;state;day\n", 2, "no readings"),
        (b"\x00\x01\x02", 2, "no column"),
    )
    for data, code, words in cases:
        file.write_bytes(data)
        piped = desk.run("reading", "import", "-", stdin=data)
        for answer in (piped, desk.run("reading", "import", str(file))):
            assert (answer.code, answer.out) == (code, "")
            assert words in answer.err
    missing = desk.run("reading", "import", str(tmp_path / "none.csv"))
    assert (missing.code, missing.out) == (3, "")
    folder = desk.run("reading", "import", str(tmp_path))
    assert (folder.code, folder.out) == (2, "")
    assert desk.run("reading", "import", str(file), "--channel", "pigeon").code == 2


def test_what_a_file_holds_stays_text(desk: ShellDesk, meters: list[BuiltClient], file: Path) -> None:
    hostile = ["=1+1", "x[/x]", "\x1b[2J", "@SUM(1)", "a\u202eb"]
    place = written(file, *(f"{name};5;2026-11-20;field;;" for name in hostile))
    for form in ("table", "json", "csv"):
        answer = desk.run("reading", "import", place, "--format", form)
        assert answer.code == 1
        for text in (answer.out, answer.err):
            assert "\x1b" not in text
            assert "\u202e" not in text
    cells = [row["meter"] for row in csv.DictReader(io.StringIO(answer.out))]
    assert not [cell for cell in cells if cell.startswith(("=", "@"))]


def test_a_report_that_has_no_place_stops_the_import(
    desk: ShellDesk, meters: list[BuiltClient], file: Path, tmp_path: Path
) -> None:
    report = tmp_path / "report.json"
    report.write_text("mine")
    place = written(file, *good_lines(meters))
    answer = desk.run("reading", "import", place, "--commit", "--output", str(report))
    assert answer.code == 1
    assert saved(desk) == []
    done = desk.run(
        "reading", "import", place, "--commit", "--output", str(report), "--force", "--format", "json"
    )
    assert (done.code, done.out) == (0, "")
    assert json.loads(report.read_text())["imported"] == 3


def test_what_others_record_meanwhile_is_judged_again(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    written(file, *good_lines(meters))
    office = desk.house.office(desk.build.staff(Role.SUPERVISOR))
    parsed = parse_reading_file(file.read_bytes())
    assert len(office.read(judge_file, parsed).good) == 3
    entry = ReadingInput(meters[1].meter, 499, date(2026, 11, 21), Channel.FIELD, "other-desk")
    office.do(record_reading, entry)
    with pytest.raises(ImportRefused) as refused:
        office.do(import_readings, parsed)
    assert [(found.line, found.code) for found in refused.value.judged.findings] == [(3, "before_last")]
    assert len(saved(desk)) == 1
    report = office.do(import_readings, parsed, skip_bad=True)
    assert report.recorded == 2
    late = office.do(import_readings, parsed, skip_bad=True)
    assert (late.recorded, late.judged.already) == (0, 2)
    assert len(saved(desk)) == 3


@pytest.fixture
def hardly_any_room(desk: ShellDesk) -> Iterator[None]:
    """Let the database file grow by a few pages and no more."""

    def limit(connection: Any, _record: Any) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")

    sa.event.listen(sa.engine.Engine, "connect", limit)
    yield
    sa.event.remove(sa.engine.Engine, "connect", limit)


@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_a_full_disk_leaves_nothing_behind(
    desk: ShellDesk, meters: list[BuiltClient], file: Path, hardly_any_room: None
) -> None:
    note = "x" * 400
    lines = [
        f"{built.meter};{497 + day};2026-11-{day:02};field;;{note}"
        for built in meters
        for day in range(1, 23)
    ]
    audit = rows(desk.database, "audit_entry")
    answer = desk.run("reading", "import", written(file, *lines), "--commit", "--format", "json")
    assert (answer.code, answer.out) == (5, "")
    assert "full" in answer.err
    assert saved(desk) == []
    assert rows(desk.database, "audit_entry") == audit


def test_an_agent_imports_what_clients_gave_and_not_what_the_company_read(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    desk.sign_in("jan")
    field = desk.run("reading", "import", written(file, *good_lines(meters)), "--commit", "--format", "json")
    assert (field.code, {row["code"] for row in field.json["findings"]}) == (1, {"wrong_channel"})
    assert "recorded by a supervisor" in field.json["findings"][0]["text"]
    assert desk.run("reading", "import", str(file), "--channel", "field").code == 1
    assert saved(desk) == []
    own = [f"{built.meter};{497 + at};2026-11-20;rechecked" for at, built in enumerate(meters)]
    given = desk.run("reading", "import", written(file, *own, header="meter;state;day;reason"), "--commit")
    assert given.code == 0, given.err
    assert "taken as phone" in given.err
    assert {row["channel"] for row in saved(desk)} == {"phone"}


def test_only_clerks_import(desk: ShellDesk, meters: list[BuiltClient], file: Path) -> None:
    place = written(file, *good_lines(meters))
    desk.hire("adam", Role.ADMIN)
    desk.sign_in("adam")
    answer = desk.run("reading", "import", place, "--commit")
    assert (answer.code, answer.out) == (4, "")
    desk.run("sign-out")
    assert desk.run("reading", "import", place, "--commit").code == 4
    assert saved(desk) == []
    assert PASSWORD not in answer.err


def test_columns_are_called_the_same_in_the_help_and_in_the_message(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    file.write_text("a;b\n1;2\n")
    answer = desk.run("reading", "import", str(file))
    helped = " ".join(desk.run("reading", "import", "--help").out.split())
    assert answer.code == 2
    for name, words in COLUMN_WORDS.items():
        assert words in answer.err
        assert words in helped
        polish, english = words.rstrip(")").split(" (")
        assert fold(polish) in COLUMNS[name]
        assert english == name


def test_the_names_of_the_message_make_a_header(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    polish = ";".join(words.split(" (")[0] for words in COLUMN_WORDS.values())
    answer = desk.run("reading", "import", written(file, *good_lines(meters), header=polish))
    assert (answer.code, "Good: 3" in answer.err) == (0, True)


def test_a_person_reads_words_and_a_program_codes(
    desk: ShellDesk, meters: list[BuiltClient], file: Path
) -> None:
    place = written(file, "00000000;1;2026-11-20", header="meter;state;day")
    table = desk.run("reading", "import", place)
    assert "as meter reader" in table.err
    assert "CANNOT BE SAVED" in table.out
    assert "unknown_meter" not in table.out
    (row,) = csv.DictReader(io.StringIO(desk.run("reading", "import", place, "--format", "csv").out))
    assert (row["code"], row["level"]) == ("unknown_meter", "refuse")
    (found,) = desk.run("reading", "import", place, "--format", "json").json["findings"]
    assert (found["code"], found["level"]) == ("unknown_meter", "refuse")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le"])
def test_a_file_as_excel_saves_unicode_text(
    desk: ShellDesk, meters: list[BuiltClient], file: Path, encoding: str
) -> None:
    text = "\t".join(HEADER.split(";")) + "\n" + "\n".join(good_lines(meters)).replace(";", "\t") + "\n"
    file.write_bytes(text.encode(encoding))
    answer = desk.run("reading", "import", str(file))
    assert answer.code == 0, answer.err
    assert f"Read as {encoding}: 3 lines." in answer.err


def test_others_go_on_working_while_a_file_is_judged(
    desk: ShellDesk, meters: list[BuiltClient], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what they record meanwhile speaks against the file's line, although it was judged before."""
    colleague = desk.house.office(desk.build.staff(Role.AGENT))
    entry = ReadingInput(meters[2].meter, 500, date(2026, 11, 20), Channel.PHONE, "k", "rechecked")
    recorded: list[int] = []
    real = _Judge.points

    def meanwhile(self: _Judge, batch: Any) -> None:
        real(self, batch)
        if not recorded:
            recorded.append(colleague.do(record_reading, entry).id)

    monkeypatch.setattr(_Judge, "points", meanwhile)
    answer = desk.run("reading", "import", written(file, *good_lines(meters)), "--commit", "--format", "json")
    assert recorded
    assert (answer.code, answer.json["imported"]) == (1, 0)
    assert [row["code"] for row in answer.json["findings"]] == ["same_day"]
    assert [row["state"] for row in saved(desk)] == [500]
