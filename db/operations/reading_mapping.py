"""Remembering which column of somebody's file of readings is which of ours."""

from __future__ import annotations

import json
from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import col

from db.doors import operation
from db.errors import NotFound
from db.models import ReadingMapping
from db.queries.reading_mapping import NAME_LENGTH, OFFICE, mapping_to_keep, mappings
from db.records.reading_batch import ColumnMapping
from db.words import N_
from db.work import Work


@operation(roles=OFFICE)
def remember_mapping(work: Work, name: str, columns: Mapping[str, str], header: str) -> ColumnMapping:
    """Remember `columns`, ours to theirs, for files whose first line has the fingerprint `header`.

    The same ones under the same name twice are remembered once. Raises Refused when the name, or
    that first line, is remembered otherwise; WrongInput for a name that is empty or too long.
    """
    new = mapping_to_keep(work, name, columns, header)
    if new in mappings(work):
        return new
    work.session.add(
        ReadingMapping(
            name=new.name,
            columns=json.dumps(dict(new.columns), ensure_ascii=False, sort_keys=True),
            header=header,
            staff_id=work.actor.id,
            made_at=work.now,
        )
    )
    work.changed("reading_mapping.remembered", f"mapping {new.name}", after=dict(new.columns))
    return new


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
