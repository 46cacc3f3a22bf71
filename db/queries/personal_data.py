"""The copy of a client's data (Art. 15 GDPR): for supervisors, and every one leaves its entry."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISOR_ONLY, query
from db.models import AccessEntry, ChainHead, Contact
from db.queries.client_rows import find_client
from db.queries.mailing import mailing_lines
from db.queries.personal_parts import load_parts
from db.queries.rows import into
from db.records.personal_data import LookUp, PersonalData
from db.work import Work

LOOKS_AT_ONCE = 2_000


@query(roles=SUPERVISOR_ONLY, discloses=True)
def personal_data(work: Work, client_number: str) -> PersonalData:
    """Return all that is kept about a client, the look-ups left out; leaves an EXPORT entry.

    No employee is named. Raises NotFound.
    """
    client = find_client(work.session, client_number)
    newest = work.session.scalar(sa.select(col(ChainHead.seq)).where(col(ChainHead.log) == "access"))
    work.looked("EXPORT", "personal data", client_id=client.id)
    return PersonalData(
        client_number=client.number,
        client_name=client.letter_name,
        mailing_lines=mailing_lines(work.session, client),
        as_of=work.now,
        parts=tuple(load_parts(work.session, client.id)),
        looks_until=newest or 0,
    )


@query(roles=SUPERVISOR_ONLY, discloses=True)
def look_ups(
    work: Work, client_number: str, *, until: int, after: int = 0, limit: int = LOOKS_AT_ONCE
) -> tuple[LookUp, ...]:
    """Return looks at a client's data after one entry of the access log and up to another, oldest first.

    When and what for, never who. The first page leaves an EXPORT entry. Raises NotFound.
    """
    client = find_client(work.session, client_number)
    if after == 0:
        work.looked("EXPORT", "look-ups", client_id=client.id)
    statement = (
        sa.select(
            col(AccessEntry.seq),
            col(AccessEntry.at),
            col(AccessEntry.action),
            col(AccessEntry.scope),
            col(Contact.purpose),
            col(Contact.channel),
        )
        .outerjoin(Contact, col(Contact.id) == col(AccessEntry.contact_id))
        .where(
            col(AccessEntry.client_id) == client.id,
            col(AccessEntry.seq) > after,
            col(AccessEntry.seq) <= until,
        )
        .order_by(col(AccessEntry.seq))
        .limit(max(1, min(limit, LOOKS_AT_ONCE)))
    )
    return tuple(into(LookUp, row) for row in work.session.execute(statement))
