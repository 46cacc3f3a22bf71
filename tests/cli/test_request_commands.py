"""`bok request`: the queue from the shell, and the portal's batch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell_desk import ShellDesk
from tests.conftest import TestClock
from tests.db.builders import rows

CLIENT = "100001"
PHONE = {"external_id": "p-1", "client": CLIENT, "kind": "phone", "values": {"phone": "600123456"}}
NAME = {"external_id": "p-2", "client": CLIENT, "kind": "name", "values": {"last_name": "Nowak-Lis"}}


@pytest.fixture
def batch(desk: ShellDesk, tmp_path: Path) -> Path:
    """Two requests of the portal; the supervisor `ewa` is signed in."""
    desk.build.client(CLIENT, last_name="Nowak", first_name="Jan")
    desk.index()
    desk.sign_in("ewa")
    path = tmp_path / "portal.json"
    path.write_text(json.dumps([PHONE, NAME, {**PHONE, "external_id": "p-3", "client": "999999"}]))
    return path


def imported(desk: ShellDesk, path: Path, code: int) -> list[dict[str, Any]]:
    answer = desk.run("request", "import", str(path), "--format", "json")
    assert answer.code == code, answer.err
    found: list[dict[str, Any]] = answer.json
    return found


def listed(desk: ShellDesk, *options: str) -> list[dict[str, Any]]:
    answer = desk.run("request", "list", "--format", "json", *options)
    assert answer.code == 0, answer.err
    found: list[dict[str, Any]] = answer.json
    return found


def test_a_batch_twice_adds_nothing_the_second_time(desk: ShellDesk, batch: Path) -> None:
    first = imported(desk, batch, 1)
    assert [row["result"] for row in first] == ["taken_in", "taken_in", "refused"]
    assert "999999" in first[2]["problem"]
    before = rows(desk.database, "request")
    again = imported(desk, batch, 1)
    assert [row["result"] for row in again] == ["known", "known", "refused"]
    assert [row["number"] for row in again[:2]] == [row["number"] for row in first[:2]]
    assert rows(desk.database, "request") == before
    assert {row["channel"] for row in listed(desk)} == {"ebok"}


def test_the_queue_is_worked_off_from_the_shell(desk: ShellDesk, batch: Path) -> None:
    phone, name = (row["number"] for row in imported(desk, batch, 1)[:2])
    assert {row["number"] for row in listed(desk)} == {phone, name}
    assert [row["number"] for row in listed(desk, "--kind", "name")] == [name]
    assert desk.run("request", "take", phone).code == 0
    assert [row["assignee"] for row in listed(desk, "--mine")] == ["Jan Ewa"]
    assert desk.run("request", "approve", phone).code == 0
    assert [row["value"] for row in rows(desk.database, "contact_point")] == ["+48600123456"]
    answer = desk.run("request", "reject", name, "--reason", "not_proved", "--note", "brak aktu")
    assert answer.code == 0
    assert name in answer.err
    assert listed(desk) == []
    shown = desk.run("request", "show", name, "--format", "json").json
    assert [step["event"] for step in shown["steps"]] == ["submit", "reject"]
    assert shown["steps"][-1]["reason"] == "not_proved"
    assert [row["state"] for row in listed(desk, "--state", "applied")] == ["applied"]
    text = desk.run("request", "show", name).out
    assert name in text
    assert max(len(line) for line in text.splitlines()) <= 80


def test_the_count_alone_names_a_request_of_this_year(desk: ShellDesk, batch: Path, clock: TestClock) -> None:
    phone, name = (row["number"] for row in imported(desk, batch, 1)[:2])
    assert (phone, name) == ("W/2026/00001", "W/2026/00002")
    assert desk.run("request", "show", "2", "--format", "json").json["number"] == name
    assert desk.run("request", "take", "00001").code == 0
    assert desk.run("request", "approve", "1").code == 0
    assert desk.run("request", "reject", "2", "--reason", "not_proved").code == 0
    answer = desk.run("request", "show", "3")
    assert (answer.code, "W/2026/00003" in answer.err) == (3, True)
    clock.forward(days=60)
    desk.sign_in("ewa")
    assert desk.run("request", "show", "2").code == 3, "the year is another"


def test_a_future_one_is_applied_on_its_day(desk: ShellDesk, batch: Path, clock: Any) -> None:
    later = {**PHONE, "external_id": "p-9", "effective": "2026-12-01"}
    batch.write_text(json.dumps([later]))
    (row,) = imported(desk, batch, 0)
    assert desk.run("request", "approve", row["number"]).code == 0
    assert "Applied: 0." in desk.run("request", "apply").err
    clock.forward(days=9)
    desk.sign_in("ewa")
    assert "Applied: 1." in desk.run("request", "apply").err
    assert "Applied: 0." in desk.run("request", "apply").err


def test_a_file_comes_back_as_it_was(desk: ShellDesk, batch: Path, tmp_path: Path) -> None:
    number = imported(desk, batch, 1)[0]["number"]
    deed, copy = tmp_path / "akt.pdf", tmp_path / "kopia.pdf"
    deed.write_bytes(b"%PDF-1.7 \x00\xff")
    assert desk.run("request", "attach", number, str(deed)).code == 0
    (kept,) = desk.run("request", "show", number, "--format", "json").json["attachments"]
    assert (kept["name"], kept["bytes"]) == ("akt.pdf", 11)
    assert desk.run("request", "file", str(kept["id"]), "--output", str(copy)).code == 0
    assert copy.read_bytes() == deed.read_bytes()
    assert desk.run("request", "file", "999", "--output", str(tmp_path / "x")).code == 3
    deed.write_bytes(b"x" * 5_000_001)
    answer = desk.run("request", "attach", number, str(deed))
    assert answer.code == 2
    assert "5 MB" in answer.err


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        (("show", "W/2026/99999"), 3, "W/2026/99999"),
        (("take", "x"), 3, "X"),
        (("reject", "W/2026/00001", "--reason", "because"), 2, "none of: not_entitled"),
        (("list", "--kind", "telefon"), 2, "none of: mailing_address"),
        (("list", "--client", "999999"), 3, "999999"),
        (("import", "nowhere.json"), 3, "nowhere.json"),
    ],
)
def test_a_wrong_call_says_what_and_leaves_its_code(
    desk: ShellDesk, batch: Path, arguments: tuple[str, ...], code: int, why: str
) -> None:
    answer = desk.run("request", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert why in answer.err


def test_an_agent_takes_no_batch_in(desk: ShellDesk, batch: Path) -> None:
    desk.sign_in("jan")
    assert desk.run("request", "import", str(batch)).code == 4
    assert rows(desk.database, "request") == []


def test_a_supervisor_gives_a_request_to_somebody_and_takes_it_away(desk: ShellDesk, batch: Path) -> None:
    phone, name = (row["number"] for row in imported(desk, batch, 1)[:2])
    assert desk.run("request", "assign", phone, "jan").code == 0
    assert desk.run("request", "assign", phone, "nikt").code == 3
    assert desk.run("request", "assign", name, "jan").code == 1, "four eyes: a supervisor decides"
    desk.sign_in("jan")
    assert [row["number"] for row in listed(desk, "--mine")] == [phone]
    assert desk.run("request", "assign", phone).code == 4
    desk.sign_in("ewa")
    assert desk.run("request", "assign", phone).code == 0
    assert desk.run("request", "assign", phone).code == 1, "nobody has it"
