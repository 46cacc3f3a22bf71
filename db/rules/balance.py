"""What a client owes on a day, by the same definitions on the card, on paper and in the portal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.records.money import LedgerKind
from db.rules.allocation import Allocated, Allocation, AllocationRule, Credit, OpenItem, Policy, replay
from db.rules.interest import (
    NO_INTEREST,
    Interest,
    InterestRate,
    PartPayment,
    interest_for_delay,
    last_day_to_pay,
)
from db.rules.limitation import limitation

_ZERO = Decimal("0.00")
_BEARING = frozenset({LedgerKind.INVOICE, LedgerKind.CORRECTION})
"""Interest bears no interest (KC 482), and what the utility asks back was never a price."""


@dataclass(frozen=True, slots=True)
class ItemBalance:
    """One item on the day asked about."""

    item: OpenItem
    open: Decimal
    """What it still asks for."""
    last_day: date
    """Its due date, moved to the next working day (KC 115)."""
    interest: Interest
    """For delay up to the day, without what notes have charged; also when it was paid late."""
    possibly_time_barred: bool


@dataclass(frozen=True, slots=True)
class Balance:
    """A client's account at the end of a day, in zlotys.

    `total` is the sum of the ledger: everything owed less everything paid.
    """

    day: date
    due: Decimal
    """Open on items whose last day for payment has come; overdue ones are among them."""
    overdue: Decimal
    """The part of `due` whose last day for payment is past: interest runs on it."""
    not_yet_due: Decimal
    """Open on issued items whose last day for payment is still ahead."""
    overpaid: Decimal
    """Paid or credited, and nothing is open that could take it."""
    interest: Decimal
    """Statutory interest for delay up to the day that no note has charged: not in the ledger yet."""
    possibly_time_barred: Decimal
    """The part of `overdue` that the law may no longer let us demand: information, no decision."""
    items: tuple[ItemBalance, ...]
    """All items above zero, in order of their due dates."""
    allocation: Allocation

    @property
    def total(self) -> Decimal:
        """What the portal shows: due + not yet due - overpaid; below zero the client has too much in."""
        return self.due + self.not_yet_due - self.overpaid

    @property
    def with_interest(self) -> Decimal:
        """What would settle everything on the day: the total and the interest on top."""
        return self.total + self.interest


def balance_as_of(
    items: Iterable[OpenItem],
    credits_: Iterable[Credit],
    day: date,
    rates: Sequence[InterestRate],
    *,
    holidays: Collection[date] = (),
    policy: Policy | None = None,
) -> Balance:
    """Return the balance at the end of `day`; what came later changes nothing in it.

    Raises Refused when a day of delay has no rate of interest.
    """
    known = [item for item in items if item.issued_on <= day]
    allocation = replay(known, credits_, as_of=day, policy=policy)
    history = _History(known, allocation.allocated)
    rows = tuple(
        _row(item, allocation.open[item.id], history, day, rates, holidays)
        for item in sorted(known, key=lambda item: (item.due_on, item.issued_on, item.number, item.id))
        if item.amount >= 0
    )
    overdue = _open(row for row in rows if row.last_day < day)
    return Balance(
        day=day,
        due=overdue + _open(row for row in rows if row.last_day == day),
        overdue=overdue,
        not_yet_due=_open(row for row in rows if row.last_day > day),
        overpaid=allocation.overpaid,
        interest=sum((row.interest.amount for row in rows), _ZERO),
        possibly_time_barred=_open(row for row in rows if row.possibly_time_barred),
        items=rows,
        allocation=allocation,
    )


def _open(rows: Iterable[ItemBalance]) -> Decimal:
    return sum((row.open for row in rows), _ZERO)


class _History:
    """What happened to each item, by its id."""

    def __init__(self, items: Iterable[OpenItem], allocated: Iterable[Allocated]) -> None:
        self.received: dict[int, list[PartPayment]] = defaultdict(list)
        self.corrected: dict[int, Decimal] = defaultdict(lambda: _ZERO)
        self.charged_to: dict[int, date] = {}
        for part in allocated:
            if part.rule is not AllocationRule.CORRECTED:
                self.received[part.item_id].append(PartPayment(part.day, part.amount))
        for item in items:
            if item.amount < 0 and item.concerns:
                self.corrected[item.concerns[0]] -= item.amount
            elif item.kind is LedgerKind.INTEREST:
                for concerned in item.concerns:
                    charged = item.interest_to or item.issued_on
                    self.charged_to[concerned] = max(charged, self.charged_to.get(concerned, charged))


def _row(
    item: OpenItem,
    left: Decimal,
    history: _History,
    day: date,
    rates: Sequence[InterestRate],
    holidays: Collection[date],
) -> ItemBalance:
    last_day = last_day_to_pay(item.due_on, holidays)
    interest = NO_INTEREST
    if last_day < day and item.kind in _BEARING:
        # what a correction takes away was never owed, also when the invoice had been paid
        interest = interest_for_delay(
            item.amount - history.corrected[item.id],
            item.due_on,
            day,
            rates,
            payments=history.received[item.id],
            holidays=holidays,
            charged_to=history.charged_to.get(item.id),
        )
    return ItemBalance(
        item=item,
        open=left,
        last_day=last_day,
        interest=interest,
        possibly_time_barred=left > 0 and limitation(item.due_on).possibly_barred(day),
    )
