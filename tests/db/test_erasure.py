"""Erasure (Art. 17): what goes, what stays, who stops it, and that nothing else becomes changeable."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.check import check_database
from db.engine import Database
from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.migrations import guards
from db.models import metadata
from db.office import House
from db.operations.documents import issue_reading_confirmation
from db.operations.erasure import anonymise_client, erasure_plan
from db.operations.payments import reverse_payment, take_payment
from db.queries.clients import client_card
from db.queries.documents import document, documents_of, rendered_pdf
from db.queries.ledger import balance
from db.queries.worklists import work_counts, work_list
from db.records.documents import DocumentKind, from_json
from db.records.ledger import DeskPayment
from db.records.money import PaymentMethod
from db.records.people import Role
from db.records.privacy_letters import ErasureDecision
from db.records.requests import RequestKind, RequestState
from db.records.worklists import WorkListKind
from db.rules.retention import claims_until, tax_records_until
from db.search import rebuild_index, search_clients
from reports.documents.registry import render
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder, desk, last_access, rows
from tests.db.conftest import faults
from tests.db.privacy_client import MARKS, NUMBER, PARTY_PESEL, departed

KEPT = ("invoice", "invoice_line", "ledger_entry", "payment", "reading", "verification_answer")


def everything(database: Database) -> dict[str, list[dict[str, Any]]]:
    return {name: [dict(row) for row in rows(database, name)] for name in metadata.tables}


def marks_in(database: Database) -> set[str]:
    """Return which marks stand in any table, the search index included."""
    found: set[str] = set()
    with database.reader.connect() as connection:
        for name in sa.inspect(connection).get_table_names():
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}"):
                whole = " ".join(
                    bytes(value).decode("latin-1") if isinstance(value, bytes | memoryview) else str(value)
                    for value in row
                )
                found |= {what for what, mark in MARKS.items() if mark.lower() in whole.lower()}
    return found


def test_what_may_go_is_gone_and_the_books_stand(house: House, database: Database, builder: Builder) -> None:
    made = departed(house, builder)
    builder.staff(Role.ADMIN)
    rebuild_index(database)
    assert marks_in(database) == set(MARKS) - {"last_name"}
    before = everything(database)
    plan = made.office.read(erasure_plan, NUMBER)
    done = made.office.do(anonymise_client, NUMBER)
    assert marks_in(database) == set()
    after = everything(database)
    assert {name: after[name] for name in KEPT} == {name: before[name] for name in KEPT}
    assert PARTY_PESEL in str(after["contract_party"])  # somebody else's, and not asked about
    assert [check for check in check_database(house).checks if not check.ok] == []
    assert done.counts == plan.counts
    assert dict(done.counts)["issued_document"] == 2
    assert dict(done.counts)["reading_batch_row"] == 3
    (client,) = after["client"]
    assert (client["anonymised_on"], client["pesel"], client["last_name"]) == (TODAY, None, "(dane usunięte)")
    assert made.office.read(balance, NUMBER).total == 0
    assert made.office.read(client_card, NUMBER).pesel is None


def test_the_letter_says_what_stays_until_when_and_holds_no_more(
    house: House, database: Database, builder: Builder
) -> None:
    made = departed(house, builder)
    done = made.office.do(anonymise_client, NUMBER)
    assert done.document == "RODO17/2026/0000001"
    view = made.office.read(document, done.document)
    letter = from_json(view.kind, view.snapshot)
    assert isinstance(letter, ErasureDecision)
    assert letter.mailing_lines == ("ul. Lipowa 4/12", "43-400 Przykładowo")
    assert {part.until for part in letter.retained} == {date(2031, 12, 31), date(2032, 12, 31)}
    assert done.kept_until == date(2032, 12, 31)
    assert render(view.kind, view.snapshot).startswith(b"%PDF")
    entry = json.loads(rows(database, "audit_entry")[-1]["after"])
    assert len(entry["documents"]) == 2
    assert MARKS["pesel"] not in str(rows(database, "audit_entry"))


def test_who_was_erased_stands_on_no_list_of_missing_identifiers(house: House, builder: Builder) -> None:
    made = departed(house, builder, rendered=False)
    made.office.do(anonymise_client, NUMBER)
    counts = made.office.read(work_counts)
    assert (counts.without_pesel, counts.failing_nip, counts.unconfirmed_emails) == (0, 0, 0)
    for kind in (WorkListKind.WITHOUT_PESEL, WorkListKind.FAILING_NIP, WorkListKind.UNCONFIRMED_EMAILS):
        assert made.office.read(work_list, kind).items == ()


def test_a_sole_trader_goes_as_a_person_does(house: House, database: Database, builder: Builder) -> None:
    office = house.office(builder.staff(Role.SUPERVISOR))
    builder.client("4410", company_name="KOWAL-BUD Jan Kowal", nip="5480000071", ends_on=date(2026, 10, 31))
    rebuild_index(database)
    office.do(anonymise_client, "4410")
    (client,) = rows(database, "client")
    assert (client["company_name"], client["nip"]) == ("(dane usunięte)", None)
    assert office.read(work_counts).failing_nip == 0
    assert office.read(search_clients, "kowal").hits == ()


def test_an_erased_paper_says_that_it_was_erased(house: House, builder: Builder) -> None:
    made = departed(house, builder)
    made.office.do(anonymise_client, NUMBER)
    for number in made.documents:
        for query in (document, rendered_pdf):
            with pytest.raises(Refused, match=f"{number} said was erased"):
                made.office.read(query, number)
    assert len(made.office.read(documents_of, NUMBER)) == 6
    assert made.office.read(document, "FAK/202609/0000001/102481/20261122").snapshot


def test_the_name_is_found_no_more_and_its_words_are_forgotten(
    house: House, database: Database, builder: Builder
) -> None:
    made = departed(house, builder, billed=False)
    other = builder.household("102499", last_name="Inna", first_name="Żaneta", name_key="inna zaneta")
    rebuild_index(database)
    assert [hit.number for hit in made.office.read(search_clients, "kryptonimowska").hits] == [NUMBER]
    made.office.do(anonymise_client, NUMBER)
    assert made.office.read(search_clients, "kryptonimowska").hits == ()
    words = {row["word"] for row in _rows_of(database, "search_word")}
    assert "kryptonimowska" not in words
    assert "zaneta" in words  # somebody else is called so
    assert [hit.number for hit in made.office.read(search_clients, "inna").hits] == [other.number, NUMBER]
    assert "search" not in {check.name for check in check_database(house).checks if not check.ok}


def _rows_of(database: Database, table: str) -> list[dict[str, Any]]:
    with database.reader.connect() as connection:
        return [dict(row) for row in connection.exec_driver_sql(f"SELECT * FROM {table}").mappings()]


def test_who_still_has_something_with_us_is_not_erased(
    house: House, database: Database, builder: Builder, clock: TestClock
) -> None:
    made = departed(house, builder, rendered=False)
    office = made.office
    before = everything(database)
    with pytest.raises(WrongInput, match="2026-11-23"):
        office.do(anonymise_client, NUMBER, as_of=TODAY + timedelta(days=1))
    with pytest.raises(Refused, match="U/2 of client 102481 runs"):
        office.do(anonymise_client, NUMBER, as_of=date(2026, 10, 31))
    request = builder.add(
        "request", number="W/2026/00003", kind=RequestKind.PHONE, state=RequestState.NEEDS_INFO,
        client_id=made.client.id, channel="phone", submitted_at=clock(), verified_level=3, received_on=TODAY,
        deadline=TODAY, note="", version=1,
    )  # fmt: skip
    with pytest.raises(Refused, match="W/2026/00003"):
        office.do(anonymise_client, NUMBER)
    with pytest.raises(NotFound):
        office.do(anonymise_client, "999999")
    with pytest.raises(NotAllowed, match="Your role"):
        desk(house, builder).do(anonymise_client, NUMBER)
    assert {name: len(found) for name, found in everything(database).items()} == {
        **{name: len(found) for name, found in before.items()},
        "request": 3,
        "staff": len(before["staff"]) + 1,
    }
    with database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"UPDATE request SET state = 'rejected' WHERE id = {request}")
    office.do(take_payment, DeskPayment(NUMBER, balance_of(office) + 1, PaymentMethod.CASH, submission="x"))
    with pytest.raises(Refused, match=r"overpaid 1\.00"):
        office.do(anonymise_client, NUMBER)


def balance_of(office: Any) -> Any:
    return office.read(balance, NUMBER).total


def test_money_owed_is_claimed_first(house: House, database: Database, builder: Builder) -> None:
    made = departed(house, builder, rendered=False)
    payment = rows(database, "payment")[-1]["id"]
    made.office.do(reverse_payment, payment, "pomyłka")
    with pytest.raises(Refused, match=r"owes 292\.90"):
        made.office.do(anonymise_client, NUMBER)


def test_nothing_is_erased_twice(house: House, builder: Builder) -> None:
    made = departed(house, builder, rendered=False)
    made.office.do(anonymise_client, NUMBER)
    with pytest.raises(Refused, match="was erased on 2026-11-22"):
        made.office.do(anonymise_client, NUMBER)
    assert last_access(house.database)["scope"] == "document RODO17/2026/0000001"


ERASURE = "UPDATE issued_document SET snapshot = '' WHERE kind = 'reading_confirmation'"
FORGERIES = (
    "UPDATE issued_document SET snapshot = 'x' WHERE kind = 'reading_confirmation'",
    "UPDATE issued_document SET snapshot = '' WHERE kind = 'invoice'",
    "UPDATE issued_document SET snapshot = '', number = 'P/1' WHERE kind = 'reading_confirmation'",
    "UPDATE issued_document SET snapshot = '', contact_id = 1 WHERE kind = 'reading_confirmation'",
    "UPDATE document_rendering SET pdf_sha256 = ''",
    "DELETE FROM document_rendering",
    "DELETE FROM issued_document",
)


def passes(database: Database, change: str) -> bool:
    """Tell whether the guards let a change pass; it is made then."""
    try:
        with database.writer.connect() as connection, connection.begin():
            connection.exec_driver_sql(change)
    except DBAPIError as refused:
        if "append-only" not in str(refused):
            raise
        return False
    return True


def documents_are_sound(house: House) -> bool:
    return all(check.ok for check in check_database(house).checks if check.name == "documents")


def test_the_guards_let_pass_an_erasure_and_nothing_else(
    house: House, database: Database, builder: Builder
) -> None:
    departed(house, builder)
    assert [change for change in (*FORGERIES, ERASURE) if passes(database, change)] == []
    with database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE client SET anonymised_on = '2026-11-22'")
    assert [change for change in FORGERIES if passes(database, change)] == []
    assert documents_are_sound(house)
    assert passes(database, ERASURE)
    assert not documents_are_sound(house)  # the journal does not know of it
    with database.reader.connect() as connection:
        assert guards.unsound(connection) == []


def test_a_paper_is_emptied_only_after_its_document(
    house: House, database: Database, builder: Builder
) -> None:
    made = departed(house, builder)
    empty = "UPDATE document_rendering SET pdf = " + ("x''" if database.dialect == "sqlite" else "''::bytea")
    with database.writer.connect() as connection, pytest.raises(DBAPIError, match="append-only"):
        connection.exec_driver_sql(empty)
    made.office.do(anonymise_client, NUMBER)
    assert {bytes(row["pdf"]) for row in rows(database, "document_rendering")} == {b""}


def test_what_was_emptied_without_an_entry_is_found(
    house: House, database: Database, builder: Builder
) -> None:
    """Whoever marks a client by hand can empty the papers, and the check tells."""
    departed(house, builder)
    with database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE client SET anonymised_on = '2026-11-22'")
        connection.exec_driver_sql("UPDATE issued_document SET snapshot = '' WHERE kind = 'request_decision'")
    assert any("RW/2026/0000001 is not what was issued" in fault for fault in faults(house))


def test_a_reading_of_a_client_who_is_gone_is_confirmed_anew(house: House, builder: Builder) -> None:
    made = departed(house, builder)
    made.office.do(anonymise_client, NUMBER)
    reading = rows(house.database, "reading")[-1]["id"]
    view = house.office(builder.staff(Role.SUPERVISOR)).do(issue_reading_confirmation, reading)
    assert view.kind is DocumentKind.READING_CONFIRMATION
    assert "Kowalska" not in view.snapshot


@pytest.mark.parametrize(
    ("day", "until"),
    [
        (date(2026, 1, 1), date(2031, 12, 31)),
        (date(2026, 11, 30), date(2031, 12, 31)),
        (date(2026, 12, 1), date(2032, 12, 31)),  # its VAT is paid in January
    ],
)
def test_the_books_stay_five_years_after_the_year_in_which_the_tax_was_due(day: date, until: date) -> None:
    assert tax_records_until(day) == until
    assert claims_until(day) == date(day.year + 6, 12, 31)
