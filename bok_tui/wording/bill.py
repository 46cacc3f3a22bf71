"""The bill that a reading would make, in words: asked for beside what is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bok_tui.i18n import _, translate_template
from bok_tui.wording.figures import money_text, volume_text
from bok_tui.wording.reading import Draft
from db.records.billing import BillPreview, Skipped
from db.records.money import SkipReason
from db.rules.levels import Level


@dataclass(frozen=True, slots=True)
class BillQuestion:
    """A reading whose bill is asked for."""

    meter: str
    state: int
    day: date
    rollover: bool


def bill_question(draft: Draft) -> BillQuestion | None:
    """Return the reading to tell the bill of: the suggested one, else the typed one if it may count."""
    if draft.entry is None or draft.check is None or draft.unfinished:
        return None
    meter, day = draft.form.meter, draft.entry.day
    if draft.repair is not None:
        return BillQuestion(draft.repair.meter_number or meter, draft.repair.state, day, rollover=False)
    if draft.check.level is Level.REFUSE or draft.check.consumption < 0:
        return None
    return BillQuestion(meter, draft.entry.state, day, draft.check.rollover)


def bill_words(question: BillQuestion, found: BillPreview | Skipped | None) -> str:
    """Return the bill as the form tells it: `at state 487: 12 m³, 98,31 zł`; empty when there is none."""
    if isinstance(found, BillPreview):
        return _("at state %(state)s: %(water)s, %(gross)s") % {
            "state": question.state,
            "water": volume_text(found.water),
            "gross": money_text(found.gross),
        }
    if found is not None and found.reason is SkipReason.REFUSED and found.detail:
        return translate_template(
            found.detail, {name: _as_day(value) for name, value in found.params.items()}
        )
    return ""


def _as_day(value: object) -> object:
    """Stored values are texts: a day among them is shown as one."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return value
