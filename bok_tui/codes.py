"""What may be typed on the command line: a code acts, everything else is searched for.

A pure parser; the desk does what it answers. Codes are single letters before a blank, so that no
name is taken for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bok_tui.i18n import N_


class Do(StrEnum):
    """What Enter does with the line."""

    NOTHING = "nothing"
    SEARCH = "search"
    """Open the hit under the cursor."""
    CLIENT = "client"
    """Open the client with this very number."""
    READING = "reading"
    """Open the client and propose a reading."""
    METER = "meter"
    """Open the client who has this meter."""
    INVOICE = "invoice"
    """Open the client who got this invoice, at it."""
    REQUESTS = "requests"
    """The queue, or the one request whose number was typed."""
    MAIL = "mail"
    """The inbox."""
    BATCH = "batch"
    """Many readings, typed one below the other."""
    CODES = "codes"
    """Explain the codes."""


@dataclass(frozen=True, slots=True)
class Line:
    """The command line as it was understood."""

    do: Do
    text: str = ""
    """What is searched for while typing; empty searches nothing."""
    number: str = ""
    """Client, meter, invoice or request number."""
    state: str = ""
    """The reading as typed; the form checks it."""


CODES: tuple[tuple[str, str], ...] = (
    ("123456", N_("opens the client with this number (4 digits: a business)")),
    ("o 123456 487", N_("opens the client and proposes a reading of 487")),
    ("m 81234567", N_("opens the client who has this meter")),
    ("f FAK/...", N_("opens an invoice; its end is enough: f 118/123456/20261105")),
    ("w", N_("opens the requests; w W/2026/00418 or w 418 opens one")),
    ("p", N_("opens the mail that came in")),
    ("ob", N_("many readings one below the other; ob 12 opens that batch")),
    ("?", N_("shows these codes")),
)
"""A code as typed, and what it does (English source text)."""

_CLIENT = re.compile(r"\d{4}|\d{6}")
_READING = re.compile(r"o\s+(\S+)(?:\s+(.*))?", re.IGNORECASE)
_INVOICE = re.compile(r"(?:f\s+(\S+)|((?:FAK|KOR)/\S+))", re.IGNORECASE)
_REQUEST = re.compile(r"w\s+(W/\d{4}/\d+|\d{1,7})|(W/\d{4}/\d+)", re.IGNORECASE)
_BATCH = re.compile(r"ob(?:\s+([0-9]{1,9}))?", re.IGNORECASE)
_METER = re.compile(r"m\s+(\S+)", re.IGNORECASE)


def understand(typed: str) -> Line:
    """Return what `typed` asks for; blanks around it do not matter."""
    text = " ".join(typed.split())
    if not text:
        return Line(Do.NOTHING)
    if text == "?":
        return Line(Do.CODES)
    if text.casefold() == "w":
        return Line(Do.REQUESTS)
    if text.casefold() == "p":
        return Line(Do.MAIL)
    if batch := _BATCH.fullmatch(text):
        return Line(Do.BATCH, number=batch[1] or "")
    if request := _REQUEST.fullmatch(text):
        return Line(Do.REQUESTS, number=_request_number(request[1] or request[2]))
    if _CLIENT.fullmatch(text) and text.isascii():
        return Line(Do.CLIENT, text=text, number=text)
    if reading := _READING.fullmatch(text):
        return Line(Do.READING, text=reading[1], number=reading[1], state=reading[2] or "")
    if meter := _METER.fullmatch(text):
        return Line(Do.METER, text=meter[1], number=meter[1])
    if invoice := _INVOICE.fullmatch(text):
        return Line(Do.INVOICE, number=invoice[1] or invoice[2])
    return Line(Do.SEARCH, text=text)


def _request_number(typed: str) -> str:
    """Return the number of a request with its zeros; the count alone stays as it is."""
    mark, year, count = ["", "", typed] if typed.isdecimal() else typed.split("/")
    return f"{mark.upper()}/{year}/{int(count):05d}" if mark else count
