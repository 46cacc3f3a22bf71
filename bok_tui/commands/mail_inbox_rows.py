"""Incoming mail as rows of a listing."""

from __future__ import annotations

from db.records.incoming import INTENT_WORDS, STATE_WORDS, Certainty, InboxLine
from db.words import N_
from reports.columns import Column, Kind, Row

CERTAINTY_WORDS = {
    Certainty.SURE.value: N_("sure"),
    Certainty.LIKELY.value: N_("likely"),
    Certainty.CONTRADICTION.value: N_("contradiction"),
    Certainty.UNKNOWN.value: N_("unknown"),
}
LEVEL_WORDS = {
    "ok": N_("OK"),
    "warn": N_("warning"),
    "block": N_("blocked"),
    "refuse": N_("refused"),
    "": "",
}
_STATE = Column("state", N_("State"), words={state.value: words for state, words in STATE_WORDS.items()})
_INTENT = Column("intent", N_("Intent"), words={what.value: words for what, words in INTENT_WORDS.items()})
SHOWN = (
    Column("id", N_("Message"), Kind.COUNT),
    _STATE,
    Column("received_at", N_("Received"), Kind.INSTANT),
    _INTENT,
    Column("subject", N_("Subject")),
    Column("client", N_("Client")),
    Column("certainty", N_("Whose"), words=CERTAINTY_WORDS),
    Column("reading", N_("Reading")),
    Column("level", N_("Check"), words=LEVEL_WORDS),
    Column("sure", N_("Sure"), Kind.FLAG),
)
"""What people see; programs get all of it."""
INBOX = (
    *SHOWN,
    Column("sender", N_("Sender")),
    Column("automatic", N_("By a program"), Kind.FLAG),
    Column("unread", N_("Not wholly read"), Kind.FLAG),
    Column("assigned_to", N_("Looked after by")),
    Column("auto", N_("Accepted by itself"), Kind.FLAG),
)


def inbox_row(line: InboxLine) -> Row:
    """Return a message as a row; its readings are `81234567: 487`, a `?` where the meter is not known."""
    levels = [reading.level.value for reading in line.readings if reading.level is not None]
    order = list(LEVEL_WORDS)
    return {
        "id": line.id,
        "state": line.state.value,
        "received_at": line.received_at,
        "intent": line.intent.value,
        "subject": line.subject,
        "client": line.whose.client_number or "",
        "certainty": line.whose.certainty.value,
        "reading": ", ".join(f"{each.meter or '?'}: {each.stated}" for each in line.readings),
        "level": max(levels, key=order.index) if levels else "",
        "sure": line.sure,
        "sender": line.sender,
        "automatic": line.automatic,
        "unread": line.unread,
        "assigned_to": line.assigned_to or "",
        "auto": line.auto,
    }
