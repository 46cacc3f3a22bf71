"""Short spellings of bills and of what they come to, and a slow second opinion on them.

A reading is `"08-31 487"` or, past the last figure of the dial, `"10-31 12 over"`; without a year
it is 2026. A price row is `"01-01 5.12 7.80 6.40"`: water, sewage, standing charge. An expected line
is `"water 09-01..10-31 24.000 x 5.12 = 122.88 at 8"`, an expected row of VAT `"8: 322.88 + 25.83 = 348.71"`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from db.records.charges import ChargeLine, Charges, DialReading, MeterReadings, Totals
from db.records.clients import MeterRole

FAR = date(2029, 12, 31)
BEFORE = "01-01 5.12 7.80 6.40"
OCTOBER = "10-01 5.60 8.20 6.90"


@dataclass(frozen=True)
class Bill:
    """A bill as the shell takes it, every part of it ordinary unless said otherwise."""

    meters: tuple[MeterReadings, ...]
    prices: tuple[str, ...] = (BEFORE,)
    period: str = "09-01..10-31"
    contract: str = "2014-03-01.."
    sewage: bool = True
    vat: dict[str, str] = field(default_factory=lambda: {"water": "8", "sewage": "8", "standing": "8"})

    def description(self) -> dict[str, Any]:
        """Return the description that `bok billing quote` reads."""
        begins, _, ends = self.contract.partition("..")
        first, _, last = self.period.partition("..")
        return {
            "period": {"from": iso(first), "to": iso(last)},
            "contract": {"from": iso(begins), "to": iso(ends) if ends else None},
            "sewage": self.sewage,
            "prices": [_row(text) for text in self.prices],
            "vat": dict(self.vat),
            "meters": [_meter(meter) for meter in self.meters],
        }


def meter(role: str, *readings: str, digits: int = 5, verified: str = "2029-12-31") -> MeterReadings:
    """Return a meter with its readings."""
    number = "81234567" if role == "main" else "90000001"
    return MeterReadings(number, MeterRole(role), digits, day(verified), tuple(map(dial, readings)))


def main(*readings: str, digits: int = 5) -> MeterReadings:
    return meter("main", *readings, digits=digits)


def garden(*readings: str, verified: str = "2029-12-31") -> MeterReadings:
    return meter("garden", *readings, verified=verified)


def dial(text: str) -> DialReading:
    parts = text.split()
    return DialReading(day(parts[0]), Decimal(parts[1]), parts[2:] == ["over"])


def day(text: str) -> date:
    return date.fromisoformat(iso(text))


def iso(text: str) -> str:
    return text if len(text) == 10 else f"2026-{text}"


def shown_line(line: ChargeLine) -> str:
    """Return a line as the table of bills spells it."""
    span = f"{_short(line.first)}..{_short(line.last)}"
    return f"{line.service} {span} {line.quantity} x {line.price} = {line.net} at {line.vat_rate}"


def shown_vat(totals: Totals) -> list[str]:
    return [f"{row.rate}: {row.net} + {row.vat} = {row.gross}" for row in totals.vat]


def require_sound(charges: Charges) -> None:
    """Assert what holds for every bill whatever it says."""
    totals = charges.totals
    assert totals.net == sum(line.net for line in charges.lines) == sum(row.net for row in totals.vat)
    assert totals.vat_total == sum(row.vat for row in totals.vat)
    assert totals.gross == totals.net + totals.vat_total == sum(row.gross for row in totals.vat)
    rates = [row.rate for row in totals.vat]
    assert rates == sorted(set(rates), reverse=True)
    assert set(rates) == {line.vat_rate for line in charges.lines}
    places = {"water": -3, "sewage": -3, "standing": -4}
    for line in charges.lines:
        assert line.first <= line.last
        assert line.quantity.as_tuple().exponent == places[line.service]
        assert line.net.as_tuple().exponent == -2
        assert line.net == half_up(Fraction(line.quantity) * Fraction(line.price), 2)
    order = [(list(places).index(line.service), line.first) for line in charges.lines]
    assert order == sorted(order)


def half_up(value: Fraction, places: int) -> Decimal:
    """Round half away from zero, without the arithmetic of Decimal."""
    whole, rest = divmod(abs(value) * 10**places, 1)
    whole += rest >= Fraction(1, 2)
    return Decimal(f"{'-' if value < 0 and whole else ''}{whole}E-{places}")


def plain_split(quantity: Decimal, amounts: Sequence[str], days: Sequence[date]) -> list[tuple[Decimal, str]]:
    """Divide day by day, as rule 4 is read aloud: an amount for each day, a running total at each change."""
    parts, done = [], Decimal(0)
    for at, amount in enumerate(amounts, 1):
        if at == len(amounts) or Decimal(amounts[at]) != Decimal(amount):
            total = half_up(Fraction(quantity) * at / len(days), 3)
            parts.append((total - done, amount))
            done = total
    return parts


def plain_months(first: date, last: date) -> Fraction:
    """Add up the months day by day."""
    months = Fraction(0)
    while first <= last:
        ahead = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
        months += Fraction(1, (ahead - timedelta(days=1)).day)
        first += timedelta(days=1)
    return months


def _short(value: date) -> str:
    return f"{value:%m-%d}" if value.year == 2026 else value.isoformat()


def _row(text: str) -> dict[str, str]:
    begins, water, sewage, standing = text.split()
    row = {"from": iso(begins), "water": water, "sewage": sewage, "standing": standing}
    return {key: value for key, value in row.items() if value != "-"}


def _meter(meter: MeterReadings) -> dict[str, Any]:
    return {
        "number": meter.number,
        "role": meter.role.value,
        "digits": meter.digits,
        "verified_until": meter.verified_until.isoformat(),
        "readings": [
            {"day": reading.day.isoformat(), "state": f"{reading.state:f}"}
            | ({"rollover": True} if reading.rollover else {})
            for reading in meter.readings
        ],
    }
