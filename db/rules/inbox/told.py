"""A text that was read, and what is told of it: readings with the words that they came from."""

from __future__ import annotations

import re
from dataclasses import dataclass

from db.records.incoming import StatedReading, TextSpan
from db.rules.inbox.page import Kind, Page, flat
from db.rules.inbox.pairing import Paired
from db.rules.inbox.stated import Found, State
from db.rules.inbox.tokens import Piece, Sort

_WORDS = 160
_FORMER = re.compile(
    r"(?<![a-z])(?:star|poprzedni|dotychczasow|nieaktualn|dawn)[a-z]{0,3}"
    r"(?: (?:moj|nr|numer|telefon|kom|komorka|tel|komorkowy|telefonu|to|byl)[.:]?){0,4}[ :]*$"
)
"""What says of a phone behind it that it is one no more."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text that was read: its page, pieces and states."""

    page: Page
    pieces: list[Piece]
    found: Found

    @property
    def states(self) -> list[State]:
        """The numbers that are states."""
        return self.found.states

    def values(self, kind: Kind) -> list[str]:
        """What of a kind it names, each once, in order."""
        claims = sorted(self.page.claims, key=lambda claim: claim.start)
        return list(dict.fromkeys(claim.value for claim in claims if claim.kind is kind and claim.value))


def turns_to(pieces: list[Piece], first: int) -> bool:
    """Tell whether `..., ale 991` comes to a number with a conjunction alone."""
    before = pieces[first - 2] if first > 1 else None
    led = pieces[first - 1].plain in ("ale", "wiec", "mianowicie", "oto", "dokladnie")
    return led and before is not None and (before.is_sign(",;-") or before.sort is Sort.WORD)


def readings_of(own: Read, paired: list[Paired], shift: int, spare: str | None) -> list[StatedReading]:
    """Return the readings of paired states, with the words and places that they came from."""
    readings: dict[tuple[str | None, object, str], StatedReading] = {}
    for item in paired:
        meter = item.meter or (spare if len(paired) == 1 else None)
        first, last = own.pieces[item.state.first], own.pieces[item.state.literal.unit - 1]
        spans = [(first.start, last.end)]
        spans += [(own.pieces[at].start, own.pieces[at].end) for at in item.pieces]
        reading = StatedReading(
            meter,
            item.role,
            item.state.value,
            " ".join(own.page.text[first.start : last.end].split())[:_WORDS],
            _spans(spans, shift),
        )
        readings.setdefault((meter, item.role, item.state.value), reading)
    return _distinct(list(readings.values()))


def _distinct(readings: list[StatedReading]) -> list[StatedReading]:
    """Drop a reading that says less than another of the same state."""
    return [
        one
        for one in readings
        if one.meter
        or one.role
        or not any(other.state == one.state and (other.meter or other.role) for other in readings)
    ]


def only(values: list[str]) -> str | None:
    """Return the only one of some values; None where there are none or several."""
    return values[0] if len(values) == 1 else None


def clients_of(read: Read, paired: list[Paired]) -> list[str]:
    """Return the client numbers; of several only the one that each state's sentence names, if it is one.

    `Mój numer to 240118. Proszę zapisać stan sąsiadki: nr klienta 240119, stan 233.`
    """
    clients = read.values(Kind.CLIENT)
    sentences = {read.pieces[item.state.literal.first].sentence for item in paired}
    beside: dict[int, set[str]] = {sentence: set() for sentence in sentences}
    for piece in read.pieces:
        if piece.claim is not None and piece.claim.kind is Kind.CLIENT and piece.sentence in beside:
            beside[piece.sentence].add(piece.claim.value)
    named = set().union(*beside.values())
    return list(named) if len(named) == 1 and all(beside.values()) else clients


def first_of(read: Read, kind: Kind) -> str | None:
    """Return the first thing of a kind that a text names."""
    values = read.values(kind)
    return values[0] if values else None


def phone_of(read: Read) -> str | None:
    """Return the first phone that is not said to be a former one: `stary telefon 602..., nowy to 781...`."""
    phones = [claim for claim in read.page.claims if claim.kind is Kind.PHONE and claim.value]
    phones.sort(key=lambda claim: claim.start)
    text = flat(read.page.text)
    now = [one for one in phones if not _FORMER.search(text, max(0, one.start - 40), one.start)]
    return (now or phones)[0].value if phones else None


def used_of(own: Read, readings: list[StatedReading], shift: int) -> tuple[TextSpan, ...]:
    """Return the places of the text that readings and numbers were read from."""
    told = {Kind.CLIENT, Kind.METER, Kind.INVOICE, Kind.PHONE, Kind.ADDRESS}
    spans = [(claim.start, claim.end) for claim in own.page.claims if claim.kind in told]
    spans += [(span.start + shift, span.end + shift) for reading in readings for span in reading.spans]
    return _spans(spans, shift)


def _spans(found: list[tuple[int, int]], shift: int) -> tuple[TextSpan, ...]:
    """Return stretches of the whole as those of the text: in order, joined where they overlap."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted((start - shift, end - shift) for start, end in found if start >= shift):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return tuple(TextSpan(start, end) for start, end in joined)
