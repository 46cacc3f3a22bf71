"""One line of a file of readings: each cell as what it says, or why it says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import TypeVar

from db.errors import BokError, WrongInput
from db.records.people import Channel
from db.records.reading_import import FileReading, LineFault, LineFinding
from db.rules.day_entry import parse_day
from db.rules.dial import parse_state
from db.rules.levels import Level
from db.rules.reading_facts import ReasonCode
from db.rules.text import clean_line, fold
from db.words import N_

T = TypeVar("T")

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "meter": ("licznik", "wodomierz", "nr licznika", "nr wodomierza", "numer licznika", "numer wodomierza",
              "meter number"),
    "state": ("stan", "odczyt", "wskazanie", "stan licznika", "stan wodomierza", "reading"),
    "day": ("dzien", "data", "data odczytu", "dzien odczytu", "date", "reading date"),
    "channel": ("kanal", "sposob", "zrodlo", "source"),
    "reason": ("powod", "przyczyna", "uzasadnienie"),
    "note": ("uwagi", "uwaga", "notatka", "opis", "komentarz", "notes", "comment"),
}  # fmt: skip
"""Each column and its other names, folded."""
COLUMN_WORDS: Mapping[str, str] = {
    "meter": "licznik (meter)",
    "state": "stan (state)",
    "day": "dzień (day)",
    "channel": "kanał (channel)",
    "reason": "powód (reason)",
    "note": "uwagi (note)",
}
"""What people are told to write above each column: in Polish or, in brackets, in English."""
CHANNELS: Mapping[str, Channel] = {
    "phone": Channel.PHONE,
    "telefon": Channel.PHONE,
    "tel": Channel.PHONE,
    "email": Channel.EMAIL,
    "e mail": Channel.EMAIL,
    "mail": Channel.EMAIL,
    "in person": Channel.IN_PERSON,
    "osobiscie": Channel.IN_PERSON,
    "biuro": Channel.IN_PERSON,
    "letter": Channel.LETTER,
    "list": Channel.LETTER,
    "ebok": Channel.EBOK,
    "sms": Channel.SMS,
    "field": Channel.FIELD,
    "teren": Channel.FIELD,
    "inkasent": Channel.FIELD,
    "odczytywacz": Channel.FIELD,
    "radio": Channel.RADIO,
}
"""What people call the channels, folded."""
METER_LENGTH = 20
NOTE_LENGTH = 500
SHOWN = 40

_FULL_DAY = re.compile(
    r"([0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4})"
    r"(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
)
_DECIMALS = re.compile(r"[0-9]{1,3}")


def parse_channel(text: str) -> Channel:
    """Return the channel that `text` names: its code or a Polish word; raises WrongInput."""
    channel = CHANNELS.get(fold(text))
    if channel is None:
        raise WrongInput(
            N_("There is no channel %(channel)s. Channels: %(known)s."),
            channel=text.strip()[:SHOWN],
            known=", ".join(known.value for known in Channel),
        )
    return channel


def parse_reason(text: str) -> ReasonCode:
    """Return the reason that `text` is the code of; raises WrongInput."""
    try:
        return ReasonCode(text.strip().casefold().replace("-", "_"))
    except ValueError:
        raise WrongInput(
            N_("There is no reason %(reason)s. Reasons: %(known)s."),
            reason=text.strip()[:SHOWN],
            known=", ".join(known.value for known in ReasonCode),
        ) from None


@lru_cache(maxsize=4096)
def parse_file_day(text: str) -> date:
    """Return the day a file names in full; raises WrongInput for one that only today completes.

    A file lies about: `22.11` or `d-1` would mean another day when it is imported again.
    """
    full = _FULL_DAY.fullmatch(text.strip())
    if full is None:
        raise WrongInput(N_("Write the day in full: 2026-11-22 or 22.11.2026."))
    return parse_day(full[1], today=date.min)


class LineReader:
    """Reads lines of one file, whose header said which column is where."""

    def __init__(self, places: Mapping[str, int], *, channel: Channel, decimal_comma: bool) -> None:
        self.places = places
        self.channel = channel
        self.after_state = places["state"] + 1 if decimal_comma else None
        """Where the decimals of `12,5` end up in a file separated by commas."""

    def read(self, number: int, cells: Sequence[str]) -> tuple[FileReading | None, list[LineFinding]]:
        """Return the reading of line `number`, or None and everything that is wrong with it."""
        texts = {name: cells[place] for name, place in self.places.items() if place < len(cells)}
        line = _Line(number, texts)
        meter = line.take("meter", LineFault.NO_METER, _meter)
        state = line.take("state", LineFault.WRONG_STATE, parse_state)
        day = line.take("day", LineFault.WRONG_DAY, parse_file_day)
        channel = line.take("channel", LineFault.WRONG_CHANNEL, self._channel)
        reason = line.take("reason", LineFault.WRONG_REASON, _reason)
        note = line.take("note", LineFault.WRONG_NOTE, _note)
        if self._decimals_beside(cells):
            line.refuse(LineFault.WRONG_STATE, WrongInput(_DECIMALS_BESIDE))
        if reason == ReasonCode.OTHER and not note:
            line.refuse(LineFault.WRONG_NOTE, WrongInput(OTHER_NEEDS_NOTE))
        if line.wrong or meter is None or state is None or day is None or channel is None:
            return None, line.wrong
        return FileReading(number, meter, state, day, channel, reason or None, note or ""), []

    def _channel(self, text: str) -> Channel:
        return parse_channel(text) if text.strip() else self.channel

    def _decimals_beside(self, cells: Sequence[str]) -> bool:
        """Tell whether the cell after the state looks like the decimals of a state with a comma."""
        place = self.after_state
        if place is None or place >= len(cells) or place == self.places["meter"]:
            return False
        return _DECIMALS.fullmatch(cells[place].strip()) is not None


class _Line:
    """A line while it is read."""

    def __init__(self, number: int, texts: Mapping[str, str]) -> None:
        self.number = number
        self.texts = texts
        self.wrong: list[LineFinding] = []

    def take(self, name: str, fault: LineFault, parse: Callable[[str], T]) -> T | None:
        """Return what the cell says; None, with the finding noted, when it says nothing."""
        try:
            return parse(self.texts.get(name, ""))
        except WrongInput as error:
            self.refuse(fault, error)
            return None

    def refuse(self, fault: LineFault, error: BokError) -> None:
        """Note why the line is not taken."""
        meter = "".join(self.texts.get("meter", "").split())[:SHOWN]
        params = {name: value for name, value in error.params.items() if isinstance(value, int | str)}
        self.wrong.append(LineFinding(self.number, meter, fault, Level.REFUSE, error.message, params))


OTHER_NEEDS_NOTE = N_("Write into the note what the other reason is.")
_DECIMALS_BESIDE = N_(
    "A number stands right after the state: is it its decimals? Black digits only, whole m³."
)


def _meter(text: str) -> str:
    number = "".join(text.split())
    if not number:
        raise WrongInput(N_("The number of the meter is missing."))
    if len(number) > METER_LENGTH or not number.isprintable():
        raise WrongInput(N_("This is no number of a meter. Copy it from the invoice."))
    return number


def _reason(text: str) -> str:
    return parse_reason(text).value if text.strip() else ""


def _note(text: str) -> str:
    return clean_line(text, NOTE_LENGTH)
