"""Requests at the desk: every kind taken in, decided, applied; who may, and who was first."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from db.check import check_database
from db.errors import NotAllowed, Refused, Stale, WrongInput
from db.office import House
from db.operations.contacts import end_contact, start_contact
from db.operations.request_batch import import_requests
from db.operations.request_decisions import (
    decide_request,
)
from db.operations.requests import (
    submit_and_apply,
    submit_request,
)
from db.queries.clients import client_card
from db.queries.requests import request_view
from db.records.contacts import ContactEnd, Outcome, Purpose
from db.records.mail import MailKind
from db.records.people import Channel, Role
from db.records.requests import (
    ComplaintAbout,
    ComplaintSubject,
    NewRequest,
    RejectReason,
    RequestField,
    RequestKind,
    RequestState,
)
from db.refusals import WrongField
from db.rules.text import polish_key
from db.search import search_clients
from tests.db.builders import TODAY, Builder, BuiltClient, desk, rows
from tests.db.request_desk import ACCOUNT, ADDRESS, CASES, OTHER_PESEL, by_letter, complaint, verified

F, K, S = RequestField, RequestKind, RequestState


@pytest.fixture
def client(builder: Builder) -> BuiltClient:
    """A person with a running contract."""
    group = builder.tariff("G1")
    builder.tariff("G2")
    return builder.household(tariff_group_id=group)


def card_says(house: House, client: BuiltClient) -> dict[str, Any]:
    """Return the client's row."""
    return rows(house.database, "client", f"id = {client.id}")[0]


def faultless(house: House) -> list[str]:
    """Return what the check finds wrong of requests."""
    return [
        check.detail for check in check_database(house).checks if check.name == "requests" and not check.ok
    ]


def test_an_address_is_changed_on_a_verified_call(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    office = verified(desk(house, builder), client)
    view = office.do(submit_and_apply, NewRequest(client.number, K.MAILING_ADDRESS, ADDRESS))
    assert (view.line.state, view.line.number) == (S.APPLIED, "W/2026/00001")
    assert [step.event.value for step in view.steps] == ["submit", "approve", "apply"]
    assert view.contact == "K/2026/0000001"
    assert view.verification == "changes of data"
    card = office.read(client_card, client.number)
    assert card.mailing_address is not None
    assert card.mailing_address.line == "ul. Polna 7, 43-400 Przykładowo"
    assert card_says(house, client)["version"] == 2
    assert [event.message % event.params for event in card.timeline if event.kind == "request"] == [
        "request W/2026/00001 (mailing address): applied",
        "request W/2026/00001 (mailing address): approved",
        "request W/2026/00001 (mailing address): taken in, phone",
    ]
    ended = office.do(end_contact, ContactEnd(office.contact_id or 0, Outcome.SOLVED))
    assert ended.purpose is Purpose.DATA_CHANGE
    assert faultless(house) == []


def test_no_value_of_a_request_stands_in_the_journal(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    office, other = desk(house, builder), desk(house, builder, Role.SUPERVISOR)
    said = {K.PHONE: {F.PHONE: "600123456"}, K.REFUND_ACCOUNT: {F.REFUND_ACCOUNT: ACCOUNT}}
    for kind, values in said.items():
        view = office.do(submit_request, by_letter(client, kind, values, note="Proszę o 600123456"))
        other.do(decide_request, view.line.id, approve=True, note="tel. 600123456")
    entries = rows(house.database, "audit_entry")
    text = "".join(f"{entry['subject']}{entry['before']}{entry['after']}" for entry in entries)
    assert "600123456" not in text
    assert ACCOUNT not in text
    changed = [entry["after"] for entry in entries if entry["action"] == "client.changed"]
    assert changed == [
        '{"fields": ["phone"], "request": "W/2026/00001"}',
        '{"fields": ["refund_account"], "request": "W/2026/00002"}',
    ]


def test_another_tariff_group_begins_with_the_next_month_unless_a_day_is_asked_for(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    office = desk(house, builder)
    asked = by_letter(client, RequestKind.TARIFF_GROUP, CASES[RequestKind.TARIFF_GROUP][0])
    assert office.do(submit_request, asked).line.effective_on == date(2026, 12, 1)


def test_a_tariff_group_that_is_not_there_is_refused_with_those_that_are(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    known = ", ".join(sorted(row["code"] for row in rows(house.database, "tariff_group")))
    with pytest.raises(WrongField, match=f"no tariff group G9; there are: {known}") as told:
        desk(house, builder).do(submit_request, by_letter(client, K.TARIFF_GROUP, {F.TARIFF_GROUP: "g9"}))
    assert told.value.field is F.TARIFF_GROUP
    assert rows(house.database, "request") == []


@pytest.mark.parametrize("kind", list(CASES))
def test_every_kind_is_taken_in_decided_and_applied(
    house: House, builder: Builder, client: BuiltClient, kind: RequestKind
) -> None:
    typed, then = CASES[kind]
    view = desk(house, builder).do(submit_request, by_letter(client, kind, typed, effective_on=TODAY))
    assert view.line.state is S.SUBMITTED
    assert {item.field for item in view.items} >= set(typed)
    assert all(item.current == item.old for item in view.items)
    done = desk(house, builder, Role.SUPERVISOR).do(decide_request, view.line.id, approve=True)
    assert done.line.state is S.APPLIED
    said = card_says(house, client)
    assert said["version"] == 2
    for column, value in then.items():
        assert value is None or said[column] == value
    assert faultless(house) == []
    with (
        pytest.raises(Refused, match="Nothing would change")
        if kind is not K.EINVOICE_ON
        else pytest.raises(AssertionError)
    ):
        desk(house, builder).do(submit_request, by_letter(client, kind, typed))
        raise AssertionError("the link of the letter was not opened: it may be asked for again")


def test_a_supply_address_is_corrected_and_found(house: House, builder: Builder, client: BuiltClient) -> None:
    office = verified(desk(house, builder), client)
    values = {F.STREET: "Łąkowa", F.HOUSE: "4A"}
    view = office.do(submit_and_apply, NewRequest(client.number, K.SUPPLY_ADDRESS, values))
    assert [(item.field, item.new) for item in view.items][:3] == [
        (F.METER, client.meter),
        (F.STREET, "ul. Łąkowa"),
        (F.HOUSE, "4A"),
    ]
    card = office.read(client_card, client.number)
    assert card.supply_address is not None
    assert card.supply_address.first_line == "ul. Łąkowa 4A/12"
    assert rows(house.database, "address")[-1]["street_key"] == "lakowa"
    assert [hit.number for hit in office.read(search_clients, "lakowa 4a").hits] == [client.number]


def test_a_place_among_several_is_named_by_its_meter(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    point = builder.point(client.id, client.contract_id, house="9")
    builder.meter(point, "90000009")
    office = desk(house, builder)
    with pytest.raises(WrongField) as told:
        office.do(submit_request, by_letter(client, K.SUPPLY_ADDRESS, {F.HOUSE: "10"}))
    assert told.value.field is F.METER
    view = office.do(
        submit_request, by_letter(client, K.SUPPLY_ADDRESS, {F.HOUSE: "10", F.METER: "90000009"})
    )
    assert {item.field: item.old for item in view.items}[F.HOUSE] == "9"
    with pytest.raises(WrongField):
        office.do(submit_request, by_letter(client, K.SUPPLY_ADDRESS, {F.HOUSE: "10", F.METER: "1"}))


def test_a_name_changes_what_a_client_is_found_by(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    office, other = desk(house, builder), desk(house, builder, Role.SUPERVISOR)
    view = office.do(submit_request, by_letter(client, K.NAME, {F.LAST_NAME: "Źdźbło-Łęcka"}))
    other.do(decide_request, view.line.id, approve=True)
    assert [hit.name for hit in office.read(search_clients, "zdzblo").hits] == ["Źdźbło-Łęcka Żaneta"]
    assert card_says(house, client)["name_key"] == polish_key("Źdźbło-Łęcka Żaneta")


def test_a_business_changes_its_name_and_nip(house: House, builder: Builder) -> None:
    company = builder.client(company_name="Piekarnia „Źródełko”", nip=None)
    office, other = desk(house, builder), desk(house, builder, Role.SUPERVISOR)
    for kind, values in ((K.NAME, {F.COMPANY_NAME: "Piekarnia sp. z o.o."}), (K.NIP, {F.NIP: "1234563218"})):
        view = office.do(submit_request, by_letter(company, kind, values))
        other.do(decide_request, view.line.id, approve=True)
    said = card_says(house, company)
    assert (said["company_name"], said["nip"], said["version"]) == ("Piekarnia sp. z o.o.", "1234563218", 3)
    with pytest.raises(Refused, match="other kind"):
        office.do(submit_request, by_letter(company, K.PESEL, {F.PESEL: OTHER_PESEL}))


def test_one_phone_takes_the_place_of_another(house: House, builder: Builder, client: BuiltClient) -> None:
    old = builder.contact_point(client.id, "phone", "+48600123456", TODAY)
    builder.contact_point(client.id, "phone", "+48600123457")
    office = verified(desk(house, builder), client)
    with pytest.raises(WrongField, match="on the card already"):
        office.do(submit_and_apply, NewRequest(client.number, K.PHONE, {F.PHONE: "600123457"}, point_id=old))
    office.do(submit_and_apply, NewRequest(client.number, K.PHONE, {F.PHONE: "600123458"}, point_id=old))
    points = rows(house.database, "contact_point")
    assert [(p["value"], p["removed_on"], p["verified_on"]) for p in points] == [
        ("+48600123456", TODAY, TODAY),
        ("+48600123457", None, None),
        ("+48600123458", None, None),
    ]
    with pytest.raises(WrongInput, match="no such phone"):
        office.do(submit_and_apply, NewRequest(client.number, K.PHONE, {F.PHONE: ""}, point_id=old))
    last = points[-1]["id"]
    view = office.do(submit_and_apply, NewRequest(client.number, K.PHONE, {F.PHONE: ""}, point_id=last))
    assert (view.items[0].old, view.items[0].new) == ("+48600123458", None)


def test_four_eyes(house: House, builder: Builder, client: BuiltClient) -> None:
    builder.contact_point(client.id, "email", "stary@example.com")
    builder.contact_point(client.id, "email", "pewny@example.com", TODAY)
    agent, supervisor = desk(house, builder), desk(house, builder, Role.SUPERVISOR)
    other = desk(house, builder, Role.SUPERVISOR)
    view = supervisor.do(submit_request, by_letter(client, K.NAME, {F.LAST_NAME: "Nowak"}))
    assert (view.line.four_eyes, view.line.can_decide) == (True, False)
    (mail,) = rows(house.database, "outgoing_message")
    assert (mail["kind"], mail["address"]) == (MailKind.NOTICE, "pewny@example.com")
    assert mail["request_id"] == view.line.id
    assert "W/2026/00001" in mail["subject"]
    assert "Nowak" not in mail["body"], "the notice tells no value"
    assert (view.notice_sent, view.steps[0].note) == (True, "")
    for office in (agent, supervisor):
        for approve in (True, False):
            with pytest.raises(NotAllowed):
                office.do(decide_request, view.line.id, approve=approve, reason=RejectReason.DUPLICATE)
    done = other.do(decide_request, view.line.id, approve=True, version=view.version)
    assert done.line.state is S.APPLIED
    assert agent.read(client_card, client.number).name == "Nowak Żaneta"


def test_where_nobody_can_be_written_to_the_history_says_so(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    builder.add(
        "contact_point", client_id=client.id, kind="email", value="wraca@example.com", bounced_on=TODAY
    )
    office = desk(house, builder)
    view = office.do(submit_request, by_letter(client, K.NAME, {F.LAST_NAME: "Nowak"}))
    assert (view.notice_sent, rows(house.database, "outgoing_message")) == (False, [])
    assert view.steps[0].note == "Brak adresu e-mail: o wniosku zawiadomić klienta listem."
    plain = office.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600123456"}))
    assert (plain.notice_sent, plain.steps[0].note) == (False, "")


@pytest.mark.parametrize(
    "kind", [K.NAME, K.PESEL, K.REFUND_ACCOUNT, K.EINVOICE_EMAIL, K.EBOK_EMAIL, K.NIP, K.COMPLAINT]
)
def test_what_is_not_applied_at_once(
    house: House, builder: Builder, client: BuiltClient, kind: RequestKind
) -> None:
    office = verified(desk(house, builder), client)
    with pytest.raises(Refused, match="not applied at once"):
        office.do(submit_and_apply, NewRequest(client.number, kind, {}))
    assert rows(house.database, "request") == []


def test_a_call_without_proof_changes_nothing(house: House, builder: Builder, client: BuiltClient) -> None:
    agent, supervisor = desk(house, builder), desk(house, builder, Role.SUPERVISOR)
    asked = NewRequest(client.number, K.PHONE, {F.PHONE: "600123456"})
    with pytest.raises(WrongInput, match="Say how"):
        agent.do(submit_request, asked)
    for office, door in ((agent, submit_request), (agent, submit_and_apply), (supervisor, submit_and_apply)):
        contact = office.do(start_contact, client.number, Channel.PHONE).id
        with pytest.raises(NotAllowed, match="not verified"):
            office.for_contact(contact).do(door, asked)
    view = agent.do(submit_request, by_letter(client, K.PHONE, {F.PHONE: "600123456"}))
    assert not view.line.can_decide
    with pytest.raises(NotAllowed, match="without a verified caller"):
        agent.do(decide_request, view.line.id, approve=True)
    assert desk(house, builder).do(decide_request, view.line.id, approve=True).line.state is S.APPLIED


def test_who_brings_the_portals_batch_does_not_decide_what_four_eyes_see(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    boss, other = desk(house, builder, Role.SUPERVISOR), desk(house, builder, Role.SUPERVISOR)
    batch = [
        by_letter(client, kind, values, channel=Channel.EBOK, external_id=f"P-{kind}")
        for kind, values in ((K.NAME, {F.LAST_NAME: "Nowak"}), (K.PHONE, {F.PHONE: "600123456"}))
    ]
    boss.do(import_requests, batch)
    name, phone = (boss.read(request_view, f"W/2026/0000{at}").line for at in (1, 2))
    assert (name.submitted_by, name.can_decide, phone.can_decide) == (None, False, True)
    with pytest.raises(NotAllowed, match="You took this request in"):
        boss.do(decide_request, name.id, approve=True)
    for office, line in ((other, name), (boss, phone)):
        assert office.do(decide_request, line.id, approve=True).line.state is S.APPLIED


def test_two_approvers_at_once(house: House, builder: Builder, client: BuiltClient) -> None:
    first, second = desk(house, builder, Role.SUPERVISOR), desk(house, builder, Role.SUPERVISOR)
    view = desk(house, builder).do(submit_request, by_letter(client, K.NAME, {F.LAST_NAME: "Nowak"}))
    first.do(decide_request, view.line.id, approve=True, version=view.version)
    for version in (view.version, None):
        with pytest.raises(Stale) as told:
            second.do(decide_request, view.line.id, approve=False, version=version)
        assert str(told.value).startswith(f"{first.actor.name} dealt with the request W/2026/00001 first")
        assert str(told.value).endswith("applied.")
    assert [row["event"].value for row in rows(house.database, "request_step")] == [
        *("submit", "approve", "apply"),
    ]


def test_nothing_is_written_on_the_card_of_who_was_erased(house: House, builder: Builder) -> None:
    gone = builder.client("100009", ends_on=date(2026, 1, 1), anonymised_on=date(2026, 6, 1))
    agent, boss = desk(house, builder), desk(house, builder, Role.SUPERVISOR)
    for kind, (values, _columns) in CASES.items():
        with pytest.raises((Refused, WrongField)):
            agent.do(submit_request, by_letter(gone, kind, values))
    batch = [by_letter(gone, K.PHONE, {F.PHONE: "600123456"}, external_id="P-1")]
    (entry,) = boss.do(import_requests, batch)
    assert "was erased" in entry.message
    assert rows(house.database, "request") == []
    about = ComplaintAbout(ComplaintSubject.SERVICE)
    assert agent.do(submit_request, complaint(gone, about)).line.state is S.SUBMITTED
