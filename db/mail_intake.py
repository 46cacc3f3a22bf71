"""Bringing messages in: read in a child process, kept some at a time, each in its transaction whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from db.clock import office_day
from db.errors import MailServerUnavailable, WrongInput
from db.records.incoming import ArrivedMail, MailboxMark, MailSource, TakenMail
from db.words import N_

if TYPE_CHECKING:
    from db.mailbox import OpenMailbox
    from db.office import Office

AT_ONCE = 50
"""Messages of one transaction at most."""
BYTES_AT_ONCE = 16 * 2**20
CUT = N_("The message is very long: only its beginning was taken over.")

_NOTHING = TakenMail(0, 0, 0)

Tell = Callable[[int], None]
"""Told after each transaction how many messages were taken so far."""


@dataclass(frozen=True, slots=True)
class Arriving:
    """A message on its way in."""

    raw: bytes
    received_at: datetime | None = None
    cut: bool = False
    """Only the beginning of it is here."""
    mark: MailboxMark | None = None
    """How far its folder is read once it is kept."""


@dataclass(slots=True)
class _Basket:
    """What was read and is not kept yet."""

    office: Office
    tell: Tell | None
    taken: TakenMail = _NOTHING
    done: int = 0
    messages: list[ArrivedMail] = field(default_factory=list)
    size: int = 0
    mark: MailboxMark | None = None

    def add(self, message: ArrivedMail, mark: MailboxMark | None) -> None:
        self.messages.append(message)
        self.size += len(message.raw)
        self.mark = mark or self.mark
        if len(self.messages) >= AT_ONCE or self.size >= BYTES_AT_ONCE:
            self.keep()

    def keep(self) -> None:
        """Write what is there in one transaction."""
        from db.operations.inbox_intake import take_in_mail

        if not self.messages:
            return
        for message in self.messages:  # first: killed in between, they are read again
            if message.text is not None and message.text.automatic:
                _note_bounce(self.office, message.raw)
        part = self.office.do(take_in_mail, tuple(self.messages), mark=self.mark)
        self.taken = TakenMail(
            self.taken.new + part.new,
            self.taken.known + part.known,
            self.taken.unreadable + part.unreadable,
        )
        self.done += len(self.messages)
        self.messages, self.size = [], 0
        if self.tell is not None:
            self.tell(self.done)


def _note_bounce(office: Office, raw: bytes) -> None:
    """Mark what a delivery status notification is about; noted twice it changes nothing."""
    from db.operations.mail_decisions import note_bounce
    from db.rules.bounces import read_bounce

    try:
        bounce = read_bounce(raw)
    except WrongInput:
        return  # it lies in the inbox for somebody to look at
    if bounce is not None:
        office.do(note_bounce, bounce)


def bring_in(
    office: Office, arriving: Iterable[Arriving], source: MailSource, *, tell: Tell | None = None
) -> tuple[TakenMail, MailServerUnavailable | None]:
    """Read messages and keep them; return what became of them, and what broke the line if something did.

    What was whole by then is kept. Notifications that our own mail came back are noted as well. Raises
    DatabaseUnavailable and what reading the files raises.
    """
    from db.inbox_reading import read_safely

    basket = _Basket(office, tell)
    coming: list[Arriving] = []
    trouble: list[MailServerUnavailable] = []

    def raws() -> Iterator[bytes]:
        for each in _until_broken(arriving, trouble):
            coming.append(each)
            yield each.raw

    for read in read_safely(raws(), fallback_day=office_day(office.house.clock())):
        each = coming.pop(0)
        told = read.trouble or (CUT if each.cut else None)
        message = ArrivedMail(each.raw, read.text, read.understood, told, source, each.received_at)
        basket.add(message, each.mark)
    basket.keep()
    return basket.taken, trouble[0] if trouble else None


def _until_broken(arriving: Iterable[Arriving], trouble: list[MailServerUnavailable]) -> Iterator[Arriving]:
    """Yield what comes; when the line breaks, note why and end."""
    try:
        yield from arriving
    except MailServerUnavailable as error:
        trouble.append(error)


def new_mail(box: OpenMailbox, mailbox: str, known: MailboxMark | None, limit: int) -> Iterator[Arriving]:
    """Yield at most `limit` messages that came since the folder was read last, the oldest first.

    All of them when the server counts anew: those that are here already are known again. Raises
    MailServerUnavailable.
    """
    last = known.last_uid if known is not None and known.uid_validity == box.uid_validity else 0
    for uid in box.uids_after(last)[:limit]:
        message = box.fetch(uid)
        if message is not None:
            mark = MailboxMark(mailbox, box.uid_validity, uid)
            yield Arriving(message.raw, message.received_at, message.cut, mark)
