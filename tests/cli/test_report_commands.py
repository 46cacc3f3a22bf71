"""`bok report`: five forms of one set of figures, who may ask, and what is said of a wrong call."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bok_tui.commands.report_group import EXAMPLES
from bok_tui.commands.report_options import rows_at_most, year_after
from db.queries.reports.cash import _found
from db.records.people import Role
from reports.supervision.forms import ROWS_HELD, ReportForm
from reports.supervision.registry import REPORTS, definition_of
from tests.cli.conftest import Bok
from tests.cli.shell_desk import ShellDesk, Towns
from tests.db.builders import rows
from tests.reports.pdfs import pages_of, text_of

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture
def town(town_of: Towns) -> ShellDesk:
    """A small town, and the supervisor signed in."""
    return town_of(25)


def sheet_of(path: Path, number: int = 1) -> list[list[str]]:
    """Return the cells of a sheet, numbers as they are stored."""
    with zipfile.ZipFile(path) as book:
        strings = [
            "".join(node.text or "" for node in entry.iter(f"{MAIN}t"))
            for entry in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        page = ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
    rows = []
    for row in page.iter(f"{MAIN}row"):
        cells = []
        for cell in row.iter(f"{MAIN}c"):
            value = cell.findtext(f"{MAIN}v") or ""
            cells.append(strings[int(value)] if cell.get("t") == "s" else value)
        rows.append(cells)
    return rows


def plain(text: str) -> str:
    """Return a figure as people read it in the form that programs read."""
    return re.sub(r"[\s\u00a0]", "", text).replace(",", ".").replace("−", "-")


def test_five_forms_hold_the_same_numbers(town: ShellDesk, tmp_path: Path) -> None:
    told = town.run("report", "receivables", "--format", "json").json
    keys = [column["key"] for column in told["columns"]]
    wanted = [[str(row[key]) for key in keys] for row in told["rows"]]
    totals = [str(told["totals"].get(key, "")) for key in keys]
    assert Decimal(told["totals"]["open"]) > 0
    rows = list(csv.reader(io.StringIO(town.run("report", "receivables", "--format", "csv").out)))
    assert rows == [keys, *wanted]
    for form in ("xlsx", "pdf"):
        name = str(tmp_path / f"r.{form}")
        assert town.run("report", "receivables", "--format", form, "--output", name).code == 0
    sheet = sheet_of(tmp_path / "r.xlsx")
    figures = [[Decimal(cell) for cell in row[1:]] for row in sheet[1:]]
    assert figures == [[Decimal(cell) for cell in row[1:]] for row in [*wanted, totals]]
    pdf = (tmp_path / "r.pdf").read_bytes()
    text = text_of(pdf)
    table = town.run("report", "receivables").out
    for row in [*wanted, totals]:
        assert plain(" ".join(row[1:])) in plain(text)
        assert plain("".join(row[1:])) in plain(table)
    assert "page 1 of 1" in pages_of(pdf)[0]
    assert "Wodociągi Próbne" in text


def test_every_view_comes_in_one_form_or_another(town: ShellDesk, tmp_path: Path) -> None:
    forms = itertools.cycle(("json", "csv", "xlsx", "pdf", "table"))
    for name, view in [(own, view) for own in REPORTS for view in definition_of(own).views]:
        form = next(forms)
        by = ("--by", view.key) if len(definition_of(name).views) > 1 else ()
        path = tmp_path / f"{name}-{view.key}"
        answer = town.run("report", name, *by, "--format", form, "--limit", "20", "--output", str(path))
        assert answer.code == 0, answer.err
        if form == "json":
            found = json.loads(path.read_text())
            assert (found["report"], found["view"], found["schema_version"]) == (name, view.key, 1)
            assert "%(" not in found["title"]
            assert "22.11.2026" in found["title"]
            assert [column["key"] for column in found["columns"]] == list(view.keys)
        elif form == "csv":
            assert path.read_text().splitlines()[0] == ",".join(view.keys)
        elif form == "xlsx":
            assert len(sheet_of(path)[0]) == len(view.keys)
        else:
            assert path.read_bytes().startswith(b"%PDF") is (form == "pdf")


def test_rows_that_a_limit_leaves_out_stay_in_the_totals(town: ShellDesk) -> None:
    whole = town.run("report", "receivables", "--by", "client", "--format", "json").json
    first = town.run("report", "receivables", "--top", "2", "--format", "json")
    assert first.json["rows"] == whole["rows"][:2]
    assert first.json["totals"] == whole["totals"]
    assert first.json["more"] == len(whole["rows"]) - 2
    assert "more were left out" in first.err
    sorted_ = town.run("report", "receivables", "--by", "client", "--sort", "-items", "--format", "json").json
    items = [row["items"] for row in sorted_["rows"]]
    assert items == sorted(items, reverse=True)


def test_a_sheet_with_totals_tells_below_them_what_is_not_in_it(town: ShellDesk, tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    answer = town.run("report", "receivables", "--top", "2", "--format", "xlsx", "--output", str(path))
    _, _, _, total, said = sheet_of(path)
    assert total[0] == "Total"
    assert said == [answer.err.strip()]
    assert "more were left out" in said[0]


def test_what_is_made_in_memory_holds_so_many_rows_unless_more_are_asked_for(
    town: ShellDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    call = ("report", "readings", "--by", "list", "--from", "2026-01-01", "--format")
    whole = town.run(*call, "json")
    count = len(whole.json["rows"])
    assert (whole.json["more"], whole.err) == (0, "")
    for held in ROWS_HELD:
        monkeypatch.setitem(ROWS_HELD, held, 4)
    cut = f"These are the first 4; {count - 4} more were left out."
    for form in ("table", "pdf", "xlsx"):
        for limit, said in (((), cut), (("--limit", "0"), ""), (("--limit", str(count)), "")):
            path = tmp_path / f"{form}{'-'.join(limit)}"
            answer = town.run(*call, form, *limit, "--output", str(path))
            assert (answer.code, answer.err) == (0, f"{said}\n" if said else "")
        if form == "xlsx":
            *_, last = sheet_of(tmp_path / form)
            assert (len(sheet_of(tmp_path / form)), last) == (1 + 4 + 1, [cut])
            assert [cut] in sheet_of(tmp_path / form, 2)
            assert len(sheet_of(path)) == 1 + count
            assert "left out" not in str([sheet_of(path), sheet_of(path, 2)])
    assert town.run(*call, "csv").out.count("\n") == 1 + count
    assert rows_at_most({"limit": 0}, ReportForm.XLSX) == 1_048_573, "a sheet's end"


def test_the_lists_behind_the_board_hold_what_it_counts(town: ShellDesk) -> None:
    """Of a day on which each of them happened."""
    then, build = datetime(2026, 11, 21, 9, tzinfo=UTC), town.build
    staff = next(row["id"] for row in rows(town.database, "staff") if row["login"] == "ewa")
    meter = build.client("900001").meter_id
    read = [build.reading(meter, date(2026, 11, 21), 7 + place, recorded_at=then) for place in range(4)]
    for reading in read[:2]:
        build.add(
            "reading_decision", reading_id=reading, kind="voided", reason="x", staff_id=staff, decided_at=then
        )
    for place in range(3):
        build.add(
            "incoming_message", content_sha256=f"{place:064}", thread=f"{place:064}", source="imap",
            sender="a@example.com", sender_name="", subject="", own_text="", quoted="", files="[]",
            understood="{}", certainty="unknown", intent="question", troubles="[]", automatic=False, note="",
            received_at=then, taken_at=then, state="accepted", auto=True, decided_at=then, version=1,
            message_id=f"<{place}@y>", written_on=date(2026, 11, 21),
        )  # fmt: skip
    days = ("--from", "2026-11-21", "--to", "2026-11-21", "--format", "json")
    told = {
        row["measure"]: row["count"] for row in town.run("report", "daily", "--format", "json").json["rows"]
    }
    for measure, view in (("readings_voided", "voided"), ("mails_accepted", "mails"), ("readings", "list")):
        assert len(town.run("report", "readings", "--by", view, *days).json["rows"]) == told[measure] > 1


def test_an_option_that_one_view_knows_asks_for_that_view(town: ShellDesk) -> None:
    month = ("--period", "2026-10", "--format", "json")
    for kind in ("negative", "leak", "low", "zero"):
        told = town.run("report", "consumption", "--kind", kind, *month).json
        assert told["view"] == "unusual"
        assert {row["kind"] for row in told["rows"]} <= {kind}
    first = town.run("report", "consumption", "--top", "2", *month).json
    assert (first["view"], len(first["rows"])) == ("change", 2)
    assert first["title"].startswith("Biggest changes of use")
    assert "billing period 2026-10" in first["title"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ("access --client 100001 --by agent", "--client works only in these views (--by): client."),
        ("access --suspicious --by agent", "--suspicious works only in these views (--by): suspicious."),
        ("access --suspicious --client 100001", "--client works only"),
        ("receivables --bucket 1-30 --by group", "--bucket works only in these views (--by): client."),
        ("consumption --kind leak --by group", "--kind works only in these views (--by): unusual."),
        ("meters --until 2027-01-31 --by age", "--until works only"),
        (
            "requests --from 2026-11-01 --by open",
            "--from, --to works only in these views (--by): kind, agent.",
        ),
        ("payments --to 2026-11-01 --by unmatched", "--from, --to works only"),
    ],
)
def test_an_option_that_a_view_does_not_know_is_told(desk: ShellDesk, arguments: str, said: str) -> None:
    desk.sign_in("ewa")
    answer = desk.run("report", *arguments.split())
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err


def test_titles_say_what_was_left_out(town: ShellDesk) -> None:
    def title(*call: str) -> str:
        return str(town.run("report", *call, "--format", "json").json["title"])

    meters = town.run("report", "unread", "--by", "meter", "--periods", "1", "--format", "json").json["rows"]
    street = next(row["street"] for row in meters if row["street"])
    client = town.run("report", "receivables", "--by", "client", "--format", "json").json["rows"][0]["client"]
    cases = [
        (("unread", "--by", "meter"), ("--street", f" {street.upper()}\n"), f"; only {street.upper()}"),
        (("consumption", "--by", "unusual"), ("--kind", "leak"), "; only: a leak?"),
        (("access", "--by", "agent"), ("--agent", "ewa"), "; only agent ewa"),
        (
            ("access", "--by", "client"),
            ("--agent", "ewa", "--client", client),
            f"; only client {client}; only agent ewa",
        ),
    ]
    for call, filters, said in cases:
        assert title(*call, *filters) == title(*call) + said


def test_titles_in_every_form_say_what_was_left_out(town: ShellDesk, tmp_path: Path) -> None:
    call, said = ("report", "receivables", "--bucket", "1-30"), "only clients with a debt 1-30 days late"
    assert said in " ".join(town.run(*call).out.split())
    assert said in town.run(*call, "--format", "json").json["title"]
    for form in ("xlsx", "pdf"):
        path = tmp_path / f"r.{form}"
        assert town.run(*call, "--format", form, "--output", str(path)).code == 0
        if form == "pdf":
            assert said in " ".join(text_of(path.read_bytes()).split())
        else:
            with zipfile.ZipFile(path) as book:
                assert said in book.read("xl/sharedStrings.xml").decode()


def test_meters_look_a_year_ahead_to_its_last_day(desk: ShellDesk) -> None:
    desk.sign_in("ewa")
    title = desk.run("report", "meters", "--format", "json").json["title"]
    assert title == "Verifications that expire up to 22.11.2027, as of 22.11.2026"
    assert year_after(date(2024, 2, 29)) == date(2025, 2, 28)


def test_what_was_counted_has_a_total_once_every_till_is_counted() -> None:
    def till(counted: Decimal | None) -> dict[str, Any]:
        taken = {"payments": 1, "expected": Decimal("5.00")}
        return {**taken, "counted": counted, "difference": None if counted is None else counted - 5}

    whole = _found([till(Decimal("7.00")), till(Decimal("5.00"))]).totals
    assert whole == {"payments": 2, "expected": 10, "counted": 12, "difference": 2}
    assert _found([till(Decimal("7.00")), till(None)]).totals == {"payments": 2, "expected": 10}


def test_the_smaller_of_top_and_limit_counts(town: ShellDesk) -> None:
    for top, limit in (("2", "5"), ("5", "2")):
        told = town.run("report", "receivables", "--top", top, "--limit", limit, "--format", "json").json
        assert len(told["rows"]) == 2


def test_money_received_is_of_no_billing_period_and_so_is_empty(town: ShellDesk) -> None:
    told = town.run("report", "revenue", "--period", "2026-09", "--format", "json").json
    assert told["rows"]
    assert {row["received"] for row in told["rows"]} == {None}
    assert "received" not in told["totals"]
    assert Decimal(told["totals"]["gross"]) > 0
    months = town.run("report", "revenue", "--from", "2026-01-01", "--format", "json").json
    assert Decimal(months["totals"]["received"]) > 0


def entries(town: ShellDesk, action: str) -> list[dict[str, Any]]:
    return [dict(row) for row in rows(town.database, "access_entry") if row["action"] == action]


def test_names_are_masked_unless_revealed_and_each_client_gets_an_entry(town: ShellDesk) -> None:
    before = len(entries(town, "VIEW"))
    masked = town.run("report", "receivables", "--by", "client", "--format", "json").json
    assert all("***" in row["name"] for row in masked["rows"])
    assert len(entries(town, "VIEW")) == before + 1
    assert entries(town, "REVEAL") == []
    clear = town.run("report", "receivables", "--top", "3", "--reveal", "--format", "json").json
    assert not any("***" in row["name"] for row in clear["rows"])
    assert len({entry["client_id"] for entry in entries(town, "REVEAL")}) == 3


def test_an_agent_may_not(desk: ShellDesk) -> None:
    answer = desk.run("report", "receivables", "--as-of", "2026-10-31")
    assert answer.code == 4
    assert answer.out == ""
    assert "Your role (agent)" in answer.err


def test_an_empty_report_says_so(desk: ShellDesk) -> None:
    desk.sign_in("ewa")
    answer = desk.run("report", "receivables", "--by", "client")
    assert answer.code == 0
    assert "Nobody owes anything on this day." in answer.out
    assert desk.run("report", "receivables", "--by", "client", "--format", "csv").out.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "nobody"), 'There is no view "nobody"; there are: bucket, group, client, overpaid.'),
        (("--bucket", "2"), "2 is none of: 0, 1-30"),
        (("--as-of", "2026-02-30"), "30.02.2026"),
        (("--as-of", "2026-11-23"), "still ahead"),
        (("--sort", "size"), "size is none of: bucket, clients"),
        (("--limit", "-1"), "--limit"),
        (("--format", "odt"), "Choose one of: table, json, csv, xlsx, pdf."),
    ],
)
def test_a_wrong_call_is_told(desk: ShellDesk, arguments: tuple[str, ...], said: str) -> None:
    desk.sign_in("ewa")
    answer = desk.run("report", "receivables", *arguments)
    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("readings", "--from", "2026-11-10", "--to", "2026-11-01"), "lies after --to"),
        (("readings", "--to", "2026-11-10", "--as-of", "2026-11-09"), "lies after the day of the report"),
        (("readings", "--from", "2026-02-30"), "30.02.2026"),
        (("meters", "--until", "2026-11-01"), "--until lies before --as-of."),
        (("consumption", "--period", "2026-13"), "2026-13"),
        (("consumption", "--period", "2026-12"), "2026-12 begins after the day of the report (2026-11-22)"),
        (("revenue", "--period", "2026-11", "--as-of", "2026-10-31"), "begins after the day of the report"),
        (("revenue", "--period", "2026-09", "--from", "2026-01-01"), "leave out --from and --to"),
        (("revenue", "--period", "2026-09", "--to", "2026-11-01"), "leave out --from and --to"),
    ],
)
def test_days_in_the_wrong_order_are_told(desk: ShellDesk, arguments: tuple[str, ...], said: str) -> None:
    desk.sign_in("ewa")
    answer = desk.run("report", *arguments)
    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""


def test_the_examples_of_the_help_fit_their_reports(
    town: ShellDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    client = town.run("report", "receivables", "--by", "client", "--format", "json").json["rows"][0]["client"]
    meters = town.run("report", "unread", "--by", "meter", "--periods", "1", "--format", "json").json["rows"]
    street = next(row["street"] for row in meters if row["street"])
    told = {"100042": client, "Długa": street}
    assert list(EXAMPLES) == list(REPORTS)
    for name, options in EXAMPLES.items():
        answer = town.run("report", name, *(told.get(word, word) for word in options.split()))
        assert answer.code == 0, (name, answer.err)
        own = set(definition_of(name).options)
        assert not own or any(f"--{word}" in options for option in own for word in option.value.split("-"))


def test_an_administrator_reads_figures_but_reveals_nobody(town: ShellDesk) -> None:
    town.hire("maria", Role.ADMIN)
    town.sign_in("maria")
    assert town.run("report", "receivables").code == 0
    refused = town.run("report", "receivables", "--by", "client", "--reveal")
    assert (refused.code, refused.out) == (4, "")


def test_a_file_that_is_there_stays_and_a_missing_folder_is_told(desk: ShellDesk, tmp_path: Path) -> None:
    desk.sign_in("ewa")
    there = tmp_path / "there.csv"
    there.write_text("mine")
    answer = desk.run("report", "receivables", "--format", "csv", "--output", str(there))
    assert (answer.code, there.read_text()) == (1, "mine")
    assert desk.run("report", "receivables", "--format", "csv", "--output", str(there), "--force").code == 0
    assert there.read_text().startswith("bucket,")
    assert desk.run("report", "receivables", "--output", str(tmp_path / "no" / "file")).code == 5
    assert not (tmp_path / "no").exists()


def test_the_list_and_the_definitions_need_no_sign_in(bok: Bok) -> None:
    listed = bok("report", "list", "--format", "json").json
    assert [row["name"] for row in listed] == list(REPORTS)
    for name in REPORTS:
        explained = bok("report", "explain", name, "--format", "json")
        assert explained.code == 0
        assert all(row["meaning"] for row in explained.json)
        helped = bok("report", name, "--help")
        assert helped.code == 0
        assert "Example: bok report" in helped.out
    assert bok("report", "explain", "nothing").code == 3


def test_a_copy_that_is_not_of_this_installation_is_refused(
    town: ShellDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOK_REPORTS_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite3'}")
    assert town.run("report", "receivables").code == 5
    monkeypatch.setenv("BOK_REPORTS_DATABASE_URL", town.database.url.render_as_string(hide_password=False))
    assert town.run("report", "receivables").code == 0
