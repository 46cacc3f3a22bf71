"""A real IMAP server (pymap) on loopback, in a thread, and a line to it that can be cut."""

from __future__ import annotations

import asyncio
import imaplib
import socket
import ssl
import threading
from argparse import Namespace
from collections.abc import Iterator
from contextlib import AsyncExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any

from db.mail_settings import Security
from db.mailbox_settings import Mailbox
from tests.mail_server import AUTHORITY, PATIENCE, TLS

USER, PASSWORD = "bok", "zupa z brukwi 3"


@dataclass
class ImapServer:
    """The server as a test sees it."""

    port: int
    security: Security

    def mailbox(self, **values: Any) -> Mailbox:
        """Return the way to its inbox."""
        private = self.security is not Security.NONE
        own: dict[str, Any] = {
            "host": "localhost" if private else "127.0.0.1",
            "port": self.port,
            "security": self.security,
            "user": USER,
            "password": PASSWORD,
            "ca_file": str(AUTHORITY) if private else "",
            "timeout": PATIENCE,
        }
        return Mailbox(**(own | values))

    def deliver(self, *messages: bytes) -> None:
        """Put messages into the inbox."""
        with self._client() as client:
            client.login(USER, PASSWORD)
            for raw in messages:
                assert client.append("INBOX", "", '"21-Nov-2026 19:30:00 +0100"', raw)[0] == "OK"

    def flags(self) -> set[bytes]:
        """Return what the server says of the flags of its messages."""
        with self._client() as client:
            client.login(USER, PASSWORD)
            client.select("INBOX", readonly=True)
            return {line for line in client.fetch("1:*", "(FLAGS)")[1] if isinstance(line, bytes)}

    def _client(self) -> imaplib.IMAP4:
        context = ssl.create_default_context(cafile=AUTHORITY)
        if self.security is Security.TLS:
            return imaplib.IMAP4_SSL("localhost", self.port, ssl_context=context, timeout=PATIENCE)
        client = imaplib.IMAP4("localhost", self.port, timeout=PATIENCE)
        if self.security is Security.STARTTLS:
            client.starttls(context)
        return client


@contextmanager
def imap_server(security: Security = Security.STARTTLS) -> Iterator[ImapServer]:
    """Run a server until the block ends."""
    loop, ready, stopping = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    made: list[ImapServer] = []

    async def serve() -> None:
        async with AsyncExitStack() as stack:
            made.append(ImapServer(await _started(stack, security), security))
            ready.set()
            await stopping.wait()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def live() -> None:
        try:
            loop.run_until_complete(serve())
            loop.run_until_complete(loop.shutdown_asyncgens())
        finally:
            loop.close()

    thread = threading.Thread(target=live, daemon=True)
    thread.start()
    assert ready.wait(PATIENCE), "the IMAP server does not start"
    try:
        yield made[0]
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(PATIENCE)


async def _started(stack: AsyncExitStack, security: Security) -> int:
    """Start pymap with its backend in memory; return its port."""
    from proxyprotocol.reader import ProxyProtocolReader
    from pymap.backend.dict import DictBackend
    from pymap.imap import IMAPServer

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(TLS / "localhost.pem")
    args = Namespace(
        host="127.0.0.1", port="0", debug=False, cert=None, key=None, tls=security is Security.STARTTLS,
        proxy_protocol=None, passlib_cfg=None, demo_data=False, demo_user=USER, demo_password=PASSWORD,
        inherited_sockets=None,
    )  # fmt: skip
    secure = security is Security.STARTTLS
    backend, config = await DictBackend.init(
        args, ssl_context=context, secure_auth=secure, invalid_user_sleep=0.0
    )
    config.apply_context()
    await backend.start(stack)
    answer = ProxyProtocolReader(config.proxy_protocol).get_callback(IMAPServer(backend.login, config))
    outer = context if security is Security.TLS else None
    server = await stack.enter_async_context(
        await asyncio.start_server(answer, host="127.0.0.1", port=0, ssl=outer)
    )
    return int(server.sockets[0].getsockname()[1])


@contextmanager
def cut_line(port: int, after: int) -> Iterator[int]:
    """Stand between a client and the server on `port`; break the line after so many bytes of answers.

    Yields the port to connect to. Further lines are not broken.
    """
    listening = socket.create_server(("127.0.0.1", 0))
    left = [after]
    lines: list[socket.socket] = []

    def pump(source: socket.socket, target: socket.socket, counts: bool) -> None:
        with suppress(OSError):
            while data := source.recv(4096):
                if counts and left[0] >= 0:
                    data, left[0] = data[: left[0]], left[0] - len(data)
                target.sendall(data)
                if counts and left[0] < 0 and not done.is_set():
                    done.set()
                    break
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    done = threading.Event()

    def accept() -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                server = socket.create_connection(("127.0.0.1", port))
                lines.extend((client, server))
                for ends in ((client, server, False), (server, client, True)):
                    threading.Thread(target=pump, args=ends, daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield int(listening.getsockname()[1])
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(PATIENCE)
        for line in lines:
            line.close()
