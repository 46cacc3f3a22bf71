"""How many readings were taken in, by whom and how, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Client, Contract, Meter, Reading, ReadingDecision, Staff, SupplyPoint
from db.queries.reports.common import counted, decided_by, folded, slot, summed, utc_hour, within
from db.queries.reports.long_lists import LongList, read_list
from db.records.people import Channel
from db.records.reports import Found, Line, Question, Take
from db.work import Work

FIGURES = (
    *("readings", "given", "estimated", "overridden", "without_notice"),
    *("suspects", "waiting", "approved", "rejected", "voided", "own_corrections"),
)
OWN_CHANNELS = (Channel.FIELD, Channel.RADIO)
"""The company reads the dial itself."""
NEWEST_FIRST = (col(Reading.recorded_at).desc(), col(Reading.id).desc())
SORTABLE = {
    "at": col(Reading.recorded_at),
    "day": col(Reading.day),
    "state": col(Reading.state),
    "use": col(Reading.consumption),
}
"""Columns of lists of readings that the database orders."""


@report(roles=OVERSEERS)
def readings(work: Work, question: Question) -> Found:
    """Return what was taken in within the days, by `question.by`."""
    by = question.by or "channel"
    key: Any = {"channel": col(Reading.channel), "agent": sa.func.coalesce(col(Staff.login), "")}.get(
        by, utc_hour(col(Reading.recorded_at))
    )
    statement = (
        sa.select(key.label("key"), *_figures(question))
        .select_from(Reading)
        .outerjoin(Staff, col(Staff.id) == col(Reading.staff_id))
        .where(within(col(Reading.recorded_at), question.since, question.until))
        .group_by(sa.literal_column("1"))
    )
    found = folded(
        work.session.execute(statement),
        str if by in ("channel", "agent") else lambda hour: slot(by, hour),
    )
    rows = [{by: first, **dict(zip(FIGURES, figures, strict=True))} for first, figures in found.items()]
    return Found(tuple(rows), summed(rows, FIGURES))


@report(roles=OVERSEERS)
def listed(work: Work, question: Question, take: Take = tuple) -> Found:
    """Return the readings taken in within the days one by one, the newest first."""
    return read_list(work.session, _list(question), question, take)


def _list(question: Question) -> LongList:
    day = question.as_of
    standing = sa.case(
        # of most nobody ever decided anything: one look for them, not two
        (sa.and_(~col(Reading.needs_approval), ~decided_by(day, "")), "counts"),
        (decided_by(day, "voided"), "voided"),
        (decided_by(day, "rejected"), "rejected"),
        (sa.and_(col(Reading.needs_approval), ~decided_by(day, "approved")), "waiting"),
        else_="counts",
    )
    of_meter = col(Meter.id) == col(Reading.meter_id)
    statement = of_meters(_cells(col(Client.number), col(Meter.number), standing).join(Meter, of_meter))
    return LongList(
        col(Reading.id),
        (within(col(Reading.recorded_at), question.since, question.until),),
        statement,
        NEWEST_FIRST,
        _line,
        SORTABLE,
        crowded=_of_all_meters(standing),
    )


def _cells(client: Any, meter: Any, standing: Any) -> Any:
    return (
        sa.select(
            *(col(Reading.recorded_at), client, meter, col(Reading.day), col(Reading.state)),
            *(col(Reading.consumption), sa.cast(col(Reading.channel), sa.String)),
            *(sa.func.coalesce(col(Staff.login), ""), standing),
        )
        .select_from(Reading)
        .outerjoin(Staff, col(Staff.id) == col(Reading.staff_id))
    )


def of_meters(statement: Any) -> Any:
    """Return `statement`, which has the meters, with the client of each."""
    return (
        statement.join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .join(Client, col(Client.id) == col(Contract.client_id))
    )


def _of_all_meters(standing: Any) -> Any:
    """Select the same cells, clients and meters being looked up once and not for each reading."""
    numbers: tuple[Any, ...] = (col(Meter.number).label("meter"), col(Client.number).label("client"))
    meters = of_meters(sa.select(col(Meter.id), *numbers).select_from(Meter)).cte("meters")
    meters = meters.prefix_with("MATERIALIZED", dialect="sqlite")
    return _cells(meters.c.client, meters.c.meter, standing).join(
        meters, meters.c.id == col(Reading.meter_id)
    )


def _line(row: Sequence[Any]) -> Line:
    at, client, meter, day, state, use, channel, agent, standing = row
    return {
        "at": at,
        "client": client,
        "meter": meter,
        "day": day,
        "state": state,
        "use": use,
        "channel": channel,
        "agent": agent,
        "standing": standing,
    }


def _figures(question: Question) -> tuple[Any, ...]:
    given = sa.and_(~col(Reading.estimated), col(Reading.channel).not_in(OWN_CHANNELS))
    suspect, day = col(Reading.needs_approval), question.as_of
    by_themselves = col(ReadingDecision.staff_id) == col(Reading.staff_id)
    return (
        sa.func.count(),
        counted(given),
        counted(col(Reading.estimated)),
        counted(col(Reading.reason).is_not(None)),
        counted(given, col(Reading.notice_id).is_(None)),
        counted(suspect),
        counted(suspect, ~decided_by(day, "")),
        counted(suspect, decided_by(day, "approved")),
        counted(suspect, decided_by(day, "rejected")),
        counted(decided_by(day, "voided")),
        counted(decided_by(day, "voided", Reading, by_themselves)),
    )
