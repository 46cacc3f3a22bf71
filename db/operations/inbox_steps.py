"""What every decision about an incoming message has in common: holding it, its new state, its journal."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.errors import Stale
from db.models import IncomingMessage, Staff
from db.queries.inbox import find_mail
from db.queries.incoming_rows import MailRow, clients_of
from db.records.incoming import STATE_WORDS, IncomingState
from db.words import N_, Words
from db.work import Work


def hold_message(work: Work, mail_id: int) -> MailRow:
    """Return the message, held until this transaction ends. Raises NotFound."""
    work.session.execute(
        sa.select(col(IncomingMessage.id)).where(col(IncomingMessage.id) == mail_id).with_for_update()
    ).all()
    return find_mail(work, mail_id)


def require_state(work: Work, row: MailRow, *states: IncomingState, version: int | None = None) -> None:
    """Raise Stale, saying who did what, when a message stands elsewhere or changed since it was looked at."""
    if row.state in states and version in (None, row.version):
        return
    agent = work.session.scalar(
        sa.select(col(Staff.name))
        .join(IncomingMessage, col(IncomingMessage.decided_by) == col(Staff.id))
        .where(col(IncomingMessage.id) == row.id)
    )
    if row.state in states:
        raise Stale(N_("The message %(mail)s was changed meanwhile; look at it again."), mail=str(row.id))
    raise Stale(
        N_("%(agent)s dealt with the message %(mail)s: %(state)s."),
        agent=agent or Words(N_("The program")),
        mail=str(row.id),
        state=Words(STATE_WORDS[row.state]),
    )


def move(work: Work, row: MailRow, state: IncomingState, *, client_id: int | None, **columns: object) -> None:
    """Bring a held message to a state, in the name of whoever works here, filed under this client.

    The journal is told no values.
    """
    open_again = state is IncomingState.NEW
    values: dict[str, object] = {
        "state": state,
        "decided_at": None if open_again else work.now,
        "decided_by": None if open_again else work.actor.id or None,
        "client_id": client_id,
    }
    change(work, row, values | columns)
    work.changed(
        f"incoming.{state.value}",
        f"incoming mail {row.id}",
        client_id=client_id,
        before={"state": row.state.value},
        after={"state": state.value, "auto": columns.get("auto", False)},
    )


def owner_today(work: Work, row: MailRow) -> dict[str, Any]:
    """Return under whom a message is filed that is decided about: whose it is today, not when it came."""
    ((certainty, client_id),) = clients_of(work, [row])
    how = row.how if client_id == row.client_id else None
    return {"client_id": client_id, "certainty": certainty, "how": how}


def change(work: Work, row: MailRow, values: dict[str, object]) -> None:
    """Change the columns of a held message."""
    work.session.execute(
        sa.update(IncomingMessage)
        .where(col(IncomingMessage.id) == row.id)
        .values({"version": row.version + 1, **values})
        .execution_options(synchronize_session=False)
    )
