"""A sender of mail in a process of its own, which kills itself at a moment of the test's choice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

import sqlalchemy as sa

from db.doors import SUPERVISORS, operation
from db.mail_settings import MailRoute
from db.office import SYSTEM, House
from db.records.mail import ClaimedMail
from db.work import Work
from reports.mailing import line, sending
from tests.trust.workers import BEGUN, DONE, Place, Said


@dataclass(frozen=True)
class SendTask:
    """What a sender does."""

    place: Place
    route: MailRoute
    kill_at: int | None = None
    """The number of the moment, from 0, before which the process ends; None for never."""
    unmarked: bool = False
    """The mutant: nothing is noted before a message is handed over."""


@operation(roles=SUPERVISORS)
def begin_unmarked(work: Work, mail: ClaimedMail) -> ClaimedMail:
    """The mutant of `begin_sending`."""
    return mail


def send_mail(task: SendTask, pipe: Connection) -> None:
    """Send the outbox, and say which moments there were: what goes over the line, and every commit."""
    house = task.place.house()
    pipe.send(Said(BEGUN, "ready"))
    pipe.recv()
    moments: list[str] = []

    def strike(name: str) -> None:
        moments.append(name)
        if task.kill_at == len(moments) - 1:
            os.kill(os.getpid(), signal.SIGKILL)

    _watch(house, strike)
    if task.unmarked:
        vars(sending)["begin_sending"] = begin_unmarked
    sending.send_outbox(house.office(SYSTEM), task.route)
    house.database.close()
    pipe.send(Said(DONE, " ".join(moments)))
    pipe.close()


def _watch(house: House, strike: Callable[[str], None]) -> None:
    for event in ("commit", "checkin"):  # before it is committed, and after
        sa.event.listen(house.database.reader, event, lambda *_, name=event: strike(name))
    client: Any = line._Watched
    for name in ("send", "getreply"):
        setattr(client, name, _struck(getattr(client, name), name, strike))


def _struck(method: Any, name: str, strike: Callable[[str], None]) -> Any:
    def struck(self: Any, *arguments: Any) -> Any:
        strike(name)
        return method(self, *arguments)

    return struck
