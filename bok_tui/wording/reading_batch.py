"""The batch screen in words: one line a row, and what stands against it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bok_tui.batch_sheet import Sheet
from bok_tui.i18n import _, ngettext, translate_template
from bok_tui.safe_text import fit
from bok_tui.wording.figures import day_text, volume_text
from bok_tui.wording.labels import level_label, reason_label
from db.records.reading_batch import BatchDraft, BatchRow, JudgedRow, RowStanding
from db.rules.levels import Level

LINE, PLACE, STATE, DAY = 4, 13, 10, 11
"""Widths of the columns; the finding takes the rest."""
SIGNS = {Level.OK: "✓", Level.WARN: "!", Level.BLOCK: "✗", Level.REFUSE: "✗"}


def heading() -> str:
    """Return the words above the rows."""
    words = (_("no."), _("meter/client"), _("state"), _("day"), _("finding"))
    return _columns(*words)


def row_line(row: BatchRow, said: JudgedRow | None) -> str:
    """Return a row as it stands on the sheet."""
    return _columns(str(row.line), row.place, row.state, day_words(row.day), finding_words(row, said))


def day_words(text: str) -> str:
    """Return a kept day in the language of the screen; what is no day as it was typed."""
    try:
        return day_text(date.fromisoformat(text))
    except ValueError:
        return text


def field_day(text: str) -> str:
    """Return a kept day as a field takes it back: `22.11.2026`."""
    try:
        return f"{date.fromisoformat(text):%d.%m.%Y}"
    except ValueError:
        return text


def finding_words(row: BatchRow, said: JudgedRow | None) -> str:
    """Return what is to be said of a row, in as few words as it takes."""
    if said is None:
        return "…"
    use = "" if said.use is None else volume_text(said.use)
    match said.standing:
        case RowStanding.RECORDED:
            words = " ".join(("=", _("saved"), use))
        case RowStanding.HELD:
            words = "= " + _("held for a supervisor")
        case RowStanding.DROPPED:
            words = "– " + _("dropped")
        case RowStanding.GOOD if row.hold and level_of(said) is Level.BLOCK:
            words = f"✓ {use} · " + _("to be held")
        case RowStanding.GOOD if row.reason and said.findings:
            words = f"✓ {use} · {reason_label(row.reason)}"
        case RowStanding.GOOD:
            words = f"✓ {use}"
        case _ if said.findings:
            words = against_words(said)
        case _:
            words = use
    meant = said.meter if said.meter and said.meter != "".join(row.place.split()) else ""
    return f"{meant}: {words}" if meant else words.strip()


def against_words(said: JudgedRow) -> str:
    """Return what stands against a row: the hardest finding first."""
    sentences = [translate_template(finding.message, finding.params) for finding in said.findings]
    return f"{SIGNS[level_of(said)]} " + " ".join(sentences)


def level_of(said: JudgedRow) -> Level:
    """Return how hard what stands against a row is."""
    return said.findings[0].level if said.findings else Level.OK


def doubt_line(row: BatchRow, said: JudgedRow) -> str:
    """Return a doubtful row as the list of them shows it, with what may be done."""
    words = f"{row.line:>4}  {row.place} · {row.state} · {day_words(row.day)}  "
    level = level_of(said)
    if level is not Level.REFUSE:
        words += level_label(level) + ": "
    words += against_words(said)[2:] if level is not Level.REFUSE else against_words(said)
    if said.repair is not None:
        words += "  " + _("F9: the state %(state)s?") % {"state": said.repair}
    return words


def title_words(sheet: Sheet) -> str:
    """Return the name of the batch and how many rows it has."""
    if not sheet.rows:
        return _("Readings one below the other · a new batch")
    values = {
        "number": sheet.number or "–",
        "rows": ngettext("%(count)s row", "%(count)s rows", len(sheet.rows)) % {"count": len(sheet.rows)},
        "good": sheet.good,
        "doubtful": len(sheet.doubtful),
        "kept": sheet.kept,
    }
    if saved := sheet.count(RowStanding.RECORDED, RowStanding.HELD):
        values["good"] = f"{sheet.good} · " + _("saved %(count)s") % {"count": saved}
    return _("Batch %(number)s · %(rows)s · good %(good)s · doubtful %(doubtful)s · kept %(kept)s") % values


def offered_words(draft: BatchDraft, moment: str) -> str:
    """Return that a batch is offered back."""
    values = {"number": draft.line.number, "moment": moment, "count": len(draft.rows)}
    return (
        ngettext(
            "Offered back: batch %(number)s of %(moment)s, %(count)s row. Go on, or save it with Ctrl+S.",
            "Offered back: batch %(number)s of %(moment)s, %(count)s rows. Go on, or save it with Ctrl+S.",
            len(draft.rows),
        )
        % values
    )


def left_words(row: BatchRow, typed: Sequence[str]) -> str:
    """Return that a row stays as it was, and what was typed over it."""
    values = {
        "line": row.line,
        "row": " · ".join((row.place, row.state, day_words(row.day))),
        "typed": " · ".join(filter(None, typed)) or "–",
    }
    return _("Row %(line)s stays as it was: %(row)s. Not taken over: %(typed)s") % values


def saved_words(*, number: int, recorded: int, held: int, left: int) -> str:
    """Return what was saved and what is left."""
    values = {"number": number, "recorded": recorded, "held": held, "left": left}
    if not recorded and not held:
        return _("Nothing new was saved. Rows left: %(left)s.") % values
    words = _("Saved: %(recorded)s. Held for a supervisor: %(held)s. Rows left: %(left)s.") % values
    return words + " " + _("Protocol: bok reading batch show %(number)s") % values


def _columns(line: str, place: str, state: str, day: str, finding: str) -> str:
    cells = (f"{line:>{LINE}}", fit(place, PLACE), fit(state, STATE), fit(day, DAY), finding)
    return " ".join(cells)
