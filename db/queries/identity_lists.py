"""Work lists about who and where a client is: a wrong NIP, an address for e-invoices that is in doubt."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.models import Client, ContactPoint, EInvoice
from db.models.clients import DOUBTFUL_EMAIL, FAILING_NIP
from db.queries.rows import Statement
from db.queries.supply import display_name, name_columns
from db.records.ebok import EInvoiceState
from db.records.worklists import WorkItem
from db.rules.masking import mask_email
from db.work import Work


def failing_nips(work: Work, after: int | None, limit: int) -> list[WorkItem]:
    """Return businesses without a NIP that can be one, in the order of their names."""
    statement = (
        sa.select(col(Client.id), col(Client.number), col(Client.nip), *name_columns())
        .where(sa.text(FAILING_NIP))
        .order_by(col(Client.name_key), col(Client.id))
        .limit(limit)
    )
    if after is not None:
        last = sa.select(col(Client.name_key)).where(col(Client.id) == after)
        place = sa.tuple_(col(Client.name_key), col(Client.id))
        statement = statement.where(place > sa.tuple_(last.scalar_subquery(), sa.literal(after)))
    return [
        WorkItem(
            key=row[0],
            client_number=row[1],
            client_name=display_name(*row[3:6]),
            reason="failing" if row[2] else "missing",
            nip=row[2],
        )
        for row in work.session.execute(statement)
    ]


def doubtful_points() -> Statement:
    """Select the addresses of e-invoices in doubt: id, address, day on which mail came back, client."""
    point = (
        sa.select(
            col(ContactPoint.id),
            col(ContactPoint.value),
            col(ContactPoint.bounced_on),
            col(ContactPoint.client_id),
        )
        .where(sa.text(DOUBTFUL_EMAIL))
        .subquery("point")
    )
    wanted = (
        sa.select(sa.literal(1))
        .where(col(EInvoice.point_id) == point.c.id, col(EInvoice.state) != EInvoiceState.WITHDRAWN)
        .exists()
    )
    return sa.select(*point.c).where(wanted)


def doubtful_emails(work: Work, after: int | None, limit: int) -> list[WorkItem]:
    """Return the addresses of e-invoices that are in doubt, those filed first before later ones."""
    statement = doubtful_points()
    point, _, _, owner = statement.selected_columns
    statement = (
        statement.join(Client, col(Client.id) == owner)
        .add_columns(col(Client.number), *name_columns())
        .order_by(point)
        .limit(limit)
    )
    if after is not None:
        statement = statement.where(point > after)
    return [
        WorkItem(
            key=row[0],
            client_number=row[4],
            client_name=display_name(*row[5:8]),
            day=row[2],
            reason="unconfirmed" if row[2] is None else "bounced",
            email=mask_email(row[1]),
        )
        for row in work.session.execute(statement)
    ]
