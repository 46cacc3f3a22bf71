"""What tests of requests share: a verified call, a request by letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from db.office import Office
from db.operations.contacts import answer_question, start_contact
from db.queries.contact_rows import contact_number
from db.records.people import Channel
from db.records.requests import ComplaintAbout, NewRequest, RequestField, RequestKind
from db.rules.answers import pesel_positions
from tests.db.builders import PESEL, BuiltClient

ADDRESS = {
    RequestField.STREET: "Polna",
    RequestField.HOUSE: "7",
    RequestField.FLAT: "",
    RequestField.POSTAL_CODE: "43400",
    RequestField.TOWN: "Przykładowo",
}


def verified(office: Office, client: BuiltClient) -> Office:
    """Return the door of a call whose caller is verified for changes of data (level 3)."""
    state = office.do(start_contact, client.number, Channel.PHONE)
    called = office.for_contact(state.id)
    digits = "".join(PESEL[at - 1] for at in pesel_positions(contact_number(state.id, state.started_at)))
    for question, answer in (
        ("client_number", client.number),
        ("meter_number", client.meter),
        ("contract_date", "15.12.2014"),
        ("pesel_digits", digits),
    ):
        state = called.do(answer_question, state.id, question, answer)
    assert state.level == 3
    return called


def by_letter(
    client: BuiltClient, kind: RequestKind, values: Mapping[RequestField, str] | None = None, **more: Any
) -> NewRequest:
    """Return a request that came by letter."""
    return NewRequest(client.number, kind, values or {}, **({"channel": Channel.LETTER} | more))


def complaint(client: BuiltClient, about: ComplaintAbout, **more: Any) -> NewRequest:
    """Return a complaint that came by letter."""
    said = {"complaint": about, "note": "Za wysoki rachunek."}
    return by_letter(client, RequestKind.COMPLAINT, **(said | more))
