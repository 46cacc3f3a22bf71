"""Which incoming messages are a client's, found by indexes and weighed by what is true now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

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


def may_be_of(client_id: int | sa.BindParameter[int], *, most: int | None = None) -> sa.ColumnElement[bool]:
    """Tell of a message whether it is filed under this client, or new from an address on the card.

    With `most`, the newest ones of either kind alone. Whose a new one is has to be weighed.
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
    if most is not None:
        filed, sent = (which.order_by(key.desc()).limit(most) for which in (filed, sent))
    ids = (sa.select(which.subquery().c.id) for which in (filed, sent))
    return key.in_(sa.union(*ids))


@lru_cache(maxsize=1)
def _received() -> Statement:
    which = may_be_of(sa.bindparam("client", type_=sa.Integer), most=MOST_RECEIVED)
    return mail_rows().where(which).order_by(col(IncomingMessage.id).desc()).limit(MOST_RECEIVED)


def load_received(work: Work, client_id: int) -> list[ReceivedMail]:
    """Return the newest messages of a client, in a few statements; none that is somebody else's now."""
    rows = load_rows(work, _received(), {"client": client_id})
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
