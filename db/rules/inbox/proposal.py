"""Which meter each stated reading means, and the whole m³ that its dial shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.records.clients import MeterRole
from db.records.incoming import (
    Certainty,
    ClientClue,
    IncomingState,
    MailIntent,
    ProposedReading,
    StatedReading,
    Understood,
    Whose,
)
from db.rules.inbox.whose import compact, sender_known
from db.rules.levels import Level

_STATE = re.compile(r"([0-9]{1,9})(?:\.[0-9]*)?")


@dataclass(frozen=True, slots=True)
class MeterOption:
    """A meter of the client."""

    number: str
    role: MeterRole
    in_use: bool


@dataclass(frozen=True, slots=True)
class Assigned:
    """A stated reading and what it means."""

    stated: StatedReading
    meter: MeterOption | None
    """None while nobody can tell."""
    state: int | None
    """m³, whole as the dial counts; None for what no dial shows."""


def whole_state(stated: str) -> int | None:
    """Return the whole m³ of `487.35`: a dial counts whole ones. None for what is no such number."""
    found = _STATE.fullmatch(stated)
    return int(found[1]) if found else None


def assign(
    readings: Sequence[StatedReading], meters: Sequence[MeterOption], *, all_known: bool = True
) -> tuple[Assigned, ...]:
    """Return each reading with the meter that it means; never a guess.

    A meter is meant when its number is named, when it is the only one in use of the role that is
    named, or the only one in use at all. Of a main and a garden meter, the reading beside the one
    that is called the garden's is the main one's. Two different states of one meter mean neither.
    `all_known` is False where the client has more meters than `meters`.
    """
    said = list(dict.fromkeys((reading.meter, reading.role, reading.state) for reading in readings))
    first = [next(each for each in readings if (each.meter, each.role, each.state) == key) for key in said]
    in_use = [meter for meter in meters if meter.in_use] if all_known else []
    found = [
        Assigned(reading, _meant(reading, meters, in_use), whole_state(reading.state)) for reading in first
    ]
    return _undisputed(_beside_garden(found, in_use))


def _meant(
    reading: StatedReading, meters: Sequence[MeterOption], in_use: Sequence[MeterOption]
) -> MeterOption | None:
    if reading.meter:
        named = [meter for meter in meters if compact(meter.number) == compact(reading.meter)]
        named.sort(key=lambda meter: not meter.in_use)
        if not named or (reading.role is not None and named[0].role is not reading.role):
            return None
        return named[0]
    fitting = [meter for meter in in_use if reading.role in (None, meter.role)]
    return fitting[0] if len(fitting) == 1 else None


def _beside_garden(found: list[Assigned], in_use: Sequence[MeterOption]) -> list[Assigned]:
    """Let the one reading without a meter be the main meter's, where the garden's has its own."""
    if len(in_use) != 2 or len(found) != 2:
        return found
    open_ones = [each for each in found if each.meter is None and not each.stated.meter]
    taken = [each.meter for each in found if each.meter is not None and each.meter.role is MeterRole.GARDEN]
    main = [meter for meter in in_use if meter.role is MeterRole.MAIN]
    if len(open_ones) != 1 or len(taken) != 1 or len(main) != 1 or open_ones[0].stated.role is not None:
        return found
    return [replace(each, meter=main[0]) if each is open_ones[0] else each for each in found]


def _undisputed(found: Sequence[Assigned]) -> tuple[Assigned, ...]:
    """Take the meter from readings that give it different states; of equal ones keep the first."""
    kept: list[Assigned] = []
    for each in found:
        if not any(each.meter and each.meter == one.meter and each.state == one.state for one in kept):
            kept.append(each)
    times = Counter(each.meter.number for each in kept if each.meter)
    return tuple(
        replace(each, meter=None) if each.meter and times[each.meter.number] > 1 else each for each in kept
    )


def is_sure(
    *,
    state: IncomingState,
    automatic: bool,
    unread: bool,
    understood: Understood,
    whose: Whose,
    readings: Sequence[ProposedReading],
) -> bool:
    """Tell whether one key books it: sender known or client chosen, client sure, every finding OK.

    The text alone need not suffice: of a known sender with one meter, a state is enough.
    """
    chosen = any(clue is ClientClue.CHOSEN for clue, _ in whose.clues)
    return (
        state is IncomingState.NEW
        and not automatic
        and not unread
        and understood.intent is MailIntent.READING
        and whose.certainty is Certainty.SURE
        and (chosen or sender_known(whose.clues, whose.client_number))
        and bool(readings)
        and all(reading.level is Level.OK for reading in readings)
    )


def accepts_itself(*, sure: bool, whose: Whose, readings: Sequence[ProposedReading], meters: int) -> bool:
    """Tell whether the program may accept it by itself, where a supervisor allows that.

    The sender is the client's confirmed address, the client has one meter (`meters` in use) and the
    message one state, its notice is open, and every finding is OK.
    """
    confirmed = (ClientClue.CONFIRMED_SENDER, whose.client_number) in whose.clues
    if not (sure and confirmed and meters == 1 and len(readings) == 1):
        return False
    (reading,) = readings
    return reading.notice is not None and reading.day >= reading.notice.left_on
