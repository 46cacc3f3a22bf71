"""Remembered columns of other people's files of readings."""

from __future__ import annotations

import json

import sqlalchemy as sa
from sqlmodel import col

from db.doors import STAFF, query
from db.models import ReadingMapping, Staff
from db.records.reading_batch import ColumnMapping
from db.work import Work


@query(roles=STAFF)
def mappings(work: Work) -> tuple[ColumnMapping, ...]:
    """Return every remembered mapping, by name. They name columns and no clients."""
    statement = (
        sa.select(
            col(ReadingMapping.name),
            col(ReadingMapping.columns),
            col(Staff.name),
            col(ReadingMapping.made_at),
            col(ReadingMapping.header),
        )
        .join(Staff, col(Staff.id) == col(ReadingMapping.staff_id))
        .order_by(col(ReadingMapping.name))
    )
    return tuple(
        ColumnMapping(name, json.loads(columns), agent, made_at, header)
        for name, columns, agent, made_at, header in work.session.execute(statement)
    )
