"""When mail is tried again: soon, then more and more seldom, for four days."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.rules.mail_tries import FIRST_WAIT, LONGEST_WAIT, MOST_TRIES, next_try
from tests.conftest import START


@given(st.integers(1, 1000), st.text(max_size=20))
def test_a_wait_stays_within_a_quarter_of_its_length(tries: int, seed: str) -> None:
    wait = next_try(START, tries, seed) - START
    usual = min(FIRST_WAIT * 2 ** min(tries - 1, 16), LONGEST_WAIT)
    assert usual * 0.75 <= wait <= usual * 1.25
    assert next_try(START, tries, seed) - START == wait


def test_what_failed_together_does_not_come_back_together() -> None:
    assert len({next_try(START, 3, f"<{number}@example.org>") for number in range(200)}) > 190


def test_all_tries_together_take_more_than_four_days() -> None:
    now = START
    for tries in range(1, MOST_TRIES):
        now = next_try(now, tries, "<1@example.org>")
    assert timedelta(days=3, hours=12) < now - START < timedelta(days=5)
