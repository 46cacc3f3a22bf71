"""Water put into the network, as the waterworks measured it."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import CubicMetres, Instant


class WaterInput(Table, table=True):
    """What was put into a town's network in a month; of several entries the last counts. Append-only."""

    __tablename__ = "water_input"
    __table_args__ = (
        sa.CheckConstraint("volume >= 0", name="volume"),
        sa.Index("ix_water_input_month", "month", "town"),
    )

    id: int | None = Field(default=None, primary_key=True)
    town: str = Field(max_length=80)
    """As addresses of supplied properties spell it."""
    month: str = Field(max_length=6)
    """`YYYYMM`, as billing periods are named."""
    volume: int = Field(sa_type=CubicMetres)
    note: str = Field(default="", max_length=160)
    """Where the figure is from."""
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    """Who entered it; None for the program."""
    entered_at: datetime = Field(sa_type=Instant)
