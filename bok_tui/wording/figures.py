"""Days, instants and figures in the language of the screen."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from bok_tui import formats
from bok_tui.i18n import current_language


def day_text(value: date) -> str:
    """Return a calendar day: `22.11.2026`."""
    return formats.day(value, current_language())


def moment_text(value: datetime) -> str:
    """Return an instant on the office's clock: `22.11.2026 10:41`."""
    return formats.moment(value, current_language())


def volume_text(value: Decimal | int, *, places: int | None = None) -> str:
    """Return a volume in m³: `1 234,5 m³`."""
    return formats.volume(value, current_language(), places=places)


def number_text(value: Decimal | int, *, places: int | None = None) -> str:
    """Return a figure with groups of three and the language's decimal sign."""
    return formats.number(value, current_language(), places=places)


def money_text(value: Decimal) -> str:
    """Return an amount in zloty with two decimals: `1 234,50 zł`."""
    return formats.money(value, current_language())
