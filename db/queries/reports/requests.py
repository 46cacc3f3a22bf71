"""Requests: how old the open ones are, what became of the others, and how long it took."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from db.clock import office_day
from db.doors import OVERSEERS, report
from db.queries.calendar import holidays_between
from db.queries.reports.common import percentile, summed
from db.queries.reports.request_states import Standing, load_standings
from db.records.reports import Found, Question
from db.records.requests import RequestState
from db.rules.working_days import working_days_since
from db.work import Work

AGES = (("age_3", 3), ("age_7", 7), ("age_10", 10), ("age_14", 14))
"""Column of each age and its most working days; what is older comes last."""
_AGED = ("open", *(key for key, _ in AGES), "older", "overdue")
_OUTCOMES = {
    "applied": RequestState.APPLIED,
    "rejected": RequestState.REJECTED,
    "withdrawn": RequestState.WITHDRAWN,
    "superseded": RequestState.SUPERSEDED,
}


@report(roles=OVERSEERS)
def open_requests(work: Work, question: Question) -> Found:
    """Return the open requests by kind and age in working days."""
    standings = load_standings(work, question, closed=False)
    days = _Days(work, standings, question.as_of)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for standing in standings:
        old = days.between(standing.received_on, question.as_of)
        age = next((key for key, most in AGES if old <= most), "older")
        found[standing.kind.value].update(("open", age))
        found[standing.kind.value]["overdue"] += standing.deadline < question.as_of
    rows = [{"kind": kind, **{key: found[kind][key] for key in _AGED}} for kind in sorted(found)]
    return Found(tuple(rows), summed(rows, _AGED))


@report(roles=OVERSEERS)
def processed(work: Work, question: Question) -> Found:
    """Return what was closed within the days, by `question.by`: the kind, or who closed it."""
    by = "agent" if question.by == "agent" else "kind"
    standings = load_standings(work, question, closed=True)
    days = _Days(work, standings, question.as_of)
    found: dict[str, list[Standing]] = defaultdict(list)
    for standing in standings:
        found[standing.agent if by == "agent" else standing.kind.value].append(standing)
    rows = [{by: key, **_done(found[key], days)} for key in sorted(found)]
    return Found(tuple(rows), _done(standings, days) if rows else {})


class _Days:
    """Counts working days; each stretch once."""

    def __init__(self, work: Work, standings: Iterable[Standing], day: date) -> None:
        first = min((standing.received_on for standing in standings), default=day)
        self._holidays = holidays_between(work.session, min(first, day), day)
        self._known: dict[tuple[date, date], int] = {}

    def between(self, first: date, last: date) -> int:
        if (first, last) not in self._known:
            self._known[first, last] = working_days_since(first, last, self._holidays)
        return self._known[first, last]


def _done(standings: list[Standing], days: _Days) -> dict[str, Any]:
    times = Counter(days.between(one.received_on, office_day(one.at)) for one in standings)
    return {
        "processed": len(standings),
        **{key: sum(one.state is state for one in standings) for key, state in _OUTCOMES.items()},
        "reopened": sum(one.reopened for one in standings),
        "days_p50": percentile(times, 50),
        "days_p90": percentile(times, 90),
    }
