"""The laws of accepted readings, as statements that return the ids of those that break them."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.models import Meter, Reading, ReadingDecision
from db.models.types import LITRES

DIAL_SIZES = range(4, 10)
"""Digits that a dial can have."""


def broken_readings() -> sa.Select[int | None]:
    """Accepted readings with a negative consumption or a state that their dial cannot show."""
    state, consumption = _litres(Reading.state), _litres(Reading.consumption)
    return _accepted().where(sa.or_(consumption < 0, state < 0, state >= _dial_litres()))


def broken_rollovers() -> sa.Select[int | None]:
    """Accepted readings whose consumption their dial contradicts.

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
