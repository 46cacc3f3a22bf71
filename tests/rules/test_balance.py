"""The balance of a day: every figure by its definition."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records.money import LedgerKind
from db.rules.allocation import Credit, OpenItem
from db.rules.balance import Balance, balance_as_of
from db.rules.interest import InterestRate
from db.rules.limitation import limitation
from tests.rules.test_allocation import histories

RATES = (InterestRate(date(2020, 1, 1), Decimal("10.00")),)

# due Friday 16 October 2026
F1 = OpenItem(1, LedgerKind.INVOICE, "F1", date(2026, 10, 2), date(2026, 10, 16), Decimal("100.00"))
# due Saturday 14 November, so until Monday 16
F2 = OpenItem(2, LedgerKind.INVOICE, "F2", date(2026, 10, 31), date(2026, 11, 14), Decimal("365.00"))


def shown(balance: Balance) -> dict[str, str]:
    names = ("due", "overdue", "not_yet_due", "overpaid", "interest", "total", "with_interest")
    return {name: str(getattr(balance, name)) for name in names if getattr(balance, name)}


def on(month: int, number: int, *credits_: Credit, items: tuple[OpenItem, ...] = (F1, F2)) -> Balance:
    return balance_as_of(items, credits_, date(2026, month, number), RATES)


@pytest.mark.parametrize(
    ("month", "number", "expected"),
    [
        (10, 1, {}),
        (10, 2, {"not_yet_due": "100.00", "total": "100.00", "with_interest": "100.00"}),
        (10, 15, {"not_yet_due": "100.00", "total": "100.00", "with_interest": "100.00"}),
        # the last day for payment: due, not overdue, no interest
        (10, 16, {"due": "100.00", "total": "100.00", "with_interest": "100.00"}),
        # one day late: 100 x 1/365 x 10 % = 0.0274
        (10, 17, {"due": "100.00", "overdue": "100.00", "interest": "0.03", "total": "100.00",
                  "with_interest": "100.03"}),
        # Sunday: F2 was due on Saturday, which moves to Monday; F1 is 30 days late: 0.8219
        (11, 15, {"due": "100.00", "overdue": "100.00", "not_yet_due": "365.00", "interest": "0.82",
                  "total": "465.00", "with_interest": "465.82"}),
        (11, 16, {"due": "465.00", "overdue": "100.00", "interest": "0.85", "total": "465.00",
                  "with_interest": "465.85"}),
        # F1 32 days: 0.8767; F2 one day: 0.10
        (11, 17, {"due": "465.00", "overdue": "465.00", "interest": "0.98", "total": "465.00",
                  "with_interest": "465.98"}),
    ],
)  # fmt: skip
def test_a_day_on_the_way(month: int, number: int, expected: dict[str, str]) -> None:
    assert shown(on(month, number)) == expected


def test_a_late_payment_leaves_its_interest() -> None:
    late = Credit(1, date(2026, 10, 26), Decimal("100.00"))
    balance = on(10, 30, late)
    assert shown(balance) == {"interest": "0.27", "with_interest": "0.27"}  # 10 days
    assert shown(on(10, 26, late)) == {"interest": "0.27", "with_interest": "0.27"}
    assert balance.items[0].open == 0


def test_more_than_was_owed() -> None:
    assert shown(on(10, 30, Credit(1, date(2026, 10, 3), Decimal("120.00")))) == {
        "overpaid": "20.00",
        "total": "-20.00",
        "with_interest": "-20.00",
    }


def test_what_a_note_charged_leaves_the_interest_to_date() -> None:
    note = OpenItem(
        *(8, LedgerKind.INTEREST, "N1", date(2026, 10, 27), date(2026, 11, 10), Decimal("0.27")),
        concerns=(1,),
        interest_to=date(2026, 10, 26),
    )
    items = (F1, note)
    assert on(10, 26, items=items).interest == Decimal("0.27")
    assert on(10, 27, items=items).interest == Decimal("0.03")
    # 46 - 10 days on the invoice; the note itself bears none
    assert on(12, 1, items=items).interest == Decimal("0.99")
    assert on(12, 1, items=(F1, replace(note, interest_to=None))).interest == Decimal("0.96")


@pytest.mark.parametrize("paid_late", [False, True])
def test_what_a_correction_took_away_never_bore_interest(paid_late: bool) -> None:
    down = OpenItem(
        *(3, LedgerKind.CORRECTION, "K1", date(2026, 11, 10), date(2026, 11, 10), Decimal("-60.00")),
        concerns=(1,),
    )
    credits_ = (Credit(1, date(2026, 10, 26), Decimal("100.00")),) if paid_late else ()
    balance = on(11, 12, *credits_, items=(F1, down))
    # 40 for 10 days, or for 27
    assert balance.interest == (Decimal("0.11") if paid_late else Decimal("0.30"))
    assert balance.total == (Decimal("-60.00") if paid_late else Decimal("40.00"))


def test_a_refund_bears_no_interest() -> None:
    refund = OpenItem(9, LedgerKind.REFUND, "", date(2026, 10, 2), date(2026, 10, 2), Decimal("50.00"))
    assert on(12, 1, items=(refund,)).interest == 0


@pytest.mark.parametrize(
    ("due", "water", "other"),
    [
        (date(2023, 1, 1), date(2025, 12, 31), date(2026, 12, 31)),
        (date(2023, 12, 31), date(2025, 12, 31), date(2026, 12, 31)),
        (date(2024, 2, 29), date(2026, 12, 31), date(2027, 12, 31)),
    ],
)
def test_limitation_ends_with_a_year(due: date, water: date, other: date) -> None:
    found = limitation(due)
    assert (found.water, found.other) == (water, other)
    assert not found.possibly_barred(water)
    assert found.possibly_barred(water + timedelta(days=1))


def test_old_debt_is_flagged() -> None:
    old = replace(F1, issued_on=date(2023, 5, 2), due_on=date(2023, 5, 16))
    balance = on(11, 1, Credit(1, date(2023, 6, 1), Decimal("30.00")), items=(old, F2))
    assert balance.possibly_time_barred == Decimal("70.00")
    assert [row.possibly_time_barred for row in balance.items] == [True, False]
    paid = on(11, 1, Credit(1, date(2023, 6, 1), Decimal("100.00")), items=(old, F2))
    assert paid.possibly_time_barred == 0


@given(histories(), st.integers(-5, 120))
def test_the_total_is_the_sum_of_the_ledger(
    history: tuple[list[OpenItem], list[Credit]], number: int
) -> None:
    items, credits_ = history
    asked = date(2026, 1, 1) + timedelta(days=number)
    balance = balance_as_of(items, credits_, asked, RATES)
    ledger = sum((item.amount for item in items if item.issued_on <= asked), Decimal(0))
    assert balance.total == ledger - sum(one.amount for one in credits_ if one.day <= asked)
    assert balance.due >= balance.overdue >= balance.possibly_time_barred >= 0
    assert min(balance.not_yet_due, balance.overpaid, balance.interest) >= 0
    assert sum(row.open for row in balance.items) == balance.due + balance.not_yet_due
    for row in balance.items:
        assert row.interest.amount == 0 or row.last_day < asked
