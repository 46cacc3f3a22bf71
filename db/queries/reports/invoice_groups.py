"""The tariff group that invoices belong to on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Contract, Invoice, TariffGroup
from db.queries.reports.common import chunks
from db.queries.tariff_groups import group_on


def groups_of(session: Session, invoices: Sequence[int], day: date) -> dict[int, str]:
    """Return the code of the tariff group of each invoice's contract on the day."""
    names = session.execute(sa.select(col(TariffGroup.id), col(TariffGroup.code)))
    codes: dict[int | None, str] = {row[0]: row[1] for row in names}
    found: dict[int, str] = {}
    for some in chunks(invoices):
        # not joined with the groups: PostgreSQL would look up that of every contract there is
        statement = (
            sa.select(col(Invoice.id), group_on(sa.literal(day, sa.Date)))
            .join(Contract, col(Contract.id) == col(Invoice.contract_id))
            .where(col(Invoice.id).in_(some))
        )
        found |= {row[0] or 0: codes[row[1]] for row in session.execute(statement) if row[1] is not None}
    return found
