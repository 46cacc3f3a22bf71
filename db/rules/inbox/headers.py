"""Headers of a message, taken from their raw form: nothing in them is believed to be well made."""

from __future__ import annotations

import quopri
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from email.message import Message
from email.utils import parsedate_tz
from urllib.parse import unquote_to_bytes

from db.rules.inbox.charsets import cleaned_line, decode_text
from db.rules.inbox.limits import LONGEST_FIELD, LONGEST_ID, LONGEST_NAME, MOST_REFERENCES
from db.rules.inbox.transfer import from_base64

_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?]{0,9000}+)(?:\?=|\Z)")
"""An encoded word (RFC 2047); the last one of a header that was cut lacks its end."""
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_ADDRESS = re.compile(r"[^\s<>()\[\],;:\"@]{1,200}@[^\s<>()\[\],;:\"@]{1,200}")
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"')
_COMMENT = re.compile(r"\([^()]*+\)")
_ID = re.compile(rf"<[^<>\s]{{1,{LONGEST_ID}}}>")
_PARAMETER = re.compile(r';\s*+([\w-]{1,30})((?:\*\d{0,3})?\*?)\s*+=\s*+("(?:[^"\\]|\\.)*+"|[^\s;]*+)')
_TYPE = re.compile(r"\s*([\w.+-]{1,60}/[\w.+-]{1,100})")
_LONGEST_DATE = 200


@dataclass(frozen=True, slots=True)
class Fields:
    """The headers of one part, by their names in small letters; raw bytes stand as surrogates."""

    values: Mapping[str, tuple[str, ...]]

    def first(self, name: str) -> str:
        """Return the first header of that name; empty when there is none."""
        return self.values.get(name, ("",))[0]

    def all(self, name: str) -> tuple[str, ...]:
        """Return every header of that name."""
        return self.values.get(name, ())


def fields_of(part: Message) -> Fields:
    """Return the headers of a part as they were sent, each cut at what is looked at."""
    values: dict[str, tuple[str, ...]] = {}
    for name, value in part.raw_items():
        key = name.lower()
        if len(values.get(key, ())) < MOST_REFERENCES:
            values[key] = (*values.get(key, ()), str(value)[:LONGEST_FIELD])
    return Fields(values)


def header_text(raw: str, limit: int) -> str:
    """Return what a header says, as one clean line: encoded words (RFC 2047) and bare bytes decoded.

    Words that are broken stay as they are; letters split between two words are put together.
    """
    text = _bare(_FOLD.sub("", raw))
    pieces: list[str] = []
    waiting, charset, end = b"", "", 0
    for word in _WORD.finditer(text):
        between = text[end : word.start()]
        if between.strip() or word[1].lower() != charset or not end:
            pieces.append(decode_text(waiting, charset)[0])
            pieces.append("" if end and not between.strip() else between)
            waiting, charset = b"", word[1].lower()
        waiting += _word_bytes(word[2], word[3])
        end = word.end()
    pieces += [decode_text(waiting, charset)[0], text[end:]]
    return cleaned_line("".join(pieces), limit)


def _bare(raw: str) -> str:
    """Return a header whose bytes beyond ASCII, which should have been encoded, are letters."""
    if raw.isascii():
        return raw
    if not all(char < "\x80" or "\udc80" <= char <= "\udcff" for char in raw):
        return raw  # letters already, from a parameter
    return decode_text(raw.encode("ascii", "surrogateescape"))[0]


def _word_bytes(kind: str, text: str) -> bytes:
    if kind in "bB":
        return from_base64(text.encode("ascii", "replace"))[0]
    return quopri.decodestring(text.replace(" ", "_").encode("utf-8", "replace"), header=True)


def address_of(raws: tuple[str, ...]) -> tuple[str, str]:
    """Return the one address, in lower case, that headers hold, and the name beside it.

    The address is empty where there is none, or two that differ: then it cannot be told who wrote.
    It is looked for before anything is decoded, so that a name cannot bring one of its own.
    """
    found = {address for raw in raws for address in _addresses(_FOLD.sub("", raw))}
    name = header_text(_name(_FOLD.sub("", raws[0])), LONGEST_NAME) if raws else ""
    address = found.pop() if len(found) == 1 else ""
    return cleaned_line(_bare(address), 254).lower(), name


def _addresses(raw: str) -> set[str]:
    bare = _COMMENT.sub(" ", _QUOTED.sub(" ", raw))
    within = re.findall(r"<([^<>]*+)>", bare)
    return {address.lower() for place in within or [bare] for address in _ADDRESS.findall(place)}


def _name(raw: str) -> str:
    """Return what stands before the address in its brackets, or as a comment behind it."""
    before, bracket, _ = raw.partition("<")
    if bracket:
        return re.sub(r"\\(.)", r"\1", before.strip().strip('"'))
    comment = _COMMENT.search(raw)
    return comment[0][1:-1] if comment else ""


def ids_of(raws: tuple[str, ...]) -> tuple[str, ...]:
    """Return the message ids, in their brackets, that headers hold: each once, the newest last."""
    found = (cleaned_line(_bare(one), LONGEST_ID + 2) for raw in raws for one in _ID.findall(raw))
    return tuple(dict.fromkeys(found))[-MOST_REFERENCES:]


def instant_of(raw: str) -> datetime | None:
    """Return what a Date header says, with its own offset; None when it cannot be read."""
    try:
        parsed = parsedate_tz(raw[:_LONGEST_DATE])
        if parsed is None:
            return None
        offset = timedelta(seconds=parsed[9] or 0)
        zone = timezone(offset) if offset else UTC
        return datetime(*parsed[:6], tzinfo=zone)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None


def media_type(fields: Fields) -> str:
    """Return the declared type of a part in small letters; empty when it declares none."""
    found = _TYPE.match(fields.first("content-type"))
    return found[1].lower() if found else ""


def parameters(raw: str) -> dict[str, str]:
    """Return the parameters of a Content-Type or Content-Disposition, long ones (RFC 2231) joined."""
    plain: dict[str, str] = {}
    long: dict[str, bytes] = {}
    charsets: dict[str, str] = {}
    for name, star, value in _PARAMETER.findall(_FOLD.sub("", raw)):
        key = name.lower()
        bare = re.sub(r"\\(.)", r"\1", value[1:-1]) if value.startswith('"') else value
        if not star:
            plain.setdefault(key, bare)
            continue
        if star.endswith("*"):
            if key not in long and bare.count("'") >= 2:
                charsets[key], _, bare = bare.split("'", 2)
            long[key] = long.get(key, b"") + unquote_to_bytes(bare.encode("utf-8", "replace"))
        else:
            long[key] = long.get(key, b"") + bare.encode("utf-8", "replace")
    return {**plain, **{key: decode_text(data, charsets.get(key, ""))[0] for key, data in long.items()}}
