"""Mail on the disk: one message at a time, whatever it lies in."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.errors import NotFound, WrongInput
from db.mail_files import MailFile, mail_files
from tests.rules.inbox.raw_mail import mail

FROM = b"From jan@example.pl Mon Nov 16 08:14:22 2026\n"
MOST = 1_000_000


def read(path: Path, most: int = MOST) -> list[MailFile]:
    return list(mail_files(path, most=most))


def names(path: Path) -> list[str]:
    return [file.name for file in mail_files(path, most=MOST)]


def test_one_message(tmp_path: Path) -> None:
    file = tmp_path / "a.eml"
    file.write_bytes(mail("487"))
    assert read(file) == [MailFile("a.eml", mail("487"))]
    assert read(file, 10) == [MailFile("a.eml", mail("487")[:10])]
    file.write_bytes(b"")
    assert read(file) == [MailFile("a.eml", b"")]


def test_a_mailbox(tmp_path: Path) -> None:
    box = tmp_path / "box.mbox"
    first, second = mail("487\n\nFrom tomorrow on\n"), mail(">From 12:00 2026 x\n")
    box.write_bytes(FROM + first + b"\n" + FROM + second + b"\n" + FROM.replace(b"\n", b"\r\n") + b"\n")
    found = read(box)
    assert [file.name for file in found] == ["box.mbox:1", "box.mbox:2", "box.mbox:3"]
    assert found[0].raw == first + b"\n"
    assert found[1].raw == second.replace(b">From 12:00", b"From 12:00") + b"\n"
    assert [len(file.raw) for file in read(box, 50)] == [50, 50, 1]
    as_one = tmp_path / "saved.eml"
    as_one.write_bytes(FROM + first)
    assert read(as_one) == [MailFile("saved.eml", FROM + first)]


def test_a_mailbox_of_an_endless_line_is_bounded(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(FROM + b"x" * 5_000_000 + b"\n\n" + FROM + b"y")
    assert [len(file.raw) for file in read(box, 1000)] == [1000, 1]


def test_a_folder(tmp_path: Path) -> None:
    for name in ("b.eml", "a.eml", "10.M1P1.host", ".hidden"):
        (tmp_path / name).write_bytes(mail(name))
    (tmp_path / "c.mbox").write_bytes(FROM + mail("1") + b"\n" + FROM + mail("2"))
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "d.eml").write_bytes(mail("487"))
    (tmp_path / "link.eml").symlink_to(tmp_path / "a.eml")
    assert names(tmp_path) == ["10.M1P1.host", "a.eml", "b.eml", "c.mbox:1", "c.mbox:2"]
    assert names(tmp_path / "deeper") == ["d.eml"]


def test_a_maildir(tmp_path: Path) -> None:
    for folder in ("cur", "new", "tmp"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"1.{folder}:2,S").write_bytes(mail(folder))
    (tmp_path / "dovecot-uidlist").write_bytes(b"3 V1")
    assert names(tmp_path) == ["cur/1.cur:2,S", "new/1.new:2,S"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read(tmp_path / "nothing.eml")
    locked = tmp_path / "locked.eml"
    locked.write_bytes(mail("487"))
    (tmp_path / "open.eml").write_bytes(mail("488"))
    locked.chmod(0)
    try:
        locked.read_bytes()
    except PermissionError:
        assert [(file.name, bool(file.trouble)) for file in read(tmp_path)] == [
            ("locked.eml", True),
            ("open.eml", False),
        ]
        with pytest.raises(WrongInput):
            read(locked)
    finally:
        locked.chmod(0o600)
