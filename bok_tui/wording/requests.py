"""Requests in words: their kinds, fields and states, and the lines of the queue."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rich.cells import cell_len

from bok_tui.i18n import _, ngettext
from bok_tui.safe_text import fit
from bok_tui.wording.figures import day_text
from bok_tui.wording.labels import channel_label
from db.clock import office_day
from db.records.request_views import RequestCounts, RequestLine
from db.records.requests import (
    FIELD_WORDS,
    KIND_WORDS,
    OPEN_STATES,
    STATE_WORDS,
    ComplaintSubject,
    RejectReason,
    RequestField,
    RequestKind,
    RequestState,
)
from db.rules.bank_account import format_nrb, is_nrb
from db.rules.identifiers import format_phone
from db.words import N_

URGENT = 3
"""Days before a deadline from which it presses."""
NUMBER, KIND, CLIENT, CHANNEL, AGE, LEFT, NAME = 12, 17, 6, 7, 7, 13, 9
STATE, ASSIGNEE = 15, 14
"""Columns of a line; the last two only where there is room."""
WIDE = 110

REASONS: Mapping[RejectReason, str] = {
    RejectReason.NOT_ENTITLED: N_("who asked is not entitled to it"),
    RejectReason.NOT_PROVED: N_("the document that proves it is missing"),
    RejectReason.NO_ANSWER: N_("no answer to the request for information"),
    RejectReason.WRONG_DATA: N_("the data are wrong"),
    RejectReason.DUPLICATE: N_("the same was asked for already"),
    RejectReason.UNFOUNDED: N_("the complaint is unfounded"),
    RejectReason.OTHER: N_("another reason (say it in the note)"),
}
_SHORT: Mapping[RequestKind, str] = {
    RequestKind.MAILING_ADDRESS: N_("mailing addr."),
    RequestKind.NAME: N_("name change"),
    RequestKind.REFUND_ACCOUNT: N_("refund acct."),
    RequestKind.EINVOICE_EMAIL: N_("e-inv. addr."),
    RequestKind.EBOK_REGISTRATION: N_("e-BOK account"),
    RequestKind.EBOK_UNLOCK: N_("e-BOK unlock"),
    RequestKind.HANDOVER: N_("hand-over"),
}
"""Kinds whose names are too long for a line of the queue."""
_SUBJECTS: Mapping[ComplaintSubject, str] = {
    ComplaintSubject.BILL: N_("bill"),
    ComplaintSubject.READING: N_("reading"),
    ComplaintSubject.METER: N_("meter"),
    ComplaintSubject.SERVICE: N_("service"),
}


def kind_words(kind: RequestKind) -> str:
    """Return what is asked for."""
    return _(KIND_WORDS[kind])


def state_words(state: RequestState) -> str:
    """Return where a request stands."""
    return _(STATE_WORDS[state])


def field_words(field: RequestField) -> str:
    """Return the name of a field."""
    return _(FIELD_WORDS[field])


def subject_words(subject: ComplaintSubject) -> str:
    """Return what a complaint is about."""
    return _(_SUBJECTS[subject])


def reason_words(reason: RejectReason | str) -> str:
    """Return why a request was rejected; an unknown code stays as it is."""
    known = {one.value: words for one, words in REASONS.items()}
    return _(known[reason]) if reason in known else str(reason)


# -- lines


def queue_heading(width: int) -> str:
    """Return the headings above the lines of `queue_line`."""
    cells = [
        fit(_("number"), NUMBER),
        fit(_("request"), KIND),
        fit(_("client"), CLIENT + 1 + _name(width)),
        fit(_("channel"), CHANNEL),
        fit(_("age"), AGE),
        fit(_("left"), LEFT),
    ]
    if width >= WIDE:
        cells += [fit(_("state"), STATE), fit(_("taken by"), ASSIGNEE)]
    return " ".join(cells).rstrip()


def queue_line(line: RequestLine, width: int) -> str:
    """Return one request as a line of the queue, `width` cells at most."""
    cells = [
        fit(line.number, NUMBER),
        fit(kind_short(line), KIND),
        fit(line.client_number, CLIENT),
        fit(line.client_name, _name(width)),
        fit(channel_label(line.channel), CHANNEL),
        fit(age_words(line.working_days_old), AGE),
        fit(left_words(line), LEFT),
    ]
    if width >= WIDE:
        cells += [fit(state_words(line.state), STATE), fit(holder_words(line), ASSIGNEE)]
    return " ".join(cells).rstrip()


def client_line(line: RequestLine) -> str:
    """Return one request as a line of its client's card."""
    day = day_text(office_day(line.submitted_at))
    state = state_words(line.state)
    if line.state is RequestState.APPROVED and line.effective_on is not None:
        state += " " + _("from %(day)s") % {"day": day_text(line.effective_on)}
    open_too = f"  {left_words(line)}" if is_open(line) else ""
    return f"{fit(line.number, NUMBER)} {fit(day, 11)} {fit(kind_short(line), 24)} {state}{open_too}"


def _name(width: int) -> int:
    more = STATE + ASSIGNEE + 2 if width >= WIDE else 0
    used = NUMBER + KIND + CLIENT + CHANNEL + AGE + LEFT + 6 + more
    return max(width - 2 - used, NAME)


def is_open(line: RequestLine) -> bool:
    """Tell whether somebody, or the calendar, still has something to do."""
    return line.state in OPEN_STATES


def waits(line: RequestLine) -> bool:
    """Tell whether somebody has to decide; a complaint accepted by silence is still to be answered."""
    return is_open(line) and (line.state is not RequestState.APPROVED or line.kind is RequestKind.COMPLAINT)


def kind_short(line: RequestLine) -> str:
    """Return what is asked for, with a mark for what needs four eyes."""
    words = _(_SHORT[line.kind]) if line.kind in _SHORT else kind_words(line.kind)
    if not line.four_eyes:
        return words
    marked = words + " " + _("(4 eyes)")
    return marked if cell_len(marked) <= KIND else f"{fit(words, min(cell_len(words), KIND - 4))} (4)"


def value_words(field: RequestField, value: str | None) -> str:
    """Return a field's value as people write it; a dash for none."""
    if not value:
        return "–"
    if field is RequestField.PHONE:
        return format_phone(value)
    if field is RequestField.REFUND_ACCOUNT and is_nrb(value):
        return format_nrb(value)
    if field is RequestField.HANDOVER_DAY and value[:1].isdigit():
        return day_text(date.fromisoformat(value))
    return value


def age_words(days: int) -> str:
    """Return the working days since it came: `3 dni`."""
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


def left_words(line: RequestLine) -> str:
    """Return how much time is left, short; what presses has its sign."""
    if not is_open(line):
        return "–"
    left = line.days_left
    if left < 0:
        return ngettext("! %(count)s late", "! %(count)s late", -left) % {"count": -left}
    if left == 0:
        return "! " + _("today")
    words = ngettext("%(count)s left", "%(count)s left", left) % {"count": left}
    return f"! {words}" if left <= URGENT else words


def holder_words(line: RequestLine) -> str:
    """Return who has taken it."""
    if line.mine:
        return _("you")
    return line.assignee or "–"


def presses(line: RequestLine) -> bool:
    """Tell whether the deadline is near or past."""
    return is_open(line) and line.days_left <= URGENT


def view_words(counts: RequestCounts) -> tuple[tuple[str, int, str], ...]:
    """Return the names of the queue's views, how much waits in each, and a sign for what presses."""
    return (
        (_("To decide"), counts.to_decide, ""),
        (_("Mine"), counts.mine, ""),
        (_("Late"), counts.overdue, "!"),
        (_("Complaints"), counts.complaints_due, "!"),
        (_("Waiting"), 0, ""),
        (_("Closed"), 0, ""),
    )
