"""`bok payment`: money at the desk, bank files, and what is matched by hand."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.models import metadata
from db.office import SYSTEM
from db.rules.bank_files.reading import read_bank_file
from db.sample.bank import sample_statement
from tests.cli.shell_desk import ShellDesk
from tests.db.bank_town import GROSS, BankTown, bank_town, own_accounts, statement, typical
from tests.db.builders import rows
from tests.rules.bank_samples import OWN_ACCOUNT, PAYER_ACCOUNT, Sent


@pytest.fixture
def town(desk: ShellDesk) -> BankTown:
    """The town with its bank account; the supervisor `ewa` is signed in."""
    town = bank_town(desk.house)
    desk.sign_in("ewa")
    return town


@pytest.fixture
def file(town: BankTown, tmp_path: Path) -> str:
    """A statement with three sure payments, two that wait and a fee."""
    path = tmp_path / "wyciąg.sta"
    path.write_bytes(statement(typical(town)))
    return str(path)


def pay(desk: ShellDesk, *arguments: str) -> dict[str, object]:
    answer = desk.run("payment", *arguments, "--format", "json")
    assert answer.code == 0, answer.err
    found: dict[str, object] = answer.json
    return found


def test_import_answers_in_json(desk: ShellDesk, town: BankTown, file: str) -> None:
    told = pay(desk, "import", file)
    assert {key: told[key] for key in ("file", "kind", "account", "dry_run", "lines", "booked")} == {
        "file": "wyciąg.sta",
        "kind": "mt940",
        "account": OWN_ACCOUNT,
        "dry_run": False,
        "lines": 5,
        "booked": 3,
    }
    assert [told[key] for key in ("waiting", "known", "total", "booked_total", "others", "repeated")] == [
        *(2, 0, "616.35", "392.90", 1, False),
    ]
    assert town.paid()["100001"] == Decimal(GROSS)


def test_the_same_file_again_books_nothing_and_says_when_it_came(
    desk: ShellDesk, town: BankTown, file: str
) -> None:
    pay(desk, "import", file)
    again = desk.run("payment", "import", file, "--format", "json")
    assert (again.code, again.json["booked"], again.json["known"], again.json["repeated"]) == (0, 0, 5, True)
    assert "This file was imported on 22 Nov 2026 as wyciąg.sta" in again.err.replace("\u00a0", " ")
    assert len(rows(town.database, "payment")) == 3


def test_a_trial_shows_every_line_and_books_nothing(desk: ShellDesk, town: BankTown, file: str) -> None:
    told = pay(desk, "import", file, "--dry-run")
    assert (told["dry_run"], told["file_id"], told["booked"], told["waiting"]) == (True, None, 3, 2)
    payments = told["payments"]
    assert isinstance(payments, list)
    assert [(one["decision"], one["client"], one["how"], one["amount"]) for one in payments] == [
        ("booked", "100001", "account", GROSS),
        ("booked", "100002", "invoice", GROSS),
        ("booked", "4410", "account", "100.00"),
        ("waiting", None, None, GROSS),
        ("waiting", None, None, "77.00"),
    ]
    table = desk.run("payment", "import", file, "--dry-run")
    assert "NOWAK ADAM" in table.out
    assert "invoice number" in table.out
    assert "nothing was booked" in table.err
    listed = desk.run("payment", "import", file, "--dry-run", "--format", "csv")
    assert [row["decision"] for row in csv.DictReader(io.StringIO(listed.out))].count("booked") == 3
    assert rows(town.database, "bank_file") == rows(town.database, "payment") == []


def test_standard_input_and_what_the_bank_took_back(desk: ShellDesk, town: BankTown) -> None:
    data = statement([Sent("10.00", client="100001"), Sent("10.00", "zwrot", mark="RC")])
    answer = desk.run("payment", "import", "-", "--format", "json", stdin=data)
    assert (answer.code, answer.json["file"], answer.json["booked"]) == (0, "-", 1)
    assert answer.json["taken_back"][0]["amount"] == "10.00"
    assert "the bank took 10.00 zł back (zwrot)" in answer.err


def test_files_that_are_refused_book_nothing(desk: ShellDesk, town: BankTown, tmp_path: Path) -> None:
    """T20 by the shell: a clear sentence, an exit code, nothing booked halfway."""
    whole = statement(typical(town))
    bad = {
        "cut": (whole[: len(whole) // 2], 2, "."),
        "balance": (statement(typical(town), closing="1.00"), 2, "does not add up"),
        "account": (statement(typical(town), account=PAYER_ACCOUNT), 1, "not ours"),
        "empty": (b"", 2, "empty"),
        "camt": (b"<?xml version='1.0'?><Document/>", 2, "XML"),
        "pdf": (b"%PDF-1.7", 2, "not text"),
        "dialect": (b"HDR|1|2\nTRX|12,50|woda\n", 2, "neither an MT940"),
        "zero": (b"Data;Kwota;Rachunek wirtualny\n2026-11-20;0;1\n", 2, "Line 2"),
    }
    for name, (data, code, words) in bad.items():
        path = tmp_path / name
        path.write_bytes(data)
        answer = desk.run("payment", "import", str(path), "--format", "json")
        assert (answer.code, answer.out) == (code, ""), (name, answer)
        assert words in answer.err, (name, answer.err)
    assert desk.run("payment", "import", str(tmp_path / "missing")).code == 3
    assert rows(town.database, "bank_file") == rows(town.database, "payment") == []


def test_agents_do_not_import(desk: ShellDesk, town: BankTown, file: str) -> None:
    desk.sign_in("jan")
    for arguments in (("import", file), ("import", file, "--dry-run"), ("void", "1", "--reason", "x")):
        answer = desk.run("payment", *arguments)
        assert (answer.code, answer.out) == (4, "")


def test_what_waits_is_matched_or_dismissed(desk: ShellDesk, town: BankTown, file: str) -> None:
    pay(desk, "import", file)
    desk.sign_in("jan")
    listed = desk.run("payment", "waiting", "--format", "json")
    wojcik, stranger = listed.json
    assert (wojcik["amount"], wojcik["suggestions"][0]["client"], stranger["suggestions"]) == (
        *(GROSS, "100003", []),
    )
    taken = pay(desk, "match", str(wojcik["id"]), "100003", "--invoice", town.invoice("100003"))
    assert (taken["client"], taken["balance"]) == ("100003", "0.00")
    again = desk.run("payment", "match", str(wojcik["id"]), "100001")
    assert (again.code, again.out) == (1, "")
    assert "Jan Jan has booked this payment for the client 100003" in again.err
    assert desk.run("payment", "dismiss", str(stranger["id"]), "--reason", "x").code == 4
    desk.sign_in("ewa")
    assert desk.run("payment", "dismiss", str(stranger["id"]), "--reason", "dotacja").code == 0
    empty = desk.run("payment", "waiting", "--format", "json")
    assert (empty.code, empty.json) == (0, [])
    assert desk.run("payment", "match", "999", "100003").code == 3


def test_pages_of_what_waits(desk: ShellDesk, town: BankTown, file: str) -> None:
    pay(desk, "import", file)
    first = desk.run("payment", "waiting", "--limit", "1", "--format", "json")
    assert "--after" in first.err
    second = desk.run("payment", "waiting", "--after", str(first.json[0]["id"]), "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(second.out))
    assert row["name"].startswith("OBCY")
    assert "100003 Wójcik Piotr" in desk.run("payment", "waiting").out


def test_money_at_the_desk(desk: ShellDesk, town: BankTown) -> None:
    told = pay(desk, "add", "100001", "46,45", "--method", "cash", "--submission", "k1")
    assert (told["client"], told["balance"], told["receipt"], told["repeated"]) == (
        *("100001", "100.00", "KP/2026/0000001", False),
    )
    assert told["paid"] == [{"document": town.invoice("100001"), "amount": "46.45"}]
    again = pay(desk, "add", "100001", "46,45", "--method", "cash", "--submission", "k1")
    assert (again["id"], again["repeated"]) == (told["id"], True)
    more = ("add", "100001", "1 000.00", "--method", "transfer", "--day", "d-1", "--title", "woda")
    over = desk.run("payment", *more, "--invoice", town.invoice("100001"), "--format", "json")
    assert (over.code, over.json["receipt"], over.json["balance"]) == (0, None, "-900.00")
    assert "Overpaid now: 900.00" in over.err
    listed = desk.run("payment", "list", "100001", "--format", "json").json
    assert [(one["amount"], one["method"], one["day"]) for one in listed] == [
        ("46.45", "cash", "2026-11-22"),
        ("1000.00", "transfer", "2026-11-21"),
    ]
    assert "KP/2026/0000001" in desk.run("payment", "list", "100001").out


def test_sums_are_written_the_way_the_language_writes_them(
    desk: ShellDesk, town: BankTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOK_LANG", "pl")
    over = desk.run("payment", "add", "100001", "1 246,45", "--method", "transfer")
    assert (over.code, "1\u00a0100,00 zł" in over.err) == (0, True)
    assert f"{town.invoice('100001')} 146,45" in over.out
    assert f"{town.invoice('100001')} 146,45" in desk.run("payment", "list", "100001").out
    assert "1\u00a0100,00 zł" in desk.run("payment", "refund", "100001", "2000").err
    assert "1\u00a0000\u00a0000,00 zł" in desk.run("payment", "add", "100001", "0", "--method", "card").err


def test_money_that_goes_back(desk: ShellDesk, town: BankTown) -> None:
    told = pay(desk, "add", "100001", "200", "--method", "card")
    back = pay(desk, "refund", "100001", "53,55", "--note", "na wniosek")
    assert back["balance"] == "0.00"
    too_much = desk.run("payment", "refund", "100001", "0,01")
    assert (too_much.code, too_much.out) == (1, "")
    assert desk.run("payment", "void", str(told["id"]), "--reason", "pomyłka").code == 0
    assert desk.run("payment", "void", str(told["id"]), "--reason", "pomyłka").code == 1
    assert desk.run("payment", "void", "999", "--reason", "x").code == 3
    assert [row["kind"] for row in rows(town.database, "ledger_entry")][-3:] == [
        *("payment", "refund", "reversal"),
    ]


BAD = (
    (("add", "100001", "0", "--method", "cash"), 2, "0.01 to 1,000,000.00 zł"),
    (("add", "100001", "-1", "--method", "cash"), 2, "above zero"),
    (("add", "100001", "1000000000000", "--method", "cash"), 2, "more than any amount"),
    (("add", "100001", "10^12", "--method", "cash"), 2, "cannot be read"),
    (("add", "100001", "100000000000", "--method", "cash"), 2, "0.01 to"),
    (("add", "100001", "1,234", "--method", "cash"), 2, "two ways"),
    (("add", "100001", "1.234,56", "--method", "cash"), 2, "two ways"),
    (("add", "100001", "5", "--method", "barter"), 2, "no method barter"),
    (("add", "100001", "5"), 2, "--method"),
    (("add", "999999", "5", "--method", "cash"), 3, "no client"),
    (("add", "100001", "5", "--method", "cash", "--invoice", "FAK/1"), 3, "no invoice"),
    (("add", "100001", "5", "--method", "cash", "--day", "23.11.2026"), 2, "Money arrives"),
    (("add", "100001", "5", "--method", "cash", "--submission", "x" * 41), 2, "at most 40"),
    (("refund", "100001", "-1"), 2, "above zero"),
    (("refund", "100001", "5"), 1, "Only 0.00"),
    (("list", "999999"), 3, "no client"),
    (("match", "one", "100001"), 2, "LINE"),
    (("dismiss", "1", "--reason", " "), 2, "Say why"),
)


def test_bad_input_is_one_sentence_a_code_and_nothing_booked(desk: ShellDesk, town: BankTown) -> None:
    for arguments, code, words in BAD:
        answer = desk.run("payment", *arguments)
        assert (answer.code, answer.out) == (code, ""), (arguments, answer)
        assert words in answer.err, (arguments, answer.err)
    assert rows(town.database, "payment") == []


def test_every_command_has_an_example(desk: ShellDesk) -> None:
    names = ("add", "list", "waiting", "match", "dismiss", "void", "refund", "sample", "import")
    for name in names:
        assert f"bok payment {name}" in desk.run("payment", name, "--help").out
    assert "Example" in desk.run("payment", "--help").out


def test_a_sample_statement_is_made_in_a_demo_alone(desk: ShellDesk, town: BankTown, tmp_path: Path) -> None:
    target = tmp_path / "demo.sta"
    refused = desk.run("payment", "sample", str(target))
    assert (refused.code, target.exists()) == (1, False)
    with town.database.writer.connect() as connection, connection.begin():
        connection.execute(sa.update(metadata.tables["installation"]).values(demo=True))
    assert desk.run("payment", "sample", str(target)).code == 0
    assert target.read_bytes() == desk.house.office(SYSTEM).read(sample_statement)
    read = read_bank_file(target.read_bytes())
    assert len(list(read.lines)) >= 3
    assert desk.run("payment", "sample", str(target)).code == 1
    told = pay(desk, "import", str(target))
    assert told["lines"] == len(list(read.lines))
    assert int(str(told["waiting"])) >= 1
    assert _failed(desk) == []


def _failed(desk: ShellDesk) -> list[object]:
    desk.index()
    answer = desk.run("db", "check", "--format", "json")
    return [check for check in json.loads(answer.out)["checks"] if not check["ok"]]


def test_without_an_account_no_file_is_ours(desk: ShellDesk, town: BankTown, file: str) -> None:
    own_accounts(town.database, bank_account=None, routing_number=None, account_prefix=None)
    answer = desk.run("payment", "import", file)
    assert (answer.code, answer.out) == (1, "")
    assert "bok db utility --bank-account" in answer.err
