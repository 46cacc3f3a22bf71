"""Which payment paid which invoice: one order, replayed from the whole history (KC 451).

Nothing about allocation is stored as a decision: it is a function of what is owed and what came
in, by days. In the order of days, and on one day first what is newly owed, then corrections, then
money. A credit pays

a. the invoice that the payer named,
b. its interest notes, where the policy takes them first,
c. what is due, the oldest first,
d. what is not yet due, by due date,
e. and is an overpayment for the rest, which the next thing owed takes as soon as it is issued.

A correction below zero is a credit on its day: it lowers the invoice that it corrects, and counts
as an overpayment, so by c to e, for what that invoice no longer owes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.records.money import LedgerKind
from db.rules.grosze import to_grosze, to_zlotys


class AllocationRule(StrEnum):
    """Why a credit went to an item."""

    CORRECTED = "corrected"
    """A correction lowers the invoice that it corrects."""
    NAMED = "named"
    ITS_INTEREST = "its_interest"
    OLDEST_DUE = "oldest_due"
    NOT_YET_DUE = "not_yet_due"
    OVERPAYMENT = "overpayment"
    """An overpayment met what was issued after it."""


@dataclass(frozen=True, slots=True)
class OpenItem:
    """Something that changes what a client owes and is not money coming in."""

    id: int
    kind: LedgerKind
    number: str
    """As a payer may name it; empty when it has none."""
    issued_on: date
    due_on: date
    amount: Decimal
    """Zlotys; below zero only for a correction."""
    concerns: tuple[int, ...] = ()
    """Ids of the items that a correction corrects or an interest note charges."""
    interest_to: date | None = None
    """Of an interest note: the last day of the delay that it charges; its issue by default."""


@dataclass(frozen=True, slots=True)
class Credit:
    """A payment."""

    id: int
    day: date
    """It arrived."""
    amount: Decimal
    """Zlotys, above zero."""
    named_invoice: str = ""
    """Number of the invoice that the payer named."""
    reversed_on: date | None = None
    """Day from which the payment counts as never made: it was booked by mistake."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What the creditor chose where the law leaves the choice to it (KC 451 § 1)."""

    interest_of_named: bool = False
    """A payment that names an invoice pays its interest notes before other debts."""


@dataclass(frozen=True, slots=True)
class Allocated:
    """A part of a credit that went to an item."""

    credit_id: int
    """Id of a payment, or of the correction."""
    by_correction: bool
    item_id: int
    day: date
    """The item was lowered: arrival of the money, or issue of the item when that was later."""
    amount: Decimal
    rule: AllocationRule


@dataclass(frozen=True, slots=True)
class Rest:
    """What is left of a credit: an overpayment."""

    credit_id: int
    by_correction: bool
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Allocation:
    """The history, replayed."""

    allocated: tuple[Allocated, ...]
    """In the order in which it happened."""
    open: dict[int, Decimal]
    """What every item above zero still asks for, by its id."""
    rests: tuple[Rest, ...]

    @property
    def overpaid(self) -> Decimal:
        """Sum of the rests."""
        return sum((rest.amount for rest in self.rests), Decimal("0.00"))


def replay(
    items: Iterable[OpenItem],
    credits_: Iterable[Credit],
    *,
    as_of: date | None = None,
    policy: Policy | None = None,
) -> Allocation:
    """Return what paid what at the end of `as_of`, by default at the end of the history.

    The order of the arguments and of the ids in them changes no balance: two histories with the
    same days, amounts and names come to the same. Neither side is ever exceeded. Raises ValueError
    for a payment of zero or less, an item below zero that is no correction, or an id used twice.
    """
    known = [item for item in items if as_of is None or item.issued_on <= as_of]
    came = [
        credit
        for credit in credits_
        if (as_of is None or credit.day <= as_of) and not _reversed(credit, as_of)
    ]
    _examine(known, came)
    run = _Replay(policy or Policy())
    for _, _, event in sorted(_events(known, came), key=lambda event: event[:2]):
        if isinstance(event, OpenItem):
            run.owe(event)
        else:
            run.pay(event)
    return run.result()


def _reversed(credit: Credit, as_of: date | None) -> bool:
    return credit.reversed_on is not None and (as_of is None or credit.reversed_on <= as_of)


def _examine(items: Sequence[OpenItem], credits_: Sequence[Credit]) -> None:
    for item in items:
        if item.amount < 0 and item.kind is not LedgerKind.CORRECTION:
            raise ValueError(f"item {item.id} is below zero and no correction")
    for credit in credits_:
        if credit.amount <= 0:
            raise ValueError(f"payment {credit.id} is not above zero")
    if len({item.id for item in items}) < len(items) or len({one.id for one in credits_}) < len(credits_):
        raise ValueError("an id stands twice")


@dataclass(slots=True)
class _Money:
    """A credit while it is spent."""

    id: int
    by_correction: bool
    day: date
    left: int
    named: str = ""
    corrects: tuple[int, ...] = ()


@dataclass(slots=True)
class _Debt:
    """An item while it is paid."""

    item: OpenItem
    left: int
    order: tuple[date, date, str, int] = field(init=False)

    def __post_init__(self) -> None:
        item = self.item
        self.order = (item.due_on, item.issued_on, item.number, item.id)


_Event = tuple[date, tuple[int, str, int, int], OpenItem | _Money]


def _events(items: Iterable[OpenItem], credits_: Iterable[Credit]) -> Iterable[_Event]:
    """Return what happened with its day and its place within the day."""
    for item in items:
        grosze = to_grosze(item.amount)
        if grosze >= 0:
            yield item.issued_on, (0, item.number, grosze, item.id), item
        else:
            money = _Money(item.id, True, item.issued_on, -grosze, corrects=item.concerns)
            yield item.issued_on, (1, item.number, -grosze, item.id), money
    for credit in credits_:
        grosze = to_grosze(credit.amount)
        money = _Money(credit.id, False, credit.day, grosze, named=credit.named_invoice)
        yield credit.day, (2, credit.named_invoice, grosze, credit.id), money


class _Replay:
    """The state of a client's account on the way through its days."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.debts: list[_Debt] = []
        """Open ones."""
        self.settled: list[int] = []
        """Items that ask for nothing any more."""
        self.spare: list[_Money] = []
        """Overpayments, the oldest first."""
        self.numbers: dict[str, int] = {}
        """The item that a number names, open or not."""
        self.allocated: list[Allocated] = []

    def owe(self, item: OpenItem) -> None:
        """Issue an item; overpayments go to it at once, those that name it first."""
        debt = _Debt(item, to_grosze(item.amount))
        if item.number:
            self.numbers[item.number] = item.id
        for money in sorted(self.spare, key=lambda money: not _names(money, item)):
            rule = AllocationRule.NAMED if _names(money, item) else AllocationRule.OVERPAYMENT
            self._move(money, debt, item.issued_on, rule)
        self.spare = [money for money in self.spare if money.left]
        self.debts.append(debt)
        self._settle()

    def pay(self, money: _Money) -> None:
        """Spend a credit in the order of the rules; the rest becomes an overpayment."""
        self.debts.sort(key=lambda debt: debt.order)
        for debt, rule in self._targets(money):
            if not money.left:
                break
            self._move(money, debt, money.day, rule)
        self._settle()
        if money.left:
            self.spare.append(money)

    def _targets(self, money: _Money) -> Iterable[tuple[_Debt, AllocationRule]]:
        """Return the open items in the order in which `money` pays them."""
        for debt in self.debts:
            if debt.item.id in money.corrects:
                yield debt, AllocationRule.CORRECTED
        named = self.numbers.get(money.named) if money.named else None
        if named is not None:
            for debt in self.debts:
                if debt.item.id == named:
                    yield debt, AllocationRule.NAMED
            for debt in self.debts:
                if self.policy.interest_of_named and _charges_interest_on(debt.item, named):
                    yield debt, AllocationRule.ITS_INTEREST
        for debt in self.debts:
            due = debt.item.due_on <= money.day
            yield debt, AllocationRule.OLDEST_DUE if due else AllocationRule.NOT_YET_DUE

    def _move(self, money: _Money, debt: _Debt, day: date, rule: AllocationRule) -> None:
        """Let `money` lower `debt` by what both still have."""
        part = min(money.left, debt.left)
        if part:
            money.left -= part
            debt.left -= part
            self.allocated.append(
                Allocated(money.id, money.by_correction, debt.item.id, day, to_zlotys(part), rule)
            )

    def _settle(self) -> None:
        self.settled.extend(debt.item.id for debt in self.debts if not debt.left)
        self.debts = [debt for debt in self.debts if debt.left]

    def result(self) -> Allocation:
        """Return the records of what happened."""
        left = dict.fromkeys(self.settled, Decimal("0.00"))
        left |= {debt.item.id: to_zlotys(debt.left) for debt in self.debts}
        rests = (Rest(money.id, money.by_correction, to_zlotys(money.left)) for money in self.spare)
        return Allocation(tuple(self.allocated), left, tuple(rests))


def _names(money: _Money, item: OpenItem) -> bool:
    return money.named != "" and money.named == item.number


def _charges_interest_on(item: OpenItem, invoice: int) -> bool:
    return item.kind is LedgerKind.INTEREST and invoice in item.concerns
