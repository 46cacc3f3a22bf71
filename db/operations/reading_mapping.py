"""Remembering which column of somebody's file of readings is which of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import col

from db.doors import operation
from db.errors import NotFound, Refused, WrongInput
from db.models import ReadingMapping
from db.queries.reading_mapping import mappings
from db.records.people import Role
from db.records.reading_batch import ColumnMapping
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

OFFICE = frozenset({Role.SUPERVISOR, Role.ADMIN})
NAME_LENGTH, COLUMN_LENGTH = 60, 40


@operation(roles=OFFICE)
def remember_mapping(work: Work, name: str, columns: Mapping[str, str], header: str) -> ColumnMapping:
    """Remember `columns`, ours to theirs, for files whose first line has the fingerprint `header`.

    The same ones under the same name twice are remembered once. Raises Refused when the name, or
    that first line, is remembered otherwise; WrongInput for a name that is empty or too long.
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
    work.session.add(
        ReadingMapping(
            name=name,
            columns=json.dumps(kept, ensure_ascii=False, sort_keys=True),
            header=header,
            staff_id=work.actor.id,
            made_at=work.now,
        )
    )
    work.changed("reading_mapping.remembered", f"mapping {name}", after=kept)
    return ColumnMapping(name, kept, work.actor.name, work.now, header)


@operation(roles=OFFICE)
def remove_mapping(work: Work, name: str) -> None:
    """Forget a mapping. Raises NotFound."""
    known = next((one for one in mappings(work) if one.name == name), None)
    if known is None:
        raise NotFound(
            N_("There is no mapping %(name)s. bok reading mapping list shows them."), name=name[:NAME_LENGTH]
        )
    work.session.execute(sa.delete(ReadingMapping).where(col(ReadingMapping.name) == name))
    work.changed("reading_mapping.removed", f"mapping {name}", before=dict(known.columns))
