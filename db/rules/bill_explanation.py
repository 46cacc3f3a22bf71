"""A bill explained in up to three Polish sentences: days and use, comparison, change of price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from db.records.charges import ChargeLine, Service
from db.rules.expected import Period, use_between
from db.rules.months import dotted

_NAMES = {
    Service.WATER: "metr sześcienny wody kosztuje",
    Service.SEWAGE: "odprowadzenie metra sześciennego ścieków kosztuje",
    Service.STANDING: "opłata abonamentowa za miesiąc wynosi",
}


@dataclass(frozen=True, slots=True)
class Compared:
    """Use of some days, to compare with."""

    volume: int
    """Whole m³."""
    days: int


def explain(
    *,
    water: int,
    days: int,
    last: date,
    lines: Sequence[ChargeLine],
    before: Sequence[Period],
    estimated: bool,
) -> tuple[str, ...]:
    """Return the sentences for a bill of `water` m³ in `days` days up to `last`.

    `before` are the settled periods until then, oldest first.
    """
    first = last - timedelta(days=days - 1)
    how = " według szacunku, bo wodomierza nie odczytano" if estimated else ""
    sentences = [
        f"Rachunek obejmuje {_days(days)} (od {dotted(first)} do {dotted(last)}) i {water} m³ wody{how}."
    ]
    if compared := _comparison(water, days, first, last, before):
        sentences.append(compared)
    if changed := _price_change(lines):
        sentences.append(changed)
    return tuple(sentences)


def previous_use(first: date, before: Sequence[Period]) -> Compared | None:
    """Return the use of the settled period that ends where this one begins."""
    own = [period for period in before if period.end == first - timedelta(days=1)]
    if not own:
        return None
    return Compared(sum(period.consumption for period in own), max(period.days for period in own))


def year_before(first: date, last: date, before: Sequence[Period]) -> Compared | None:
    """Return the use of the same days a year before, when all of them are known."""
    start, end = first - timedelta(days=366), last - timedelta(days=365)
    used, covered = use_between(before, start, end)
    days = (end - start).days
    return Compared(int(used.to_integral_value()), days) if covered == days else None


def _comparison(water: int, days: int, first: date, last: date, before: Sequence[Period]) -> str | None:
    parts = []
    if found := previous_use(first, before):
        said = f"w poprzednim okresie ({_use(found)})"
        parts.append(f"tyle samo co {said}" if found.volume == water else f"{_than(water, found)} {said}")
    if found := year_before(first, last, before):
        said = f"rok wcześniej ({_use(found)})"
        parts.append(f"tyle samo co {said}" if found.volume == water else f"{_than(water, found)} {said}")
    return f"To {' i '.join(parts)}." if parts else None


def _than(water: int, other: Compared) -> str:
    return f"o {abs(water - other.volume)} m³ {'więcej' if water > other.volume else 'mniej'} niż"


def _use(found: Compared) -> str:
    return f"{found.volume} m³ w {_days(found.days)}"


def _price_change(lines: Sequence[ChargeLine]) -> str | None:
    """Return what changed its price inside the period, the net prices before and after."""
    said = []
    for service in Service:
        own = [line for line in lines if line.service is service and line.quantity >= 0]
        own.sort(key=lambda line: line.first)  # each of several supply points has lines of its own
        for one, other in pairwise(own):
            if one.price != other.price:
                now, then = _money(other.price), _money(one.price)
                said.append(f"od {dotted(other.first)} {_NAMES[service]} netto {now} zamiast {then}")
    if not said:
        return None
    text = "; ".join(said)
    return f"{text[0].upper()}{text[1:]}."


def _days(days: int) -> str:
    return f"{days} dzień" if days == 1 else f"{days} dni"


def _money(price: Decimal) -> str:
    whole = price.quantize(Decimal("0.01"))
    return f"{whole if whole == price else price.normalize()} zł".replace(".", ",")
