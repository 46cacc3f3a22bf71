"""Dial states as people type them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.rules.dial import (
    format_state,
    parse_state,
    rollover_consumption,
)


@pytest.mark.parametrize(
    ("typed", "state"),
    [
        ("487", 487),
        ("00487", 487),
        ("0", 0),
        (" 1 234 ", 1234),
        ("00 487", 487),
        ("1 234 567", 1_234_567),
        ("12\u00a0345", 12345),
        ("12\u202f345", 12345),
        ("487123", 487_123),
        ("999999999", 999_999_999),
    ],
)
def test_states(typed: str, state: int) -> None:
    assert parse_state(typed) == state


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type the state"),
        ("   ", "Type the state"),
        ("12,5", "Black digits only"),
        ("12.5", "Black digits only"),
        ("1 234,567", "Black digits only"),
        (",5", "Black digits only"),
        ("-5", "negative"),
        ("- 5", "negative"),
        ("−5", "negative"),
        ("48a", "digits only"),
        ("o487", "digits only"),
        ("+487", "digits only"),
        ("4e3", "digits only"),
        ("٤٨٧", "digits only"),
        ("½", "digits only"),
        ("2 95", "without spaces"),
        ("1234 567", "without spaces"),
        ("487 502 1", "without spaces"),
        ("4 8 7", "without spaces"),
        ("1000000000", "10 digits are more"),
        ("1" * 5000, "5000 digits are more"),
    ],
)
def test_refused(typed: str, says: str) -> None:
    with pytest.raises(WrongInput, match=says):
        parse_state(typed)


@given(st.integers(0, 10**9 - 1), st.integers(1, 9))
def test_what_is_written_can_be_read(state: int, digits: int) -> None:
    assert parse_state(format_state(state, digits)) == state


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    with suppress(WrongInput):
        assert parse_state(text) >= 0


def test_consumption_over_the_end_of_the_dial() -> None:
    assert rollover_consumption(99_995, 7, 5) == 12
    assert rollover_consumption(9_995, 7, 4) == 12
