"""`bok reading add | list | void`: what is saved, what is refused, and how a script can tell."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from db.records.people import Role
from tests.cli.shell_desk import PASSWORD, ShellDesk
from tests.db.builders import BuiltClient, last_access, rows


@pytest.fixture
def home_meter(desk: ShellDesk) -> BuiltClient:
    """A household with an open notice."""
    built = desk.build.household("123456")
    desk.build.notice(built.meter_id, date(2026, 11, 18), date(2026, 11, 25))
    return built


def saved(desk: ShellDesk) -> list[dict[str, Any]]:
    """Return the readings beyond those that were built."""
    return rows(desk.database, "reading")[5:]


def test_add_answers_in_json_with_the_promised_keys(desk: ShellDesk, home_meter: BuiltClient) -> None:
    answer = desk.run("reading", "add", home_meter.meter, "00497", "--format", "json")
    assert answer.code == 0
    (row,) = saved(desk)
    keys = ("id", "meter", "state", "day", "consumption", "findings", "status")
    assert {key: answer.json[key] for key in keys} == {
        "id": row["id"],
        "meter": home_meter.meter,
        "state": "497",
        "day": "2026-11-22",
        "consumption": "10",
        "findings": [],
        "status": "accepted",
    }
    assert "Art. 7" in answer.err
    assert (row["state"], row["channel"]) == (497, "phone")


def test_days_as_people_write_them(desk: ShellDesk, home_meter: BuiltClient) -> None:
    for at, day in enumerate(("d-4", "2026-11-19", "20.11", "21.11.2026", "")):
        state = str(497 + at)
        answer = desk.run("reading", "add", home_meter.meter, state, "--day", day, "--reason", "rechecked")
        assert answer.code == 0, answer.err
    assert [row["day"].day for row in saved(desk)] == [18, 19, 20, 21, 22]


BAD_INPUT = (
    ("99999999", "497", (), 3, "There is no meter 99999999"),
    ("", "497", (), 3, "There is no meter"),
    ("80000001", "4B7", (), 2, "digits only"),
    ("80000001", "12,5", (), 2, "whole m³"),
    ("80000001", "12.5", (), 2, "whole m³"),
    ("80000001", "-5", (), 2, "negative"),
    ("80000001", "-12", ("--day", "d-1"), 2, "negative"),
    ("80000001", "", (), 2, "Type the state"),
    ("80000001", "1000000000", (), 2, "more than any dial has"),
    ("80000001", "10^9", (), 2, "digits only"),
    ("80000001", "497123", (), 1, "5 black digits"),
    ("80000001", "497", ("--day", "23.11.2026"), 1, "has not come yet"),
    ("80000001", "497", ("--day", "2099-01-01"), 1, "has not come yet"),
    ("80000001", "497", ("--day", "30.02"), 2, "no day 30.02"),
    ("80000001", "497", ("--day", "soon"), 2, "Type the day"),
    ("80000001", "497", ("--channel", "pigeon"), 2, "no channel pigeon"),
    ("80000001", "497", ("--reason", "because"), 2, "no reason because"),
    ("80000001", "497", ("--reason", "other"), 2, "Write into the note"),
    ("80000001", "497", ("--submission", "x" * 41), 2, "at most 40"),
    ("80000001", "497", ("--note", "x" * 501), 2, "Too long"),
    ("80000001", "497", ("--colour", "red"), 2, "no option --colour"),
    ("80000001", "400", (), 1, "Below 487"),
)


def test_bad_input_is_one_sentence_a_code_and_nothing_saved(desk: ShellDesk, home_meter: BuiltClient) -> None:
    assert home_meter.meter == "80000001"
    for meter, state, options, code, words in BAD_INPUT:
        answer = desk.run("reading", "add", meter, state, *options, "--format", "json")
        assert (answer.code, answer.out) == (code, ""), (meter, state, options)
        assert words in answer.err, (meter, state, options)
    assert saved(desk) == []


def test_a_warning_wants_a_reason_and_says_which_there_are(desk: ShellDesk, home_meter: BuiltClient) -> None:
    answer = desk.run("reading", "add", home_meter.meter, "487", "--format", "json")
    assert (answer.code, answer.out) == (1, "")
    assert "has not moved" in answer.err
    assert "--reason CODE" in answer.err
    assert "long_absence: long absence" in answer.err
    given = desk.run(
        "reading", "add", home_meter.meter, "487", "--reason", "long-absence", "--format", "json"
    )
    assert given.code == 0
    (finding,) = given.json["findings"]
    assert (finding["code"], finding["level"]) == ("zero_after_use", "warn")
    assert "has not moved" in finding["text"]
    assert saved(desk)[0]["reason"] == "long_absence"


def test_what_blocks_is_refused_held_or_signed_for(desk: ShellDesk, home_meter: BuiltClient) -> None:
    far = ("reading", "add", home_meter.meter, "4970", "--format", "json")
    refused = desk.run(*far)
    assert (refused.code, refused.out) == (1, "")
    assert "--sign-off LOGIN" in refused.err
    assert "✗ BLOCKED: Far too high" in refused.err
    assert "gives the state 497" in refused.err
    held = desk.run(*far, "--hold")
    assert (held.code, held.json["status"]) == (0, "pending")
    assert "approved" in held.err
    signed = desk.run(*far, "--sign-off", "ewa", stdin=f"{PASSWORD}\n")
    assert (signed.code, signed.json["status"]) == (0, "accepted")
    by = {row["login"]: row["id"] for row in rows(desk.database, "staff")}
    assert [row["approved_by_id"] for row in saved(desk)] == [None, by["ewa"]]


def test_below_the_previous_state_only_waiting_is_advised(desk: ShellDesk, home_meter: BuiltClient) -> None:
    below = ("reading", "add", home_meter.meter, "1", "--format", "json")
    refused = desk.run(*below)
    assert (refused.code, refused.out) == (1, "")
    assert "--hold" in refused.err
    assert "--sign-off" not in refused.err
    signed = desk.run(*below, "--sign-off", "ewa", stdin=f"{PASSWORD}\n")
    assert (signed.code, "nothing can be accepted" in signed.err) == (1, True)
    held = desk.run(*below, "--hold")
    assert (held.code, held.json["status"]) == (0, "pending")


def test_a_sign_off_that_is_none(desk: ShellDesk, home_meter: BuiltClient) -> None:
    for login, stdin, code in (("ewa", "wrong\n", 4), ("ewa", "", 2), ("jan", f"{PASSWORD}\n", 4)):
        arguments = ("reading", "add", home_meter.meter, "4970", "--sign-off", login)
        answer = desk.run(*arguments, stdin=stdin)
        assert (answer.code, answer.out) == (code, "")
    assert saved(desk) == []


def test_nobody_signs_for_themselves(desk: ShellDesk, home_meter: BuiltClient) -> None:
    desk.sign_in("ewa")
    answer = desk.run("reading", "add", home_meter.meter, "4970", "--sign-off", "ewa", stdin=f"{PASSWORD}\n")
    assert answer.code == 4
    assert saved(desk) == []


def test_the_same_key_saves_once(desk: ShellDesk, home_meter: BuiltClient) -> None:
    arguments = ("reading", "add", home_meter.meter, "497", "--submission", "form-1", "--format", "json")
    first, second = desk.run(*arguments), desk.run(*arguments)
    assert (first.code, second.code) == (0, 0)
    assert (first.json["repeated"], second.json["repeated"]) == (False, True)
    assert first.json["id"] == second.json["id"]
    other = desk.run("reading", "add", home_meter.meter, "498", "--submission", "form-1")
    assert other.code == 1
    assert len(saved(desk)) == 1


def test_the_second_reading_of_a_day_is_told_of_the_first(desk: ShellDesk, home_meter: BuiltClient) -> None:
    assert desk.run("reading", "add", home_meter.meter, "497").code == 0
    answer = desk.run("reading", "add", home_meter.meter, "498")
    assert (answer.code, answer.out) == (1, "")
    assert "Jan Jan recorded the state 497" in answer.err


def test_list_shows_readings_newest_first(desk: ShellDesk, home_meter: BuiltClient) -> None:
    desk.run("reading", "add", home_meter.meter, "497", "--note", "=1+1")
    answer = desk.run("reading", "list", home_meter.meter, "--limit", "2", "--format", "json")
    assert answer.code == 0
    assert [(row["day"], row["state"], row["consumption"], row["status"]) for row in answer.json] == [
        ("2026-11-22", "497", "10", "accepted"),
        ("2026-08-31", "487", "12", "accepted"),
    ]
    assert last_access(desk.database)["scope"] == f"readings of meter {home_meter.meter}"
    listed = desk.run("reading", "list", home_meter.meter, "--format", "csv")
    assert len(list(csv.DictReader(io.StringIO(listed.out)))) == 6
    assert "meter reader" in desk.run("reading", "list", home_meter.meter).out
    assert desk.run("reading", "list", "99999999").code == 3


def test_an_agent_voids_what_they_recorded_today(desk: ShellDesk, home_meter: BuiltClient) -> None:
    number = desk.run("reading", "add", home_meter.meter, "497", "--format", "json").json["id"]
    answer = desk.run(
        "reading", "void", str(number), "--reason", "another meter was read", "--format", "json"
    )
    assert (answer.code, answer.json["status"]) == (0, "voided")
    again = desk.run("reading", "void", str(number), "--reason", "once more")
    assert (again.code, again.out) == (1, "")


def test_others_readings_take_a_supervisor(desk: ShellDesk, home_meter: BuiltClient) -> None:
    newest = str(max(row["id"] for row in rows(desk.database, "reading")))
    alone = desk.run("reading", "void", newest, "--reason", "misread")
    assert (alone.code, alone.out) == (4, "")
    signed = desk.run(
        "reading", "void", newest, "--reason", "misread", "--sign-off", "ewa", stdin=f"{PASSWORD}\n"
    )
    assert signed.code == 0, signed.err


def test_voids_that_are_none(desk: ShellDesk, home_meter: BuiltClient) -> None:
    for arguments, code in (
        (("99999", "--reason", "x"), 3),
        (("1", "--reason", " "), 2),
        (("1",), 2),
        (("one", "--reason", "x"), 2),
        (("-1", "--reason", "x"), 2),
    ):
        answer = desk.run("reading", "void", *arguments)
        assert (answer.code, answer.out) == (code, ""), arguments
        assert answer.err.strip()
    assert rows(desk.database, "reading_decision") == []


def test_an_administrator_records_nothing(desk: ShellDesk, home_meter: BuiltClient) -> None:
    desk.hire("adam", Role.ADMIN)
    desk.sign_in("adam")
    answer = desk.run("reading", "add", home_meter.meter, "497")
    assert (answer.code, answer.out) == (4, "")
    assert saved(desk) == []


def test_findings_speak_polish(
    desk: ShellDesk, home_meter: BuiltClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOK_LANG", "pl")
    answer = desk.run("reading", "add", home_meter.meter, "497", "--format", "json")
    assert answer.code == 0
    assert set(answer.json) >= {"id", "meter", "state", "day", "consumption", "findings", "status"}
