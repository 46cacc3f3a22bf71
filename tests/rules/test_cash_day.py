"""The day's cash, case by case: when it may be counted, signed for, opened again, booked into."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records.cash_day import CashEvent, CashState
from db.rules.cash_day import (
    LOOKED_BACK,
    booking_refusal,
    closing_refusal,
    counted_refusal,
    counting_refusal,
    reopening_refusal,
    signing_refusal,
    state_after,
    waits,
)

TODAY = date(2026, 11, 22)
OPEN, CLOSED, SIGNED = CashState.OPEN, CashState.CLOSED, CashState.SIGNED


@pytest.mark.parametrize(
    ("state", "days", "apart", "difference", "reason", "told"),
    [
        (OPEN, 0, False, "0", "", None),
        (OPEN, -1, False, "0", "", None),
        (OPEN, 1, False, "0", "", "still ahead"),
        (OPEN, -365, False, "0", "", None),
        (OPEN, -366, False, "0", "", "more than a year"),
        (CLOSED, 0, False, "0", "", None),
        (SIGNED, 0, False, "0", "", "signed for"),
        (SIGNED, 0, True, "1", "reszta", "signed for"),
        (OPEN, 0, True, "-5.00", "", "off what the ledger says"),
        (OPEN, 0, True, "-5.00", "  ", "off what the ledger says"),
        (OPEN, 0, True, "-5.00", "źle wydana reszta", None),
        (OPEN, 0, True, "0.01", "", "off what the ledger says"),
        (OPEN, 0, True, "0", "", "what came by card"),
        (OPEN, 0, True, "0", "kartą zamiast gotówki", None),
    ],
)
def test_counting(
    state: CashState, days: int, apart: bool, difference: str, reason: str, told: str | None
) -> None:
    refusal = closing_refusal(
        state,
        day=TODAY + timedelta(days=days),
        today=TODAY,
        apart=apart,
        difference=Decimal(difference),
        reason=reason,
    )
    assert (refusal is None) if told is None else (refusal is not None and told in refusal)


@pytest.mark.parametrize(
    ("own", "empty", "reason", "told"),
    [
        (False, False, " ", "beside why you count for %(agent)s"),
        (False, False, "reszta", None),
        (True, True, "znalezione", "nothing to count"),
        (False, True, "znalezione", "nothing to count"),
    ],
)
def test_counting_for_another_and_a_day_without_money(
    own: bool, empty: bool, reason: str, told: str | None
) -> None:
    refusal = closing_refusal(
        *(OPEN,),
        day=TODAY,
        today=TODAY,
        apart=True,
        difference=Decimal(5),
        reason=reason,
        own=own,
        empty=empty,
    )
    assert (refusal is None) if told is None else (refusal is not None and told in refusal)


@pytest.mark.parametrize(
    ("counted", "expected", "fine"),
    [("0", "10", True), ("-5", "10", False), ("-5", "0", False), ("-5", "-10", True), ("5", "-10", True)],
)
def test_a_till_is_below_zero_only_where_the_ledger_is(counted: str, expected: str, fine: bool) -> None:
    assert (counted_refusal(Decimal(counted), Decimal(expected)) is None) is fine


@pytest.mark.parametrize(
    ("own", "supervisor", "reason", "told"),
    [
        (True, False, "", None),
        (True, True, "", None),
        (False, True, "chora", None),
        (False, True, " ", "say why"),
        (False, False, "chora", "your own till"),
        (False, False, "", "your own till"),
    ],
)
def test_whose_till_is_counted_by_whom(own: bool, supervisor: bool, reason: str, told: str | None) -> None:
    refusal = counting_refusal(own=own, supervisor=supervisor, reason=reason)
    assert (refusal is None) if told is None else (refusal is not None and told in refusal)


@pytest.mark.parametrize(
    ("state", "supervisor", "own", "moved", "told"),
    [
        (CLOSED, True, False, False, None),
        (CLOSED, False, False, False, "A supervisor signs"),
        (CLOSED, True, True, False, "Four eyes"),
        (CLOSED, True, False, True, "counted again"),
        (OPEN, True, False, False, "not counted yet"),
        (OPEN, True, False, True, "not counted yet"),
        (SIGNED, True, False, False, "signed for already"),
        (SIGNED, True, False, True, "signed for already"),
        (SIGNED, True, True, False, "Four eyes"),
    ],
)
def test_signing(state: CashState, supervisor: bool, own: bool, moved: bool, told: str | None) -> None:
    refusal = signing_refusal(state, supervisor=supervisor, own=own, moved=moved)
    assert (refusal is None) if told is None else (refusal is not None and told in refusal)


@pytest.mark.parametrize(
    ("state", "own", "reason", "told"),
    [
        (SIGNED, False, "zła kwota", None),
        (CLOSED, False, "zła kwota", None),
        (OPEN, False, "zła kwota", "not counted yet"),
        (SIGNED, True, "zła kwota", "Four eyes"),
        (SIGNED, False, " ", "Say why"),
    ],
)
def test_opening_again(state: CashState, own: bool, reason: str, told: str | None) -> None:
    refusal = reopening_refusal(state, own=own, reason=reason)
    assert (refusal is None) if told is None else (refusal is not None and told in refusal)


@pytest.mark.parametrize(("state", "refused"), [(OPEN, False), (CLOSED, False), (SIGNED, True)])
def test_booking_into_a_day(state: CashState, refused: bool) -> None:
    assert (booking_refusal(state) is not None) is refused


@pytest.mark.parametrize(
    ("state", "days", "wanted"),
    [
        (OPEN, 0, False),
        (OPEN, -1, True),
        (CLOSED, 0, True),
        (CLOSED, -1, True),
        (SIGNED, 0, False),
        (SIGNED, -9, False),
    ],
)
def test_what_waits_for_a_signature(state: CashState, days: int, wanted: bool) -> None:
    assert waits(state, day=TODAY + timedelta(days=days), today=TODAY) is wanted


@given(st.lists(st.sampled_from(CashEvent)))
def test_only_the_last_step_tells_where_a_day_stands(events: list[CashEvent]) -> None:
    assert state_after(events) is (state_after(events[-1:]) if events else OPEN)
    for before, after in pairwise(events):
        assert state_after((before, after)) is state_after((after,))


def test_a_day_is_asked_for_as_long_as_money_may_be_dated_back() -> None:
    from db.operations.payments import BACK_DATED

    assert LOOKED_BACK == BACK_DATED
