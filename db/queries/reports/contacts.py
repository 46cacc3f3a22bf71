"""Calls, mails and visits: how many, how long, solved at the first go, failed verifications."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache, partial
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Client, Contact, Staff, VerificationAnswer
from db.queries.reports.common import (
    counted,
    ends,
    percent,
    percentile,
    seconds_between,
    slot,
    utc_hour,
    within,
)
from db.queries.reports.long_lists import LongList, read_list
from db.queries.supply import display_name, name_columns
from db.records.contacts import Outcome
from db.records.reports import Found, Line, Question, Take
from db.work import Work

DAY = 86_400
FIRST_CONTACT = (7, 14)
"""Days without another contact of the same purpose after which the first one counts as having solved it."""
_COUNTS = ("contacts", "running", "solved", "failed", "judged_7", "resolved_7", "judged_14", "resolved_14")


@report(roles=OVERSEERS)
def contacts(work: Work, question: Question) -> Found:
    """Return the contacts that began within the days, by `question.by`."""
    by = question.by or "purpose"
    counts: dict[Any, list[int]] = defaultdict(lambda: [0] * len(_COUNTS))
    times: dict[Any, Counter[int]] = defaultdict(Counter)
    named = _namer(by)
    for first, lasted, *figures in work.session.execute(_figures(question, by)):
        key = named(first)
        counts[key] = [one + int(more or 0) for one, more in zip(counts[key], figures, strict=True)]
        if lasted:
            times[key].update(map(int, lasted.split(",")))
    rows = [{by: key, **_row(counts[key], times[key])} for key in sorted(counts)]
    every = sum(times.values(), start=Counter())
    sums = [sum(row[place] for row in counts.values()) for place in range(len(_COUNTS))]
    return Found(tuple(rows), _row(sums, every) if rows else {})


@report(roles=OVERSEERS)
def listed(work: Work, question: Question, take: Take = tuple) -> Found:
    """Return the contacts that began within the days one by one, the newest first."""
    statement = (
        sa.select(
            *(col(Contact.started_at), col(Client.number), col(Staff.login)),
            *(sa.cast(col(Contact.channel), sa.String), sa.cast(col(Contact.purpose), sa.String)),
            *name_columns(),
        )
        .select_from(Contact)
        .join(Client, col(Client.id) == col(Contact.client_id))
        .join(Staff, col(Staff.id) == col(Contact.staff_id))
    )
    listing = LongList(
        col(Contact.id),
        (within(col(Contact.started_at), question.since, question.until),),
        statement,
        (col(Contact.started_at).desc(), col(Contact.id).desc()),
        _line,
        {"at": col(Contact.started_at)},
    )
    return read_list(work.session, listing, question, take)


def _line(row: Sequence[Any]) -> Line:
    at, number, login, channel, purpose, *names = row
    return {
        "at": at,
        "client": number,
        "name": display_name(*names),
        "agent": login,
        "channel": channel,
        "purpose": purpose or "",
    }


def _figures(question: Question, by: str) -> Any:
    """Select the key of a row, the seconds of its ended contacts with commas between, and its counts.

    One text with all the seconds is read in a fraction of the time of a row for each.
    """
    each = _each(question, by)
    resolved = []
    for days in FIRST_CONTACT:
        own = each.c[f"judged_{days}"]
        resolved += [counted(own), counted(own, sa.func.coalesce(each.c.again > days * DAY, sa.true()))]
    return sa.select(
        *(each.c.key, sa.func.aggregate_strings(sa.cast(each.c.seconds, sa.String), ",")),
        *(sa.func.count(), counted(each.c.running), counted(each.c.solved)),
        *(sa.func.sum(each.c.failed), *resolved),
    ).group_by(each.c.key)


def _each(question: Question, by: str) -> Any:
    """Select the contacts that began within the days, with what is counted of them."""
    over = ends(question.as_of)
    ended = sa.and_(col(Contact.ended_at).is_not(None), col(Contact.ended_at) < over)
    judged = (
        sa.and_(
            col(Contact.purpose).is_not(None), col(Contact.started_at) < over - timedelta(days=days)
        ).label(f"judged_{days}")
        for days in FIRST_CONTACT
    )
    statement = sa.select(
        _key(by).label("key"),
        sa.case((ended, seconds_between(col(Contact.started_at), col(Contact.ended_at)))).label("seconds"),
        (~ended).label("running"),
        sa.and_(ended, col(Contact.outcome) == Outcome.SOLVED).label("solved"),
        _failed(over).label("failed"),
        *judged,
        _until_again().label("again"),
    ).where(within(col(Contact.started_at), question.since, question.until))
    if by == "agent":
        statement = statement.join(Staff, col(Staff.id) == col(Contact.staff_id))
    # an offset keeps SQLite from looking for the next contact anew at each place that names it
    return statement.offset(0).subquery("each")


def _failed(over: datetime) -> Any:
    """Return how many answers of a contact were wrong."""
    return (
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


def _until_again() -> Any:
    """Return the seconds until the client came back for the same purpose; NULL for never."""
    later = aliased(Contact)
    return (
        sa.select(sa.func.min(seconds_between(col(Contact.started_at), col(later.started_at))))
        .where(
            col(later.client_id) == col(Contact.client_id),
            col(later.purpose) == col(Contact.purpose),
            col(later.started_at) > col(Contact.started_at),
        )
        .correlate(Contact)
        .scalar_subquery()
    )


def _key(by: str) -> Any:
    if by == "agent":
        return col(Staff.login)
    if by in ("purpose", "channel"):
        return sa.func.coalesce(sa.cast(col(getattr(Contact, by)), sa.String), "")
    return utc_hour(col(Contact.started_at))


def _namer(by: str) -> Callable[[Any], Any]:
    """Return what makes of a key that of its row; every hour is looked up in the calendar once."""
    return cache(partial(slot, by)) if by in ("hour", "weekday", "day") else str


def _row(figures: list[int], times: Counter[int]) -> Line:
    named = dict(zip(_COUNTS, figures, strict=True))
    return {
        **{key: named[key] for key in ("contacts", "running", "solved", "failed")},
        "seconds_p50": percentile(times, 50),
        "seconds_p90": percentile(times, 90),
        "first_7": percent(named["resolved_7"], named["judged_7"]),
        "first_14": percent(named["resolved_14"], named["judged_14"]),
    }
