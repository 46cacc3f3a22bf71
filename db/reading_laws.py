"""The laws of accepted readings, as statements that return the ids of those that break them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.models import Meter, Reading, ReadingDecision
from db.models.types import LITRES

DIAL_SIZES = range(4, 10)
"""Digits that a dial can have."""


def broken_readings() -> sa.Select[int | None]:
    """Accepted readings that their dial cannot show, or could only show by turning back.

    The use between the readings that count is never negative: a state below the one before it
    has passed the end of the dial. Some reading of that meter saw it do so, or a supervisor
    approved one after a correction, and then no more than half a turn was used.
    """
    state = _litres(Reading.state)
    out_of_range = sa.or_(state < 0, state >= _dial_litres())
    return _accepted().where(sa.or_(out_of_range, col(Reading.id).in_(_turned_back())))


def _turned_back() -> sa.Select[int | None]:
    """States below those before them that nothing explains."""
    before = sa.func.lag(_litres(Reading.state)).over(
        partition_by=col(Reading.meter_id), order_by=(col(Reading.day), col(Reading.id))
    )
    steps = (
        _accepted()
        .with_only_columns(
            col(Reading.id),
            col(Reading.meter_id),
            _litres(Reading.state).label("state"),
            sa.func.coalesce(before, _litres(Meter.installed_state)).label("before"),
            _dial_litres().label("turn"),
        )
        .where(~col(Reading.estimated))
        .order_by(None)
        .subquery()
    )
    seen = _beside(steps.c.meter_id).where(col(_Other.rollover)).exists()
    approved = (
        _beside(steps.c.meter_id)
        .join(ReadingDecision, col(ReadingDecision.reading_id) == col(_Other.id))
        .where(col(ReadingDecision.kind) == "approved")
        .exists()
    )
    little = 2 * (steps.c.state + steps.c.turn - steps.c.before) <= steps.c.turn
    return sa.select(steps.c.id).where(steps.c.state < steps.c.before, ~seen, ~sa.and_(little, approved))


_Other = aliased(Reading)


def _beside(meter_id: sa.ColumnElement[int]) -> sa.Select[int | None]:
    """Readings of that meter, whatever became of them."""
    return sa.select(col(_Other.id)).where(col(_Other.meter_id) == meter_id)


def broken_rollovers() -> sa.Select[int | None]:
    """Accepted readings whose consumption, as it was judged, their dial contradicts.

    Past a rollover more was used than the dial shows now, but no more than a whole turn;
    without one, no more than the dial shows.
    """
    state, consumption = _litres(Reading.state), _litres(Reading.consumption)
    turned = sa.or_(consumption <= state, consumption > _dial_litres())
    return _accepted().where(sa.case((col(Reading.rollover), turned), else_=consumption > state))


def _accepted() -> sa.Select[int | None]:
    """Readings that count: not waiting for approval, not rejected, not voided."""

    def decided(*kinds: str) -> sa.Exists:
        own = col(ReadingDecision.reading_id) == col(Reading.id)
        return sa.exists().where(own, col(ReadingDecision.kind).in_(kinds))

    return (
        sa.select(col(Reading.id))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .where(
            sa.or_(col(Reading.needs_approval).is_(False), decided("approved")),
            ~decided("rejected", "voided"),
        )
        .order_by(col(Reading.id))
    )


def _litres(column: object) -> sa.ColumnElement[int]:
    return sa.type_coerce(col(column), sa.BigInteger)


def _dial_litres() -> sa.ColumnElement[int]:
    """Return what a whole turn of the reading's meter is, in litres."""
    turns = {digits: sa.literal(10**digits * LITRES, sa.BigInteger) for digits in DIAL_SIZES}
    return sa.case(turns, value=col(Meter.digits))
