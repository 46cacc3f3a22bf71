"""Sending the outbox: who may hand over which message, and what came of it.

The guarantee: at most once to its recipient, and none lost. A message is handed to the server
only while it stands as SENDING, and that was committed before the first byte of it went. From
SENDING it goes back to QUEUED only by the word of the sender that saw the server refuse it; where
nobody saw that (the process died, the line broke, no answer came) it becomes DOUBTFUL, is listed,
and goes out again only when a person says so. So a message that the server may have taken is never
handed over again by the program itself, and every message ends as SENT, FAILED, BOUNCED, CANCELLED
or DOUBTFUL, or waits as QUEUED with the instant of its next try.

"At most once" ends at the server that took it: what that one does is its own matter.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, operation
from db.models import Client, DocumentRendering, IssuedDocument, OutgoingAttachment, OutgoingMessage
from db.operations.mail_ends import end_mail, hold_mail
from db.queries.rows import Statement, into
from db.records.documents import DocumentKind
from db.records.mail import ClaimedMail, MailDocument, MailFile, MailState, TryResult
from db.rules.mail_tries import MOST_TRIES, next_try
from db.words import N_
from db.work import Work

BATCH = 20
"""Messages that a sender has for itself at a time."""
LEASE = timedelta(minutes=20)
"""Longer than it takes to hand one message over; what runs out meanwhile is only waited for longer."""
PLACEHOLDER = "@bok.invalid>"
"""What a Message-ID ends with until a sender gives it its own domain, before the first try."""
LEFT_OVER = N_("The sending ended, or the line broke, when the server may have taken it.")
DIED_EVERY_TIME = N_("Tried too often: every try ended before anything was heard of it.")
_RESULTS = {
    TryResult.FAILED: MailState.FAILED,
    TryResult.BOUNCED: MailState.BOUNCED,
    TryResult.DOUBTFUL: MailState.DOUBTFUL,
}


@operation(roles=SUPERVISORS)
def claim_mail(work: Work, domain: str, *, most: int = BATCH) -> tuple[ClaimedMail, ...]:
    """Take up to `most` due messages for this sender alone, the longest due first.

    Nobody else gets them until their lease is over. The try counts from here, so that one that
    ends the process every time is given up as well. `domain` completes new Message-IDs. What an
    earlier sender left in the middle becomes DOUBTFUL.
    """
    _give_up_left_over(work)
    until = work.now + LEASE
    claimed: dict[int, dict[str, object]] = {}
    for row in work.session.execute(_due(work, most)):
        if row.attempts >= MOST_TRIES:
            end_mail(work, hold_mail(work, row.id), MailState.FAILED, DIED_EVERY_TIME)
            continue
        claimed[row.id] = {
            "claimed_until": until,
            "attempts": row.attempts + 1,
            "next_try_at": next_try(work.now, row.attempts + 1, row.message_id),
            "message_id": row.message_id.replace(PLACEHOLDER, f"@{domain}>"),
        }
    for key, values in claimed.items():
        work.session.execute(_change(key).values(**values))
    return tuple(_load(work, list(claimed)))


@operation(roles=SUPERVISORS)
def begin_sending(work: Work, mail: ClaimedMail) -> ClaimedMail | None:
    """Mark a claimed message as SENDING, right before it is handed over, and renew the claim.

    None when it must not be: it was cancelled meanwhile, or the claim ran out and somebody else has it.
    """
    until = work.now + LEASE
    changed = work.session.execute(
        _change(mail.id)
        .where(_mine(mail), col(OutgoingMessage.state) == MailState.QUEUED)
        .values(state=MailState.SENDING, claimed_until=until)
    )
    return dataclasses.replace(mail, claimed_until=until) if _count(changed) == 1 else None


@operation(roles=SUPERVISORS)
def note_try(work: Work, mail: ClaimedMail, result: TryResult, error: str = "") -> MailState:
    """Note what came of a try, and return where the message stands now.

    That it was sent is true whatever happened to it meanwhile; anything else is noted only while
    the claim is still this sender's. A last try that failed gives it up.
    """
    held = hold_mail(work, mail.id)
    if result is TryResult.SENT:
        if held.state not in (MailState.SENT, MailState.BOUNCED):
            end_mail(work, held, MailState.SENT, "")
            return MailState.SENT
        return held.state
    if held.claimed_until != mail.claimed_until or held.state is MailState.CANCELLED:
        return held.state  # erased with its client meanwhile, say: it waits for nothing any more
    if result is not TryResult.LATER or held.attempts >= MOST_TRIES:
        state = _RESULTS.get(result, MailState.FAILED)
        end_mail(work, held, state, error)
        return state
    values = {"state": MailState.QUEUED, "claimed_until": None, "error": error}
    work.session.execute(_change(mail.id).values(**values))
    return MailState.QUEUED


@operation(roles=SUPERVISORS)
def release_mail(work: Work, claimed: Sequence[ClaimedMail]) -> None:
    """Give back messages that were claimed and not tried; they are as due as they were."""
    for mail in claimed:
        work.session.execute(
            _change(mail.id)
            .where(_mine(mail), col(OutgoingMessage.state) == MailState.QUEUED)
            .values(claimed_until=None, attempts=col(OutgoingMessage.attempts) - 1, next_try_at=work.now)
        )


def _due(work: Work, most: int) -> Statement:
    """Select what is due and nobody's, row by row for this transaction alone.

    PostgreSQL skips rows that another transaction is just taking; on SQLite there is none besides
    a writer, whose transaction began with BEGIN IMMEDIATE.
    """
    free = sa.or_(
        col(OutgoingMessage.claimed_until).is_(None), col(OutgoingMessage.claimed_until) <= work.now
    )
    return (
        sa.select(col(OutgoingMessage.id), col(OutgoingMessage.attempts), col(OutgoingMessage.message_id))
        .where(
            col(OutgoingMessage.state) == MailState.QUEUED,
            col(OutgoingMessage.next_try_at) <= work.now,
            free,
        )
        .order_by(col(OutgoingMessage.next_try_at), col(OutgoingMessage.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )


def _give_up_left_over(work: Work) -> None:
    """Put in doubt what a sender was handing over when it fell silent."""
    left = (
        sa.select(col(OutgoingMessage.id))
        .where(
            col(OutgoingMessage.state) == MailState.SENDING,
            col(OutgoingMessage.claimed_until) <= work.now,
        )
        .with_for_update(skip_locked=True)
    )
    for key in work.session.scalars(left).all():
        end_mail(work, hold_mail(work, key or 0), MailState.DOUBTFUL, LEFT_OVER)


def _load(work: Work, keys: Sequence[int]) -> Iterator[ClaimedMail]:
    """Yield claimed messages in the order of their keys, each with its paper."""
    names = (
        "id",
        "kind",
        "address",
        "subject",
        "body",
        "message_id",
        "in_reply_to",
        "attempts",
        "claimed_until",
    )
    statement = (
        sa.select(
            *(col(getattr(OutgoingMessage, name)) for name in names),
            col(Client.number),
            col(IssuedDocument.id),
            col(IssuedDocument.number),
            col(IssuedDocument.kind),
            col(IssuedDocument.snapshot),
            col(DocumentRendering.pdf),
            col(OutgoingAttachment.name),
            col(OutgoingAttachment.pdf),
        )
        .select_from(OutgoingMessage)
        .outerjoin(Client, col(Client.id) == col(OutgoingMessage.client_id))
        .outerjoin(IssuedDocument, col(IssuedDocument.id) == col(OutgoingMessage.document_id))
        .outerjoin(OutgoingAttachment, col(OutgoingAttachment.message_id) == col(OutgoingMessage.id))
        .outerjoin(DocumentRendering, col(DocumentRendering.document_id) == col(IssuedDocument.id))
        .where(col(OutgoingMessage.id).in_(keys))
        .order_by(col(OutgoingMessage.id))
    )
    for row in work.session.execute(statement):
        paper = file = None
        if row[len(names) + 1] is not None:
            key, number, kind, snapshot, pdf = row[len(names) + 1 : -2]
            paper = MailDocument(
                key, number, DocumentKind(kind), snapshot, None if pdf is None else bytes(pdf)
            )
        if row[-2] is not None:
            file = MailFile(row[-2], bytes(row[-1]))
        yield into(ClaimedMail, (*row[: len(names) + 1], paper, file))


def _change(key: int) -> sa.Update:
    return sa.update(OutgoingMessage).where(col(OutgoingMessage.id) == key)


def _mine(mail: ClaimedMail) -> sa.ColumnElement[bool]:
    return col(OutgoingMessage.claimed_until) == mail.claimed_until


def _count(result: Any) -> int:
    return int(result.rowcount)
