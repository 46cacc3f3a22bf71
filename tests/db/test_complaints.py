"""Complaints: their clock, who may make them, how they end, and the bill that is set right with one key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from db.billing_run import run_billing
from db.check import check_database
from db.errors import NotAllowed, Refused, Stale, WrongInput
from db.office import SYSTEM, House, Office
from db.operations.complaints import accept_reading_complaint, answer_complaint, deem_complaints
from db.operations.contacts import end_contact, start_contact
from db.operations.request_decisions import apply_due, decide_request, withdraw_request
from db.operations.requests import submit_and_apply, submit_request
from db.queries.clients import client_card
from db.queries.ledger import balance
from db.queries.requests import request_counts, request_page, request_view
from db.records.contacts import ContactEnd, Outcome, Purpose
from db.records.people import Channel, Role
from db.records.request_views import RequestFilter
from db.records.requests import (
    ComplaintAbout,
    ComplaintSubject,
    NewRequest,
    RequestEvent,
    RequestKind,
    RequestState,
)
from tests.conftest import TestClock
from tests.db.builders import Builder, BuiltClient, desk, rows
from tests.db.conftest import faults
from tests.db.request_desk import by_letter, complaint

S = RequestState
BILL = ComplaintAbout(ComplaintSubject.BILL)
INVOICE = "FAK/202610/0000001/100001/20261122"


@pytest.fixture
def client(builder: Builder) -> BuiltClient:
    """A person who uses 10 m³ a month."""
    client = builder.client("100001", tariff_group_id=builder.tariff())
    days = {date(2026, 8, 31): 100, date(2026, 9, 30): 110, date(2026, 10, 30): 117, date(2026, 10, 31): 120}
    builder.history(client.meter_id, days)
    return client


def at(clock: TestClock, day: date) -> None:
    """Let it be ten o'clock of a day."""
    clock.now = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


def test_anybody_may_complain(house: House, builder: Builder, client: BuiltClient) -> None:
    office = desk(house, builder)
    contact = office.do(start_contact, client.number, Channel.PHONE).id
    called = office.for_contact(contact)
    asked = NewRequest(client.number, RequestKind.COMPLAINT, note="Za dużo.", complaint=BILL)
    view = called.do(submit_request, asked)
    assert view.line.deadline == date(2026, 12, 6)
    assert view.verification == "general information only"
    assert view.complaint is not None
    assert (view.complaint.subject, view.complaint.repeats) == (ComplaintSubject.BILL, 0)
    ended = called.do(end_contact, ContactEnd(contact, Outcome.PASSED_ON))
    assert ended.purpose is Purpose.COMPLAINT
    again = office.do(submit_request, complaint(client, BILL))
    other = office.do(submit_request, complaint(client, ComplaintAbout(ComplaintSubject.SERVICE)))
    assert [v.complaint and v.complaint.repeats for v in (again, other)] == [1, 0]
    states = [line.state for line in office.read(request_page, RequestFilter()).lines]
    assert states == [S.SUBMITTED] * 3, "a newer complaint takes no other's place"


@pytest.mark.parametrize(
    "wrong",
    [
        {"complaint": None},
        {"note": " "},
        {"complaint": ComplaintAbout(ComplaintSubject.BILL, invoice="FAK/1")},
        {"complaint": ComplaintAbout(ComplaintSubject.READING, reading_id=999)},
        {"complaint": ComplaintAbout(ComplaintSubject.METER, meter="1")},
    ],
)
def test_a_complaint_names_what_is_the_clients_own(
    house: House, builder: Builder, client: BuiltClient, wrong: dict[str, Any]
) -> None:
    stranger = builder.client()
    key = builder.reading(stranger.meter_id, date(2026, 10, 31), 5)
    office = desk(house, builder)
    with pytest.raises(WrongInput):
        office.do(submit_request, complaint(client, BILL, **wrong))
    with pytest.raises(WrongInput):
        office.do(submit_request, complaint(client, ComplaintAbout(ComplaintSubject.READING, reading_id=key)))
    with pytest.raises(WrongInput):
        office.do(submit_request, by_letter(client, RequestKind.EINVOICE_OFF, complaint=BILL))


def test_a_complaint_is_answered_not_decided(house: House, builder: Builder, client: BuiltClient) -> None:
    office, other = desk(house, builder), desk(house, builder)
    view = office.do(submit_request, complaint(client, BILL))
    with pytest.raises(Refused, match="answered, not decided"):
        office.do(decide_request, view.line.id, approve=True)
    with pytest.raises(Refused, match="not applied at once"):
        office.do(submit_and_apply, complaint(client, BILL))
    with pytest.raises(WrongInput, match="Write the answer"):
        office.do(answer_complaint, view.line.id, accept=True, answer=" ")
    done = office.do(answer_complaint, view.line.id, accept=False, answer="Odczyt był prawidłowy.")
    assert (done.line.state, done.steps[-1].reason) == (S.REJECTED, "unfounded")
    assert done.steps[-1].note == "Odczyt był prawidłowy."
    assert done.complaint is not None
    assert done.complaint.answered_on == date(2026, 11, 22)
    with pytest.raises(Stale, match="first"):
        other.do(answer_complaint, view.line.id, accept=True, answer="Tak.")
    accepted = office.do(submit_request, complaint(client, BILL))
    done = office.do(answer_complaint, accepted.line.id, accept=True, answer="Przepraszamy.")
    assert done.line.state is S.APPLIED
    assert [step.note for step in done.steps] == ["", "Przepraszamy.", ""]
    plain = office.do(submit_request, by_letter(client, RequestKind.EBOK_UNLOCK))
    with pytest.raises(Refused, match="is no complaint"):
        office.do(answer_complaint, plain.line.id, accept=True, answer="Tak.")


@pytest.mark.parametrize(
    "received",
    [date(2026, 1, 17), date(2026, 1, 18), date(2026, 2, 14), date(2026, 2, 15), date(2026, 12, 18)],
)
def test_the_clock_of_a_complaint(
    house: House, builder: Builder, client: BuiltClient, clock: TestClock, received: date
) -> None:
    business = builder.client(company_name="Piekarnia")
    office, jobs = desk(house, builder, Role.SUPERVISOR), house.office(SYSTEM)
    at(clock, received)
    mine = office.do(submit_request, complaint(client, BILL)).line
    theirs = office.do(submit_request, complaint(business, BILL)).line
    last = received + timedelta(days=14)
    assert mine.deadline == theirs.deadline == last

    def alerts() -> list[str]:
        card = office.read(client_card, client.number)
        return [alert.message % alert.params for alert in card.alerts if alert.code == "complaint_due"]

    at(clock, last - timedelta(days=4))
    assert (alerts(), office.read(request_counts).complaints_due) == ([], 0)
    at(clock, last - timedelta(days=3))
    assert alerts() == [f"complaint {mine.number} is to be answered by {last}"]
    assert office.read(request_counts).complaints_due == 2
    at(clock, last)
    assert jobs.do(deem_complaints) == 0
    at(clock, last + timedelta(days=1))
    assert jobs.do(deem_complaints) == 1
    assert jobs.do(deem_complaints) == 0
    view = office.read(request_view, mine.number)
    assert view.line.state is S.APPROVED
    assert (view.steps[-1].event, view.steps[-1].agent) == (RequestEvent.DEEM_ACCEPTED, None)
    assert view.complaint is not None
    assert view.complaint.deemed_on == last + timedelta(days=1)
    assert alerts() == [f"complaint {mine.number} counts as accepted: it was to be answered by {last}"]
    assert office.read(request_view, theirs.number).line.state is S.SUBMITTED
    assert jobs.do(apply_due) == 0, "an answer ends it, not a day"
    with pytest.raises(Refused, match="counts as accepted"):
        office.do(answer_complaint, mine.id, accept=False, answer="Nie.")
    assert office.do(answer_complaint, mine.id, accept=True, answer="Tak.").line.state is S.APPLIED
    assert office.do(answer_complaint, theirs.id, accept=False, answer="Nie.").line.state is S.REJECTED


def test_late_jobs_write_the_day_of_the_law(
    house: House, builder: Builder, client: BuiltClient, clock: TestClock
) -> None:
    office = desk(house, builder)
    late = office.do(submit_request, complaint(client, BILL, received_on=date(2026, 10, 1))).line
    open_ = office.do(submit_request, complaint(client, BILL)).line
    assert late.days_left == -38
    assert house.office(SYSTEM).do(deem_complaints) == 1
    found = rows(house.database, "complaint")
    assert [row["deemed_on"] for row in found] == [date(2026, 10, 16), None]
    assert office.do(withdraw_request, open_.id).line.state is S.WITHDRAWN
    clock.forward(days=100)
    assert house.office(SYSTEM).do(deem_complaints) == 0


@pytest.fixture
def billed(house: House, builder: Builder, client: BuiltClient) -> Office:
    """A supervisor's door; the client's last two months are billed: 146.45 each."""
    office = desk(house, builder, Role.SUPERVISOR)
    for month in (date(2026, 9, 1), date(2026, 10, 1)):
        run_billing(office, month)
    return office


def about_reading(house: House, day: date) -> ComplaintAbout:
    """Return what a complaint about the reading of a day is about."""
    (key,) = [row["id"] for row in rows(house.database, "reading") if row["day"] == day]
    return ComplaintAbout(ComplaintSubject.READING, reading_id=key, invoice=INVOICE)


def test_a_wrong_reading_is_voided_and_the_bill_corrected_in_one(
    house: House, billed: Office, client: BuiltClient, builder: Builder
) -> None:
    agent = desk(house, builder)
    about = about_reading(house, date(2026, 10, 31))
    view = agent.do(submit_request, complaint(client, about))
    assert view.complaint is not None
    assert (view.complaint.invoice, view.complaint.reading_id) == (INVOICE, about.reading_id)
    done = billed.do(accept_reading_complaint, view.line.id)
    assert done.line.state is S.APPLIED
    assert done.complaint is not None
    assert done.complaint.answered_on == date(2026, 11, 22)
    (decision,) = rows(house.database, "reading_decision")
    assert (decision["kind"], decision["reason"]) == ("voided", f"reklamacja {view.line.number}")
    correction = rows(house.database, "invoice")[-1]
    assert correction["number"].startswith("KOR/202610/")
    assert billed.read(balance, client.number).total < Decimal("292.90")
    assert faults(house) == ["administrator: There is no active administrator."]
    with pytest.raises(Refused):
        billed.do(accept_reading_complaint, view.line.id)


def test_all_of_it_or_nothing(house: House, billed: Office, client: BuiltClient, builder: Builder) -> None:
    whose = desk(house, builder)
    named = whose.do(submit_request, complaint(client, about_reading(house, date(2026, 9, 30))))
    unnamed = whose.do(submit_request, complaint(client, BILL))
    with pytest.raises(Refused, match="names no reading"):
        billed.do(accept_reading_complaint, unnamed.line.id)
    before = {table: rows(house.database, table) for table in ("invoice", "reading_decision", "request_step")}
    with pytest.raises(Refused, match=f"right reading of the meter {client.meter} of 2026-09-30"):
        # nothing is left that September could be billed from, or estimated
        billed.do(accept_reading_complaint, named.line.id)
    assert {table: rows(house.database, table) for table in before} == before


CONTESTED = date(2026, 10, 31)


@pytest.fixture
def closed_once(house: House, builder: Builder) -> tuple[Office, BuiltClient]:
    """A supervisor's door and a client whose October is closed by one reading, 150 m³, alone."""
    client = builder.client("100001", tariff_group_id=builder.tariff())
    builder.history(client.meter_id, {date(2026, 8, 31): 100, date(2026, 9, 30): 110, CONTESTED: 150})
    office = desk(house, builder, Role.SUPERVISOR)
    for month in (date(2026, 9, 1), date(2026, 10, 1)):
        run_billing(office, month)
    return office, client


def contest(house: House, builder: Builder, client: BuiltClient) -> int:
    """Take in the complaint about the reading that closes October."""
    asked = complaint(client, about_reading(house, CONTESTED))
    return desk(house, builder).do(submit_request, asked).line.id


def last_correction(house: House) -> tuple[bool, int, int, date]:
    """Return of the newest correction whether it is estimated, its states and its last day."""
    invoice = rows(house.database, "invoice")[-1]
    assert invoice["number"].startswith("KOR/202610/")
    meter = rows(house.database, "invoice_meter")[-1]
    return invoice["estimated"], meter["from_state"], meter["to_state"], meter["to_day"]


def test_the_right_reading_that_waited_is_approved_with_the_complaint(
    house: House, builder: Builder, closed_once: tuple[Office, BuiltClient]
) -> None:
    office, client = closed_once
    key = contest(house, builder, client)
    builder.reading(client.meter_id, CONTESTED, 120, needs_approval=True, staff_id=builder.staff().id)
    office.do(accept_reading_complaint, key)
    assert [row["kind"] for row in rows(house.database, "reading_decision")] == ["voided", "approved"]
    assert last_correction(house) == (False, 110, 120, CONTESTED)
    assert office.read(balance, client.number).total == Decimal("292.90")
    assert faults(house) == ["administrator: There is no active administrator."]


def test_who_recorded_the_waiting_reading_does_not_accept_the_complaint(
    house: House, builder: Builder, closed_once: tuple[Office, BuiltClient]
) -> None:
    _, client = closed_once
    recorder = builder.staff(Role.SUPERVISOR)
    key = contest(house, builder, client)
    builder.reading(client.meter_id, CONTESTED, 120, needs_approval=True, staff_id=recorder.id)
    with pytest.raises(NotAllowed, match="You recorded the reading 120 of 2026-10-31"):
        house.office(recorder).do(accept_reading_complaint, key)
    assert rows(house.database, "reading_decision") == []
    assert desk(house, builder, Role.SUPERVISOR).do(accept_reading_complaint, key).line.state is S.APPLIED


@pytest.mark.parametrize(("state", "decided"), [(118, ["voided", "approved"]), (90, ["voided"])])
def test_days_that_no_reading_closes_are_estimated(
    house: House,
    builder: Builder,
    closed_once: tuple[Office, BuiltClient],
    state: int,
    decided: list[str],
) -> None:
    office, client = closed_once
    agent = builder.staff()
    builder.reading(client.meter_id, date(2026, 11, 20), state, needs_approval=True, staff_id=agent.id)
    office.do(accept_reading_complaint, contest(house, builder, client))
    assert [row["kind"] for row in rows(house.database, "reading_decision")] == decided
    # 10 m³ in the 30 days of September: 10 in the 31 of October
    assert last_correction(house) == (True, 110, 120, CONTESTED)
    assert faults(house) == ["administrator: There is no active administrator."]


def test_a_waiting_reading_that_still_fails_is_decided_first(
    house: House, builder: Builder, closed_once: tuple[Office, BuiltClient]
) -> None:
    office, client = closed_once
    key = contest(house, builder, client)
    builder.reading(client.meter_id, CONTESTED, 90, needs_approval=True, staff_id=builder.staff().id)
    with pytest.raises(Refused, match=f"a reading of the meter {client.meter} .* waits"):
        office.do(accept_reading_complaint, key)
    assert rows(house.database, "reading_decision") == []


def test_the_check_finds_a_request_that_was_tampered_with(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    office = desk(house, builder)
    office.do(submit_request, complaint(client, BILL))

    def said(spoil: Callable[[], None]) -> str:
        spoil()
        (check,) = [check for check in check_database(house).checks if check.name == "requests"]
        return check.detail

    def run(statement: str) -> Callable[[], None]:
        def spoil() -> None:
            with house.database.writer.connect() as connection, connection.begin():
                connection.exec_driver_sql(statement)

        return spoil

    assert said(lambda: None) == ""
    assert "last step" in said(run("UPDATE request SET state = 'rejected'"))
    run("UPDATE request SET state = 'submitted'")()
    assert "numbered 1 to 1, counter 2" in said(run("UPDATE counter SET value = 2 WHERE series = 'W/2026'"))
    run("UPDATE counter SET value = 1 WHERE series = 'W/2026'")()
    assert "what they are about" in said(run("DELETE FROM complaint"))
