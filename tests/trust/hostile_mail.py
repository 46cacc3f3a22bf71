"""Mail that was damaged on its way, and mail that was made to harm its reader; a child to read one.

    python -m tests.trust.hostile_mail NAME

reads one with the limits of the real child and prints the time and memory that it took.
"""

from __future__ import annotations

import base64
import io
import random
import resource
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.rules.inbox.raw_mail import HEAD, attachment, html, mail, multipart, part
from tests.trust.mutants import DAMAGES, mutants
from tests.trust.scale import FULL, SCALE

LONG = 9_000_000 if SCALE is FULL else 3_000_000
"""Bytes; at full scale just below what is read of a message."""


def _encoded(text: str, charset: str = "utf-8") -> bytes:
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(text.encode(charset)) + b"?="


def _subject(value: bytes) -> bytes:
    return HEAD.replace(b"Stan licznika", value)


ORIGINALS = [
    mail("Dzień dobry, klient 123456, licznik 12345678, stan 487 m3 na dzień 15.11.2026.\nJan\n"),
    mail(
        "Podaję stan: 487\n\nW dniu 12.11.2026 o 10:20, BOK pisze:\n> Poprzedni stan: 111\n".encode("cp1250"),
        "text/plain; charset=windows-1250; format=flowed",
        more="In-Reply-To: <0@example.com>\nReferences: <0@example.com>",
    ),
    html("<p>Stan:&nbsp;<b>487</b></p><table><tr><td>Nr</td><td>123</td></tr></table><blockquote>111</blockquote>"),
    multipart(
        "alternative",
        part(base64.encodebytes("Stan 487, żółty".encode()), "text/plain; charset=utf-8",
             more="Content-Transfer-Encoding: base64"),
        part("<p>Stan=20487</p>", "text/html; charset=iso-8859-2",
             more="Content-Transfer-Encoding: quoted-printable"),
    ),
    multipart(
        "mixed",
        part("Stan 487", "text/plain; charset=us-ascii"),
        attachment("licznik.jpg", "image/jpeg", bytes(range(256)) * 8),
        part(mail("Stan 111"), "message/rfc822"),
        head=_subject(_encoded("Stan licznika – żółć") + b"\r\n " + _encoded("dalej", "iso-8859-2")),
    ),
    multipart(
        "report",
        part("Delivery failed", "text/plain"),
        part("Action: failed\r\nStatus: 5.1.1\r\n", "message/delivery-status"),
        part("Subject: x\r\n", "text/rfc822-headers"),
    ),
    HEAD.replace(b"Jan Kowalski", b'"Kowalski, =?iso-8859-2?Q?J=F3zef?=" (x)') + b"\r\nStan \xb3 487",
]  # fmt: skip


def damaged(count: int, seed: int) -> Iterator[bytes]:
    """Yield messages with what a bad disk, a bad program or a curious person makes of them."""
    chance = random.Random(seed)
    for data, _, first in mutants(ORIGINALS, count, seed):
        mutant = bytearray(data)
        if mutant and first is not DAMAGES[0]:
            start = chance.randrange(len(mutant))
            mutant[start:start] = chance.choice(JUNK) if chance.random() < 0.4 else b""
        yield bytes(mutant)


JUNK = (
    b"Content-Type: text/plain; charset=idna\r\n",
    b"Content-Type: text/html; charset*0*=x''%ff; charset=\"\r\n",
    b"Content-Type: multipart/mixed; boundary==_b\r\n",
    b"Content-Type: message/rfc822\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"Content-Transfer-Encoding: x-uuencode\r\n",
    b"Content-Disposition: attachment; filename*1*=%; filename*=a'b\r\n",
    b"Date: Mon, 99 Foo 99999 25:61 +99999\r\n",
    b"From: <\r\n", b"From: (((((\"\\\r\n", b"Subject: =?x?Q?=\xff?= =?utf-8?B?=?=\r\n",
    b"References: <><<>@>\r\n", b"\r\n\r\n", b"--=_b\r\n", b"--=_b--", b"\r", b"\n>", b"<!--", b"<a '",
    b"\x1b]0;t\x07", b"\xe2\x80\xae", b"\xed\xa0\x80", b"&#xD800;", b"[/x]", b"\xff\xfe\0",
)  # fmt: skip
_NAMES = ("From", "Subject", "Date", "To", "Message-ID", "References", "Content-Type", "Reply-To", "X")
_KINDS = (
    "text/plain",
    "text/html",
    "multipart/mixed; boundary=b",
    "message/rfc822",
    "image/png",
    "a/b/c",
    "",
)


def made_to_harm(count: int, seed: int) -> Iterator[bytes]:
    """Yield messages put together of what readers choke on."""
    chance = random.Random(seed)
    for _ in range(count):
        lines = [HEAD] if chance.random() < 0.7 else []
        for _ in range(chance.randrange(6)):
            value = b"".join(chance.choices(JUNK + PAYLOADS, k=chance.randrange(1, 4)))
            lines.append(
                chance.choice(_NAMES).encode() + b": " + value * chance.choice((1, 1, 3, 40)) + b"\r\n"
            )
        kind = chance.choice(_KINDS).encode()
        depth = chance.choice((0, 0, 1, 5, 60))
        lines.append((b"Content-Type: " + kind + b"\r\n\r\n--b\r\n") * depth + b"\r\n")
        lines += chance.choices(
            PAYLOADS + JUNK + (b"Stan 487 m3, klient 123456.\r\n",), k=chance.randrange(12)
        )
        yield b"".join(lines)


PAYLOADS = (
    b"\x1b[2J\x1b[5;5H", b"\x1b]52;c;aGE=\x07", b"\x1b[6n", b"\x9b6n", b"\0", b"\x7f", b"\xe2\x80\xaedrowyc",
    b"[red]x[/red]",
    b"[@click=app.f(1)]x[/]", b"x[/nope]", b"=HYPERLINK(\"http://x\")", b"=cmd|' /C calc'!A0",
    b"' OR 1=1--", b"../../etc/passwd", b"%s%n", b"{0.__class__}", b"\r\nBcc: x@example.com", b"9" * 500,
    b"> " * 30, b"a\xcc\x81" + b"\xcc\x81" * 2000, b"\xf0\x9f\x91\xa9" * 50, b"(" * 500,
    b'"' * 501, b"<" * 500,
    b"=?utf-8?Q?" * 50, b"1 " * 200, b"stan " * 60, b"W dniu " * 30, b"od: do: temat: " * 20,
)  # fmt: skip


def _nested(depth: int) -> bytes:
    head = b"".join(
        f"Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n".encode()
        for level in range(depth)
    )
    return HEAD + head + b"Content-Type: text/plain\r\n\r\nStan 487\r\n"


def _zip_bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("x", b"\0" * 200_000_000)
    return multipart(
        "mixed", part("Stan 487", "text/plain"), attachment("x.zip", "application/zip", packed.getvalue())
    )


def _loop() -> bytes:
    body = "stan 487"
    for turn in range(200):
        quoted = "\n".join(f"> {line}" for line in body.split("\n"))
        body = f"odpowiedź {turn}\n\nW dniu 12.11.2026 o 10:20, BOK pisze:\n{quoted}"
    return mail(body, more="References: " + " ".join(f"<{turn}@example.com>" for turn in range(200)))


def _in_html(piece: str) -> Callable[[], bytes]:
    return lambda: html(piece * (LONG // len(piece)))


def _in_text(piece: str) -> Callable[[], bytes]:
    return lambda: mail(piece * (LONG // len(piece.encode())))


CLASSICS: dict[str, Callable[[], bytes]] = {
    "headers without end": lambda: HEAD + b"X-A: b\r\n" * (LONG // 8),
    "a header without end": lambda: HEAD + b"X-A: " + b"a" * LONG,
    "a header of endless lines": lambda: HEAD + b"X-A: b\r\n" + b" c\r\n" * (LONG // 4),
    "headers of a part without end": lambda: multipart("mixed", b"X: y\r\n" * (LONG // 6)),
    "multiparts 1,000 deep": lambda: _nested(1000),
    "multiparts 190 deep": lambda: _nested(190),
    "multiparts 190 deep with many lines": lambda: _nested(190) + b"x\r\n" * 60_000,
    "messages 190 deep": lambda: HEAD + b"Content-Type: message/rfc822\r\n\r\n" * 190 + b"Stan 487",
    "a part of 100 MB": lambda: multipart(
        "mixed", part("Stan 487", "text/plain"), part(b"A" * 100_000_000, "image/jpeg")
    ),
    "100,000 parts": lambda: multipart("mixed", *([b"\r\nx"] * 100_000)),
    "a zip bomb": _zip_bomb,
    "a subject of encoded words": lambda: _subject(b"\r\n ".join([_encoded("a")] * 2000)) + b"\r\nx",
    "a subject of 820 KiB": lambda: _subject(b"\r\n ".join([_encoded("a")] * 50_000)) + b"\r\nx",
    "addresses without end": lambda: HEAD + b"Reply-To: " + b"a@b.pl,<" * 7000 + b"\r\n\r\nx",
    "quotes in an address": lambda: HEAD.replace(b"Jan Kowalski", b'"' * 19_001) + b"\r\nx",
    "brackets in an address": lambda: HEAD.replace(b"Jan Kowalski", b"(" * 30_000) + b"\r\nx",
    "a type of quotes": lambda: mail("x", 'text/plain; a="' + '";"' * 20_000),
    "a type of semicolons": lambda: mail("x", "multipart/mixed" + ";" * 60_000),
    "1,000 types of semicolons": lambda: multipart("mixed", *[part("x", "text/plain" + ';"' * 2000)] * 190),
    "broken base64": lambda: mail(b"=" * LONG, more="Content-Transfer-Encoding: base64"),
    "base64 of one letter a line": lambda: mail(b"A\n" * 190_000, more="Content-Transfer-Encoding: base64"),
    "quoted-printable": lambda: mail(b"=" * LONG, more="Content-Transfer-Encoding: quoted-printable"),
    "NULs": lambda: mail(b"\0" * LONG),
    "newlines": lambda: mail(b"\n" * LONG),
    "returns": lambda: mail(b"\r" * LONG),
    "UTF-16": lambda: mail(b"\xff\xfe" + b"\x0d\xd8" * (LONG // 2), "text/plain; charset=utf-16"),
    "idna": lambda: mail(b"xn--\xb3." * (LONG // 6), "text/plain; charset=idna"),
    "punycode": lambda: mail(b"a-" * (LONG // 2), "text/plain; charset=punycode"),
    "Polish letters of no encoding": lambda: mail(b"\xb9\xea\x81\x90" * (LONG // 4)),
    "combining marks": lambda: mail(("a" + "\u0301" * 5000) * 900),
    "escape sequences": _in_text("\x1b[2J\x1b]0;t\x07\u202e[/x]\n"),
    "digits": _in_text("9"),
    "numbers": _in_text("1 204 "),
    "one endless word": _in_text("stan"),
    "blanks": _in_text(" "),
    "quote marks": _in_text(">"),
    "quoted lines": _in_text("> a\n" * 9 + "Od: x\n"),
    "attributions": lambda: mail("W dniu 12.11.2026 o 10:20, BOK pisze\n" * 100_000),
    "headers in the text": lambda: mail("Od: x@y.pl\nDo: a\n" * 90_000),
    "underlines": lambda: mail("_______________\n" * 190_000),
    "labels": _in_text("od: wysłano: do: temat: "),
    "tags": _in_html("<"),
    "open tags": _in_html("<a "),
    "open attributes": _in_html('<a "'),
    "open comments": _in_html("<!--"),
    "open quotations": _in_html("<blockquote>a<br>"),
    "cells": _in_html("<td>1"),
    "entities": _in_html("&#1;&amp"),
    "styles": _in_html("<p style='" + "display:" * 50 + "'>"),
    "a reply loop of 200": _loop,
    "a forged Message-ID": lambda: (
        HEAD.replace(b"<1@example.pl>", b"<a@b>\x1b[2J\r\n <c@d>" * 900) + b"\r\nx"
    ),
    "a Date of brackets": lambda: HEAD.replace(b"Mon, 16 Nov", b"(" * 60_000) + b"\r\nx",
}  # fmt: skip


def peak_memory() -> int:
    """Return the most KiB that this process held; what its parent held before it began does not count."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)
    return int(status.partition("VmHWM:")[2].split()[0])


def main() -> None:
    """Read one with little memory; say what became of it, and what it took."""
    from db import inbox_child

    name = sys.argv[1]
    raw = CLASSICS[name]()[:10_000_001]
    before = peak_memory()
    inbox_child._bind()
    inbox_child._time(inbox_child.SECONDS)
    start = time.process_time()
    read, *understood = inbox_child.answers(raw, None)
    seconds = time.process_time() - start
    grown = peak_memory() - before
    said = read.trouble or "; ".join(read.text.troubles if read.text else ())
    for answer in (read, *understood):
        if answer.fault:
            raise SystemExit(answer.fault)
    print(f"{seconds:.2f} s, {max(0, grown) // 1024} MB: {name}: {said or 'read'}")


if __name__ == "__main__":
    main()
