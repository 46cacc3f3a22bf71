"""`bok billing`: runs, invoices, corrections, printing, prices and rates, as a shell gets them."""

from __future__ import annotations

import csv
import errno
import io
import os
from datetime import date
from pathlib import Path
from threading import Lock

import pytest

from db.records.people import Role
from tests.cli.shell_desk import ShellDesk
from tests.db.builders import BuiltClient, rows

FIRST = "FAK/202610/0000001/100001/20261122"


@pytest.fixture
def town(desk: ShellDesk) -> BuiltClient:
    """One client to be billed 146.45 for October, one who was not read; the supervisor is signed in."""
    with desk.database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql(
            "UPDATE utility SET name = 'Wodociągi Próbne', bank_account = '86999900090000000000000001'"
        )
    group = desk.build.tariff()
    client = desk.build.client("100001", tariff_group_id=group)
    desk.build.history(client.meter_id, {date(2026, 9, 30): 110, date(2026, 10, 31): 120})
    desk.build.client("100002", tariff_group_id=group)
    desk.sign_in("ewa")
    return client


def _run(desk: ShellDesk, *more: str) -> dict[str, object]:
    answer = desk.run("billing", "run", "--period", "2026-10", "--format", "json", *more)
    assert answer.code == 0, answer.err
    found: dict[str, object] = answer.json
    return found


def test_a_trial_and_a_run_say_the_same(desk: ShellDesk, town: BuiltClient) -> None:
    trial, real = _run(desk, "--dry-run"), _run(desk)
    assert (trial["dry_run"], real["dry_run"]) == (True, False)
    for key in ("period", "billed", "skipped", "skipped_count", "reasons", "gross"):
        assert trial[key] == real[key]
    assert (real["period"], real["billed"], real["gross"]) == ("2026-10", 1, "146.45")
    assert real["reasons"] == {"no_reading": 1}
    (skipped,) = real["skipped"]  # type: ignore[misc]  # a list of one
    assert (skipped["client"], skipped["reason"]) == ("100002", "no_reading")  # type: ignore[has-type]  # as JSON has it
    assert _run(desk)["billed"] == 0
    assert len(rows(desk.database, "invoice")) == 1


def test_nothing_is_billed_when_the_protocol_has_no_place(
    desk: ShellDesk, town: BuiltClient, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    places = ((5, tmp_path / "none" / "x.csv"), (5, tmp_path / "file" / "x.csv"), (1, tmp_path))
    for code, output in places:
        answer = desk.run("billing", "run", "--period", "2026-10", "--output", str(output), "--force")
        assert (answer.code, answer.out, len(answer.err.splitlines())) == (code, "", 1), answer
    assert rows(desk.database, "invoice") == []
    assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".part")] == []


def test_the_protocol_is_for_people_too(desk: ShellDesk, town: BuiltClient) -> None:
    answer = desk.run("billing", "run", "--period", "2026-10")
    assert answer.code == 0
    assert "there is no reading" in answer.out
    assert "invoices: 1, gross: 146.45 zł, contracts left out: 1" in answer.err
    listed = desk.run("billing", "run", "--period", "2026-10", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(listed.out))
    assert row["reason"] == "no_reading"


@pytest.mark.parametrize(
    ("code", "call"),
    [
        (1, "run --period 2026-11"),
        (1, "run --period 2999-01"),
        (2, "run --period 2026-13"),
        (2, "run --period october"),
        (2, "run"),
        (3, "run --period 2026-10 --group G9"),
        (3, "invoice 1/100001/20261122"),
        (3, "invoice FAK"),
        (1, "correct 1/100001/20261122 --reason reading --why x"),
        (2, "correct 1/100001/20261122 --reason typo --why x"),
        (2, "correct 1/100001/20261122 --reason void --why x --group G1"),
        (3, "settle U/9"),
        (1, "print --period 2026-09 --output {folder}"),
        (5, "print --period 2026-10 --output {file}"),
        (2, "tariff price G1 water 5.123456 --from 2026-12-01"),
        (2, "tariff price G1 gas 5.12 --from 2026-12-01"),
        (2, "tariff price G1 water 5.12 --from 2026-02-30"),
        (1, "tariff price G1 water 5.12 --from 2020-01-01"),
        (3, "tariff price G9 water 5.12 --from 2026-12-01"),
        (1, "tariff add G1 again"),
        (2, "tariff assign G1"),
        (3, "tariff assign G1 999999"),
        (1, "rates add 9.25 --from 2020-01-01"),
        (2, "rates add -1 --from 2027-01-01"),
    ],
)
def test_bad_calls_have_their_codes_and_do_nothing(
    desk: ShellDesk, town: BuiltClient, tmp_path: Path, code: int, call: str
) -> None:
    if not call.startswith("run"):
        _run(desk)
    (tmp_path / "file").write_text("x")
    tables = ("invoice", "issued_document", "ledger_entry", "tariff_price", "interest_rate", "counter")
    before = [rows(desk.database, table) for table in tables]
    if code == 3 and "1/100001" in call:
        call = call.replace("1/100001", "7/100001")
    filled = call.format(folder=tmp_path / "out", file=tmp_path / "file")
    answer = desk.run("billing", *filled.split())
    assert (answer.code, answer.out) == (code, ""), answer.err
    assert answer.err.strip()
    assert [rows(desk.database, table) for table in tables] == before
    assert not (tmp_path / "out").exists()


def test_an_invoice_is_shown_by_its_last_segments_and_printed_once(
    desk: ShellDesk, town: BuiltClient, tmp_path: Path
) -> None:
    _run(desk)
    shown = desk.run("billing", "invoice", "1/100001/20261122")
    assert shown.code == 0
    assert FIRST in shown.out
    assert "146,45" in shown.out
    said = desk.run("billing", "invoice", FIRST, "--format", "json").json
    assert (said["number"], said["bill"]["gross"]) == (FIRST, "146.45")
    listed = desk.run("billing", "invoice", FIRST, "--format", "csv").out
    assert [row["net"] for row in csv.DictReader(io.StringIO(listed))] == ["51.20", "78.00", "6.40"]
    papers = [tmp_path / name for name in ("a.pdf", "b.pdf")]
    for paper in papers:
        answer = desk.run("billing", "invoice", "100001/20261122", "--pdf", str(paper))
        assert (answer.code, answer.out) == (0, ""), answer.err
    assert papers[0].read_bytes() == papers[1].read_bytes()
    assert papers[0].read_bytes().startswith(b"%PDF")
    assert len(rows(desk.database, "document_rendering")) == 1
    assert desk.run("billing", "invoice", FIRST, "--pdf", str(papers[0])).code == 1
    assert desk.run("billing", "invoice", FIRST, "--pdf", str(tmp_path / "no" / "x.pdf")).code == 5


def test_a_wrong_reading_is_found_and_corrected(desk: ShellDesk, town: BuiltClient) -> None:
    _run(desk)
    wrong = rows(desk.database, "reading")[-1]["id"]
    voided = desk.run("reading", "void", str(wrong), "--reason", "another meter")
    assert voided.code == 0
    assert FIRST in voided.err
    (listed,) = desk.run("billing", "to-correct", "--format", "json").json
    assert (listed["number"], listed["client"], listed["gross"]) == (FIRST, "100001", "146.45")
    refused = desk.run("billing", "correct", FIRST, "--reason", "reading", "--why", "x")
    assert refused.code == 1
    assert "no reading of the meter" in refused.err
    desk.build.reading(town.meter_id, date(2026, 10, 31), 117)
    done = desk.run(
        "billing", "correct", FIRST, "--reason", "reading", "--why", "zły odczyt", "--format", "json"
    )
    assert done.code == 0, done.err
    assert done.json == [
        {
            "number": "KOR/202610/0000001/100001/20261122",
            "corrects": FIRST,
            "before": "146.45",
            "after": "104.59",
            "difference": "-41.86",
        }
    ]
    told = desk.run("client", "balance", "100001", "--format", "json").json
    assert (told["client"], told["as_of"], told["total"]) == ("100001", "2026-11-22", "104.59")
    last = desk.run("client", "balance", "100001", "--as-of", "9999-12-31", "--format", "json")
    assert (last.code, last.json["as_of"]) == (0, "9999-12-31")
    before = desk.run("client", "balance", "100001", "--as-of", "2026-11-21", "--format", "json").json
    assert before["total"] == "0.00"
    kinds = [row["kind"] for row in desk.run("client", "documents", "100001", "--format", "json").json]
    assert kinds == ["correction", "invoice"]
    assert desk.run("billing", "to-correct", "--format", "json").json == []


def test_one_contract_is_settled_or_told_why_not(desk: ShellDesk, town: BuiltClient) -> None:
    done = desk.run("billing", "settle", "100001", "--format", "json")
    assert (done.code, done.json["invoice"], done.json["gross"]) == (0, FIRST, "146.45")
    assert (done.json["from"], done.json["to"]) == ("2026-10-01", "2026-10-31")
    none = desk.run("billing", "settle", "100002", "--format", "json")
    assert (none.code, none.json["invoice"], none.json["reason"]) == (1, None, "no_reading")
    assert "there is no reading" in none.err
    assert desk.run("billing", "settle", "100001").code == 1


def test_a_period_is_printed_and_goes_on(desk: ShellDesk, town: BuiltClient, tmp_path: Path) -> None:
    _run(desk)
    desk.run("billing", "correct", FIRST, "--reason", "void", "--why", "x")
    call = ["billing", "print", "--period", "2026-10", "--output", str(tmp_path / "out")]
    call += ["--joint", "10", "--processes", "1", "--format", "json"]
    first = desk.run(*call)
    assert first.code == 0, first.err
    assert (first.json["documents"], first.json["written"], first.json["failed"]) == (2, 2, 0)
    assert len(first.json["joint"]) == 1
    again = desk.run(*call).json
    assert (again["written"], again["kept"]) == (0, 2)
    assert len(list((tmp_path / "out").iterdir())) == 3
    entries = [row for row in rows(desk.database, "access_entry") if row["action"] == "EXPORT"]
    assert {row["scope"] for row in entries} == {"papers of 202610: invoice", "papers of 202610: correction"}


def test_a_disk_that_fills_up_while_printing_leaves_whole_papers_and_can_go_on(
    desk: ShellDesk, town: BuiltClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (group,) = rows(desk.database, "tariff_group")
    for place in range(3, 6):
        another = desk.build.client(f"10000{place}", tariff_group_id=group["id"])
        desk.build.history(another.meter_id, {date(2026, 9, 30): 110, date(2026, 10, 31): 120})
    assert _run(desk)["billed"] == 4
    folder = tmp_path / "out"
    call = ["billing", "print", "--period", "2026-10", "--output", str(folder), "--processes", "1"]
    call += ["--joint", "10", "--format", "json"]
    with monkeypatch.context() as patch:
        _disk_with_room_for(2, folder, patch)
        full = desk.run(*call)
    assert (full.code, full.out) == (5, "")
    assert full.err.startswith(f"The disk is full: {folder}")
    assert "Free some space and try again" in full.err
    left = list(folder.iterdir())
    assert len(left) == 2
    assert all(path.read_bytes().rstrip().endswith(b"%%EOF") for path in left)
    done = desk.run(*call)
    assert done.code == 0, done.err
    assert (done.json["written"], done.json["kept"], len(done.json["joint"])) == (2, 2, 1)
    assert {path.suffix for path in folder.iterdir()} == {".pdf"}
    assert len(list(folder.iterdir())) == 5


def _disk_with_room_for(files: int, folder: Path, patch: pytest.MonkeyPatch) -> None:
    """Let the disk take so many files and a half, as it does: what fits is there, then the refusal."""
    write, lock = Path.write_bytes, Lock()
    written = 0

    def fill(path: Path, data: bytes) -> int:
        nonlocal written
        with lock:
            written += path.parent == folder
            fits = path.parent != folder or written <= files
        if fits:
            return write(path, data)
        write(path, data[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    patch.setattr(Path, "write_bytes", fill)


@pytest.mark.parametrize("name", ["", " "])
def test_papers_need_a_folder_with_a_name(
    desk: ShellDesk, town: BuiltClient, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(desk)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    answer = desk.run("billing", "print", "--period", "2026-10", "--output", name)
    assert (answer.code, answer.out) == (2, "")
    assert "Name the folder" in answer.err
    assert list((tmp_path / "here").iterdir()) == []


def test_what_cannot_be_a_price_or_a_vat_rate_is_told_apart(desk: ShellDesk, town: BuiltClient) -> None:
    call = ("billing", "tariff", "price", "G1", "water")
    assert "An amount is 0 to" in desk.run(*call, "999999", "--from", "2027-01-01").err
    answer = desk.run(*call, "5.00", "--vat", "101", "--from", "2027-01-01")
    assert answer.code == 2
    assert "A VAT rate is 0 to 100 per cent" in answer.err


def test_a_read_only_folder_is_code_5(desk: ShellDesk, town: BuiltClient, tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("nothing is read-only to the superuser")
    _run(desk)
    (tmp_path / "locked").mkdir(mode=0o500)
    answer = desk.run("billing", "print", "--period", "2026-10", "--output", str(tmp_path / "locked"))
    assert (answer.code, answer.out) == (5, "")


def test_a_slip_in_the_year_of_a_price_or_rate_is_refused(desk: ShellDesk, town: BuiltClient) -> None:
    for wrong in (("tariff", "price", "G1", "water", "1.00"), ("rates", "add", "9")):
        answer = desk.run("billing", *wrong, "--from", "9999-12-31")
        assert answer.code == 2
        assert "five years ahead" in answer.err


def test_prices_groups_and_rates_are_added_and_listed(desk: ShellDesk, town: BuiltClient) -> None:
    run = desk.run
    assert run("billing", "tariff", "add", "g4", "szkoły").code == 0
    price = ("billing", "tariff", "price", "G4")
    assert run(*price, "water", "5,1234", "--from", "2026-12-01", "--approval", "RET/1").code == 0
    assert run(*price, "standing", "6.40", "--from", "2026-12-01", "--vat", "23").code == 0
    assert run("billing", "tariff", "assign", "G4", "100001", "100002").code == 0
    listed = [
        row for row in run("billing", "tariff", "list", "--format", "json").json if row["group"] == "G4"
    ]
    assert {
        (row["service"], row["from"], row["price"], row["vat_rate"], row["contracts"]) for row in listed
    } == {
        ("water", "2026-12-01", "5.1234", "8", 2),
        ("standing", "2026-12-01", "6.40", "23", 2),
    }
    assert run("billing", "rates", "add", "9.25", "--from", "2026-12-04", "--source", "NBP").code == 0
    last = run("billing", "rates", "list", "--format", "json").json[-1]
    assert (last["from"], last["rate"], last["source"]) == ("2026-12-04", "9.25", "NBP")


def test_agents_and_administrators_do_not_bill(desk: ShellDesk, town: BuiltClient, tmp_path: Path) -> None:
    _run(desk)
    desk.hire("adam", Role.ADMIN)
    calls = (
        "run --period 2026-09",
        "settle 100002",
        f"correct {FIRST} --reason void --why x",
        f"print --period 2026-10 --output {tmp_path / 'x'}",
        "to-correct",
        "tariff add G8 x",
        "rates add 9 --from 2030-01-01",
    )
    for login in ("jan", "adam"):
        desk.sign_in(login)
        for call in calls:
            answer = desk.run("billing", *call.split())
            assert (answer.code, answer.out) == (4, ""), (login, call, answer.err)
    desk.sign_in("jan")
    assert desk.run("billing", "invoice", FIRST).code == 4  # nobody on the line is verified


def test_every_command_has_an_example(desk: ShellDesk) -> None:
    for command in ("", "run", "invoice", "print", "correct", "to-correct", "settle", "tariff", "rates"):
        answer = desk.run("billing", *command.split(), "--help")
        assert answer.code == 0
        assert "Example: bok billing" in " ".join(answer.out.split())
    for sub in ("tariff list", "tariff add", "tariff price", "tariff assign", "rates list", "rates add"):
        assert "Example: bok billing" in " ".join(desk.run("billing", *sub.split(), "--help").out.split())
