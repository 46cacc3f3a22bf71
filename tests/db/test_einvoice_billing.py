"""Invoices by e-mail from the first day on: single ones, whole runs, corrections, and what is printed."""

from __future__ import annotations

from datetime import date

import pytest

from db.billing_run import run_billing, try_billing
from db.check import check_database
from db.engine import Database
from db.office import SYSTEM, House, Office
from db.operations.billing import bill_chunk, start_run
from db.operations.corrections import correct_invoice
from db.operations.settlement import bill_contract
from db.queries.print_queue import count_of_period, documents_of_period
from db.records.corrections import CorrectionKind, CorrectionOrder
from db.records.money import InvoiceKind
from tests.conftest import START, TestClock
from tests.db.builders import TODAY, Builder, BuiltClient, counted, rows

OCTOBER = date(2026, 10, 1)


@pytest.fixture
def office(house: House) -> Office:
    return house.office(SYSTEM)


def subscriber(builder: Builder, group: int, state: str = "active", **values: object) -> BuiltClient:
    """Add a client with an October to bill and e-invoices."""
    built = builder.client(tariff_group_id=group)
    builder.history(built.meter_id, {date(2026, 9, 30): 487, date(2026, 10, 31): 511})
    point = values.pop("point", None) or builder.contact_point(
        built.id, "email", f"k{built.number}@example.com", date(2026, 1, 1)
    )
    row = {
        "client_id": built.id,
        "state": state,
        "point_id": point,
        "requested_at": START,
        "confirmed_at": START,
        "active_from": TODAY,
        "version": 1,
    }
    builder.add("einvoice", **(row | values))
    return built


def mailed(database: Database) -> dict[int, bool]:
    """Return of each client whether their invoice goes by e-mail."""
    return {row["client_id"]: row["by_email"] for row in rows(database, "invoice")}


def test_the_day_decides_not_the_job(office: Office, builder: Builder, database: Database) -> None:
    group = builder.tariff()
    tomorrow = date(2026, 11, 23)
    cases = {
        subscriber(builder, group).id: True,
        subscriber(builder, group, "confirmed").id: True,  # the job that notes the day has not run
        subscriber(builder, group, "confirmed", active_from=tomorrow).id: False,
        subscriber(builder, group, "requested", active_from=None, confirmed_at=None).id: False,
        subscriber(builder, group, "withdrawn", withdrawn_from=TODAY).id: False,
    }
    bounced = subscriber(builder, group, point=None)
    with database.writer.begin() as connection:
        connection.exec_driver_sql(
            f"UPDATE contact_point SET bounced_on = '2026-11-20' WHERE client_id = {bounced.id:d}"
        )
    cases[bounced.id] = False
    assert try_billing(office, OCTOBER).by_email == 2
    report = run_billing(office, OCTOBER)
    assert (report.billed, report.by_email) == (6, 2)
    assert mailed(database) == cases


def test_each_goes_out_with_its_message_in_one_transaction(
    house: House, office: Office, builder: Builder, database: Database
) -> None:
    built = subscriber(builder, builder.tariff())
    run_billing(office, OCTOBER)
    (invoice,) = rows(database, "invoice")
    (message,) = rows(database, "outgoing_message")
    assert (message["document_id"], message["client_id"]) == (invoice["document_id"], built.id)
    assert (message["kind"].value, message["state"].value) == ("invoice", "queued")
    assert message["address"] == f"k{built.number}@example.com"
    assert message["subject"] == f"e-Faktura {invoice['number']}"
    assert "341,80 zł" in message["body"].replace("\xa0", " ")
    assert "6 grudnia 2026" in message["body"]
    assert (message["queued_at"], message["next_try_at"], message["attempts"]) == (START, START, 0)
    (delivery,) = rows(database, "document_delivery")
    assert (delivery["document_id"], delivery["how"].value) == (invoice["document_id"], "queued")
    assert all(
        check.ok for check in check_database(house).checks if check.name not in ("search", "administrator")
    )


def test_a_single_invoice_and_its_correction_go_the_same_way(
    office: Office, builder: Builder, database: Database, clock: TestClock
) -> None:
    built = subscriber(builder, builder.tariff(), "confirmed", active_from=date(2026, 11, 23))
    run_billing(office, OCTOBER)
    clock.forward(days=1)
    number = rows(database, "invoice")[0]["number"]
    order = CorrectionOrder(CorrectionKind.VOID, "z nie tego licznika")
    office.do(correct_invoice, number, order)
    office.do(bill_contract, built.number)
    sent = [(row["kind"].value, row["by_email"]) for row in rows(database, "invoice")]
    assert sent == [("invoice", False), ("correction", True), ("invoice", True)]
    subjects = [row["subject"] for row in rows(database, "outgoing_message")]
    correction = rows(database, "invoice")[1]["number"]
    assert subjects[0] == f"Dokument {correction} (faktura korygująca)"
    assert subjects[1].startswith("e-Faktura FAK/202610/0000002/")


def test_a_chunk_costs_no_statement_per_invoice(office: Office, builder: Builder, database: Database) -> None:
    group = builder.tariff()
    start, order = office.do(start_run, OCTOBER, group=None, estimate=False)
    spent = []
    after = 0
    for many in (3, 9):
        for _ in range(many):
            subscriber(builder, group)
        with counted(database) as statements:
            done = office.do(bill_chunk, order, start.run_id or 0, after)
        assert done.billed == many
        after = done.last_contract_id or 0
        spent.append(len(statements))
    assert spent[0] == spent[1]


def test_what_goes_by_email_is_not_printed_unless_asked(
    office: Office, builder: Builder, database: Database
) -> None:
    group = builder.tariff()
    subscriber(builder, group)
    paper = subscriber(builder, group, "withdrawn", withdrawn_from=TODAY)
    run_billing(office, OCTOBER)
    assert office.read(count_of_period, "202610") == 2
    assert office.read(count_of_period, "202610", by_email=False) == 1
    (one,) = office.read(documents_of_period, "202610", InvoiceKind.INVOICE, by_email=False)
    assert f"/{paper.number}/" in one.number
    assert len(office.read(documents_of_period, "202610", InvoiceKind.INVOICE)) == 2
