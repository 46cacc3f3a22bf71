"""Each diagnosis: what was typed, and the state that was meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.rules.levels import FindingCode, Level
from db.rules.reading_checks import (
    Expectation,
    MeterRole,
    OtherMeter,
    ReadingContext,
    Repair,
    RepairKind,
    check_reading,
)
from tests.rules.town import CONTEXT, METER, TODAY, entry, steady

GARDEN = OtherMeter(
    number="70000001",
    role=MeterRole.GARDEN,
    digits=5,
    last_state=140,
    expectation=Expectation(2, 16, Decimal(6), Decimal("3.0"), 60),
)
LARGE = steady(12_334, 12)
SIX_DIGITS = replace(CONTEXT, meter=replace(METER, digits=6))

K = RepairKind
CASES: dict[str, tuple[int, ReadingContext, RepairKind, int]] = {
    "three red digits": (487_123, CONTEXT, K.RED_DIGITS, 487),
    "three red digits, within the dial": (499_123, SIX_DIGITS, K.RED_DIGITS, 499),
    "two red digits": (49_987, CONTEXT, K.RED_DIGITS, 499),
    "one red digit": (4_991, CONTEXT, K.RED_DIGITS, 499),
    "eight digits typed": (12_346_789, LARGE, K.RED_DIGITS, 12_346),
    "the other meter": (147, replace(CONTEXT, other_meters=(GARDEN,)), K.OTHER_METER, 147),
    "use given instead of the state": (11, CONTEXT, K.CONSUMPTION, 498),
    "last two digits swapped": (
        12_364,
        steady(12_334, 3),
        K.SWAPPED,
        12_346,
    ),
    "first two digits swapped": (949, CONTEXT, K.SWAPPED, 499),
    "leading zero swapped": (4_099, CONTEXT, K.SWAPPED, 499),
    "middle digit missing": (1_246, LARGE, K.MISSING, 12_346),
    "first digit missing": (2_346, LARGE, K.MISSING, 12_346),
    "first digit doubled": (4_499, CONTEXT, K.DOUBLED, 499),
    "digit too many": (4_399, CONTEXT, K.DOUBLED, 499),
}


@pytest.mark.parametrize(("typed", "context", "kind", "meant"), CASES.values(), ids=CASES)
def test_diagnosis(typed: int, context: ReadingContext, kind: RepairKind, meant: int) -> None:
    repairs = check_reading(entry(typed), context).repairs
    assert (kind, meant) in [(repair.kind, repair.state) for repair in repairs]


def test_every_kind_has_a_case() -> None:
    assert {kind for _, _, kind, _ in CASES.values()} == set(RepairKind)


@pytest.mark.parametrize(("typed", "context", "kind", "meant"), CASES.values(), ids=CASES)
def test_messages_are_short(typed: int, context: ReadingContext, kind: RepairKind, meant: int) -> None:
    for repair in check_reading(entry(typed), context).repairs:
        assert len(repair.message % repair.params) <= 76


def test_the_best_comes_first() -> None:
    repairs = check_reading(entry(487_123), CONTEXT).repairs
    assert repairs[0].kind is RepairKind.RED_DIGITS
    assert repairs[0].message % repairs[0].params == "Red digits read too? 487,123 gives the state 487."


def test_the_other_meter_is_named() -> None:
    context = replace(CONTEXT, other_meters=(GARDEN,))
    repair: Repair = check_reading(entry(147), context).repairs[0]
    assert (repair.kind, repair.meter_number) == (RepairKind.OTHER_METER, "70000001")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(499, id="plausible"),
        pytest.param(487, id="zero use"),
        pytest.param(700, id="nothing near"),
        pytest.param(486, id="one below"),
    ],
)
def test_no_repair(typed: int) -> None:
    assert check_reading(entry(typed), CONTEXT).repairs == ()


def test_a_lost_last_digit_is_not_guessed() -> None:
    """It could be any of 490 to 499: the caller has to be asked."""
    assert not [r for r in check_reading(entry(49), CONTEXT).repairs if r.kind is RepairKind.MISSING]


def test_no_repair_where_the_day_is_what_blocks() -> None:
    context = replace(CONTEXT, contract_ends_on=date(2026, 10, 31))
    check = check_reading(entry(4_991), context)
    assert check.has(FindingCode.CONTRACT_ENDED)
    assert check.repairs == ()
    assert check_reading(entry(4_991, TODAY.replace(year=2027)), CONTEXT).repairs == ()


def test_at_most_three_repairs_and_none_twice() -> None:
    others = tuple(replace(GARDEN, number=f"7000000{n}", last_state=4_980) for n in range(4))
    repairs = check_reading(entry(4_991), replace(CONTEXT, other_meters=others)).repairs
    assert len(repairs) == 3
    assert len({(repair.state, repair.meter_number) for repair in repairs}) == 3


def test_repairs_are_not_worse_than_a_warning() -> None:
    for typed, context, *_ in CASES.values():
        for repair in check_reading(entry(typed), context).repairs:
            if repair.meter_number is None:
                assert check_reading(entry(repair.state), context).level in (Level.OK, Level.WARN)
