"""Amounts as people type them, and those that are never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.rules.amount_entry import parse_amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12", "12.00"),
        ("12,50", "12.50"),
        ("12.50", "12.50"),
        (" 12,5 ", "12.50"),
        ("1 234,56", "1234.56"),
        ("1\u00a0234,56", "1234.56"),
        ("1\u202f234\u202f567", "1234567.00"),
        ("0,01", "0.01"),
        ("0", "0.00"),
        ("12,50 zł", "12.50"),
        ("12.50PLN", "12.50"),
        ("999999999999.99", "999999999999.99"),
    ],
)
def test_amounts_that_are_read(text: str, amount: str) -> None:
    assert str(parse_amount(text)) == amount


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Type the amount"),
        ("zł", "Type the amount"),
        ("-1", "above zero"),
        ("−1,50", "above zero"),
        ("1,234", "two ways"),
        ("1.234", "two ways"),
        ("1.234,56", "two ways"),
        ("1,234.56", "two ways"),
        ("1 234,567", "two ways"),
        ("12,", "cannot be read"),
        (",50", "cannot be read"),
        ("12,5555", "cannot be read"),
        ("1 23", "cannot be read"),
        ("12 34,00", "cannot be read"),
        ("1 234,5 6", "cannot be read"),
        ("1e3", "cannot be read"),
        ("NaN", "cannot be read"),
        ("١٢", "cannot be read"),
        ("10^12", "cannot be read"),
        ("1000000000000", "more than any amount"),
        ("1 000 000 000 000,00", "more than any amount"),
        ("12,50 eur", "cannot be read"),
    ],
)
def test_amounts_that_are_refused(text: str, words: str) -> None:
    with pytest.raises(WrongInput, match=words):
        parse_amount(text)


@given(st.integers(0, 10**14 - 1))
def test_every_amount_is_read_as_it_is_written(grosze: int) -> None:
    amount = Decimal(grosze).scaleb(-2)
    for text in (f"{amount:.2f}", f"{amount:.2f}".replace(".", ","), f"{amount:,.2f}".replace(",", " ")):
        assert parse_amount(text) == amount


@given(st.text(max_size=30))
def test_any_text_is_an_amount_of_whole_grosze_or_a_sentence(text: str) -> None:
    try:
        amount = parse_amount(text)
    except WrongInput:
        return
    assert amount == round(amount, 2) >= 0
