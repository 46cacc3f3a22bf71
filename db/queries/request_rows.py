"""Requests as rows: finding one, holding it with its client, its fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import NotFound
from db.models import Client, OutgoingMessage, Request, RequestItem, RequestStep
from db.models.requests import OPEN
from db.queries.rows import Columns, Statement, into
from db.records.clients import ClientKind
from db.records.mail import MailKind
from db.records.people import Channel
from db.records.requests import RequestField, RequestKind, RequestState
from db.rules.request_fields import Change
from db.rules.text import clean
from db.words import N_
from db.work import Work

IS_OPEN = sa.text(OPEN)
"""In the very words of the index of open requests: SQLite uses it for no others."""

MOST_OPEN = 50
_TYPED = 40
"""Characters that are looked at of what is typed for a number."""


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as filed, and whose it is."""

    id: int
    number: str
    kind: RequestKind
    state: RequestState
    client_id: int
    client_number: str
    client_kind: ClientKind
    channel: Channel
    contact_id: int | None
    submitted_at: datetime
    submitted_by: int | None
    entered_by: int | None
    """Who filed it: of a portal's request, who brought the batch; None for the program."""
    verified_level: int
    deadline: date
    effective_on: date | None
    point_id: int | None
    note: str
    assignee_id: int | None
    leased_until: datetime | None
    inverse_of_id: int | None
    superseded_by_id: int | None
    version: int

    def holder(self, now: datetime) -> int | None:
        """Return who has taken it, while the lease runs."""
        if self.leased_until is None or self.leased_until <= now:
            return None
        return self.assignee_id


def entered_by() -> sa.ColumnElement[int | None]:
    """Return who made the first step of the enclosing statement's request."""
    return (
        sa.select(col(RequestStep.staff_id))
        .where(col(RequestStep.request_id) == col(Request.id))
        .order_by(col(RequestStep.id))
        .limit(1)
        .correlate(Request)
        .scalar_subquery()
    )


def _columns() -> Columns:
    return (
        col(Request.id),
        col(Request.number),
        col(Request.kind),
        col(Request.state),
        col(Request.client_id),
        col(Client.number),
        col(Client.kind),
        col(Request.channel),
        col(Request.contact_id),
        col(Request.submitted_at),
        col(Request.submitted_by),
        entered_by(),
        col(Request.verified_level),
        col(Request.deadline),
        col(Request.effective_on),
        col(Request.point_id),
        col(Request.note),
        col(Request.assignee_id),
        col(Request.leased_until),
        col(Request.inverse_of_id),
        col(Request.superseded_by_id),
        col(Request.version),
    )


@lru_cache(maxsize=2)
def _one(by_number: bool) -> Statement:
    wanted = col(Request.number) if by_number else col(Request.id)
    return (
        sa.select(*_columns())
        .join(Client, col(Client.id) == col(Request.client_id))
        .where(wanted == sa.bindparam("wanted"))
    )


def find_request(session: Session, wanted: int | str) -> RequestRow:
    """Return the request of an id or a number, `W/2026/00418` in whatever case; raises NotFound."""
    by_number = isinstance(wanted, str)
    value = clean(wanted[:_TYPED], 3 * _TYPED).upper()[:20] if isinstance(wanted, str) else wanted
    row = session.execute(_one(by_number), {"wanted": value}).one_or_none()
    if row is None:
        raise NotFound(N_("There is no request %(request)s. Check its number."), request=str(value))
    return into(RequestRow, row)


def hold_request(work: Work, request_id: int) -> RequestRow:
    """Return a request, held with its client until the transaction ends; raises NotFound.

    The client always comes first, so that nobody waits for one while holding the other.
    """
    client_id = work.session.scalar(sa.select(col(Request.client_id)).where(col(Request.id) == request_id))
    if client_id is not None:
        hold_client(work, client_id)
        held = sa.select(col(Request.id)).where(col(Request.id) == request_id)
        work.session.execute(held.with_for_update(key_share=True))
    return find_request(work.session, request_id)


def hold_client(work: Work, client_id: int) -> None:
    """Hold a client until the transaction ends: what is filed about them changes in one place at a time."""
    held = sa.select(col(Client.id)).where(col(Client.id) == client_id)
    work.session.execute(held.with_for_update(key_share=True))


@lru_cache(maxsize=1)
def _items() -> Statement:
    return (
        sa.select(col(RequestItem.field), col(RequestItem.old), col(RequestItem.new))
        .where(col(RequestItem.request_id) == sa.bindparam("request"))
        .order_by(col(RequestItem.id))
    )


def load_items(session: Session, request_id: int) -> tuple[Change, ...]:
    """Return the fields of a request in their order."""
    return tuple(into(Change, row) for row in session.execute(_items(), {"request": request_id}))


def new_values(items: tuple[Change, ...]) -> dict[RequestField, str | None]:
    """Return what the fields are to hold."""
    return {item.field: item.new for item in items}


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """What a card tells of a request that is open."""

    number: str
    kind: RequestKind
    state: RequestState
    deadline: date


@lru_cache(maxsize=1)
def _open_of_client() -> Statement:
    return (
        sa.select(col(Request.number), col(Request.kind), col(Request.state), col(Request.deadline))
        .where(col(Request.client_id) == sa.bindparam("client"), IS_OPEN)
        .order_by(col(Request.id).desc())
        .limit(MOST_OPEN)
    )


def load_open_requests(session: Session, client_id: int) -> tuple[OpenRequest, ...]:
    """Return the open requests of a client, newest first."""
    return tuple(into(OpenRequest, row) for row in session.execute(_open_of_client(), {"client": client_id}))


def was_told(session: Session, request_id: int) -> bool:
    """Return whether the old address was written to about a request when it came."""
    notice = sa.select(col(OutgoingMessage.id)).where(
        col(OutgoingMessage.request_id) == request_id, col(OutgoingMessage.kind) == MailKind.NOTICE
    )
    return session.scalar(notice.limit(1)) is not None
