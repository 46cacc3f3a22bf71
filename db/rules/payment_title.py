"""What the title of a transfer names: invoices, clients, accounts, however people type them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from db.rules.bank_files.details import accounts_in
from db.rules.text import without_marks

T = TypeVar("T")

LOOKED_AT = 500
"""Characters of a title that are looked at."""
CLIENT_DIGITS = 6
"""Of a client number within an invoice number."""

_MONTH, _DAY = r"20\d\d(?:0[1-9]|1[0-2])", r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_PARTS = re.compile(rf"({_MONTH})(\d{{7}})(\d{{6}})({_DAY})", re.A)
_LETTERED = re.compile(r"F\W{0,3}A\W{0,3}K(?:\W{0,3}\d){27}", re.A)
_MAYBE, _APART = r"[\s/\\.\-_]{0,4}", r"[\s/\\.\-_]{1,4}"
_BARE = re.compile(rf"(?<!\d){_MONTH}{_MAYBE}\d{{7}}{_MAYBE}\d{{6}}{_MAYBE}{_DAY}(?!\d)", re.A)
_TAIL = re.compile(rf"(?<!\d)(?:(\d{{1,7}}){_APART})?(\d{{4,6}}){_APART}({_DAY})(?!\d)", re.A)
_SERIAL = re.compile(rf"(?<!\d)({_MONTH}){_APART}(\d{{1,7}})(?!\d)", re.A)
_LABELLED = re.compile(
    r"\b(?:KLIENT(?:A|KI|KA)?|ODBIORC[AY]|PLATNIKA?|KONTRAHENTA?|ABONENTA?|NABYWC[AY]|KL|ID)"
    r"[\s.:#-]{0,3}(?:NR|NUMER)?[\s.:#-]{0,3}(\d{6}|\d{4})(?!\d)",
    re.A,
)
_SIX = re.compile(r"(?<!\d)(\d{6})(?!\d)", re.A)
_NOT_DIGIT = re.compile(r"\D+")


@dataclass(frozen=True, slots=True)
class InvoiceTail:
    """The end of an invoice number, which is what people copy of it."""

    client: str
    """Six digits, as within the number."""
    issued: str
    """YYYYMMDD."""
    serial: int | None = None
    """In its period, where a number stands before the client's."""


@dataclass(frozen=True, slots=True)
class Named:
    """What a title names; whether it exists is for the matching."""

    invoices: tuple[str, ...] = ()
    """Whole numbers, in their official form."""
    tails: tuple[InvoiceTail, ...] = ()
    serials: tuple[tuple[str, int], ...] = ()
    """Period as YYYYMM and serial in it."""
    clients: tuple[str, ...] = ()
    """Client numbers with a word that says so: `nr klienta 4410`."""
    possible_clients: tuple[str, ...] = ()
    """Six digits that stand alone."""
    accounts: tuple[str, ...] = ()
    """26 digits each, with valid check digits."""


def named_in(title: str) -> Named:
    """Return what `title` names, each thing once, in the order of the text.

    Small letters, blanks, other signs than slashes and missing ones make no difference. What was
    read as a part of one thing is not read again as another.
    """
    rest = _Rest(without_marks(title[:LOOKED_AT]).upper())
    accounts = accounts_in(rest.text)
    for account in accounts:
        rest.take(re.compile(" ?".join(account)), lambda found: found[0])
    invoices = [*rest.take(_LETTERED, _number), *rest.take(_BARE, _number)]
    tails = rest.take(_TAIL, _tail)
    clients = rest.take(_LABELLED, lambda found: found[1])
    serials = rest.take(_SERIAL, lambda found: (found[1], int(found[2])))
    possible = rest.take(_SIX, lambda found: found[1])
    return Named(
        _once(invoices), _once(tails), _once(serials), _once(clients), _once(possible), _once(accounts)
    )


def _number(found: re.Match[str]) -> str | None:
    """Return the official form of an invoice number; None when its parts are no such number."""
    parts = _PARTS.fullmatch(_NOT_DIGIT.sub("", found[0]))
    return f"FAK/{parts[1]}/{parts[2]}/{parts[3]}/{parts[4]}" if parts else None


def _tail(found: re.Match[str]) -> InvoiceTail:
    return InvoiceTail(f"{found[2]:0>{CLIENT_DIGITS}}", found[3], int(found[1]) if found[1] else None)


class _Rest:
    """The part of a title that nothing has been read from yet."""

    def __init__(self, text: str) -> None:
        self.text = text

    def take(self, pattern: re.Pattern[str], read: Callable[[re.Match[str]], T | None]) -> list[T]:
        """Return what `read` makes of the matches, and blank those out."""
        taken: list[T] = []

        def blank(found: re.Match[str]) -> str:
            value = read(found)
            if value is None:
                return found[0]
            taken.append(value)
            return " ; "

        self.text = pattern.sub(blank, self.text)
        return taken


def _once(things: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(things))
