"""One e-mail as the bytes that the server is given: plain text, the same as HTML, and the paper.

Nothing that people typed can become a header: values are single lines before they get to the
standard library, and what comes out is looked through once more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from typing import Any

from db.clock import office_zone
from db.errors import WrongInput
from db.rules.identifiers import parse_email
from db.rules.text import clean, clean_line, safe_file_name
from db.words import N_
from reports.mailing.html import html_of

_ID = re.compile(r"<[!-;=?A-Z\[-~]{1,200}@[!-;=?A-Z\[-~]{1,200}>")
"""A Message-ID: printable ASCII without blanks, `<`, `>` or a second `@`."""
_ID_HEADERS = ("message-id", "in-reply-to", "references")
_LONGEST_LINE = 998
_NO_WORDS = N_("The message has neither a text nor a paper to send.")


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


class _Policy(EmailPolicy):
    """SMTP's own, but for identifiers: the library would wrap long ones into encoded words."""

    def fold_binary(self, name: str, value: str) -> bytes:
        """Return a header with its end of line."""
        if name.lower() in _ID_HEADERS:
            return f"{name}: {value}\r\n".encode("ascii")
        return super().fold_binary(name, value)


_POLICY = _Policy(linesep="\r\n", cte_type="7bit", raise_on_defect=False)
"""7bit: a server that knows no 8BITMIME takes it as well."""


def mail_bytes(letter: Letter) -> bytes:
    """Return the message with CRLF line ends, the same bytes for the same letter but for boundaries.

    Raises WrongInput for an address that is none, and for a message that says nothing.
    """
    subject, body = clean_line(letter.subject, len(letter.subject)), clean(letter.body, len(letter.body))
    if not subject or not body:
        raise WrongInput(_NO_WORDS)
    mail = EmailMessage(policy=_POLICY)
    for name, value in _headers(letter, subject):
        mail[name] = value
    mail.set_content(body + "\n", charset="utf-8")
    mail.add_alternative(html_of(subject, body), subtype="html", charset="utf-8")
    if letter.attachment is not None:
        name = safe_file_name(letter.attachment.name, ".pdf")
        mail.add_attachment(letter.attachment.pdf, maintype="application", subtype="pdf", filename=name)
    data = mail.as_bytes()
    _require_own_headers(data, mail.keys())
    return data


def is_message_id(text: str) -> bool:
    """Tell whether `text` is one Message-ID with its angle brackets, fit to stand in a header."""
    return bool(_ID.fullmatch(text))


def _headers(letter: Letter, subject: str) -> list[tuple[str, Any]]:
    sender = parse_email(letter.sender)
    headers: list[tuple[str, Any]] = [
        ("From", _address(letter.sender_name, sender)),
        ("To", _address("", parse_email(letter.to))),
        ("Subject", subject),
        ("Date", letter.written_at.astimezone(office_zone())),
        ("Message-ID", _identifier(letter.message_id)),
    ]
    if letter.reply_to and parse_email(letter.reply_to) != sender:
        headers.append(("Reply-To", _address(letter.sender_name, parse_email(letter.reply_to))))
    if letter.in_reply_to and is_message_id(
        letter.in_reply_to
    ):  # what somebody's program made up is left out
        headers += [("In-Reply-To", letter.in_reply_to), ("References", letter.in_reply_to)]
    if letter.automatic:
        headers.append(("Auto-Submitted", "auto-generated"))
    return headers


def _address(name: str, address: str) -> Address:
    user, _, domain = address.rpartition("@")
    return Address(clean_line(name, len(name)), user, domain)


def _identifier(text: str) -> str:
    if not is_message_id(text):
        raise ValueError("our own Message-IDs have the form of one")
    return text


def _require_own_headers(data: bytes, names: list[str]) -> None:
    """Raise ValueError unless the bytes begin with just these headers: the last look, whatever came before.

    Python 3.11.9 and older do not check what they write.
    """
    head = data.partition(b"\r\n\r\n")[0]
    lines = head.split(b"\r\n")
    found = [line.partition(b":")[0].decode("ascii", "replace") for line in lines if line[:1] not in b" \t"]
    sound = all(len(line) <= _LONGEST_LINE and not re.search(rb"[\r\n\0]", line) for line in lines)
    if not sound or sorted(found) != sorted(names):
        raise ValueError("a header was written that nobody set")
