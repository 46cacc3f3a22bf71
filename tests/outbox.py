"""Messages in an outbox, and what became of them."""

from __future__ import annotations

from typing import Any

from db.engine import Database
from db.records.mail import MailKind, MailState
from tests.conftest import START
from tests.db.builders import Builder, rows

BODY = "Szanowni Państwo,\n\ntreść wiadomości.\n"


def queue(builder: Builder, address: str, **values: Any) -> int:
    """Queue a message that is due and return its id."""
    message: dict[str, Any] = {
        "kind": MailKind.REQUEST, "state": MailState.QUEUED, "address": address, "subject": "Wniosek W/1",
        "body": BODY, "message_id": f"<{builder.next():032x}@bok.invalid>", "queued_at": START,
        "next_try_at": START, "attempts": 0,
    }  # fmt: skip
    return builder.add("outgoing_message", **(message | values))


def queue_many(builder: Builder, count: int) -> list[str]:
    """Queue messages to as many recipients and return their addresses."""
    addresses = [f"klient{turn}@example.com" for turn in range(count)]
    for address in addresses:
        queue(builder, address)
    return addresses


def states(database: Database) -> dict[str, MailState]:
    """Return where each message stands, by its recipient."""
    return {row["address"]: row["state"] for row in rows(database, "outgoing_message")}


def message(database: Database, key: int) -> dict[str, Any]:
    """Return one message."""
    return next(row for row in rows(database, "outgoing_message") if row["id"] == key)
