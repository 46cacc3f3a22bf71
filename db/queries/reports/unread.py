"""Meters that the company itself has not read for a while: a plan for readers."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.errors import NotFound
from db.models import AddressRow, Client, Contract, Meter, Reading, ReadingNotice, SupplyPoint
from db.queries.reports.common import counts_by, in_use, running, summed
from db.queries.reports.places import place, place_columns, street_key, way
from db.records.reports import Found, Line, Question
from db.rules.months import month_after
from db.rules.reading_facts import FIELD_CHANNELS
from db.words import N_
from db.work import Work


@report(roles=OVERSEERS)
def meters(work: Work, question: Question) -> Found:
    """Return the meters in the order of a walk."""
    rows = sorted(_unread(work, question), key=way)
    return Found(tuple(rows), summed(rows, ("estimated",)))


@report(roles=OVERSEERS)
def by_street(work: Work, question: Question) -> Found:
    """Return how many of them each street has."""
    found: dict[tuple[str, str], Line] = {}
    for row in sorted(_unread(work, question), key=way):
        at = {"town": row["town"], "street": row["street"]}
        line = found.setdefault(
            (row["town"], row["street"]), {**at, "meters": 0, "estimated": 0, "notices": 0}
        )
        line["meters"] += 1
        line["estimated"] += row["estimated"] > 0
        line["notices"] += row["notice"] is not None
    rows = list(found.values())
    return Found(tuple(rows), summed(rows, ("meters", "estimated", "notices")))


def _unread(work: Work, question: Question) -> list[Line]:
    day = question.as_of
    own, real = _last(day, own=True), _last(day, own=False)
    statement = (
        sa.select(
            *place_columns(),
            *(col(Meter.number), col(Client.number), own, real, _estimates(day, real), _late_notice(day)),
        )
        .select_from(Meter)
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .join(Client, col(Client.id) == col(Contract.client_id))
        .join(AddressRow, col(AddressRow.id) == col(SupplyPoint.address_id))
        .where(
            in_use(day),
            running(day),
            # whoever installed the meter saw its dial
            sa.func.coalesce(own, col(Meter.installed_on)) < _since(work, question),
        )
    )
    if question.street:
        key = street_key(question.street)
        if work.session.scalar(sa.select(sa.exists().where(col(AddressRow.street_key) == key))) is not True:
            raise NotFound(N_("No street on file is called %(street)s."), street=question.street[:60])
        statement = statement.where(col(AddressRow.street_key) == key)
    keys = ("meter", "client", "last_own", "last_real", "estimated", "notice")
    return [
        place(*row[:4]) | dict(zip(keys, row[4:], strict=True)) for row in work.session.execute(statement)
    ]


def _since(work: Work, question: Question) -> Any:
    """Return the first day of the periods asked about, by the length of the contract's period."""
    months = work.session.scalars(sa.select(col(Contract.period_months)).distinct())
    days = {length: month_after(question.as_of, -length * question.periods) for length in months}
    return sa.case(
        *((col(Contract.period_months) == length, sa.literal(day, sa.Date)) for length, day in days.items()),
        else_=sa.literal(question.as_of, sa.Date),
    )


def _last(day: date, *, own: bool) -> Any:
    """Return the day of the last reading of the dial: the company's own, or anybody's."""
    statement = sa.select(sa.func.max(col(Reading.day))).where(
        col(Reading.meter_id) == col(Meter.id), ~col(Reading.estimated), counts_by(day)
    )
    if own:
        statement = statement.where(col(Reading.channel).in_(sorted(FIELD_CHANNELS)))
    return statement.correlate(Meter).scalar_subquery()


def _estimates(day: date, last_real: Any) -> Any:
    """Return how many estimates there are since the dial was read."""
    return (
        sa.select(sa.func.count())
        .select_from(Reading)
        .where(
            col(Reading.meter_id) == col(Meter.id),
            col(Reading.estimated),
            counts_by(day),
            col(Reading.day) > sa.func.coalesce(last_real, sa.literal(date.min, sa.Date)),
        )
        .correlate(Meter)
        .scalar_subquery()
    )


def _late_notice(day: date) -> Any:
    """Return the last deadline of a notice that passed without a reading."""
    answer = aliased(Reading)
    answered = (
        sa.select(sa.literal(1))
        .select_from(answer)
        .where(
            col(answer.meter_id) == col(ReadingNotice.meter_id),
            col(answer.day) >= col(ReadingNotice.left_on),
            ~col(answer.estimated),
            counts_by(day, answer),
        )
        .correlate(ReadingNotice)
        .exists()
    )
    return (
        sa.select(sa.func.max(col(ReadingNotice.deadline)))
        .where(col(ReadingNotice.meter_id) == col(Meter.id), col(ReadingNotice.deadline) < day, ~answered)
        .correlate(Meter)
        .scalar_subquery()
    )
