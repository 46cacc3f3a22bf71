"""Bills computed by hand, and estimates with what settles them."""

from __future__ import annotations

import json

import pytest

from db.rules.charges import quote
from db.rules.charges_description import parse_description
from tests.rules.bills_by_meters import METER_BILLS
from tests.rules.bills_by_prices import PRICE_BILLS
from tests.rules.charge_bills import BEFORE, OCTOBER, Bill, main, require_sound, shown_line, shown_vat

BILLS = METER_BILLS | PRICE_BILLS


@pytest.mark.parametrize("name", BILLS)
def test_a_bill_computed_by_hand(name: str) -> None:
    bill, expected = BILLS[name]
    charges = quote(parse_description(json.dumps(bill.description()).encode()))
    assert [*map(shown_line, charges.lines), *shown_vat(charges.totals)] == list(expected)
    require_sound(charges)
    assert not charges.estimated


def test_there_are_bills_enough() -> None:
    assert len(BILLS) >= 30


def test_the_days_are_those_between_the_readings() -> None:
    bill = Bill((main("07-31 487", "10-31 511"),), (BEFORE, OCTOBER))
    assert quote(parse_description(json.dumps(bill.description()).encode())).days == 92
