"""IMAP against a real server: what is whole is kept, nothing is changed there, nothing is taken twice."""

from __future__ import annotations

import socket
import threading
from datetime import UTC, datetime

import pytest

from db.engine import Database
from db.errors import MailServerUnavailable, WrongInput
from db.mail_intake import bring_in, new_mail
from db.mail_settings import Security
from db.mailbox import open_mailbox
from db.mailbox_settings import Mailbox
from db.office import SYSTEM, House
from db.queries.inbox import mailbox_mark
from db.records.incoming import MailSource, TakenMail
from tests.db.builders import rows
from tests.dovecot import INSTALLED, dovecot
from tests.imap_server import cut_line, imap_server


def message(at: int, *, text: str = "Stan 499.") -> bytes:
    return (
        f"From: jan{at}@example.org\r\nTo: biuro@example.org\r\nSubject: odczyt {at}\r\n"
        f"Date: Sat, 21 Nov 2026 19:30:00 +0100\r\nMessage-ID: <{at}@example.org>\r\n\r\n{text}\r\n"
    ).encode()


def fetched(house: House, mailbox: Mailbox, limit: int = 1000) -> tuple[TakenMail, object]:
    office = house.office(SYSTEM)
    known = office.read(mailbox_mark, mailbox.name)
    with open_mailbox(mailbox) as box:
        return bring_in(office, new_mail(box, mailbox.name, known, limit), MailSource.IMAP)


@pytest.mark.parametrize("security", Security)
def test_new_messages_are_fetched_once_and_left_as_they_are(
    house: House, database: Database, security: Security
) -> None:
    with imap_server(security) as server:
        server.deliver(message(1), message(2))
        before = server.flags()
        assert fetched(house, server.mailbox()) == (TakenMail(2, 0, 0), None)
        assert fetched(house, server.mailbox()) == (TakenMail(0, 0, 0), None)
        server.deliver(message(3), message(2))
        assert fetched(house, server.mailbox(), 1) == (TakenMail(1, 0, 0), None)
        assert fetched(house, server.mailbox()) == (TakenMail(0, 1, 0), None)
        assert {flags.split(b"FLAGS")[1] for flags in server.flags()} <= {
            flags.split(b"FLAGS")[1] for flags in before
        }
    kept = rows(database, "incoming_message")
    assert [row["subject"] for row in kept] == ["odczyt 1", "odczyt 2", "odczyt 3"]
    assert {row["received_at"] for row in kept} == {datetime(2026, 11, 21, 18, 30, tzinfo=UTC)}
    assert [row["raw"] for row in rows(database, "incoming_source")] == [message(at) for at in (1, 2, 3)]


@pytest.mark.skipif(not INSTALLED, reason="dovecot is not installed; CI installs it")
def test_dovecot_is_read_as_it_is(house: House, database: Database) -> None:
    with dovecot() as server:
        long = message(3, text="x" * 70_000)
        server.deliver(message(1), message(2), long)
        before = server.flags()
        assert fetched(house, server.mailbox(), 2) == (TakenMail(2, 0, 0), None)
        assert fetched(house, server.mailbox()) == (TakenMail(1, 0, 0), None)
        assert fetched(house, server.mailbox()) == (TakenMail(0, 0, 0), None)
        assert server.flags() == before
        with pytest.raises(MailServerUnavailable, match="user name or the password"):
            open_mailbox(server.mailbox(password="nie to")).__enter__()
        with cut_line(server.port, 40_000) as port:
            cut = server.mailbox(port=port)
            taken, trouble = fetched(house, cut)
            assert (taken, type(trouble)) == (TakenMail(0, 2, 0), MailServerUnavailable)
            assert fetched(house, cut) == (TakenMail(0, 1, 0), None)
    assert [row["raw"] for row in rows(database, "incoming_source")] == [message(1), message(2), long]
    assert {row["received_at"] for row in rows(database, "incoming_message")} == {
        datetime(2026, 11, 21, 18, 30, tzinfo=UTC)
    }


def test_a_server_that_counts_anew_brings_nothing_twice(house: House, database: Database) -> None:
    with imap_server() as server:
        server.deliver(message(1), message(2))
        fetched(house, server.mailbox())
    with imap_server() as other:
        other.deliver(message(2), message(3), message(1))
        mailbox = other.mailbox()
        office = house.office(SYSTEM)
        with open_mailbox(mailbox) as box:
            taken, _ = bring_in(office, new_mail(box, mailbox.name, None, 9), MailSource.IMAP)
    assert taken == TakenMail(1, 2, 0)
    assert len(rows(database, "incoming_message")) == 3


def test_a_server_that_is_away_is_told_plainly() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    gone = Mailbox("127.0.0.1", port, Security.NONE, "bok", "x", timeout=5.0)
    with pytest.raises(MailServerUnavailable, match="cannot be reached"), open_mailbox(gone):
        pass


def test_a_wrong_password_and_a_wrong_folder_are_told_plainly() -> None:
    with imap_server() as server:
        for password in ("nie to", "zażółć"):
            wrong = server.mailbox(password=password)
            with pytest.raises(MailServerUnavailable, match="user name or the password") as told:
                open_mailbox(wrong).__enter__()
            assert password not in str(told.value) + str(told.value.details)
        with pytest.raises(WrongInput, match="no folder Nic"), open_mailbox(server.mailbox(folder="Nic")):
            pass


def test_a_stranger_in_the_servers_place_gets_no_password() -> None:
    with imap_server(Security.TLS) as server:
        unknown = server.mailbox(ca_file="")
        with pytest.raises(MailServerUnavailable, match="not trusted"), open_mailbox(unknown):
            pass
    with imap_server(Security.NONE) as plain:
        in_clear = plain.mailbox(security=Security.TLS, host="localhost")
        with pytest.raises(MailServerUnavailable), open_mailbox(in_clear):
            pass


def test_a_line_cut_in_the_middle_of_a_message_keeps_what_was_whole(house: House, database: Database) -> None:
    with imap_server(Security.NONE) as server:
        long = [message(at, text=f"Stan {at}.\r\n" + "x" * 40_000) for at in range(5)]
        server.deliver(*long)
        with cut_line(server.port, 100_000) as port:
            mailbox = server.mailbox(port=port)
            taken, trouble = fetched(house, mailbox)
            assert isinstance(trouble, MailServerUnavailable)
            assert taken == TakenMail(2, 0, 0)
            assert fetched(house, mailbox) == (TakenMail(3, 0, 0), None)
    assert [row["raw"] for row in rows(database, "incoming_source")] == long


def test_two_fetchers_at_once_take_each_message_once(house: House, database: Database) -> None:
    with imap_server(Security.NONE) as server:
        server.deliver(*(message(at) for at in range(60)))
        both: list[TakenMail] = []
        start = threading.Barrier(2)

        def run() -> None:
            start.wait(60)
            both.append(fetched(house, server.mailbox())[0])

        fetchers = [threading.Thread(target=run) for _ in range(2)]
        for fetcher in fetchers:
            fetcher.start()
        for fetcher in fetchers:
            fetcher.join(120)
    assert len(both) == 2
    assert sum(taken.new for taken in both) == 60
    kept = [row["subject"] for row in rows(database, "incoming_message")]
    assert sorted(kept) == sorted(f"odczyt {at}" for at in range(60))
