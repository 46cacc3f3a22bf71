"""Tills: what was taken at the desk on each day, what was counted, and what nobody has signed for."""

from __future__ import annotations

from db.doors import OVERSEERS, report
from db.queries.cash_rows import load_days
from db.queries.reports.common import ends, summed
from db.records.cash_day import CashDay
from db.records.reports import Found, Line, Question
from db.rules.cash_day import LOOKED_BACK, waits
from db.work import Work

_SUMMED = ("payments", "expected", "counted", "difference")


@report(roles=OVERSEERS)
def cash(work: Work, question: Question) -> Found:
    """Return the tills' days from `since` to `until`, the newest first, as they stood on the day."""
    until = min(question.until, question.as_of)
    days = load_days(work.session, question.since, until, known=ends(question.as_of))
    return _found([_line(day) for day in days])


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


def _found(rows: list[Line]) -> Found:
    """Return the rows with their sums; those of what was counted only once every till is: all three agree."""
    known = [name for name in _SUMMED if all(row[name] is not None for row in rows)]
    return Found(tuple(rows), summed(rows, known))
