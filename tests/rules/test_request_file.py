"""The portal's batch: what is read, and what says why it is not."""

from __future__ import annotations

import contextlib
import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.records.clients import ClientKind
from db.records.ebok import Registration
from db.records.people import Channel
from db.records.requests import ComplaintSubject, NewRequest, RequestField, RequestKind
from db.rules.request_file import parse_request_file

PHONE = {"external_id": "p-1", "client": "100001", "kind": "phone", "values": {"phone": "600 123 456"}}


def read(*entries: object) -> tuple[list[NewRequest | Registration], list[str]]:
    found = parse_request_file(json.dumps(entries).encode())
    return [one.request for one in found.requests], [fault.message % fault.params for fault in found.faults]


def test_json_and_csv_say_the_same() -> None:
    address = {"street": "Żółwia", "house": "7", "postal_code": "43-400", "town": "Przykładowo"}
    entries = [
        {**PHONE, "note": "proszę", "received": "2026-11-20", "effective": "2026-12-01"},
        {"external_id": "p-2", "client": "100002", "kind": "mailing_address", "values": address},
    ]
    table = (
        "external_id;client;kind;phone;note;received;effective;street;house;postal_code;town\n"
        "p-1;100001;phone;600 123 456;proszę;2026-11-20;2026-12-01;;;;\n"
        "p-2;100002;mailing_address;;;;;Żółwia;7;43-400;Przykładowo\n"
    )
    (first, second), faults = read(*entries)
    assert faults == []
    for encoding in ("utf-8", "utf-8-sig", "cp1250", "iso8859-2", "utf-16"):
        found = parse_request_file(table.encode(encoding))
        assert ([one.request for one in found.requests], found.faults) == ([first, second], ())
    assert isinstance(first, NewRequest)
    assert (first.channel, first.received_on, first.effective_on) == (
        Channel.EBOK,
        date(2026, 11, 20),
        date(2026, 12, 1),
    )
    assert first.values == {RequestField.PHONE: "600 123 456"}


def test_an_empty_text_clears_a_field_in_json_only() -> None:
    (request,), _faults = read({**PHONE, "values": {"phone": ""}})
    assert isinstance(request, NewRequest)
    assert request.values == {RequestField.PHONE: ""}
    found = parse_request_file(b"external_id,client,kind,phone\np-1,100001,phone,\n")
    (one,) = found.requests
    assert isinstance(one.request, NewRequest)
    assert one.request.values == {}


def test_complaints_and_registrations_have_keys_of_their_own() -> None:
    (complaint, registration), faults = read(
        {"external_id": "c", "client": "100001", "kind": "complaint", "subject": "bill", "invoice": "FAK/1"},
        {
            "external_id": "r",
            "client": "4410",
            "kind": "ebok_registration",
            "client_kind": "business",
            "identity": "526-025-02-74",
            "invoice": "FAK/2",
            "email": "biuro@example.org",
            "login": "kowal",
            "einvoice": True,
        },
    )
    assert faults == []
    assert isinstance(complaint, NewRequest)
    assert complaint.kind is RequestKind.COMPLAINT
    assert complaint.complaint is not None
    assert (complaint.complaint.subject, complaint.complaint.invoice) == (ComplaintSubject.BILL, "FAK/1")
    assert isinstance(registration, Registration)
    assert (registration.kind, registration.einvoice, registration.login) == (
        ClientKind.BUSINESS,
        True,
        "kowal",
    )


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ({**PHONE, "external_id": ""}, "external_id is missing."),
        ({**PHONE, "client": None}, "client is missing."),
        ({**PHONE, "kind": "telefon"}, "kind is one of"),
        ({**PHONE, "phones": "1"}, "phones: there is no such key for phone."),
        ({**PHONE, "values": {"fone": "1"}}, "values.fone: there is no such key for phone."),
        ({**PHONE, "values": ["phone"]}, "values: there is no such key"),
        ({**PHONE, "subject": "bill"}, "subject: there is no such key"),
        ({**PHONE, "received": "22.11.2026"}, "received is a day such as 2026-11-22, not 22.11.2026."),
        ({**PHONE, "effective": "2026-02-30"}, "effective is a day"),
        ({**PHONE, "channel": "fax"}, "channel is one of"),
        ({"external_id": "c", "client": "1", "kind": "complaint"}, "subject is one of"),
        (
            {**PHONE, "kind": "ebok_registration", "values": None, "client_kind": "person", "einvoice": "x"},
            "einvoice is true or false, not x.",
        ),
        ("a text", "The entry cannot be read: a text"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why_and_stops_no_other(entry: object, why: str) -> None:
    requests, faults = read(entry, PHONE)
    assert len(requests) == 1
    assert len(faults) == 1
    assert faults[0].startswith(why)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"{}", "no list"),
        (b"[1, ", "begins like JSON"),
        (b"[" * 100_000, "begins like JSON"),
        (b"client;kind\n1;phone\n", "no column external_id"),
        (b"x" * 16_000_001, "larger than"),
    ],
)
def test_what_is_no_such_file_is_refused(data: bytes, why: str) -> None:
    with pytest.raises(WrongInput, match=why):
        parse_request_file(data)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"[{text}".encode()))
def test_nothing_but_a_refusal_comes_of_any_bytes(data: bytes) -> None:
    with contextlib.suppress(WrongInput):
        parse_request_file(data)


@pytest.mark.parametrize(
    "header", [b'"external_id;client;kind\n1;2;3', b"external_id;client;kind;" + b"x" * 140_000]
)
def test_a_header_that_cannot_be_read_is_no_crash(header: bytes) -> None:
    with pytest.raises(WrongInput, match="names no columns"):
        parse_request_file(header)
