"""One typed row of a batch of readings: what each field says, or why it says nothing."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from db.errors import WrongInput
from db.records.reading_batch import DAY_LENGTH, PLACE_LENGTH, STATE_LENGTH, BatchRow
from db.records.reading_import import LineFault, LineFinding
from db.rules.day_entry import parse_day
from db.rules.dial import parse_state
from db.rules.levels import Level
from db.rules.reading_facts import ReasonCode
from db.rules.reading_line import METER_LENGTH, OTHER_NEEDS_NOTE, parse_reason
from db.words import N_

T = TypeVar("T")

NO_PLACE = N_("Type the number of the meter, or of a client who has one meter.")


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row as it was understood; `wrong` says what was not."""

    place: str
    state: int | None
    day: date | None
    reason: ReasonCode | None
    wrong: tuple[LineFinding, ...]


def place_of(text: str) -> str:
    """Return the number of a meter or a client without the blanks typed in it."""
    return "".join(text.split())


def kept_day(text: str, *, today: date, above: date) -> str:
    """Return a day as a row keeps it: ISO, that of the row `above` for none, else as it was typed.

    What is kept lies about until tomorrow: `d-1` would mean another day then.
    """
    if not text.strip():
        return above.isoformat()
    try:
        return parse_day(text, today=today).isoformat()
    except WrongInput:
        return " ".join(text.split())


def read_row(row: BatchRow, *, today: date) -> ReadRow:
    """Return what a row says; never raises on what a person types."""
    wrong: list[LineFinding] = []

    def take(fault: LineFault, parse: Callable[[], T]) -> T | None:
        try:
            return parse()
        except WrongInput as error:
            params = {name: value for name, value in error.params.items() if isinstance(value, int | str)}
            wrong.append(LineFinding(row.line, row.place, fault, Level.REFUSE, error.message, params))
            return None

    place = take(LineFault.NO_METER, lambda: _place(row.place))
    state = take(LineFault.WRONG_STATE, lambda: parse_state(row.state))
    day = take(LineFault.WRONG_DAY, lambda: parse_day(row.day, today=today))
    reason = take(LineFault.WRONG_REASON, lambda: _reason(row))
    return ReadRow(place or "", state, day, reason, tuple(wrong))


def _place(text: str) -> str:
    place = place_of(text)
    if not place:
        raise WrongInput(NO_PLACE)
    if len(place) > METER_LENGTH:
        raise WrongInput(N_("This is no number of a meter. Copy it from the invoice."))
    return place


def _reason(row: BatchRow) -> ReasonCode | None:
    if not row.reason:
        return None
    reason = parse_reason(row.reason)
    if reason is ReasonCode.OTHER and not row.note.strip():
        raise WrongInput(OTHER_NEEDS_NOTE)
    return reason


def pasted_rows(text: str, *, first: int, today: date, above: date) -> list[BatchRow]:
    """Return the rows of lines copied from a list: number, state, and a day where there is one.

    Cells are parted by tabs or semicolons, else by runs of blanks. A line with nothing in it is none;
    what cannot be read is kept as it stands, so that nothing pasted is lost.
    """
    rows: list[BatchRow] = []
    for line in text.splitlines():
        cells = _cells(line)
        if not any(cells):
            continue
        place, state, day = cells[0], " ".join(cells[1:2]), " ".join(cells[2:])
        kept = kept_day(day[:DAY_LENGTH], today=today, above=above)
        rows.append(BatchRow(first + len(rows), place[:PLACE_LENGTH], state[:STATE_LENGTH], kept))
        with suppress(ValueError):
            above = date.fromisoformat(kept)
    return rows


def _cells(line: str) -> list[str]:
    for separator in ("\t", ";"):
        if separator in line:
            return [" ".join(cell.split()) for cell in line.split(separator)]
    return line.split()
