"""The tariff group that invoices belong to on a day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Contract, Invoice, TariffGroup
from db.queries.reports.common import rows_with
from db.queries.tariff_groups import group_on


def groups_of(session: Session, invoices: Sequence[int], day: date) -> dict[int, str]:
    """Return the code of the tariff group of each invoice's contract on the day."""
    names = session.execute(sa.select(col(TariffGroup.id), col(TariffGroup.code)))
    codes: dict[int | None, str] = {row[0]: row[1] for row in names}
    # not joined with the groups: PostgreSQL would look up that of every contract there is
    asked = sa.select(col(Invoice.id), group_on(sa.literal(day, sa.Date))).join(
        Contract, col(Contract.id) == col(Invoice.contract_id)
    )
    rows = rows_with(session, asked, col(Invoice.id), invoices)
    return {key: codes[group] for key, group in rows if group is not None}
