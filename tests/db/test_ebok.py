"""e-BOK at the desk and from the portal: the checks, accounts, links, guesses."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from threading import Thread

import pytest

from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.office import SYSTEM, House, Office
from db.operations.contacts import answer_question, start_contact
from db.operations.ebok import (
    check_registration,
    lock_account,
    register_in_ebok,
    resend_link,
    unlock_account,
)
from db.operations.request_decisions import decide_request
from db.operations.requests import submit_and_apply, submit_request
from db.policy import Policy
from db.portal import confirm_email, note_first_login, note_login, portal_registrations
from db.queries.clients import client_card
from db.queries.ebok import portal_account_of
from db.records.clients import ClientKind
from db.records.ebok import (
    CheckResult,
    EInvoiceState,
    LinkOutcome,
    LinkResult,
    PortalAccountView,
    PortalState,
    RegistrationCheck,
    RegistrationOutcome,
)
from db.records.people import Channel, Role
from db.records.requests import NewRequest, RequestField, RequestKind
from tests import together
from tests.conftest import TestClock
from tests.db.builders import PESEL, Builder, BuiltClient, desk, rows
from tests.db.ebok_desk import EMAIL, LATEST, billed, links, mails, served, typed, verified

SECOND = "92071314764"


@pytest.fixture
def client(house: House, builder: Builder) -> BuiltClient:
    return billed(house, builder)


@pytest.fixture
def agent(house: House, builder: Builder, client: BuiltClient) -> Office:
    """An agent in a call with an unverified client 102481."""
    return served(desk(house, builder), client.number)


@pytest.fixture
def portal(house: House) -> Office:
    return house.office(SYSTEM)


def account(house: House) -> PortalAccountView:
    found = house.office(SYSTEM).read(portal_account_of, "102481")
    assert found is not None
    return found


def test_no_link_leads_to_the_page_of_the_example(agent: Office, house: House) -> None:
    unset = replace(agent, house=replace(house, policy=Policy()))
    with pytest.raises(Refused, match="portal_link"):
        unset.do(register_in_ebok, typed())
    assert rows(house.database, "portal_account") == rows(house.database, "email_token") == []


def test_a_registration_by_phone_sends_a_link_that_activates(
    agent: Office, portal: Office, house: House
) -> None:
    outcome = agent.do(register_in_ebok, typed())
    assert outcome.ok
    assert outcome.account is not None
    assert (outcome.account.state, outcome.account.login) == (PortalState.PENDING, "Zaneta.K")
    assert outcome.account.email == "z***@example.com"  # the caller is not verified
    assert mails(house.database) == [("activation", EMAIL, "e-BOK: potwierdzenie rejestracji konta")]
    (code,) = links(house.database)
    assert re.fullmatch("[0-9a-f]{64}", code)  # no sign that a shell or a mail program reads otherwise
    (token,) = rows(house.database, "email_token")
    assert token["sha256"] == sha256(code.encode()).hexdigest()
    assert code not in repr(rows(house.database, "audit_entry"))
    told = portal.do(confirm_email, f" {code}\n")
    assert told == LinkOutcome(LinkResult.CONFIRMED, "102481", PortalState.ACTIVE)
    (point,) = rows(house.database, "contact_point")
    assert point["verified_on"] is not None
    assert account(house).confirmed_at == house.clock()


def test_the_five_checks_tell_the_agent_and_make_nothing(
    agent: Office, builder: Builder, client: BuiltClient, house: House
) -> None:
    builder.add(
        "contract_party", contract_id=client.contract_id, position=2, last_name="Żółw", first_name="Jan",
        pesel=SECOND,
    )  # fmt: skip
    for values, what, result in (
        ({"identity": SECOND}, RegistrationCheck.IDENTITY, CheckResult.SECOND_PARTY),
        ({"invoice": LATEST.lower()}, RegistrationCheck.INVOICE, CheckResult.LOWER_CASE),
        ({"client_number": "4410"}, RegistrationCheck.CLIENT_NUMBER, CheckResult.WRONG_LENGTH),
        ({"email": "jan"}, RegistrationCheck.EMAIL, CheckResult.MALFORMED),
    ):
        outcome = agent.do(register_in_ebok, typed(**values))
        assert [pair for pair in outcome.checks if pair[1] is not CheckResult.OK] == [(what, result)]
        assert (outcome.ok, outcome.account) == (False, None)
        stored = repr(outcome)
        assert PESEL not in stored
        assert LATEST not in stored
    assert rows(house.database, "portal_account") == []
    assert rows(house.database, "verification_answer") == []  # none of it was a guess


def test_a_business_with_six_digits(house: House, builder: Builder) -> None:
    builder.client("4410", company_name="KOWAL-BUD", nip="5260250274")
    office = served(desk(house, builder), "4410")
    outcome = office.do(check_registration, typed(kind=ClientKind.BUSINESS, identity="5260250274"))
    found = dict(outcome.checks)
    assert found[RegistrationCheck.CLIENT_NUMBER] is CheckResult.WRONG_LENGTH
    assert found[RegistrationCheck.IDENTITY] is CheckResult.OK
    assert found[RegistrationCheck.INVOICE] is CheckResult.NO_INVOICE


def test_guesses_lock_as_wrong_answers_do(agent: Office, client: BuiltClient, house: House) -> None:
    for _ in range(2):
        agent.do(check_registration, typed(identity=SECOND))
    agent.do(answer_question, agent.contact_id or 0, "meter_number", "8999")
    with pytest.raises(NotAllowed, match="Too many wrong answers about this client"):
        agent.do(register_in_ebok, typed())
    card = agent.read(client_card, client.number)
    assert card.contact is not None
    assert card.contact.locked
    assert rows(house.database, "portal_account") == []


def test_what_was_guessed_stays_counted_in_another_contact(
    agent: Office, builder: Builder, house: House
) -> None:
    for _ in range(3):
        agent.do(check_registration, typed(identity=SECOND))
    other = served(desk(house, builder), "102481")
    with pytest.raises(NotAllowed, match="Too many wrong answers"):
        other.do(check_registration, typed())


def test_by_phone_it_needs_a_contact_and_by_letter_none(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    office = desk(house, builder)
    with pytest.raises(Refused, match="Start a contact"):
        office.do(check_registration, typed())
    assert office.do(register_in_ebok, typed(channel=Channel.LETTER)).ok
    (row,) = rows(house.database, "portal_account")
    assert (row["channel"], row["staff_id"]) == (Channel.LETTER, office.actor.id)


def test_the_contacts_client_is_meant_whatever_number_is_said(
    house: House, builder: Builder, client: BuiltClient
) -> None:
    builder.client("102482", pesel=SECOND)
    other = served(desk(house, builder), "102482")
    outcome = other.do(register_in_ebok, typed())
    assert dict(outcome.checks)[RegistrationCheck.CLIENT_NUMBER] is CheckResult.WRONG
    assert not outcome.ok


def test_a_login_is_taken_whatever_its_case(
    agent: Office, house: House, builder: Builder, portal: Office
) -> None:
    agent.do(register_in_ebok, typed())
    built = billed(house, builder, "102482", pesel=SECOND)
    latest = rows(house.database, "invoice")[-1]["number"]
    other = served(desk(house, builder), built.number)
    theirs = {"identity": SECOND, "client_number": "102482", "invoice": latest}
    outcome = other.do(register_in_ebok, typed(**theirs, login="zaneta.K"))
    assert (outcome.login_taken, outcome.ok, outcome.account) == (True, False, None)
    assert other.do(register_in_ebok, typed(**theirs, login="zaneta.2")).ok
    with pytest.raises(WrongInput, match="A login of e-BOK"):
        other.do(check_registration, typed(login="ż ż"))


def test_a_login_taken_a_moment_ago_leaves_nothing_behind(
    agent: Office, house: House, builder: Builder, portal: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    agent.do(register_in_ebok, typed())
    built = billed(house, builder, "102482", pesel=SECOND)
    latest = rows(house.database, "invoice")[-1]["number"]
    for module in ("db.portal", "db.operations.ebok_accounts"):  # both looked before the first was there
        monkeypatch.setattr(f"{module}.login_owner", lambda *_: None)
    theirs = typed(identity=SECOND, client_number="102482", invoice=latest, email="inny@example.com")
    (outcome,) = portal.do(portal_registrations, [theirs])
    assert "login is taken" in outcome.problem
    assert rows(house.database, "contact_point", f"client_id = {built.id}") == []
    assert len(links(house.database)) == 1


def test_an_entry_that_two_take_in_at_once_sends_one_link(house: House, client: BuiltClient) -> None:
    found: list[RegistrationOutcome] = []
    start = together.barrier(3)

    def take() -> None:
        start.wait()
        found.extend(house.office(SYSTEM).do(portal_registrations, [typed(external_id="P-1")]))

    threads = together.threads_of(take, take, take)
    for thread in threads:
        thread.start()
    together.see_off(threads)
    assert [outcome.account is not None for outcome in found] == [True] * 3
    assert len(links(house.database)) == 1


def test_a_registration_never_confirmed_gives_way_an_active_account_does_not(
    agent: Office, portal: Office, house: House
) -> None:
    agent.do(register_in_ebok, typed())
    agent.do(register_in_ebok, typed(login="zaneta2", email="z2@example.com"))
    (row,) = rows(house.database, "portal_account")
    assert row["login"] == "zaneta2"
    old, new = links(house.database)
    # the first link confirms its address and nothing of the account that is another now
    assert portal.do(confirm_email, old).account is None
    assert portal.do(confirm_email, new).account is PortalState.ACTIVE
    with pytest.raises(Refused, match="has an account in e-BOK already"):
        agent.do(register_in_ebok, typed(login="zaneta3"))


def test_a_link_serves_once_and_for_two_days(
    agent: Office, portal: Office, house: House, clock: TestClock
) -> None:
    agent.do(register_in_ebok, typed())
    agent.do(resend_link, "102481")
    first, second = links(house.database)
    assert portal.do(confirm_email, first).result is LinkResult.REPLACED
    clock.now += timedelta(hours=48)
    assert portal.do(confirm_email, second).result is LinkResult.EXPIRED
    agent.do(resend_link, "102481")
    third = links(house.database)[-1]
    results = [portal.do(confirm_email, third).result for _ in range(2)]
    assert results == [LinkResult.CONFIRMED, LinkResult.USED]
    assert len(rows(house.database, "token_attempt")) == 3
    with pytest.raises(Refused, match="confirmed already"):
        agent.do(resend_link, "102481")


def test_two_who_open_the_same_link_at_once_confirm_it_once(agent: Office, house: House) -> None:
    agent.do(register_in_ebok, typed())
    (code,) = links(house.database)
    found: list[LinkResult] = []
    threads = [
        Thread(target=lambda: found.append(house.office(SYSTEM).do(confirm_email, code).result))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [LinkResult.CONFIRMED, *[LinkResult.USED] * 3]


def test_guessed_codes_are_counted_and_slowed_down(
    agent: Office, portal: Office, house: House, clock: TestClock
) -> None:
    agent.do(register_in_ebok, typed())
    (code,) = links(house.database)
    for guess in range(house.policy.link_guesses):
        assert portal.do(confirm_email, f"guess {guess}").result is LinkResult.UNKNOWN
    assert portal.do(confirm_email, code).result is LinkResult.TOO_MANY
    assert len(rows(house.database, "token_attempt")) == house.policy.link_guesses
    clock.forward(seconds=61)
    assert portal.do(confirm_email, code).result is LinkResult.CONFIRMED


def test_e_invoice_in_the_same_step_is_confirmed_by_the_same_link(
    agent: Office, portal: Office, house: House
) -> None:
    agent.do(register_in_ebok, typed(einvoice=True))
    assert len(mails(house.database)) == 1
    (einvoice,) = rows(house.database, "einvoice")
    assert einvoice["state"] is EInvoiceState.REQUESTED
    (code,) = links(house.database)
    told = portal.do(confirm_email, code)
    assert (told.account, str(told.einvoice_from)) == (PortalState.ACTIVE, "2026-11-23")
    assert rows(house.database, "einvoice_consent")[0]["contact_id"] == agent.contact_id


def test_locking_is_told_and_unlocking_asks_for_proof(
    agent: Office, portal: Office, house: House, builder: Builder, client: BuiltClient
) -> None:
    agent.do(register_in_ebok, typed())
    portal.do(confirm_email, links(house.database)[0])
    with pytest.raises(WrongInput, match="Say why"):
        agent.do(lock_account, "102481", " ")
    assert agent.do(lock_account, "102481", "stolen phone").state is PortalState.LOCKED
    assert mails(house.database)[-1] == ("notice", EMAIL, "e-BOK: konto zostało zablokowane")
    card = agent.read(client_card, "102481")
    assert "ebok_locked" in {alert.code for alert in card.alerts}
    for again in (lock_account, unlock_account):
        with pytest.raises((Refused, NotAllowed)):
            agent.do(again, "102481", "again")
    with pytest.raises(Refused, match="locked; unlock it first"):
        agent.do(resend_link, "102481")
    known = verified(house, builder, client)
    assert known.do(unlock_account, "102481", "found again").state is PortalState.ACTIVE


def test_a_locked_account_is_not_opened_by_its_link(agent: Office, portal: Office, house: House) -> None:
    agent.do(register_in_ebok, typed())
    agent.do(lock_account, "102481", "not by the client")
    told = portal.do(confirm_email, links(house.database)[0])
    assert (told.result, told.account) == (LinkResult.CONFIRMED, PortalState.LOCKED)
    assert account(house).state is PortalState.LOCKED


def test_a_batch_of_the_portal_taken_in_twice_registers_once(
    portal: Office, house: House, client: BuiltClient
) -> None:
    batch = [
        typed(external_id="p-1"),
        typed(external_id="p-2", client_number="999999"),
        typed(external_id="p-3", login="x"),
    ]
    first = portal.do(portal_registrations, batch)
    assert [outcome.ok for outcome in first] == [True, False, False]
    again = portal.do(portal_registrations, batch)
    assert again[0].account is not None
    assert again[0].account.login == "Zaneta.K"
    assert [outcome.ok for outcome in again] == [True, False, False]
    assert len(rows(house.database, "portal_account")) == 1
    assert len(links(house.database)) == 1
    (row,) = rows(house.database, "portal_account")
    assert (row["channel"], row["staff_id"], row["external_id"]) == (Channel.EBOK, None, "p-1")


def test_one_entry_of_a_batch_that_cannot_be_stops_no_other(
    portal: Office, house: House, client: BuiltClient
) -> None:
    portal.do(portal_registrations, [typed(external_id="p-1")])
    portal.do(confirm_email, links(house.database)[0])
    again, bad = portal.do(
        portal_registrations, [typed(external_id="p-4"), typed(external_id="p-5", login="?")]
    )
    assert (again.ok, "already" in again.problem) == (False, True)
    assert "A login of e-BOK" in bad.problem


def test_a_second_registration_in_the_portal_goes_by_its_own_number(
    portal: Office, house: House, client: BuiltClient
) -> None:
    portal.do(portal_registrations, [typed(external_id="p-1")])
    portal.do(portal_registrations, [typed(external_id="p-2", login="zaneta2")])
    portal.do(portal_registrations, [typed(external_id="p-2", login="zaneta2")])
    (row,) = rows(house.database, "portal_account")
    assert (row["login"], row["external_id"]) == ("zaneta2", "p-2")
    assert len(links(house.database)) == 2


def test_the_first_login_checks_the_address(agent: Office, portal: Office, house: House) -> None:
    agent.do(register_in_ebok, typed(einvoice=True))
    portal.do(confirm_email, links(house.database)[0])
    portal.do(note_first_login, "ZANETA.k", False)
    card = agent.read(client_card, "102481")
    codes = {alert.code for alert in card.alerts}
    assert {"einvoice_unchecked", "email_unconfirmed"} <= codes
    portal.do(note_first_login, "zaneta.k", True)
    portal.do(note_login, "zaneta.k")
    assert account(house).email_checked_at == house.clock()
    assert "einvoice_unchecked" not in {alert.code for alert in agent.read(client_card, "102481").alerts}
    with pytest.raises(NotFound):
        portal.do(note_login, "nobody")


def test_another_address_takes_four_eyes_and_the_old_one_is_told(
    house: House, builder: Builder, client: BuiltClient, agent: Office, portal: Office
) -> None:
    agent.do(register_in_ebok, typed())
    portal.do(confirm_email, links(house.database)[0])
    builder.contact_point(client.id, "email", "sure@example.com", date(2020, 1, 1))
    caller, boss = verified(house, builder, client), desk(house, builder, Role.SUPERVISOR)
    wanted = NewRequest("102481", RequestKind.EBOK_EMAIL, {RequestField.EMAIL: "new@example.com"})
    with pytest.raises(Refused, match="not applied at once"):
        caller.do(submit_and_apply, wanted)
    view = caller.do(submit_request, wanted)
    assert mails(house.database)[-1][:2] == ("notice", EMAIL)
    with pytest.raises(NotAllowed):
        caller.do(decide_request, view.line.id, approve=True)
    boss.do(decide_request, view.line.id, approve=True)
    assert mails(house.database)[-1][1] == "new@example.com"
    shown = boss.read(portal_account_of, "102481")
    assert shown is not None
    assert shown.email == "n***@example.com"


def test_a_contact_with_somebody_else_changes_no_account(
    agent: Office, house: House, builder: Builder
) -> None:
    builder.client("102482")
    stranger = desk(house, builder)
    other = stranger.for_contact(stranger.do(start_contact, "102482", Channel.PHONE).id)
    agent.do(register_in_ebok, typed())
    for what in (lock_account, unlock_account):
        with pytest.raises(Refused, match="is about the client 102482"):
            other.do(what, "102481", "mistaken")
    with pytest.raises(Refused, match="is about the client 102482"):
        other.do(resend_link, "102481")
