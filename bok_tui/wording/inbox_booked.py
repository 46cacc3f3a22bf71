"""A message of the inbox that is done with, in words: what was booked from it, who decided and when."""

from __future__ import annotations

from bok_tui.i18n import _
from bok_tui.wording.figures import day_text, moment_text, volume_text
from bok_tui.wording.inbox import state_words
from bok_tui.wording.labels import role_label, status_label
from db.records.incoming import InboxMessage, ProposedReading
from db.records.readings import ReadingStatus
from db.rules.dial import format_state

Styled = tuple[str, str]
"""A line and its style."""


def booked_lines(message: InboxMessage) -> list[Styled]:
    """Return what was booked from a message, a line each with what became of it, and who decided when."""
    lines: list[Styled] = []
    for reading in message.line.readings:
        lines.append((_booked(reading), "bold"))
        if reading.status and reading.status != ReadingStatus.ACCEPTED:
            lines.append(("! " + status_label(reading.status), "bold $text-warning"))
        if reading.answers:
            lines.append((_("Answers the notice %(number)s.") % {"number": reading.answers}, ""))
    if message.erased:
        lines.append((_("What it said was erased: it is kept no longer than is needed."), "$text-muted"))
    if message.decided_at is not None:
        lines.append((_decided(message), "$text-muted"))
    return lines


def _booked(reading: ProposedReading) -> str:
    """Return `Booked: 81234567 main: state 00502, day 22.11.2026, use 15 m³`."""
    role = f" {role_label(reading.role)}" if reading.role is not None else ""
    return _("Booked: %(meter)s: state %(state)s, day %(day)s, use %(use)s") % {
        "meter": f"{reading.meter or '?'}{role}",
        "state": format_state(reading.state or 0, reading.digits),
        "day": day_text(reading.day),
        "use": volume_text(reading.consumption or 0),
    }


def _decided(message: InboxMessage) -> str:
    """Return who decided about a message and when: a person, or the program by itself."""
    values = {
        "state": state_words(message.line.state),
        "agent": message.decided_by or _("the program"),
        "moment": moment_text(message.decided_at) if message.decided_at else "",
    }
    words = _("%(state)s: %(agent)s, %(moment)s") % values
    return words[:1].upper() + words[1:]
