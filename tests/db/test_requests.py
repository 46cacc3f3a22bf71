"""Requests at the desk: every kind taken in, decided, applied; who may, and who was first."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from db.errors import NotAllowed, Stale
from db.office import House, Office
from db.operations.contacts import answer_question, start_contact
from db.operations.request_decisions import decide_request
from db.operations.requests import submit_and_apply, submit_request, take_request
from db.queries.clients import client_card
from db.queries.requests import request_counts, request_page, request_view
from db.records.people import Channel, Role
from db.records.requests import (
    NewRequest,
    RequestField,
    RequestFilter,
    RequestKind,
    RequestState,
)
from tests.db.builders import Builder, BuiltClient, desk, rows

F, K, S = RequestField, RequestKind, RequestState
ADDRESS = {F.STREET: "Polna", F.HOUSE: "7", F.FLAT: "", F.POSTAL_CODE: "43400", F.TOWN: "Przykładowo"}


def verified(office: Office, client: BuiltClient) -> Office:
    """Return the door of a call whose caller is verified for changes of data."""
    contact = office.do(start_contact, client.number, Channel.PHONE).id
    called = office.for_contact(contact)
    for question, answer in (
        ("client_number", client.number),
        ("meter_number", client.meter),
        ("contract_date", "15.12.2014"),
    ):
        assert called.do(answer_question, contact, question, answer).failures == 0
    state = called.do(answer_question, contact, "pesel_digits", _digits(called, contact))
    assert state.level == 3
    return called


def _digits(office: Office, contact: int) -> str:
    from db.queries.contact_rows import contact_number
    from db.rules.answers import pesel_positions
    from tests.conftest import START
    from tests.db.builders import PESEL

    return "".join(PESEL[at - 1] for at in pesel_positions(contact_number(contact, START)))


def new(
    client: BuiltClient, kind: RequestKind, values: Mapping[RequestField, str], **more: Any
) -> NewRequest:
    """Return a request by letter."""
    return NewRequest(client.number, kind, values, **({"channel": Channel.LETTER} | more))


def test_an_address_is_changed_on_a_verified_call(house: House, builder: Builder) -> None:
    client = builder.household()
    office = verified(desk(house, builder), client)
    view = office.do(submit_and_apply, NewRequest(client.number, K.MAILING_ADDRESS, ADDRESS))
    assert (view.line.state, view.line.number) == (S.APPLIED, "W/2026/00001")
    assert [step.event.value for step in view.steps] == ["submit", "approve", "apply"]
    card = office.read(client_card, client.number)
    assert card.mailing_address is not None
    assert card.mailing_address.line == "ul. Polna 7, 43-400 Przykładowo"
    assert rows(house.database, "client")[0]["version"] == 2


def test_four_eyes(house: House, builder: Builder) -> None:
    client = builder.household()
    builder.contact_point(client.id, "email", "zaneta@example.com")
    agent, supervisor = desk(house, builder), desk(house, builder, Role.SUPERVISOR)
    other = desk(house, builder, Role.SUPERVISOR)
    view = supervisor.do(submit_request, new(client, K.NAME, {F.LAST_NAME: "Nowak"}))
    assert not view.line.can_decide
    (mail,) = rows(house.database, "outgoing_message")
    assert (mail["kind"].value, mail["address"]) == ("notice", "zaneta@example.com")
    for office in (agent, supervisor):
        with pytest.raises(NotAllowed):
            office.do(decide_request, view.line.id, approve=True)
    done = other.do(decide_request, view.line.id, approve=True, version=view.version)
    assert done.line.state is S.APPLIED
    with pytest.raises(Stale, match=r"dealt with the request W/2026/00001 first"):
        desk(house, builder, Role.SUPERVISOR).do(decide_request, view.line.id, approve=False)
    assert agent.read(client_card, client.number).name == "Nowak Żaneta"


def test_the_queue(house: House, builder: Builder) -> None:
    client = builder.household()
    agent, other = desk(house, builder), desk(house, builder)
    view = agent.do(submit_request, new(client, K.PHONE, {F.PHONE: "600 123 456"}))
    assert view.line.deadline == date(2026, 12, 4)
    page = other.read(request_page, RequestFilter())
    assert [line.number for line in page.lines] == [view.line.number]
    assert other.do(take_request, view.line.id).line.mine
    with pytest.raises(Stale, match="has taken"):
        agent.do(take_request, view.line.id)
    counts = other.read(request_counts)
    assert (counts.to_decide, counts.mine, counts.overdue) == (1, 1, 0)
    with pytest.raises(NotAllowed, match="verified"):
        agent.do(decide_request, view.line.id, approve=True)
    assert other.do(decide_request, view.line.id, approve=True).line.state is S.APPLIED
    assert other.read(request_view, view.line.number).items[0].new == "+48600123456"
