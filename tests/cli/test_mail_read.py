"""`bok mail read`: the contract of its answers, the ways that mail lies about, and what is no mail."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Bok
from tests.rules.inbox.raw_mail import HEAD, attachment, mail, multipart, part

BODY = (
    "Dzień dobry,\nklient 123456, wodomierz nr 12345678, stan 487,35 m3 na dzień 15.11.2026.\n"
    "Jan, tel. 601 234 567"
)
FIRST = [
    "file",
    "intent",
    "client_number",
    "invoice_number",
    "phone",
    "readings",
    "taken_on",
    "sufficient",
]
FROM = b"From jan@example.pl Mon Nov 16 08:14:22 2026\n"


@pytest.fixture
def eml(tmp_path: Path) -> Path:
    """One good message."""
    file = tmp_path / "odczyt.eml"
    file.write_bytes(mail(BODY))
    return file


def read(bok: Bok, path: Path | str, *more: str, stdin: bytes = b"") -> list[dict[str, Any]]:
    """Return what `bok mail read` says, which has to be JSON and nothing else."""
    answer = bok("mail", "read", str(path), "--format", "json", *more, stdin=stdin)
    assert answer.code == 0, answer.err
    assert isinstance(answer.json, list)
    return answer.json


def test_one_message(bok: Bok, eml: Path, home: Path) -> None:
    (row,) = read(bok, eml)
    assert list(row)[:8] == FIRST
    assert {key: row[key] for key in FIRST if key != "readings"} == {
        "file": "odczyt.eml",
        "intent": "reading",
        "client_number": "123456",
        "invoice_number": None,
        "phone": "601234567",
        "taken_on": "2026-11-15",
        "sufficient": True,
    }
    (reading,) = row["readings"]
    assert list(reading) == ["meter", "role", "state", "words"]
    assert (reading["meter"], reading["role"], reading["state"]) == ("12345678", None, "487.35")
    assert "487,35" in reading["words"]
    assert (row["trouble"], row["automatic"], row["attachments"]) == (None, False, [])
    assert not list(home.glob("**/*.db"))


def test_a_table_and_csv(bok: Bok, eml: Path, tmp_path: Path) -> None:
    table = bok("mail", "read", str(eml))
    assert (table.code, table.err) == (0, "")
    assert "odczyt.eml" in table.out
    assert "12345678: 487.35" in table.out
    assert "reading" in table.out
    (row,) = csv.DictReader(io.StringIO(bok("mail", "read", str(eml), "--format", "csv").out))
    assert (row["client_number"], row["taken_on"], row["sufficient"]) == ("123456", "2026-11-15", "true")
    assert json.loads(row["readings"])["state"] == "487.35"
    file = tmp_path / "out.json"
    assert bok("mail", "read", str(eml), "--format", "json", "--output", str(file)).out == ""
    assert json.loads(file.read_text())[0]["file"] == "odczyt.eml"
    assert bok("mail", "read", str(eml), "--output", str(file)).code == 1


def test_a_folder_a_mailbox_a_maildir_and_standard_input(bok: Bok, eml: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "b.eml").write_bytes(mail("stan 2"))
    (folder / "a.eml").write_bytes(mail("stan 1"))
    (folder / "c.mbox").write_bytes(FROM + mail("stan 3\n\n") + FROM + mail("stan 4\n"))
    assert [row["file"] for row in read(bok, folder)] == ["a.eml", "b.eml", "c.mbox:1", "c.mbox:2"]
    assert [row["file"] for row in read(bok, folder / "c.mbox")] == ["c.mbox:1", "c.mbox:2"]
    maildir = tmp_path / "Maildir"
    for name in ("cur", "new", "tmp"):
        (maildir / name).mkdir(parents=True)
    (maildir / "new" / "1.host").write_bytes(mail(BODY))
    assert [(row["file"], row["sufficient"]) for row in read(bok, maildir)] == [("new/1.host", True)]
    assert [row["file"] for row in read(bok, "-", stdin=mail(BODY))] == ["-"]
    assert [row["file"] for row in read(bok, "-", stdin=(folder / "c.mbox").read_bytes())] == ["-:1", "-:2"]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert read(bok, empty) == []


def test_relative_days_are_counted_from_the_date_of_the_message(bok: Bok, eml: Path) -> None:
    eml.write_bytes(mail("klient 123456, stan licznika wczoraj 487 m3"))
    assert read(bok, eml)[0]["taken_on"] == "2026-11-15"
    eml.write_bytes(mail("klient 123456, stan licznika 487 m3"))
    assert read(bok, eml)[0]["taken_on"] is None


def test_what_cannot_be_read_has_its_object_and_a_reason(bok: Bok, tmp_path: Path) -> None:
    for name, raw in {
        "a.eml": b"",
        "b.eml": b"stan 487",
        "c.eml": HEAD + b"X: y\r\n" * 20_000,
        "d.eml": mail(BODY),
        "e.pdf": b"%PDF-1.7\n",
        "f.eml": multipart("mixed", part("stan 487", "text/plain"), attachment("x", "image/png", b"x"))[:-40],
    }.items():
        (tmp_path / name).write_bytes(raw)
    answer = bok("mail", "read", str(tmp_path), "--format", "json")
    assert answer.code == 0
    assert "could not be read: 3" in answer.err
    assert "1 file is no message and was passed over: e.pdf" in answer.err
    rows = {row["file"]: row for row in answer.json}
    for name in ("a.eml", "b.eml", "c.eml"):
        row = rows[name]
        assert row["trouble"]
        assert [row[key] for key in FIRST[1:]] == ["other", None, None, None, [], None, False]
    assert rows["d.eml"]["sufficient"] is True
    assert rows["f.eml"]["readings"]


def test_of_a_folder_what_is_no_message_is_passed_over_and_told(bok: Bok, tmp_path: Path) -> None:
    others = {
        "a.json": b'[{"file": "x.eml"}]',
        "b.csv": b"meter;state\n",
        "c.pdf": b"%PDF-1.7\n",
        "d.txt": b"http://example.org/x\n",
        "e.bin": b"\x00\xff" * 40,
        "f": b"",
        "g.txt": b"just a line\nSubject: none\n",
    }
    message = mail("stan 1")
    messages = {
        "k.EML": b"\x00\xff",
        "l.txt": message,
        "m": b"\xef\xbb\xbf\r\n\n" + message,
        "n.mbox": b"\n" + FROM + mail("stan 3\n\n") + FROM + mail("stan 4\n"),
    }
    for name, raw in (others | messages | {".hidden.eml": message}).items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "inner.eml").mkdir()
    answer = bok("mail", "read", str(tmp_path), "--format", "json")
    assert [row["file"] for row in answer.json] == ["k.EML", "l.txt", "m", "n.mbox:1", "n.mbox:2"]
    assert "7 files are no messages and were passed over: a.json, b.csv, c.pdf, d.txt, e.bin, …" in answer.err
    assert "1 folder inside was not looked into; name it by itself: inner.eml/" in answer.err
    for name in ("a.json", "f"):
        (row,) = read(bok, tmp_path / name)
        assert (row["file"], bool(row["trouble"])) == (name, True), "a file that is named is taken"


def test_no_such_path(bok: Bok, tmp_path: Path) -> None:
    answer = bok("mail", "read", str(tmp_path / "nothing.eml"), "--format", "json")
    assert (answer.code, answer.out) == (3, "")
    assert "nothing.eml" in answer.err
    assert bok("mail", "read").code == 2
    assert bok("mail", "read", str(tmp_path), "--format", "xml").code == 2


def test_hostile_words_are_only_words(bok: Bok, eml: Path) -> None:
    hostile = "=HYPERLINK(1) [/x] [red]r[/red] \x1b[2J\x1b]0;t\x07\u202e stan 487 m3"
    subject = hostile.replace("stan", "x").encode("ascii", "replace")
    eml.write_bytes(mail(hostile, head=HEAD.replace(b"Stan licznika", subject)))
    for form in ("table", "json", "csv"):
        answer = bok("mail", "read", str(eml), "--format", form)
        assert answer.code == 0, answer.err
        assert not set("\x1b\x07\u202e") & set(answer.out + answer.err)
    (row,) = csv.DictReader(io.StringIO(bok("mail", "read", str(eml), "--format", "csv").out))
    assert row["subject"].startswith("'=")


def test_troubles_are_told_in_the_language_of_the_reader(
    bok: Bok, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.eml").write_bytes(mail("x")[:60].replace(b"From", b"X"))
    monkeypatch.setenv("BOK_LANG", "en")
    assert "does not say" in str(read(bok, tmp_path)[0]["trouble"])


def test_five_hundred_messages_in_a_few_seconds(bok: Bok, tmp_path: Path) -> None:
    for number in range(500):
        (tmp_path / f"{number:03}.eml").write_bytes(mail(BODY))
    rows = read(bok, tmp_path)
    assert len(rows) == 500
    assert all(row["sufficient"] for row in rows)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; from bok_tui.__main__ import main; main(['mail', 'read', '--help']);"
        "print(sorted({'db.inbox_reading', 'db.rules.inbox', 'sqlalchemy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
