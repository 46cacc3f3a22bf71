"""Which incoming messages are a client's, found by indexes and weighed by what is true now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.models import ContactPoint, IncomingMessage
from db.queries.incoming_rows import clients_of, load_rows, mail_rows
from db.queries.rows import Statement
from db.records.clients import Masked
from db.records.incoming import Certainty, IncomingState
from db.work import Work

MOST_RECEIVED = 100
"""Messages of a time line."""
LONGEST_SUBJECT = 80
"""Characters of a subject on a time line."""


@dataclass(frozen=True, slots=True)
class ReceivedMail:
    """A message on the time line of its client."""

    id: int
    received_at: datetime
    subject: str
    state: IncomingState
    sure: bool
    """False while it may be somebody else's."""


def ids_of_client(client_id: int | sa.BindParameter[int], *, most: int) -> sa.CompoundSelect[Any]:
    """Select the ids of the newest `most` messages filed under this client, and of as many others.

    Those are new ones from an address on the card; whose a new one is has to be weighed.
    """
    key = col(IncomingMessage.id)
    own = sa.select(col(ContactPoint.value)).where(
        col(ContactPoint.client_id) == client_id,
        col(ContactPoint.kind) == Masked.EMAIL.value,
        col(ContactPoint.removed_on).is_(None),
    )
    filed = sa.select(key).where(col(IncomingMessage.client_id) == client_id)
    sent = sa.select(key).where(
        col(IncomingMessage.sender).in_(own), col(IncomingMessage.state) == IncomingState.NEW
    )
    # written out: PostgreSQL reads the whole table where it does not know that few are wanted
    few: sa.ColumnElement[int] = sa.literal_column(str(int(most)))
    newest = (which.order_by(key.desc()).limit(few).subquery() for which in (filed, sent))
    return sa.union(*(sa.select(each.c.id) for each in newest))


@lru_cache(maxsize=1)
def _received() -> Statement:
    own = ids_of_client(sa.bindparam("client", type_=sa.Integer), most=MOST_RECEIVED)
    return mail_rows().where(col(IncomingMessage.id).in_(own)).order_by(col(IncomingMessage.id).desc())


def load_received(work: Work, client_id: int) -> list[ReceivedMail]:
    """Return the newest messages of a client, in a few statements; none that is somebody else's now."""
    rows = load_rows(work, _received(), {"client": client_id})[:MOST_RECEIVED]
    return [
        ReceivedMail(
            id=row.id,
            received_at=row.received_at,
            subject=_shown(row.subject),
            state=row.state,
            sure=row.state is not IncomingState.NEW or certainty is Certainty.SURE,
        )
        for row, (certainty, owner) in zip(rows, clients_of(work, rows), strict=True)
        if owner == client_id
    ]


def _shown(subject: str) -> str:
    line = " ".join(subject.split())
    return line if len(line) <= LONGEST_SUBJECT else line[: LONGEST_SUBJECT - 1] + "…"
