"""Letters about requests: previewed without a trace but the look, issued with a number, printed again."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from db.check import check_database
from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.office import House, Office
from db.operations.contacts import answer_question, start_contact
from db.operations.documents import note_rendering
from db.operations.request_letters import issue_request_letter, preview_request_letter
from db.queries.documents import document, rendered_pdf
from db.records.documents import DocumentKind
from db.records.ebok import EInvoiceState, PortalState
from db.records.people import Channel, Role
from db.records.requests import ComplaintSubject, RequestEvent, RequestField, RequestKind, RequestState
from reports.documents.registry import render
from tests.conftest import START
from tests.db.builders import TODAY, Builder, BuiltClient, desk, last_access, rows


@pytest.fixture
def built(builder: Builder) -> BuiltClient:
    return builder.household("102481")


@pytest.fixture
def office(house: House, builder: Builder) -> Office:
    return desk(house, builder)


def request(
    builder: Builder, client: BuiltClient, kind: RequestKind, state: RequestState, **more: Any
) -> int:
    """Add a request as it would stand after its steps."""
    values: dict[str, Any] = {
        "number": f"W/2026/{builder.next():05d}", "kind": kind, "state": state, "client_id": client.id,
        "channel": Channel.PHONE, "submitted_at": START, "verified_level": 3, "received_on": TODAY,
        "deadline": TODAY + timedelta(days=30), "note": "", "version": 1,
    }  # fmt: skip
    return builder.add("request", **(values | more))


def step(builder: Builder, request_id: int, event: RequestEvent, state: RequestState, **more: Any) -> None:
    builder.add(
        "request_step", request_id=request_id, at=START, event=event, state=state, **{"note": "", **more}
    )


def test_a_preview_stores_nothing_and_the_letter_says_the_same(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    key = request(builder, built, RequestKind.MAILING_ADDRESS, RequestState.SUBMITTED)
    builder.add("request_item", request_id=key, field=RequestField.STREET, old=None, new="ul. Polna")
    kind = DocumentKind.REQUEST_CONFIRMATION
    shown = json.loads(office.read(preview_request_letter, key, kind, paragraph=" Do\u202e widzenia. "))
    assert rows(house.database, "issued_document") == []
    assert last_access(house.database)["scope"] == "preview request_confirmation"
    view = office.do(issue_request_letter, key, kind, paragraph="Do widzenia.")
    assert view.number == "PW/2026/0000001"
    says = json.loads(view.snapshot)
    assert says.pop("number") == view.number
    assert shown.pop("number") == ""
    assert says == shown
    assert says["paragraphs"][-1] == "Do widzenia."
    assert {"label": "Ulica", "value": "ul. Polna"} in says["facts"]
    (row,) = rows(house.database, "issued_document")
    assert (row["request_id"], row["kind"]) == (key, "request_confirmation")
    assert last_access(house.database)["scope"] == "document PW/2026/0000001"


def test_an_agent_prints_it_without_a_caller_but_not_another_paper(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    key = request(builder, built, RequestKind.NAME, RequestState.REJECTED)
    step(builder, key, RequestEvent.REJECT, RequestState.REJECTED, reason="not_proved")
    view = office.do(issue_request_letter, key, DocumentKind.REQUEST_DECISION)
    assert "nie przedstawiono dokumentu" in view.snapshot
    pdf = render(view.kind, view.snapshot)
    office.do(note_rendering, view.id, pdf)
    assert office.read(rendered_pdf, view.number) == pdf
    assert office.read(document, view.number).snapshot == view.snapshot
    contact = office.do(start_contact, built.number, Channel.PHONE)
    wrong = {"client_number": "999999", "meter_number": "99999999", "contract_date": "01.01.2001"}
    for question, answer in wrong.items():
        office.do(answer_question, contact.id, question, answer)
    with pytest.raises(NotAllowed):
        office.for_contact(contact.id).do(issue_request_letter, key, DocumentKind.REQUEST_DECISION)


def test_what_was_asked_and_answered_comes_from_the_last_steps(
    office: Office, builder: Builder, built: BuiltClient
) -> None:
    key = request(builder, built, RequestKind.HANDOVER, RequestState.NEEDS_INFO)
    for template, note in (("name_proof", "stare"), ("deed", "Brakuje strony 2.")):
        step(builder, key, RequestEvent.ASK_INFO, RequestState.NEEDS_INFO, reason=template, note=note)
    says = json.loads(office.read(preview_request_letter, key, DocumentKind.INFORMATION_REQUEST))
    assert says["paragraphs"][-2] == "Brakuje strony 2."
    assert "aktu notarialnego" in says["paragraphs"][1]
    complaint = request(builder, built, RequestKind.COMPLAINT, RequestState.REJECTED)
    builder.add("complaint", request_id=complaint, subject=ComplaintSubject.METER)
    step(builder, complaint, RequestEvent.REJECT, RequestState.REJECTED, note="Wodomierz jest sprawny.")
    says = json.loads(office.read(preview_request_letter, complaint, DocumentKind.COMPLAINT_ANSWER))
    assert says["paragraphs"][-1] == "Wodomierz jest sprawny."
    assert "(wodomierz)" in says["paragraphs"][0]
    late = request(builder, built, RequestKind.COMPLAINT, RequestState.APPLIED)
    builder.add("complaint", request_id=late, subject=ComplaintSubject.BILL, deemed_on=TODAY)
    step(builder, late, RequestEvent.DEEM_ACCEPTED, RequestState.APPROVED)
    step(builder, late, RequestEvent.APPLY, RequestState.APPLIED, note="Zwrócimy różnicę.")
    says = json.loads(office.read(preview_request_letter, late, DocumentKind.COMPLAINT_ANSWER))
    assert says["paragraphs"][-1] == "Zwrócimy różnicę."
    assert "ponieważ nie odpowiedzieliśmy" in says["paragraphs"][0]


def test_letters_of_e_invoices_and_accounts(office: Office, builder: Builder, built: BuiltClient) -> None:
    point = builder.contact_point(built.id, "email", "zaneta@example.com")
    builder.add(
        "einvoice", client_id=built.id, state=EInvoiceState.CONFIRMED, point_id=point, requested_at=START,
        active_from=date(2026, 11, 23), version=1,
    )  # fmt: skip
    builder.add(
        "portal_account", client_id=built.id, login="zaneta", login_key="zaneta", point_id=point,
        state=PortalState.PENDING, channel=Channel.PHONE, registered_at=START, wants_einvoice=True, version=1,
    )  # fmt: skip
    mailed = request(builder, built, RequestKind.EINVOICE_ON, RequestState.APPLIED)
    says = office.do(issue_request_letter, mailed, DocumentKind.EINVOICE_CONFIRMATION).snapshot
    assert "od dnia 23 listopada 2026 r." in says
    assert "zaneta@example.com" in says
    account = request(builder, built, RequestKind.EBOK_REGISTRATION, RequestState.APPLIED)
    assert "zaneta" in office.do(issue_request_letter, account, DocumentKind.EBOK_ACTIVATION).snapshot


def test_what_cannot_be_is_refused(
    office: Office, house: House, builder: Builder, built: BuiltClient
) -> None:
    key = request(builder, built, RequestKind.NAME, RequestState.SUBMITTED)
    with pytest.raises(Refused, match="not decided"):
        office.do(issue_request_letter, key, DocumentKind.REQUEST_DECISION)
    with pytest.raises(WrongInput, match="invoice is no letter"):
        office.do(issue_request_letter, key, DocumentKind.INVOICE)
    with pytest.raises(NotFound):
        office.do(issue_request_letter, key + 99, DocumentKind.REQUEST_CONFIRMATION)
    with pytest.raises(WrongInput, match="Too long"):
        office.do(issue_request_letter, key, DocumentKind.REQUEST_CONFIRMATION, paragraph="x" * 2001)
    assert rows(house.database, "counter") == []
    with pytest.raises(NotAllowed):
        desk(house, builder, Role.ADMIN).do(issue_request_letter, key, DocumentKind.REQUEST_CONFIRMATION)


def test_the_check_holds_letters_to_the_journal(
    house: House, office: Office, builder: Builder, built: BuiltClient
) -> None:
    key = request(builder, built, RequestKind.NAME, RequestState.SUBMITTED)
    office.do(issue_request_letter, key, DocumentKind.REQUEST_CONFIRMATION)
    checks = {check.name: check.ok for check in check_database(house).checks}
    assert checks["documents"]
    assert checks["numbering"]
    assert checks["evidence"]
