"""Interest for delay: computed by hand in the comments, and what holds for every interval."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import Refused
from db.rules.interest import (
    InterestRate,
    PartPayment,
    accrue,
    interest_for_delay,
    last_day_to_pay,
)
from db.rules.working_days import polish_holidays

RATES = (
    InterestRate(date(2025, 5, 8), Decimal("10.75")),
    InterestRate(date(2025, 10, 9), Decimal("10.00")),
    InterestRate(date(2025, 11, 6), Decimal("9.75")),
)
HOLIDAYS = frozenset(polish_holidays(2025)) | frozenset(polish_holidays(2026))
HUNDRED = Decimal("100.00")


def amount(principal: str, due: date, until: date, *payments: tuple[date, str]) -> Decimal:
    paid = [PartPayment(day, Decimal(part)) for day, part in payments]
    found = interest_for_delay(Decimal(principal), due, until, RATES, payments=paid, holidays=HOLIDAYS)
    return found.amount


@pytest.mark.parametrize(
    ("principal", "due", "until", "payments", "interest"),
    [
        # due Friday 10 Oct; paid in time: no day of delay
        ("1000.00", date(2025, 10, 10), date(2025, 10, 10), (), "0.00"),
        # one day: 1000 x 1/365 x 10 % = 0.27397
        ("1000.00", date(2025, 10, 10), date(2025, 10, 11), (), "0.27"),
        # 20 days of 10 %: 1000 x 20/365 x 0.10 = 5.47945
        ("1000.00", date(2025, 10, 10), date(2025, 10, 30), (), "5.48"),
        # due Saturday 11 Oct, so until Monday 13; 17 days (14 to 30 Oct): 4.65753
        ("1000.00", date(2025, 10, 11), date(2025, 10, 30), (), "4.66"),
        # due Tuesday 11 Nov, a holiday, so until Wednesday 12: nothing on the 12th
        ("1000.00", date(2025, 11, 11), date(2025, 11, 12), (), "0.00"),
        # the rate falls on 6 Nov: 27 days of 10 % (10 Oct to 5 Nov) and 5 of 9.75 %:
        # 1000 x (27 x 10 + 5 x 9.75)/36500 = 8.73288
        ("1000.00", date(2025, 10, 9), date(2025, 11, 10), (), "8.73"),
        # 400 arrive on 20 Oct: 10 days on 1000 (11 to 20 Oct), 10 days on 600 (21 to 30):
        # (10000 + 6000)/3650 = 4.38356
        ("1000.00", date(2025, 10, 10), date(2025, 10, 30), ((date(2025, 10, 20), "400.00"),), "4.38"),
        # 400 came before the term: 20 days on 600 = 3.28767
        ("1000.00", date(2025, 10, 10), date(2025, 10, 30), ((date(2025, 10, 1), "400.00"),), "3.29"),
        # all paid on the 20th: 10 days, 2.73973, whatever day is asked about
        ("1000.00", date(2025, 10, 10), date(2026, 3, 1), ((date(2025, 10, 20), "1000.00"),), "2.74"),
        # more than all
        ("1000.00", date(2025, 10, 10), date(2026, 3, 1), ((date(2025, 10, 20), "2000.00"),), "2.74"),
        # twice on one day: 10 days on 1000, 10 days on 500: 4.10959
        (
            "1000.00",
            date(2025, 10, 10),
            date(2025, 10, 30),
            ((date(2025, 10, 20), "300.00"), (date(2025, 10, 20), "200.00")),
            "4.11",
        ),
        # rounded once: three days at 60.83 are 3 x 0.016666 = 0.04999, not 3 x 0.02
        ("60.83", date(2025, 10, 10), date(2025, 10, 13), (), "0.05"),
        # exactly half a grosz goes up: 18.25 x 1/365 x 10 % = 0.005
        ("18.25", date(2025, 10, 10), date(2025, 10, 11), (), "0.01"),
        ("18.24", date(2025, 10, 10), date(2025, 10, 11), (), "0.00"),
    ],
)
def test_computed_by_hand(
    principal: str, due: date, until: date, payments: tuple[tuple[date, str], ...], interest: str
) -> None:
    assert amount(principal, due, until, *payments) == Decimal(interest)


def test_the_parts_tell_how_it_was_computed() -> None:
    found = interest_for_delay(
        Decimal("1000.00"),
        date(2025, 10, 31),
        date(2025, 11, 12),
        RATES,
        payments=[PartPayment(date(2025, 11, 8), Decimal("400.00"))],
        holidays=HOLIDAYS,
    )
    assert [(part.first, part.last, part.days, part.principal, part.percent) for part in found.parts] == [
        (date(2025, 11, 1), date(2025, 11, 5), 5, Decimal("1000.00"), Decimal("10.00")),
        (date(2025, 11, 6), date(2025, 11, 8), 3, Decimal("1000.00"), Decimal("9.75")),
        (date(2025, 11, 9), date(2025, 11, 12), 4, Decimal("600.00"), Decimal("9.75")),
    ]


def test_a_year_has_365_days_also_when_it_has_one_more() -> None:
    rates = [InterestRate(date(2024, 1, 1), Decimal("10"))]
    found = interest_for_delay(Decimal("365.00"), date(2024, 2, 27), date(2024, 3, 1), rates)
    assert found.amount == Decimal("0.30")  # 28 and 29 February, 1 March


def test_what_a_note_charged_is_not_charged_again() -> None:
    whole = interest_for_delay(HUNDRED, date(2025, 10, 10), date(2025, 11, 30), RATES)
    first = interest_for_delay(HUNDRED, date(2025, 10, 10), date(2025, 10, 31), RATES)
    rest = interest_for_delay(
        HUNDRED, date(2025, 10, 10), date(2025, 11, 30), RATES, charged_to=date(2025, 10, 31)
    )
    assert rest.parts[0].first == date(2025, 11, 1)
    exact = [sum((part.exact for part in one.parts), Fraction()) for one in (whole, first, rest)]
    assert exact[0] == exact[1] + exact[2]


def test_a_day_without_a_rate_is_refused() -> None:
    with pytest.raises(Refused, match="2025-05-01"):
        interest_for_delay(HUNDRED, date(2025, 4, 30), date(2025, 11, 30), RATES)
    with pytest.raises(Refused):
        interest_for_delay(HUNDRED, date(2025, 4, 30), date(2025, 11, 30), ())
    # the first day of delay is the first of the table
    assert interest_for_delay(HUNDRED, date(2025, 5, 7), date(2025, 5, 8), RATES).amount == Decimal("0.03")
    paid = [PartPayment(date(2025, 4, 1), HUNDRED)]
    found = interest_for_delay(HUNDRED, date(2025, 4, 30), date(2025, 11, 30), RATES, payments=paid)
    assert found.amount == 0  # no day of delay, so none needs a rate


@pytest.mark.parametrize("percent", ["-1", "9.12345", "NaN"])
def test_a_rate_is_a_percentage_of_four_decimals(percent: str) -> None:
    with pytest.raises((ValueError, ArithmeticError)):
        InterestRate(date(2025, 1, 1), Decimal(percent))


@pytest.mark.parametrize(
    ("due", "last"),
    [
        (date(2025, 10, 10), date(2025, 10, 10)),
        (date(2025, 10, 11), date(2025, 10, 13)),
        (date(2025, 10, 12), date(2025, 10, 13)),
        (date(2025, 11, 1), date(2025, 11, 3)),
        (date(2025, 12, 24), date(2025, 12, 29)),  # holidays to Friday 26, then a weekend
    ],
)
def test_the_last_day_to_pay_is_a_working_day(due: date, last: date) -> None:
    assert last_day_to_pay(due, HOLIDAYS) == last


START = date(2025, 6, 1)
days = st.integers(0, 300).map(lambda count: START + timedelta(days=count))
zlotys = st.decimals("0.01", "99999.99", places=2)
paid_parts = st.lists(st.builds(PartPayment, days, zlotys), max_size=4)


def exact(principal: Decimal, first: date, last: date, payments: list[PartPayment]) -> Fraction:
    parts = accrue(principal, first, last, RATES, payments=payments)
    return sum((part.exact for part in parts), Fraction())


@given(zlotys, st.tuples(days, days, days).map(sorted), paid_parts)
def test_splitting_the_interval_changes_nothing_before_rounding(
    principal: Decimal, cuts: list[date], payments: list[PartPayment]
) -> None:
    first, cut, last = cuts
    halves = exact(principal, first, cut, payments) + exact(principal, cut + timedelta(1), last, payments)
    assert exact(principal, first, last, payments) == halves


@given(zlotys, days, days, paid_parts)
def test_it_is_the_sum_of_its_days_rounded_once(
    principal: Decimal, due: date, until: date, payments: list[PartPayment]
) -> None:
    total, day = Fraction(), last_day_to_pay(due, ()) + timedelta(days=1)
    while day <= until:
        owed = principal - sum(part.amount for part in payments if part.day < day)
        rate = max((one for one in RATES if one.starts_on <= day), key=lambda one: one.starts_on)
        total += Fraction(max(owed, Decimal(0))) * Fraction(rate.percent) / 36500
        day += timedelta(days=1)
    found = interest_for_delay(principal, due, until, RATES, payments=payments)
    assert found.amount == Decimal(int(total * 100 + Fraction(1, 2))) / 100
    assert sum((part.exact for part in found.parts), Fraction()) == total
