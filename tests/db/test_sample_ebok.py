"""Accounts in e-BOK and e-invoices of the sample town: in every state, and true to the rules."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from db.check import check_database
from db.office import SYSTEM, House
from db.queries.clients import client_card
from db.queries.worklists import work_counts
from db.records.ebok import EInvoiceState, PortalState
from db.records.mail import MailState
from db.rules.working_days import is_working_day, polish_holidays
from db.sample.cast import HERO
from db.sample.town import make_town
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder, rows

CLIENTS = 500


@pytest.fixture
def town(house: House, builder: Builder, clock: TestClock) -> House:
    builder.staff()
    make_town(house, clients=CLIENTS, years=1, seed=1, billed=1)
    return house


def test_a_third_has_an_account_and_every_state_is_there(town: House) -> None:
    accounts, einvoices = rows(town.database, "portal_account"), rows(town.database, "einvoice")
    assert 0.25 < len(accounts) / CLIENTS < 0.38
    assert {row["state"] for row in accounts} == set(PortalState)
    states = Counter(row["state"] for row in einvoices)
    assert states.keys() == set(EInvoiceState)
    assert states[EInvoiceState.ACTIVE] > 0.7 * len(einvoices)
    counts = town.office(SYSTEM).read(work_counts)
    assert 0 < counts.unconfirmed_emails < 20
    # the cast's own business with a wrong number, if any, beside nobody else
    assert counts.failing_nip < 5


def test_the_hero_is_the_example_of_the_screens(town: House) -> None:
    card = town.office(SYSTEM).read(client_card, HERO)
    assert card.portal is not None
    assert card.einvoice is not None
    assert (card.portal.state, card.einvoice.state) == (PortalState.ACTIVE, EInvoiceState.ACTIVE)
    assert card.einvoice.email_confirmed
    assert not {"einvoice_unchecked", "einvoice_unconfirmed"} & {alert.code for alert in card.alerts}


def test_the_town_keeps_the_rules(town: House) -> None:
    holidays = {day for year in range(2023, 2028) for day in polish_holidays(year)}
    consents = Counter(row["einvoice_id"] for row in rows(town.database, "einvoice_consent"))
    starts: dict[int, date] = {}
    for row in rows(town.database, "einvoice"):
        first, state = row["active_from"], row["state"]
        assert (first is None) == (state is EInvoiceState.REQUESTED)
        if first is not None:
            assert is_working_day(first, holidays)
            assert row["confirmed_at"].date() < first
            assert (first > TODAY) == (state is EInvoiceState.CONFIRMED)
        assert consents[row["id"]] == (2 if state is EInvoiceState.WITHDRAWN else 1)
        if state in (EInvoiceState.ACTIVE, EInvoiceState.CONFIRMED):
            starts[row["client_id"]] = first
    invoices = rows(town.database, "invoice")
    mailed = {row["id"] for row in invoices if row["by_email"]}
    assert 0.05 < len(mailed) / len(invoices) < 0.35
    for row in invoices:
        begun = row["client_id"] in starts and starts[row["client_id"]] <= row["issued_on"]
        assert row["by_email"] == begun
    messages = [row for row in rows(town.database, "outgoing_message") if row["kind"].value == "invoice"]
    assert len(messages) == len(mailed)
    assert {row["state"] for row in messages} == {MailState.SENT}
    broken = {check.name for check in check_database(town).checks if not check.ok}
    assert broken <= {"administrator"}
