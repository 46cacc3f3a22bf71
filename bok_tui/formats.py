"""Numbers, days and money as people here write them: `1 234,56 zł`, `22.11.2026`.

Small functions of our own, because a full locale library costs more at start than the whole
sign-in screen. Groups and units are joined by no-break spaces, so that no line breaks there.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from db.clock import office_zone
from db.records.money import Money
from db.rules.months import dotted

GAP = "\u00a0"
"""No-break space: between groups of digits and before a unit."""


def number(value: Decimal | int, language: str = "pl", *, places: int | None = None) -> str:
    """Write `value` with groups of three: `-1 234,5` in Polish, `-1,234.5` in English.

    `places` decimals, rounded half up; None keeps those that the value has.
    """
    exact = Decimal(value)
    if places is not None:
        exact = exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{exact:,f}"
    if language == "en":
        return text
    whole, dot, decimals = text.partition(".")
    # four digits are grouped as well, so that columns stay in line
    return whole.replace(",", GAP) + ("," + decimals if dot else "")


def volume(value: Decimal | int, language: str = "pl", *, places: int | None = None) -> str:
    """Write a volume in m³."""
    return f"{number(value, language, places=places)}{GAP}m³"


def money(value: Decimal, language: str = "pl") -> str:
    """Write an amount in zloty with two decimals: `1 234,50 zł`."""
    amount = number(value, language, places=2)
    return f"{amount}{GAP}zł" if language == "pl" else f"PLN{GAP}{amount}"


def day(value: date, language: str = "pl") -> str:
    """Write a calendar day: `22.11.2026`, in English `22 Nov 2026`."""
    if language == "pl":
        return dotted(value)
    months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    return f"{value.day}{GAP}{months[value.month - 1]}{GAP}{value.year:04d}"


def moment(value: datetime, language: str = "pl") -> str:
    """Write an instant as the office's clock shows it: `22.11.2026 10:41`."""
    local = value.astimezone(office_zone())
    return f"{day(local.date(), language)}{GAP}{local:%H:%M}"


def clock_time(value: datetime) -> str:
    """Write the time of an instant as the office's clock shows it: `10:41`."""
    return f"{value.astimezone(office_zone()):%H:%M}"


def duration(seconds: float) -> str:
    """Write a length of time as a call timer does: `00:42`, `1:02:03`."""
    minutes, rest = divmod(max(0, int(seconds)), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes:02d}:{rest:02d}"


def shown(value: object, language: str) -> object:
    """Return a message's parameter as text of `language`; what is no number or day stays as it is."""
    match value:
        case bool():
            return value
        case Money():
            return money(value, language)
        case Decimal() | int():
            return number(value, language)
        case datetime():
            return moment(value, language)
        case date():
            return day(value, language)
        case timedelta():
            return duration(value.total_seconds())
    return value
