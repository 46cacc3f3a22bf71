"""A real SMTP server (aiosmtpd) on loopback, in a thread, with whatever manners a test asks for."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from db.mail_settings import MailRoute, Security

TLS = Path(__file__).parent / "tls"
AUTHORITY = TLS / "authority.pem"
DROP, HANG, DRIP = "drop", "hang", "drip"
"""Instead of an answer: close the line, say nothing, say it too slowly ever to end."""
CONNECT, EHLO, MAIL, RCPT, DATA, CONTENT = "CONNECT", "EHLO", "MAIL", "RCPT", "DATA", "CONTENT"
"""The stages; CONTENT is the answer to a message that has come in whole."""
PATIENCE = 60.0
USER, PASSWORD = "bok", "zupa z brukwi 3"

Manners = Callable[[str, str], str | None]
"""Given a stage and the recipient (empty before RCPT): the answer, or None for the usual one."""


@dataclass(frozen=True)
class Delivered:
    """A message that the server has in whole: it may deliver it, whatever it answered."""

    sender: str
    recipient: str
    content: bytes


@dataclass
class MailServer:
    """The server as a test sees it."""

    manners: Manners = lambda stage, recipient: None
    security: Security = Security.NONE
    with_auth: bool = False
    delivered: list[Delivered] = field(default_factory=list)
    sessions: int = 0
    port: int = 0
    lines: list[Any] = field(default_factory=list)
    """Transports of all that ever connected."""

    def route(self, **values: Any) -> MailRoute:
        """Return the way to this server."""
        own: dict[str, Any] = {
            "host": "localhost" if self.security is not Security.NONE else "127.0.0.1",
            "port": self.port,
            "security": self.security,
            "sender": "biuro@example.org",
            "name": "",
            "domain": "example.org",
            "ca_file": str(AUTHORITY) if self.security is not Security.NONE else "",
            "timeout": PATIENCE,
            "patience": PATIENCE,
        }
        if self.with_auth:
            own |= {"user": USER, "password": PASSWORD}
        return MailRoute(**(own | values))

    def to(self, recipient: str) -> list[Delivered]:
        """Return what came in whole for a recipient."""
        return [one for one in self.delivered if one.recipient == recipient]


class _Handler:
    def __init__(self, own: MailServer) -> None:
        self.own = own

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's own name
        answer = self.own.manners(CONTENT, envelope.rcpt_tos[0])
        if answer is None or answer in (DROP, HANG, DRIP):
            # it has all of it: from here on it may be delivered, whatever the sender hears
            for recipient in envelope.rcpt_tos:
                self.own.delivered.append(Delivered(envelope.mail_from, recipient, envelope.content))
        if answer is None:
            return "250 OK, queued"
        if answer == DROP:
            server.transport.abort()
            await asyncio.sleep(3600)
        elif answer in (HANG, DRIP):
            await server.usual(CONTENT, envelope.rcpt_tos[0])
        return answer


class _Conversation(SMTP):
    """The server's side of one line, which asks for its manners at every stage."""

    def __init__(self, own: MailServer, **more: Any) -> None:
        super().__init__(_Handler(own), hostname="mail.example.org", ident="test", **more)
        self.own = own
        self.greeted = False

    def connection_made(self, transport: Any) -> None:
        self.own.lines.append(transport)
        super().connection_made(transport)

    async def push(self, status: Any) -> None:
        if not self.greeted and str(status).startswith("220"):
            self.greeted = True
            self.own.sessions += 1
            if not await self.usual(CONNECT):
                return
        await super().push(status)

    async def smtp_EHLO(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's own name
        if await self.usual(EHLO):
            await super().smtp_EHLO(arg)

    async def smtp_MAIL(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's own name
        if await self.usual(MAIL):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's own name
        recipient = arg.partition("<")[2].partition(">")[0]
        if await self.usual(RCPT, recipient):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd's own name
        recipients = self.envelope.rcpt_tos if self.envelope else []
        if await self.usual(DATA, *recipients[:1]):
            await super().smtp_DATA(arg)

    async def usual(self, stage: str, recipient: str = "") -> bool:
        """Tell whether to go on as usual; else the odd thing has been done."""
        answer = self.own.manners(stage, recipient)
        if answer is None:
            return True
        if answer == DROP:
            self.own.lines[-1].abort()
        elif answer == HANG:
            await asyncio.sleep(3600)
        elif answer == DRIP:
            while True:
                self._writer.write(b"2")
                await self._writer.drain()
                await asyncio.sleep(0.02)
        else:
            await super().push(answer)
        return False


def _context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "localhost.pem")
    return context


def _authenticate(server: Any, session: Any, envelope: Any, mechanism: str, data: Any) -> AuthResult:
    known = isinstance(data, LoginPassword) and data == LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@contextmanager
def mail_server(
    manners: Manners | None = None, *, security: Security = Security.NONE, with_auth: bool = False
) -> Iterator[MailServer]:
    """Run a server until the block ends; one that asks for a password needs STARTTLS."""
    own = MailServer(security=security, with_auth=with_auth)
    if manners is not None:
        own.manners = manners
    loop, ready, stopping = asyncio.new_event_loop(), threading.Event(), asyncio.Event()

    def run() -> None:
        try:
            loop.run_until_complete(_serve(own, ready, stopping))
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(PATIENCE), "the mail server does not start"
    try:
        yield own
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(PATIENCE)
        assert not thread.is_alive(), "the mail server does not stop"


async def _serve(own: MailServer, ready: threading.Event, stopping: asyncio.Event) -> None:
    """Serve until told to stop, then leave no task and no line behind."""
    loop = asyncio.get_running_loop()
    tls = _context() if own.security is Security.TLS else None
    server = await loop.create_server(lambda: _conversation(own, loop), "127.0.0.1", 0, ssl=tls)
    own.port = server.sockets[0].getsockname()[1]
    ready.set()
    await stopping.wait()
    server.close()
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    for line in own.lines:
        line.abort()
    await asyncio.gather(*others, return_exceptions=True)
    await server.wait_closed()


def _conversation(own: MailServer, loop: asyncio.AbstractEventLoop) -> _Conversation:
    more: dict[str, Any] = {"loop": loop, "enable_SMTPUTF8": False}
    if own.security is Security.STARTTLS:
        more |= {"tls_context": _context(), "require_starttls": True}
    if own.with_auth:
        more |= {"authenticator": _authenticate, "auth_required": True}
    return _Conversation(own, **more)
