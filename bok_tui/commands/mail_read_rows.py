"""What was understood of messages, as rows: for people in short, for programs by field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bok_tui.i18n import _, ngettext
from bok_tui.shell import say_plainly
from db.records.incoming import INTENT_WORDS, MailIntent, Understood
from db.words import N_
from reports.columns import Column, Kind, Row

if TYPE_CHECKING:
    from db.inbox_wire import ReadMessage

_INTENT = Column("intent", N_("About"), words={intent.value: words for intent, words in INTENT_WORDS.items()})
_TROUBLE = Column("trouble", N_("Not read"))

READ = (
    Column("file", N_("File")),
    _INTENT,
    Column("client_number", N_("Client")),
    Column("invoice_number", N_("Invoice")),
    Column("phone", N_("Phone")),
    Column("readings", N_("Readings")),
    Column("taken_on", N_("Day"), Kind.DAY),
    Column("sufficient", N_("Enough"), Kind.FLAG),
    Column("meters", N_("Meters")),
    Column("address", N_("Address")),
    Column("subject", N_("Subject")),
    Column("sent_at", N_("Sent"), Kind.INSTANT),
    Column("automatic", N_("By a program"), Kind.FLAG),
    Column("attachments", N_("Attachments")),
    _TROUBLE,
)
"""The first eight are what others build on; the names never change."""
SHOWN = (
    Column("file", N_("File")),
    _INTENT,
    Column("client_number", N_("Client")),
    Column("states", N_("Meters and states")),
    Column("taken_on", N_("Day"), Kind.DAY),
    Column("sufficient", N_("Enough"), Kind.FLAG),
    _TROUBLE,
)
"""What people see."""
MOST_NAMED = 5


def read_row(name: str, message: ReadMessage) -> Row:
    """Return what was understood of a message; of one that was not read, that nothing was."""
    understood = message.understood or Understood(intent=MailIntent.OTHER)
    text = message.text
    readings = [
        {
            "meter": reading.meter,
            "role": reading.role.value if reading.role else None,
            "state": reading.state,
            "words": reading.words,
        }
        for reading in understood.readings
    ]
    return {
        "file": name,
        "intent": understood.intent.value,
        "client_number": understood.client_number,
        "invoice_number": understood.invoice_number,
        "phone": understood.phone,
        "readings": readings,
        "states": [f"{reading.meter or '?'}: {reading.state}" for reading in understood.readings],
        "taken_on": understood.taken_on,
        "sufficient": understood.sufficient,
        "meters": understood.meters,
        "address": understood.address,
        "subject": text.subject if text else None,
        "sent_at": text.sent_at if text else None,
        "automatic": text.automatic if text else False,
        "attachments": [
            {"name": file.name, "type": file.media_type, "size": file.size} for file in text.files
        ]
        if text
        else [],
        "trouble": _troubles(message),
    }


def tell_passed_over(names: Sequence[str]) -> None:
    """Say on standard error what of a folder was not read: its folders, and files that are no messages."""
    folders = [name for name in names if name.endswith("/")]
    files = [name for name in names if not name.endswith("/")]
    if folders:
        words = ngettext(
            "%(count)s folder inside was not looked into; name it by itself: %(names)s",
            "%(count)s folders inside were not looked into; name each by itself: %(names)s",
            len(folders),
        )
        say_plainly(words % {"count": len(folders), "names": _named(folders)})
    if files:
        words = ngettext(
            "%(count)s file is no message and was passed over: %(names)s",
            "%(count)s files are no messages and were passed over: %(names)s",
            len(files),
        )
        say_plainly(words % {"count": len(files), "names": _named(files)})


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")


def _troubles(message: ReadMessage) -> str | None:
    """Return what was not read, in the reader's language; None when all was."""
    templates = [message.trouble] if message.trouble else []
    templates += message.text.troubles if message.text else ()
    return " ".join(_(template) for template in templates) or None
