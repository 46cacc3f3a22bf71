"""One e-mail as the bytes that the server is given: plain text, the same as HTML, and the paper.

Nothing that people typed can become a header: their words are single lines, go out as encoded words
unless they are letters and digits alone, and what comes out is looked through once more. The
library's own way of breaking headers into lines is not used for them: in Python 3.11.7 it turns a
long name into a header of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from db.clock import office_zone
from db.errors import WrongInput
from db.rules.identifiers import parse_email
from db.rules.text import clean, clean_line, safe_file_name
from db.words import N_
from reports.mailing.html import html_of

_ID = re.compile(r"<[!-;=?A-Z\[-~]{1,200}@[!-;=?A-Z\[-~]{1,200}>")
"""A Message-ID: printable ASCII without blanks, `<`, `>` or a second `@`."""
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .,/()-]{0,59}")
"""A subject or a name that needs no encoding."""
_LONGEST_LINE = 998
_NO_WORDS = N_("The message has neither a text nor a paper to send.")
_POLICY = SMTP.clone(cte_type="7bit")
"""7bit: a server that knows no 8BITMIME takes it as well."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A paper that goes with a message."""

    name: str
    """Of the document; becomes a safe file name."""
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """What a message says and to whom; all of it is untrusted text."""

    sender: str
    sender_name: str
    reply_to: str
    """Where answers go; empty, or the sender's own, needs no header."""
    to: str
    subject: str
    body: str
    message_id: str
    written_at: datetime
    in_reply_to: str | None = None
    automatic: bool = True
    """A program sends it: other programs are not to answer (RFC 3834)."""
    attachment: Attachment | None = None


def mail_bytes(letter: Letter) -> bytes:
    """Return the message with CRLF line ends, the same bytes for the same letter but for boundaries.

    Raises WrongInput for an address that is none, and for a message that says nothing.
    """
    subject, body = clean_line(letter.subject, len(letter.subject)), clean(letter.body, len(letter.body))
    if not subject or not body:
        raise WrongInput(_NO_WORDS)
    mail = EmailMessage(policy=_POLICY)
    mail.set_content(body + "\n", charset="utf-8")
    mail.add_alternative(html_of(subject, body), subtype="html", charset="utf-8")
    if letter.attachment is not None:
        name = safe_file_name(letter.attachment.name, ".pdf")
        mail.add_attachment(letter.attachment.pdf, maintype="application", subtype="pdf", filename=name)
    headers = _headers(letter, subject)
    head = "".join(f"{name}: {value}\r\n" for name, value in headers)
    data = head.encode("ascii") + mail.as_bytes()
    _require_own_headers(data, [*(name for name, _ in headers), *mail.keys()])
    return data


def is_message_id(text: str) -> bool:
    """Tell whether `text` is one Message-ID with its angle brackets, fit to stand in a header."""
    return bool(_ID.fullmatch(text))


def _headers(letter: Letter, subject: str) -> list[tuple[str, str]]:
    sender = parse_email(letter.sender)
    headers = [
        ("From", _address("From", letter.sender_name, sender)),
        ("To", parse_email(letter.to)),
        ("Subject", _words("Subject", subject)),
        ("Date", format_datetime(letter.written_at.astimezone(office_zone()))),
        ("Message-ID", _identifier(letter.message_id)),
    ]
    if letter.reply_to and (answers := parse_email(letter.reply_to)) != sender:
        headers.append(("Reply-To", _address("Reply-To", letter.sender_name, answers)))
    if letter.in_reply_to and is_message_id(
        letter.in_reply_to
    ):  # what somebody's program made up is left out
        headers += [("In-Reply-To", letter.in_reply_to), ("References", letter.in_reply_to)]
    if letter.automatic:
        headers.append(("Auto-Submitted", "auto-generated"))
    return headers


def _address(header: str, name: str, address: str) -> str:
    shown = clean_line(name, len(name))
    if not shown:
        return address
    if _PLAIN.fullmatch(shown):
        return f'"{shown}" <{address}>'
    return f"{_words(header, shown)}\r\n <{address}>"


def _words(header: str, text: str) -> str:
    """Return one clean line as a header has it: as it is, or as encoded words (RFC 2047) in lines."""
    if _PLAIN.fullmatch(text):
        return text
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _identifier(text: str) -> str:
    if not is_message_id(text):
        raise ValueError("our own Message-IDs have the form of one")
    return text


def _require_own_headers(data: bytes, names: Sequence[str]) -> None:
    """Raise ValueError unless the bytes begin with just these headers: the last look, come what may."""
    head = data.partition(b"\r\n\r\n")[0]
    lines = head.split(b"\r\n")
    found = [line.partition(b":")[0].decode("ascii", "replace") for line in lines if line[:1] not in b" \t"]
    sound = all(line.strip() and len(line) <= _LONGEST_LINE for line in lines)
    if not sound or found != list(names) or re.search(rb"[^\r]\n|\r[^\n]|\0", head):
        raise ValueError("a header was written that nobody set")
