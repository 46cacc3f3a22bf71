"""Comparing what a caller says with what is stored: tolerant of form, constant in time.

Only yes or no comes out, never the stored value nor how near the answer was.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable
from datetime import date
from hashlib import sha256

from db.errors import WrongInput
from db.rules.day_entry import parse_day
from db.rules.identifiers import parse_phone
from db.rules.text import fold
from db.rules.verification import Question

PESEL_DIGITS_ASKED = 3
"""Digits of the PESEL that one contact asks for."""

_SERIAL = (7, 8, 9)
"""Places that neither the mask shows (the first two, the last two) nor the date of birth tells."""
_BIRTHDAY = (5, 6)
"""Places of the day of birth, which others may know: one contact asks for one of them at most."""
_STREET_WORDS = frozenset(
    {"ul", "ulica", "al", "aleja", "aleje", "os", "osiedle", "pl", "plac", "rondo"}
    | {"nr", "numer", "dom", "m", "mieszkanie", "lok", "lokal"}
)
_LEGAL_FORMS = re.compile(
    r"\b(?:sp(?:olka)?(?: z)? o ?o|spolka z ograniczona odpowiedzialnoscia|sp(?:olka)? [jkp]|s ?[ac]"
    r"|spolka (?:akcyjna|jawna|cywilna|komandytowa|partnerska))\b"
)
_GLUED_FLAT = re.compile(r"(\d)m(\d)")
_HOUSE_LETTER = re.compile(r"\b(\d+) ([a-ln-z])\b")
_POSTAL = re.compile(r"\b\d{2}-\d{3}\b")
_SOME_DAY = date(2000, 1, 1)
_CENTURY = 2070
"""A year of two digits from here on is one of the last century: `14.03.99`."""


def matches(question: Question, stored: str, answer: str) -> bool:
    """Tell whether `answer` is the `stored` value, both brought to one form.

    `stored` is, by question: the client number; the address (further lines, such as postal code
    and town, may be left out of the answer); the name; the meter number; the day of the contract
    in ISO form; the digits asked of the PESEL (`pesel_digits`); the phone number that was called.
    Nothing stored or nothing said never matches.
    """
    said = _forms(question, answer)[:1]
    if not said or not said[0]:
        return False
    found = False
    for form in _forms(question, stored):
        # every form is compared, so that time tells nothing
        found |= bool(form) and _equal(form, said[0])
    return found


def readable(question: Question, answer: str) -> bool:
    """Tell whether `answer` has the form of one at all: a day with its year, the digits asked.

    What is not readable was mistyped by the agent and should be no attempt.
    """
    form = _forms(question, answer)[0]
    if question is Question.PESEL_DIGITS:
        return len(form) == PESEL_DIGITS_ASKED and form.isascii() and form.isdigit()
    return bool(form)


def _equal(left: str, right: str) -> bool:
    """Compare in constant time; the digests hide even the lengths."""
    return hmac.compare_digest(sha256(left.encode()).digest(), sha256(right.encode()).digest())


def _forms(question: Question, text: str) -> list[str]:
    """Return the accepted forms of `text`, the one that an answer is judged by first."""
    match question:
        case Question.ADDRESS:
            return _addresses(text)
        case Question.NAME:
            return [" ".join(sorted(_LEGAL_FORMS.sub(" ", fold(text)).split()))]
        case Question.METER_NUMBER:
            return [fold(text).replace(" ", "").lstrip("0")]
        case Question.CONTRACT_DATE:
            return [_day(text)]
        case Question.CALL_BACK:
            return [_phone(text)]
        case Question.CLIENT_NUMBER | Question.PESEL_DIGITS:
            return [fold(text).replace(" ", "")]


def _addresses(text: str) -> list[str]:
    """Return the whole address, then its first line, each also without the first names of a street."""
    lines = [line for line in re.split(r"[\n,]", text) if line.strip()]
    forms: list[str] = []
    for part in (" ".join(lines), *lines[:1]):
        words = _address_words(part)
        forms += [" ".join(words), " ".join(_surname_only(words))]
    return forms


def _address_words(text: str) -> list[str]:
    folded = _GLUED_FLAT.sub(r"\1 \2", fold(_POSTAL.sub(" ", text)))
    words = [word for word in folded.split() if word not in _STREET_WORDS]
    return _HOUSE_LETTER.sub(r"\1\2", " ".join(words)).split()


def _surname_only(words: list[str]) -> list[str]:
    """`adama mickiewicza 5 2` is also called `mickiewicza 5 2`."""
    house = next((at for at, word in enumerate(words) if at and word[0].isdigit()), None)
    return words if house is None else words[house - 1 :]


def _day(text: str) -> str:
    """Return the ISO day; a year is needed, since a contract may be of any."""
    if not re.search(r"\d{4}|\d\D+\d{1,2}\D+\d{2}$", text.strip()):
        return ""
    try:
        day = parse_day(text, today=_SOME_DAY)
    except WrongInput:
        return ""
    year = day.year - 100 if day.year >= _CENTURY else day.year
    return f"{year:04d}-{day.month:02d}-{day.day:02d}"


def _phone(text: str) -> str:
    try:
        return parse_phone(text)
    except WrongInput:
        return ""


def pesel_positions(seed: str) -> tuple[int, ...]:
    """Return which digits of the PESEL this contact asks for, 1 the first, in rising order.

    The same `seed` (the contact's number) asks for the same digits, so that asking again wins
    nothing. None that the masked PESEL on the card shows: the agent must not know the answer.
    """

    def rank(place: int) -> bytes:
        return sha256(f"{seed}:{place}".encode()).digest()

    certain = sorted(_SERIAL, key=rank)[: PESEL_DIGITS_ASKED - 1]
    last = min((place for place in _SERIAL + _BIRTHDAY if place not in certain), key=rank)
    return tuple(sorted((*certain, last)))


def pesel_digits(pesel: str, positions: Iterable[int]) -> str:
    """Return the digits of `pesel` at `positions`; an empty text when there is no whole PESEL."""
    return "".join(pesel[place - 1] for place in positions) if len(pesel) == 11 else ""
