"""The client card: what it shows, what it masks, what it costs."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import NotFound
from db.office import House
from db.operations.contacts import answer_question, start_contact
from db.queries.clients import client_card, client_number_of_meter
from db.records.people import Channel
from tests.db.builders import Builder, counted, desk, last_access


@pytest.fixture
def builder(house: House) -> Builder:
    return Builder(house.database)


def test_a_card_shows_meters_with_history(house: House, builder: Builder) -> None:
    built = builder.household("102481")
    card = desk(house, builder).read(client_card, "102481")
    assert (card.number, card.name) == ("102481", "Kowalska Żaneta")
    assert card.supply_address is not None
    assert card.supply_address.line == "ul. Lipowa 4/12, 43-400 Przykładowo"
    meter = card.meters[0]
    assert meter.number == built.meter
    assert meter.last is not None
    assert (meter.last.state, meter.last.day) == (487, date(2026, 8, 31))
    assert len(meter.monthly) == 24
    assert meter.average_per_month is not None
    assert 3 < meter.average_per_month < 5
    assert meter.expected_low is not None
    assert meter.expected_high is not None
    assert 487 <= meter.expected_low < 498 < meter.expected_high
    print(card.timeline, card.alerts)


def test_everything_costs_a_bounded_number_of_statements(house: House, builder: Builder) -> None:
    built = builder.household("102481")
    office = desk(house, builder)
    with counted(house.database) as small:
        office.read(client_card, "102481")
    for at in range(12):
        key = builder.meter(built.point_id, f"7{at:07d}")
        builder.history(key, {date(2026, month, 28): month * 10 for month in range(1, 12)})
    with counted(house.database) as large:
        card = office.read(client_card, "102481")
    assert len(card.meters) == 13
    assert len(large) == len(small) <= 22


def test_start_and_verify(house: House, builder: Builder) -> None:
    built = builder.household("102481")
    builder.contact_point(built.id, "phone", "+48600123456")
    office = desk(house, builder)
    state = office.do(start_contact, "102481", Channel.PHONE)
    office = office.for_contact(state.id)
    state = office.do(answer_question, state.id, "client_number", "102481")
    state = office.do(answer_question, state.id, "meter_number", built.meter)
    assert state.level == 1
    card = office.read(client_card, "102481")
    assert card.pesel is not None
    assert card.pesel.masked
    assert card.contact is not None
    assert last_access(house.database)["contact_id"] == state.id
    assert office.read(client_number_of_meter, built.meter) == "102481"
    with pytest.raises(NotFound):
        office.read(client_card, "999999")
