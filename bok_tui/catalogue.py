"""Compiles a gettext source catalogue in memory: a checkout speaks Polish without a build step.

Standard library only, and quick: it runs at every start of a checkout, `bok --help` included.
Knows what our own catalogue holds: messages, plural forms, comments.
"""

from __future__ import annotations

import ast
import gettext
import io
import struct
from collections.abc import Iterator
from pathlib import Path

MAGIC = 0x950412DE
HEADER = 28


def compile_catalogue(source: Path) -> gettext.GNUTranslations:
    """Return the translations of a `.po` file; untranslated texts stay English."""
    pairs = sorted(
        (identity.encode(), text.encode())
        for identity, text in _messages(source.read_text(encoding="utf-8"))
        if text.strip("\0")
    )
    return gettext.GNUTranslations(io.BytesIO(_binary(pairs)))


def _messages(text: str) -> Iterator[tuple[str, str]]:
    """Yield each message and its translation, plural forms joined by NUL as the binary form wants them."""
    parts: dict[str, str] = {}
    keyword = ""
    for line in [*text.splitlines(), ""]:
        if line.startswith('"'):
            parts[keyword] += _unquoted(line)
        elif line.startswith("msg"):
            keyword, _blank, rest = line.partition(" ")
            parts[keyword] = _unquoted(rest)
        elif not line and parts:
            identity = "\0".join(parts[key] for key in ("msgid", "msgid_plural") if key in parts)
            yield identity, "\0".join(parts[key] for key in parts if key.startswith("msgstr"))
            parts = {}


def _unquoted(literal: str) -> str:
    """Return what stands between the quotes; a catalogue quotes like Python does."""
    return literal[1:-1] if "\\" not in literal else str(ast.literal_eval(literal))


def _binary(pairs: list[tuple[bytes, bytes]]) -> bytes:
    """Lay the sorted messages out as a `.mo` file."""
    count = len(pairs)
    place = HEADER + 16 * count
    tables: list[bytes] = []
    texts: list[bytes] = []
    for column in (0, 1):
        for pair in pairs:
            tables.append(struct.pack("<II", len(pair[column]), place))
            texts.append(pair[column] + b"\0")
            place += len(texts[-1])
    header = struct.pack("<7I", MAGIC, 0, count, HEADER, HEADER + 8 * count, 0, 0)
    return header + b"".join(tables) + b"".join(texts)
