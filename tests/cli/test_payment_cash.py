"""`bok payment cash`: counted, signed for by another, opened again; refusals and their exit codes."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from db.records.people import Role
from tests.cli.shell_desk import ShellDesk
from tests.db.builders import TODAY


@pytest.fixture
def taken(desk: ShellDesk) -> None:
    """The agent `jan` took 100.00 in cash and 20.50 by card today; `ewa` is a supervisor."""
    desk.build.client("100001")
    for amount, method in (("100,00", "cash"), ("20,50", "card")):
        answer = desk.run("payment", "add", "100001", amount, "--method", method)
        assert answer.code == 0, answer.err


@pytest.mark.usefixtures("taken")
def test_a_day_is_counted_listed_signed_and_opened_again(desk: ShellDesk) -> None:
    desk.sign_in("jan")
    (today,) = desk.run("payment", "cash", "list", "--format", "json").json
    assert (today["agent"], today["state"], today["cash_expected"], today["card_expected"]) == (
        *("jan", "open"),
        *("100.00", "20.50"),
    )
    refused = desk.run("payment", "cash", "close", "--cash", "95", "--card", "20,50")
    assert refused.code == 2
    assert "say why" in refused.err
    counted = desk.run(
        *("payment", "cash", "close", "--cash", "95", "--card", "20,50"),
        *("--reason", "zła reszta", "--format", "json"),
    )
    assert (counted.code, counted.json["state"], counted.json["difference"]) == (0, "closed", "-5.00")
    assert desk.run("payment", "cash", "sign", "jan", "d").code == 4
    desk.sign_in("ewa")
    listed = desk.run("payment", "cash", "list")
    assert "counted, not signed" in listed.out
    asked = desk.run("payment", "cash", "sign", "jan", "d")
    assert (asked.code, asked.out) == (2, "")
    assert "counted by Jan Jan: cash PLN 95.00 (ledger PLN 100.00)" in asked.err.replace("\u00a0", " ")
    assert "zła reszta" in asked.err
    wrong = desk.run("payment", "cash", "sign", "jan", "d", "--expect", "120,50")
    assert (wrong.code, "Not signed" in wrong.err) == (1, True)
    assert desk.run("payment", "cash", "list", "--format", "json").json[0]["state"] == "closed"
    signed = desk.run("payment", "cash", "sign", "jan", "d", "--expect", "115,50", "--format", "json")
    assert (signed.code, signed.json["state"], signed.json["signed_by"]) == (0, "signed", "Jan Ewa")
    assert desk.run("payment", "cash", "sign", "jan", "d").code == 1
    assert "Nothing waits to be counted or signed." in desk.run("payment", "cash", "list").err
    (every,) = desk.run("payment", "cash", "list", "--all", "--format", "json").json
    assert every["reason"] == "zła reszta"
    desk.sign_in("jan")
    late = desk.run("payment", "add", "100001", "5,00", "--method", "cash")
    assert late.code == 1
    assert "is signed for" in late.err
    assert desk.run("payment", "cash", "reopen", "jan", "d", "--reason", "x").code == 4
    desk.sign_in("ewa")
    opened = desk.run("payment", "cash", "reopen", "jan", "d", "--reason", "brakuje", "--format", "json")
    assert (opened.code, opened.json["state"], opened.json["cash_counted"]) == (0, "open", None)
    assert desk.run("payment", "cash", "sign", "nikt", "d").code == 3


@pytest.mark.usefixtures("taken")
def test_a_supervisor_counts_for_somebody_who_is_away(desk: ShellDesk) -> None:
    counting = ("payment", "cash", "close", "--cash", "100", "--card", "20,50", "--format", "json")
    desk.sign_in("jan")
    assert desk.run(*counting, "--till", "ewa", "--reason", "chora").code == 4
    desk.sign_in("ewa")
    refused = desk.run(*counting, "--till", "jan")
    assert refused.code == 2
    assert "say why" in refused.err
    assert desk.run(*counting, "--till", "nikt", "--reason", "chory").code == 3
    half = desk.run("payment", "cash", "close", "--cash", "100", "--till", "jan", "--reason", "chory")
    assert (half.code, "both --cash and --card" in half.err) == (2, True)
    counted = desk.run(*counting, "--till", "jan", "--reason", "chory")
    assert counted.code == 0
    told = {key: counted.json[key] for key in ("agent", "state", "difference", "counted_by", "reason")}
    assert told == {
        "agent": "jan",
        "state": "closed",
        "difference": "0.00",
        "counted_by": "Jan Ewa",
        "reason": "chory",
    }
    refused = desk.run("payment", "cash", "sign", "jan", "d")
    assert refused.code == 4
    assert "Four eyes" in refused.err
    (row,) = desk.run("report", "payments", "--by", "cash", "--format", "json").json["rows"]
    assert (row["agent"], row["counted_by"], row["state"]) == ("jan", "ewa", "closed")


@pytest.mark.usefixtures("taken")
def test_the_report_tells_of_it(desk: ShellDesk) -> None:
    desk.sign_in("ewa")
    answer = desk.run("report", "payments", "--by", "cash", "--format", "json")
    (row,) = answer.json["rows"]
    assert (row["agent"], row["expected"], row["counted"], row["state"]) == ("jan", "120.50", None, "open")
    daily = {
        row["measure"]: row["count"] for row in desk.run("report", "daily", "--format", "json").json["rows"]
    }
    assert daily["cash_unsigned"] == 0, "a day that runs waits for nobody"
    assert "today's money in the tills is not counted yet" in desk.run("payment", "cash", "list").err
    desk.sign_in("jan")
    assert desk.run("payment", "cash", "close", "--cash", "100", "--card", "20,50").code == 0
    desk.sign_in("ewa")
    daily = {
        row["measure"]: row["count"] for row in desk.run("report", "daily", "--format", "json").json["rows"]
    }
    assert daily["cash_unsigned"] == 1


@pytest.mark.usefixtures("taken")
def test_a_difference_of_anothers_till_has_its_own_reason_and_who_counts_second_is_told(
    desk: ShellDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.hire("ola", Role.SUPERVISOR)
    counting = ("payment", "cash", "close", "--till", "jan", "--reason", "chory", "--card", "20,50")
    desk.sign_in("ewa")
    refused = desk.run(*counting, "--cash", "95")
    assert refused.code == 2
    assert "beside why you count for Jan Jan" in refused.err
    done = desk.run(*counting, "--cash", "95", "--difference", "brak w kopercie", "--format", "json")
    assert (done.code, done.json["reason"]) == (0, "chory; brak w kopercie")
    desk.sign_in("ola")
    second = desk.run(*counting, "--cash", "100")
    assert (second.code, "counted by Jan Ewa" in second.err) == (2, True)
    monkeypatch.setattr("bok_tui.shell.is_terminal", lambda _stream: True)
    assert desk.run("payment", "cash", "sign", "jan", "d", stdin="nie\n").code == 2
    assert desk.run("payment", "cash", "sign", "jan", "d", stdin="yes\n").code == 0


@pytest.mark.usefixtures("taken")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--day", "d-3", "--till", "jan", "--cash", "0", "--card", "0", "--reason", "x"),
            "nothing to count",
        ),
        (("--till", "ewa", "--cash", "0", "--card", "0", "--reason", "x"), "nothing to count"),
        (
            ("--till", "jan", "--cash", "-5", "--card", "20,50", "--reason", "x", "--difference", "y"),
            "below zero",
        ),
        (
            (
                "--cash",
                "1000000000000",
            ),
            "more than any amount",
        ),
        (
            (
                "--cash",
                "100000000",
            ),
            "at most",
        ),
    ],
)
def test_what_cannot_be_counted_leaves_no_row(desk: ShellDesk, words: tuple[str, ...], said: str) -> None:
    desk.sign_in("ewa")
    answer = desk.run("payment", "cash", "close", *words)
    assert (answer.code, said in answer.err) == (2, True), answer.err
    listed = desk.run("payment", "cash", "list", "--all", "--format", "json").json
    assert [(row["agent"], row["state"]) for row in listed] == [("jan", "open")]


def test_what_no_till_took_is_told_and_an_empty_list_says_so(desk: ShellDesk) -> None:
    desk.sign_in("ewa")
    by_cash = ("report", "payments", "--by", "cash")
    assert "No till took cash or cards on these days." in desk.run(*by_cash).out
    assert "No payment waits to be settled." in desk.run("report", "payments", "--by", "unmatched").out
    unusual = desk.run("report", "consumption", "--kind", "leak")
    assert "There are no such meters in this period." in unusual.out
    built = desk.build.client("100001")
    desk.build.add(
        "payment", client_id=built.id, day=TODAY, amount=Decimal("12.00"), method="cash", staff_id=None,
        recorded_at=desk.house.clock(),
    )  # fmt: skip
    (row,) = desk.run(*by_cash, "--format", "json").json["rows"]
    assert (row["agent"], row["payments"], row["expected"], row["counted"], row["state"]) == (
        *("", 1, "12.00"),
        *(None, "none"),
    )
    assert "without a till" in desk.run(*by_cash).out


def test_where_nothing_can_be_written_is_said_as_it_is(desk: ShellDesk, tmp_path: Path) -> None:
    desk.sign_in("ewa")
    for words in (("payment", "cash", "list"), ("report", "daily"), ("water", "list")):
        folder = desk.run(*words, "--output", str(tmp_path))
        assert "is a folder. Name a file." in folder.err
        empty = desk.run(*words, "--output", "")
        assert (empty.code, "--output names no file" in empty.err) == (2, True)
    assert (
        "You may not write to the folder /proc" in desk.run("report", "daily", "--output", "/proc/x.csv").err
    )
    for call in (("send", "daily", "--to", "zle"), ("schedule", "daily", "--to", "zle")):
        address = desk.run("report", *call)
        assert (address.code, "zle is no e-mail address" in address.err) == (2, True), address.err
