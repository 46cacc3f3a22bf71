"""Water put into the network, as it is on file."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.doors import OVERSEERS, query
from db.models import AddressRow, Staff, SupplyPoint, WaterInput
from db.records.water import WaterEntry
from db.rules.text import polish_key
from db.work import Work


@query(roles=OVERSEERS)
def water_entries(
    work: Work, *, since: str = "", until: str = "", every: bool = False
) -> tuple[WaterEntry, ...]:
    """Return what was put in, by month and town, of the months `since` to `until` (`YYYYMM`).

    Only what counts; with `every` also what a later entry replaced.
    """
    statement = sa.select(
        *(col(WaterInput.town), col(WaterInput.month), col(WaterInput.volume), col(WaterInput.note)),
        *(sa.func.coalesce(col(Staff.login), ""), col(WaterInput.entered_at), col(WaterInput.id)),
    ).outerjoin(Staff, col(Staff.id) == col(WaterInput.staff_id))
    if since:
        statement = statement.where(col(WaterInput.month) >= since)
    if until:
        statement = statement.where(col(WaterInput.month) <= until)
    rows = work.session.execute(statement.order_by(col(WaterInput.id))).all()
    last = {(row.town, row.month): row.id for row in rows}
    found = [WaterEntry(*row[:6], replaced=last[(row.town, row.month)] != row.id) for row in rows]
    found.sort(key=lambda entry: (entry.month, polish_key(entry.town)))
    return tuple(entry for entry in found if every or not entry.replaced)


def supplied_towns(session: Session) -> Sequence[str]:
    """Return the towns of supply points as their addresses spell them."""
    statement = (
        sa.select(col(AddressRow.town))
        .join(SupplyPoint, col(SupplyPoint.address_id) == col(AddressRow.id))
        .distinct()
    )
    return session.scalars(statement).all()
