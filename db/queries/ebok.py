"""A client's account in e-BOK as the office sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.doors import DESK, query
from db.models import ContactPoint, EmailToken, PortalAccount
from db.queries.caller import level_for
from db.queries.client_rows import find_client
from db.queries.rows import Statement, into
from db.records.ebok import PortalAccountView, PortalState
from db.rules.masking import mask_email
from db.rules.verification import VerificationLevel
from db.work import Work


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account as filed, with its address and its last link."""

    id: int
    login: str
    point_id: int
    email: str
    state: PortalState
    registered_at: datetime
    confirmed_at: datetime | None
    last_login_at: datetime | None
    email_checked_at: datetime | None
    link_sent_at: datetime | None
    link_expires_at: datetime | None
    verified_on: date | None


@lru_cache(maxsize=1)
def _account_of_client() -> Statement:
    last = (
        sa.select(sa.func.max(col(EmailToken.id)))
        .where(col(EmailToken.point_id) == col(PortalAccount.point_id))
        .correlate(PortalAccount)
        .scalar_subquery()
    )
    return (
        sa.select(
            col(PortalAccount.id),
            col(PortalAccount.login),
            col(PortalAccount.point_id),
            col(ContactPoint.value),
            col(PortalAccount.state),
            col(PortalAccount.registered_at),
            col(PortalAccount.confirmed_at),
            col(PortalAccount.last_login_at),
            col(PortalAccount.email_checked_at),
            col(EmailToken.created_at),
            col(EmailToken.expires_at),
            col(ContactPoint.verified_on),
        )
        .join(ContactPoint, col(ContactPoint.id) == col(PortalAccount.point_id))
        .outerjoin(EmailToken, col(EmailToken.id) == last)
        .where(col(PortalAccount.client_id) == sa.bindparam("client"))
    )


def load_account(session: Session, client_id: int) -> AccountRow | None:
    """Return the client's account; None when there is none."""
    row = session.execute(_account_of_client(), {"client": client_id}).one_or_none()
    return None if row is None else into(AccountRow, row)


def account_view(row: AccountRow, client_number: str, level: int) -> PortalAccountView:
    """Return it as the screens see it, the address masked below level 2."""
    clear = level >= VerificationLevel.L2
    return PortalAccountView(
        id=row.id,
        client_number=client_number,
        login=row.login,
        email=row.email if clear else mask_email(row.email),
        state=row.state,
        registered_at=row.registered_at,
        confirmed_at=row.confirmed_at,
        last_login_at=row.last_login_at,
        email_checked_at=row.email_checked_at,
        link_sent_at=row.link_sent_at,
        link_expires_at=row.link_expires_at,
    )


@query(roles=DESK, discloses=True)
def portal_account_of(work: Work, number: str) -> PortalAccountView | None:
    """Return a client's account in e-BOK, None without one. Leaves an access entry; raises NotFound."""
    client = find_client(work.session, number)
    work.looked("VIEW", "e-BOK account", client_id=client.id)
    row = load_account(work.session, client.id)
    return None if row is None else account_view(row, client.number, level_for(work, client.id))
