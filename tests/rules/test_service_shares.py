"""What was paid, divided over services: case by case, and as laws."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.service_shares import apportion, paid_shares


@pytest.mark.parametrize(
    ("whole", "exact", "unit", "shares"),
    [
        (14645, (5529_60, 8424_00, 691_20), 100, (5530, 8424, 691)),  # 146.45: .60 is cut off most
        (3, (100, 100, 100), 100, (1, 1, 1)),
        (10, (333, 333, 334), 100, (3, 3, 4)),
        (2, (50, 50, 50, 50), 100, (1, 1, 0, 0)),  # equal remainders: the first
        (7, (0, 650, 0), 100, (0, 7, 0)),  # no service that charged nothing
        (-5, (-250, -250), 100, (-2, -3)),
        (20, (3000, -1000), 100, (30, -10)),  # a correction: more water, less sewage
        (0, (3240, -3240), 100, (32, -32)),
        (1, (0, 0), 100, (1, 0)),  # rounding alone
        (9, (100, 100), 100, (5, 4)),  # further off than rounding: evenly
        (0, (), 100, ()),
    ],
)
def test_a_document_by_services(
    whole: int, exact: tuple[int, ...], unit: int, shares: tuple[int, ...]
) -> None:
    assert apportion(whole, exact, unit) == shares


@pytest.mark.parametrize(
    ("paid", "gross", "shares"),
    [
        (14645, (5530, 8424, 691), (5530, 8424, 691)),
        (0, (5530, 8424, 691), (0, 0, 0)),
        (1, (5530, 8424, 691), (0, 1, 0)),
        (10000, (5530, 8424, 691), (3776, 5752, 472)),
        (1, (1, 1), (1, 0)),
        (10, (30, -10), (15, -5)),
        (20, (30, -10), (30, -10)),
        (0, (30, -30), (0, 0)),
        (5, (0, 7, 0), (0, 5, 0)),
    ],
)
def test_a_payment_by_services(paid: int, gross: tuple[int, ...], shares: tuple[int, ...]) -> None:
    assert paid_shares(paid, gross) == shares


@pytest.mark.parametrize(("paid", "gross"), [(-1, (5, 5)), (11, (5, 5)), (1, (5, -5)), (-1, (-5, -5))])
def test_what_cannot_be_paid(paid: int, gross: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="cannot be paid"):
        paid_shares(paid, gross)


def test_a_unit_is_above_nothing() -> None:
    with pytest.raises(ValueError, match="no unit"):
        apportion(1, (1,), 0)


@given(st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=5), st.integers(1, 10**9), st.data())
def test_parts_of_a_document_sum_to_it_and_are_rounded_by_less_than_a_grosz(
    exact: list[int], unit: int, data: st.DataObject
) -> None:
    """So it is with every gross that is the rounded sum of its parts."""
    whole = data.draw(st.sampled_from([sum(exact) // unit, -(-sum(exact) // unit)]))
    shares = apportion(whole, exact, unit)
    assert sum(shares) == whole
    assert all(abs(share * unit - part) < unit for share, part in zip(shares, exact, strict=True))


@given(st.integers(-(10**9), 10**9), st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=5))
def test_parts_sum_to_the_whole_whatever_it_is(whole: int, exact: list[int]) -> None:
    assert sum(apportion(whole, exact, 100)) == whole


@given(st.lists(st.integers(-(10**8), 10**8), min_size=1, max_size=5).filter(lambda g: sum(g) > 0), st.data())
def test_what_was_paid_is_divided_whole_and_no_service_gets_more_than_its_own(
    gross: list[int], data: st.DataObject
) -> None:
    paid = data.draw(st.integers(0, sum(gross)))
    shares = paid_shares(paid, gross)
    assert sum(shares) == paid
    assert all(min(0, own) <= share <= max(0, own) for share, own in zip(shares, gross, strict=True))
    assert paid_shares(sum(gross), gross) == tuple(gross)
    assert paid_shares(0, gross) == (0,) * len(gross)
