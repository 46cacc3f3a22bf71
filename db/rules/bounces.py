"""Delivery status notifications (RFC 3464): which message came back, and why.

A stranger's file: bounded in size, parts and depth before anything reads it, and read with the
oldest and plainest of the library's policies, which decodes nothing by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from db.errors import WrongInput
from db.records.mail import Bounce
from db.rules.text import clean_line
from db.words import N_

MOST_BYTES = 2_000_000
MOST_PARTS = 50
_LONGEST_HEAD = 64 * 1024
"""Bytes of headers in one block."""
_LONGEST_REASON = 200
_CONTAINERS = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_ID = re.compile(r"<[^\s<>]{1,200}@[^\s<>]{1,200}>")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_TOO_BIG = N_("It is too big or has too many parts for a notification that a mail came back.")
_DAMAGED = N_("It cannot be read as a mail.")


def read_bounce(data: bytes) -> Bounce | None:
    """Return what a notification says of the message that came back; None for any other mail.

    A delay, or word of a delivery, is no bounce. Raises WrongInput for what is too big, too deep or
    no mail at all.
    """
    if len(data) > MOST_BYTES or len(_CONTAINERS.findall(data)) > MOST_PARTS or _long_head(data):
        raise WrongInput(_TOO_BIG)
    try:
        return _read(BytesParser(policy=compat32).parsebytes(data))
    except (MessageError, ValueError, LookupError, AttributeError, RecursionError, TypeError) as error:
        raise WrongInput(_DAMAGED) from error


def _long_head(data: bytes) -> bool:
    """Tell whether a stretch without an empty line, as headers are, begins the file and is too long."""
    head = re.split(rb"\r?\n\r?\n", data[: _LONGEST_HEAD + 4], maxsplit=1)[0]
    return len(head) > _LONGEST_HEAD


def _read(mail: Message) -> Bounce | None:
    if mail.get_content_type() != "multipart/report":
        return None
    failed: Message | None = None
    message_id = ""
    for part in _parts(mail):
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            failed = failed or _failure(part)
        elif kind in ("message/rfc822", "message/global", "text/rfc822-headers", "message/rfc822-headers"):
            message_id = message_id or _original_id(part)
    if failed is None or not message_id:
        return None
    told = " ".join((_text(failed, "Status"), _text(failed, "Diagnostic-Code")))
    status = _STATUS.search(told)
    recipient = _text(failed, "Final-Recipient") or _text(failed, "Original-Recipient")
    return Bounce(
        message_id=message_id,
        recipient=recipient.rpartition(";")[2].strip()[:160],
        status=status[1] if status else "",
        reason=_text(failed, "Diagnostic-Code").partition(";")[2].strip()[:_LONGEST_REASON],
    )


def _parts(mail: Message) -> Iterator[Message]:
    """Yield the parts of the report itself, not those inside of what came back."""
    payload = mail.get_payload()
    for part in payload if isinstance(payload, list) else ():
        if isinstance(part, Message):
            yield part


def _failure(part: Message) -> Message | None:
    """Return the first block of fields about a recipient to whom delivery failed for good."""
    return next((block for block in _parts(part) if _text(block, "Action").lower() == "failed"), None)


def _original_id(part: Message) -> str:
    """Return the Message-ID of what came back: a whole message, or its headers as text."""
    for inner in _parts(part):
        if found := _ID.search(_text(inner, "Message-ID")):
            return found[0]
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    headers = BytesParser(policy=compat32).parsebytes(payload[:_LONGEST_HEAD], headersonly=True)
    found = _ID.search(_text(headers, "Message-ID"))
    return found[0] if found else ""


def _text(message: Message, name: str) -> str:
    """Return a header as one clean line; empty when there is none."""
    value = str(message.get(name, ""))[:_LONGEST_HEAD]
    return clean_line(value, len(value))
