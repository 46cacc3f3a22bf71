"""The parts of a message: which of them are words, which are files, which are older mail."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from email.message import Message

from db.records.incoming import AttachedFile
from db.rules.inbox.charsets import cleaned, decode_text
from db.rules.inbox.flowed import unflowed
from db.rules.inbox.headers import Fields, fields_of, header_text, media_type, parameters
from db.rules.inbox.html_text import html_to_text
from db.rules.inbox.limits import (
    LONGEST_NAME,
    LONGEST_TYPE,
    MOST_DEPTH,
    MOST_FILES,
    MOST_PART_BYTES,
)
from db.rules.inbox.quoting import split_quoted
from db.rules.inbox.transfer import decode_transfer, decoded_size
from db.words import N_

CUT_SHORT = N_("It is very long: not all of it was read.")
TOO_DEEP = N_("Parts lie too deep inside of one another: the innermost were not read.")
DAMAGED_PART = N_("A part is damaged: what could be decoded of it is shown.")
STRANGE_LETTERS = N_("Some letters could not be read: the message names a wrong charset, or is damaged.")
NO_BOUNDARY = N_("Its parts cannot be told apart: all is shown as one text.")
SEALED = N_("It is encrypted or sealed: the words in it cannot be read.")
PACKED = N_("It is packed for Outlook alone: the words in it cannot be read.")

_WORDS = ("text/plain", "text/html", "text/enriched", "text/x-amp-html", "")
_SEALED = frozenset(
    {
        "application/pgp-encrypted",
        "application/pkcs7-mime",
        "application/x-pkcs7-mime",
        "multipart/encrypted",
    }
)
_PACKED = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_NOTHING = re.compile(r"\[(?:image|cid|obraz)\b[^\]]{0,200}\]|https?://\S+|<[^<>]{0,200}>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[a-zA-Z!/]")
_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|div|p|table|meta)\b[^<]*>", re.IGNORECASE)
_ENRICHED = re.compile(r"<(/?)[a-zA-Z-]{1,60}>")


@dataclass(slots=True)
class Bag:
    """What the parts of a message hold."""

    own: list[str] = field(default_factory=list)
    quoted: list[str] = field(default_factory=list)
    files: list[AttachedFile] = field(default_factory=list)
    troubles: dict[str, None] = field(default_factory=dict)
    """In order, each once."""
    forwarded: bool = False

    def add(self, other: Bag) -> None:
        """Take in what another part holds."""
        self.own += other.own
        self.quoted += other.quoted
        self.files += other.files[: MOST_FILES - len(self.files)]
        self.troubles.update(other.troubles)
        self.forwarded = self.forwarded or other.forwarded


def unpacked(part: Message, depth: int = 0) -> Bag:
    """Return what a part and the parts in it hold."""
    fields = fields_of(part)
    kind = part.get_content_type() if part.is_multipart() else media_type(fields)
    bag = Bag()
    if kind in _SEALED:
        bag.troubles[SEALED] = None
    if kind in _PACKED:
        bag.troubles[PACKED] = None
    if not part.is_multipart():
        bag.add(_leaf(part, fields, kind, first=depth == 0))
    elif depth >= MOST_DEPTH:
        bag.troubles[TOO_DEEP] = None
    elif kind == "multipart/alternative":
        kinds = [child.get_content_type() for child in parts_in(part)]
        bags = [unpacked(child, depth + 1) for child in parts_in(part)]
        bag.add(_likeliest(list(zip(kinds, bags, strict=True))))
    elif part.get_content_maintype() == "message":
        bag.add(_passed_on(parts_in(part), kind, depth))
    else:
        for child in parts_in(part):
            bag.add(unpacked(child, depth + 1))
    return bag


def parts_in(part: Message) -> list[Message]:
    """Return the parts of a part; of one without any, the library would decode the words."""
    payload = part.get_payload() if part.is_multipart() else ()
    return [child for child in payload if isinstance(child, Message)]


def _likeliest(choices: list[tuple[str, Bag]]) -> Bag:
    """Return one of the forms of a message: the plain one unless it says nothing."""
    plain = [bag for kind, bag in choices if kind == "text/plain"]
    others = [bag for kind, bag in choices if kind != "text/plain"]
    richest = max(others, key=lambda bag: len(_said(bag)), default=Bag())
    chosen = next((bag for bag in plain if _said(bag) and not _points_to_html(bag, richest)), richest)
    if not _said(chosen):
        chosen = max((bag for _, bag in choices), key=lambda bag: len(_said(bag)), default=Bag())
    whole = Bag(own=chosen.own, quoted=chosen.quoted, forwarded=chosen.forwarded)
    for _, bag in choices:
        whole.files += bag.files[: MOST_FILES - len(whole.files)]
        if bag is chosen or bag.files:
            whole.troubles.update(bag.troubles)
    return whole


def _said(bag: Bag) -> str:
    words = _NOTHING.sub("", "\n".join((*bag.own, *bag.quoted)))
    return words if any(map(str.isalnum, words)) else ""


def _points_to_html(plain: Bag, rich: Bag) -> bool:
    """Tell whether the plain form only says that the message is HTML."""
    said = _said(plain)
    return len(said) < 300 and "html" in said.casefold() and len(_said(rich)) > 0


def _passed_on(children: list[Message], kind: str, depth: int) -> Bag:
    """Return a message that came within this one, as older mail and as a file."""
    bag = Bag(forwarded=kind == "message/rfc822")
    for child in children:
        inner = unpacked(child, depth + 1)
        fields = fields_of(child)
        subject = header_text(fields.first("subject"), LONGEST_NAME)
        if kind == "message/rfc822":
            head = [
                f"{label} {header_text(fields.first(name), LONGEST_NAME)}"
                for label, name in (("From:", "from"), ("Date:", "date"), ("Subject:", "subject"))
                if fields.first(name)
            ]
            bag.quoted += ["\n".join(head), *inner.own, *inner.quoted]
        if kind == "message/rfc822" or not bag.files:
            bag.files.append(AttachedFile(name=subject, media_type=kind, size=_size(child, depth)))
        bag.files += inner.files[: MOST_FILES - len(bag.files)]
        bag.troubles.update(inner.troubles)
    return bag


def _size(part: Message, depth: int) -> int:
    """Return how many bytes a message inside of another has, its headers left out."""
    if not part.is_multipart():
        return len(_raw_body(part))
    return sum(_size(child, depth + 1) for child in parts_in(part)) if depth < MOST_DEPTH else 0


def _leaf(part: Message, fields: Fields, kind: str, *, first: bool) -> Bag:
    """Return a part without parts in it: words, or a file."""
    typed = fields.first("content-type")
    placed = fields.first("content-disposition")
    short = {**parameters(placed[:LONGEST_TYPE]), **_typed(typed)}
    encoding = fields.first("content-transfer-encoding").strip().strip('"').lower()[:40]
    raw = _raw_body(part)
    name = header_text(short.get("filename") or short.get("name", ""), LONGEST_NAME)
    attached = placed.strip().lower().startswith("attachment") or (bool(name) and kind not in _WORDS)
    broken_multipart = kind.startswith("multipart/")
    if (kind in _WORDS and (first or not attached)) or broken_multipart:
        bag = _words(raw, encoding, kind, short)
        if broken_multipart:
            bag.troubles[NO_BOUNDARY] = None
        return bag
    media = kind or "application/octet-stream"
    return Bag(files=[AttachedFile(name=name, media_type=media, size=decoded_size(raw, encoding))])


def _typed(raw: str) -> dict[str, str]:
    return parameters(raw[:LONGEST_TYPE])


def _raw_body(part: Message) -> bytes:
    """Return the bytes of a part as they were sent: the library decodes nothing without these headers."""
    del part["content-type"]
    del part["content-transfer-encoding"]
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _words(raw: bytes, encoding: str, kind: str, typed: dict[str, str]) -> Bag:
    """Return a part that is words, the writer's own apart from older ones."""
    bag = Bag()
    data, whole = decode_transfer(raw[: MOST_PART_BYTES * 2], encoding)
    if len(data) > MOST_PART_BYTES or len(raw) > MOST_PART_BYTES * 2:
        bag.troubles[CUT_SHORT] = None
        data = data[:MOST_PART_BYTES]
    if not whole:
        bag.troubles[DAMAGED_PART] = None
    text, readable = decode_text(data, typed.get("charset", ""))
    if not readable:
        bag.troubles[STRANGE_LETTERS] = None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _is_html(kind, text):
        text = html_to_text(text)
    elif kind == "text/enriched":
        text = _ENRICHED.sub("", text)
    elif typed.get("format", "").lower() == "flowed":
        text = unflowed(text, joined=typed.get("delsp", "").lower() == "yes")
    split = split_quoted(cleaned(text, MOST_PART_BYTES))
    bag.own, bag.quoted, bag.forwarded = [split.own], [split.quoted], split.forwarded
    return bag


def _is_html(kind: str, text: str) -> bool:
    """Tell whether words are HTML, which some programs call plain; or are plain, though called HTML."""
    if kind in ("text/html", "text/x-amp-html"):
        return bool(_ANY_TAG.search(text) or "&" in text)
    return bool(_PAGE.match(text) and "</" in text)
