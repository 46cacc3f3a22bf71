"""`bok report send` and `bok report schedule`: who may, to whom, what goes out, and when."""

from __future__ import annotations

import email
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from email.policy import default
from pathlib import Path

import pytest

from db.errors import Refused, WrongInput
from db.records.mail import MailKind
from db.records.people import Role
from db.rules.report_addresses import office_address
from tests.cli.shell_desk import ShellDesk, Towns
from tests.db.builders import rows
from tests.mail_server import MailServer, mail_server
from tests.reports.pdfs import text_of
from tests.together import PATIENCE

BOSS = "kierownik@example.org"
SEND = ("report", "send", "daily", "--to", BOSS)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with mail_server() as server:
        values = {"HOST": "127.0.0.1", "PORT": str(server.port), "SECURITY": "none"}
        for name, value in values.items():
            monkeypatch.setenv(f"BOK_SMTP_{name}", value)
        monkeypatch.setenv("BOK_MAIL_FROM", "biuro@example.org")
        yield server


def scopes(desk: ShellDesk) -> list[str]:
    return [row["scope"] for row in rows(desk.database, "access_entry") if row["action"] == "EXPORT"]


def test_a_report_goes_out_as_mail_with_its_pdf(town_of: Towns, server: MailServer) -> None:
    desk = town_of(25)
    sent = desk.run(*SEND, "--to", BOSS, "--to", "zarzad@EXAMPLE.org", "--format", "json")
    assert sent.code == 0, sent.err
    assert [row["address"] for row in sent.json] == [BOSS, "zarzad@example.org"]
    assert sent.json[0]["subject"] == "The morning's page, as of 22.11.2026"
    assert scopes(desk) == [f"report daily daily to {BOSS}", "report daily daily to zarzad@example.org"]
    assert {row["kind"] for row in rows(desk.database, "outgoing_message")} >= {MailKind.REPORT}
    assert desk.run("mail", "send").code in (0, 1)
    (content,) = [one.content for one in server.delivered if one.recipient == BOSS]
    message = email.message_from_bytes(content, policy=default)
    assert message["Subject"] == "The morning's page, as of 22.11.2026"
    assert message["Auto-Submitted"] == "auto-generated"
    (file,) = message.iter_attachments()
    assert file.get_filename() == "daily-daily-2026-11-22.pdf"
    paper = text_of(file.get_content())
    assert "open requests past their deadline" in paper
    text = message.get_body(("plain",))
    assert text is not None
    assert "bok report explain daily" in text.get_content()


def test_names_stay_masked_in_what_is_sent(town_of: Towns) -> None:
    desk = town_of(25)
    names = [
        row["name"]
        for row in desk.run("report", "receivables", "--top", "3", "--reveal", "--format", "json").json[
            "rows"
        ]
    ]
    assert desk.run("report", "send", "receivables", "--top", "3", "--to", BOSS, "--reveal").code == 2
    assert desk.run("report", "send", "receivables", "--top", "3", "--to", BOSS).code == 0
    (file,) = rows(desk.database, "outgoing_attachment")
    paper = text_of(bytes(file["pdf"]))
    assert names
    assert not any(name in paper for name in names)
    assert "***" in paper


def test_who_may_send_and_to_whom(desk: ShellDesk) -> None:
    assert desk.run(*SEND).code == 4
    desk.sign_in("ewa")
    desk.hire("maria", Role.ADMIN)
    for address, code in (("szef@example.com", 1), ("szef", 2), ("szef@example.org.evil.pl", 1)):
        refused = desk.run("report", "send", "daily", "--to", address)
        assert (refused.code, refused.out) == (code, "")
    assert desk.run("report", "send", "daily").code == 2
    assert desk.run("report", "send", "nothing", "--to", BOSS).code == 2
    assert (
        desk.run(
            "report", "send", "readings", "--from", "2026-11-10", "--until", "2026-11-01", "--to", BOSS
        ).code
        == 2
    )
    many = [word for place in range(21) for word in ("--to", f"a{place}@example.org")]
    assert desk.run("report", "send", "daily", *many).code == 2
    assert rows(desk.database, "outgoing_message") == []
    desk.sign_in("maria")
    assert (
        desk.run("report", "send", "readings", "--by", "day", "--from", "2026-11-01", "--to", BOSS).code == 0
    )


def test_a_timer_writes_only_to_whom_a_supervisor_has_written(desk: ShellDesk) -> None:
    assert desk.run("sign-out").code == 0
    assert desk.run(*SEND).code == 4
    first = desk.run(*SEND, "--unattended")
    assert first.code == 4
    assert "Nobody has sent a report to kierownik@example.org" in first.err
    assert rows(desk.database, "outgoing_message") == []
    desk.sign_in("ewa")
    assert desk.run(*SEND).code == 0
    assert desk.run("sign-out").code == 0
    assert desk.run(*SEND, "--unattended").code == 0
    assert desk.run(*SEND, "--to", "inny@example.org", "--unattended").code == 4
    assert [row["staff_id"] is None for row in rows(desk.database, "outgoing_message")] == [False, True]


def test_a_database_with_such_mail_does_not_go_back_to_where_it_would_lose_it(desk: ShellDesk) -> None:
    from db.check import check_database
    from db.schema import downgrade

    desk.hire("maria", Role.ADMIN)
    desk.sign_in("ewa")
    assert desk.run(*SEND).code == 0
    assert [check for check in check_database(desk.house).checks if not check.ok] == []
    with pytest.raises(Refused, match="mail with files"):
        downgrade(desk.database, "0007")


@pytest.mark.parametrize(
    ("address", "office", "fits"),
    [
        ("szef@wody.pl", "biuro@wody.pl", True),
        (" Szef@WODY.pl ", "biuro@wody.pl", True),
        ("szef@it.wody.pl", "biuro@wody.pl", False),
        ("wody@gmail.com", "wody@gmail.com", True),
        ("ktos@gmail.com", "wody@gmail.com", False),
    ],
)
def test_the_offices_own_domain(address: str, office: str, fits: bool) -> None:
    if fits:
        assert office_address(address, office).endswith(office.rpartition("@")[2])
    else:
        with pytest.raises(Refused, match="own addresses"):
            office_address(address, office)


def test_what_is_no_address() -> None:
    for text in ("", "szef", "szef@wody.pl\r\nBcc: x@y.pl", "a@wody.pl,b@wody.pl"):
        with pytest.raises(WrongInput):
            office_address(text, "biuro@wody.pl")


def test_the_schedule_is_what_cron_and_systemd_take(
    desk: ShellDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "bok dir" / "bok"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:{Path('/usr/bin')}:{Path('/bin')}")
    monkeypatch.setenv("BOK_SMTP_PASSWORD", "zupa z brukwi 3")
    answer = desk.run("report", "schedule", "--time", "6:05", "--to", "50%szefa@example.org", "--to", BOSS)
    assert answer.code == 0, answer.err
    assert "brukwi" not in answer.out
    assert "BOK_SMTP_PASSWORD" in answer.out
    cron = [line for line in answer.out.splitlines() if line.startswith("5 6 * * 1-5 ")]
    command = cron[0].removeprefix("5 6 * * 1-5 ")
    assert not re.search(r"(?<!\\)%", command)
    words = shlex.split(command.replace("\\%", "%"))
    send = [str(program), "--lang", "en", "report", "send", "daily", "--unattended",
            "--to", "50%szefa@example.org", "--to", BOSS]  # fmt: skip
    assert words == [*send, "&&", str(program), "mail", "send"]
    units = re.split(r"^# systemd: /etc/systemd/system/(.+)$", answer.out, flags=re.MULTILINE)
    for name, text in zip(units[1::2], units[2::2], strict=True):
        (tmp_path / name).write_text(text)
    assert {path.name for path in tmp_path.glob("bok-report-*")} == {
        "bok-report-daily.service",
        "bok-report-daily.timer",
    }
    if verify := shutil.which("systemd-analyze"):
        files = [str(path) for path in tmp_path.glob("bok-report-*")]
        done = subprocess.run(
            [verify, "verify", *files], capture_output=True, text=True, check=False, timeout=PATIENCE
        )
        assert "bok-report" not in done.stderr, done.stderr
        at = subprocess.run(
            [verify, "calendar", "Mon..Fri *-*-* 06:05:00"],
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
        assert at.returncode == 0
    assert "OnCalendar=Mon..Fri *-*-* 06:05:00" in answer.out


def test_a_timer_finds_the_folder_whatever_it_is_called(
    desk: ShellDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In Environment= a $ stands for itself, and % is doubled; a line break would be a line of its own."""
    for name, code in (("bok $1 100%", 0), ("bok\n* * * * * true", 2)):
        folder = tmp_path / name
        folder.symlink_to(os.environ["BOK_HOME"])
        monkeypatch.setenv("BOK_HOME", str(folder))
        answer = desk.run("report", "schedule", "daily")
        assert answer.code == code, answer.err
        if not code:
            assert f'Environment="BOK_HOME={tmp_path}/bok $1 100%%"' in answer.out
        else:
            assert answer.out == ""


def test_without_an_address_the_office_writes_to_itself(
    desk: ShellDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    answer = desk.run("report", "schedule", "requests")
    assert answer.code == 0, answer.err
    assert (
        f"{sys.executable} -m bok_tui --lang en report send requests --unattended --to biuro@example.org"
        in answer.out
    )


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("nothing",), 3),
        (("--time", "25:00"), 2),
        (("--time", "soon"), 2),
        (("--to", "ktos@example.com"), 1),
        (("--to", "nobody"), 2),
    ],
)
def test_a_wrong_schedule_is_told(desk: ShellDesk, arguments: tuple[str, ...], code: int) -> None:
    answer = desk.run("report", "schedule", *arguments)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err
