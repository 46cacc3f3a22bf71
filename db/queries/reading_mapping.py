"""Remembered columns of other people's files of readings."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import col

from db.doors import STAFF, query
from db.errors import Refused, WrongInput
from db.models import ReadingMapping, Staff
from db.records.people import Role
from db.records.reading_batch import ColumnMapping
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

OFFICE = frozenset({Role.SUPERVISOR, Role.ADMIN})
NAME_LENGTH, COLUMN_LENGTH = 60, 40


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


@query(roles=OFFICE)
def mapping_to_keep(work: Work, name: str, columns: Mapping[str, str], header: str) -> ColumnMapping:
    """Return what would be remembered of `columns`, ours to theirs; the one there when it is the same.

    Changes nothing. Raises Refused when the name, or the first line with the fingerprint `header`, is
    remembered otherwise; WrongInput for a name that is empty or too long.
    """
    name = clean_line(name, NAME_LENGTH)
    if not name:
        raise WrongInput(N_("Give the mapping a name: --remember NAME."))
    kept = {ours: clean_line(theirs, COLUMN_LENGTH) for ours, theirs in columns.items()}
    known = mappings(work)
    if (same := next((one for one in known if one.name == name), None)) is not None:
        if (dict(same.columns), same.header) == (kept, header):
            return same
        raise Refused(
            N_("There is a mapping %(name)s already, with other columns: remove it, or take another name."),
            name=name,
        )
    if (other := next((one for one in known if one.header == header), None)) is not None:
        raise Refused(
            N_("A file with these columns is recognised already, as %(name)s: remove that mapping first."),
            name=other.name,
        )
    return ColumnMapping(name, kept, work.actor.name, work.now, header)
