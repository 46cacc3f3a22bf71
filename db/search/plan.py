"""Reads what an agent typed: which identifiers it may begin, which words of names and addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.rules.text import fold

MOST_CHARACTERS = 120
"""No name or address is longer; the rest of a pasted page is not looked at."""
MOST_WORDS = 6
NATIONAL_DIGITS = 9
FEWEST_LAST_DIGITS = 3
"""Digits from which on the end of a phone number is looked up."""
SHORTEST_CODE = 4

_LABELS = re.compile(
    "tel|telefon|kom|nr|numer|klient|pesel|nip|pl|wodomierz|licznik|meter|phone|number|client"
)
_STREET_WORD = re.compile("ul|ulica|ulicy|al|aleja|aleje|alei|os|osiedle|osiedlu|pl|plac|placu")
_FLAT_WORD = re.compile("m|lok|lokal|mieszkanie|mieszkania|flat")
_POSTAL_CODE = re.compile(r"(?<!\d)\d{2}-\d{3}(?!\d)")
_HOUSE = re.compile(r"\d{1,4}[a-z]{0,2}")
_EMAIL_LIKE = re.compile(r"[!-?A-~]+@[!-~]*|[a-z][\w+-]*(?:\.[\w+-]+)+", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Plan:
    """What the typed text may mean. All words are folded."""

    digits: str = ""
    """The whole text as one number, its separators skipped."""
    phones: tuple[str, ...] = ()
    """E.164 numbers that `digits` may begin."""
    phone_only: bool = False
    """The text begins with `+`: nothing but a phone number does."""
    code: str = ""
    """A meter number with letters, in capitals."""
    email: str = ""
    """The beginning of an e-mail address, in small letters."""
    words: tuple[str, ...] = ()
    """Words of names and places, as typed; the last one may be unfinished."""
    house: str = ""
    """House number that follows `words`."""
    flat: str = ""
    town: tuple[str, ...] = ()
    """Words that follow the house number."""

    @property
    def empty(self) -> bool:
        """True when nothing was typed that could be looked up."""
        return not (self.digits or self.code or self.email or self.words)


def parse(text: str) -> Plan:
    """Return what `text` may mean; never raises, whatever was typed or pasted."""
    text = text[:MOST_CHARACTERS].strip()
    tokens = fold(text).split()
    bare = tokens[1:] if len(tokens) > 1 and _LABELS.fullmatch(tokens[0]) else tokens
    if bare and all(token.isascii() and token.isdigit() for token in bare):
        return _number("".join(bare), international=text.startswith("+"))
    email = text.lower() if _EMAIL_LIKE.fullmatch(text) else ""
    if "@" in text:
        return Plan(email=email)
    compact = "".join(text.upper().split())
    mixed = (
        len(tokens) <= 2 and compact.isascii() and compact.isprintable() and any(map(str.isdigit, compact))
    )
    code = compact if mixed and len(compact) >= SHORTEST_CODE else ""
    return _address(fold(_POSTAL_CODE.sub(" ", text)).split(), code=code, email=email)


def _number(digits: str, *, international: bool) -> Plan:
    phones = [f"+48{digits}"]
    if international:
        phones = [f"+{digits}"]
    elif digits.startswith("00") and len(digits) > 2:
        phones.append(f"+{digits[2:]}")
    elif digits.startswith("0") and len(digits) > 1:
        phones.append(f"+48{digits[1:]}")  # the old trunk 0
    elif digits.startswith("48") and len(digits) > NATIONAL_DIGITS:
        phones.append(f"+{digits}")
    words = () if international else (digits,)
    return Plan(digits=digits, phones=tuple(phones), phone_only=international, words=words)


def _address(tokens: list[str], *, code: str, email: str) -> Plan:
    """Part the words at the house number: street before it, flat and town after it."""
    tokens = [t for at, t in enumerate(tokens) if not _STREET_WORD.fullmatch(t) or at == len(tokens) - 1]
    at = next((n for n in range(1, len(tokens)) if _HOUSE.fullmatch(tokens[n])), len(tokens))
    words, rest = tuple(tokens[:at][:MOST_WORDS]), tokens[at:]
    house = rest.pop(0) if rest else ""
    while len(rest) > 1 and _FLAT_WORD.fullmatch(rest[0]):
        del rest[0]
    flat = rest.pop(0) if rest and _HOUSE.fullmatch(rest[0]) else ""
    if len(rest) == 1 and _FLAT_WORD.fullmatch(rest[0]):
        rest = []  # the number of the flat is still to come
    return Plan(code=code, email=email, words=words, house=house, flat=flat, town=tuple(rest[:MOST_WORDS]))
