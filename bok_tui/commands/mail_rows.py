"""Outgoing mail as rows of a listing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bok_tui.i18n import _
from db.errors import WrongInput
from db.records.mail import KIND_WORDS, STATE_WORDS, MailLine, MailState
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import Form

if TYPE_CHECKING:
    from reports.mailing.sending import MailReport

SHOWN = (
    Column("id", N_("Message"), Kind.COUNT),
    Column("state", N_("State"), words={state.value: words for state, words in STATE_WORDS.items()}),
    Column("client", N_("Client")),
    Column("address", N_("Address")),
    Column("about", N_("About")),
    Column("at", N_("Sent or due"), Kind.INSTANT),
    Column("error", N_("Last answer")),
)
"""What people see; programs get all of it."""
OUTBOX = (
    Column("id", N_("Message"), Kind.COUNT),
    Column("state", N_("State"), words={state.value: words for state, words in STATE_WORDS.items()}),
    Column("kind", N_("Kind"), words={kind.value: words for kind, words in KIND_WORDS.items()}),
    Column("client", N_("Client")),
    Column("address", N_("Address")),
    Column("subject", N_("Subject")),
    Column("document", N_("Document")),
    Column("queued_at", N_("Queued"), Kind.INSTANT),
    Column("attempts", N_("Tries"), Kind.COUNT),
    Column("sent_at", N_("Sent"), Kind.INSTANT),
    Column("next_try_at", N_("Next try"), Kind.INSTANT),
    Column("error", N_("Last answer")),
)
SENT = (
    Column("tried", N_("Tried"), Kind.COUNT),
    Column("sent", N_("Sent"), Kind.COUNT),
    Column("later", N_("To be tried again"), Kind.COUNT),
    Column("failed", N_("Failed"), Kind.COUNT),
    Column("bounced", N_("Came back"), Kind.COUNT),
    Column("doubtful", N_("In doubt"), Kind.COUNT),
)
BOUNCES = (
    Column("file", N_("File")),
    Column(
        "result",
        N_("Result"),
        words={
            "noted": N_("noted"),
            "again": N_("noted before"),
            "unknown": N_("not our message"),
            "other": N_("no notification"),
            "unreadable": N_("cannot be read"),
        },
    ),
    Column("message_id", N_("Message-ID")),
    Column("status", N_("Status")),
    Column("reason", N_("Reason")),
)


def mail_row(line: MailLine, form: Form) -> Row:
    """Return a message as a row; people read what went wrong in their language where it is ours."""
    error = line.error or ""
    return {
        "id": line.id,
        "state": line.state.value,
        "kind": line.kind.value,
        "client": line.client_number,
        "address": line.address,
        "subject": line.subject,
        "document": line.document,
        "about": line.document or line.subject,
        "at": line.sent_at or line.next_try_at,
        "queued_at": line.queued_at,
        "attempts": line.attempts,
        "sent_at": line.sent_at,
        "next_try_at": line.next_try_at,
        "error": _(error) if error and form is Form.TABLE else error,
    }


def sent_row(report: MailReport) -> Row:
    """Return what a run came to."""
    counts = report.counts
    return {
        "tried": report.tried,
        "sent": counts[MailState.SENT],
        "later": counts[MailState.QUEUED],
        "failed": counts[MailState.FAILED],
        "bounced": counts[MailState.BOUNCED],
        "doubtful": counts[MailState.DOUBTFUL],
    }


def state_named(text: str) -> MailState:
    """Return a state by its code; raises WrongInput."""
    try:
        return MailState(text.strip().lower())
    except ValueError:
        raise WrongInput(
            N_("There is no state %(state)s. Choose one of: %(known)s."),
            state=text[:20],
            known=", ".join(MailState),
        ) from None
