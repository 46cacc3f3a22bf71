"""What tests of the inbox share: messages as they come out of reading and understanding."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from db.office import SYSTEM, House, Office
from db.operations.inbox_intake import take_in_mail
from db.queries.inbox import inbox_page
from db.records.incoming import (
    ArrivedMail,
    InboxFilter,
    InboxLine,
    IncomingState,
    MailIntent,
    MailSource,
    MessageText,
    StatedReading,
    Understood,
)
from tests.db.builders import Builder, BuiltClient

OWN = "zaneta@example.org"
SENT = datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
_NUMBERS = itertools.count(1)


def state(value: str, meter: str | None = None, **values: Any) -> StatedReading:
    """Return a stated reading."""
    return StatedReading(meter=meter, role=values.pop("role", None), state=value, words=value, **values)


def mail(
    *readings: StatedReading,
    sender: str = OWN,
    text: str = "Dzień dobry, podaję stan.",
    headers: str = "",
    **values: Any,
) -> ArrivedMail:
    """Return a message about these readings; `values` are of `Understood`, `said_*` of its text."""
    at = next(_NUMBERS)
    said = {name[5:]: values.pop(name) for name in list(values) if name.startswith("said_")}
    own: dict[str, Any] = {
        "message_id": f"<{at}@example.org>", "in_reply_to": "", "references": (), "sender": sender,
        "sender_name": "Żaneta", "reply_to": "", "subject": "stan licznika", "sent_at": SENT,
        "text": text, "quoted": "",
    }  # fmt: skip
    message = MessageText(**(own | said))
    understood: dict[str, Any] = {"intent": MailIntent.READING, "readings": readings, "sufficient": True}
    raw = (
        f"From: {sender}\r\nSubject: {message.subject}\r\nMessage-ID: {message.message_id}\r\n"
        f"{headers}\r\n{text}\r\n"
    )
    what = Understood(**(understood | values))
    return ArrivedMail(raw.encode("utf-8", "replace"), message, what, source=MailSource.IMAP)


def take_in(house: House, *messages: ArrivedMail) -> list[int]:
    """Take messages in as the program does; return the ids of all that are new, oldest first."""
    office = house.office(SYSTEM)
    office.do(take_in_mail, messages)
    return [line.id for line in lines(office)]


def lines(office: Office, wanted: InboxFilter | None = None) -> Sequence[InboxLine]:
    """Return the first page of what waits."""
    return office.read(inbox_page, wanted or InboxFilter()).lines


def writer(builder: Builder, *, confirmed: bool = True, address: str = OWN, **values: Any) -> BuiltClient:
    """Add a household with an e-mail address and a notice left two weeks ago."""
    built = builder.household(**values)
    builder.contact_point(built.id, "email", address, date(2026, 1, 5) if confirmed else None)
    builder.notice(built.meter_id, date(2026, 11, 8), date(2026, 11, 30))
    return built


ALL = InboxFilter(states=frozenset(IncomingState))


def again(message: ArrivedMail, **values: Any) -> ArrivedMail:
    """Return the message as another server hands it on."""
    return replace(message, raw=b"Received: from mx2\r\n" + message.raw.replace(b"\r\n", b"\n"), **values)
