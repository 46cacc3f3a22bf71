"""Which payment paid what, as tables, and the laws that hold for every history."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records.money import LedgerKind
from db.rules.allocation import Allocation, Credit, OpenItem, Policy, replay

YEAR = 2026


def day(number: int) -> date:
    return date(YEAR, 1, 1) + timedelta(days=number)


def invoice(
    id_: int, amount: str, issued: int, due: int, *, corrects: int = 0, kind: LedgerKind | None = None
) -> OpenItem:
    return OpenItem(
        id=id_,
        kind=kind or (LedgerKind.CORRECTION if corrects else LedgerKind.INVOICE),
        number=f"F{id_}",
        issued_on=day(issued),
        due_on=day(due),
        amount=Decimal(amount),
        concerns=(corrects,) if corrects else (),
    )


def paid(id_: int, on: int, amount: str, names: str = "", reversed_on: int | None = None) -> Credit:
    return Credit(
        id_, day(on), Decimal(amount), names, reversed_on=None if reversed_on is None else day(reversed_on)
    )


def told(allocation: Allocation) -> list[str]:
    """Return what happened as text: `payment 1 -> F2 30.00 oldest_due`."""
    return [
        f"{'correction' if part.by_correction else 'payment'} {part.credit_id} -> {part.item_id} "
        f"{part.amount} {part.rule} day {(part.day - day(0)).days}"
        for part in allocation.allocated
    ]


F1, F2, F3 = invoice(1, "100.00", 0, 14), invoice(2, "50.00", 30, 44), invoice(3, "70.00", 60, 74)
INTEREST = replace(invoice(8, "1.50", 50, 55), kind=LedgerKind.INTEREST, concerns=(2,))


def test_the_oldest_due_comes_first() -> None:
    found = replay([F3, F2, F1], [paid(1, 65, "120.00")])
    assert told(found) == [
        "payment 1 -> 1 100.00 oldest_due day 65",
        "payment 1 -> 2 20.00 oldest_due day 65",
    ]
    assert found.open == {1: Decimal("0.00"), 2: Decimal("30.00"), 3: Decimal("70.00")}
    assert found.overpaid == 0


def test_what_is_due_on_the_very_day_is_due() -> None:
    assert told(replay([F1], [paid(1, 14, "1.00")])) == ["payment 1 -> 1 1.00 oldest_due day 14"]
    assert told(replay([F1], [paid(1, 13, "1.00")])) == ["payment 1 -> 1 1.00 not_yet_due day 13"]


def test_then_what_is_not_yet_due_by_due_date_and_the_rest_is_an_overpayment() -> None:
    later = replace(F3, due_on=day(90))
    sooner = replace(invoice(4, "10.00", 61, 80))
    found = replay([later, sooner, F2], [paid(1, 65, "200.00")])
    assert told(found) == [
        "payment 1 -> 2 50.00 oldest_due day 65",
        "payment 1 -> 4 10.00 not_yet_due day 65",
        "payment 1 -> 3 70.00 not_yet_due day 65",
    ]
    assert [(rest.credit_id, rest.amount) for rest in found.rests] == [(1, Decimal("70.00"))]


def test_the_named_invoice_comes_before_older_ones() -> None:
    found = replay([F1, F2, F3], [paid(1, 65, "60.00", names="F2")])
    assert told(found) == ["payment 1 -> 2 50.00 named day 65", "payment 1 -> 1 10.00 oldest_due day 65"]


def test_a_named_invoice_that_is_paid_or_unknown_leaves_the_usual_order() -> None:
    found = replay([F1, F2], [paid(1, 31, "50.00", names="F2"), paid(2, 32, "20.00", names="F2")])
    assert told(found)[1] == "payment 2 -> 1 20.00 oldest_due day 32"
    assert told(replay([F1], [paid(1, 31, "5.00", names="F9")])) == ["payment 1 -> 1 5.00 oldest_due day 31"]


def test_interest_of_the_named_invoice_only_by_policy() -> None:
    credit = paid(1, 65, "60.00", names="F2")
    assert told(replay([F1, F2, INTEREST], [credit])) == [
        "payment 1 -> 2 50.00 named day 65",
        "payment 1 -> 1 10.00 oldest_due day 65",
    ]
    assert told(replay([F1, F2, INTEREST], [credit], policy=Policy(interest_of_named=True))) == [
        "payment 1 -> 2 50.00 named day 65",
        "payment 1 -> 8 1.50 its_interest day 65",
        "payment 1 -> 1 8.50 oldest_due day 65",
    ]
    twice = [paid(1, 40, "50.00", names="F2"), paid(2, 65, "1.50", names="F2")]
    found = replay([F1, F2, INTEREST], twice, policy=Policy(interest_of_named=True))
    assert told(found)[1] == "payment 2 -> 8 1.50 its_interest day 65"


def test_an_overpayment_takes_what_is_issued_next() -> None:
    found = replay([F1, F2], [paid(1, 5, "130.00")])
    assert told(found) == [
        "payment 1 -> 1 100.00 not_yet_due day 5",
        "payment 1 -> 2 30.00 overpayment day 30",
    ]
    assert replay([F1, F2], [paid(1, 5, "130.00")], as_of=day(29)).overpaid == Decimal("30.00")


def test_a_payment_in_advance_finds_the_invoice_that_it_names() -> None:
    found = replay([F2], [paid(1, 5, "10.00"), paid(2, 6, "45.00", names="F2")])
    assert told(found) == [
        "payment 2 -> 2 45.00 named day 30",
        "payment 1 -> 2 5.00 overpayment day 30",
    ]


def test_a_correction_lowers_its_invoice_first() -> None:
    found = replay([F1, F2, invoice(5, "-30.00", 40, 40, corrects=2)], [])
    assert told(found) == ["correction 5 -> 2 30.00 corrected day 40"]
    assert found.open == {1: Decimal("100.00"), 2: Decimal("20.00")}


def test_what_the_invoice_no_longer_owes_goes_to_the_oldest_due() -> None:
    correction = invoice(5, "-30.00", 40, 40, corrects=2)
    found = replay([F1, F2, correction], [paid(1, 31, "40.00", names="F2")])
    assert told(found)[1:] == [
        "correction 5 -> 2 10.00 corrected day 40",
        "correction 5 -> 1 20.00 oldest_due day 40",
    ]
    alone = replay([F2, correction], [paid(1, 31, "50.00")])
    assert [(rest.credit_id, rest.by_correction, rest.amount) for rest in alone.rests] == [
        (5, True, Decimal("30.00"))
    ]


def test_a_correction_of_a_correction_is_a_correction_of_the_invoice() -> None:
    down = invoice(5, "-30.00", 40, 40, corrects=1)
    up = invoice(6, "12.00", 45, 59, corrects=1)
    found = replay([F1, down, up], [])
    assert found.open == {1: Decimal("70.00"), 6: Decimal("12.00")}


def test_a_refund_takes_the_overpayment() -> None:
    refund = replace(invoice(9, "30.00", 20, 20), kind=LedgerKind.REFUND, number="")
    found = replay([F1, refund], [paid(1, 5, "130.00")])
    assert told(found)[1] == "payment 1 -> 9 30.00 overpayment day 20"
    assert found.overpaid == 0


def test_a_payment_booked_by_mistake_was_never_made_once_it_is_taken_back() -> None:
    wrong = paid(1, 20, "100.00", reversed_on=25)
    assert replay([F1], [wrong], as_of=day(24)).open == {1: Decimal("0.00")}
    assert replay([F1], [wrong], as_of=day(25)).open == {1: Decimal("100.00")}
    assert replay([F1], [wrong]).allocated == ()


def test_on_one_day_debts_come_before_corrections_and_those_before_money() -> None:
    same = replace(invoice(5, "-30.00", 30, 30, corrects=2))
    found = replay([same, F2], [paid(1, 30, "50.00")])
    assert told(found) == [
        "correction 5 -> 2 30.00 corrected day 30",
        "payment 1 -> 2 20.00 not_yet_due day 30",
    ]


@pytest.mark.parametrize("amount", ["0.00", "-1.00"])
def test_a_payment_is_above_zero(amount: str) -> None:
    with pytest.raises(ValueError, match="above zero"):
        replay([F1], [paid(1, 5, amount)])


def test_what_makes_no_history() -> None:
    with pytest.raises(ValueError, match="no correction"):
        replay([invoice(1, "-1.00", 0, 0)], [])
    with pytest.raises(ValueError, match="twice"):
        replay([F1, F1], [])
    with pytest.raises(ValueError, match="twice"):
        replay([F1], [paid(1, 5, "1.00"), paid(1, 6, "1.00")])


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[OpenItem], list[Credit]]:
    """Return a random history: invoices, corrections both ways, notes, refunds, payments."""
    amounts = st.integers(1, 30_000).map(lambda grosze: Decimal(grosze) / 100)
    items: list[OpenItem] = []
    for id_ in range(draw(st.integers(0, 6))):
        issued = draw(st.integers(0, 60))
        items.append(invoice(id_, str(draw(amounts)), issued, issued + draw(st.integers(0, 30))))
    for id_, original in enumerate(list(items), start=100):
        kind = draw(st.sampled_from([None, LedgerKind.CORRECTION, LedgerKind.INTEREST]))
        if kind is None:
            continue
        later = (original.issued_on - day(0)).days + draw(st.integers(0, 30))
        sign = draw(st.sampled_from([1, -1])) if kind is LedgerKind.CORRECTION else 1
        item = invoice(id_, str(sign * draw(amounts)), later, later + 7, kind=kind)
        items.append(replace(item, concerns=(original.id,)))
    if draw(st.booleans()):
        refund = invoice(200, str(draw(amounts)), draw(st.integers(0, 90)), 90, kind=LedgerKind.REFUND)
        items.append(replace(refund, due_on=refund.issued_on))
    names = st.sampled_from(["", *(item.number for item in items), "F999"])
    credits_ = [
        Credit(id_, day(draw(st.integers(0, 90))), draw(amounts), draw(names))
        for id_ in range(draw(st.integers(0, 6)))
    ]
    return items, credits_


policies = st.builds(Policy, st.booleans())
Shuffle = st.randoms(use_true_random=False)


@given(histories(), policies)
def test_neither_side_is_ever_exceeded_and_nothing_is_lost(
    history: tuple[list[OpenItem], list[Credit]], policy: Policy
) -> None:
    items, credits_ = history
    found = replay(items, credits_, policy=policy)
    taken: dict[tuple[int, bool], Decimal] = defaultdict(Decimal)
    given_: dict[int, Decimal] = defaultdict(Decimal)
    for part in found.allocated:
        assert part.amount > 0
        taken[part.credit_id, part.by_correction] += part.amount
        given_[part.item_id] += part.amount
    for rest in found.rests:
        assert rest.amount > 0
        taken[rest.credit_id, rest.by_correction] += rest.amount
    came = {(one.id, False): one.amount for one in credits_}
    came |= {(item.id, True): -item.amount for item in items if item.amount < 0}
    assert taken == came
    assert {item.id: item.amount - given_[item.id] for item in items if item.amount > 0} == found.open
    assert all(left >= 0 for left in found.open.values())
    ledger = sum((item.amount for item in items), Decimal(0)) - sum(one.amount for one in credits_)
    assert sum(found.open.values()) - found.overpaid == ledger


@given(histories(), policies)
def test_debt_and_overpayment_never_stand_together(
    history: tuple[list[OpenItem], list[Credit]], policy: Policy
) -> None:
    found = replay(*history, policy=policy)
    assert not found.overpaid or not any(found.open.values())


@given(histories(), Shuffle, policies)
def test_the_order_of_entry_changes_no_balance(
    history: tuple[list[OpenItem], list[Credit]], shuffle: random.Random, policy: Policy
) -> None:
    items, credits_ = history
    expected = replay(items, credits_, policy=policy)
    mixed_items, mixed_credits = list(items), list(credits_)
    shuffle.shuffle(mixed_items)
    assert replay(mixed_items, mixed_credits, policy=policy) == expected
    shuffle.shuffle(mixed_credits)
    entered = [replace(credit, id=id_) for id_, credit in enumerate(mixed_credits, start=50)]
    found = replay(mixed_items, entered, policy=policy)
    assert found.open == expected.open
    assert found.overpaid == expected.overpaid
    parts = [[(p.item_id, p.day, p.amount, p.rule) for p in one.allocated] for one in (found, expected)]
    assert parts[0] == parts[1]


@given(histories(), st.integers(0, 100), policies)
def test_what_happened_by_a_day_never_changes_later(
    history: tuple[list[OpenItem], list[Credit]], number: int, policy: Policy
) -> None:
    then = replay(*history, as_of=day(number), policy=policy).allocated
    now = replay(*history, policy=policy).allocated
    assert now[: len(then)] == then
    assert all(part.day > day(number) for part in now[len(then) :])


@given(histories())
def test_a_history_without_a_mistaken_payment_is_the_one_with_it_taken_back(
    history: tuple[list[OpenItem], list[Credit]],
) -> None:
    items, credits_ = history
    mistaken = paid(99, 10, "33.33", names="F1", reversed_on=95)
    assert replay(items, [*credits_, mistaken]) == replay(items, credits_)
