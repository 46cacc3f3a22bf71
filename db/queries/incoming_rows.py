"""Incoming messages as rows, and as the lines of a list with what they propose today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col

from db.models import Client, IncomingMessage, IncomingReading, Meter, Reading, ReadingNotice, Staff
from db.queries.incoming_json import load_understood
from db.queries.incoming_judging import Judged, Stated, judge_all
from db.queries.incoming_whose import client_names, decide_all
from db.queries.reading_rows import status_column
from db.queries.rows import Statement, into
from db.queries.supply import display_name, name_columns
from db.records.incoming import (
    Certainty,
    ClientClue,
    InboxLine,
    IncomingState,
    MailIntent,
    ProposedReading,
    Understood,
    Whose,
)
from db.rules.inbox.proposal import is_sure
from db.rules.inbox.whose import clues_of
from db.rules.levels import Level
from db.rules.masking import mask_email
from db.work import Work

NOTHING_UNREAD = "[]"


@dataclass(frozen=True, slots=True)
class MailRow:
    """A message as filed, without its texts."""

    id: int
    state: IncomingState
    received_at: datetime
    written_on: date
    sender: str
    sender_name: str
    subject: str
    intent: MailIntent
    automatic: bool
    troubles: str
    understood: str
    client_id: int | None
    how: ClientClue | None
    certainty: Certainty
    auto: bool
    version: int
    message_id: str
    thread: str
    request_id: int | None
    reply_id: int | None
    assigned_id: int | None
    assigned_to: str | None
    """Login."""
    client_number: str | None
    last_name: str | None
    first_name: str | None
    company_name: str | None

    @property
    def settled(self) -> bool:
        """Whether somebody said whose it is, or dealt with it: its clues are not weighed again."""
        return self.how is ClientClue.CHOSEN or self.state is not IncomingState.NEW

    @property
    def filed_under(self) -> Whose:
        """Whose message it was when it was decided about."""
        if self.client_number is None:
            return Whose(self.certainty)
        name = display_name(self.last_name, self.first_name, self.company_name)
        clues = ((self.how, self.client_number),) if self.how else ()
        return Whose(self.certainty, self.client_number, name, clues)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A message with what it comes to today."""

    row: MailRow
    line: InboxLine
    understood: Understood
    client_id: int | None
    meters_in_use: int


def mail_rows() -> Statement:
    """Select messages as `MailRow`."""
    own = [name for name in MailRow.__slots__ if name in IncomingMessage.model_fields]
    return (
        sa.select(
            *(col(getattr(IncomingMessage, name)) for name in own),
            col(Staff.login),
            col(Client.number),
            *name_columns(),
        )
        .select_from(IncomingMessage)
        .outerjoin(Staff, col(Staff.id) == col(IncomingMessage.assigned_id))
        .outerjoin(Client, col(Client.id) == col(IncomingMessage.client_id))
    )


def load_rows(work: Work, statement: Statement, values: Mapping[str, object] | None = None) -> list[MailRow]:
    """Run a statement of `mail_rows`, with the values of its parameters."""
    return [into(MailRow, row) for row in work.session.execute(statement, values)]


def weigh(work: Work, rows: Sequence[MailRow], *, clear: bool = False) -> list[Weighed]:
    """Return messages with whose they are and what they propose today, in a few statements for all.

    `clear` shows the sender's address in full.
    """
    understood = [load_understood(row.understood) for row in rows]
    whose, ids = _whose(work, rows, understood)
    open_ones = [at for at, row in enumerate(rows) if row.state is IncomingState.NEW]
    stated = [Stated(ids[at], understood[at], _day(rows[at], understood[at])) for at in open_ones]
    judged: dict[int, Judged] = dict(zip(open_ones, judge_all(work, stated), strict=True))
    booked = _booked(work, [row.id for row in rows if row.state is IncomingState.ACCEPTED])
    found = []
    for at, row in enumerate(rows):
        readings = judged[at].readings if at in judged else booked.get(row.id, ())
        line = _line(row, understood[at], whose[at], readings, clear=clear)
        in_use = judged[at].meters_in_use if at in judged else 0
        found.append(Weighed(row, line, understood[at], ids[at], in_use))
    return found


def clients_of(work: Work, rows: Sequence[MailRow]) -> list[tuple[Certainty, int | None]]:
    """Return how sure it is today whose each message is, and the id of its client."""
    understood = [Understood(row.intent) if row.settled else load_understood(row.understood) for row in rows]
    whose, ids = _whose(work, rows, understood)
    return [(each.certainty, key) for each, key in zip(whose, ids, strict=True)]


def _day(row: MailRow, understood: Understood) -> date:
    return understood.taken_on or row.written_on


def _whose(
    work: Work, rows: Sequence[MailRow], understood: Sequence[Understood]
) -> tuple[list[Whose], list[int | None]]:
    """Return whose the messages are, and the ids of the clients."""
    weighed = [at for at, row in enumerate(rows) if not row.settled]
    clues = [clues_of(rows[at].sender, understood[at]) for at in weighed]
    decided = dict(zip(weighed, decide_all(work.session, clues), strict=True))
    names = client_names(work.session, (each.client_number or "" for each in decided.values()))
    whose: list[Whose] = []
    ids: list[int | None] = []
    for at, row in enumerate(rows):
        if at not in decided:
            whose.append(row.filed_under)
            ids.append(row.client_id)
            continue
        each = decided[at]
        key, name = names.get(each.client_number or "", (None, None))
        whose.append(Whose(each.certainty, each.client_number, name, each.clues))
        ids.append(key)
    return whose, ids


def _line(
    row: MailRow,
    understood: Understood,
    whose: Whose,
    readings: tuple[ProposedReading, ...],
    *,
    clear: bool,
) -> InboxLine:
    unread = row.troubles != NOTHING_UNREAD
    sure = is_sure(
        state=row.state,
        automatic=row.automatic,
        unread=unread,
        understood=understood,
        whose=whose,
        readings=readings,
    )
    return InboxLine(
        id=row.id,
        state=row.state,
        received_at=row.received_at,
        sender=row.sender if clear or not row.sender else mask_email(row.sender),
        sender_name=row.sender_name,
        subject=row.subject,
        intent=row.intent,
        whose=whose,
        readings=readings,
        sure=sure,
        automatic=row.automatic,
        assigned_to=row.assigned_to,
        unread=unread,
        auto=row.auto,
        version=row.version,
    )


def _booked(work: Work, message_ids: Iterable[int]) -> Mapping[int, tuple[ProposedReading, ...]]:
    """Return the readings that were recorded from these messages."""
    wanted = sorted(message_ids)
    if not wanted:
        return {}
    statement = (
        sa.select(
            col(IncomingReading.message_id),
            col(Meter.number),
            col(Meter.role),
            col(Reading.state),
            col(Reading.day),
            col(Reading.consumption),
            status_column().label("status"),
            col(Meter.digits),
            col(ReadingNotice.number),
        )
        .join(Reading, col(Reading.id) == col(IncomingReading.reading_id))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .outerjoin(ReadingNotice, col(ReadingNotice.id) == col(Reading.notice_id))
        .where(col(IncomingReading.message_id).in_(wanted))
        .order_by(col(IncomingReading.message_id), col(Reading.id))
    )
    found: dict[int, list[ProposedReading]] = defaultdict(list)
    for message_id, meter, role, state, day, used, status, digits, notice in work.session.execute(statement):
        found[message_id].append(
            ProposedReading(
                meter=meter,
                role=role,
                state=state,
                stated=str(state),
                words="",
                day=day,
                consumption=used,
                level=Level.OK,
                status=status,
                digits=digits,
                answers=notice or "",
            )
        )
    return {key: tuple(readings) for key, readings in found.items()}
