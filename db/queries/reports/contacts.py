"""Calls, mails and visits: how many, how long, solved at the first go, failed verifications."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Contact, Staff, VerificationAnswer
from db.queries.reports.common import (
    counted,
    ends,
    folded,
    percent,
    percentile,
    seconds_between,
    slot,
    utc_hour,
    within,
)
from db.records.contacts import Outcome
from db.records.reports import Found, Line, Question
from db.work import Work

DAY = 86_400
FIRST_CONTACT = (7, 14)
"""Days without another contact of the same purpose after which the first one counts as having solved it."""
_COUNTS = ("contacts", "running", "solved", "failed", "judged_7", "resolved_7", "judged_14", "resolved_14")


@report(roles=OVERSEERS)
def contacts(work: Work, question: Question) -> Found:
    """Return the contacts that began within the days, by `question.by`."""
    by = question.by or "purpose"
    times = _times(work, question, by)
    counts = _figures(work, question, by)
    rows = []
    every: Counter[int] = Counter()
    for key, figures in counts.items():
        rows.append({by: key, **_row(figures, times[key])})
        every.update(times[key])
    sums = [sum(row[place] for row in counts.values()) for place in range(len(_COUNTS))]
    return Found(tuple(rows), _row(sums, every) if rows else {})


def _figures(work: Work, question: Question, by: str) -> dict[Any, list[int]]:
    over = ends(question.as_of)
    ended = sa.and_(col(Contact.ended_at).is_not(None), col(Contact.ended_at) < over)
    failed = (
        sa.select(sa.func.count())
        .select_from(VerificationAnswer)
        .where(
            col(VerificationAnswer.contact_id) == col(Contact.id),
            ~col(VerificationAnswer.correct),
            col(VerificationAnswer.at) < over,
        )
        .correlate(Contact)
        .scalar_subquery()
    )
    resolved = []
    for days in FIRST_CONTACT:
        judged = sa.and_(
            col(Contact.purpose).is_not(None), col(Contact.started_at) < over - timedelta(days=days)
        )
        resolved += [counted(judged), counted(judged, ~_again(days))]
    statement = (
        sa.select(
            _key(by).label("key"),
            sa.func.count(),
            counted(~ended),
            counted(ended, col(Contact.outcome) == Outcome.SOLVED),
            sa.func.sum(failed),
            *resolved,
        )
        .select_from(Contact)
        .join(Staff, col(Staff.id) == col(Contact.staff_id))
        .where(within(col(Contact.started_at), question.since, question.until))
        .group_by(sa.literal_column("1"))
    )
    return folded(work.session.execute(statement), lambda key: _named(by, key))


def _again(days: int) -> sa.ColumnElement[bool]:
    """Return the condition that the client came back for the same purpose within so many days."""
    later = aliased(Contact)
    apart = seconds_between(col(Contact.started_at), col(later.started_at))
    return (
        sa.select(sa.literal(1))
        .select_from(later)
        .where(
            col(later.client_id) == col(Contact.client_id),
            col(later.purpose) == col(Contact.purpose),
            col(later.started_at) > col(Contact.started_at),
            apart <= days * DAY,
        )
        .correlate(Contact)
        .exists()
    )


def _times(work: Work, question: Question, by: str) -> Mapping[Any, Counter[int]]:
    """Return how many ended contacts of each row took how many seconds."""
    statement = (
        sa.select(
            _key(by).label("key"),
            seconds_between(col(Contact.started_at), col(Contact.ended_at)).label("seconds"),
            sa.func.count(),
        )
        .select_from(Contact)
        .join(Staff, col(Staff.id) == col(Contact.staff_id))
        .where(
            within(col(Contact.started_at), question.since, question.until),
            col(Contact.ended_at) < ends(question.as_of),
        )
        .group_by(sa.literal_column("1"), sa.literal_column("2"))
    )
    found: dict[Any, Counter[int]] = defaultdict(Counter)
    for key, seconds, number in work.session.execute(statement):
        found[_named(by, key)][int(seconds)] += number
    return found


def _key(by: str) -> Any:
    if by == "agent":
        return col(Staff.login)
    if by in ("purpose", "channel"):
        return sa.func.coalesce(sa.cast(col(getattr(Contact, by)), sa.String), "")
    return utc_hour(col(Contact.started_at))


def _named(by: str, key: Any) -> Any:
    return slot(by, key) if by in ("hour", "weekday", "day") else str(key)


def _row(figures: list[int], times: Counter[int]) -> Line:
    named = dict(zip(_COUNTS, figures, strict=True))
    return {
        **{key: named[key] for key in ("contacts", "running", "solved", "failed")},
        "seconds_p50": percentile(times, 50),
        "seconds_p90": percentile(times, 90),
        "first_7": percent(named["resolved_7"], named["judged_7"]),
        "first_14": percent(named["resolved_14"], named["judged_14"]),
    }
