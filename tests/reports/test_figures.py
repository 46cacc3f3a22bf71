"""Amounts and quantities as a Polish office writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.documents.figures import account, figure, money, percent
from reports.documents.words import NBSP, tied


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        ("0", 2, "0,00"),
        ("-0.00", 2, "0,00"),
        ("1234567.5", 2, "1 234 567,50"),
        ("-12.30", 2, "−12,30"),
        ("5.8425", 2, "5,8425"),
        ("14.066", 3, "14,066"),
        ("22", 0, "22"),
        ("22.000", 0, "22"),
        ("1.5333", 0, "1,5333"),
        ("1E+3", 2, "1 000,00"),
    ],
)
def test_figures_lose_nothing_and_have_a_comma(value: str, places: int, shown: str) -> None:
    assert figure(Decimal(value), places) == shown.replace(" ", NBSP)


def test_units_are_tied_to_their_figures() -> None:
    assert money(Decimal("1234.5")) == f"1{NBSP}234,50{NBSP}zł"
    assert percent(Decimal("8.00")) == "8%"
    assert percent(Decimal("9.25")) == "9,25%"


def test_an_account_is_grouped_and_never_torn_and_what_is_none_stays() -> None:
    assert account("69109010987777600000123456").split(NBSP) == [
        "69",
        *["1090", "1098", "7777", "6000", "0012", "3456"],
    ]
    assert account("x") == "x"


def test_a_postcode_stays_with_its_town() -> None:
    assert tied("ul. Wodna 3, 43-400 Mirowice") == f"ul. Wodna 3, 43-400{NBSP}Mirowice"
