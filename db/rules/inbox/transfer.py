"""Transfer encodings of a mail: quoted-printable and base64, also where they are broken."""

from __future__ import annotations

import base64
import quopri
import re
import string

_ALPHABET = (string.ascii_letters + string.digits + "+/").encode()
_NOT_ALPHABET = bytes(sorted(set(range(256)) - set(_ALPHABET)))
_ENCODED_LINE = re.compile(rb"[A-Za-z0-9+/]*=*[\t\r ]*\Z")


def decode_transfer(data: bytes, encoding: str) -> tuple[bytes, bool]:
    """Return the bytes that a part carries, and whether they are all there.

    A line that is not base64, as a virus scanner's note below it, ends the base64 and stays as it is.
    An unknown encoding changes nothing.
    """
    if encoding == "quoted-printable":
        return quopri.decodestring(data), True
    if encoding != "base64":
        return data, encoding in ("", "7bit", "8bit", "binary")
    lines = data.split(b"\n")
    end = next((at for at, line in enumerate(lines) if not _ENCODED_LINE.match(line)), len(lines))
    decoded, whole = from_base64(b"".join(lines[:end]))
    rest = b"\n".join(lines[end:])
    return (decoded + b"\n" + rest if decoded and rest else decoded or rest), whole and not rest.strip()


def from_base64(data: bytes) -> tuple[bytes, bool]:
    """Return what can be decoded of base64 with anything else among it, and whether it was sound."""
    pieces: list[bytes] = []
    whole = True
    for piece in re.split(rb"=+", data):
        letters = piece.translate(None, _NOT_ALPHABET)
        if len(letters) % 4 == 1:  # six bits are no byte
            letters, whole = letters[:-1], False
        pieces.append(base64.b64decode(letters + b"=" * (-len(letters) % 4)))
    return b"".join(pieces), whole


def decoded_size(data: bytes, encoding: str) -> int:
    """Return how many bytes a part has once decoded."""
    if encoding == "base64":
        return len(data.translate(None, _NOT_ALPHABET)) * 3 // 4
    return len(quopri.decodestring(data)) if encoding == "quoted-printable" else len(data)
