"""The supervisor's board in words: what each figure opens, and the lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from bok_tui.i18n import _, ngettext
from bok_tui.safe_text import fit
from bok_tui.wording.figures import day_text, money_text, number_text
from db.clock import office_day
from db.records.board import Board, Holder
from db.records.reports import Line
from db.records.request_views import RequestFilter
from db.records.requests import RequestKind
from db.records.worklists import WorkListKind

HOLDERS: Final = "holders"
"""The line about who has which requests."""
COMPLAINTS_VIEW, LATE_VIEW = 4, 3
"""Digits of the queue's views."""
SECTION, WORDS, COUNT, AMOUNT, OPENS = 11, 41, 7, 16, 36
HOLDER = 26
WIDE = 110
"""From here on there is room for what a line opens."""


class Days(Enum):
    """The days that a report behind a figure is asked for."""

    TODAY = auto()
    YESTERDAY = auto()
    BEFORE = auto()
    """Everything up to yesterday, as known today."""
    YEAR = auto()
    """The last 365 days."""


@dataclass(frozen=True, slots=True)
class Behind:
    """What a line of the board opens."""

    report: str = ""
    view: str = ""
    days: Days = Days.TODAY
    """Rows of a report: what everybody may open who sees the board."""
    work_list: WorkListKind | None = None
    queue: tuple[int, RequestFilter] | None = None
    """Digit of a view of the queue of requests, and what it is narrowed to. For supervisors, as lists are."""
    tills: bool = False
    """The days of the tills. For supervisors."""


_COMPLAINTS = frozenset({RequestKind.COMPLAINT})
BEHIND: Mapping[str, Behind] = {
    "requests_overdue": Behind("requests", "open", queue=(LATE_VIEW, RequestFilter(overdue=True))),
    "complaints_overdue": Behind(
        "complaints", "list", queue=(COMPLAINTS_VIEW, RequestFilter(kinds=_COMPLAINTS, overdue=True))
    ),
    "meters_expired": Behind("meters", "list", Days.BEFORE),
    "complaints_soon": Behind(
        "complaints", "list", queue=(COMPLAINTS_VIEW, RequestFilter(kinds=_COMPLAINTS, due_within=3))
    ),
    "readings_waiting": Behind(work_list=WorkListKind.PENDING_READINGS),
    "contacts": Behind("contacts", "list", Days.YESTERDAY),
    "readings": Behind("readings", "list", Days.YESTERDAY),
    "readings_voided": Behind("readings", "voided", Days.YESTERDAY),
    "mails_accepted": Behind("readings", "mails", Days.YESTERDAY),
    "requests_processed": Behind("requests", "agent", Days.YESTERDAY),
    "payments": Behind("payments", "list", Days.YESTERDAY),
    "invoices": Behind("revenue", "register", Days.YESTERDAY),
    "owing": Behind("receivables", "client"),
    "overpaid": Behind("receivables", "overpaid"),
    "unmatched": Behind("payments", "unmatched", work_list=WorkListKind.UNMATCHED_PAYMENTS),
    "cash_unsigned": Behind("payments", "cash", Days.YEAR, tills=True),
    "looks": Behind("access", "suspicious", Days.YESTERDAY),
    "addresses_bounced": Behind("einvoice", "bounced"),
}
"""By the measure of the report `daily`."""
_PRESSING = ("late", "due")
"""Parts whose figures press as soon as there is one."""


def heading_words(width: int) -> str:
    """Return the headings above the lines of `figure_words`."""
    return _cells("", _("what"), _("count"), _("amount"), _("Enter opens"), width)


def figure_words(line: Line, section: str, words: str, *, first: bool, supervisor: bool, width: int) -> str:
    """Return one figure in the words of the report; the first line of a part names the part."""
    amount = line["amount"]
    return _cells(
        _(section) if first else "",
        _(words),
        number_text(line["count"]),
        money_text(amount) if amount is not None else "",
        opens_words(BEHIND.get(line["measure"]), supervisor=supervisor),
        width,
        sign="!" if presses(line) else " ",
    )


def _cells(
    section: str, words: str, count: str, amount: str, opens: str, width: int, *, sign: str = " "
) -> str:
    found = f"{fit(section, SECTION)} {sign} {fit(words, WORDS)}{count:>{COUNT}}{amount:>{AMOUNT}}"
    if width >= WIDE:
        found += "   " + fit(opens, OPENS)
    return found.rstrip()


def presses(line: Line) -> bool:
    """Tell whether a figure is to be looked at first."""
    return line["section"] in _PRESSING and bool(line["count"])


def opens_words(behind: Behind | None, *, supervisor: bool) -> str:
    """Return what Enter opens on a line; empty for nothing."""
    if behind is None:
        return ""
    if supervisor and behind.queue is not None:
        return _("queue of requests")
    if supervisor and behind.work_list is not None:
        return _("work list")
    if supervisor and behind.tills:
        return _("tills")
    return f"bok report {behind.report} --by {behind.view}" if behind.report else ""


def taken_words(board: Board, width: int) -> str:
    """Return the line about who has the requests that are to be decided."""
    words = _("to decide that somebody has taken")
    return _cells(_("requests"), words, number_text(board.taken), "", _("who has which"), width)


def holder_heading() -> str:
    """Return the headings above the lines of `holder_words`."""
    count, late, oldest = _("requests"), _("late"), _("oldest from")
    who, deadline = _("who"), _("next deadline")
    return f"{fit(who, HOLDER)} {count:>8} {late:>11}   {fit(oldest, 13)} {deadline}"


def holder_words(holder: Holder) -> str:
    """Return what one person has taken."""
    name = f"{holder.name} ({holder.login})" if holder.login else _("nobody")
    late = f"! {holder.late}" if holder.late else "0"
    oldest, deadline = day_text(office_day(holder.oldest)), day_text(holder.deadline)
    return f"{fit(name, HOLDER)} {holder.requests:>8} {late:>11}   {fit(oldest, 13)} {deadline}"


def holders_in_short(board: Board, most: int) -> list[str]:
    """Return who has most of the queue, a line each, for a screen with room below."""
    return [
        ngettext(
            "%(who)s: %(count)s request, the oldest from %(day)s",
            "%(who)s: %(count)s requests, the oldest from %(day)s",
            holder.requests,
        )
        % {
            "who": holder.name or _("nobody"),
            "count": holder.requests,
            "day": day_text(office_day(holder.oldest)),
        }
        + (" ".join(("  !", _("late"), str(holder.late))) if holder.late else "")
        for holder in board.holders[:most]
    ]
