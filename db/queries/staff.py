"""Who works here."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import ADMINS, query
from db.errors import NotFound
from db.models import Staff
from db.records.people import StaffMember
from db.words import N_
from db.work import Work

MOST = 1000
"""Members of staff that a list shows."""
COLUMNS = (
    col(Staff.id),
    col(Staff.login),
    col(Staff.name),
    col(Staff.role),
    col(Staff.active),
    col(Staff.channel),
    col(Staff.must_change_password),
    col(Staff.last_sign_in),
)


def as_member(row: Any) -> StaffMember:
    """Return a row of `COLUMNS` (more may follow) as a record."""
    return StaffMember(
        id=row.id,
        login=row.login,
        name=row.name,
        role=row.role,
        active=row.active,
        channel=row.channel,
        must_change_password=row.must_change_password,
        last_sign_in=row.last_sign_in,
    )


@query(roles=ADMINS)
def list_staff(work: Work) -> tuple[StaffMember, ...]:
    """Return the staff by login, the disabled too."""
    rows = work.session.execute(sa.select(*COLUMNS).order_by(col(Staff.login)).limit(MOST))
    return tuple(as_member(row) for row in rows)


@query(roles=ADMINS)
def staff_member(work: Work, login: str) -> StaffMember:
    """Return one member of staff; raises NotFound."""
    row = work.session.execute(sa.select(*COLUMNS).where(col(Staff.login) == login.lower())).one_or_none()
    if row is None:
        raise NotFound(N_("There is no staff login %(login)s."), login=login)
    return as_member(row)
