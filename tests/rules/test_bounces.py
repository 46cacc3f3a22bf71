"""Notifications of mail that came back: read, told from other mail, and never dangerous to read."""

from __future__ import annotations

import random
import time
import tracemalloc

import pytest

from db.errors import WrongInput
from db.records.mail import Bounce
from db.rules.bounces import MOST_BYTES, MOST_PARTS, read_bounce

ID = "<0123456789abcdef0123456789abcdef@example.org>"

POSTFIX = f"""\
Return-Path: <>
From: MAILER-DAEMON@mx.example.com (Mail Delivery System)
To: biuro@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"
Message-Id: <20261122@mx.example.com>

--=_b
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--=_b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.com
X-Postfix-Queue-ID: 4F

Final-Recipient: rfc822; zla@example.com
Original-Recipient: rfc822;zla@example.com
Action: failed
Status: 5.1.1
Remote-MTA: dns; in.example.com
Diagnostic-Code: smtp; 550 5.1.1 <zla@example.com>: Recipient address
    rejected: User unknown

--=_b
Content-Type: message/rfc822

From: biuro@example.org
To: zla@example.com
Subject: Wniosek W/1
Message-ID: {ID}

Treść

--=_b--
""".encode()
EXCHANGE = POSTFIX.replace(b"message/rfc822\n", b"text/rfc822-headers\n").replace(b"\n", b"\r\n")
"""With the headers alone of what came back, and the line ends that go over the wire."""


def test_what_came_back_is_named_with_the_reason() -> None:
    expected = Bounce(
        ID,
        "zla@example.com",
        "5.1.1",
        "550 5.1.1 <zla@example.com>: Recipient address rejected: User unknown",
    )
    assert read_bounce(POSTFIX) == expected
    assert read_bounce(EXCHANGE) == expected


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"Action: failed", b"Action: delayed"),
        (b"Action: failed", b"Action: relayed"),
        (b"Action: failed\n", b""),
        (b"multipart/report", b"multipart/mixed"),
        (ID.encode(), b"no identifier"),
        (b"message/delivery-status", b"text/plain"),
    ],
)
def test_other_mail_is_no_bounce(old: bytes, new: bytes) -> None:
    assert old in POSTFIX
    assert read_bounce(POSTFIX.replace(old, new)) is None


@pytest.mark.parametrize("text", [b"", b"\0" * 100, b"no mail at all", b"Subject: x\n\nhello", b"\xff" * 500])
def test_what_is_no_mail_is_no_bounce(text: bytes) -> None:
    assert read_bounce(text) is None


def test_the_reason_is_one_clean_line() -> None:
    nasty = POSTFIX.replace(b"User unknown", b"\x1b[2J\x07" + "‮żółw".encode() + b" " + b"x" * 5000)
    found = read_bounce(nasty)
    assert found is not None
    assert found.reason.isprintable()
    assert len(found.reason) <= 200


def _bombs() -> dict[str, bytes]:
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (depth, depth) for depth in range(5000)
    )
    return {
        "big": POSTFIX + b"x" * MOST_BYTES,
        "deep": nested,
        "deep in a report": POSTFIX.replace(b"From: biuro@example.org\n", nested),
        "many parts": POSTFIX + b"--=_b\nContent-Type: message/rfc822\n\nx: y\n\n" * (MOST_PARTS + 1),
        "one header": b"Subject: " + b"=?utf-8?q?=61?= " * 60_000 + b"\n\nx",
        "many headers": b"X: y\n" * 100_000,
    }


@pytest.mark.parametrize("bomb", _bombs())
def test_a_bomb_is_refused_soon_and_in_little_memory(bomb: str) -> None:
    data = _bombs()[bomb]
    tracemalloc.start()
    begun = time.process_time()
    with pytest.raises(WrongInput, match="too big or has too many parts"):
        read_bounce(data)
    assert time.process_time() - begun < 2
    assert tracemalloc.get_traced_memory()[1] < 30_000_000
    tracemalloc.stop()


def test_a_damaged_notification_is_read_or_refused() -> None:
    draw = random.Random(3464)
    for _ in range(3_000):
        data = bytearray(draw.choice((POSTFIX, EXCHANGE)))
        for _ in range(draw.randint(1, 8)):
            at = draw.randrange(len(data))
            match draw.randrange(4):
                case 0:
                    data[at] = draw.randrange(256)
                case 1:
                    del data[at : at + draw.randint(1, 40)]
                case 2:
                    data[at:at] = draw.choice((b"\n", b"\0", b'"', b"=?utf-8?b?", b"--=_b\n", b"(" * 50))
                case _:
                    data[at:at] = data[at : at + 60]
        try:
            found = read_bounce(bytes(data))
        except WrongInput:
            continue
        assert found is None or (found.message_id.startswith("<") and found.reason.isprintable())
