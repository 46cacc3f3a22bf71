"""Which messages are the same, and what an answer is: its subject, its address, what it repeats."""

from __future__ import annotations

from datetime import date

import pytest

from db.records.incoming import StatedReading
from db.rules.inbox.identity import content_hash, thread_key
from db.rules.inbox.reply import BookedReading, answer_address, answer_subject, booked_lines

MAIL = b"From: a@b.c\r\nSubject: x\r\nMessage-ID: <1@b.c>\r\n\r\nStan 487\r\n"


def test_what_servers_add_makes_no_other_message() -> None:
    same = [
        b"Received: by mx1\r\n\tid 7\r\n" + MAIL,
        MAIL.replace(b"\r\n", b"\n"),
        MAIL.replace(b"Subject: x", b"subject:  x"),
        b"X-Spam: no\nDelivered-To: d@b.c\n" + MAIL,
        MAIL + b"\r\n\r\n",
    ]
    assert {content_hash(raw) for raw in same} == {content_hash(MAIL)}


def test_what_the_writer_says_makes_another_one() -> None:
    others = [
        MAIL.replace(b"487", b"488"),
        MAIL.replace(b"<1@", b"<2@"),
        MAIL.replace(b"a@b.c", b"z@b.c"),
        MAIL.replace(b": x", b": y"),
        b"",
        b"\x00" * 99,
    ]
    assert len({content_hash(raw) for raw in (MAIL, *others)}) == len(others) + 1


def test_endless_headers_are_told_by_all_bytes() -> None:
    long = b"X: y\n" * 400_000 + MAIL
    assert content_hash(long) != content_hash(MAIL)
    assert content_hash(long) == content_hash(long)


def test_a_thread_begins_with_its_first_reference() -> None:
    first = thread_key("<a>", "", (), "h")
    assert thread_key("<b>", "<a>", ("<a>", "<x>"), "h") == first
    assert thread_key("<c>", "<a>", (), "h") == first
    assert thread_key("", "", (), "h1") != thread_key("", "", (), "h2")


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Stan", "Re: Stan"),
        ("Re: Odp: RE: Stan", "Re: Stan"),
        ("Fwd: Pd: Stan", "Re: Stan"),
        ("Re[3]: Stan", "Re: Stan"),
        ("", "Re: Odczyt"),
        ("Re:", "Re: Odczyt"),
        ("Reklamacja", "Re: Reklamacja"),
        ("x\r\nBcc: y@z.pl", "Re: x Bcc: y@z.pl"),
    ],
)
def test_subjects(subject: str, answer: str) -> None:
    assert answer_subject(subject, "Odczyt") == answer
    assert answer_subject(answer, "Odczyt") == answer
    assert len(answer_subject("Re: " * 500 + "x" * 500, "y")) == 200


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("jan@example.org", "jan@example.org"),
        ("biuro@example.com", None),
        ("no-reply@example.org", None),
        ("noreply+7@example.org", None),
        ("do_not_reply@example.org", None),
        ("mailer-daemon@example.org", None),
        ("nie-odpowiadaj@example.org", None),
        ("noreplyson@example.org", "noreplyson@example.org"),
        ("", None),
        ("jan", None),
        ("a@b.c\r\nBcc: x@y.z", None),
    ],
)
def test_addresses(sender: str, address: str | None) -> None:
    assert answer_address(sender, ours="Biuro@example.com") == address


def said(state: str, meter: str | None = None) -> StatedReading:
    return StatedReading(meter, None, state, state)


@pytest.mark.parametrize(
    ("readings", "own", "line"),
    [
        ([said("487.35")], True, "Wodomierz nr 81234567: stan 487 m³, dzień odczytu 22 listopada 2026 r."),
        ([said("9")], True, "Wodomierz nr 81234567: stan 487 m³, dzień odczytu 22 listopada 2026 r."),
        ([said("487.35")], False, "Stan 487 m³, dzień odczytu 22 listopada 2026 r."),
        (
            [said("487", "8123-4567")],
            False,
            "Wodomierz nr 81234567: stan 487 m³, dzień odczytu 22 listopada 2026 r.",
        ),
        ([said("9", "81234567")], False, ""),
        ([said("9")], False, ""),
        ([], False, ""),
    ],
)
def test_a_stranger_is_told_what_they_said(readings: list[StatedReading], own: bool, line: str) -> None:
    booked = [BookedReading("81234567", 487, date(2026, 11, 22), waits=False)]
    assert booked_lines(booked, readings, own_address=own) == line
