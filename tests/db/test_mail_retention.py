"""Spam and strangers' mail is kept no longer than is needed, and nothing else is erased."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from db.check import check_database
from db.engine import Database
from db.errors import Refused
from db.migrations import guards
from db.models import OutgoingMessage
from db.office import SYSTEM, House
from db.operations.inbox import close_mail, mark_spam, reopen_mail
from db.operations.inbox_accept import accept_mail
from db.operations.inbox_answers import answer_mail
from db.operations.inbox_intake import take_in_mail
from db.operations.mail_retention import old_mail, prune_mail
from db.queries.inbox import inbox_message, mail_source
from db.records.erasure import OldMail
from db.records.incoming import ArrivedMail, IncomingState, ReplyTemplate
from db.records.mail import MailState
from db.records.people import Role
from db.search import rebuild_index
from tests.conftest import TestClock
from tests.db.builders import Builder, desk, rows
from tests.db.mailbag import mail, state, take_in, writer
from tests.db.test_inbox_accept import booked

STRANGER = "obcy@example.net"


def bag(house: House, builder: Builder) -> tuple[list[ArrivedMail], dict[str, int]]:
    """Take in one message of each fate, all decided about today; return them with their ids."""
    writer(builder)
    fates = ("spam", "own spam", "closed", "answered", "waits", "own closed", "accepted")
    messages = [
        mail(state("499"), sender=STRANGER if at in (0, 2, 3, 4) else "zaneta@example.org", said_subject=fate)
        for at, fate in enumerate(fates)
    ]
    ids = dict(zip(fates, take_in(house, *messages), strict=True))
    office = desk(house, builder)
    office.do(mark_spam, ids["spam"])
    office.do(mark_spam, ids["own spam"])
    office.do(close_mail, ids["closed"], "nic")
    office.do(answer_mail, ids["answered"], ReplyTemplate.NEED_CLIENT)
    office.do(close_mail, ids["own closed"])
    office.do(accept_mail, ids["accepted"], [booked()])
    return messages, ids


def whole(database: Database) -> set[str]:
    """Return the subjects of the messages that still say something."""
    sources = {row["message_id"]: row["raw"] for row in rows(database, "incoming_source")}
    told = {row["id"]: row["subject"] for row in rows(database, "incoming_message")}
    assert {key for key, raw in sources.items() if raw} == {key for key, words in told.items() if words}
    return {words for words in told.values() if words}


def test_each_goes_after_its_term_and_what_is_needed_stays(
    house: House, database: Database, builder: Builder, clock: TestClock
) -> None:
    messages, ids = bag(house, builder)
    builder.staff(Role.ADMIN)
    rebuild_index(database)
    boss = desk(house, builder, Role.SUPERVISOR)
    everything = set(ids)
    clock.forward(days=30)
    assert boss.read(old_mail) == OldMail(0, 0, 0)
    assert boss.do(prune_mail) == 0
    assert whole(database) == everything
    clock.forward(days=1)
    assert boss.read(old_mail) == OldMail(spam=1, strangers=0, waiting=0)
    assert [boss.do(prune_mail, 1), boss.do(prune_mail)] == [1, 0]
    assert whole(database) == everything - {"spam"}
    clock.forward(days=335)
    assert house.office(SYSTEM).read(old_mail) == OldMail(spam=1, strangers=2, waiting=1)
    assert house.office(SYSTEM).do(prune_mail) == 3
    assert whole(database) == {"waits", "own closed", "accepted"}
    gone = next(row for row in rows(database, "incoming_message") if row["id"] == ids["closed"])
    assert gone["state"] is IncomingState.CLOSED
    assert not any(gone[name] for name in ("sender", "sender_name", "own_text", "message_id", "note"))
    assert STRANGER not in str(
        [row for row in rows(database, "incoming_message") if row["id"] != ids["waits"]]
    )
    # the row keeps it from being taken in again
    assert house.office(SYSTEM).do(take_in_mail, messages).new == 0
    pruned = [row for row in rows(database, "audit_entry") if row["action"] == "incoming.pruned"]
    assert len(pruned) == 2
    assert check_database(house).ok


def test_what_was_erased_says_so_and_does_not_come_back(
    house: House, builder: Builder, clock: TestClock
) -> None:
    _, ids = bag(house, builder)
    clock.forward(days=31)
    boss = desk(house, builder, Role.SUPERVISOR)
    boss.do(prune_mail)
    assert boss.read(inbox_message, ids["spam"]).erased
    assert not boss.read(inbox_message, ids["closed"]).erased
    with pytest.raises(Refused, match="erased"):
        boss.do(reopen_mail, ids["spam"])
    with pytest.raises(Refused, match="erased"):
        boss.read(mail_source, ids["spam"])


def test_mail_is_filed_under_whose_it_is_when_it_is_decided_about(
    house: House, database: Database, builder: Builder, clock: TestClock
) -> None:
    """An address that was put on a card after the mail came makes it that client's: it is not erased."""
    spam, closed, answered = take_in(
        house, *(mail(state("499"), sender="zaneta@example.org", said_subject=str(at)) for at in range(3))
    )
    assert not any(row["client_id"] for row in rows(database, "incoming_message"))
    client = writer(builder)
    office = desk(house, builder)
    office.do(mark_spam, spam)
    office.do(close_mail, closed)
    office.do(answer_mail, answered, ReplyTemplate.NEED_METER)
    assert {row["client_id"] for row in rows(database, "incoming_message")} == {client.id}
    assert {row["client_id"] for row in rows(database, "outgoing_message")} == {client.id}
    clock.forward(days=364)
    assert house.office(SYSTEM).do(prune_mail) == 0
    clock.forward(days=2)
    assert house.office(SYSTEM).do(prune_mail) == 1
    assert whole(database) == {"1", "2"}


def test_an_answer_to_nobody_goes_with_the_message(
    house: House, database: Database, builder: Builder, clock: TestClock
) -> None:
    bag(house, builder)
    with database.writer.begin() as connection:
        connection.execute(sa.update(OutgoingMessage).values(state=MailState.SENT))
    clock.forward(days=366)
    house.office(SYSTEM).do(prune_mail)
    told = [(row["client_id"], row["address"], row["body"]) for row in rows(database, "outgoing_message")]
    assert [(address, body) for client_id, address, body in told if client_id is None] == [("", "")]
    assert all(address and body for client_id, address, body in told if client_id is not None)


def test_terms_are_settings(house: House, database: Database, builder: Builder, clock: TestClock) -> None:
    bag(house, builder)
    clock.forward(days=3)
    strict = replace(house, policy=replace(house.policy, spam_mail_days=2, stranger_mail_days=1))
    assert strict.office(SYSTEM).do(prune_mail) == 4
    assert whole(database) == {"waits", "own closed", "accepted"}


@pytest.mark.parametrize(
    ("fate", "passes"),
    [("spam", True), ("answered", True), ("own spam", True), ("waits", False), ("accepted", False)],
)
def test_the_guards_let_no_other_source_be_emptied(
    house: House, database: Database, builder: Builder, fate: str, passes: bool
) -> None:
    _, ids = bag(house, builder)
    empty = "x''" if database.dialect == "sqlite" else "''::bytea"
    change = f"UPDATE incoming_source SET raw = {empty} WHERE message_id = {ids[fate]}"
    refused = nullcontext() if passes else pytest.raises(DBAPIError, match="append-only")
    with refused, database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql(change)
    with database.reader.connect() as connection:
        assert guards.unsound(connection) == []
