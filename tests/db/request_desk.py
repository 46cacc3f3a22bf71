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
ACCOUNT = "61109010140000071219812874"
OTHER_PESEL = "02070803628"
F, K = RequestField, RequestKind

CASES: dict[RequestKind, tuple[dict[RequestField, str], dict[str, object]]] = {
    K.MAILING_ADDRESS: (ADDRESS, {}),
    K.SUPPLY_ADDRESS: ({F.HOUSE: "4A"}, {}),
    K.NAME: ({F.LAST_NAME: "Nowak"}, {"last_name": "Nowak", "name_key": None}),
    K.PHONE: ({F.PHONE: "600 123 456"}, {}),
    K.EMAIL: ({F.EMAIL: "nowa@example.com"}, {}),
    K.SECOND_PARTY: ({F.PARTY_LAST_NAME: "Kowalski", F.PARTY_FIRST_NAME: "Jan"}, {}),
    K.REFUND_ACCOUNT: ({F.REFUND_ACCOUNT: ACCOUNT}, {"refund_account": ACCOUNT}),
    K.PESEL: ({F.PESEL: OTHER_PESEL}, {"pesel": OTHER_PESEL}),
    K.TARIFF_GROUP: ({F.TARIFF_GROUP: "g2"}, {}),
    K.EINVOICE_ON: ({F.EMAIL: "faktury@example.com"}, {}),
    K.EBOK_REGISTRATION: ({F.LOGIN: "zaneta.k", F.EMAIL: "ebok@example.com"}, {}),
}
"""Kinds that a person's card can take at once, what is typed, and what their row says then."""


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
    said: dict[str, Any] = {"complaint": about, "note": "Za wysoki rachunek."}
    return by_letter(client, RequestKind.COMPLAINT, **(said | more))
