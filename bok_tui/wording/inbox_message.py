"""A message of the inbox in words: its text with the used words marked, and what is proposed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from textual.content import Content

from bok_tui.i18n import _, ngettext, translate_template
from bok_tui.keys import ACTIONS
from bok_tui.safe_text import visible
from bok_tui.wording.figures import day_text, moment_text, number_text, volume_text
from bok_tui.wording.inbox import intent_words, state_words
from bok_tui.wording.inbox_booked import booked_lines
from bok_tui.wording.inbox_doubts import why_not
from bok_tui.wording.labels import level_label, role_label
from bok_tui.wording.reading import STYLES, Draft, expected_words, notice_words, previous_words, repair_words
from db.records.incoming import (
    AttachedFile,
    Certainty,
    ClientClue,
    InboxLine,
    InboxMessage,
    IncomingState,
    ProposedReading,
    TextSpan,
)
from db.records.people import Channel
from db.records.readings import ReadingForm
from db.rules.dial import format_state
from db.rules.levels import Level
from db.rules.reading_checks import ReadingEntry, check_reading
from db.words import N_

LONGEST = 12_000
"""Characters of a message that are shown."""
LONGEST_LINE = 400
"""Characters of a subject, a name or an address that are shown."""
MOST_FILES = 5
OPENING, CLOSING = "«", "»"
MARKED = "bold reverse"
_CLUES: Mapping[ClientClue, str] = {
    ClientClue.CLIENT_NUMBER: N_("client number"),
    ClientClue.METER: N_("meter number"),
    ClientClue.INVOICE: N_("invoice number"),
    ClientClue.SENDER: N_("sender's address"),
    ClientClue.CONFIRMED_SENDER: N_("sender's confirmed address"),
    ClientClue.PHONE: N_("phone number"),
    ClientClue.CHOSEN: N_("chosen by an agent"),
}
_UNSETTLED = frozenset({IncomingState.NEW, IncomingState.CLOSED, IncomingState.SPAM})
"""Where a key does something with a message."""
Styled = tuple[str, str]
"""A line and its style."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A message opened, with what its readings are judged by."""

    message: InboxMessage
    forms: Mapping[str, ReadingForm]
    """By meter number."""


# -- the text


def body_parts(message: InboxMessage) -> list[Content]:
    """Return the text with the used words marked and, below it, what was quoted: each begins a line.

    Marked words stand between « and », so that they are not told by their looks alone.
    """
    parts = [marked(message.text[:LONGEST], message.used)]
    rest = LONGEST - len(message.text)
    if not message.text.strip():
        parts = [Content.styled(_("(there is no text)"), "$text-muted")]
    if rest < 0:
        parts.append(Content.styled(_more(-rest), "$text-warning"))
    elif message.quoted.strip():
        parts.append(Content.styled("─── " + _("older mail below"), "$text-muted"))
        parts.append(Content.styled(_letters(message.quoted[:rest]), "$text-muted"))
        if len(message.quoted) > rest:
            parts.append(Content.styled(_more(len(message.quoted) - rest), "$text-warning"))
    return parts


def _more(count: int) -> str:
    words = ngettext("… %(count)s more character", "… %(count)s more characters", count)
    return words % {"count": number_text(count)}


def _letters(text: str) -> str:
    return visible(text.replace("\t", " "))


def marked(text: str, spans: Sequence[TextSpan]) -> Content:
    """Return `text` with the words of `spans` marked; spans outside of the text are left out."""
    parts: list[Content] = []
    at = 0
    for span in sorted(spans, key=lambda one: one.start):
        start, end = max(span.start, at), min(span.end, len(text))
        if end <= start:
            continue
        parts.append(Content(_letters(text[at:start])))
        parts.append(Content.styled(f"{OPENING}{_letters(text[start:end])}{CLOSING}", MARKED))
        at = end
    parts.append(Content(_letters(text[at:])))
    return Content("").join(parts)


# -- the proposal


def proposal_lines(seen: Seen, *, brief: bool) -> list[Styled]:
    """Return who wrote, whose it is and what is proposed; `brief` leaves out what is as usual."""
    message, line = seen.message, seen.message.line
    lines = [*_head(line), _whose_line(line)]
    for reading in line.readings if line.state is IncomingState.NEW else ():
        form = seen.forms.get(reading.meter or "")
        lines += _reading_lines(reading, form, brief=brief, alone=len(line.readings) == 1)
    if line.state is not IncomingState.NEW:
        lines += booked_lines(message)
    if line.state in _UNSETTLED and (why := why_not(line)):
        lines.append(("! " + why, "bold $text-warning"))
    if message.files:
        lines.append((_files_words(message.files), ""))
    lines += [("! " + _(trouble), "$text-warning") for trouble in message.troubles]
    if message.request_number:
        lines.append((_("It became the request %(number)s.") % {"number": message.request_number}, ""))
    if message.thread:
        lines.append((_thread_words(message.thread), "$text-muted"))
    return [(_cut(words), style) for words, style in lines]


def _cut(words: str) -> str:
    return words if len(words) <= LONGEST_LINE else words[: LONGEST_LINE - 1] + "…"


def _head(line: InboxLine) -> list[Styled]:
    sender = " ".join(filter(None, (line.sender_name, line.sender))) or _("unknown")
    came = _("From: %(sender)s · %(moment)s") % {"sender": sender, "moment": moment_text(line.received_at)}
    if line.assigned_to:
        came += " · " + _("%(login)s has it") % {"login": line.assigned_to}
    subject = _("Subject: %(subject)s") % {"subject": line.subject or "–"}
    return [(came, ""), (f"{subject} · {intent_words(line.intent)}", "bold")]


def _whose_line(line: InboxLine) -> Styled:
    whose = line.whose
    client = " ".join(filter(None, (whose.client_number, whose.client_name)))
    match whose.certainty:
        case Certainty.SURE:
            words, style = "✓ " + _("client sure: %(client)s (%(clues)s)"), "$text-success"
        case Certainty.LIKELY:
            words, style = "? " + _("client likely: %(client)s (%(clues)s)"), "bold $text-warning"
        case Certainty.CONTRADICTION:
            words, style = "✗ " + _("contradiction: %(clues)s"), "bold $text-error"
        case Certainty.UNKNOWN:
            words, style = "? " + _("client unknown"), "bold $text-warning"
    return words % {"client": client, "clues": clue_words(line)}, style


def whose_words(line: InboxLine) -> str:
    """Return whose a message is as far as it is known, and what led there."""
    return _whose_line(line)[0]


def clue_words(line: InboxLine) -> str:
    """Return what led to a client; where the clues differ, with the number each leads to."""
    clues = line.whose.clues
    if len({number for _clue, number in clues}) > 1:
        nobody = _("nobody")
        return ", ".join(f"{_(_CLUES[clue])} → {number or nobody}" for clue, number in clues)
    return ", ".join(dict.fromkeys(_(_CLUES[clue]) for clue, _number in clues)) or "–"


def draft_of(form: ReadingForm, state: int, day: date) -> Draft:
    """Return what the checks of the reading form say of a proposed reading."""
    entry = ReadingEntry(state, day, Channel.EMAIL)
    return Draft(form, day=day, entry=entry, check=check_reading(entry, form.context))


def _reading_lines(
    reading: ProposedReading, form: ReadingForm | None, *, brief: bool, alone: bool
) -> list[Styled]:
    """Return what is proposed and how it is judged; where room is short, one of several without its past."""
    draft = None
    if form is not None and reading.state is not None:
        draft = draft_of(form, reading.state, reading.day)
    lines = [(_reading_line(reading, form), "bold")]
    whole = alone or not brief
    if draft is not None and whole:
        past = (previous_words(draft), expected_words(draft))
        lines += [(" · ".join(past), "")] if brief else [(words, "") for words in past]
    lines += _verdicts(reading)
    if draft is not None and (words := repair_words(draft)):
        lines.append((f"{words}  {ACTIONS['take'].shown_key}", "bold $accent"))
    if form is not None and whole:
        lines.append((_("Notice: %(words)s") % {"words": notice_words(form, reading.day)}, ""))
    return lines


def _reading_line(reading: ProposedReading, form: ReadingForm | None) -> str:
    """Return `81234567 główny: stan 00502, dzień 22.11.2026, zużycie 15 m³`."""
    meter = reading.meter or _("meter unknown")
    if reading.role is not None:
        meter = f"{meter} {role_label(reading.role)}"
    state = reading.stated
    if reading.state is not None:
        state = format_state(reading.state, form.context.meter.digits) if form else str(reading.state)
    words = _("%(meter)s: state %(state)s, day %(day)s") % {
        "meter": meter,
        "state": state,
        "day": day_text(reading.day),
    }
    if reading.consumption is not None:
        words += ", " + _("use %(use)s") % {"use": volume_text(reading.consumption)}
    return words


def _verdicts(reading: ProposedReading) -> list[Styled]:
    if reading.level is None:
        return []
    if not reading.findings:
        return [(f"{level_label(Level.OK)}: " + _("the use is as expected"), STYLES[Level.OK])]
    ordered = sorted(reading.findings, key=lambda finding: -finding.level.rank)
    return [
        (
            f"{level_label(finding.level)}: {translate_template(finding.message, finding.params)}",
            STYLES[finding.level],
        )
        for finding in ordered
    ]


def sentences_of(reading: ProposedReading) -> tuple[str, ...]:
    """Return what stands against a reading, for the question why it is booked all the same."""
    name = reading.meter or ""
    return tuple(
        f"{name} {words}".strip() for words, style in _verdicts(reading) if style != STYLES[Level.OK]
    )


def size_words(size: int) -> str:
    """Return the size of a file: `340 kB`."""
    if size < 1000:
        return f"{size} B"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{number_text(size // 1_000_000)} MB"


def _files_words(files: Sequence[AttachedFile]) -> str:
    named = [
        f"{file.name or '–'} ({file.media_type}, {size_words(file.size)})" for file in files[:MOST_FILES]
    ]
    if len(files) > MOST_FILES:
        named.append(f"+{len(files) - MOST_FILES}")
    return _("Attached, never opened: %(files)s") % {"files": ", ".join(named)}


def _thread_words(thread: Sequence[InboxLine]) -> str:
    others = ", ".join(
        f"{moment_text(line.received_at)} {state_words(line.state)}" for line in thread[:MOST_FILES]
    )
    return _("Same thread: %(others)s") % {"others": others}
