"""Tills: what was taken at the desk on each day, what was counted, and what nobody has signed for."""

from __future__ import annotations

from datetime import date

from db.doors import OVERSEERS, report
from db.queries.cash_rows import Taken, load_days, load_without_till
from db.queries.reports.common import ends, summed
from db.records.cash_day import CashDay
from db.records.reports import Found, Line, Question
from db.rules.cash_day import LOOKED_BACK, waits
from db.work import Work

NO_TILL = "none"
"""State of desk money that belongs to nobody's till."""
_SUMMED = ("payments", "expected", "counted", "difference")


@report(roles=OVERSEERS)
def cash(work: Work, question: Question) -> Found:
    """Return the tills' days from `since` to `until`, the newest first, as they stood on the day.

    Desk money that belongs to no till has a row of its own: the ledger has it, and nobody can count it.
    """
    until, known = min(question.until, question.as_of), ends(question.as_of)
    rows = [_line(day) for day in load_days(work.session, question.since, until, known=known)]
    without = load_without_till(work.session, question.since, until, known=known)
    rows += [_line_without_till(day, taken) for day, taken in without.items()]
    return _found(sorted(rows, key=lambda row: (-row["day"].toordinal(), row["agent"])))


@report(roles=OVERSEERS)
def unsigned(work: Work, question: Question) -> Found:
    """Return the days of the last year that nobody has signed for; the day itself only once it is counted."""
    first, last = question.as_of - LOOKED_BACK, question.as_of
    days = load_days(work.session, first, last, known=ends(last))
    return _found([_line(day) for day in days if waits(day.state, day=day.day, today=last)])


def _line(day: CashDay) -> Line:
    return {
        "day": day.day,
        "agent": day.login,
        "payments": day.payments,
        "expected": day.expected,
        "counted": day.counted,
        "difference": day.difference,
        "counted_by": day.counted_by_login or "",
        "state": "moved" if day.moved else day.state.value,
    }


def _line_without_till(day: date, taken: Taken) -> Line:
    return {
        "day": day,
        "agent": "",
        "payments": taken.payments,
        "expected": taken.cash + taken.card,
        "counted": None,
        "difference": None,
        "counted_by": "",
        "state": NO_TILL,
    }


def _found(rows: list[Line]) -> Found:
    """Return the rows with their sums; those of what was counted only once every till is: all three agree."""
    known = [name for name in _SUMMED if all(row[name] is not None for row in rows)]
    return Found(tuple(rows), summed(rows, known))
