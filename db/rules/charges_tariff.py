"""Prices over days: where a price changes, and how a quantity is divided there.

A tariff is prepared once and serves every contract that has it: which days have which price, the
standing charge of a billing period, and what a volume costs over a span of days are worked out once.
A town is read street by street in whole m³, so that most volumes of a run come back many times.
"""

from __future__ import annotations

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from db.records.charges import UNITS, ChargeLine, Prices, Service, VatRates
from db.refusals import ChargeRefused
from db.rules.charges_exact import FINE, GROSZE, LITRES, divided, from_units, to_units
from db.words import N_

MOST_KEPT = 4096
"""Spans of days that are remembered; a billing run has a few hundred."""
MOST_VOLUMES = 16_384
"""Volumes over a span that are remembered, about 1 kB each."""
MONTH = 377_580
"""Parts of a month: the smallest number that 28, 29, 30 and 31 divide."""

_DAY = timedelta(days=1)
_PLACES = {Service.WATER: LITRES, Service.SEWAGE: LITRES, Service.STANDING: FINE}


@dataclass(frozen=True, slots=True)
class Piece:
    """Days of a span that have one price for a service."""

    first: date
    last: date
    days_so_far: int
    """From the first day of the span to the last of the piece."""
    price: Decimal
    amount: int
    """The price in ten-thousandths of a złoty."""


@dataclass(frozen=True, slots=True)
class Charged:
    """What one service costs over a span."""

    lines: tuple[ChargeLine, ...]
    vat_rate: Decimal
    net: int
    """Grosze: the nets of the lines added up."""


class Tariff:
    """Dated prices and the VAT rates that go with them."""

    def __init__(self, prices: Sequence[Prices], vat: VatRates) -> None:
        """Prepare `prices`, in order of time; raises ChargeRefused when they are not."""
        for at in range(1, len(prices)):
            if prices[at].valid_from <= prices[at - 1].valid_from:
                raise ChargeRefused(f"prices[{at}].from", _NOT_LATER, day=prices[at].valid_from.isoformat())
        self._prices = tuple(prices)
        self.vat = vat
        self._changes = {service: _changes(prices, service) for service in Service}
        self._pieces: dict[tuple[Service, date, date], tuple[Piece, ...]] = {}
        self._volumes: dict[tuple[Service, date, date, int], Charged] = {}
        self._standing: dict[tuple[date, date], Charged] = {}

    @property
    def first_day(self) -> date:
        """The first day that has prices; the last of all days when there are none."""
        return min((days[0] for days, _ in self._changes.values() if days), default=date.max)

    def followed_by(self, other: Tariff, day: date) -> Tariff:
        """Return the tariff of a contract that belongs to another group from `day` on.

        Its prices change there as on any day with new prices; the VAT rates are the other's.
        """
        before = [price for price in self._prices if price.valid_from < day]
        there = [price for price in other._prices if price.valid_from <= day][-1:]
        later = [price for price in other._prices if price.valid_from > day]
        return Tariff([*before, *(replace(price, valid_from=day) for price in there), *later], other.vat)

    def pieces(self, service: Service, first: date, last: date) -> tuple[Piece, ...]:
        """Return the days from `first` to `last`, cut where the price of `service` changes its amount.

        Raises ChargeRefused when a day has no price.
        """
        key = (service, first, last)
        found = self._pieces.get(key)
        if found is None:
            if len(self._pieces) >= MOST_KEPT:
                self._pieces.clear()
            found = self._pieces[key] = tuple(self._cut(service, first, last))
        return found

    def _cut(self, service: Service, first: date, last: date) -> list[Piece]:
        days, prices = self._changes[service]
        at = bisect_right(days, first) - 1
        if at < 0 and not days:
            raise ChargeRefused("prices", _NO_PRICE, day=first.isoformat())
        if at < 0:
            raise ChargeRefused("prices[0].from", _NO_PRICE, day=first.isoformat())
        pieces = []
        begins = first
        while begins <= last:
            price = prices[at]
            if price is None:
                raise ChargeRefused(f"prices.{service.value}", _NO_PRICE, day=begins.isoformat())
            at += 1
            ends = min(last, days[at] - _DAY) if at < len(days) else last
            pieces.append(Piece(begins, ends, (ends - first).days + 1, price, to_units(price, FINE)))
            if ends == last:
                break
            begins = ends + _DAY
        return pieces

    def rate(self, service: Service) -> Decimal:
        """Return the VAT rate of `service`; raises ChargeRefused when there is none."""
        if service is Service.WATER:
            return self.vat.water
        if service is Service.STANDING:
            return self.vat.standing
        if self.vat.sewage is None:
            raise ChargeRefused("vat.sewage", _NO_RATE)
        return self.vat.sewage

    def volume(self, service: Service, first: date, last: date, litres: int) -> Charged:
        """Return what `litres` taken evenly from `first` to `last` cost; nothing for 0.

        Raises ChargeRefused when a day has no price, or sewage no VAT rate.
        """
        key = (service, first, last, litres)
        found = self._volumes.get(key)
        if found is None:
            if len(self._volumes) >= MOST_VOLUMES:
                self._volumes.clear()
            pieces = self.pieces(service, first, last)
            parts = divide(litres, pieces, pieces[-1].days_so_far)
            found = self._volumes[key] = charge(service, pieces, parts, self.rate(service))
        return found

    def standing(self, first: date, last: date) -> Charged:
        """Return the standing charge of the days from `first` to `last`: one line for each price.

        A month counts by its days, a whole one exactly 1; the running total is rounded half up to
        four decimals at each change of price, not month by month.
        """
        found = self._standing.get((first, last))
        if found is None:
            if len(self._standing) >= MOST_KEPT:
                self._standing.clear()
            found = self._standing[first, last] = self._stand(first, last)
        return found

    def _stand(self, first: date, last: date) -> Charged:
        pieces = self.pieces(Service.STANDING, first, last)
        months = [divided(month_parts(first, piece.last) * 10**FINE, MONTH) for piece in pieces]
        parts = [total - before for before, total in pairwise([0, *months])]
        return charge(Service.STANDING, pieces, parts, self.rate(Service.STANDING))


def divide(quantity: int, pieces: Sequence[Piece], days: int) -> list[int]:
    """Return the part of `quantity` that falls on each of `pieces`, which are cut from `days` days.

    The running total up to each change is rounded half up and a part is the difference of two of
    them, so that the parts add up exactly and none is below 0.
    """
    running = 0
    parts = []
    for piece in pieces:
        total = divided(quantity * piece.days_so_far, days)
        parts.append(total - running)
        running = total
    return parts


def month_parts(first: date, last: date) -> int:
    """Return the months from `first` to `last`, each by its days, in parts of which a month has `MONTH`."""
    whole = (last.year - first.year) * 12 + last.month - first.month
    before = (first.day - 1) * MONTH // monthrange(first.year, first.month)[1]
    ended = last.day * MONTH // monthrange(last.year, last.month)[1]
    return whole * MONTH + ended - before


def charge(service: Service, pieces: Sequence[Piece], parts: Sequence[int], vat_rate: Decimal) -> Charged:
    """Return a line for each piece: `parts` are litres, or ten-thousandths of a month.

    Lines of quantity 0 are left out. Net is quantity times price, rounded to the grosz half away
    from zero.
    """
    places, unit = _PLACES[service], UNITS[service]
    grosz = 10 ** (places + FINE - GROSZE)
    lines, nets = [], 0
    for piece, part in zip(pieces, parts, strict=True):
        if not part:
            continue
        net = divided(part * piece.amount, grosz)
        nets += net
        quantity = from_units(part, places)
        amount = from_units(net, GROSZE)
        lines.append(
            ChargeLine(service, piece.first, piece.last, quantity, unit, piece.price, amount, vat_rate)
        )
    return Charged(tuple(lines), vat_rate, nets)


def _changes(prices: Sequence[Prices], service: Service) -> tuple[list[date], list[Decimal | None]]:
    """Return the days on which the amount of `service` changes, and the amounts from then on."""
    days: list[date] = []
    amounts: list[Decimal | None] = []
    for row in prices:
        amount: Decimal | None = getattr(row, service.value)
        if not amounts or amount != amounts[-1]:
            days.append(row.valid_from)
            amounts.append(amount)
    return days, amounts


_NOT_LATER = N_("%(field)s: the day %(day)s is not after that of the prices before it.")
_NO_PRICE = N_("%(field)s: there is no price for %(day)s.")
_NO_RATE = N_("%(field)s: the VAT rate of sewage is missing.")
