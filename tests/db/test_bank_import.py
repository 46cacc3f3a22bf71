"""Importing bank files: what is booked, what waits, and that nothing is ever booked twice or halfway."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa

from db import bulk
from db.check import check_database
from db.errors import BokError, NotAllowed, Refused, WrongInput
from db.migrations import guards
from db.office import House
from db.operations import bank_import
from db.operations.bank_import import import_bank_file
from db.queries import bank_candidates
from db.queries.bank_import import note_plan, plan_import
from db.queries.bank_lines import waiting_lines
from db.queries.ledger import balance
from db.rules.bank_account import virtual_account
from db.rules.bank_files.reading import read_bank_file
from tests.conftest import KEY, TestClock
from tests.db.bank_town import (
    GROSS,
    STRANGER,
    BankTown,
    bank_town,
    file_of,
    own_accounts,
    statement,
    typical,
)
from tests.db.builders import counted, last_access, plan_of, rows, scans
from tests.rules.bank_samples import OWN_ACCOUNT, PREFIX, ROUTING, Sent, mass_list
from tests.together import in_processes

OTHERS = "61109010140000071219812874"
MOVED = ("bank_file", "bank_line", "bank_line_decision", "payment", "audit_entry")


@pytest.fixture
def town(house: House) -> BankTown:
    return bank_town(house)


def written(town: BankTown) -> list[int]:
    return [len(rows(town.database, table)) for table in MOVED]


def test_sure_payments_are_booked_and_the_others_wait(town: BankTown) -> None:
    before = town.owed()
    report = town.supervisor.do(import_bank_file, "wyciąg.sta", file_of(typical(town)))
    assert (report.lines, report.booked, report.waiting, report.known, report.others) == (5, 3, 2, 0, 1)
    assert (report.total, report.booked_total) == (Decimal("616.35"), Decimal("392.90"))
    assert town.paid() == {"100001": Decimal(GROSS), "100002": Decimal(GROSS), "4410": Decimal("100.00")}
    assert town.owed() == before - Decimal("392.90")
    decisions = rows(town.database, "bank_line_decision")
    assert [row["how"] for row in decisions] == ["account", "invoice", "account"]
    named = [row["invoice_id"] for row in rows(town.database, "payment")]
    assert [bool(one) for one in named] == [False, True, False]
    (kept,) = rows(town.database, "bank_file")
    assert (kept["name"], kept["kind"], kept["account"], kept["lines"]) == (
        *("wyciąg.sta", "mt940", OWN_ACCOUNT, 5),
    )
    assert town.supervisor.read(balance, "4410").total == Decimal("46.45")


def test_every_payment_leaves_its_entry_in_the_journal_and_the_books_hold(
    town: BankTown, house: House
) -> None:
    town.supervisor.do(import_bank_file, "a", file_of(typical(town)))
    booked = [row for row in rows(town.database, "audit_entry") if row["action"] == "payment.booked"]
    assert sorted(row["client_id"] for row in booked) == sorted(
        town.clients[number].id for number in ("100001", "100002", "4410")
    )
    (imported,) = [row for row in rows(town.database, "audit_entry") if row["action"] == bank_import.IMPORTED]
    assert '"booked": 3' in imported["after"]
    failed = [check.name for check in check_database(house).checks if not check.ok]
    assert failed == ["search"]  # builders index nobody


def test_the_invoice_that_a_payment_was_booked_for_is_held_against_the_journal(
    town: BankTown, house: House
) -> None:
    town.supervisor.do(import_bank_file, "a", file_of(typical(town)))
    (named,) = [row["id"] for row in rows(town.database, "payment") if row["invoice_id"] is not None]
    with town.database.writer.connect() as connection, connection.begin():
        guards.remove(connection)
        connection.exec_driver_sql(f"UPDATE payment SET invoice_id = NULL WHERE id = {named}")
        guards.install(connection)
    failed = {check.name for check in check_database(house).checks if not check.ok}
    assert failed == {"search", "evidence"}


def test_the_same_file_again_does_nothing_and_says_when_it_came(town: BankTown, clock: TestClock) -> None:
    """T20."""
    file = file_of(typical(town))
    first = town.supervisor.do(import_bank_file, "a", file)
    before = written(town)
    clock.forward(days=1)
    again = town.supervisor.do(import_bank_file, "another name", file)
    assert (again.repeated, again.booked, again.waiting, again.known) == (True, 0, 0, 5)
    assert (again.file_id, again.imported_at, again.name) == (first.file_id, first.imported_at, "a")
    assert written(town) == before


def test_a_line_that_came_with_another_file_is_left_out(town: BankTown) -> None:
    """T20: the bank sends the day again with more in it."""
    sent = typical(town)
    one, more = file_of(sent), file_of([*sent, Sent("5.00", client="100003")])
    town.supervisor.do(import_bank_file, "a", one)
    plan = town.supervisor.read(plan_import, more)
    assert town.supervisor.read(note_plan, more, plan, "b").known == len(
        {line.key for line in one.lines} & {line.key for line in more.lines}
    )
    report = town.supervisor.do(import_bank_file, "b", more, plan=plan)
    assert report.known + report.booked + report.waiting == report.lines == 6
    assert town.paid()["100003"] == Decimal("5.00")
    assert len(rows(town.database, "bank_line")) == 5 + report.lines - report.known


def test_a_statement_that_stands_twice_in_a_file_counts_once(town: BankTown) -> None:
    file = file_of(typical(town))
    twice = replace(file, statements=file.statements * 2)
    report = town.supervisor.do(import_bank_file, "a", twice)
    assert (report.lines, report.known, report.booked) == (10, 5, 3)
    assert len(rows(town.database, "payment")) == 3


def test_a_plan_made_before_another_import_books_nothing_twice(town: BankTown) -> None:
    """T20: the second desk had looked for the payers already."""
    file = file_of(typical(town))
    plan = town.supervisor.read(plan_import, file)
    other = replace(file, digest="0" * 64)
    town.supervisor.do(import_bank_file, "a", file, plan=plan)
    report = town.supervisor.do(import_bank_file, "b", other, plan=replace(plan, digest="0" * 64))
    assert (report.booked, report.known) == (0, 5)
    assert len(rows(town.database, "payment")) == 3


def import_elsewhere(url: str, place: str, now: object, data: bytes) -> tuple[int, bool]:
    """Import a file in this process and return what was booked."""
    from db.engine import open_database
    from db.office import SYSTEM
    from db.policy import Policy

    house = House(open_database(url), TestClock(now), Policy(), KEY)  # type: ignore[arg-type]  # a datetime
    report = house.office(SYSTEM).do(import_bank_file, place, read_bank_file(data))
    house.database.close()
    return report.booked, report.repeated


def test_two_processes_with_the_same_file_book_it_once(
    town: BankTown, database_url: str, clock: TestClock
) -> None:
    """T20."""
    data = statement([*typical(town), *(Sent("1.00", f"rata {at}", client="100003") for at in range(300))])
    told = in_processes(
        import_elsewhere, [(database_url, name, clock.now, data) for name in ("a", "b")], processes=2
    )
    assert sorted(told) == [(0, True), (303, False)]
    assert len(rows(town.database, "payment")) == 303
    assert town.paid()["100003"] == Decimal("300.00")


def test_two_processes_with_files_that_overlap_book_each_line_once(
    town: BankTown, database_url: str, clock: TestClock
) -> None:
    """T20: the morning's file and the evening's, which has the morning's lines too."""
    shared = [Sent("1.00", f"rata {at}", client="100003") for at in range(150)]
    files = [statement([*shared, Sent("2.00", f"sam {name}", client="100001")]) for name in "ab"]
    keys = [{line.key for line in read_bank_file(data).lines} for data in files]
    tasks = [(database_url, name, clock.now, data) for name, data in zip("ab", files, strict=True)]
    told = in_processes(import_elsewhere, tasks, processes=2)
    assert sum(booked for booked, _ in told) == len(keys[0] | keys[1]) == len(rows(town.database, "payment"))


def test_without_the_look_before_the_keys_stop_it_and_without_the_keys_nothing_does(
    town: BankTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of T20: the unique columns stand behind the look; other keys book it twice."""
    file = file_of(typical(town))
    town.supervisor.do(import_bank_file, "a", file)
    plan = replace(town.supervisor.read(plan_import, file), known=frozenset())
    monkeypatch.setattr(bank_import, "imported_before", lambda work, file: None)
    monkeypatch.setattr(bank_import, "known_keys", lambda work, keys: frozenset())
    other = replace(file, digest="f" * 64)
    for again in (file, other):  # stopped by the file's hash, then by the lines' keys
        with pytest.raises(sa.exc.IntegrityError):
            town.supervisor.do(import_bank_file, "b", again, plan=replace(plan, digest=again.digest))
    assert len(rows(town.database, "payment")) == 3
    (said,) = other.statements
    lines = tuple(replace(line, key=line.key[::-1]) for line in said.lines)
    unkeyed = replace(other, statements=(replace(said, lines=lines),))
    town.supervisor.do(import_bank_file, "b", unkeyed, plan=replace(plan, digest=other.digest))
    assert len(rows(town.database, "payment")) == 6


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_file_cut_in_the_middle_books_nothing(town: BankTown, cut: float) -> None:
    """T20."""
    data = statement(typical(town))
    with pytest.raises(WrongInput):
        read_bank_file(data[: int(len(data) * cut)])


def test_a_wrong_closing_balance_books_nothing() -> None:
    """T20."""
    with pytest.raises(WrongInput, match="does not add up"):
        file_of([STRANGER], closing="1077.01")


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"bank_account": OTHERS}, "not ours"),
        ({"bank_account": None}, "not ours"),
        ({"bank_account": None, "routing_number": None, "account_prefix": None}, "no bank account on file"),
    ],
)
def test_a_statement_of_another_account_is_refused(
    town: BankTown, values: dict[str, str | None], words: str
) -> None:
    """T20."""
    own_accounts(town.database, **values)
    file, before = file_of(typical(town)), written(town)
    for door in (
        lambda: town.supervisor.do(import_bank_file, "a", file),
        lambda: town.supervisor.read(plan_import, file),
    ):
        with pytest.raises(Refused, match=words):
            door()
    assert written(town) == before


def test_a_list_of_mass_payments_is_ours_by_its_prefix(town: BankTown) -> None:
    own = virtual_account(ROUTING, PREFIX, "100001")
    text = mass_list([("2026-11-20", "12,50", own, "Kto", "woda")])
    report = town.supervisor.do(import_bank_file, "lista.csv", read_bank_file(text.encode()))
    assert (report.kind, report.booked) == ("mass", 1)
    foreign = virtual_account(ROUTING, "9999", "100001")
    text = mass_list([("2026-11-20", "12,50", own, "Kto", "b"), ("2026-11-20", "1", foreign, "Kto", "x")])
    with pytest.raises(Refused, match="not ours"):
        town.supervisor.do(import_bank_file, "obca.csv", read_bank_file(text.encode()))
    assert len(rows(town.database, "payment")) == 1


def test_what_the_bank_takes_back_is_told_and_books_nothing(town: BankTown) -> None:
    file = file_of([Sent("10.00", client="100001"), Sent("10.00", "zwrot", mark="RC", client="100001")])
    report = town.supervisor.do(import_bank_file, "a", file)
    (back,) = report.taken_back
    assert (back.amount, back.title, report.booked, report.others) == (Decimal("10.00"), "zwrot", 1, 1)
    assert town.paid() == {"100001": Decimal("10.00")}
    assert "2026-11-20 10.00" in rows(town.database, "audit_entry")[-1]["after"]


def test_fortunes_and_days_to_come_wait_for_a_person(town: BankTown) -> None:
    sent = [
        Sent("1000000.01", client="100001"),
        Sent("1.00", client="100001", day=date(2026, 11, 23)),
        Sent("1000000.00", client="100001"),
    ]
    report = town.supervisor.do(import_bank_file, "a", file_of(sent))
    assert (report.booked, report.waiting, report.booked_total) == (1, 2, Decimal("1000000.00"))


@pytest.mark.parametrize("amount", ["0", "-1", "1000000000000"])
def test_amounts_that_no_payment_has(town: BankTown, amount: str) -> None:
    """T20: of a list; a statement's zero is no payment."""
    own = virtual_account(ROUTING, PREFIX, "100001")
    with pytest.raises(WrongInput, match="Line 2"):
        read_bank_file(mass_list([("2026-11-20", amount, own, "Kto", "x")]).encode())


def test_only_supervisors_import(town: BankTown) -> None:
    file = file_of(typical(town))
    with pytest.raises(NotAllowed):
        town.agent.do(import_bank_file, "a", file)
    with pytest.raises(NotAllowed):
        town.agent.read(plan_import, file)


def test_a_fault_in_the_last_rows_leaves_nothing(town: BankTown, monkeypatch: pytest.MonkeyPatch) -> None:
    """T20: all or nothing, also when the disk fills up halfway."""
    before = written(town)
    monkeypatch.setattr(bank_import, "ROWS_AT_ONCE", 2)
    calls: list[str] = []

    def failing(connection: sa.Connection, table: str, *rest: object) -> None:
        calls.append(table)
        if calls.count("bank_line") == 3:
            raise Refused("full")
        bulk.write_rows(connection, table, *rest)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(bank_import, "write_rows", failing)
    with pytest.raises(BokError):
        town.supervisor.do(import_bank_file, "a", file_of(typical(town)))
    assert calls.count("payment") == 2
    assert written(town) == before


def test_a_trial_writes_nothing_but_that_it_was_seen(town: BankTown) -> None:
    file, before = file_of(typical(town)), written(town)
    plan = town.supervisor.read(plan_import, file)
    tried = town.supervisor.read(note_plan, file, plan, "a")
    assert (tried.file_id, tried.booked, tried.waiting) == (None, 3, 2)
    assert written(town) == before
    assert "trial of bank file" in last_access(town.database)["scope"]
    done = town.supervisor.do(import_bank_file, "a", file, plan=plan)
    assert (done.booked, done.waiting, done.total) == (tried.booked, tried.waiting, tried.total)


def test_the_number_of_statements_does_not_grow_with_the_lines(town: BankTown) -> None:
    def asked(count: int) -> int:
        lines = [Sent("1.00", f"rata {count} {at}", client="100001") for at in range(count)]
        with counted(town.database) as seen:
            assert town.supervisor.do(import_bank_file, "a", file_of(lines)).booked == count
        return len(seen)

    assert asked(400) <= asked(4) + 2


def test_slices_make_no_difference(town: BankTown, monkeypatch: pytest.MonkeyPatch) -> None:
    file = file_of(typical(town))
    whole = town.supervisor.read(plan_import, file)
    monkeypatch.setattr("db.queries.bank_import.SLICE", 1)
    monkeypatch.setattr(bank_candidates, "AT_ONCE", 2)
    assert town.supervisor.read(plan_import, file) == whole


@pytest.mark.parametrize(
    ("title", "name", "amount", "how"),
    [
        ("{end}", "KTOŚ INNY", GROSS, "invoice_end"),
        ("woda 202610/{serial}", "KTOŚ INNY", GROSS, "invoice_end"),
        ("nr klienta 100003", "WOJCIK PIOTR", GROSS, "client"),
        ("{whole}", "WOJCIK PIOTR", "999.00", "invoice"),
        ("{end}", "KTOŚ INNY", "146.44", None),
        ("nr klienta 100003", "WOJCIK PIOTR", "146.44", None),
        ("nr klienta 100003", "KTOŚ INNY", GROSS, None),
        ("{whole}", "KTOŚ INNY", "146.46", None),
        ("100002 i 100003", "WOJCIK PIOTR", GROSS, "client"),
        ("klient 100002 i klient 100003", "WOJCIK PIOTR", GROSS, None),
    ],
)
def test_what_is_owed_decides_where_the_account_does_not(
    town: BankTown, title: str, name: str, amount: str, how: str | None
) -> None:
    whole = town.invoice("100003")
    named = title.format(whole=whole, end=whole[-15:], serial=int(whole.split("/")[2]))
    report = town.supervisor.do(import_bank_file, "a", file_of([Sent(amount, named, name)]))
    assert (report.booked, report.waiting) == ((1, 0) if how else (0, 1))
    assert [row["how"] for row in rows(town.database, "bank_line_decision")] == ([how] if how else [])
    assert set(town.paid()) == ({"100003"} if how else set())


def test_lookups_walk_their_indexes(town: BankTown) -> None:
    whole = town.invoice("100003")
    titles = (whole, whole[-15:], "woda 202610/3", "klient 100002", "123456", "bez niczego")
    file = file_of([Sent(GROSS, title, "KTOŚ") for title in titles])
    with counted(town.database) as statements:
        town.supervisor.do(import_bank_file, "a", file)
        town.supervisor.read(waiting_lines)
    seen = [one for one in statements if "FROM invoice JOIN" in one[0] or "client.number IN" in one[0]]
    assert len(seen) == 6
    for statement_, parameters in seen:
        plan = plan_of(town.database, statement_, parameters)
        assert not scans(plan), plan
        assert "(kind=?)" not in plan, plan
