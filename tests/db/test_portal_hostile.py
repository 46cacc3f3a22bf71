"""What the portal may send that no database stores: it is refused by itself, and stops nothing else."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace

import pytest

from db.errors import NotFound, WrongInput
from db.office import SYSTEM, House
from db.operations.ebok import check_registration
from db.operations.request_batch import BatchResult, import_requests
from db.operations.requests import submit_request
from db.portal import confirm_email, note_login, portal_registrations
from db.queries.requests import request_view
from db.records.ebok import LinkResult, Registration
from db.records.people import Channel, Role
from db.records.requests import ComplaintAbout, ComplaintSubject, NewRequest, RequestField, RequestKind
from db.rules.request_file import parse_request_file
from tests.db.builders import Builder, desk, rows
from tests.db.ebok_desk import typed
from tests.db.request_desk import complaint

HOSTILE = ("a\0b", "\ud800x", "x" * 5_000, "e\u0301" * 60, "\u200b", "x" + "\u0301" * 2_000, "=cmd|x")
"""NUL, half a character, without end, decomposed, invisible, a tower of marks, a formula."""
REQUEST = {"external_id": "P-1", "client": "100001", "kind": "phone", "note": ""}
COMPLAINT = {"external_id": "C-1", "client": "100001", "kind": "complaint", "subject": "meter", "note": "źle"}
REGISTRATION = {
    "external_id": "R-1",
    "client": "100001",
    "kind": "ebok_registration",
    "client_kind": "person",
    "identity": "44051401359",
    "invoice": "FAK/1",
    "email": "a@example.com",
    "login": "zaneta",
}


def _entries() -> list[NewRequest | Registration]:
    """Return every hostile text in every place of an entry that the file lets pass."""
    entries: list[dict[str, object]] = []
    for at, text in enumerate(HOSTILE):
        for entry in (REQUEST, COMPLAINT | {"invoice": "", "meter": ""}, REGISTRATION):
            for name in entry:
                entries.append({**entry, "external_id": f"{at}/{name}/{entry['kind']}", name: text})
        for field in RequestField:
            place = REQUEST | {"kind": "name" if "name" in field else "mailing_address"}
            entries.append(place | {"external_id": f"{at}/{field}", "values": {field.value: text}})
    read = parse_request_file(json.dumps(entries).encode())
    return [one.request for one in read.requests]


def test_no_entry_of_the_portal_stops_the_others(house: House, builder: Builder) -> None:
    client, boss = builder.client("100001"), desk(house, builder, Role.SUPERVISOR)
    entries = _entries()
    for start in range(0, len(entries), 150):
        boss.do(import_requests, entries[start : start + 150])
    phone = {RequestField.PHONE: "600123456"}
    last = NewRequest(client.number, RequestKind.PHONE, phone, external_id="P-last")
    assert [entry.result for entry in boss.do(import_requests, [last])] == [BatchResult.TAKEN_IN]


def test_a_number_of_the_portal_is_the_same_however_it_is_composed(house: House, builder: Builder) -> None:
    client, boss = builder.client("100001"), desk(house, builder, Role.SUPERVISOR)
    results = []
    for external in ("zażółć", "zaz\u0307o\u0301łc\u0301", "zażółć\u200b"):
        entry = REQUEST | {"client": client.number, "external_id": external, "values": {"phone": "600123456"}}
        read = parse_request_file(json.dumps([entry]).encode())
        results += [one.result for one in boss.do(import_requests, [read.requests[0].request])]
    assert results == [BatchResult.TAKEN_IN, BatchResult.KNOWN, BatchResult.KNOWN]
    invisible = json.dumps([REQUEST | {"external_id": "\u200b"}]).encode()
    assert len(parse_request_file(invisible).faults) == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_the_portals_own_doors_answer_whatever_comes(house: House, builder: Builder, text: str) -> None:
    builder.client("102481")
    portal, agent = house.office(SYSTEM), desk(house, builder)
    for field in ("identity", "client_number", "invoice", "email", "login", "external_id"):
        registration = typed(**{"external_id": "R-1", field: text})
        (outcome,) = portal.do(portal_registrations, [registration])
        assert outcome.account is None
        with contextlib.suppress(WrongInput):
            assert not agent.do(check_registration, replace(registration, channel=Channel.LETTER)).ok
    assert portal.do(confirm_email, text).result is LinkResult.UNKNOWN
    with pytest.raises((NotFound, WrongInput)):
        portal.do(note_login, text)
    assert rows(house.database, "portal_account") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_what_nobody_has_is_not_found(house: House, builder: Builder, text: str) -> None:
    client, agent = builder.client("100001"), desk(house, builder)
    with pytest.raises(NotFound):
        agent.do(submit_request, replace(complaint(client, _ABOUT), client_number=text))
    with pytest.raises(NotFound):
        agent.read(request_view, f"W/{text}")
    for about in (replace(_ABOUT, invoice=f"FAK/{text}"), replace(_ABOUT, meter=f"8{text}")):
        with pytest.raises(WrongInput):
            agent.do(submit_request, complaint(client, about))


_ABOUT = ComplaintAbout(ComplaintSubject.METER)
