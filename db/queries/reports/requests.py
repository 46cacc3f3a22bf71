"""Requests: how old the open ones are, what became of the others, and how long it took."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from db.clock import office_day
from db.doors import OVERSEERS, report
from db.queries.calendar import holidays_between
from db.queries.reports.common import percentile, summed
from db.queries.reports.request_states import Standing, load_standings
from db.records.reports import Found, Line, Question
from db.records.requests import RequestState
from db.rules.working_days import WorkingDays
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
    days = _days(work, standings, question.as_of)
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for standing in standings:
        old = days.since(standing.received_on, question.as_of)
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
    days = _days(work, standings, question.as_of)
    found: dict[str, _Done] = defaultdict(_Done)
    for standing in standings:
        own = found[standing.agent if by == "agent" else standing.kind.value]
        own.states[standing.state] += 1
        own.reopened += standing.reopened
        own.times[days.since(standing.received_on, office_day(standing.at))] += 1
    every = _Done()
    for own in found.values():
        every.add(own)
    rows = [{by: key, **found[key].line()} for key in sorted(found)]
    return Found(tuple(rows), every.line() if rows else {})


@dataclass(slots=True)
class _Done:
    """What became of some requests, and after how many working days."""

    states: Counter[RequestState] = field(default_factory=Counter)
    times: Counter[int] = field(default_factory=Counter)
    reopened: int = 0

    def add(self, other: _Done) -> None:
        self.states += other.states
        self.times += other.times
        self.reopened += other.reopened

    def line(self) -> Line:
        return {
            "processed": self.states.total(),
            **{key: self.states[state] for key, state in _OUTCOMES.items()},
            "reopened": self.reopened,
            "days_p50": percentile(self.times, 50),
            "days_p90": percentile(self.times, 90),
        }


def _days(work: Work, standings: Iterable[Standing], day: date) -> WorkingDays:
    first = min((standing.received_on for standing in standings), default=day)
    return WorkingDays(min(first, day), day, holidays_between(work.session, min(first, day), day))
