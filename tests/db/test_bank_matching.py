"""Payments that a person matches: what is suggested, what is booked, and two people on one line."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal

import pytest

from db.check import check_database
from db.doors import CLERKS, operation
from db.errors import NotAllowed, NotFound, Refused, Stale, WrongInput
from db.office import House, Office
from db.operations import bank_matching
from db.operations.bank_import import import_bank_file
from db.operations.bank_matching import book_line, dismiss_line
from db.operations.payments import reverse_payment
from db.queries.bank_lines import waiting_lines
from db.queries.worklists import work_counts, work_list
from db.records.bank_import import WaitingLine
from db.records.people import Role
from db.records.worklists import WorkListKind
from db.work import Work
from tests.db.bank_town import GROSS, STRANGER, BankTown, bank_town, file_of, typical
from tests.db.builders import counted, last_access, rows
from tests.rules.bank_samples import Sent
from tests.together import barrier


@pytest.fixture
def town(house: House) -> BankTown:
    """The town after its bank file: Wójcik's payment by amount and name, and a stranger's, wait."""
    town = bank_town(house)
    town.supervisor.do(import_bank_file, "wyciąg.sta", file_of(typical(town)))
    return town


def waiting(town: BankTown) -> list[WaitingLine]:
    return list(town.agent.read(waiting_lines).lines)


def test_lines_wait_with_those_who_may_have_paid(town: BankTown) -> None:
    wojcik, stranger = waiting(town)
    (best,) = wojcik.suggestions
    assert (best.client_number, best.client_name, best.how) == ("100003", "Wójcik Piotr", "amount_and_name")
    assert (wojcik.amount, wojcik.file, wojcik.name) == (
        *(Decimal(GROSS), "wyciąg.sta", "WÓJCIK PIOTR UL. POLNA 7"),
    )
    assert stranger.suggestions == ()
    assert last_access(town.database)["scope"] == "unmatched payments, 2 lines"


def test_whoever_owes_what_was_paid_is_suggested_without_the_name(town: BankTown) -> None:
    town.supervisor.do(import_bank_file, "b", file_of([Sent(GROSS, "za", "ŻONA")], number="9/1"))
    found = waiting(town)[-1].suggestions
    assert [(one.client_number, one.how) for one in found] == [("100003", "amount")]


def test_named_invoices_and_clients_that_do_not_fit_are_suggested(town: BankTown) -> None:
    invoice = town.invoice("100003")
    sent = [
        Sent("9999.00", invoice, "KTOŚ INNY"),
        Sent("1.00", "klient 100003 albo 100002", "KTOŚ INNY"),
        Sent("1.00", f"{invoice[-15:]}", "KTOŚ INNY"),
    ]
    assert town.supervisor.do(import_bank_file, "b", file_of(sent, number="9/1")).waiting == 3
    by_invoice, two, by_end = [line.suggestions for line in waiting(town)[2:]]
    assert [(one.client_number, one.invoice, one.how) for one in by_invoice] == [
        ("100003", invoice, "invoice")
    ]
    assert {one.client_number for one in two} == {"100002", "100003"}
    assert [(one.client_number, one.how) for one in by_end] == [("100003", "invoice_end")]


def test_pages_go_on_behind_a_line(town: BankTown) -> None:
    first = town.agent.read(waiting_lines, limit=1)
    assert (len(first.lines), first.more) == (1, True)
    rest = town.agent.read(waiting_lines, after=first.lines[0].id, limit=1)
    assert (rest.lines[0].name.split()[0], rest.more) == ("OBCY", False)
    assert town.agent.read(waiting_lines, after=rest.lines[0].id).lines == ()


def test_the_work_list_counts_and_shows_them(town: BankTown) -> None:
    assert town.agent.read(work_counts).unmatched_payments == 2
    page = town.agent.read(work_list, WorkListKind.UNMATCHED_PAYMENTS, limit=1)
    (item,) = page.items
    assert (item.client_number, item.client_name, item.amount, item.day, page.more) == (
        *("100003", "Wójcik Piotr", Decimal(GROSS), date(2026, 11, 20), True),
    )
    second = town.agent.read(work_list, WorkListKind.UNMATCHED_PAYMENTS, after=item.key).items[0]
    assert (second.client_number, second.payer) == ("", STRANGER.name)


def test_an_agent_books_a_line_for_the_client_on_the_phone(town: BankTown, house: House) -> None:
    line, other = waiting(town)
    taken = town.agent.do(book_line, line.id, "100003", town.invoice("100003").lower())
    assert taken.balance.total == 0
    assert taken.paid == ((town.invoice("100003"), Decimal(GROSS)),)
    decision = rows(town.database, "bank_line_decision")[-1]
    assert (decision["line_id"], decision["kind"], decision["how"]) == (line.id, "booked", "person")
    payment = rows(town.database, "payment")[-1]
    assert (payment["day"], payment["bank_line_id"], payment["method"], payment["payer"]) == (
        *(line.day, line.id, "transfer", line.name),
    )
    assert [left.id for left in waiting(town)] == [other.id]
    failed = [check.name for check in check_database(house).checks if not check.ok]
    assert failed == ["search"]  # builders index nobody


def test_a_supervisor_dismisses_what_is_no_clients(town: BankTown) -> None:
    line = waiting(town)[1]
    with pytest.raises(NotAllowed):
        town.agent.do(dismiss_line, line.id, "nie nasze")
    with pytest.raises(WrongInput, match="Say why"):
        town.supervisor.do(dismiss_line, line.id, "  ")
    before = town.owed()
    town.supervisor.do(dismiss_line, line.id, "zwrot dotacji")
    assert (len(waiting(town)), town.owed()) == (1, before)
    with pytest.raises(Stale, match=r"Ewa Skarbnik has dismissed this payment already \(zwrot dotacji\)"):
        town.agent.do(book_line, line.id, "100003")


def test_the_second_is_told_who_booked_it_for_whom(town: BankTown) -> None:
    line = waiting(town)[0]
    town.agent.do(book_line, line.id, "100003")
    for again in (
        lambda: town.supervisor.do(book_line, line.id, "100001"),
        lambda: town.supervisor.do(dismiss_line, line.id, "x"),
    ):
        with pytest.raises(Stale, match="Jan Okienko has booked this payment for the client 100003 already"):
            again()
    assert town.paid()["100003"] == Decimal(GROSS)


def test_what_the_import_booked_cannot_be_booked_again(town: BankTown) -> None:
    with pytest.raises(Stale, match="Ewa Skarbnik has booked"):
        town.agent.do(book_line, rows(town.database, "bank_line")[0]["id"], "100003")


def test_things_that_are_not_there(town: BankTown) -> None:
    line = waiting(town)[0]
    with pytest.raises(NotFound, match="no line 999"):
        town.agent.do(book_line, 999, "100003")
    with pytest.raises(NotFound, match="no client"):
        town.agent.do(book_line, line.id, "999999")
    with pytest.raises(NotFound, match="no invoice"):
        town.agent.do(book_line, line.id, "100003", "FAK/1")
    with pytest.raises(Refused, match="another client's"):
        town.agent.do(book_line, line.id, "100003", town.invoice("100001"))
    assert len(waiting(town)) == 2


def test_money_of_tomorrow_is_matched_tomorrow(town: BankTown) -> None:
    sent = [Sent("5.00", "x", day=date(2026, 11, 23))]
    town.supervisor.do(import_bank_file, "b", file_of(sent, number="9/1"))
    with pytest.raises(Refused, match="comes on 2026-11-23"):
        town.agent.do(book_line, waiting(town)[-1].id, "100003")


def test_a_wrong_match_is_taken_back_and_the_money_booked_by_hand(town: BankTown) -> None:
    line = waiting(town)[0]
    before = town.owed()
    taken = town.agent.do(book_line, line.id, "100001")
    town.supervisor.do(reverse_payment, taken.payment_id, "inny klient")
    assert town.owed() == before
    with pytest.raises(Stale):
        town.agent.do(book_line, line.id, "100003")


def both(*works: Callable[[], object]) -> list[str]:
    """Do things at once; return what each came to."""

    def attempt(work: Callable[[], object]) -> str:
        try:
            work()
        except Stale as error:
            return str(error)
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(attempt, works), key=len)


def test_of_many_people_on_one_line_one_books_it(town: BankTown) -> None:
    line, start = waiting(town)[0], barrier(4)
    desks = [town.house.office(town.build.staff(Role.AGENT)) for _ in range(4)]

    def work(office: Office, client: str) -> Callable[[], object]:
        def go() -> object:
            start.wait()
            return office.do(book_line, line.id, client)

        return go

    told = both(*(work(*pair) for pair in zip(desks, town.clients, strict=True)))
    assert told[0] == "done"
    assert all("has booked this payment" in one for one in told[1:])
    assert len(rows(town.database, "payment", f"bank_line_id = {line.id}")) == 1


@operation(roles=CLERKS)
def book_slowly(work: Work, line_id: int, client: str, meet: Callable[[], object]) -> None:
    """Look whether the line waits, then let the other look too."""
    bank_matching._held(work, line_id)
    meet()
    book_line(work, line_id, client)


def test_without_holding_the_line_the_second_learns_it_from_the_database(
    town: BankTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: on PostgreSQL it is the lock that tells the second who was first."""
    if town.database.dialect != "postgresql":
        return
    monkeypatch.setattr(bank_matching, "hold_line", lambda work, line_id: None)
    monkeypatch.setattr(bank_matching, "_need_undecided", lambda work, line_id: None)
    line, meet = waiting(town)[0], barrier(2)

    def work(client: str) -> str:
        try:
            town.agent.do(book_slowly, line.id, client, meet.wait)
        except Exception as error:
            return type(error).__name__
        return "done"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, ("100001", "100003"))) == ["IntegrityError", "done"]
    assert len(rows(town.database, "payment", f"bank_line_id = {line.id}")) == 1


def test_a_page_takes_a_bounded_number_of_statements(town: BankTown) -> None:
    def asked() -> int:
        with counted(town.database) as seen:
            town.agent.read(waiting_lines)
        return len(seen)

    few = asked()
    more = [Sent(f"{at}.01", f"klient 10000{1 + at % 3}", "KTOŚ") for at in range(1, 40)]
    town.supervisor.do(import_bank_file, "b", file_of(more, number="9/1"))
    assert asked() <= few + 1


def test_lines_that_are_all_decided_are_passed_over(town: BankTown) -> None:
    mark = "series = 'bank lines decided'"
    first, second = waiting(town)
    assert rows(town.database, "counter", mark)[0]["value"] == first.id - 1
    town.agent.do(book_line, second.id, "100001")
    town.agent.do(book_line, first.id, "100003")
    assert (waiting(town), town.agent.read(work_counts).unmatched_payments) == ([], 0)
    town.supervisor.do(import_bank_file, "b", file_of([STRANGER], number="9/1"))
    (new,) = waiting(town)
    assert rows(town.database, "counter", mark)[0]["value"] == new.id - 1
    assert town.agent.read(work_counts).unmatched_payments == 1
