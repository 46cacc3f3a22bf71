"""The reading form in words: what is typed is judged here, purely, at every key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bok_tui.i18n import _, ngettext, translate_template
from bok_tui.wording.figures import day_text, number_text, volume_text
from bok_tui.wording.labels import level_label, role_label, weekday_label
from db.errors import WrongInput
from db.records.people import Channel
from db.records.readings import ReadingForm
from db.rules.day_entry import parse_day
from db.rules.diagnosis import IMPLAUSIBLE
from db.rules.dial import format_state, may_go_on, parse_state
from db.rules.levels import Level
from db.rules.reading_checks import ReadingCheck, ReadingEntry, Repair, check_reading

STYLES: Mapping[Level, str] = {
    Level.OK: "$text-success",
    Level.WARN: "bold $text-warning",
    Level.BLOCK: "bold $text-error",
    Level.REFUSE: "bold $text-error",
}
"""How a verdict looks."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What is typed at this moment, and what the checks say of it."""

    form: ReadingForm
    state_error: str = ""
    """Why the state cannot be read, in words; empty when it can, or when nothing is typed."""
    day_error: str = ""
    day: date | None = None
    entry: ReadingEntry | None = None
    check: ReadingCheck | None = None
    unfinished: bool = False
    """The state looks as if digits were still to come: findings wait for the rest."""

    @property
    def repair(self) -> Repair | None:
        """The best repair to offer, if any."""
        return self.check.repairs[0] if self.check and self.check.repairs and not self.unfinished else None


def judge(form: ReadingForm, *, state: str, day: str, channel: Channel) -> Draft:
    """Return what is to be said about the texts typed; never raises on what a person types."""
    today = form.context.today
    day_error = state_error = ""
    parsed_day: date | None = None
    try:
        parsed_day = parse_day(day, today=today)
    except WrongInput as error:
        day_error = translate_template(error.message, error.params)
    parsed: int | None = None
    if state.strip():
        try:
            parsed = parse_state(state)
        except WrongInput as error:
            state_error = translate_template(error.message, error.params)
    if parsed is None or parsed_day is None:
        begun = bool(state_error) and may_go_on(state)
        return Draft(form, state_error, day_error, parsed_day, unfinished=begun)
    entry = ReadingEntry(parsed, parsed_day, channel)
    check = check_reading(entry, form.context)
    unfinished = _unfinished(state, form, check)
    return Draft(form, "", "", parsed_day, entry, check, unfinished)


def _unfinished(typed: str, form: ReadingForm, check: ReadingCheck) -> bool:
    """Tell whether more digits are to be expected: fewer than the dial shows or the state before had."""
    digits = typed.replace(" ", "")
    if digits.startswith("0"):
        return len(digits) < form.context.meter.digits
    return len(digits) < len(str(check.previous.state)) and check.consumption < 0


def meter_words(form: ReadingForm) -> str:
    """Return `81234567 główny`."""
    return f"{form.meter} {role_label(form.context.meter.role)}"


def meter_line(draft: Draft) -> str:
    """Return a meter to choose from: its number, its state before, and what the typed one would mean."""
    check = draft.check
    told = ""
    if check is not None and not draft.unfinished:
        told = f"{volume_text(check.consumption)}  {level_label(check.level)}"
    before = format_state(_looked_at(draft).previous.state, draft.form.context.meter.digits)
    return f"{meter_words(draft.form):<22} {before}  {told}".rstrip()


def fitting(drafts: Sequence[Draft]) -> int | None:
    """Return which of several meters alone makes sense of the typed state; None for none or many."""
    found = [
        at
        for at, draft in enumerate(drafts)
        if draft.check is not None
        and not draft.unfinished
        and draft.check.level is not Level.REFUSE
        and not any(finding.code in IMPLAUSIBLE for finding in draft.check.findings)
    ]
    return found[0] if len(found) == 1 else None


def _looked_at(draft: Draft) -> ReadingCheck:
    """Return the check of what is typed, or of nothing yet: its previous state and expectation hold."""
    if draft.check is not None:
        return draft.check
    context = draft.form.context
    return check_reading(ReadingEntry(0, draft.day or context.today, Channel.PHONE), context)


def previous_words(draft: Draft) -> str:
    """Return the state that the use is counted from: `poprzedni 00487 z 31.08.2026 (83 dni)`."""
    check = _looked_at(draft)
    values = {
        "state": format_state(check.previous.state, draft.form.context.meter.digits),
        "day": day_text(check.previous.day),
        "ago": ngettext("%(count)s day", "%(count)s days", check.days) % {"count": check.days},
    }
    if check.previous.opening:
        return _("installed with %(state)s on %(day)s (%(ago)s)") % values
    return _("before %(state)s of %(day)s (%(ago)s)") % values


def expected_words(draft: Draft) -> str:
    """Return the use that the history lets us expect."""
    expectation = _looked_at(draft).expectation
    values = {"low": expectation.low, "high": number_text(expectation.high)}
    if expectation.expected is None:
        return _("no history; up to %(high)s m³ is usual") % values
    return _("expected %(expected)s m³ (from %(low)s to %(high)s)") % {
        **values,
        "expected": number_text(expectation.expected),
    }


def use_words(draft: Draft) -> str:
    """Return the use in m³, or a dash while there is no state."""
    if draft.check is None or draft.unfinished:
        return "–"
    return volume_text(draft.check.consumption)


def day_words(draft: Draft) -> str:
    """Return the day as understood: `niedziela 22.11.2026`, with `dziś` before today's."""
    if draft.day is None:
        return draft.day_error
    text = f"{weekday_label(draft.day)} {day_text(draft.day)}"
    back = (draft.form.context.today - draft.day).days
    if back == 0:
        return _("today, %(day)s") % {"day": text}
    return _("yesterday, %(day)s") % {"day": text} if back == 1 else text


def verdict_words(draft: Draft) -> tuple[tuple[Level, str], ...]:
    """Return one line a finding, each with its level, the hardest first; one line when all is well."""
    if draft.unfinished:
        return ((Level.OK, "… " + _("black digits, to the end")),)
    if draft.state_error:
        return ((Level.REFUSE, "✗ " + draft.state_error),)
    if draft.check is None:
        return ()
    if not draft.check.findings:
        return ((Level.OK, f"{level_label(Level.OK)}: " + _("the use is as expected")),)
    ordered = sorted(draft.check.findings, key=lambda finding: -finding.level.rank)
    return tuple(
        (
            finding.level,
            f"{level_label(finding.level)}: {translate_template(finding.message, finding.params)}",
        )
        for finding in ordered
    )


def repair_words(draft: Draft) -> str:
    """Return the best repair as a question with its key; empty without one."""
    repair = draft.repair
    if repair is None:
        return ""
    return "? " + translate_template(repair.message, repair.params)


def notice_words(form: ReadingForm, day: date | None) -> str:
    """Return the open notice that a reading of that day answers, or that there is none."""
    if form.notice is None or (day is not None and day < form.notice.left_on):
        return _("none open: a reason will be asked for")
    left = (form.notice.deadline - form.context.today).days
    values = {
        "number": form.notice.number,
        "left": day_text(form.notice.left_on),
        "deadline": day_text(form.notice.deadline),
    }
    if left < 0:
        return _("%(number)s of %(left)s, was to be answered by %(deadline)s: late") % values
    return _("%(number)s of %(left)s, answer by %(deadline)s: in time") % values


def duty_words() -> str:
    """Return the sentence of Art. 7 to read out to whoever gives a reading."""
    return _(
        "To be read out: giving a reading does not waive the duty to admit the company's representative "
        "to read and inspect the meter (Art. 7 of the act)."
    )


def saved_words(*, state: int, digits: int, day: date, used: int, pending: bool) -> str:
    """Return what to tell the caller once a reading is saved."""
    values = {"state": format_state(state, digits), "day": day_text(day), "used": number_text(used)}
    if pending:
        return _("Held for a supervisor: %(state)s of %(day)s, %(used)s m³. It does not count yet.") % values
    return _("Saved: state %(state)s of %(day)s, use %(used)s m³.") % values
