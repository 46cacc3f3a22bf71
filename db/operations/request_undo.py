"""Taking back what a request did: an inverse request that is decided like any other."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, operation
from db.errors import Refused
from db.models import ContactPoint, Request
from db.operations.request_intake import Intake, file_request
from db.queries.caller import level_for
from db.queries.client_rows import find_client
from db.queries.contact_rows import seen_contact
from db.queries.request_detail import view_of
from db.queries.request_rows import RequestRow, hold_request, load_items
from db.queries.request_values import current_values
from db.records.request_views import RequestView
from db.records.requests import KIND_WORDS, OPEN_STATES, NewRequest, RequestKind, RequestState
from db.rules.request_fields import Change
from db.words import N_, Words
from db.work import Work

REVERSIBLE = frozenset(
    {
        RequestKind.MAILING_ADDRESS,
        RequestKind.SUPPLY_ADDRESS,
        RequestKind.NAME,
        RequestKind.PHONE,
        RequestKind.EMAIL,
        RequestKind.SECOND_PARTY,
        RequestKind.REFUND_ACCOUNT,
        RequestKind.PESEL,
        RequestKind.NIP,
        RequestKind.TARIFF_GROUP,
        RequestKind.EINVOICE_EMAIL,
        RequestKind.EBOK_EMAIL,
    }
)
"""Kinds that put one value in the place of another. What came about otherwise takes a request of its own."""
_POINTS = {RequestKind.PHONE: "phone", RequestKind.EMAIL: "email"}


@operation(roles=CLERKS)
def undo_request(work: Work, request_id: int) -> RequestView:
    """Make the inverse of an applied request, to be decided like any other, and return it.

    Raises NotFound, Refused for one that was not applied, is undone already, has no inverse, or
    where the card was changed once more since: what is there now is nobody's mistake of then.
    """
    row = hold_request(work, request_id)
    _require_undoable(work, row)
    client = find_client(work.session, row.client_number)
    items = load_items(work.session, row.id)
    point_id = _present_point(work, row)
    gone = {item.field: item.old for item in items}
    current = current_values(work, row.client_id, row.kind, point_id=point_id, wanted=gone)
    if any(current.get(item.field) != item.new for item in items):
        raise Refused(
            N_("The card was changed once more since %(request)s; make a request of its own."),
            request=row.number,
        )
    contact = seen_contact(work, row.client_id)
    new = NewRequest(
        client_number=row.client_number, kind=row.kind, point_id=point_id, effective_on=work.today
    )
    intake = Intake(
        channel=contact.channel if contact else row.channel,
        level=level_for(work, row.client_id),
        submitted_by=work.actor.id,
        inverse_of_id=row.id,
    )
    changes = tuple(Change(item.field, item.new, item.old) for item in items)
    return view_of(work, file_request(work, client, new, changes, intake).id)


def _require_undoable(work: Work, row: RequestRow) -> None:
    if row.state is not RequestState.APPLIED:
        raise Refused(
            N_("The request %(request)s was not applied: there is nothing to take back."), request=row.number
        )
    if row.kind not in REVERSIBLE:
        raise Refused(
            N_("What %(request)s did (%(kind)s) has no inverse; make a request of its own."),
            request=row.number,
            kind=Words(KIND_WORDS[row.kind]),
        )
    inverse = work.session.scalar(
        sa.select(col(Request.number)).where(
            col(Request.client_id) == row.client_id,
            col(Request.inverse_of_id) == row.id,
            col(Request.state).in_(OPEN_STATES),
        )
    )
    if inverse is not None:
        raise Refused(
            N_("The inverse of %(request)s waits already: %(inverse)s."), request=row.number, inverse=inverse
        )


def _present_point(work: Work, row: RequestRow) -> int | None:
    """Return the phone or address that the request put on the card; None where it took one away."""
    if row.kind not in _POINTS:
        return row.point_id
    new = load_items(work.session, row.id)[0].new
    if new is None:
        return None
    return work.session.scalar(
        sa.select(col(ContactPoint.id))
        .where(
            col(ContactPoint.client_id) == row.client_id,
            col(ContactPoint.kind) == _POINTS[row.kind],
            col(ContactPoint.value) == new,
            col(ContactPoint.removed_on).is_(None),
        )
        .order_by(col(ContactPoint.id).desc())
        .limit(1)
    )
