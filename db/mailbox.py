"""A folder of a mail server, read without changing anything there: IMAP, by `imap-tools`.

Messages are handed on as bytes; nothing here looks into one. Every wait has its limit.
"""

from __future__ import annotations

import imaplib
import re
import socket
import ssl
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

from db.errors import MailServerUnavailable, WrongInput
from db.mail_settings import Security
from db.mailbox_settings import Mailbox
from db.rules.text import clean_line
from db.words import N_

if TYPE_CHECKING:
    from imap_tools.mailbox import BaseMailBox

KEPT_BYTES = 32 * 2**20
"""Bytes of one message that are taken; of a longer one the beginning."""
PATIENCE = 10
"""A whole message may take so many times as long as an answer."""
_WORDS = 250
_UNREACHABLE = N_("The mail server cannot be reached. Check imap_host and imap_port.")
_BROKEN = N_("The line to the mail server broke, or no answer came in time.")
_UNTRUSTED = N_("The mail server cannot show that it is the one that is set: its certificate is not trusted.")
_NOT_PRIVATE = N_("The line to the mail server cannot be made private. Check imap_port and imap_security.")
_WRONG_SIGN_IN = N_("The mail server refuses the user name or the password of the mailbox.")
_NO_FOLDER = N_("The mail server has no folder %(folder)s that may be read. Check imap_folder.")
_REFUSED = N_("The mail server refuses to hand its mail over.")

_INTERNAL_DATE = re.compile(
    rb'INTERNALDATE "(?P<day>[ 0-3][0-9])-(?P<mon>[A-Z][a-z]{2})-(?P<year>[0-9]{4})'
    rb" (?P<hour>[0-9]{2}):(?P<min>[0-9]{2}):(?P<sec>[0-9]{2})"
    rb' (?P<zonen>[-+])(?P<zoneh>[0-9]{2})(?P<zonem>[0-9]{2})"'
)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class FetchedMail:
    """A message as the server has it."""

    uid: int
    raw: bytes
    received_at: datetime | None
    """When the server took it in."""
    cut: bool
    """It is longer than what is taken of one."""


class OpenMailbox:
    """An open folder, read-only."""

    def __init__(self, box: BaseMailBox, mailbox: Mailbox, uid_validity: int) -> None:
        self._box = box
        self._mailbox = mailbox
        self.uid_validity = uid_validity

    def uids_after(self, uid: int) -> list[int]:
        """Return the numbers of the messages that came after the one with this number, in order.

        Raises MailServerUnavailable.
        """
        with _told(self._mailbox), self._watched():
            found = self._box.client.uid("SEARCH", "UID", f"{uid + 1}:*")
        # a server answers with its last message also when that came before
        return sorted({number for number in _numbers(_ok(found)) if number > uid})

    def fetch(self, uid: int) -> FetchedMail | None:
        """Return a message without marking it as seen; None when it is there no more.

        Raises MailServerUnavailable, also when the line breaks in the middle of it.
        """
        asked = f"(UID INTERNALDATE RFC822.SIZE BODY.PEEK[]<0.{KEPT_BYTES}>)"
        with _told(self._mailbox), self._watched():
            answer = _ok(self._box.client.uid("FETCH", str(uid), asked))
        for part in answer:
            if isinstance(part, tuple) and len(part) == 2:
                head, raw = bytes(part[0]), bytes(part[1])
                more = b" ".join(bytes(rest) for rest in answer if isinstance(rest, bytes))
                told = head + b" " + more
                return FetchedMail(uid, raw, _received(told), _size(told) > len(raw))
        return None

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Cut the line when an answer does not come to its end in time."""
        sock = self._box.client.socket()

        def cut() -> None:
            with suppress(OSError):
                socket.socket.shutdown(sock, socket.SHUT_RDWR)

        watch = threading.Timer(PATIENCE * self._mailbox.timeout, cut)
        watch.daemon = True
        watch.start()
        try:
            yield
        finally:
            watch.cancel()


@contextmanager
def open_mailbox(mailbox: Mailbox) -> Iterator[OpenMailbox]:
    """Connect, sign in and open the folder for reading alone.

    Raises MailServerUnavailable, saying what to mend, WrongInput for a folder that is not there.
    """
    with _told(mailbox, _UNREACHABLE):
        box = _connected(mailbox)
    try:
        with _told(mailbox):
            _sign_in(box, mailbox)
            validity = _select(box, mailbox)
        yield OpenMailbox(box, mailbox, validity)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            box.client.logout()
        with suppress(OSError):
            box.client.shutdown()  # logging out of a broken line leaves the socket open


def _connected(mailbox: Mailbox) -> BaseMailBox:
    from imap_tools.mailbox import MailBox, MailBoxStartTls, MailBoxUnencrypted

    match mailbox.security:
        case Security.TLS:
            return MailBox(mailbox.host, mailbox.port, timeout=mailbox.timeout, ssl_context=_context(mailbox))
        case Security.STARTTLS:
            return MailBoxStartTls(
                mailbox.host, mailbox.port, timeout=mailbox.timeout, ssl_context=_context(mailbox)
            )
        case Security.NONE:
            return MailBoxUnencrypted(mailbox.host, mailbox.port, timeout=mailbox.timeout)


def _context(mailbox: Mailbox) -> ssl.SSLContext:
    """Return what checks the server's certificate and name."""
    context = ssl.create_default_context(cafile=mailbox.ca_file or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _sign_in(box: BaseMailBox, mailbox: Mailbox) -> None:
    from imap_tools.errors import MailboxLoginError

    try:
        if (mailbox.user + mailbox.password).isascii():
            box.login(mailbox.user, mailbox.password, initial_folder=None)
        else:
            box.login_utf8(mailbox.user, mailbox.password, initial_folder=None)
    except (MailboxLoginError, imaplib.IMAP4.error) as error:
        if isinstance(error, imaplib.IMAP4.abort):
            raise
        raise MailServerUnavailable(_WRONG_SIGN_IN) from None  # its words may repeat what was sent


def _select(box: BaseMailBox, mailbox: Mailbox) -> int:
    """Open the folder read-only; return the number that changes when its messages are counted anew."""
    from imap_tools.errors import MailboxFolderSelectError

    try:
        box.folder.set(mailbox.folder, readonly=True)
    except MailboxFolderSelectError as error:
        raise WrongInput(_NO_FOLDER, folder=mailbox.folder) from error
    found = _numbers([part for part in box.client.response("UIDVALIDITY")[1] if part])
    return found[0] if found else 0


@contextmanager
def _told(mailbox: Mailbox, unreachable: str = _BROKEN) -> Iterator[None]:
    """Turn what goes wrong on the line into a sentence."""
    from imap_tools.errors import ImapToolsError

    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise MailServerUnavailable(_UNTRUSTED).with_details(error.verify_message) from error
    except ssl.SSLError as error:
        raise MailServerUnavailable(_NOT_PRIVATE).with_details(_words(error)) from error
    except imaplib.IMAP4.abort as error:
        raise MailServerUnavailable(_BROKEN).with_details(_words(error)) from error
    except (imaplib.IMAP4.error, ImapToolsError) as error:
        raise MailServerUnavailable(_REFUSED).with_details(_words(error)) from error
    except (OSError, EOFError, UnicodeError) as error:
        raise MailServerUnavailable(unreachable).with_details(_words(error)) from error


def _words(error: Exception) -> str:
    return clean_line(str(error)[:_WORDS], 4 * _WORDS)[:_WORDS]


def _ok(answer: tuple[str, Sequence[Any]]) -> Sequence[Any]:
    status, data = answer
    if status != "OK":
        raise MailServerUnavailable(_REFUSED)
    return data


def _numbers(data: Sequence[Any]) -> list[int]:
    text = b" ".join(bytes(part) for part in data if isinstance(part, (bytes, bytearray)))
    return [int(word) for word in text.split() if word.isdigit() and len(word) <= 10]


def _size(told: bytes) -> int:
    _before, found, after = told.partition(b"RFC822.SIZE ")
    digits = after.split(b" ", 1)[0].strip(b")") if found else b""
    return int(digits) if digits.isdigit() and len(digits) < 16 else 0


def _received(told: bytes) -> datetime | None:
    """Return the instant of `INTERNALDATE "21-Nov-2026 19:30:00 +0100"`."""
    found = _INTERNAL_DATE.search(told)
    if found is None:
        return None
    parts = {name: value.decode("ascii") for name, value in found.groupdict().items()}
    year, day, hour, minute, second = (int(parts[name]) for name in ("year", "day", "hour", "min", "sec"))
    away = timedelta(hours=int(parts["zoneh"]), minutes=int(parts["zonem"]))
    try:
        zone = timezone(-away if parts["zonen"] == "-" else away)
        month = 1 + _MONTHS.index(parts["mon"])
        local = datetime(year, month, day, hour, minute, second, tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
