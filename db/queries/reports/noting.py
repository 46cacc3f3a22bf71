"""The log of who looked at reports about single clients."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, SUPERVISOR_ONLY, query
from db.models import Client
from db.work import Work

AT_ONCE = 500


@query(roles=OVERSEERS, discloses=True)
def note_listed(work: Work, scope: str) -> None:
    """Leave one entry for a list whose personal data is masked."""
    work.looked("VIEW", scope)


@query(roles=SUPERVISOR_ONLY, discloses=True)
def note_revealed(work: Work, scope: str, client_numbers: tuple[str, ...]) -> None:
    """Leave an entry with each client whose data is shown in clear: they may ask (Art. 15 GDPR)."""
    for start in range(0, len(client_numbers), AT_ONCE):
        some = client_numbers[start : start + AT_ONCE]
        statement = sa.select(col(Client.id)).where(col(Client.number).in_(some)).order_by(col(Client.id))
        for key in work.session.scalars(statement):
            work.looked("REVEAL", scope, client_id=key)
    if not client_numbers:
        work.looked("REVEAL", scope)
