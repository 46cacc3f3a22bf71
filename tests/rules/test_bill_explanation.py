"""What a bill says of itself, in Polish: the price that changed, of one supply point or of several."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from db.records.charges import UNITS, ChargeLine, Service
from db.rules.bill_explanation import explain


def _line(first: date, last: date, quantity: str, price: str) -> ChargeLine:
    amounts = (Decimal(quantity), UNITS[Service.WATER], Decimal(price), Decimal("1.00"), Decimal(8))
    return ChargeLine(Service.WATER, first, last, *amounts)


def _said(*lines: ChargeLine) -> str:
    told = explain(water=9, days=30, last=date(2026, 9, 30), lines=lines, before=(), estimated=False)
    return told[-1]


OLD = _line(date(2026, 9, 1), date(2026, 9, 10), "3", "5.00")
NEW = _line(date(2026, 9, 11), date(2026, 9, 30), "6", "6.00")
CHANGED = "Od 11.09.2026 metr sześcienny wody kosztuje netto 6,00 zł zamiast 5,00 zł."


def test_a_price_change_is_told() -> None:
    assert _said(OLD, NEW) == CHANGED


def test_a_price_change_of_two_supply_points_is_told_once_and_forwards() -> None:
    assert _said(OLD, NEW, OLD, NEW) == CHANGED


def test_two_supply_points_with_one_price_each_tell_of_no_change() -> None:
    assert _said(NEW, NEW).startswith("Rachunek obejmuje 30 dni")
