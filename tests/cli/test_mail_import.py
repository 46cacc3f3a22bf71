"""Incoming mail on the shell: from files and a real server to the inbox and the reading."""

from __future__ import annotations

import mailbox
from datetime import date
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from db.mail_settings import Security
from db.operations.inbox import mark_spam
from db.records.mail import MailState
from tests.cli.shell_desk import ShellDesk
from tests.conftest import TestClock
from tests.db.builders import BuiltClient, last_access, rows
from tests.imap_server import PASSWORD, USER, ImapServer, imap_server
from tests.mail_server import AUTHORITY
from tests.outbox import message, queue
from tests.rules.test_bounces import ID, POSTFIX

OWN = "zaneta@example.org"


def raw(at: int, text: str, sender: str = OWN) -> bytes:
    written = EmailMessage()
    written["From"] = f"Żaneta Kowalska <{sender}>"
    written["To"] = "biuro@example.org"
    written["Subject"] = "Stan licznika"
    written["Date"] = "Sat, 21 Nov 2026 19:30:00 +0100"
    written["Message-ID"] = f"<{at}@example.org>"
    written.set_content(text)
    return written.as_bytes()


@pytest.fixture
def client(desk: ShellDesk) -> BuiltClient:
    built = desk.build.household("123456", meter="81234567")
    desk.build.contact_point(built.id, "email", OWN, date(2026, 1, 5))
    desk.build.notice(built.meter_id, date(2026, 11, 8), date(2026, 11, 30))
    return built


def test_files_come_in_once_whatever_they_lie_in(
    desk: ShellDesk, client: BuiltClient, tmp_path: Path
) -> None:
    folder, box, maildir = tmp_path / "folder", tmp_path / "box.mbox", tmp_path / "Maildir"
    folder.mkdir()
    (folder / "a.eml").write_bytes(raw(1, "Stan 499"))
    (folder / "b.eml").write_bytes(raw(2, "Numer klienta 123456, stan wodomierza: 500 m3"))
    text = "Numer klienta 123456, stan wodomierza: 500 m3"
    _fill(mailbox.mbox(box), raw(2, text), raw(3, text))
    _fill(mailbox.Maildir(maildir), raw(4, "Reklamacja! Rachunek jest za wysoki."))
    assert desk.run("sign-out").code == 0
    first = desk.run("mail", "import", str(folder), "--format", "json")
    assert (first.code, first.json) == (0, {"new": 2, "known": 0, "unreadable": 0}), first.err
    assert desk.run("mail", "import", str(box), "--format", "json").json == {
        "new": 1, "known": 1, "unreadable": 0,
    }  # fmt: skip
    assert desk.run("mail", "import", str(maildir), "--format", "csv").out.splitlines()[1] == "1,0,0"
    assert desk.run("mail", "import", str(folder), "--format", "json").json["new"] == 0
    assert desk.run("mail", "import", str(tmp_path / "nic")).code == 3


def _fill(kept: mailbox.Mailbox[Any], *messages: bytes) -> None:
    for one in messages:
        kept.add(one)
    kept.close()


def test_what_is_no_mail_is_kept_and_listed(desk: ShellDesk, tmp_path: Path) -> None:
    (tmp_path / "x.eml").write_bytes(b"\x00\xff\x1b[2J" * 100)
    answer = desk.run("mail", "import", str(tmp_path / "x.eml"), "--format", "json")
    assert (answer.code, answer.json) == (0, {"new": 1, "known": 0, "unreadable": 1})
    (line,) = desk.run("mail", "inbox", "--format", "json").json
    assert (line["unread"], line["sure"], line["client"]) == (True, False, "")


def test_of_a_folder_what_is_no_message_is_left_where_it_is(desk: ShellDesk, tmp_path: Path) -> None:
    folder = tmp_path / "poczta"
    folder.mkdir()
    (folder / "a.eml").write_bytes(raw(1, "stan 499"))
    (folder / "b.eml").write_bytes(b"\x00\xff\x1b[2J" * 100)
    (folder / "c.json").write_bytes(b"[]")
    (folder / "d").write_bytes(raw(2, "stan 500"))
    answer = desk.run("mail", "import", str(folder), "--format", "json")
    assert (answer.code, answer.json) == (0, {"new": 3, "known": 0, "unreadable": 1})
    assert "1 file is no message and was passed over: c.json" in answer.err
    named = desk.run("mail", "import", str(folder / "c.json"), "--format", "json")
    assert named.json == {"new": 1, "known": 0, "unreadable": 1}, "a file that is named is taken"


def test_an_empty_file_is_told_of(desk: ShellDesk, tmp_path: Path) -> None:
    folder = tmp_path / "poczta"
    folder.mkdir()
    (folder / "pusty.eml").write_bytes(b"\r\n")
    answer = desk.run("mail", "import", str(folder), "--format", "json")
    assert (answer.code, answer.json) == (0, {"new": 0, "known": 0, "unreadable": 0})
    assert "pusty.eml is empty" in answer.err


def test_mail_that_came_back_is_noted(desk: ShellDesk, tmp_path: Path) -> None:
    key = queue(desk.build, "odbiorca@example.com", message_id=ID, state=MailState.SENT)
    (tmp_path / "x.eml").write_bytes(POSTFIX)
    for new in (1, 0):
        answer = desk.run("mail", "import", str(tmp_path / "x.eml"), "--format", "json")
        assert (answer.code, answer.json["new"]) == (0, new), answer.err
        assert message(desk.database, key)["state"] is MailState.BOUNCED
    (line,) = desk.run("mail", "inbox", "--format", "json").json
    assert (line["automatic"], line["sure"]) == (True, False)


def test_a_mailbox_is_fetched_into_the_inbox(
    desk: ShellDesk, client: BuiltClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    secret = tmp_path / "password"
    secret.write_text(f"{PASSWORD}\n", encoding="utf-8")
    secret.chmod(0o600)
    with imap_server(Security.TLS) as server:
        _set(monkeypatch, server, secret)
        server.deliver(raw(1, "Stan 499"))
        answer = desk.run("mail", "fetch", "--format", "json")
        assert (answer.code, answer.json) == (0, {"new": 1, "known": 0, "unreadable": 0}), answer.err
        assert desk.run("mail", "fetch", "--format", "json").json["new"] == 0
        secret.write_text("inne\n", encoding="utf-8")
        wrong = desk.run("mail", "fetch")
        assert (wrong.code, wrong.out) == (5, "")
        assert "password of the mailbox" in wrong.err
        assert "inne" not in wrong.err
        secret.chmod(0o644)
        assert "chmod 600" in desk.run("mail", "fetch").err
        secret.chmod(0o600)
    gone = desk.run("mail", "fetch")
    assert (gone.code, gone.out) == (5, "")
    monkeypatch.setenv("BOK_IMAP_HOST", "mail.example.org")
    monkeypatch.setenv("BOK_IMAP_SECURITY", "none")
    assert "in clear" in desk.run("mail", "fetch").err
    monkeypatch.delenv("BOK_IMAP_HOST")
    unset = desk.run("mail", "fetch")
    assert unset.code == 1
    assert "imap_host" in unset.err


def _set(monkeypatch: pytest.MonkeyPatch, server: ImapServer, secret: Path) -> None:
    values = {"HOST": "localhost", "PORT": str(server.port), "SECURITY": "tls", "USER": USER}
    for name, value in (values | {"PASSWORD_FILE": str(secret), "CA_FILE": str(AUTHORITY)}).items():
        monkeypatch.setenv(f"BOK_IMAP_{name}", value)


def test_a_supervisor_lets_sure_readings_in_and_sees_them(
    desk: ShellDesk, client: BuiltClient, tmp_path: Path
) -> None:
    folder = tmp_path / "mail"
    folder.mkdir()
    (folder / "a.eml").write_bytes(raw(1, "Dzień dobry, podaję stan wodomierza: 499 m3."))
    (folder / "b.eml").write_bytes(raw(2, "Podaję stan wodomierza: 499 m3.", "obcy@example.org"))
    assert desk.run("mail", "import", str(folder), "--format", "json").json["new"] == 2
    sure, doubtful = desk.run("mail", "inbox", "--format", "json").json
    assert (sure["sure"], sure["reading"], sure["level"]) == (True, "81234567: 499", "ok")
    assert (sure["sender"], sure["certainty"]) == ("z***@example.org", "sure")
    assert (doubtful["sure"], doubtful["client"]) == (False, "")
    assert [row["id"] for row in desk.run("mail", "inbox", "--sure", "--format", "json").json] == [sure["id"]]
    assert desk.run("mail", "auto-accept").out == "off\n"
    assert desk.run("jobs", "run", "--format", "json").json["mails_accepted"] == 0
    assert desk.run("mail", "auto-accept", "on").code == 4
    desk.sign_in("ewa")
    assert desk.run("mail", "auto-accept", "on").out == "on\n"
    assert desk.run("jobs", "run", "--format", "json").json["mails_accepted"] == 0, "a file may be anybody's"
    with desk.database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE incoming_message SET source = 'imap'")
    assert desk.run("jobs", "run", "--format", "json").json["mails_accepted"] == 1
    assert desk.run("jobs", "run", "--format", "json").json["mails_accepted"] == 0
    (auto,) = desk.run("mail", "inbox", "--auto", "--format", "json").json
    assert (auto["id"], auto["auto"], auto["state"]) == (sure["id"], True, "accepted")
    assert len(rows(desk.database, "reading", "submission IS NOT NULL")) == 1
    assert "Message" in desk.run("mail", "inbox", "--state", "all").out
    assert desk.run("mail", "inbox", "--state", "nic").code == 2
    assert desk.run("mail", "auto-accept", "maybe").code == 2


def test_a_source_is_handed_out_byte_for_byte(desk: ShellDesk, client: BuiltClient, tmp_path: Path) -> None:
    content, out = raw(1, "Stan 499"), tmp_path / "out.eml"
    (tmp_path / "a.eml").write_bytes(content)
    desk.run("mail", "import", str(tmp_path / "a.eml"))
    (line,) = desk.run("mail", "inbox", "--format", "json").json
    assert desk.run("mail", "source", str(line["id"]), "--output", str(tmp_path / "z")).code == 4
    desk.sign_in("ewa")
    assert desk.run("mail", "source", str(line["id"]), "--output", str(out)).code == 0
    assert out.read_bytes() == content
    assert last_access(desk.database)["action"] == "EXPORT"
    assert desk.run("mail", "source", str(line["id"]), "--output", str(out)).code == 1
    assert desk.run("mail", "source", "999", "--output", str(tmp_path / "y")).code == 3


def test_old_mail_of_nobody_is_erased_by_supervisors_and_by_a_timer(
    desk: ShellDesk, tmp_path: Path, clock: TestClock
) -> None:
    (tmp_path / "x.eml").write_bytes(raw(1, "Wygrałeś milion!", "spam@example.net"))
    assert desk.run("mail", "import", str(tmp_path / "x.eml"), "--format", "json").json["new"] == 1
    (line,) = desk.run("mail", "inbox", "--format", "json").json
    desk.house.office(desk.build.staff(login="ola")).do(mark_spam, line["id"])
    assert desk.run("mail", "prune").code == 4, "an agent is signed in"
    clock.forward(days=40)
    assert desk.run("sign-out").code == 0
    assert desk.run("mail", "prune").code == 4, "nobody is signed in"
    desk.sign_in("ewa")
    tried = desk.run("mail", "prune", "--dry-run", "--format", "json")
    assert (tried.code, tried.json) == (0, {"spam": 1, "strangers": 0, "waiting": 0, "erased": 0}), tried.err
    assert "nothing was erased" in tried.err
    assert desk.run("sign-out").code == 0
    done = desk.run("mail", "prune", "--unattended", "--format", "json")
    assert (done.code, done.json["erased"]) == (0, 1), done.err
    assert "bok db scrub" in done.err
    again = desk.run("mail", "prune", "--unattended", "--format", "json")
    assert (again.json["spam"], again.json["erased"], again.err) == (0, 0, "")
    assert desk.run("mail", "import", str(tmp_path / "x.eml"), "--format", "json").json["known"] == 1
