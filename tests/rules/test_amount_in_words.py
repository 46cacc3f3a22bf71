"""Amounts in Polish words."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.amount_in_words import amount_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "zero złotych, zero groszy"),
        ("1", "jeden złoty, zero groszy"),
        ("2", "dwa złote, zero groszy"),
        ("5", "pięć złotych, zero groszy"),
        ("12", "dwanaście złotych, zero groszy"),
        ("14.14", "czternaście złotych, czternaście groszy"),
        ("21.21", "dwadzieścia jeden złotych, dwadzieścia jeden groszy"),
        ("22.22", "dwadzieścia dwa złote, dwadzieścia dwa grosze"),
        ("100", "sto złotych, zero groszy"),
        ("101.01", "sto jeden złotych, jeden grosz"),
        ("112", "sto dwanaście złotych, zero groszy"),
        ("122", "sto dwadzieścia dwa złote, zero groszy"),
        ("123.56", "sto dwadzieścia trzy złote, pięćdziesiąt sześć groszy"),
        ("1000", "tysiąc złotych, zero groszy"),
        ("1002.02", "tysiąc dwa złote, dwa grosze"),
        ("2000", "dwa tysiące złotych, zero groszy"),
        ("22000.10", "dwadzieścia dwa tysiące złotych, dziesięć groszy"),
        ("1000000", "milion złotych, zero groszy"),
        ("1234567.89", "milion dwieście trzydzieści cztery tysiące pięćset sześćdziesiąt siedem złotych,"
         " osiemdziesiąt dziewięć groszy"),
        ("-12.34", "minus dwanaście złotych, trzydzieści cztery grosze"),
        ("-0.01", "minus zero złotych, jeden grosz"),
        ("-0.00", "zero złotych, zero groszy"),
        ("348.7", "trzysta czterdzieści osiem złotych, siedemdziesiąt groszy"),
    ],
)  # fmt: skip
def test_words(amount: str, words: str) -> None:
    assert amount_in_words(Decimal(amount)) == words


def test_a_part_of_a_grosz_has_no_words() -> None:
    with pytest.raises(ValueError, match="grosze"):
        amount_in_words(Decimal("0.005"))


FORMS = {"złotych": "many", "złote": "few", "złoty": "one", "groszy": "many", "grosze": "few", "grosz": "one"}


def form(number: int) -> str:
    """Polish: 1; 2-4 but not 12-14 at the end; all others."""
    if number == 1:
        return "one"
    return "few" if number % 10 in (2, 3, 4) and number % 100 not in (12, 13, 14) else "many"


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_the_noun_follows_its_number(zlotys: int, grosze: int) -> None:
    words = amount_in_words(Decimal(f"{zlotys}.{grosze:02d}"))
    whole, part = words.split(", ")
    assert FORMS[whole.split()[-1]] == form(zlotys)
    assert FORMS[part.split()[-1]] == form(grosze)
