"""Raw messages put together byte by byte: a library would not make them as wrong as they come."""

from __future__ import annotations

import base64

HEAD = (
    b"From: Jan Kowalski <jan@example.pl>\r\nTo: bok@example.com\r\nSubject: Stan licznika\r\n"
    b"Date: Mon, 16 Nov 2026 08:14:00 +0100\r\nMessage-ID: <1@example.pl>\r\nMIME-Version: 1.0\r\n"
)


def mail(
    body: str | bytes, typed: str = "text/plain; charset=utf-8", *, more: str = "", head: bytes = HEAD
) -> bytes:
    """Return a message with one body; `more` are further headers, a line each."""
    data = body if isinstance(body, bytes) else body.replace("\n", "\r\n").encode()
    lines = [f"Content-Type: {typed}"] if typed else []
    lines += more.splitlines()
    return head + "".join(f"{line}\r\n" for line in lines).encode() + b"\r\n" + data


def html(body: str) -> bytes:
    """Return a message of HTML alone."""
    return mail(body, "text/html; charset=utf-8")


def part(body: str | bytes, typed: str, *, more: str = "") -> bytes:
    """Return a part with its headers."""
    return mail(body, typed, more=more, head=b"")


def multipart(kind: str, *parts: bytes, boundary: str = "=_b", head: bytes = HEAD) -> bytes:
    """Return parts between their boundaries."""
    joined = b"".join(f"--{boundary}\r\n".encode() + one + b"\r\n" for one in parts)
    return mail(
        joined + f"--{boundary}--\r\n".encode(), f'multipart/{kind}; boundary="{boundary}"', head=head
    )


def attachment(name: str, typed: str, data: bytes) -> bytes:
    """Return a file as an attachment."""
    return part(
        base64.encodebytes(data),
        typed,
        more=f'Content-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="{name}"',
    )
