"""Damaged and hostile mail: each is read, or refused in words, and its reader never dies."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import islice

import pytest

from db import inbox_reading, inbox_wire
from db.inbox_child import SECONDS
from db.inbox_reading import ReadMessage, read_safely
from db.rules.inbox import source
from db.rules.text import clean
from tests.rules.inbox.raw_mail import mail
from tests.rules.inbox.test_inbox_reading import counted
from tests.trust.hostile_mail import CLASSICS, ORIGINALS, damaged, made_to_harm, peak_memory
from tests.trust.scale import FULL, SCALE

SEED = 20261122
MEGABYTES = 250
"""What a message may add to the child's memory; it may have 512 in all."""
NEXT = mail("Klient 123456, licznik 12345678, stan 487 m3.")


def checked(raws: Iterable[bytes]) -> Counter[str]:
    """Read all in the real child; return how many were read, and how many refused and why."""
    kept = Counter[str]()
    for read in read_safely(raws):
        assert not read.fault
        assert read.trouble not in (inbox_reading.GAVE_UP, inbox_wire.NOT_FINISHED)
        kept["read" if read.text else read.trouble or ""] += 1
        assert_clean(read)
    return kept


def assert_clean(read: ReadMessage) -> None:
    """Nothing that a terminal obeys, and nothing that no person typed, comes out."""
    if read.text is None:
        assert read.trouble
        assert read.understood is None
        return
    text = read.text
    assert read.understood is not None
    found = [
        text.text,
        text.quoted,
        text.subject,
        text.sender,
        text.sender_name,
        text.reply_to,
        text.message_id,
    ]
    found += [text.in_reply_to, *text.references, *(file.name + file.media_type for file in text.files)]
    found += [reading.words for reading in read.understood.readings]
    assert all(clean(one, len(one)) == one.strip() for one in found)
    assert not any("\n" in one for one in found[2:7])
    for span in read.understood.used:
        assert 0 <= span.start < span.end <= len(text.text)


def test_damaged_messages_are_read_or_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    started = counted(monkeypatch)
    kept = checked(damaged(SCALE.mails, SEED))
    print(f"{SCALE.mails} damaged messages: {dict(kept)}")
    assert len(started) == 1
    assert kept.total() == SCALE.mails
    assert kept["read"] > SCALE.mails // 2
    assert kept[source.NO_MAIL] > SCALE.mails // 1000


def test_messages_made_to_harm_are_read_or_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    started = counted(monkeypatch)
    kept = checked(made_to_harm(SCALE.harmful, SEED))
    print(f"{SCALE.harmful} made to harm: {dict(kept)}")
    assert len(started) == 1
    assert kept.total() == SCALE.harmful


def test_a_message_cut_anywhere_is_read_or_refused_in_words() -> None:
    checked(whole[:end] for whole in ORIGINALS for end in range(0, len(whole), 7))


@pytest.mark.parametrize("name", CLASSICS)
def test_a_message_made_to_exhaust_its_reader_takes_little_time_and_memory(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.trust.hostile_mail", name],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    print(done.stdout)
    seconds, megabytes = done.stdout.split(": ")[0].removesuffix(" MB").split(" s, ")
    assert float(seconds) < SECONDS
    assert int(megabytes) < MEGABYTES


def test_after_each_of_them_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    started = counted(monkeypatch)
    names = sorted(CLASSICS)[:: 1 if SCALE is FULL else 4]
    raws = (raw for name in names for raw in (CLASSICS[name](), NEXT))
    results = list(read_safely(raws))
    assert len(results) == 2 * len(names)
    assert all(read.understood and read.understood.client_number == "123456" for read in results[1::2])
    assert all(read.text or read.trouble for read in results)
    assert len(started) == 1


def test_the_same_message_many_times_needs_no_more_memory() -> None:
    reading = read_safely([NEXT] * SCALE.same_mail)
    for _ in islice(reading, SCALE.same_mail // 10):
        pass
    before = peak_memory()
    assert sum(read.text is not None for read in reading) == SCALE.same_mail - SCALE.same_mail // 10
    grown = (peak_memory() - before) // 1024
    print(f"{SCALE.same_mail} times the same message: {grown} MB more")
    assert grown < 50


def test_the_librarys_newer_reader_fails_on_the_same_messages() -> None:
    """The control: these messages are damaged enough to break a reader that trusts the library."""
    failed = Counter[str]()
    for raw in damaged(SCALE.mails, SEED):
        try:
            message = message_from_bytes(raw, policy=default)
            assert isinstance(message, EmailMessage)
            [str(value) for value in message.values()]
            body = message.get_body(("plain", "html"))
            if body is not None:
                body.get_content()
        except Exception as error:
            failed[type(error).__name__] += 1
    print(f"the newer policy: {dict(failed)}")
    assert failed.total() > SCALE.mails // 100
    assert len(failed) > 1


def test_the_librarys_newer_reader_dies_of_a_subject_that_ours_reads() -> None:
    """The control: the limits of the child are real, and a reader that trusts the library breaks them."""
    code = (
        "from email import message_from_bytes; from email.policy import default; from db import inbox_child;"
        "from tests.trust.hostile_mail import CLASSICS; raw = CLASSICS['a subject of 820 KiB']();"
        "inbox_child._bind(); inbox_child._time(inbox_child.SECONDS);"
        "str(message_from_bytes(raw, policy=default)['subject'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode != 0
    assert done.returncode < 0 or "MemoryError" in done.stderr or "RecursionError" in done.stderr
