"""The child that reads mail: what it says comes over whole, and nothing that it dies of stops the rest."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from db import inbox_child, inbox_reading, inbox_wire
from db.inbox_reading import ReadMessage, read_safely
from db.inbox_wire import from_wire, read_frame, to_wire, write_frame
from db.records.clients import MeterRole
from db.records.incoming import MailIntent, StatedReading, TextSpan, Understood
from db.rules.inbox import source
from db.rules.inbox.source import read_source
from db.rules.inbox.understanding import understand
from tests.rules.inbox.raw_mail import attachment, mail, multipart, part

GOOD = mail("Numer klienta 123456. Stan licznika 487 m3 na dzień 15.11.2026.")


def program(body: str) -> list[str]:
    """Return a child of our own making in place of the real one."""
    head = "import sys, json\nfrom db.inbox_wire import read_frame, write_frame\n"
    return [sys.executable, "-c", head + body]


@pytest.fixture
def other_child(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Have each child started be the next of these; the last one serves from then on."""
    children: list[list[str]] = []

    def start() -> subprocess.Popen[bytes]:
        command = children.pop(0) if len(children) > 1 else children[0]
        return subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    monkeypatch.setattr(inbox_reading, "_started", start)
    return children


def counted(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Return a list that every child started from now on is added to."""
    started: list[subprocess.Popen[bytes]] = []
    start = inbox_reading._started

    def start_and_note() -> subprocess.Popen[bytes]:
        started.append(start())
        return started[-1]

    monkeypatch.setattr(inbox_reading, "_started", start_and_note)
    return started


REAL = [sys.executable, "-m", "db.inbox_child"]


def test_it_says_what_is_read_in_this_process() -> None:
    raws = [GOOD, multipart("mixed", part("stan 12", "text/plain"), attachment("ż.jpg", "image/jpeg", b"x"))]
    for raw, read in zip(raws, read_safely(raws), strict=True):
        text = read_source(raw)
        assert read == ReadMessage(text, understand(text), None)


def test_the_day_for_a_message_without_one() -> None:
    raw = mail("Numer klienta 123456. Stan licznika 487 m3, wczoraj.")
    raw = raw.replace(b"Date: Mon, 16 Nov 2026 08:14:00 +0100\r\n", b"")
    (read,) = read_safely([raw], fallback_day=date(2026, 11, 22))
    assert read.understood is not None
    assert read.understood.taken_on == date(2026, 11, 21)


def test_everything_comes_over_the_wire() -> None:
    full = ReadMessage(
        read_source(multipart("mixed", part("ł💧", "text/plain"), attachment("a", "b/c", b"x"))),
        Understood(
            intent=MailIntent.COMPLAINT,
            client_number="123456",
            invoice_number="FV/1",
            phone="601",
            address="Lipowa 1",
            readings=(StatedReading("1", MeterRole.GARDEN, "487.5", "stan", (TextSpan(1, 2),)),
                      StatedReading(None, None, "1", "1")),
            meters=("1", "2"),
            taken_on=date(2026, 11, 1),
            sufficient=True,
            used=(TextSpan(0, 3), TextSpan(5, 9)),
        ),
        "why",
        "where",
    )  # fmt: skip
    assert from_wire(to_wire(full)) == full
    assert from_wire(to_wire(ReadMessage(None, None, "why"))) == ReadMessage(None, None, "why")


def test_what_is_refused_is_told_and_the_next_is_read() -> None:
    first, second, third = read_safely([b"no mail", GOOD, b""])
    assert (first.text, first.understood, first.trouble) == (None, None, source.NO_MAIL)
    assert second.text is not None
    assert third.trouble == source.EMPTY


def test_a_thousand_pass_through_one_child(monkeypatch: pytest.MonkeyPatch) -> None:
    started = counted(monkeypatch)
    before = time.monotonic()
    assert sum(read.text is not None for read in read_safely([GOOD] * 1000)) == 1000
    assert len(started) == 1
    assert started[0].poll() is not None
    assert time.monotonic() - before < 60


def test_an_ended_reading_leaves_no_child(monkeypatch: pytest.MonkeyPatch) -> None:
    started = counted(monkeypatch)
    reading = read_safely([GOOD] * 3)
    next(reading)
    assert isinstance(reading, Iterator)
    del reading
    assert started[0].wait(timeout=30) != 0


@pytest.mark.parametrize(
    "body",
    [
        "sys.exit(3)",
        "read_frame(sys.stdin.buffer, 10**9); sys.exit(0)",
        "import os; os.abort()",
        "read_frame(sys.stdin.buffer, 10**9); write_frame(sys.stdout.buffer, b'junk')",
        "read_frame(sys.stdin.buffer, 10**9); write_frame(sys.stdout.buffer, b'{}')",
        "read_frame(sys.stdin.buffer, 10**9); write_frame(sys.stdout.buffer, b'[1]')",
        "read_frame(sys.stdin.buffer, 10**9); sys.stdout.buffer.write(b'\\xff' * 4); sys.stdout.flush()",
        "read_frame(sys.stdin.buffer, 10**9); sys.stdout.buffer.write(b'\\0\\0\\0\\x09half')",
    ],
)
def test_of_a_child_that_dies_or_talks_nonsense(body: str, other_child: list[list[str]]) -> None:
    other_child[:] = [program(body), REAL]
    first, second = read_safely([GOOD, GOOD])
    assert (first.text, first.trouble) == (None, inbox_reading.GAVE_UP)
    assert second.text is not None


def test_the_words_outlive_a_child_that_dies_of_understanding_them(other_child: list[list[str]]) -> None:
    body = (
        "from db.inbox_child import answers\nraw = read_frame(sys.stdin.buffer, 10**9).partition(b'\\n')[2]\n"
        "from db.inbox_wire import to_wire\nwrite_frame(sys.stdout.buffer, to_wire(next(answers(raw, None))))"
    )
    other_child[:] = [program(body), REAL]
    first, second = read_safely([GOOD, GOOD])
    assert first == ReadMessage(read_source(GOOD), None, inbox_wire.NOT_FINISHED)
    assert second.understood is not None


def test_a_child_that_hangs_is_ended(other_child: list[list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inbox_reading, "WAIT", 0.5)
    other_child[:] = [program("import time; time.sleep(600)")]
    before = time.monotonic()
    assert next(iter(read_safely([GOOD]))).trouble == inbox_reading.GAVE_UP
    assert time.monotonic() - before < 60


def test_a_child_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    assert [read.trouble for read in read_safely([GOOD, GOOD])] == [inbox_reading.NO_READER] * 2


def test_processor_time_ends_a_child() -> None:
    """The limit that the real child sets, with a message that never ends in place of a mail."""
    code = "from db import inbox_child\ninbox_child._time(1)\nwhile True: pass"
    done = subprocess.run([sys.executable, "-c", code], timeout=120, check=False)
    assert done.returncode < 0


def test_memory_ends_what_needs_too_much() -> None:
    code = "from db import inbox_child\ninbox_child._bind()\nx = bytearray(600 * 2**20)"
    done = subprocess.run([sys.executable, "-c", code], timeout=120, check=False, capture_output=True)
    if sys.platform == "linux":
        assert b"MemoryError" in done.stderr


def test_out_of_memory_and_a_fault_of_ours_are_told_with_their_place(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(error: BaseException) -> None:
        raise error

    monkeypatch.setattr(inbox_child, "understand", lambda *_, **__: fail(KeyError("Kowalski")))
    said, understood = inbox_child.answers(GOOD, None)
    assert said.text is not None
    assert (understood.understood, understood.trouble) == (None, inbox_child.NOT_UNDERSTOOD)
    assert understood.fault.startswith("KeyError at test_inbox_reading.py:")
    assert "Kowalski" not in understood.fault
    monkeypatch.setattr(inbox_child, "understand", lambda *_, **__: fail(MemoryError()))
    assert list(inbox_child.answers(GOOD, None))[1].trouble == inbox_wire.NOT_FINISHED
    monkeypatch.setattr(inbox_child, "read_source", lambda _: fail(IndexError()))
    assert [one.trouble for one in inbox_child.answers(GOOD, None)] == [inbox_child.NOT_READ]
    monkeypatch.setattr(inbox_child, "read_source", lambda _: fail(MemoryError()))
    assert [one.trouble for one in inbox_child.answers(GOOD, None)] == [inbox_child.OUT_OF_MEMORY]


def test_the_child_finds_the_program_and_not_the_folder_that_bok_was_called_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "db").mkdir()
    for name in ("db/__init__.py", "email.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("BOK_IMAP_PASSWORD", "secret")
    assert next(iter(read_safely([GOOD]))).text is not None
    process = inbox_reading._started()
    if sys.platform == "linux":
        assert b"secret" not in Path(f"/proc/{process.pid}/environ").read_bytes()
    process.kill()
    for stream in (process.stdin, process.stdout):
        assert stream is not None
        stream.close()
    process.wait()


def test_the_child_is_light() -> None:
    code = "import sys, json, db.inbox_child; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"sqlalchemy", "sqlmodel", "textual", "typer", "rich", "fpdf", "pydantic", "alembic", "babel"}
    assert not heavy & set(json.loads(done.stdout))


def test_frames() -> None:
    reading, writing = os.pipe()
    with os.fdopen(reading, "rb") as there, os.fdopen(writing, "wb") as here:
        write_frame(here, b"a", b"", b"bc")
        write_frame(here, b"")
        write_frame(here, b"x" * 50)
        here.close()
        assert [read_frame(there, 10) for _ in range(3)] == [b"abc", b"", None]
