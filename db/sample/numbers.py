"""Numbers of the sample town: each kind unique by construction, with a valid check digit.

A running count is spread over the range by a stride, so that no number comes twice without any
being remembered.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

PERSON_NUMBERS = 1_000_000
"""Six digits, leading zeros included."""
BUSINESS_NUMBERS = 10_000
"""Four digits, leading zeros included."""
FIRST_PERSON = 100_001
FIRST_BUSINESS = 1_001

_BIRTHS_FROM = date(1934, 1, 1).toordinal()
_BIRTH_DAYS = date(2004, 12, 31).toordinal() - _BIRTHS_FROM + 1
_SERIALS = 5_000
"""PESEL serials a day and sex."""
_HALF = _SERIALS // 2
PESEL_STRIDE = 29_999_999
PESEL_SLOTS = _BIRTH_DAYS * _HALF
"""Days of birth with half the serials of a day; the other half are for spouses."""
_AGE_GAP = 2_921
"""Days among which the ages of a couple differ."""

_OFFICES = (
    *(514, 521, 538, 549, 562, 571, 584, 593, 613, 625),
    *(634, 646, 657, 668, 679, 681, 695, 717, 728, 739),
)
_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_METERS_FROM, _METERS, _METER_STRIDE = 10_000_000, 90_000_000, 37
"""Meters come in deliveries: neighbours' numbers are near each other, and the index of two million
of them grows at its end."""
RESERVED_METERS = range(81_234_500, 81_234_700)
"""Meter numbers that belong to the cast."""


def running_numbers(first: int, count: int, digits: int, reserved: Container[str]) -> Iterator[str]:
    """Yield every client number of `digits` digits once, from `first` on and around, but `reserved` ones."""
    for place in range(count):
        number = f"{(first + place) % count:0{digits}d}"
        if number not in reserved:
            yield number


def pesel(count: int, *, female: bool, spouse: bool = False, offset: int = 0) -> str:
    """Return the PESEL of the `count`-th person, or of their spouse; unique below 63 million."""
    day, serial = divmod((count * PESEL_STRIDE + offset) % PESEL_SLOTS, _HALF)
    serial *= 2
    if spouse:
        # everyone of one serial moves by the same days, so that nobody meets another
        day = (day + serial * 37 % _AGE_GAP - _AGE_GAP // 2) % _BIRTH_DAYS
        serial += 1
    born = date.fromordinal(_BIRTHS_FROM + day)
    month = born.month + 20 * (born.year >= 2000)
    digit = 2 * (serial % 5) + (not female)
    number = f"{born.year % 100:02d}{month:02d}{born.day:02d}{serial // 5:03d}{digit}"
    a, b, c, d, e, f, g, h, i, j = map(int, number)
    check = -(a + 3 * b + 7 * c + 9 * d + e + 3 * f + 7 * g + 9 * h + i + 3 * j) % 10
    return f"{number}{check}"


def nip(count: int, *, offset: int = 0) -> str:
    """Return the NIP of the `count`-th business; unique below ten thousand."""
    spread = (count + offset) * 7_919 % 10_007
    base = _OFFICES[count % len(_OFFICES)] * 1_000_000 + spread * 90
    while True:
        digits = f"{base:09d}"
        check = sum(int(digit) * weight for digit, weight in zip(digits, _NIP_WEIGHTS, strict=True)) % 11
        if check < 10:
            return f"{digits}{check}"
        base += 1  # no NIP has this beginning


def meter_numbers(offset: int = 0) -> Iterator[str]:
    """Yield factory numbers of meters, 8 digits, each once, none of the reserved ones."""
    for place in range(_METERS // _METER_STRIDE):
        number = _METERS_FROM + ((place + offset) * _METER_STRIDE + place * place % _METER_STRIDE) % _METERS
        if number not in RESERVED_METERS:
            yield str(number)
