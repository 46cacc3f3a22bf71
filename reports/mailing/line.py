"""The line to the mail server: one conversation, stage by stage, and what each answer means.

Every wait has its limit, for a server that says nothing as for one that says it a letter a minute.
"""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from db.errors import MailServerUnavailable
from db.mail_settings import MailRoute, Security
from db.records.mail import TryResult
from db.rules.text import clean_line
from db.words import N_

LONGEST_WORDS = 250
"""Characters of the server's own words that are kept."""
NO_ANSWER = N_("The line to the mail server broke, or no answer came in time.")
NO_ANSWER_AFTER = N_("The line broke, or no answer came in time, when the server may have taken it.")
_UNREACHABLE = N_("The mail server cannot be reached. Check smtp_host and smtp_port.")
_UNTRUSTED = N_("The mail server cannot show that it is the one that is set: its certificate is not trusted.")
_NOT_PRIVATE = N_("The line to the mail server cannot be made private. Check smtp_port and smtp_security.")
_NO_PRIVACY = N_("The mail server offers no STARTTLS: nothing was sent to it in clear.")
_NO_SIGN_IN = N_("The mail server takes no user name and password.")
_WRONG_SIGN_IN = N_("The mail server refuses the user name or the password.")
_TURNED_AWAY = N_("The mail server turns us away.")
_SENDER_REFUSED = N_("The mail server takes no mail from the sender that is set (mail_from).")
_NOT_FOR_ADDRESS = re.compile(r"5\.7\.\d{1,3}")
"""Refused by a rule (RFC 3463): of us or of what we send, not of the address."""
_ADDRESS_CODES = frozenset({550, 551, 552, 553, 554, 556})


@dataclass(frozen=True, slots=True)
class Answer:
    """What a try came to."""

    result: TryResult
    words: str
    """The server's, cleaned; or a marked sentence of ours."""
    worn: bool = False
    """The line is of no more use."""
    refused_us: bool = False
    """It is the sender that is refused: the next message would fare no better."""


class _Watched(smtplib.SMTP):
    """The library's client, but with an end to every answer, and knowing when it gave content away."""

    def __init__(self, route: MailRoute, **more: Any) -> None:
        self._quick, self._patient = route.timeout, route.patience
        self._limit = route.timeout
        self.handing_over = self._was_cut = False
        super().__init__(route.host, route.port, local_hostname=route.domain, timeout=route.timeout, **more)

    def rested(self) -> None:
        """Begin with a new message."""
        self.handing_over, self._limit = False, self._quick
        if self.sock is not None:
            self.sock.settimeout(self._quick)

    def send(self, s: Any) -> None:
        """Send a command (a text), or the content of a message (bytes)."""
        if isinstance(s, bytes):
            self.handing_over, self._limit = True, self._patient
            if self.sock is not None:
                self.sock.settimeout(self._patient)
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        """Return the server's answer, cut off when it does not come to its end in time."""
        watch = threading.Timer(self._limit, self._cut)
        watch.daemon = True
        watch.start()
        try:
            answer = super().getreply()
        finally:
            watch.cancel()
        if self._was_cut:  # the library takes the beginning of an answer for the whole
            self.close()
            raise smtplib.SMTPServerDisconnected("cut off")
        return answer

    def _cut(self) -> None:
        self._was_cut = True
        if self.sock is not None:
            with suppress(OSError):
                socket.socket.shutdown(self.sock, socket.SHUT_RDWR)


class _WatchedTls(_Watched, smtplib.SMTP_SSL):
    """The same, private from the first byte."""


class ServerLine:
    """An open line; one message after the other goes through it."""

    def __init__(self, client: _Watched, sender: str) -> None:
        self._client = client
        self._sender = sender

    def offer(self, recipient: str, size: int) -> Answer | None:
        """Name sender and recipient; None when the server wants the message, of `size` bytes."""
        self._client.rested()
        try:
            options = [f"size={size}"] if self._client.has_extn("size") else []
            code, said = self._client.mail(self._sender, options)
            if code != 250:
                return self._after(_sender_refused(code, said))
            code, said = self._client.rcpt(recipient)
            if code not in (250, 251):
                return self._after(_recipient_refused(code, said))
        except (smtplib.SMTPException, OSError):
            return Answer(TryResult.LATER, NO_ANSWER, worn=True)
        return None

    def hand_over(self, content: bytes) -> Answer:
        """Give the message that was offered to the server, and return what came of it."""
        try:
            code, said = self._client.data(content)
        except smtplib.SMTPDataError as refused:  # before any of the content was sent
            return self._after(_refusal("DATA", refused.smtp_code, _bytes(refused.smtp_error)))
        except (smtplib.SMTPException, OSError):
            if self._client.handing_over:
                return Answer(TryResult.DOUBTFUL, NO_ANSWER_AFTER, worn=True)
            return Answer(TryResult.LATER, NO_ANSWER, worn=True)
        if 200 <= code < 300:
            return Answer(TryResult.SENT, "")
        if not 400 <= code < 600:
            return Answer(TryResult.DOUBTFUL, _words("DATA", code, said), worn=True)
        return _refusal("DATA", code, said)

    def withdraw(self) -> bool:
        """Take back what was offered; False when the line is of no more use."""
        try:
            return self._client.rset()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def close(self) -> None:
        """Say good-bye, if anybody listens."""
        self._client.rested()
        with suppress(smtplib.SMTPException, OSError):
            self._client.quit()
        self._client.close()

    def _after(self, answer: Answer) -> Answer:
        """Clear the refused message away."""
        if answer.worn or self.withdraw():
            return answer
        return Answer(answer.result, answer.words, worn=True, refused_us=answer.refused_us)


def open_line(route: MailRoute) -> ServerLine:
    """Connect, make the line private, sign in. Raises MailServerUnavailable, saying what to mend."""
    with _told():
        client = _connect(route)
    try:
        with _told():
            _greet(client, route)
    except BaseException:
        client.close()
        raise
    return ServerLine(client, route.sender)


def _connect(route: MailRoute) -> _Watched:
    if route.security is Security.TLS:
        return _WatchedTls(route, context=_context(route))
    return _Watched(route)


def _greet(client: _Watched, route: MailRoute) -> None:
    _require(client.ehlo(), _TURNED_AWAY)
    if route.security is Security.STARTTLS:
        if not client.has_extn("starttls"):
            raise MailServerUnavailable(_NO_PRIVACY)
        _require(client.starttls(context=_context(route)), _TURNED_AWAY)
        _require(client.ehlo(), _TURNED_AWAY)
    if route.user:
        if not client.has_extn("auth"):
            raise MailServerUnavailable(_NO_SIGN_IN)
        client.login(route.user, route.password)


def _context(route: MailRoute) -> ssl.SSLContext:
    """Return what checks the server's certificate and name."""
    context = ssl.create_default_context(cafile=route.ca_file or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@contextmanager
def _told() -> Iterator[None]:
    """Turn what goes wrong before the first message into a sentence."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:
        raise MailServerUnavailable(_WRONG_SIGN_IN).with_details(_of(error)) from error
    except smtplib.SMTPResponseException as error:
        raise MailServerUnavailable(_TURNED_AWAY).with_details(_of(error)) from error
    except smtplib.SMTPNotSupportedError as error:
        raise MailServerUnavailable(_NO_SIGN_IN) from error
    except ssl.SSLCertVerificationError as error:
        raise MailServerUnavailable(_UNTRUSTED).with_details(error.verify_message) from error
    except ssl.SSLError as error:
        raise MailServerUnavailable(_NOT_PRIVATE).with_details(str(error)) from error
    except smtplib.SMTPException as error:
        raise MailServerUnavailable(NO_ANSWER) from error
    except (OSError, UnicodeError) as error:
        raise MailServerUnavailable(_UNREACHABLE).with_details(str(error)) from error


def _require(answer: tuple[int, bytes], refusal: str) -> None:
    code, said = answer
    if not 200 <= code < 300:
        raise MailServerUnavailable(refusal).with_details(_words("", code, said))


def _sender_refused(code: int, said: bytes) -> Answer:
    """Return what a refusal of the sender means: 552 is about the size of this message, the rest about us."""
    if code < 500 or code == 552:
        return _refusal("MAIL", code, said)
    return Answer(TryResult.LATER, _words("MAIL", code, said), refused_us=True)


def sender_refused(answer: Answer) -> MailServerUnavailable:
    """Return what to tell of an answer that refuses us."""
    return MailServerUnavailable(_SENDER_REFUSED).with_details(answer.words)


def _recipient_refused(code: int, said: bytes) -> Answer:
    words = _words("RCPT", code, said)
    if code in _ADDRESS_CODES and not _NOT_FOR_ADDRESS.search(words):
        return Answer(TryResult.BOUNCED, words)
    return _refusal("RCPT", code, said)


def _refusal(stage: str, code: int, said: bytes) -> Answer:
    """Return what a refusal means by its first digit (RFC 5321, 4.2.1); 421 closes the line.

    An answer that is out of place is worth nothing: the line is given up, the message tried again.
    """
    words = _words(stage, code, said)
    if 500 <= code < 600:
        return Answer(TryResult.FAILED, words)
    return Answer(TryResult.LATER, words, worn=code == 421 or not 400 <= code < 500)


def _words(stage: str, code: int, said: bytes) -> str:
    text = said[: 4 * LONGEST_WORDS].decode("utf-8", "replace")
    return clean_line(f"{stage} {code} {text}", 5 * LONGEST_WORDS)[:LONGEST_WORDS]


def _of(error: smtplib.SMTPResponseException) -> str:
    return _words("", error.smtp_code, _bytes(error.smtp_error))


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("utf-8", "replace")
