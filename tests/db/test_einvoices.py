"""e-invoices from consent to withdrawal, and the consents that are kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from db.doors import SYSTEM_ONLY, operation
from db.errors import NotAllowed, Refused
from db.office import SYSTEM, House
from db.operations.einvoice import activate_due, activate_einvoice, withdraw_einvoice
from db.operations.einvoice_life import (
    apply_einvoice_email,
    apply_einvoice_off,
    apply_einvoice_on,
)
from db.operations.request_decisions import decide_request
from db.operations.requests import submit_and_apply, submit_request
from db.portal import confirm_email
from db.queries.clients import client_card
from db.queries.einvoice import einvoice_of
from db.records.ebok import EInvoiceState, EInvoiceView, LinkResult
from db.records.people import Channel, Role
from db.records.requests import NewRequest, RequestField, RequestKind
from db.work import Work
from tests.conftest import TestClock
from tests.db.builders import Builder, BuiltClient, desk, rows
from tests.db.ebok_desk import links, mails, request, served, verified

Apply = Callable[..., None]


@operation(roles=SYSTEM_ONLY)
def applied(
    work: Work, function: Apply, request_id: int, client_id: int, email: str = "", point: int | None = None
) -> None:
    """Apply a request as the office does."""
    values = {RequestField.EMAIL: email} if email else {}
    function(work, request_id, client_id, values, point)


def do(
    house: House, builder: Builder, built: BuiltClient, what: Apply, email: str = "", **values: object
) -> int:
    """Apply a new request for this and return its id."""
    key = request(builder, built, what.__name__.removeprefix("apply_"), **values)
    house.office(SYSTEM).do(applied, what, key, built.id, email)
    return key


def seen(house: House, built: BuiltClient) -> EInvoiceView:
    view = house.office(SYSTEM).read(einvoice_of, built.number)
    assert view is not None
    return view


def test_a_verified_callers_consent_is_the_confirmation(house: House, builder: Builder) -> None:
    built = builder.client()
    contact = builder.add(
        "contact", client_id=built.id, staff_id=builder.staff().id, channel=Channel.PHONE,
        started_at=house.clock(), note="",
    )  # fmt: skip
    agent = builder.staff()
    key = do(
        house, builder, built, apply_einvoice_on, "Jan@Example.com", submitted_by=agent.id, contact_id=contact
    )
    view = seen(house, built)
    # a Sunday: the next working day is Monday
    assert (view.state, view.active_from) == (EInvoiceState.CONFIRMED, date(2026, 11, 23))
    assert (view.email, view.email_confirmed) == ("j***@example.com", False)
    (consent,) = rows(house.database, "einvoice_consent")
    assert (consent["given"], consent["channel"], consent["staff_id"]) == (True, Channel.PHONE, agent.id)
    assert (consent["contact_id"], consent["text_version"]) == (contact, "EF/2026/1")
    (point,) = rows(house.database, "contact_point")
    assert (point["id"], point["value"]) == (consent["point_id"], "jan@example.com")
    assert rows(house.database, "einvoice")[0]["request_id"] == key
    assert mails(house.database) == [
        ("request", "jan@example.com", "e-Faktura od dnia 23 listopada 2026 r."),
        ("confirm_email", "jan@example.com", "Potwierdzenie adresu e-mail"),
    ]


@pytest.mark.parametrize(
    ("channel", "level"),
    [(Channel.EBOK, 0), (Channel.LETTER, 0), (Channel.EMAIL, 0), (Channel.PHONE, 2)],
)
def test_everybody_else_opens_the_link_first(
    house: House, builder: Builder, clock: TestClock, channel: Channel, level: int
) -> None:
    built = builder.client()
    builder.contact_point(built.id, "email", "a@example.com", verified_on=date(2026, 1, 1))
    do(house, builder, built, apply_einvoice_on, channel=channel, verified_level=level)
    assert (seen(house, built).state, seen(house, built).active_from) == (EInvoiceState.REQUESTED, None)
    clock.now = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)  # half past midnight on Tuesday in Warsaw
    told = house.office(SYSTEM).do(confirm_email, links(house.database)[0])
    assert (told.result, told.einvoice_from) == (LinkResult.CONFIRMED, date(2026, 11, 25))
    assert seen(house, built).state is EInvoiceState.CONFIRMED
    assert mails(house.database)[-1][2] == "e-Faktura od dnia 25 listopada 2026 r."


def test_the_first_confirmed_address_is_taken_unless_one_is_named(house: House, builder: Builder) -> None:
    built = builder.client()
    builder.contact_point(built.id, "email", "old@example.com")
    builder.contact_point(built.id, "email", "good@example.com", verified_on=date(2026, 1, 1))
    do(house, builder, built, apply_einvoice_on)
    assert seen(house, built).email == "g***@example.com"
    assert [kind for kind, *_ in mails(house.database)] == ["request"]  # nothing to confirm


def test_without_any_address_nothing_begins(house: House, builder: Builder) -> None:
    built = builder.client()
    with pytest.raises(Refused, match="no e-mail address on file"):
        do(house, builder, built, apply_einvoice_on)


def test_a_caller_finishes_what_the_portal_began(house: House, builder: Builder) -> None:
    """The link was lost: the verified caller agrees on the phone, with another address."""
    built = builder.client()
    do(house, builder, built, apply_einvoice_on, "a@example.com", channel=Channel.EBOK, verified_level=0)
    do(house, builder, built, apply_einvoice_on, "b@example.com")
    assert len(rows(house.database, "einvoice")) == 1
    assert (seen(house, built).state, seen(house, built).email) == (
        EInvoiceState.CONFIRMED,
        "b***@example.com",
    )
    assert len(rows(house.database, "einvoice_consent")) == 2
    with pytest.raises(Refused, match="switched on already"):
        do(house, builder, built, apply_einvoice_on)


def test_another_address_goes_on_at_once_and_is_sent_its_link(house: House, builder: Builder) -> None:
    built = builder.client()
    do(house, builder, built, apply_einvoice_on, "a@example.com")
    do(house, builder, built, apply_einvoice_email, "b@example.com")
    view = seen(house, built)
    assert (view.state, view.email, view.email_confirmed) == (
        EInvoiceState.CONFIRMED,
        "b***@example.com",
        False,
    )
    assert mails(house.database)[-1][:2] == ("confirm_email", "b@example.com")
    house.office(SYSTEM).do(confirm_email, links(house.database)[-1])
    assert seen(house, built).email_confirmed


def test_a_withdrawal_ends_it_today_and_a_new_consent_begins_anew(
    house: House, builder: Builder, clock: TestClock
) -> None:
    built = builder.client()
    with pytest.raises(Refused, match="switch it on first"):
        do(house, builder, built, apply_einvoice_off)
    do(house, builder, built, apply_einvoice_on, "a@example.com")
    do(house, builder, built, apply_einvoice_off)
    view = seen(house, built)
    assert (view.state, view.withdrawn_from) == (EInvoiceState.WITHDRAWN, date(2026, 11, 22))
    assert mails(house.database)[-1][2] == "Rezygnacja z e-Faktury"
    do(house, builder, built, apply_einvoice_on, "a@example.com")
    assert seen(house, built).state is EInvoiceState.CONFIRMED
    states = [row["state"] for row in rows(house.database, "einvoice")]
    assert states == [EInvoiceState.WITHDRAWN, EInvoiceState.CONFIRMED]
    assert [row["given"] for row in rows(house.database, "einvoice_consent")] == [True, False, True]


def test_off_and_on_again_is_no_way_round_four_eyes(house: House, builder: Builder, clock: TestClock) -> None:
    built = builder.client()
    do(house, builder, built, apply_einvoice_on, "a@example.com")
    do(house, builder, built, apply_einvoice_off)
    with pytest.raises(Refused, match="another person approves that"):
        do(house, builder, built, apply_einvoice_on, "b@example.com")
    assert seen(house, built).state is EInvoiceState.WITHDRAWN
    clock.forward(days=30)
    do(house, builder, built, apply_einvoice_on, "b@example.com")
    assert seen(house, built).state is EInvoiceState.CONFIRMED


def test_the_job_activates_on_the_day_and_once(house: House, builder: Builder, clock: TestClock) -> None:
    built = builder.client()
    do(house, builder, built, apply_einvoice_on, "a@example.com")
    office = house.office(SYSTEM)
    assert office.do(activate_due) == 0
    clock.forward(days=1)
    before = len(rows(house.database, "audit_entry"))
    assert [office.do(activate_due), office.do(activate_due)] == [1, 0]
    assert seen(house, built).state is EInvoiceState.ACTIVE
    assert len(rows(house.database, "audit_entry")) == before + 1


def test_the_card_tells_when_the_address_of_e_invoices_was_taken_away(house: House, builder: Builder) -> None:
    built = builder.client("102481")
    caller = verified(house, builder, built)
    caller.do(activate_einvoice, built.number, email="stary@example.com")
    (point,) = rows(house.database, "contact_point")
    new = {RequestField.EMAIL: "nowy@example.com"}
    caller.do(submit_and_apply, NewRequest(built.number, RequestKind.EMAIL, new, point_id=point["id"]))
    assert "einvoice_removed" in {alert.code for alert in caller.read(client_card, built.number).alerts}
    back = {RequestField.EMAIL: "stary@example.com"}
    caller.do(submit_and_apply, NewRequest(built.number, RequestKind.EMAIL, back))
    asked = caller.do(submit_request, NewRequest(built.number, RequestKind.EINVOICE_EMAIL, back))
    desk(house, builder, Role.SUPERVISOR).do(decide_request, asked.line.id, approve=True)
    assert "einvoice_removed" not in {alert.code for alert in caller.read(client_card, built.number).alerts}


def test_the_card_tells_of_e_invoices_and_what_is_doubtful(house: House, builder: Builder) -> None:
    built = builder.client("102481")
    do(house, builder, built, apply_einvoice_on, "zaneta@example.com", channel=Channel.EBOK)
    agent = served(desk(house, builder), built.number)
    card = agent.read(client_card, built.number)
    assert card.einvoice is not None
    assert card.einvoice.email == "z***@example.com"
    assert card.portal is None
    assert "einvoice_unconfirmed" in {alert.code for alert in card.alerts}
    known = verified(house, builder, built)
    shown = known.read(client_card, built.number).einvoice
    assert shown is not None
    assert shown.email == "zaneta@example.com"


def test_an_agent_switches_on_and_off_on_a_verified_call(house: House, builder: Builder) -> None:
    built = builder.client("102481")
    builder.contact_point(built.id, "email", "zaneta@example.com", verified_on=date(2026, 1, 1))
    agent = verified(house, builder, built)
    told = agent.do(activate_einvoice, "102481")
    assert (told.active_from, told.view.email) == (date(2026, 11, 23), "zaneta@example.com")
    (filed,) = rows(house.database, "request")
    assert (told.request_number, filed["state"].value) == (filed["number"], "applied")
    (consent,) = rows(house.database, "einvoice_consent")
    assert (consent["contact_id"], consent["staff_id"]) == (agent.contact_id, agent.actor.id)
    with pytest.raises(Refused):
        agent.do(activate_einvoice, "102481")
    assert agent.do(withdraw_einvoice, "102481").state is EInvoiceState.WITHDRAWN
    with pytest.raises(Refused, match="another person approves that"):
        agent.do(activate_einvoice, "102481", email="new@example.com")
    again = agent.do(activate_einvoice, "102481")
    assert again.view.email == "zaneta@example.com"


def test_an_unverified_caller_switches_nothing(house: House, builder: Builder) -> None:
    built = builder.client("102481")
    builder.contact_point(built.id, "email", "zaneta@example.com")
    agent = served(desk(house, builder), built.number)
    for what in (activate_einvoice, withdraw_einvoice):
        with pytest.raises(NotAllowed, match="not verified"):
            agent.do(what, "102481")
    writing = verified(house, builder, built, Channel.EMAIL)
    with pytest.raises(Refused, match="confirms by a link"):
        writing.do(activate_einvoice, "102481")
    assert rows(house.database, "einvoice") == []


def test_another_address_takes_four_eyes_and_the_old_one_is_told(house: House, builder: Builder) -> None:
    built = builder.client("102481")
    agent, boss = verified(house, builder, built), desk(house, builder, Role.SUPERVISOR)
    agent.do(activate_einvoice, "102481", email="old@example.com")
    wanted = NewRequest("102481", RequestKind.EINVOICE_EMAIL, {RequestField.EMAIL: "New@Example.com"})
    with pytest.raises(Refused):
        agent.do(submit_and_apply, wanted)
    view = agent.do(submit_request, wanted)
    assert mails(house.database)[-1][:2] == ("notice", "old@example.com")
    with pytest.raises(NotAllowed):
        agent.do(decide_request, view.line.id, approve=True)
    boss.do(decide_request, view.line.id, approve=True)
    shown = agent.read(einvoice_of, "102481")
    assert shown is not None
    assert (shown.email, shown.state, shown.active_from) == (
        "new@example.com",
        EInvoiceState.CONFIRMED,
        date(2026, 11, 23),
    )
    given = [(row["point_id"], row["channel"]) for row in rows(house.database, "einvoice_consent")]
    points = {row["value"]: row["id"] for row in rows(house.database, "contact_point")}
    assert given == [(points["old@example.com"], Channel.PHONE), (points["new@example.com"], Channel.PHONE)]


def test_a_letter_that_was_approved_waits_for_the_link(house: House, builder: Builder) -> None:
    builder.client("102481")
    agent, boss = desk(house, builder), desk(house, builder, Role.SUPERVISOR)
    letter = NewRequest(
        "102481", RequestKind.EINVOICE_ON, {RequestField.EMAIL: "a@example.com"}, channel=Channel.LETTER
    )
    view = agent.do(submit_request, letter)
    boss.do(decide_request, view.line.id, approve=True)
    (row,) = rows(house.database, "einvoice")
    assert (row["state"], row["request_id"]) == (EInvoiceState.REQUESTED, view.line.id)
    house.office(SYSTEM).do(confirm_email, links(house.database)[0])
    assert rows(house.database, "einvoice")[0]["state"] is EInvoiceState.CONFIRMED
    assert rows(house.database, "einvoice_consent")[0]["staff_id"] == agent.actor.id
