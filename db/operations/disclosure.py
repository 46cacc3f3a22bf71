"""Showing in clear what is masked: one key, one access entry."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import DESK, operation
from db.errors import NotFound
from db.models import ContactPoint
from db.queries.caller import require_disclosure
from db.queries.client_rows import ClientRow, find_client
from db.records.clients import Masked
from db.rules.identifiers import format_phone
from db.rules.verification import VerificationLevel
from db.words import N_
from db.work import Work


@operation(roles=DESK)
def reveal(work: Work, client_number: str, field: Masked, key: int = 0) -> str:
    """Return one masked value in clear, as it is written; leaves a REVEAL entry.

    `key` tells which one of several: the contact point's id, 0 for the PESEL. Raises NotFound,
    and NotAllowed while too many wrong answers stop disclosure.
    """
    client = find_client(work.session, client_number)
    require_disclosure(work, client.id, level=VerificationLevel.L0)
    value = client.pesel if field is Masked.PESEL else _point(work, client, field, key)
    if value is None:
        raise NotFound(N_("There is nothing on file to show."))
    scope = field.value if field is Masked.PESEL else f"{field.value} {key}"
    work.looked("REVEAL", scope, client_id=client.id)
    return format_phone(value) if field is Masked.PHONE else value


def _point(work: Work, client: ClientRow, field: Masked, key: int) -> str | None:
    return work.session.scalar(
        sa.select(col(ContactPoint.value)).where(
            col(ContactPoint.id) == key,
            col(ContactPoint.client_id) == client.id,
            col(ContactPoint.kind) == field.value,
            col(ContactPoint.removed_on).is_(None),
        )
    )
