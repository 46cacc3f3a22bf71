"""Clients with invoices and addresses for the tests of e-BOK and e-invoices, and the links sent to them."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from db.billing_run import run_billing
from db.engine import Database
from db.office import SYSTEM, House, Office
from db.operations.contacts import answer_question, start_contact
from db.records.clients import ClientKind
from db.records.ebok import Registration
from db.records.people import Channel, Role
from tests.conftest import PORTAL, START
from tests.db.builders import PESEL, Builder, BuiltClient, desk, rows

LATEST = "FAK/202610/0000001/102481/20261122"
EMAIL = "zaneta@example.com"
LINK = re.compile(re.escape(PORTAL) + r"(\S+)")


def billed(house: House, builder: Builder, number: str = "102481", **values: Any) -> BuiltClient:
    """Add a client whose October was billed on 22 November: their latest invoice is `LATEST`."""
    built = builder.client(number, tariff_group_id=builder.tariff(f"G{builder.next()}"), **values)
    builder.history(built.meter_id, {date(2026, 9, 30): 487, date(2026, 10, 31): 511})
    run_billing(house.office(SYSTEM), date(2026, 10, 1))
    return built


def typed(**values: object) -> Registration:
    """Return what the client 102481 types rightly, but for `values`."""
    right: dict[str, object] = {
        "kind": ClientKind.PERSON,
        "identity": PESEL,
        "client_number": "102481",
        "invoice": LATEST,
        "email": EMAIL,
        "login": "Zaneta.K",
    }
    return Registration(**(right | values))  # type: ignore[arg-type]  # each is of its field's type


def served(office: Office, number: str, channel: Channel = Channel.PHONE) -> Office:
    """Start a contact with a client and return the door tied to it."""
    return office.for_contact(office.do(start_contact, number, channel).id)


def verified(house: House, builder: Builder, built: BuiltClient, channel: Channel = Channel.PHONE) -> Office:
    """Return the door of a new agent with a caller who has proved level 3."""
    agent = served(desk(house, builder, Role.AGENT), built.number, channel)
    contact = agent.contact_id or 0
    digits = dict(enumerate(PESEL, 1))
    state = agent.do(answer_question, contact, "client_number", built.number)
    agent.do(answer_question, contact, "meter_number", built.meter)
    asked = "".join(digits[place] for place in state.pesel_positions)
    assert agent.do(answer_question, contact, "pesel_digits", asked).level == 3
    return agent


def links(database: Database) -> list[str]:
    """Return the codes of the links in the mails that were queued, oldest first."""
    bodies = (row["body"] for row in rows(database, "outgoing_message"))
    return [found[1] for body in bodies if (found := LINK.search(body))]


def mails(database: Database) -> list[tuple[str, str, str]]:
    """Return kind, address and subject of the mails that were queued, oldest first."""
    return [(row["kind"].value, row["address"], row["subject"]) for row in rows(database, "outgoing_message")]


def request(builder: Builder, built: BuiltClient, kind: str, **values: object) -> int:
    """Add the row of a request, as a verified caller's unless told otherwise."""
    row: dict[str, object] = {
        "number": f"W/2026/{builder.next():05d}",
        "kind": kind,
        "state": "submitted",
        "client_id": built.id,
        "channel": Channel.PHONE,
        "submitted_at": START,
        "verified_level": 3,
        "received_on": date(2026, 11, 22),
        "deadline": date(2026, 12, 6),
        "note": "",
        "version": 1,
    }
    return builder.add("request", **(row | values))
