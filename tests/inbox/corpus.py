"""The corpus of incoming mail: fictitious messages, written by hand, with what a careful clerk reads in them.

A message is `NAME.eml` (bytes as they came) or `NAME.txt`, which is made to true MIME bytes here:

    form: alternative windows-1250 base64
    files: IMG_2041.jpg
    From: Jan Żuk <jan.zuk@example.com>
    Date: 2026-11-22 18:05 +0100
    Subject: stan licznika

    the text as written

`form` is a `Form`, a charset and a transfer encoding; in an alternative one the HTML may stand
below a line `--- html ---`, otherwise it is made of the text. Beside each stands `NAME.json`: the
object that `bok mail read` should print, without `file` and the readings' `words`, and with
`traits` (what the message shows) and, where the message is subtle, `why`.

A message is sufficient where it says for certain what the dial shows, and holds something that
leads to the meter: a number of the client, meter or notice, or an address. Who sent it is no part
of the text. Client and meter numbers of a letter below count; its states only where the writer
adopts them.
"""

from __future__ import annotations

import base64
import json
import quopri
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.header import Header
from email.utils import format_datetime, formataddr, parseaddr
from enum import StrEnum
from html import escape
from pathlib import Path
from typing import Any

from db.records.clients import MeterRole
from db.records.incoming import MailIntent, StatedReading, Understood

CORPUS = Path(__file__).parent / "corpus"
OFFICE = "Biuro Obsługi Klienta <bok@wodociagi.example.com>"

_STATE = re.compile(r"(?:0|[1-9]\d{0,8})(?:\.\d+)?")
_METER = re.compile(r"[0-9A-Za-z]{4,20}")
_CLIENT = re.compile(r"\d{6}|\d{4}")
_PHONE = re.compile(r"[1-9]\d{8}")
_TRAIT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_HTML_BELOW = "\n--- html ---\n"
_FIELDS = frozenset(
    {"intent", "client_number", "invoice_number", "phone", "readings", "taken_on", "sufficient"}
)
_NOTES = frozenset({"traits", "why"})
_PICTURE = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
_MEDIA_TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".pdf": "application/pdf", ".png": "image/png"}


class MalformedCorpus(Exception):
    """A file of the corpus is not as it should be; the message names it."""


class Form(StrEnum):
    """How the text of a message is carried."""

    PLAIN = "plain"
    FLOWED = "flowed"
    """RFC 3676: long lines are broken, each with a blank before the break."""
    HTML = "html"
    ALTERNATIVE = "alternative"


@dataclass(frozen=True, slots=True)
class ExpectedReading:
    """A state that should be understood."""

    meter: str | None
    role: MeterRole | None
    state: str


@dataclass(frozen=True, slots=True)
class Expected:
    """What should be understood of a message."""

    intent: MailIntent
    client_number: str | None
    invoice_number: str | None
    phone: str | None
    readings: tuple[ExpectedReading, ...]
    taken_on: date | None
    sufficient: bool

    @property
    def proposals(self) -> frozenset[tuple[str | None, str | None, str]]:
        """(client, meter, state) of each state that a careful person would book."""
        if not self.sufficient:
            return frozenset()
        return frozenset((self.client_number, reading.meter, reading.state) for reading in self.readings)


@dataclass(frozen=True, slots=True)
class CorpusMessage:
    """A message with what should be understood of it."""

    name: str
    raw: bytes
    expected: Expected
    traits: frozenset[str]
    why: str


def messages(folder: Path = CORPUS) -> Iterator[CorpusMessage]:
    """Yield the messages of `folder` by name. Raises MalformedCorpus."""
    sources = sorted([*folder.glob("*.txt"), *folder.glob("*.eml")])
    names = {source.stem for source in sources}
    if len(names) < len(sources) or names != {notes.stem for notes in folder.glob("*.json")}:
        raise MalformedCorpus(f"{folder}: every message needs a name and a .json of its own")
    for source in sources:
        expected, traits, why = read_expectation(source.with_suffix(".json"))
        raw = source.read_bytes()
        if source.suffix == ".txt":
            raw = mime_bytes(source.stem, raw.decode())
        yield CorpusMessage(source.stem, raw, expected, traits, why)


def proposals_of(understood: Understood) -> frozenset[tuple[str | None, str | None, str]]:
    """(client, meter, state) of each state that would be proposed to an agent."""
    if not understood.sufficient:
        return frozenset()
    return frozenset(
        (understood.client_number, reading.meter, reading.state) for reading in understood.readings
    )


def plain_readings(readings: tuple[StatedReading, ...]) -> tuple[ExpectedReading, ...]:
    """Return understood readings without the words that they were taken from."""
    return tuple(ExpectedReading(reading.meter, reading.role, reading.state) for reading in readings)


def read_expectation(path: Path) -> tuple[Expected, frozenset[str], str]:
    """Return the expectation, traits and `why` of a .json file. Raises MalformedCorpus."""
    given = json.loads(path.read_text(encoding="utf-8"))
    try:
        return _checked(given)
    except (ValueError, TypeError, KeyError) as wrong:
        raise MalformedCorpus(f"{path.name}: {wrong}") from wrong


def _checked(given: Mapping[str, Any]) -> tuple[Expected, frozenset[str], str]:
    if set(given) - _NOTES != _FIELDS:
        raise ValueError(f"fields {sorted(set(given) ^ _FIELDS)}")
    traits, why = given["traits"], given.get("why", "")
    if not traits or not all(_TRAIT.fullmatch(trait) for trait in traits) or not isinstance(why, str):
        raise ValueError("traits are words with hyphens, why is a sentence")
    if not isinstance(given["sufficient"], bool):
        raise TypeError("sufficient is true or false")
    readings = tuple(_reading(reading) for reading in given["readings"])
    if given["sufficient"] and not readings:
        raise ValueError("sufficient without a reading")
    expected = Expected(
        intent=MailIntent(given["intent"]),
        client_number=_matching(_CLIENT, given["client_number"]),
        invoice_number=given["invoice_number"],
        phone=_matching(_PHONE, given["phone"]),
        readings=readings,
        taken_on=None if given["taken_on"] is None else date.fromisoformat(given["taken_on"]),
        sufficient=given["sufficient"],
    )
    return expected, frozenset(traits), why


def _reading(given: Mapping[str, Any]) -> ExpectedReading:
    if set(given) != {"meter", "role", "state"} or not _STATE.fullmatch(given["state"]):
        raise ValueError(f"reading {given}")
    role = None if given["role"] is None else MeterRole(given["role"])
    return ExpectedReading(_matching(_METER, given["meter"]), role, given["state"])


def _matching(pattern: re.Pattern[str], value: str | None) -> str | None:
    if value is not None and not pattern.fullmatch(value):
        raise ValueError(f"{value!r} has not the form of its field")
    return value


def mime_bytes(name: str, source: str) -> bytes:
    """Return the message of a .txt file as it would come over the wire. Raises MalformedCorpus."""
    head, _, text = source.partition("\n\n")
    headers = {"To": OFFICE, "Message-ID": f"<{name}@mail.example.com>", "MIME-Version": "1.0"}
    for line in head.split("\n"):
        key, colon, value = line.partition(": ")
        if not colon and not line.endswith(":"):
            raise MalformedCorpus(f"{name}: {line!r} is no header")
        headers[key.rstrip(":")] = value
    form, charset, encoding = headers.pop("form", "plain utf-8 quoted-printable").split()
    files = headers.pop("files", "").split()
    body = _body(Form(form), text.rstrip("\n") + "\n", charset, encoding)
    if files:
        body = _multipart("mixed", [body, *(_file(file) for file in files)])
    written = "".join(f"{key}: {_header(key, value, charset)}\r\n" for key, value in headers.items())
    return written.encode("ascii") + body


def _header(key: str, value: str, charset: str) -> str:
    if key == "Date":
        return format_datetime(datetime.strptime(value, "%Y-%m-%d %H:%M %z"))
    if key in {"From", "To", "Reply-To", "Cc"}:
        return formataddr(parseaddr(value), charset)
    if value.isascii():
        return value
    return Header(value, charset, maxlinelen=75).encode(linesep="\r\n")


def _body(form: Form, text: str, charset: str, encoding: str) -> bytes:
    if form is Form.PLAIN:
        return _part(text, "text/plain", charset, encoding)
    if form is Form.FLOWED:
        return _part(_flowed(text), "text/plain", charset, encoding, "; format=flowed")
    plain, _, html = text.partition(_HTML_BELOW)
    if form is Form.HTML:
        html, plain = plain, ""
    html = html if html.lstrip().startswith("<") else _html(html or plain)
    made = _part(html, "text/html", charset, encoding)
    if form is Form.HTML:
        return made
    return _multipart("alternative", [_part(plain, "text/plain", charset, encoding), made])


def _part(text: str, media_type: str, charset: str, encoding: str, more: str = "") -> bytes:
    data = text.replace("\n", "\r\n").encode(charset)
    if encoding == "quoted-printable":
        data = quopri.encodestring(data.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    elif encoding == "base64":
        data = base64.encodebytes(data).replace(b"\n", b"\r\n")
    elif encoding not in {"7bit", "8bit"}:
        raise MalformedCorpus(f"{encoding} is no transfer encoding")
    head = (
        f'Content-Type: {media_type}; charset="{charset}"{more}\r\nContent-Transfer-Encoding: {encoding}\r\n'
    )
    return head.encode() + b"\r\n" + data


def _multipart(kind: str, parts: list[bytes]) -> bytes:
    boundary = f"=_{kind}_0001"
    head = f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'
    inner = b"".join(f"--{boundary}\r\n".encode() + part + b"\r\n" for part in parts)
    return head.encode() + inner + f"--{boundary}--\r\n".encode()


def _file(name: str) -> bytes:
    media_type = _MEDIA_TYPES[Path(name).suffix.lower()]
    head = (
        f'Content-Type: {media_type}; name="{name}"\r\nContent-Transfer-Encoding: base64\r\n'
        f'Content-Disposition: attachment; filename="{name}"\r\n\r\n'
    )
    return head.encode() + base64.encodebytes(_PICTURE).replace(b"\n", b"\r\n")


def _flowed(text: str) -> str:
    lines: list[str] = []
    for line in text.split("\n"):
        marks = re.match(r"(?:>+ ?)?", line)
        prefix = marks[0] if marks else ""
        row = ""
        for word in line[len(prefix) :].split(" "):
            if len(prefix) + len(row) + len(word) > 66 and row:
                lines.append(f"{prefix}{row} ")
                row = word
            else:
                row = f"{row} {word}" if row else word
        lines.append(f"{prefix}{row}".rstrip() if line != "-- " else line)
    return "\n".join(lines)


def _html(text: str) -> str:
    rows: list[str] = []
    depth = 0
    for line in text.rstrip("\n").split("\n"):
        marks = re.match(r"[> ]*", line) if line.startswith(">") else None
        deep = marks[0].count(">") if marks else 0
        rows.append("<blockquote>" * max(0, deep - depth) + "</blockquote>" * max(0, depth - deep))
        depth = deep
        rows.append(f"<div>{escape(line[marks.end() if marks else 0 :]) or '<br>'}</div>\n")
    return f'<html><body dir="ltr">\n{"".join(rows)}{"</blockquote>" * depth}</body></html>\n'
