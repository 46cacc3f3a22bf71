"""Which tariff group a contract belongs to on which day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Contract, TariffAssignment, TariffGroup


@dataclass(frozen=True, slots=True)
class GroupSince:
    """A tariff group from a day on."""

    starts_on: date
    group_id: int
    label: str
    """`G2 – przedsiębiorstwa`, as on invoices."""


def group_on(day: sa.ColumnElement[date]) -> sa.ColumnElement[int | None]:
    """Return the id of the group that the enclosing statement's contract belongs to on `day`."""
    later = (
        sa.select(col(TariffAssignment.group_id))
        .where(col(TariffAssignment.contract_id) == col(Contract.id), col(TariffAssignment.starts_on) <= day)
        .order_by(col(TariffAssignment.starts_on).desc())
        .limit(1)
        .correlate(Contract)
        .scalar_subquery()
    )
    return sa.func.coalesce(later, col(Contract.tariff_group_id))


def load_changes(session: Session, contracts: Sequence[int]) -> dict[int, tuple[GroupSince, ...]]:
    """Return the groups that contracts came to after the one they began with, oldest first."""
    statement = (
        sa.select(
            col(TariffAssignment.contract_id),
            col(TariffAssignment.starts_on),
            col(TariffGroup.id),
            col(TariffGroup.code),
            col(TariffGroup.name),
        )
        .join(TariffGroup, col(TariffGroup.id) == col(TariffAssignment.group_id))
        .where(col(TariffAssignment.contract_id).in_(contracts))
        .order_by(col(TariffAssignment.contract_id), col(TariffAssignment.starts_on))
    )
    found: dict[int, list[GroupSince]] = defaultdict(list)
    for contract, day, group, code, name in session.execute(statement):
        found[contract].append(GroupSince(day, int(group or 0), f"{code} – {name}"))
    return {contract: tuple(changes) for contract, changes in found.items()}
