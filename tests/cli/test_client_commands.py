"""`bok client`: the shape of its answers, and that nobody's name is more than a name."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from db.records.people import Role
from tests.cli.shell_desk import ShellDesk
from tests.db.builders import last_access, rows
from tests.reports.hostile import HOSTILE

HARMFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e]")
"""What a terminal would obey or hide."""
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
"""What no database of ours takes."""
SHOWN = ("x[/nope]", "\x1b]52;c;eA==\x07", "\x9b31m", "abc\u202edef", "=1+1", "%s%n", "W" * 120)


def test_find_answers_in_json_with_the_promised_keys(desk: ShellDesk) -> None:
    built = desk.build.household("123456", last_name="Żółw", name_key="zolw zaneta")
    desk.index()
    answer = desk.run("client", "find", "zolw", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json == [
        {
            "number": "123456",
            "name": "Żółw Żaneta",
            "address": "ul. Lipowa 4/12, 43-400 Przykładowo",
            "meters": [built.meter],
            "match": "name",
        }
    ]


def test_find_takes_words_as_they_come_and_tells_of_more(desk: ShellDesk) -> None:
    for number in ("123456", "123457", "123458"):
        desk.build.household(number)
    desk.index()
    answer = desk.run("client", "find", "kowalska", "zaneta", "--limit", "2", "--format", "csv")
    assert answer.code == 0
    assert [row["number"] for row in csv.DictReader(io.StringIO(answer.out))] == ["123456", "123457"]
    assert "narrow it down" in answer.err


def test_find_leaves_an_access_entry_without_what_was_typed(desk: ShellDesk) -> None:
    built = desk.build.household("123456")
    desk.index()
    desk.run("client", "find", "kowalska")
    entry = last_access(desk.database)
    assert (entry["action"], entry["staff_login"]) == ("SEARCH", "jan")
    assert str(built.id) in entry["scope"]
    assert "kowalska" not in entry["scope"]


@pytest.mark.parametrize(("form", "out"), [("json", "[]\n"), ("csv", "number,name,address,meters,match\n")])
def test_nobody_found_is_an_empty_answer_and_code_3(desk: ShellDesk, form: str, out: str) -> None:
    answer = desk.run("client", "find", "nobody", "--format", form)
    assert (answer.code, answer.out) == (3, out)
    assert "Nobody is found" in answer.err
    assert last_access(desk.database)["action"] == "SEARCH"


def test_show_answers_in_json_with_the_promised_keys(desk: ShellDesk) -> None:
    built = desk.build.household("123456")
    desk.build.meter(built.point_id, "90000001", role="garden")
    desk.build.contact_point(built.id, "phone", "+48600100200")
    answer = desk.run("client", "show", "123456", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    card = answer.json
    assert {key: card[key] for key in ("number", "kind", "name")} == {
        "number": "123456",
        "kind": "person",
        "name": "Kowalska Żaneta",
    }
    main, garden = card["meters"]
    assert (main["number"], main["role"]) == (built.meter, "main")
    assert main["last"] == {"state": "487", "day": "2026-08-31"}
    assert (garden["number"], garden["role"], garden["last"]) == ("90000001", "garden", None)
    assert "44051401359" not in answer.out
    assert "600100200" not in answer.out.replace(" ", "")
    assert last_access(desk.database)["action"] == "VIEW"


def test_show_is_for_people_too(desk: ShellDesk) -> None:
    built = desk.build.household("123456")
    answer = desk.run("client", "show", "123456")
    assert answer.code == 0
    for words in ("Kowalska Żaneta", built.meter, "00487", "ul. Lipowa 4/12"):
        assert words in answer.out


def test_an_unknown_client_is_code_3(desk: ShellDesk) -> None:
    for number in ("999999", "abc", "", "' OR 1=1 --", "\x1b[2J"):
        answer = desk.run("client", "show", number, "--format", "json")
        assert (answer.code, answer.out) == (3, ""), number
        assert answer.err.strip()
        assert "\x1b" not in answer.err


def test_a_name_is_nothing_but_a_name(desk: ShellDesk) -> None:
    names = [name for name in HOSTILE if 0 < len(name) <= 120 and not UNSTORABLE.search(name)]
    for at, name in enumerate(names):
        desk.build.client(f"{200_000 + at}", last_name=name)
    desk.index()
    for form in ("table", "json", "csv"):
        found = desk.run("client", "find", "lipowa", "--limit", "200", "--format", form)
        assert found.code == 0, found.err
        assert not HARMFUL.search(found.out)
        assert found.out.count("ul. Lipowa 4/12") == len(names)
        if form == "json":
            assert {row["name"] for row in found.json} == {f"{name} Żaneta" for name in names}
        elif form == "csv":
            cells = [row["name"] for row in csv.DictReader(io.StringIO(found.out, newline=""))]
            assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@", "＝"))]
        else:
            assert not [name for name in names if name.isprintable() and name not in found.out]
        for at, name in enumerate(names):
            if name in SHOWN:
                shown = desk.run("client", "show", f"{200_000 + at}", "--format", form)
                assert shown.code == 0, shown.err
                assert not HARMFUL.search(shown.out), name


def test_a_file_takes_the_answer_and_nothing_else_changes(desk: ShellDesk) -> None:
    desk.build.household("123456")
    desk.index()
    place = desk.house.heads.path.parent / "found.json" if desk.house.heads else None
    assert place is not None
    answer = desk.run("client", "find", "123456", "--format", "json", "--output", str(place))
    assert (answer.code, answer.out) == (0, "")
    assert json.loads(place.read_text())[0]["number"] == "123456"
    again = desk.run("client", "find", "123456", "--output", str(place))
    assert again.code == 1
    assert "--force" in again.err


def test_an_administrator_looks_at_no_clients(desk: ShellDesk) -> None:
    desk.build.household("123456")
    desk.hire("adam", Role.ADMIN)
    desk.sign_in("adam")
    before = len(rows(desk.database, "access_entry"))
    for arguments in (("client", "find", "123456"), ("client", "show", "123456"), ("reading", "list", "1")):
        answer = desk.run(*arguments)
        assert (answer.code, answer.out) == (4, "")
    assert len(rows(desk.database, "access_entry")) == before


def test_nobody_gets_in_without_signing_in(desk: ShellDesk) -> None:
    desk.run("sign-out")
    for arguments in (("client", "find", "x"), ("client", "show", "1"), ("reading", "list", "1")):
        answer = desk.run(*arguments)
        assert (answer.code, answer.out) == (4, "")
        assert "bok sign-in LOGIN" in answer.err
