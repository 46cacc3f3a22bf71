"""Language as our letters write it: days, quantities, and what must not be torn apart at a line's end."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from db.rules.letter_words import MONTHS, day_in_words

NBSP = "\u00a0"


@dataclass(frozen=True, slots=True)
class FootWords:
    """What stands at the foot of every page, and what is said of a letter that cannot be printed."""

    page: str
    of: str
    client: str
    seal: str
    replaced: str


_FEET = {
    "pl": FootWords(
        "strona", "z", "klient", "znacznik treści", "Znak %s zastępuje znak, którego nie można wydrukować."
    ),
    "en": FootWords(
        "page", "of", "client", "content seal", "The mark %s stands for a character that cannot be printed."
    ),
}

_LEADERS = re.compile(r"\b([aiouwz]|nr|art\.|poz\.|ust\.|pkt|tel\.|sp\.|dz\.) (?=\S)", re.IGNORECASE)
_POSTCODE = re.compile(r"(?<=\b\d\d-\d\d\d) ")
_TRAILERS = re.compile(r"(?<=\d) (?=(r\.|m³|dni|zł)(\W|$))")
_DAY_AND_MONTH = re.compile(rf"(?<=\d) (?=({'|'.join(MONTHS)})\b)")


def foot_words(language: str) -> FootWords:
    """Return the words in `language`, Polish ones for any that is not known."""
    return _FEET.get(language, _FEET["pl"])


def tied(text: str) -> str:
    """Return `text` with non-breaking spaces after one-letter words and inside dates and figures."""
    text = _LEADERS.sub(rf"\1{NBSP}", text)
    text = _DAY_AND_MONTH.sub(NBSP, text)
    text = _POSTCODE.sub(NBSP, text)
    return _TRAILERS.sub(NBSP, text)


def long_day(day: date) -> str:
    """Return `22 listopada 2026 r.`."""
    return tied(day_in_words(day))


def short_day(day: date) -> str:
    """Return `22.11.2026`."""
    return f"{day:%d.%m}.{day.year:04d}"


def cubic_metres(volume: int) -> str:
    """Return whole m³ in groups of three: `1 234 m³`."""
    return f"{whole(volume)}{NBSP}m³"


def number_of_days(days: int) -> str:
    """Return `1 dzień` or `61 dni`."""
    return f"{days}{NBSP}{'dzień' if days == 1 else 'dni'}"


def whole(number: int) -> str:
    """Return a whole number in groups of three: `1 234`."""
    return f"{number:,}".replace(",", NBSP).replace("-", "−")
