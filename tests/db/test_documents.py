"""Confirmations: who may have one, what it says, its number, its paper."""

from __future__ import annotations

import hashlib
import json
from datetime import date

import pytest

from db.errors import NotAllowed, NotFound, Refused
from db.office import House, Office
from db.operations.contacts import answer_question, start_contact
from db.operations.documents import issue_reading_confirmation, note_rendering
from db.operations.readings import decide_reading, record_reading, void_reading
from db.queries.documents import document, documents_of, rendered_pdf
from db.records.people import Channel, Role
from db.records.readings import RecordedReading
from reports.documents.registry import render
from tests.conftest import OWN_PARTICULARS
from tests.db.builders import PESEL, Builder, BuiltClient, desk, entry, last_access, rows


@pytest.fixture
def built(builder: Builder) -> BuiltClient:
    return builder.household("102481")


def verified(office: Office, built: BuiltClient) -> Office:
    """Return the door of a contact at level 2."""
    state = office.do(start_contact, built.number, Channel.PHONE)
    for question, answer in (
        ("client_number", built.number),
        ("meter_number", built.meter),
        ("contract_date", "15.12.2014"),
    ):
        state = office.do(answer_question, state.id, question, answer)
    assert state.level == 2
    return office.for_contact(state.id)


def recorded(office: Office, built: BuiltClient, state: int = 498, **values: object) -> RecordedReading:
    values = {"reason": "rechecked", **values}
    return office.do(record_reading, entry(built.meter, state, **values))


def test_an_agent_needs_a_verified_caller(house: House, builder: Builder, built: BuiltClient) -> None:
    office = desk(house, builder)
    saved = recorded(office, built)
    with pytest.raises(NotAllowed, match="not verified"):
        office.do(issue_reading_confirmation, saved.id)
    contact = office.do(start_contact, built.number, Channel.PHONE)
    with pytest.raises(NotAllowed, match="not verified"):
        office.for_contact(contact.id).do(issue_reading_confirmation, saved.id)
    assert rows(house.database, "issued_document") == []
    assert rows(house.database, "counter") == []
    issued = verified(office, built).do(issue_reading_confirmation, saved.id)
    assert issued.number == "P/2026/0000001"
    access = last_access(house.database)
    assert (access["action"], access["scope"], access["contact_id"]) == (
        "PRINT",
        "document P/2026/0000001",
        contact.id,
    )


def test_a_supervisor_needs_no_verified_caller(house: House, builder: Builder, built: BuiltClient) -> None:
    saved = recorded(desk(house, builder), built)
    assert desk(house, builder, Role.SUPERVISOR).do(issue_reading_confirmation, saved.id).number


def test_it_says_what_was_recorded_and_nothing_that_is_not_the_callers(
    house: House, builder: Builder, built: BuiltClient
) -> None:
    builder.notice(built.meter_id, date(2026, 11, 18), date(2026, 11, 25), number="Z/2026/118")
    office = verified(desk(house, builder), built)
    saved = office.do(record_reading, entry(built.meter, 498))
    issued = office.do(issue_reading_confirmation, saved.id)
    says = json.loads(issued.snapshot)
    assert says["number"] == issued.number
    assert (says["state"], says["previous_state"], says["consumption"]) == (498, 487, 11)
    assert (says["previous_day"], says["day"]) == ("2026-08-31", "2026-11-22")
    assert says["client_name"] == "Żaneta Kowalska"
    assert says["mailing_lines"] == ["ul. Lipowa 4/12", "43-400 Przykładowo"]
    assert (says["notice"], says["status"], says["findings"]) == ("Z/2026/118", "accepted", [])
    assert says["letterhead"]["name"] == OWN_PARTICULARS["name"]
    assert PESEL not in issued.snapshot
    assert issued.snapshot_sha256 == hashlib.sha256(issued.snapshot.encode()).hexdigest()
    assert render(issued.kind, issued.snapshot).startswith(b"%PDF")


def test_the_same_reading_comes_out_again(house: House, builder: Builder, built: BuiltClient) -> None:
    office = verified(desk(house, builder), built)
    saved = recorded(office, built)
    first = office.do(issue_reading_confirmation, saved.id)
    again = office.do(issue_reading_confirmation, saved.id)
    assert again.repeated
    assert (again.id, again.snapshot) == (first.id, first.snapshot)
    assert office.read(document, first.number).snapshot == first.snapshot
    assert [line.number for line in office.read(documents_of, built.number)] == [first.number]


def test_a_waiting_reading_is_confirmed_as_waiting_and_anew_when_decided(
    house: House, builder: Builder, built: BuiltClient
) -> None:
    office = verified(desk(house, builder), built)
    held = recorded(office, built, 900, hold=True)
    waiting = office.do(issue_reading_confirmation, held.id)
    assert json.loads(waiting.snapshot)["status"] == "pending"
    desk(house, builder, Role.SUPERVISOR).do(decide_reading, held.id, True)
    accepted = office.do(issue_reading_confirmation, held.id)
    assert accepted.number == "P/2026/0000002"
    assert json.loads(accepted.snapshot)["status"] == "accepted"
    assert office.read(document, waiting.number).snapshot == waiting.snapshot


def test_a_voided_reading_is_not_confirmed(house: House, builder: Builder, built: BuiltClient) -> None:
    office = verified(desk(house, builder), built)
    saved = recorded(office, built)
    office.do(void_reading, saved.id, "wrong meter")
    with pytest.raises(Refused, match=r"does not count \(voided\); it is not confirmed"):
        office.do(issue_reading_confirmation, saved.id)
    with pytest.raises(NotFound):
        office.do(issue_reading_confirmation, 9999)


def test_the_first_paper_is_kept(house: House, builder: Builder, built: BuiltClient) -> None:
    office = verified(desk(house, builder), built)
    issued = office.do(issue_reading_confirmation, recorded(office, built).id)
    assert office.read(rendered_pdf, issued.number) is None
    first, other = b"%PDF-1.7 \x00first", b"%PDF-1.7 \x00other"
    office.do(note_rendering, issued.id, first)
    office.do(note_rendering, issued.id, first)
    with pytest.raises(Refused, match="made first"):
        office.do(note_rendering, issued.id, other)
    with pytest.raises(NotFound):
        office.do(note_rendering, 999, first)
    with pytest.raises(ValueError, match="PDF"):
        office.do(note_rendering, issued.id, b"<html>")
    with pytest.raises(NotAllowed, match="not verified"):
        office.for_contact(None).do(note_rendering, issued.id, first)
    assert office.read(document, issued.number).pdf_sha256 == hashlib.sha256(first).hexdigest()
    assert [row["action"] for row in rows(house.database, "audit_entry")].count("document.rendered") == 1
    assert office.read(rendered_pdf, issued.number) == first
    access = last_access(house.database)
    assert (access["action"], access["scope"]) == ("PRINT", f"document {issued.number}")
    with pytest.raises(NotAllowed, match="not verified"):
        office.for_contact(None).read(rendered_pdf, issued.number)
    with pytest.raises(NotFound):
        office.read(rendered_pdf, "P/2026/0000999")


def test_printing_again_needs_one_too(house: House, builder: Builder, built: BuiltClient) -> None:
    office = verified(desk(house, builder), built)
    issued = office.do(issue_reading_confirmation, recorded(office, built).id)
    with pytest.raises(NotAllowed):
        office.for_contact(None).read(document, issued.number)
    with pytest.raises(NotFound):
        office.read(document, "P/2026/0000999")
