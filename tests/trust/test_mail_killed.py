"""A sender of mail killed at every moment: no recipient gets a message twice, and none is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from db.office import SYSTEM
from db.queries.mail import mail_counts
from db.records.mail import MailState
from reports.mailing.sending import send_outbox
from tests.db.builders import rows
from tests.mail_server import MailServer, mail_server
from tests.outbox import message, queue
from tests.trust.mail_workers import SendTask, send_mail
from tests.trust.town import Town, wait_for_the_dead
from tests.trust.workers import DONE, finish, start


@dataclass
class Round:
    """One message, the sender that died over it, and what came of it in the end."""

    state: MailState
    delivered: int


@dataclass
class Post:
    """An office with an outbox and a server."""

    town: Town
    server: MailServer

    def task(self, **values: object) -> SendTask:
        """Return the work of a sender at the present instant."""
        place = dataclasses.replace(self.town.place, now=self.town.house.clock())
        return SendTask(place, self.server.route(), **values)  # type: ignore[arg-type]  # a test's own

    def moments(self) -> list[str]:
        """Return the moments of a sender that nobody kills."""
        queue(self.town.builder, "pierwszy@example.com")
        (sender,) = start([self.task()], send_mail)
        finish([sender])
        return sender.heard(DONE)[0].about.split()

    def killed(self, moment: int, **values: object) -> Round:
        """Queue a message, let a sender die at that moment, and let others go on days later."""
        address = f"klient{moment}@example.com"
        clock = self.town.house.clock
        key = queue(self.town.builder, address, next_try_at=clock(), queued_at=clock())
        (sender,) = start([self.task(kill_at=moment, **values)], send_mail)
        finish([sender])
        assert sender.heard(DONE) == []
        wait_for_the_dead(self.town.house)
        for _ in range(2):
            clock.forward(hours=8)  # type: ignore[attr-defined]  # the test's own clock
            send_outbox(self.town.house.office(SYSTEM), self.server.route())
        return Round(message(self.town.house.database, key)["state"], len(self.server.to(address)))


@pytest.fixture
def post(town: Town) -> Iterator[Post]:
    with mail_server() as server:
        yield Post(town, server)


def test_killed_at_any_moment_each_message_goes_out_at_most_once_and_none_is_lost(post: Post) -> None:
    moments = post.moments()
    # claim, mark, note: three commits at least; greeting, EHLO, MAIL, RCPT, DATA, content, QUIT
    assert moments.count("commit") >= 3
    assert moments.count("send") == 6
    rounds = [post.killed(moment) for moment in range(len(moments))]
    assert {round_.state for round_ in rounds} == {MailState.SENT, MailState.DOUBTFUL}
    for moment, round_ in enumerate(rounds):
        assert round_.delivered <= 1, moments[: moment + 1]
        assert round_.delivered == 1 or round_.state is MailState.DOUBTFUL, moments[: moment + 1]
    # in doubt only from the mark to the note: here the content went out or might have
    doubtful = [moment for moment, round_ in enumerate(rounds) if round_.state is MailState.DOUBTFUL]
    assert doubtful == list(range(doubtful[0], doubtful[-1] + 1))
    assert rounds[doubtful[-1]].delivered == 1
    counts = post.town.house.office(SYSTEM).read(mail_counts)
    assert counts[MailState.SENT] + counts[MailState.DOUBTFUL] == len(rounds) + 1
    assert len(post.server.delivered) == len({one.recipient for one in post.server.delivered})
    noted = [row["action"] for row in rows(post.town.house.database, "audit_entry")]
    assert noted.count("mail.doubtful") == len(doubtful)
    assert noted.count("mail.sent") == counts[MailState.SENT]


def test_a_sender_that_marks_nothing_first_sends_twice(post: Post) -> None:
    """The control: killed between the server's word and the note, the message goes out once more."""
    moments = post.moments()
    content_taken = [at for at, name in enumerate(moments) if name == "getreply"][-2]  # the last is for QUIT
    note = moments.index("commit", content_taken)
    # the mutant's empty transaction never gets to the database: a commit and a checkin less
    assert post.killed(note - 2, unmarked=True) == Round(MailState.SENT, 2)
