"""What people decide about queued mail, and what comes back of sent mail."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, operation
from db.errors import Refused
from db.models import OutgoingMessage
from db.operations.mail_ends import HeldMail, end_mail, hold_mail
from db.records.mail import STATE_WORDS, Bounce, BounceFound, MailState
from db.words import N_, Words
from db.work import Work

_RESENT = (MailState.FAILED, MailState.DOUBTFUL, MailState.BOUNCED)
_CANCELLED = (MailState.QUEUED, MailState.FAILED, MailState.DOUBTFUL)
_RETURNS = (MailState.SENDING, MailState.SENT, MailState.DOUBTFUL)
"""A notification about a message in doubt shows that it had gone out."""


@operation(roles=SUPERVISORS)
def resend_mail(work: Work, mail_id: int) -> None:
    """Queue a message again that failed, came back or is in doubt; its Message-ID stays.

    Of one in doubt the recipient may get a second copy: that is what a person decides here. Raises
    NotFound, and Refused for any other state or when its text or address was not kept.
    """
    held = hold_mail(work, mail_id)
    _require(held, _RESENT, N_("The message %(mail)s is %(state)s; it is not sent again."))
    if not held.address:
        raise Refused(
            N_("The address of the message %(mail)s was erased with its client."), mail=str(mail_id)
        )
    if not held.body and held.document_id is None:
        raise Refused(N_("The link in the message %(mail)s was not kept. Send a new one."), mail=str(mail_id))
    values = {"state": MailState.QUEUED, "next_try_at": work.now, "attempts": 0, "claimed_until": None}
    work.session.execute(
        sa.update(OutgoingMessage).where(col(OutgoingMessage.id) == mail_id).values(**values)
    )
    work.changed(
        "mail.queued",
        f"message {mail_id}",
        client_id=held.client_id,
        before={"state": held.state.value},
        after={"state": MailState.QUEUED.value},
    )


@operation(roles=SUPERVISORS)
def cancel_mail(work: Work, mail_id: int) -> None:
    """Let a message that waits, failed or is in doubt never be sent (again). Raises NotFound, Refused.

    One that a sender has claimed and not begun to hand over is stopped as well.
    """
    held = hold_mail(work, mail_id)
    _require(held, _CANCELLED, N_("The message %(mail)s is %(state)s; it cannot be cancelled."))
    end_mail(work, held, MailState.CANCELLED, "")


@operation(roles=SUPERVISORS)
def note_bounce(work: Work, bounce: Bounce) -> BounceFound:
    """Mark the message that a notification is about as BOUNCED, and its address on the client's card.

    It is found by its Message-ID, which nobody can guess but who got it. The same notification
    again changes nothing.
    """
    statement = sa.select(col(OutgoingMessage.id)).where(col(OutgoingMessage.message_id) == bounce.message_id)
    key = work.session.scalar(statement)
    if key is None:
        return BounceFound.UNKNOWN
    held = hold_mail(work, key)
    if held.state not in _RETURNS:
        return BounceFound.AGAIN
    end_mail(work, held, MailState.BOUNCED, " ".join(filter(None, (bounce.status, bounce.reason))))
    return BounceFound.NOTED


def _require(held: HeldMail, states: tuple[MailState, ...], refusal: str) -> None:
    if held.state not in states:
        raise Refused(refusal, mail=str(held.id), state=Words(STATE_WORDS[held.state]))
