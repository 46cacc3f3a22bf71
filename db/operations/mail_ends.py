"""How a message ends: its state, its paper's delivery, the address on the card, the journal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col

from db.errors import NotFound
from db.models import ContactPoint, DocumentDelivery, OutgoingMessage
from db.queries.rows import insert_row, into
from db.records.issued import DeliveryKind
from db.records.mail import SECRET_KINDS, MailKind, MailState
from db.words import N_
from db.work import Work

LONGEST_ERROR = 300
_LEFT = {
    MailState.SENT: DeliveryKind.SENT,
    MailState.FAILED: DeliveryKind.RETURNED,
    MailState.BOUNCED: DeliveryKind.RETURNED,
}
_KEEPS_SECRET = frozenset({MailState.FAILED, MailState.DOUBTFUL})
"""A person may still send these again."""


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A message that this transaction alone may change."""

    id: int
    kind: MailKind
    state: MailState
    address: str
    client_id: int | None
    document_id: int | None
    attempts: int
    claimed_until: datetime | None
    sent_at: datetime | None
    body: str
    staff_id: int | None
    contact_id: int | None


def hold_mail(work: Work, mail_id: int) -> HeldMail:
    """Return the message, held until this transaction ends. Raises NotFound."""
    statement = (
        sa.select(*(col(getattr(OutgoingMessage, name)) for name in HeldMail.__slots__))
        .where(col(OutgoingMessage.id) == mail_id)
        .with_for_update()
    )
    row = work.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(N_("There is no message %(mail)s."), mail=str(mail_id))
    return into(HeldMail, row)


def end_mail(work: Work, held: HeldMail, state: MailState, error: str) -> None:
    """Bring a held message to an end, with all that follows from it.

    A link that lets somebody in is not kept once it is out or of no more use. A paper learns that
    it went out or did not. An address that is refused is marked on the client's card.
    """
    values: dict[str, object] = {"state": state, "error": error[:LONGEST_ERROR] or None}
    if state is not MailState.DOUBTFUL:
        values["claimed_until"] = None
    if state is MailState.SENT:
        values["sent_at"] = work.now
    if held.kind in SECRET_KINDS and state not in _KEEPS_SECRET:
        values["body"] = ""
    work.session.execute(
        sa.update(OutgoingMessage).where(col(OutgoingMessage.id) == held.id).values(**values)
    )
    if held.document_id is not None and (how := _LEFT.get(state)) is not None:
        _note_delivery(work, held, how)
    if state is MailState.BOUNCED:
        _mark_address(work, held)
    work.changed(
        f"mail.{state.value}",
        f"message {held.id}",
        client_id=held.client_id,
        before={"state": held.state.value},
        after={"state": state.value},
    )


def _note_delivery(work: Work, held: HeldMail, how: DeliveryKind) -> None:
    """Let the paper say what became of it, in the name of whoever queued it."""
    values = {
        "document_id": held.document_id,
        "how": how,
        "at": work.now,
        "staff_id": held.staff_id,
        "contact_id": held.contact_id,
    }
    insert_row(work.session, DocumentDelivery, values)


def _mark_address(work: Work, held: HeldMail) -> None:
    """Mark the address as one that mail comes back from, where it stands on the client's card."""
    if held.client_id is None:
        return
    work.session.execute(
        sa.update(ContactPoint)
        .where(
            col(ContactPoint.client_id) == held.client_id,
            col(ContactPoint.kind) == "email",
            sa.func.lower(col(ContactPoint.value)) == held.address.lower(),
            col(ContactPoint.removed_on).is_(None),
        )
        .values(bounced_on=work.today)
    )
