"""The tail of a history leaves open just what the whole history leaves open."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from db.queries.reports.open_items import Open, _open, unpaid_by_money
from db.records.money import LedgerKind
from db.rules.allocation import Credit, OpenItem, replay
from db.rules.grosze import to_grosze

BEGINS = date(2026, 1, 1)
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(["invoice", "payment", "payment", "correction", "interest", "reversal", "refund"]),
        st.integers(0, 3),
        st.sampled_from([1000, 1000, 1000, 2000, 50]),
        st.integers(0, 5),
        st.booleans(),
    ),
    max_size=14,
)
"""Kind, days since the one before, grosze, what it is about, and whether it names that, or is below zero."""


def histories(
    events: list[tuple[str, int, int, int, bool]],
) -> tuple[list[Any], list[OpenItem], list[Credit]]:
    """Return one history as rows of the database and as what the rules replay."""
    rows: list[Any] = []
    items: list[OpenItem] = []
    paid: dict[int, Credit] = {}
    invoices: list[int] = []
    day = BEGINS
    for key, (kind, days, amount, about, yes) in enumerate(events, 1):
        day += timedelta(days=days)
        due = day + timedelta(days=2)
        named = invoices[about % len(invoices)] if invoices else None
        if kind == "payment":
            own = named if yes else None
            paid[key] = Credit(key, day, Decimal(amount) / 100, f"F{own}" if own else "")
            rows.append((1, day, -amount, kind, key, key, None, None, None, None, None, own, None))
        elif kind == "reversal":
            there = [one for one in paid.values() if one.reversed_on is None]
            if there:
                one = there[about % len(there)]
                paid[one.id] = Credit(one.id, one.day, one.amount, one.named_invoice, day)
                rows.append(
                    (
                        1,
                        day,
                        int(one.amount * 100),
                        kind,
                        key,
                        key,
                        None,
                        None,
                        None,
                        None,
                        one.id,
                        None,
                        None,
                    )
                )
        elif kind == "correction" and named:
            amount = -amount if yes else amount
            items.append(item(kind, key, f"K{key}", day, due, amount, (named,)))
            rows.append(
                (
                    1,
                    day,
                    amount,
                    kind,
                    key,
                    None,
                    key,
                    None if yes else due,
                    f"K{key}",
                    named,
                    None,
                    None,
                    None,
                )
            )
            if yes:
                items[-1] = item(kind, key, f"K{key}", day, day, amount, (named,))
        elif kind == "invoice":
            invoices.append(key)
            items.append(item(kind, key, f"F{key}", day, due, amount))
            rows.append((1, day, amount, kind, key, None, key, due, f"F{key}", None, None, None, None))
        elif kind in ("interest", "refund"):
            number = f"N{key}" if kind == "interest" else ""
            items.append(item(kind, key, number, day, day, amount))
            paying = key if kind == "refund" else None
            rows.append(
                (1, day, amount, kind, key, paying, None, None, None, None, None, None, number or None)
            )
    return rows, items, list(paid.values())


def item(
    kind: str, key: int, number: str, day: date, due: date, amount: int, about: tuple[int, ...] = ()
) -> OpenItem:
    return OpenItem(key, LedgerKind(kind), number, day, due, Decimal(amount) / 100, concerns=about)


@given(EVENTS, st.integers(0, 40))
def test_the_tail_leaves_open_what_the_whole_history_does(
    events: list[tuple[str, int, int, int, bool]], later: int
) -> None:
    rows, items, credits_ = histories(events)
    as_of = BEGINS + timedelta(days=later)
    whole = replay(items, credits_, as_of=as_of).open
    due = {one.id: one.due_on for one in items}
    wanted = sorted((due[key], to_grosze(amount)) for key, amount in whole.items() if amount)
    known = [row for row in rows if row[1] <= as_of]
    found: list[Open] = list(_open(known, as_of)) if known else []
    assert sorted((one.due_on, one.amount) for one in found) == wanted


@given(EVENTS, st.integers(0, 20), st.integers(0, 20))
def test_what_money_of_some_days_was_put_to_is_told_by_what_lacks_on_the_eve_and_at_the_end(
    events: list[tuple[str, int, int, int, bool]], later: int, long: int
) -> None:
    rows, items, credits_ = histories(events)
    since = BEGINS + timedelta(days=later)
    days = (since - timedelta(days=1), since + timedelta(days=long))
    keys = {one.id: key_of(one.kind, one.id, one.due_on) for one in items}
    wanted: Counter[object] = Counter()
    for sign, day in zip((-1, 1), days, strict=True):
        for part in replay(items, credits_, as_of=day).allocated:
            if not part.by_correction:
                wanted[keys[part.item_id]] += sign * int(part.amount * 100)
    known = [row for row in rows if row[1] <= days[1]]
    found: Counter[object] = Counter()
    for one in items:
        if one.amount > 0 and since <= one.issued_on <= days[1]:
            found[keys[one.id]] += int(one.amount * 100)
    for sign, lacking in zip(
        (1, -1), unpaid_by_money(known, since, days) if known else ([], []), strict=True
    ):
        for left in lacking:
            found[key_of(left.kind, left.invoice_id, left.due_on)] += sign * left.amount
    assert {key: part for key, part in found.items() if part} == {
        key: part for key, part in wanted.items() if part
    }


def key_of(kind: LedgerKind, key: int | None, due: date) -> object:
    """Documents are told apart, the others by their kind and day."""
    return key if kind in (LedgerKind.INVOICE, LedgerKind.CORRECTION) else (kind, due)
