"""The inbox in words: its views, its lines, and what became of a message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from bok_tui.formats import clock_time
from bok_tui.i18n import _, ngettext
from bok_tui.safe_text import fit
from bok_tui.wording.figures import day_text
from db.clock import office_zone
from db.records.incoming import (
    INTENT_WORDS,
    STATE_WORDS,
    AcceptedMail,
    Certainty,
    InboxCounts,
    InboxLine,
    IncomingState,
    MailIntent,
    ProposedReading,
)
from db.rules.levels import Level
from db.words import N_

RECEIVED, INTENT, CLIENT, STATED, JUDGED, HOLDER = 12, 13, 6, 18, 16, 8
"""Columns of a line; when it came and who has it only where there is room."""
NAME, NAME_WIDE = 20, 18
WIDE = 110
SIGNS: Mapping[Level, str] = {Level.OK: "✓", Level.WARN: "!", Level.BLOCK: "✗", Level.REFUSE: "✗"}
_JUDGED: Mapping[Level, str] = {
    Level.OK: N_("in order"),
    Level.WARN: N_("warning"),
    Level.BLOCK: N_("blocked"),
    Level.REFUSE: N_("cannot be"),
}
_DOUBTS: Mapping[Certainty, str] = {
    Certainty.CONTRADICTION: N_("✗ contradiction"),
    Certainty.UNKNOWN: N_("? whose"),
    Certainty.LIKELY: N_("? whose, likely"),
}


def intent_words(intent: MailIntent) -> str:
    """Return what the writer wants."""
    return _(INTENT_WORDS[intent])


def state_words(state: IncomingState) -> str:
    """Return where a message stands."""
    return _(STATE_WORDS[state])


def view_words(counts: InboxCounts) -> tuple[tuple[str, str], ...]:
    """Return the names of the views and how much waits in each; nothing is counted of what is done.

    Where more waits than is judged for the counts, it is said of how many the doubtful ones are.
    """
    doubtful = _counted(counts.doubtful, counts.limit)
    if counts.new > counts.judged:
        values = {"count": counts.doubtful, "judged": counts.judged}
        doubtful = _("%(count)s of the oldest %(judged)s") % values
    return (
        (_("New ones"), _counted(counts.new, counts.limit)),
        (_("Doubtful"), doubtful),
        (_("Mine"), _counted(counts.mine, counts.limit)),
        (_("Done"), ""),
        (_("Spam"), ""),
    )


def _counted(count: int, limit: int) -> str:
    return f"{limit}+" if count >= limit else str(count or "")


# -- lines


def worst_level(readings: tuple[ProposedReading, ...]) -> Level | None:
    """Return the hardest level among the readings; None when one could not be checked, or there is none."""
    levels = [reading.level for reading in readings]
    known = [level for level in levels if level is not None]
    return max(known, key=lambda level: level.rank) if levels and len(known) == len(levels) else None


def inbox_heading(width: int) -> str:
    """Return the headings above the lines of `inbox_line`."""
    cells = [
        fit(_("wants"), INTENT),
        fit(_("client"), CLIENT + 1 + _name(width)),
        fit(_("meter → state"), STATED),
        fit(_("finding"), JUDGED),
    ]
    if width >= WIDE:
        cells = [fit(_("received"), RECEIVED), *cells, fit(_("subject"), _subject(width)), _("has it")]
    return " ".join(cells).rstrip()


def inbox_line(line: InboxLine, width: int) -> str:
    """Return one message as a line of the list, `width` cells at most."""
    whose = line.whose
    cells = [
        fit(intent_words(line.intent), INTENT),
        fit(whose.client_number or "?", CLIENT),
        fit(_name_words(line), _name(width)),
    ]
    wide = width >= WIDE
    if line.readings or line.intent is MailIntent.READING or wide:
        cells += [fit(stated_words(line.readings), STATED), fit(judged_words(line), JUDGED)]
    else:
        cells.append(fit(line.subject or "–", STATED + 1 + JUDGED))
    if wide:
        cells = [fit(_short_moment(line.received_at), RECEIVED), *cells]
        cells += [fit(line.subject or "–", _subject(width)), fit(line.assigned_to or "", HOLDER)]
    return " ".join(cells).rstrip()


def _name(width: int) -> int:
    return NAME_WIDE if width >= WIDE else NAME


def _subject(width: int) -> int:
    """Columns of the subject: what the others leave, the list's mark included."""
    rest = width - 2 - RECEIVED - INTENT - CLIENT - NAME_WIDE - STATED - JUDGED - HOLDER - 7
    return max(rest, 4)


def _short_moment(value: datetime) -> str:
    """Return the day without its year, and the time: `22.11 08:14`."""
    day = day_text(value.astimezone(office_zone()).date())
    return f"{day[: -len(' 2026')]} {clock_time(value)}"


def _name_words(line: InboxLine) -> str:
    return line.whose.client_name or line.sender_name or line.sender


def stated_words(readings: tuple[ProposedReading, ...]) -> str:
    """Return the readings proposed: `81234567 → 502`; several as `2: 502, 118`."""
    if not readings:
        return ""
    if len(readings) > 1:
        return f"{len(readings)}: " + ", ".join(_state(reading) for reading in readings)
    (only,) = readings
    return f"{only.meter or '?'} → {_state(only)}"


def _state(reading: ProposedReading) -> str:
    return str(reading.state) if reading.state is not None else f"{reading.stated}?"


def judged_words(line: InboxLine) -> str:
    """Return in a word what stands against a message, or that nothing does; with a sign."""
    if line.state is not IncomingState.NEW:
        return _("by itself") if line.auto else state_words(line.state)
    if line.automatic:
        return _("· automatic")
    if line.unread:
        return _("! not readable")
    if not line.readings:
        return _("? no state") if line.intent is MailIntent.READING else ""
    if line.whose.certainty in _DOUBTS:
        return _(_DOUBTS[line.whose.certainty])
    if any(reading.meter is None for reading in line.readings):
        return _("? which meter")
    if any(reading.state is None for reading in line.readings):
        return _("? state")
    level = worst_level(line.readings)
    if level is None or (level is Level.OK and not line.sure):
        return _("? to be checked")
    return f"{SIGNS[level]} {_(_JUDGED[level])}"


# -- what became of it


def accepted_words(line: InboxLine, done: AcceptedMail, states: str) -> str:
    """Return what accepting a message did."""
    values = {
        "client": done.client_number,
        "name": line.whose.client_name or "",
        "states": states,
    }
    if done.repeated:
        return _("It had been accepted before: %(client)s.") % values
    words = _("Accepted: %(client)s %(name)s, %(states)s.") % values
    if done.held:
        waits = ngettext(
            "%(count)s reading waits for a supervisor.",
            "%(count)s readings wait for a supervisor.",
            done.held,
        )
        words += " " + waits % {"count": done.held}
    if done.reply_id is None:
        return words + " " + _("There is no address to confirm it to.")
    return words + " " + _("The confirmation waits to be sent.")


def handed_words(login: str | None, mine: bool) -> str:
    """Return who has the message now."""
    if mine:
        return _("You have the message.")
    return (
        _("The message is given back.")
        if login is None
        else _("%(login)s has the message.") % {"login": login}
    )
