"""`bok water`: entered, listed, imported; refusals and their exit codes; the report that it is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.shell_desk import ShellDesk

TOWN = "Przykładowo"


@pytest.fixture
def office(desk: ShellDesk) -> ShellDesk:
    """The supervisor `ewa` is signed in, and somebody is supplied in Przykładowo."""
    desk.build.client("100001")
    desk.sign_in("ewa")
    return desk


def test_a_figure_is_entered_listed_and_replaced(office: ShellDesk) -> None:
    added = office.run(
        "water", "add", "przykladowo", "2026-10", "12 500", "--note", "SUW", "--format", "json"
    )
    assert (added.code, added.err) == (0, "")
    assert added.json == {
        "town": TOWN, "month": "2026-10", "volume": "12500", "before": None, "note": "SUW",
        "result": "entered",
    }  # fmt: skip
    assert "nothing was written" in office.run("water", "add", TOWN, "2026-10", "12500", "--note", "SUW").err
    later = office.run("water", "add", TOWN, "2026-10", "12600")
    assert "12,500 m³ were on file; from now on 12,600 m³ count." in later.err
    (one,) = office.run("water", "list", "--format", "json").json
    assert (one["month"], one["town"], one["volume"], one["entered_by"], one["replaced"]) == (
        *("2026-10", TOWN, "12600"),
        *("ewa", False),
    )
    assert len(office.run("water", "list", "--all", "--format", "json").json) == 2
    csv = office.run("water", "list", "--from", "2026-10", "--to", "2026-10", "--format", "csv")
    assert csv.out.splitlines()[0] == "month,town,volume,note,entered_by,entered_at,replaced"
    none = office.run("water", "list", "--to", "2026-09")
    assert (none.code, "No figure is on file" in none.err) == (0, True)
    assert TOWN in office.run("water", "list").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((TOWN, "2026-10", "-5"), 2, "never below zero"),
        ((TOWN, "2026-10", "12,5"), 2, "Whole m³ are kept"),
        ((TOWN, "2026-10", "dużo"), 2, "not dużo"),
        ((TOWN, "2026-11", "5"), 2, "The month 2026-11 is not over"),
        ((TOWN, "2031-01", "5"), 2, "is not over"),
        ((TOWN, "2026-13", "5"), 2, "Type the month as 2026-10"),
        (("Atlantyda", "2026-10", "5"), 3, "Nobody is supplied in a town Atlantyda"),
        ((TOWN, "2026-10"), 2, "M3 is missing"),
    ],
)
def test_bad_input_is_told_and_nothing_written(
    office: ShellDesk, words: tuple[str, ...], code: int, said: str
) -> None:
    answer = office.run("water", "add", *words)
    assert (answer.code, answer.out) == (code, "")
    assert said in answer.err
    assert office.run("water", "list", "--format", "json").json == []


def test_the_order_of_months_is_looked_at(office: ShellDesk) -> None:
    answer = office.run("water", "list", "--from", "2026-10", "--to", "2026-09")
    assert (answer.code, "lies after --to" in answer.err) == (2, True)


def test_an_agent_is_kept_out(desk: ShellDesk, tmp_path: Path) -> None:
    desk.build.client("100001")
    (tmp_path / "f.csv").write_text(f"town;month;m3\n{TOWN};2026-10;5\n")
    for words in (("add", TOWN, "2026-10", "5"), ("list",), ("import", str(tmp_path / "f.csv"))):
        assert desk.run("water", *words).code == 4


def test_a_file_is_entered_line_by_line_and_twice_does_nothing(office: ShellDesk, tmp_path: Path) -> None:
    file = tmp_path / "suw.csv"
    file.write_bytes(f"Miejscowość;Miesiąc;m3\n{TOWN};2026-09;9000\n{TOWN};2026-10;12500\n".encode("cp1250"))
    done = office.run("water", "import", str(file), "--format", "json")
    assert (done.code, [row["result"] for row in done.json]) == (0, ["entered", "entered"])
    again = office.run("water", "import", str(file))
    assert "Entered: 0, on file already: 2, doubtful: 0, refused: 0." in again.err
    file.write_text(f"town;month;m3\n{TOWN};2026-09;9100\nAtlantyda;2026-10;5\n{TOWN};2026-08;12,5\n")
    mixed = office.run("water", "import", str(file), "--format", "json")
    assert (mixed.code, [row["result"] for row in mixed.json]) == (1, ["replaced", "refused", "refused"])
    assert [row["line"] for row in mixed.json] == [2, 3, 4]
    assert "Nobody is supplied" in mixed.json[1]["problem"]
    assert "Whole m³" in mixed.json[2]["problem"]
    piped = office.run("water", "import", "-", stdin=f"town;month;m3\n{TOWN};2026-07;9001\n".encode())
    assert piped.code == 0
    assert office.run("water", "import", str(tmp_path / "none.csv")).code == 3
    assert office.run("water", "import", "-", stdin=b"x;y\n").code == 2


def test_what_is_far_from_usual_needs_a_yes(office: ShellDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert office.run("water", "add", TOWN, "2026-09", "9000").code == 0
    refused = office.run("water", "add", TOWN, "2026-10", "90000")
    assert (refused.code, refused.out) == (2, "")
    assert "9,000 m³ a month are usual" in refused.err
    assert "2026-10 has 90,000 m³" in refused.err
    assert "--yes" in refused.err
    file = f"town;month;m3\n{TOWN};2026-08;9100\n{TOWN};2026-10;90000\n".encode()
    done = office.run("water", "import", "-", "--format", "json", stdin=file)
    assert (done.code, [row["result"] for row in done.json]) == (1, ["entered", "doubtful"])
    assert "are usual" in done.json[1]["problem"]
    assert "doubtful: 1" in done.err
    monkeypatch.setattr("bok_tui.shell.is_terminal", lambda _stream: True)
    for answer, code in (("nie\n", 2), ("", 2), ("tak\n", 0)):
        asked = office.run("water", "add", TOWN, "2026-10", "90000", stdin=answer)
        assert (asked.code, "Go on?" in asked.err) == (code, True)
    assert (
        office.run("water", "import", "-", "--yes", stdin=f"town;month;m3\n{TOWN};2026-10;1\n".encode()).code
        == 0
    )
    listed = office.run("water", "list", "--format", "json").json
    assert [row["volume"] for row in listed] == ["9100", "9000", "1"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"town,month,m3\n{TOWN},2026-02,9000\n{TOWN},2026-03,12,500\n", "Line 3 has 4 cells"),
        (f"town,month,m3,m3\n{TOWN},2026-02,9000,8000\n", "the column m3 twice"),
        (f"town,month,m3\n{TOWN},2026-02,9000\nprzykladowo,2026-02,9100\n", "Lines 2 and 3 are both of"),
        ("town,month,m3\n", "there is nothing to enter"),
    ],
)
def test_of_a_file_that_may_be_read_in_two_ways_nothing_is_entered(
    office: ShellDesk, text: str, said: str
) -> None:
    answer = office.run("water", "import", "-", stdin=text.encode())
    assert (answer.code, answer.out) == (2, "")
    assert said in answer.err
    assert office.run("water", "list", "--format", "json").json == []


def test_the_report_names_the_month_that_has_no_figure(office: ShellDesk) -> None:
    assert office.run("water", "add", TOWN, "2026-09", "100").code == 0
    answer = office.run("report", "consumption", "--by", "losses", "--period", "2026-09", "--format", "json")
    (row,) = answer.json["rows"]
    assert (row["put_in"], row["volume"], row["losses"], row["missing"]) == ("100", None, None, "2026-09")
    explained = office.run("report", "explain", "consumption", "--format", "json").json
    words = " ".join(row["meaning"] for row in explained if row["view"] == "losses")
    assert "Readings do not fall on the ends of months" in words
    assert "By group none can be told" in words
