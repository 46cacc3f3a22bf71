"""Applying a request: the card takes on the new values, unless it was changed meanwhile."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.models import Client, RequestItem
from db.operations.request_kinds import APPLY
from db.operations.request_steps import make_step
from db.queries.request_detail import items_of, shown_items
from db.queries.request_rows import RequestRow, load_items, new_values
from db.records.request_views import RequestItemView
from db.records.requests import RequestEvent
from db.refusals import ChangedMeanwhile
from db.work import Work


def require_unmoved(work: Work, row: RequestRow, *, over_changes: bool) -> bool:
    """Raise ChangedMeanwhile when the card no longer holds the old values, unless that was looked at.

    With `over_changes` what the card holds now becomes what the request changes; tells whether it did.
    """
    items = items_of(work, row)
    moved = [item for item in items if item.moved]
    if not moved:
        return False
    if not over_changes:
        raise ChangedMeanwhile(row.number, shown_items(work, row, items))
    for item in moved:
        _note_old(work, row.id, item)
    return True


def _note_old(work: Work, request_id: int, item: RequestItemView) -> None:
    work.session.execute(
        sa.update(RequestItem)
        .where(col(RequestItem.request_id) == request_id, col(RequestItem.field) == item.field)
        .values(old=item.current)
        .execution_options(synchronize_session=False)
    )


def apply_now(work: Work, row: RequestRow) -> RequestRow:
    """Apply an approved request that is held; the client's version counts on.

    Raises ChangedMeanwhile when the card moved since, and what the kind's own rules refuse.
    """
    require_unmoved(work, row, over_changes=False)
    items = load_items(work.session, row.id)
    APPLY[row.kind](work, row.id, row.client_id, new_values(items), row.point_id)
    work.session.execute(
        sa.update(Client)
        .where(col(Client.id) == row.client_id)
        .values(version=Client.version + 1)
        .execution_options(synchronize_session=False)
    )
    changed = [item.field.value for item in items if item.old != item.new]
    work.changed(
        "client.changed",
        f"client {row.client_number}",
        client_id=row.client_id,
        after={"request": row.number, "fields": changed},
    )
    return make_step(work, row, RequestEvent.APPLY)
