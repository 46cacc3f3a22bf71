"""Columns of a listing, and how one cell looks to people and to programs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from db.clock import office_zone
from db.rules.months import dotted
from db.words import N_

Row = Mapping[str, object]
"""Values by column key: str, int, Decimal, bool, date, datetime, None, or a sequence or mapping of them."""

Translate = Callable[[str], str]
"""Turns a marked English text into the reader's language."""

NBSP = "\u00a0"
YES, NO = N_("yes"), N_("no")


class Kind(StrEnum):
    """What the values of a column are; decides alignment and spelling."""

    TEXT = "text"
    COUNT = "count"
    VOLUME = "volume"
    """m³; a string in JSON."""
    AMOUNT = "amount"
    """Złoty; a string with two decimals in JSON."""
    DAY = "day"
    INSTANT = "instant"
    FLAG = "flag"


_FIGURES = (Kind.COUNT, Kind.VOLUME, Kind.AMOUNT)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key is for programs and never changes, its label (`N_`-marked) is for people."""

    key: str
    label: str
    kind: Kind = Kind.TEXT
    words: Mapping[str, str] = field(default_factory=dict)
    """What people read instead of a code, `N_`-marked: `{"phone": N_("by phone")}`."""
    told: Callable[[str], tuple[str, Mapping[str, str]] | None] | None = None
    """Says the same of a code that holds values: the words with their place holders, and the values."""

    @property
    def align(self) -> Literal["left", "right"]:
        """Numbers stand right."""
        return "right" if self.kind in _FIGURES else "left"


def for_people(value: object, column: Column, translate: Translate) -> str:
    """Return `value` as a Polish office writes it: `1 234,50`, `22.11.2026`, codes in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return translate(YES if value else NO)
    if isinstance(value, int | Decimal):
        # a weekday is a number to programs and a word to people
        words = column.words.get(str(value)) if column.words else None
        return translate(words) if words else _grouped(value, column.kind)
    if isinstance(value, datetime):
        local = value.astimezone(office_zone())
        return f"{dotted(local)} {local:%H:%M}"
    if isinstance(value, date):
        return dotted(value)
    if isinstance(value, Mapping):
        return " ".join(for_people(item, column, translate) for item in value.values())
    if isinstance(value, list | tuple):
        return ", ".join(for_people(item, column, translate) for item in value)
    text = str(value)
    if column.told and (found := column.told(text)):
        words, values = found
        return translate(words) % values
    return translate(column.words[text]) if text in column.words else text


def for_programs(value: object, kind: Kind = Kind.TEXT) -> object:
    """Return `value` in JSON's own types: ISO days, amounts and volumes as strings, UTC instants."""
    if value is None or type(value) is str or isinstance(value, bool):
        return value
    if isinstance(value, (int, Decimal)):
        return _figure(value, kind)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): for_programs(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [for_programs(item, kind) for item in value]
    return str(value)


def _figure(value: int | Decimal, kind: Kind) -> int | str:
    if kind is Kind.AMOUNT:
        return f"{value:.2f}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if kind is Kind.VOLUME else value


def _grouped(value: int | Decimal, kind: Kind) -> str:
    """Return figures in groups of three; an int in a text column is a number of something, not grouped."""
    if kind not in _FIGURES:
        return str(value)
    figure = f"{value:,.2f}" if kind is Kind.AMOUNT else f"{value:,}"
    return figure.replace(",", NBSP).replace(".", ",").replace("-", "−")
