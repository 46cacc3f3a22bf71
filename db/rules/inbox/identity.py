"""Which messages are one and the same: how they are told apart, and which belong to one thread."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

_OWN = (b"message-id", b"from", b"date", b"subject", b"content-type", b"content-transfer-encoding")
"""Headers that the writer's program sets; those that servers add on the way differ from copy to copy."""
_MOST_HEADER = 1 << 20


def content_hash(raw: bytes) -> str:
    """Return the SHA-256 of a message as its writer sent it: its own headers and its body.

    The same message has the same one whichever mailbox it was taken from. One without a Message-ID
    is told by all of its bytes. Line ends make no difference.
    """
    text = raw.replace(b"\r\n", b"\n").replace(b"\r", b"\n").strip(b"\n")
    head, _, body = text.partition(b"\n\n")
    own = sorted(_own_headers(head)) if len(head) <= _MOST_HEADER else []
    if not any(name == b"message-id" and value for name, value in own):
        return hashlib.sha256(text).hexdigest()
    digest = hashlib.sha256()
    for name, value in own:
        digest.update(b"%s:%s\n" % (name, value))
    digest.update(b"\n")
    digest.update(body)
    return digest.hexdigest()


def _own_headers(head: bytes) -> Iterator[tuple[bytes, bytes]]:
    unfolded = re.sub(rb"\n[ \t]+", b" ", head)
    for line in unfolded.split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon and (known := name.strip().lower()) in _OWN:
            yield known, b" ".join(value.split())


def thread_key(message_id: str, in_reply_to: str, references: Sequence[str], content: str) -> str:
    """Return what the messages of one thread have in common: a hash of the Message-ID it began with."""
    root = next(iter(references), "") or in_reply_to or message_id or content
    return hashlib.sha256(root.encode("utf-8", "replace")).hexdigest()
