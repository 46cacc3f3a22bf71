"""The form that corrects the readings of a message: what is typed is judged here, purely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bok_tui.i18n import _
from bok_tui.keys import ACTIONS
from bok_tui.wording.reading import Draft, fitting, judge, meter_words, repair_words, verdict_words
from db.clock import office_day
from db.records.incoming import AcceptedState, InboxLine
from db.records.people import Channel
from db.records.readings import ReadingForm
from db.rules.dial import format_state
from db.rules.levels import Level
from db.rules.months import dotted

UNKNOWN = ""
"""Chosen while it is not known which meter is meant."""
Forms = Mapping[str, ReadingForm]
"""By meter number; never empty."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading that the agent wants to book, and what stands against it."""

    state: AcceptedState
    level: Level
    sentences: tuple[str, ...]
    below: bool = False
    """True when it is below the previous state: nobody may sign for that."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a reading cannot be booked as it is typed."""

    field: str
    """`state`, `day` or `which` (the meter)."""
    words: str
    """Empty where what is shown already says it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One reading as it is typed."""

    meter: str
    state: str
    day: str
    words: str
    """What the message says."""
    finished: bool = False
    """True when what seems half-typed was entered all the same."""


def entries_of(line: InboxLine, forms: Forms) -> tuple[Entry, ...]:
    """Return the readings of a message as they stand in the form at first; one to type where it has none."""
    only = next(iter(forms)) if len(forms) == 1 else UNKNOWN
    entries = tuple(
        Entry(
            reading.meter if reading.meter in forms and reading.meter else only,
            str(reading.state) if reading.state is not None else reading.stated,
            dotted(reading.day),
            reading.words,
        )
        for reading in line.readings
    )
    return entries or (Entry(only, "", dotted(office_day(line.received_at)), ""),)


def draft_of(entry: Entry, forms: Forms) -> Draft:
    """Return what the checks say; before a meter is chosen, by the first."""
    form = forms.get(entry.meter) or next(iter(forms.values()))
    draft = judge(form, state=entry.state, day=entry.day, channel=Channel.EMAIL)
    return replace(draft, unfinished=False) if entry.finished else draft


def fitting_form(entry: Entry, forms: Forms) -> ReadingForm | None:
    """Return the only meter that makes sense of the state; None for none or many."""
    found = tuple(forms.values())
    only = fitting([draft_of(replace(entry, meter=form.meter), forms) for form in found])
    return None if only is None else found[only]


def suggestion_words(entry: Entry, forms: Forms) -> str:
    """Return what F9 would take, as a question with its key; empty when nothing is suggested."""
    if entry.meter in forms:
        words = repair_words(draft_of(entry, forms))
    else:
        only = fitting_form(entry, forms)
        values = {"meter": meter_words(only)} if only else {}
        words = _("? It fits only the meter %(meter)s.") % values if only else ""
    return f"{words}  {ACTIONS['take'].shown_key}" if words else ""


def repaired(entry: Entry, forms: Forms) -> Entry | None:
    """Return the reading with what is suggested taken; None when nothing is."""
    if entry.meter not in forms:
        only = fitting_form(entry, forms)
        return None if only is None else replace(entry, meter=only.meter)
    repair = draft_of(entry, forms).repair
    meter = (repair.meter_number or entry.meter) if repair is not None else ""
    if repair is None or meter not in forms:
        return None
    state = format_state(repair.state, forms[meter].context.meter.digits)
    return replace(entry, meter=meter, state=state, finished=False)


def judged(entry: Entry, forms: Forms, *, note: str) -> Judged | Wrong:
    """Return a reading that may be booked with what stands against it, or why it may not."""
    draft = draft_of(entry, forms)
    if draft.day_error:
        return Wrong("day", draft.day_error)
    if not entry.state.strip():
        return Wrong("state", _("Type the state of the dial: the black digits, whole m³."))
    if draft.state_error or draft.entry is None or draft.check is None:
        return Wrong("state", draft.state_error)
    if entry.meter not in forms:
        return Wrong("which", _("Choose the meter first: ← →, or F9 for the one that fits."))
    level = draft.check.level
    if level is Level.REFUSE:
        return Wrong("state", _("It cannot be saved like this: correct what is marked ✗."))
    if draft.unfinished and level is not Level.OK:
        return Wrong("state", "")
    sentences = tuple(words for hard, words in verdict_words(draft) if hard is not Level.OK)
    state = AcceptedState(entry.meter, draft.entry.state, draft.entry.day, note=note)
    return Judged(state, level, sentences, draft.check.consumption < 0)


def first_doubtful(entries: Sequence[Entry], forms: Forms) -> int:
    """Return which reading something stands against first; the first one where nothing does."""
    for at, entry in enumerate(entries):
        found = judged(entry, forms, note="")
        if isinstance(found, Wrong) or found.level is not Level.OK:
            return at
    return 0


def all_judged(entries: Sequence[Entry], forms: Forms, *, note: str) -> list[Judged] | tuple[int, Wrong]:
    """Return every reading that is to be booked, or the first that may not be and why.

    One whose state is empty is left out, unless there is no other.
    """
    booked = [at for at, entry in enumerate(entries) if entry.state.strip()] or [0]
    found: list[Judged] = []
    for at in booked:
        one = judged(entries[at], forms, note=note)
        if isinstance(one, Wrong):
            return at, one
        found.append(one)
    meters = [one.state.meter for one in found]
    if len(set(meters)) < len(meters):
        return booked[-1], Wrong(
            "state", _("Two states of one meter: correct one, or empty it to leave it out.")
        )
    return found
