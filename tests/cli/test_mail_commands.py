"""`bok mail` as a script and a supervisor use it, with a real server on loopback."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bok_tui.commands.mail_send import send_all
from db.office import SYSTEM
from db.records.mail import MailState
from tests.cli.shell_desk import ShellDesk
from tests.conftest import TestClock
from tests.db.builders import TODAY, last_access, rows
from tests.mail_server import RCPT, MailServer, mail_server
from tests.outbox import message, queue, queue_many, states
from tests.rules.test_bounces import ID, POSTFIX


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as server:
        _set(monkeypatch, server)
        yield server


def _set(monkeypatch: pytest.MonkeyPatch, server: MailServer) -> None:
    values = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(server.port), "SMTP_SECURITY": "none"}
    for name, value in (values | {"MAIL_FROM": "biuro@example.org"}).items():
        monkeypatch.setenv(f"BOK_{name}", value)


def test_what_waits_is_sent_without_anybody_signed_in(desk: ShellDesk, server: MailServer) -> None:
    addresses = queue_many(desk.build, 3)
    assert desk.run("sign-out").code == 0
    first = desk.run("mail", "send", "--limit", "2", "--format", "json")
    assert first.code == 0, first.err
    assert first.json == {"tried": 2, "sent": 2, "later": 0, "failed": 0, "bounced": 0, "doubtful": 0}
    assert desk.run("mail", "send", "--format", "csv").out.splitlines()[1] == "1,1,0,0,0,0"
    assert sorted(one.recipient for one in server.delivered) == addresses
    assert {row["staff_login"] for row in rows(desk.database, "audit_entry") if "mail" in row["action"]} == {
        "system"
    }


def test_without_a_server_set_nothing_happens_and_it_says_what_to_set(desk: ShellDesk) -> None:
    queue_many(desk.build, 1)
    answer = desk.run("mail", "send")
    assert (answer.code, answer.out) == (1, "")
    assert "smtp_host" in answer.err
    assert "BOK_MAIL_FROM" in answer.err


def test_a_server_that_is_down_is_a_code_of_its_own(desk: ShellDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    queue_many(desk.build, 1)
    with mail_server() as server:
        _set(monkeypatch, server)
    answer = desk.run("mail", "send", "--format", "json")
    assert answer.code == 5
    assert answer.json["later"] == 1
    assert "mail server cannot be reached" in answer.err


def test_what_could_not_be_delivered_is_listed_sent_again_or_cancelled(
    desk: ShellDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [queue(desk.build, address) for address in ("zla@example.com", "druga@example.com")]
    with mail_server(lambda at, to: "550 5.1.1 unknown" if at == RCPT else None) as server:
        _set(monkeypatch, server)
        answer = desk.run("mail", "send")
    assert answer.code == 1
    assert "bok mail list --state failed" in answer.err
    refused = desk.run("mail", "list")
    assert refused.code == 4  # an agent
    desk.sign_in("ewa")
    listed = desk.run("mail", "list", "--state", "bounced", "--format", "json").json
    assert [line["id"] for line in listed] == keys[::-1]
    assert listed[0]["error"] == "RCPT 550 5.1.1 unknown"
    assert listed[0]["state"] == "bounced"
    assert last_access(desk.database)["scope"] == "outgoing mail: bounced"
    page = desk.run("mail", "list", "--limit", "1", "--before", str(keys[1]), "--format", "json")
    assert [line["id"] for line in page.json] == keys[:1]
    assert f"--before {keys[0]}" in page.err
    assert desk.run("mail", "resend", str(keys[0])).code == 0
    assert desk.run("mail", "cancel", str(keys[0])).code == 0
    assert message(desk.database, keys[0])["state"] is MailState.CANCELLED
    again = desk.run("mail", "resend", str(keys[0]))
    assert again.code == 1
    assert "is cancelled" in again.err
    assert desk.run("mail", "cancel", "999").code == 3
    wrong = desk.run("mail", "list", "--state", "lost")
    assert wrong.code == 2
    assert "doubtful" in wrong.err
    assert "came back" in desk.run("mail", "list").out


def test_a_waiting_sender_stays_until_nothing_waits(desk: ShellDesk, clock: TestClock) -> None:
    queue_many(desk.build, 2)
    turn = 0
    pauses: list[float] = []

    def manners(at: str, to: str) -> str | None:
        nonlocal turn
        turn += at == RCPT
        return "450 4.2.0 later" if at == RCPT and turn <= 2 else None

    def pause(seconds: float) -> None:
        pauses.append(seconds)
        clock.now += timedelta(seconds=seconds)

    with mail_server(manners) as server:
        office = desk.house.office(SYSTEM)
        report = send_all(office, server.route(), limit=100, wait=True, pause=pause)
    assert report.counts == {MailState.QUEUED: 2, MailState.SENT: 2}
    assert 1 <= len(pauses) <= 6
    assert max(pauses) <= 60
    assert set(states(desk.database).values()) == {MailState.SENT}


def test_notifications_in_a_folder_mark_messages_and_addresses(desk: ShellDesk, tmp_path: Path) -> None:
    client = desk.build.client()
    desk.build.contact_point(client.id, "email", "zla@example.com")
    sent = queue(desk.build, "zla@example.com", client_id=client.id, message_id=ID, state=MailState.SENT)
    folder = tmp_path / "returned"
    folder.mkdir()
    (folder / "1.eml").write_bytes(POSTFIX)
    (folder / "2.eml").write_bytes(POSTFIX.replace(b"0123456789abcdef", b"f"))
    (folder / "3.eml").write_bytes(b"Subject: hello\n\nhello")
    (folder / "4.eml").write_bytes(b"x" * 2_000_001)
    (folder / "5.eml").symlink_to("/etc/passwd")
    answer = desk.run("mail", "bounces", str(folder), "--format", "json")
    assert answer.code == 1
    assert [row["result"] for row in answer.json] == ["noted", "unknown", "other", "unreadable"]
    assert answer.json[0]["status"] == "5.1.1"
    assert "too big" in answer.err
    row = message(desk.database, sent)
    assert row["state"] is MailState.BOUNCED
    assert row["error"].startswith("5.1.1 550 5.1.1")
    (point,) = rows(desk.database, "contact_point")
    assert point["bounced_on"] == TODAY
    again = desk.run("mail", "bounces", str(folder / "1.eml"), "--format", "json")
    assert (again.code, again.json[0]["result"]) == (0, "again")
    assert desk.run("mail", "bounces", str(tmp_path / "nothing")).code == 3


def test_info_tells_of_the_server_and_of_no_password(
    desk: ShellDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOK_SMTP_HOST", "mail.example.org")
    monkeypatch.setenv("BOK_SMTP_USER", "bok-sender")
    monkeypatch.setenv("BOK_SMTP_PASSWORD", "zupa z brukwi 3")
    answer = desk.run("info", "--format", "json")
    assert answer.json["mail_server"] == "mail.example.org:587 (starttls)"
    assert "brukwi" not in answer.out + answer.err
