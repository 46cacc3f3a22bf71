"""The readings that messages propose, judged by the checks of the reading form in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Contract, Meter, SupplyPoint
from db.queries.import_points import Point, chunks, load_points
from db.queries.reading_context import load_context
from db.queries.supply import MOST_METERS, FoundMeter
from db.records.clients import MeterRole
from db.records.incoming import ProposedReading, Understood
from db.records.people import Channel
from db.records.reading_import import FileReading
from db.rules.inbox.proposal import Assigned, MeterOption, assign
from db.rules.inbox.whose import compact
from db.rules.levels import Level
from db.rules.reading_checks import check_reading
from db.rules.reading_facts import ReadingCheck, ReadingEntry
from db.rules.reading_table import examine
from db.work import Work


@dataclass(frozen=True, slots=True)
class Stated:
    """What a message states, and whose it is."""

    client_id: int | None
    understood: Understood
    day: date
    """The day of the states."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What a message proposes."""

    readings: tuple[ProposedReading, ...]
    meters_in_use: int
    """Of the client."""


@dataclass(frozen=True, slots=True)
class FoundClient:
    """Whose the meters are."""

    id: int
    number: str
    name: str


@dataclass(frozen=True, slots=True)
class _Place:
    option: MeterOption
    id: int
    point_id: int


def judge_all(work: Work, stated: Sequence[Stated]) -> list[Judged]:
    """Return what each message proposes today, in the order of `stated`."""
    wanted: dict[int, set[str]] = defaultdict(set)
    for each in stated:
        if each.client_id is not None and each.understood.readings:
            wanted[each.client_id] |= {compact(one.meter) for one in each.understood.readings if one.meter}
    places = _places(work.session, wanted)
    assigned = [_assigned(each, places.get(each.client_id or 0, [])) for each in stated]
    needed = {place.point_id for found, _ in assigned for _, place in found if place is not None}
    points: dict[int, Point] = {}
    for some in chunks(sorted(needed)):
        points |= load_points(work.session, some, today=work.today, policy=work.policy)
    return [
        Judged(_judged(work, found, each.day, points), in_use)
        for each, (found, in_use) in zip(stated, assigned, strict=True)
    ]


_Found = list[tuple[Assigned, _Place | None]]


def _assigned(stated: Stated, places: Sequence[_Place]) -> tuple[_Found, int]:
    in_use = sum(place.option.in_use for place in places)
    found = assign(
        stated.understood.readings,
        [place.option for place in places],
        all_known=0 < in_use <= MOST_METERS,
    )
    by_option = {place.option: place for place in reversed(places)}
    return [(each, None if each.meter is None else by_option[each.meter]) for each in found], in_use


def _places(session: Session, wanted: Mapping[int, Iterable[str]]) -> dict[int, list[_Place]]:
    """Return the meters of these clients, those in use first; of the very many, those that are named."""
    ranked: dict[int, dict[int, tuple[int, _Place]]] = defaultdict(dict)
    named = sorted({number for numbers in wanted.values() for number in numbers})
    for some in chunks(sorted(wanted)):
        every = _ranked_meters(some)
        few = every.c.rank <= MOST_METERS + 1
        first, *others = [*chunks(named)] or [()]
        conditions = [sa.or_(few, every.c.number.in_(first)) if first else few]
        conditions += [every.c.number.in_(numbers) for numbers in others]
        for condition in conditions:
            for row in session.execute(sa.select(every).where(condition)):
                option = MeterOption(row.number, MeterRole(row.role), row.removed_on is None)
                ranked[row.client_id][row.id] = (row.rank, _Place(option, row.id, row.point_id))
    return {
        client: [place for _, place in sorted(places.values(), key=lambda each: each[0])]
        for client, places in ranked.items()
    }


def _ranked_meters(clients: Sequence[int]) -> sa.Subquery:
    """Select the meters of these clients, each with its rank: those in use first, the newest first."""
    rank = sa.func.row_number().over(
        partition_by=col(Contract.client_id),
        order_by=(col(Meter.removed_on).is_not(None), col(Meter.id).desc()),
    )
    return (
        sa.select(
            col(Contract.client_id).label("client_id"),
            col(Meter.number).label("number"),
            col(Meter.role).label("role"),
            col(Meter.removed_on).label("removed_on"),
            col(Meter.id).label("id"),
            col(Meter.supply_point_id).label("point_id"),
            rank.label("rank"),
        )
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .where(col(Contract.client_id).in_(clients))
        .subquery()
    )


def _judged(work: Work, found: _Found, day: date, points: Mapping[int, Point]) -> tuple[ProposedReading, ...]:
    """Judge the readings of one message, the main meter's first: a garden's may not exceed it."""
    own: dict[int, Point] = {}
    done: dict[int, ProposedReading] = {}
    order = sorted(range(len(found)), key=lambda at: _is_garden(found[at][1]))
    for at in order:
        each, place = found[at]
        if place is None or each.state is None:
            done[at] = _unjudged(each, day)
            continue
        point = own.setdefault(place.point_id, _own(points[place.point_id]))
        history, notice = point.histories[place.id], point.notices.get(place.id)
        if history.cut and day <= history.rows[-1].day:
            done[at] = _unjudged(each, day)  # too far back to be compared: the form has a look
            continue
        context = point.context(place.id, day, today=work.today, policy=work.policy)
        check = examine(ReadingEntry(each.state, day, Channel.EMAIL), context)
        done[at] = replace(_proposed(each, day, check), notice=notice)
        if check.level is Level.OK:
            point.take(place.id, _line(place, each.state, day), check, work.now)
    return tuple(done[at] for at in range(len(found)))


def _is_garden(place: _Place | None) -> bool:
    return place is not None and place.option.role is MeterRole.GARDEN


def _own(point: Point) -> Point:
    """Return the point for one message alone: what it proposes is not there for the others."""
    copy = Point(point.supply.meters)
    copy.histories.update(point.histories)
    copy.notices.update(point.notices)
    return copy


def _line(place: _Place, state: int, day: date) -> FileReading:
    return FileReading(line=0, meter=place.option.number, state=state, day=day, channel=Channel.EMAIL)


def _unjudged(each: Assigned, day: date) -> ProposedReading:
    return ProposedReading(
        meter=each.meter.number if each.meter else None,
        role=each.meter.role if each.meter else each.stated.role,
        state=each.state,
        stated=each.stated.state,
        words=each.stated.words,
        day=day,
    )


def _proposed(each: Assigned, day: date, check: ReadingCheck) -> ProposedReading:
    return replace(
        _unjudged(each, day),
        previous_state=check.previous.state,
        previous_day=check.previous.day,
        consumption=check.consumption,
        level=check.level,
        findings=check.findings,
        repairs=check.repairs,
    )


def with_repairs(
    work: Work, found: Sequence[ProposedReading], client: FoundClient
) -> tuple[ProposedReading, ...]:
    """Return the readings of one opened message with what their states may have been meant to be."""
    return tuple(_with_repairs(work, each, client) for each in found)


def _with_repairs(work: Work, each: ProposedReading, client: FoundClient) -> ProposedReading:
    if each.meter is None or each.state is None or each.level in (None, Level.OK):
        return each
    row = work.session.execute(
        sa.select(col(Meter.id), col(Meter.supply_point_id))
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .where(col(Meter.number) == each.meter, col(Contract.client_id) == client.id)
        .order_by(col(Meter.removed_on).is_not(None), col(Meter.id).desc())
        .limit(1)
    ).one()
    meter = FoundMeter(int(row[0] or 0), row[1], client.id, client.number, client.name)
    loaded = load_context(work.session, meter, today=work.today, policy=work.policy, day=each.day)
    check = check_reading(ReadingEntry(each.state, each.day, Channel.EMAIL), loaded.context)
    return replace(each, repairs=check.repairs)
