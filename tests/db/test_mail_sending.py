"""Sending the outbox to a real server: what goes out, what is refused, what is in doubt."""

from __future__ import annotations

import email
import email.policy
from datetime import timedelta
from email.message import EmailMessage

import pytest
import sqlalchemy as sa

from db.engine import Database
from db.errors import MailServerUnavailable, NotFound, Refused
from db.mail_settings import Security
from db.office import SYSTEM, House, Office
from db.operations.documents import issue_reading_confirmation
from db.operations.mail_decisions import cancel_mail, note_bounce, resend_mail
from db.operations.mail_sending import LEASE, begin_sending, claim_mail, note_try
from db.queries.documents import documents_of
from db.queries.mail import mail_counts, next_due, outbox
from db.records.issued import DeliveryKind
from db.records.mail import Bounce, BounceFound, MailKind, MailState, TryResult
from db.records.people import Role
from db.rules.mail_tries import MOST_TRIES
from reports.mailing.sending import MailReport, send_outbox
from tests import together
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder, rows
from tests.mail_server import (
    CONNECT,
    CONTENT,
    DATA,
    DRIP,
    DROP,
    EHLO,
    HANG,
    MAIL,
    RCPT,
    MailServer,
    mail_server,
)
from tests.outbox import message, queue, queue_many, states

BEFORE_CONTENT = (CONNECT, EHLO, MAIL, RCPT, DATA)


@pytest.fixture
def office(house: House) -> Office:
    return house.office(SYSTEM)


def sent(office: Office, server: MailServer, **values: object) -> MailReport:
    return send_outbox(office, server.route(**values))


def read(content: bytes) -> EmailMessage:
    return email.message_from_bytes(content, policy=email.policy.default)


@pytest.mark.parametrize("security", list(Security))
def test_every_message_goes_out_once_through_one_private_line(
    office: Office, builder: Builder, database: Database, security: Security
) -> None:
    addresses = queue_many(builder, 25)
    with mail_server(security=security, with_auth=security is Security.STARTTLS) as server:
        report = sent(office, server)
        assert report.counts == {MailState.SENT: 25}
        assert sent(office, server).tried == 0
    assert sorted(one.recipient for one in server.delivered) == sorted(addresses)
    assert server.sessions == 1
    assert set(states(database).values()) == {MailState.SENT}
    first = read(server.to(addresses[0])[0].content)
    row = rows(database, "outgoing_message")[0]
    assert first["Message-ID"] == row["message_id"]
    assert row["message_id"].endswith("@example.org>")
    assert (row["attempts"], row["sent_at"], row["error"]) == (1, office.house.clock(), None)
    assert first["Subject"] == "Wniosek W/1"
    noted = [entry["action"] for entry in rows(database, "audit_entry")]
    assert [action for action in noted if action.startswith("mail")] == ["mail.sent"] * 25


def test_a_server_that_cannot_show_who_it_is_gets_nothing(
    office: Office, builder: Builder, database: Database, clock: TestClock
) -> None:
    (address,) = queue_many(builder, 1)
    with mail_server(security=Security.STARTTLS) as server:
        for wrong in ({"ca_file": ""}, {"host": "127.0.0.1"}):
            report = sent(office, server, **wrong)
            assert "certificate is not trusted" in str(report.trouble)
            clock.forward(hours=1)
    with mail_server() as server:
        report = sent(office, server, security=Security.STARTTLS)
        assert "offers no STARTTLS" in str(report.trouble)
    assert server.delivered == []
    assert states(database) == {address: MailState.QUEUED}


def test_a_wrong_password_is_told_and_kept_to_itself(
    office: Office, builder: Builder, database: Database
) -> None:
    queue_many(builder, 3)
    with mail_server(security=Security.STARTTLS, with_auth=True) as server:
        report = sent(office, server, password="inne hasło"[:4])
        assert isinstance(report.trouble, MailServerUnavailable)
        assert "user name or the password" in str(report.trouble)
        assert report.counts == {MailState.QUEUED: 1}
    # the others were not tried, so they are as due as before
    assert [row["attempts"] for row in rows(database, "outgoing_message")] == [1, 0, 0]
    assert "inne" not in str(rows(database, "outgoing_message"))


def test_a_server_that_is_down_costs_one_try_and_no_message(
    office: Office, builder: Builder, database: Database, clock: TestClock
) -> None:
    addresses = queue_many(builder, 3)
    with mail_server() as server:
        route = server.route(timeout=5.0)
    report = send_outbox(office, route)
    assert isinstance(report.trouble, MailServerUnavailable)
    assert set(states(database).values()) == {MailState.QUEUED}
    waiting = rows(database, "outgoing_message")[0]["next_try_at"] - clock()
    assert timedelta(seconds=45) <= waiting <= timedelta(seconds=75)
    clock.forward(minutes=2)
    with mail_server() as server:
        assert sent(office, server).counts == {MailState.SENT: 3}
    assert sorted(one.recipient for one in server.delivered) == sorted(addresses)


@pytest.mark.parametrize("stage", BEFORE_CONTENT)
@pytest.mark.parametrize("answer", ["451 4.3.0 try later", "421 4.3.2 closing", DROP])
def test_what_is_not_taken_for_now_is_tried_again(
    office: Office, builder: Builder, database: Database, clock: TestClock, stage: str, answer: str
) -> None:
    queue_many(builder, 2)
    odd = True
    with mail_server(lambda at, to: answer if odd and at == stage else None) as server:
        report = sent(office, server)
        assert set(report.counts) == {MailState.QUEUED}
        assert server.delivered == []
        odd = False
        clock.forward(minutes=3)
        assert sent(office, server).counts == {MailState.SENT: 2}
    assert len(server.delivered) == 2


@pytest.mark.parametrize(
    ("stage", "answer", "state", "marked"),
    [
        (RCPT, "550 5.1.1 no such mailbox", MailState.BOUNCED, True),
        (RCPT, "550 5.7.1 relaying denied", MailState.FAILED, False),
        (RCPT, "501 5.1.3 syntax", MailState.FAILED, False),
        (MAIL, "552 5.3.4 too big", MailState.FAILED, False),
        (DATA, "554 5.5.1 no valid recipients", MailState.FAILED, False),
        (CONTENT, "554 5.6.0 spam \x1b[2J\x07", MailState.FAILED, False),
        (CONTENT, "452 4.3.1 disk full", MailState.QUEUED, False),
    ],
)
def test_what_is_refused_is_listed_with_the_servers_words_and_holds_nobody_up(
    office: Office,
    builder: Builder,
    database: Database,
    stage: str,
    answer: str,
    state: MailState,
    marked: bool,
) -> None:
    client = builder.client()
    builder.contact_point(client.id, "email", "Zla@example.com")
    key = queue(builder, "zla@example.com", client_id=client.id)
    queue(builder, "dobra@example.com")
    said = 0

    def manners(at: str, to: str) -> str | None:
        nonlocal said
        said += at == stage
        return answer if at == stage and said == 1 else None

    with mail_server(manners) as server:
        sent(office, server)
    assert [one.recipient for one in server.delivered] == ["dobra@example.com"]
    row = message(database, key)
    assert row["state"] is state
    assert row["error"].startswith(f"{'DATA' if stage == CONTENT else stage} {answer[:9]}")
    assert row["error"].isprintable()
    assert [point["bounced_on"] for point in rows(database, "contact_point")] == [TODAY if marked else None]
    lines = {line.address: line.state for line in office.read(outbox)}
    assert lines == {"zla@example.com": state, "dobra@example.com": MailState.SENT}


def test_a_refused_sender_fails_no_message(office: Office, builder: Builder, database: Database) -> None:
    queue_many(builder, 3)
    with mail_server(lambda at, to: "550 5.7.1 not from you" if at == MAIL else None) as server:
        report = sent(office, server)
    assert "mail_from" in str(report.trouble)
    assert report.trouble is not None
    assert report.trouble.details == "MAIL 550 5.7.1 not from you"
    assert report.counts == {MailState.QUEUED: 1}
    assert set(states(database).values()) == {MailState.QUEUED}


@pytest.mark.parametrize(
    ("stage", "silence"), [*((stage, HANG) for stage in BEFORE_CONTENT), (CONNECT, DRIP), (RCPT, DRIP)]
)
def test_a_server_that_says_nothing_is_given_up(
    office: Office, builder: Builder, database: Database, stage: str, silence: str
) -> None:
    (address,) = queue_many(builder, 1)
    with mail_server(lambda at, to: silence if at == stage else None) as server:
        report = sent(office, server, timeout=0.25)
        assert report.counts == {MailState.QUEUED: 1}
    assert server.delivered == []
    assert states(database) == {address: MailState.QUEUED}


@pytest.mark.parametrize("end", [HANG, DRIP, DROP])
def test_a_message_that_may_have_been_taken_is_in_doubt_and_never_sent_again_by_itself(
    office: Office, builder: Builder, database: Database, clock: TestClock, end: str
) -> None:
    first, second = queue_many(builder, 2)
    odd = True
    with mail_server(lambda at, to: end if odd and at == CONTENT and to == first else None) as server:
        report = sent(office, server, patience=0.25)
        assert report.counts == {MailState.DOUBTFUL: 1, MailState.SENT: 1}
        assert report.undelivered
        odd = False
        for _ in range(3):
            clock.forward(hours=8)
            assert sent(office, server).tried == 0
        assert len(server.to(first)) == len(server.to(second)) == 1
        (doubtful,) = office.read(outbox, state=MailState.DOUBTFUL)
        assert (doubtful.address, doubtful.error) == (
            first,
            "The line broke, or no answer came in time, when the server may have taken it.",
        )
        identity = message(database, doubtful.id)["message_id"]
        office.do(resend_mail, doubtful.id)
        assert sent(office, server).counts == {MailState.SENT: 1}
    # a person decided: the second copy has the same Message-ID, by which it can be told
    assert [read(one.content)["Message-ID"] for one in server.to(first)] == [identity, identity]


def test_an_old_line_that_wore_out_is_opened_anew_without_costing_a_try(
    office: Office, builder: Builder, database: Database
) -> None:
    queue_many(builder, 4)
    turn = 0

    def manners(at: str, to: str) -> str | None:
        nonlocal turn
        turn += at == MAIL
        return "421 4.7.0 enough for one line" if at == MAIL and turn in (3, 5) else None

    with mail_server(manners) as server:
        assert sent(office, server).counts == {MailState.SENT: 4}
    assert server.sessions == 3
    assert {row["attempts"] for row in rows(database, "outgoing_message")} == {1}


def test_tries_come_to_an_end(office: Office, builder: Builder, database: Database, clock: TestClock) -> None:
    key = queue(builder, "wolna@example.com")
    begun = clock()
    with mail_server(lambda at, to: "450 4.2.0 greylisted" if at == RCPT else None) as server:
        tries = 0
        while (due := office.read(next_due)) is not None:
            clock.now = max(due, clock())
            tries += sent(office, server).tried
    assert tries == MOST_TRIES
    assert message(database, key)["state"] is MailState.FAILED
    assert message(database, key)["error"] == "RCPT 450 4.2.0 greylisted"
    assert timedelta(days=3) < clock() - begun < timedelta(days=6)
    office.do(resend_mail, key)
    with mail_server() as server:
        assert sent(office, server).counts == {MailState.SENT: 1}


def test_a_message_at_which_every_sender_dies_does_not_hold_the_others_up_for_ever(
    office: Office, builder: Builder, database: Database, clock: TestClock
) -> None:
    key = queue(builder, "trucizna@example.com")
    for _ in range(MOST_TRIES):
        assert [mail.id for mail in office.do(claim_mail, "example.org")] == [key]
        assert office.do(claim_mail, "example.org") == ()
        clock.forward(hours=6)
    other = queue(builder, "druga@example.com", next_try_at=clock())
    assert [mail.id for mail in office.do(claim_mail, "example.org")] == [other]
    assert message(database, key)["state"] is MailState.FAILED


def test_two_senders_never_have_the_same_message(
    office: Office, builder: Builder, database: Database
) -> None:
    addresses = queue_many(builder, 60)
    begin = together.barrier(3)
    reports: list[MailReport] = []
    with mail_server() as server:

        def work() -> None:
            begin.wait()
            reports.append(sent(office, server))

        threads = together.threads_of(work, work, work)
        for thread in threads:
            thread.start()
        together.see_off(threads)
    assert sum(report.counts[MailState.SENT] for report in reports) == 60
    assert sorted(one.recipient for one in server.delivered) == sorted(addresses)


def test_a_claim_that_ran_out_is_worth_nothing(
    office: Office, builder: Builder, database: Database, clock: TestClock
) -> None:
    key = queue(builder, "jedna@example.com")
    (slow,) = office.do(claim_mail, "example.org")
    clock.now += LEASE
    (quick,) = office.do(claim_mail, "example.org")
    assert office.do(begin_sending, slow) is None
    assert office.do(note_try, slow, TryResult.FAILED, "x") is MailState.QUEUED
    sending = office.do(begin_sending, quick)
    assert sending is not None
    assert office.do(begin_sending, quick) is None
    assert office.do(note_try, sending, TryResult.SENT) is MailState.SENT
    assert message(database, key)["state"] is MailState.SENT


def test_a_sender_that_fell_silent_leaves_a_doubt_which_its_late_word_settles(
    office: Office, builder: Builder, database: Database, clock: TestClock
) -> None:
    keys = [queue(builder, address) for address in ("a@example.com", "b@example.com")]
    claimed = office.do(claim_mail, "example.org")
    sending = [office.do(begin_sending, mail) for mail in claimed]
    clock.now += LEASE
    assert office.do(claim_mail, "example.org") == ()
    assert set(states(database).values()) == {MailState.DOUBTFUL}
    assert sending[0] is not None
    assert sending[1] is not None
    assert office.do(note_try, sending[0], TryResult.SENT) is MailState.SENT
    assert office.do(note_try, sending[1], TryResult.LATER, "451") is MailState.QUEUED
    assert [message(database, key)["state"] for key in keys] == [MailState.SENT, MailState.QUEUED]


def test_a_message_cancelled_at_the_last_moment_is_not_handed_over(
    office: Office, builder: Builder, database: Database
) -> None:
    key = queue(builder, "jedna@example.com")

    def manners(at: str, to: str) -> str | None:
        if at == RCPT and to == "jedna@example.com":
            office.do(cancel_mail, key)
        return None

    queue(builder, "druga@example.com")
    with mail_server(manners) as server:
        assert sent(office, server).counts == {MailState.SENT: 1}
    assert [one.recipient for one in server.delivered] == ["druga@example.com"]
    assert message(database, key)["state"] is MailState.CANCELLED
    with pytest.raises(Refused, match=f"{key} is cancelled"):
        office.do(cancel_mail, key)
    with pytest.raises(Refused, match="not sent again"):
        office.do(resend_mail, key)
    with pytest.raises(NotFound):
        office.do(cancel_mail, 999)


@pytest.mark.parametrize("result", [TryResult.LATER, TryResult.FAILED, TryResult.DOUBTFUL])
def test_what_was_erased_while_it_was_sent_is_not_queued_again(
    office: Office, builder: Builder, database: Database, result: TryResult
) -> None:
    client = builder.client()
    key = queue(builder, "jan@example.com", client_id=client.id)
    (claimed,) = office.do(claim_mail, "example.org")
    sending = office.do(begin_sending, claimed)
    assert sending is not None
    with database.writer.connect() as connection, connection.begin():
        connection.execute(sa.text("UPDATE client SET anonymised_on = '2026-11-22'"))
        connection.execute(
            sa.text("UPDATE outgoing_message SET state = 'cancelled', address = '', subject = '', body = ''")
        )
    assert office.do(note_try, sending, result, "550 jan@example.com") is MailState.CANCELLED
    assert message(database, key)["error"] is None
    assert office.do(claim_mail, "example.org") == ()


def test_what_was_in_doubt_when_its_client_was_erased_goes_to_nobody(
    office: Office, builder: Builder, database: Database
) -> None:
    key = queue(builder, "", state=MailState.DOUBTFUL, subject="", body="")
    with pytest.raises(Refused, match="address of the message"):
        office.do(resend_mail, key)


def test_a_link_that_lets_somebody_in_is_not_kept(
    office: Office, builder: Builder, database: Database
) -> None:
    secret = "Odnośnik:\n\nhttps://ebok.example.org/k/tajny-token\n\nkoniec"
    for kind in (MailKind.ACTIVATION, MailKind.CONFIRM_EMAIL, MailKind.REQUEST):
        queue(builder, f"{kind.value}@example.com", kind=kind, body=secret)
    gone = queue(builder, "cofniete@example.com", kind=MailKind.ACTIVATION, body=secret)
    office.do(cancel_mail, gone)
    back = queue(builder, "zla@example.com", kind=MailKind.ACTIVATION, body=secret)

    def manners(at: str, to: str) -> str | None:
        return "550 5.1.1 unknown" if at == RCPT and to.startswith("zla") else None

    with mail_server(manners) as server:
        sent(office, server)
    assert all(b"tajny-token" in one.content for one in server.delivered)
    kept = {row["address"].partition("@")[0]: row["body"] for row in rows(database, "outgoing_message")}
    assert kept == {"activation": "", "confirm_email": "", "request": secret, "cofniete": "", "zla": ""}
    with pytest.raises(Refused, match="was not kept"):
        office.do(resend_mail, back)


def test_a_paper_goes_out_with_the_words_of_its_kind_and_the_card_says_so(
    office: Office, builder: Builder, house: House, database: Database, clock: TestClock
) -> None:
    client = builder.household("100001")
    chief = house.office(builder.staff(Role.SUPERVISOR))
    view = chief.do(issue_reading_confirmation, rows(database, "reading")[-1]["id"])
    bad = queue(
        builder, "zla@example.com", kind=MailKind.DOCUMENT, subject="", body="", client_id=client.id,
        document_id=view.id,
    )  # fmt: skip
    good = queue(
        builder, "dobra@example.com", kind=MailKind.DOCUMENT, subject="", body="", client_id=client.id,
        document_id=view.id,
    )  # fmt: skip

    def manners(at: str, to: str) -> str | None:
        return "550 5.1.1 unknown" if at == RCPT and to.startswith("zla") else None

    with mail_server(manners) as server:
        sent(office, server)
    (one,) = server.delivered
    mail = read(one.content)
    assert mail["Subject"] == f"Dokument {view.number} (potwierdzenie przyjęcia odczytu wodomierza)"
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert (
        f"dokument nr {view.number} (potwierdzenie przyjęcia odczytu wodomierza) dla klienta nr 100001"
        in plain.get_content()
    )
    (paper,) = mail.iter_attachments()
    (kept,) = rows(database, "document_rendering")
    assert paper.get_content() == kept["pdf"]
    assert paper.get_filename() == f"{view.number.replace('/', '-')}.pdf"
    assert [message(database, key)["state"] for key in (bad, good)] == [MailState.BOUNCED, MailState.SENT]
    ways = [row["how"] for row in rows(database, "document_delivery")]
    assert ways == [DeliveryKind.RETURNED, DeliveryKind.SENT]
    (line,) = chief.read(documents_of, "100001")
    assert (line.left, line.left_at) == (DeliveryKind.SENT, clock())


def test_a_message_that_cannot_be_written_fails_alone(
    office: Office, builder: Builder, database: Database
) -> None:
    empty = queue(builder, "pusta@example.com", subject="", body="")
    odd = queue(builder, "nie adres")
    queue(builder, "dobra@example.com")
    with mail_server() as server:
        report = sent(office, server)
    assert report.counts == {MailState.FAILED: 2, MailState.SENT: 1}
    assert "neither a text nor a paper" in message(database, empty)["error"]
    assert "name@example.com" in message(database, odd)["error"]


def test_nothing_is_sent_in_the_name_of_the_example(
    office: Office, builder: Builder, database: Database
) -> None:
    queue_many(builder, 1)
    with database.writer.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE utility SET phone = '+48335550100'")
    with mail_server() as server, pytest.raises(Refused, match="letterhead"):
        sent(office, server)


def test_a_mail_that_came_back_marks_its_message_and_the_address(
    office: Office, builder: Builder, database: Database
) -> None:
    client = builder.client()
    builder.contact_point(client.id, "email", "stara@example.com")
    builder.contact_point(client.id, "email", "inna@example.com")
    key = queue(builder, "stara@example.com", client_id=client.id)
    with mail_server() as server:
        sent(office, server)
    bounce = Bounce(message(database, key)["message_id"], "stara@example.com", "5.1.1", "unknown user")
    assert office.do(note_bounce, bounce) is BounceFound.NOTED
    assert office.do(note_bounce, bounce) is BounceFound.AGAIN
    stranger = Bounce("<0@example.org>", "", "", "")
    assert office.do(note_bounce, stranger) is BounceFound.UNKNOWN
    row = message(database, key)
    assert (row["state"], row["error"]) == (MailState.BOUNCED, "5.1.1 unknown user")
    assert [point["bounced_on"] for point in rows(database, "contact_point")] == [TODAY, None]
    assert office.read(mail_counts)[MailState.BOUNCED] == 1
