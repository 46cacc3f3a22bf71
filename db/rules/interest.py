"""Statutory interest for delay (KC 481): simple, actual days over 365, by dated yearly rates.

It runs from the day after the last day for payment to the day of payment or the day asked about,
both inside. A term that ends on a Saturday or a holiday ends on the next working day (KC 115). A
part payment lowers the principal from the day after it arrives. All parts are added exactly and
the sum is rounded once per invoice, half up to the grosz.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from db.errors import Refused
from db.rules.charges_exact import divided
from db.rules.grosze import to_grosze, to_zlotys
from db.rules.working_days import is_working_day, next_working_day
from db.words import N_

YEAR_DAYS = 365
"""Also in a leap year."""
RATE_PLACES = 4
"""Decimals of a yearly rate in percent that are kept."""

_SCALE = YEAR_DAYS * 100 * 10**RATE_PLACES
"""What a product of grosze, days and scaled percent is divided by."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class InterestRate:
    """A yearly rate for delay; it holds until the day before the next one."""

    starts_on: date
    percent: Decimal
    """10.00 is 10 % a year."""

    def __post_init__(self) -> None:
        if self.percent < 0 or self.percent != round(self.percent, RATE_PLACES):
            raise ValueError(f"{self.percent} % is no yearly rate of at most {RATE_PLACES} decimals")


@dataclass(frozen=True, slots=True)
class PartPayment:
    """Money that lowered the principal."""

    day: date
    """It arrived; interest runs on it up to and including this day."""
    amount: Decimal


@dataclass(frozen=True, slots=True)
class InterestPart:
    """Days with one principal and one rate."""

    first: date
    last: date
    principal: Decimal
    percent: Decimal

    @property
    def days(self) -> int:
        """Days with interest, both ends inside."""
        return (self.last - self.first).days + 1

    @property
    def exact(self) -> Fraction:
        """Interest of the part in zlotys, before any rounding."""
        return Fraction(self.principal) * self.days * Fraction(self.percent) / (100 * YEAR_DAYS)


@dataclass(frozen=True, slots=True)
class Interest:
    """Interest on one invoice."""

    parts: tuple[InterestPart, ...]
    amount: Decimal
    """Zlotys: the exact sum of the parts, rounded once, half up."""


NO_INTEREST = Interest((), Decimal("0.00"))


def last_day_to_pay(due_on: date, holidays: Collection[date]) -> date:
    """Return `due_on`, or the next working day when that is a Saturday, Sunday or holiday (KC 115)."""
    return due_on if is_working_day(due_on, holidays) else next_working_day(due_on, holidays)


def interest_for_delay(
    principal: Decimal,
    due_on: date,
    until: date,
    rates: Sequence[InterestRate],
    *,
    payments: Iterable[PartPayment] = (),
    holidays: Collection[date] = (),
    charged_to: date | None = None,
) -> Interest:
    """Return the interest on `principal` for the delay up to and including `until`.

    `principal` is what was owed at first, `payments` what came in on it later; money on top of it
    changes nothing. `charged_to` is the last day that an earlier note charged: interest begins
    after it. Raises Refused for a day of delay that has no rate.
    """
    first = last_day_to_pay(due_on, holidays) + _DAY
    if charged_to is not None:
        first = max(first, charged_to + _DAY)
    parts = tuple(accrue(principal, first, until, rates, payments=payments))
    return Interest(parts, to_zlotys(divided(_scaled(parts), _SCALE))) if parts else NO_INTEREST


def accrue(
    principal: Decimal,
    first: date,
    last: date,
    rates: Sequence[InterestRate],
    *,
    payments: Iterable[PartPayment] = (),
) -> list[InterestPart]:
    """Return the parts of `first` to `last`, each with one principal and one rate, nothing rounded.

    Cutting the interval anywhere leaves the sum of `exact` as it is. Raises Refused for a day
    without a rate.
    """
    parts: list[InterestPart] = []
    ordered = sorted(rates, key=lambda rate: rate.starts_on)
    for start, end, owed in _levels(principal, first, last, payments):
        parts.extend(_by_rate(owed, start, end, ordered))
    return parts


def _levels(
    principal: Decimal, first: date, last: date, payments: Iterable[PartPayment]
) -> Iterable[tuple[date, date, Decimal]]:
    """Return the runs of days on which the same principal was owed; those with nothing left out."""
    owed, start = principal, first
    for payment in sorted(payments, key=lambda payment: payment.day):
        if payment.day >= last or owed <= 0:
            break
        if payment.day >= start:
            yield start, payment.day, owed
            start = payment.day + _DAY
        owed -= payment.amount
    if start <= last and owed > 0:
        yield start, last, owed


def _by_rate(owed: Decimal, first: date, last: date, rates: Sequence[InterestRate]) -> Iterable[InterestPart]:
    """Return the days from `first` to `last` in pieces of one rate."""
    place = bisect_right(rates, first, key=lambda rate: rate.starts_on) - 1
    if place < 0:
        raise Refused(
            N_("There is no rate of interest for %(day)s. Add it to the table of rates."),
            day=first,
        )
    while first <= last:
        following = rates[place + 1].starts_on if place + 1 < len(rates) else None
        end = last if following is None else min(last, following - _DAY)
        if end >= first:
            yield InterestPart(first, end, owed, rates[place].percent)
            if end == last:  # which may be the last day of the calendar
                return
            first = end + _DAY
        place += 1


def _scaled(parts: Iterable[InterestPart]) -> int:
    """Return the exact sum of the parts in grosze times `_SCALE`: whole numbers only, so fast."""
    return sum(
        to_grosze(part.principal) * part.days * int(part.percent.scaleb(RATE_PLACES)) for part in parts
    )
