"""Everything that happened with a client, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from db.clock import office_day, office_zone
from db.queries.client_events import (
    MOST_EVENTS,
    DecisionRow,
    DocumentRow,
    NoticeRow,
    PastContact,
    PaymentRow,
    RequestEventRow,
)
from db.queries.contact_rows import contact_number
from db.queries.incoming_of_client import ReceivedMail
from db.queries.reading_rows import MeterHistory, ReadingRow
from db.queries.supply import MeterRow
from db.records.clients import ContractView, TimelineEvent
from db.records.incoming import STATE_WORDS, IncomingState
from db.records.money import Money
from db.records.readings import ReadingStatus
from db.records.requests import KIND_WORDS, RequestEvent
from db.rules.request_life import EVENT_WORDS
from db.words import N_, Words

_READINGS = {
    ReadingStatus.ACCEPTED: N_("meter %(meter)s: reading %(state)s, %(consumption)s m³, %(channel)s"),
    ReadingStatus.PENDING: N_("meter %(meter)s: reading %(state)s waits for a supervisor, %(channel)s"),
    ReadingStatus.REJECTED: N_("meter %(meter)s: reading %(state)s, rejected, %(channel)s"),
    ReadingStatus.VOIDED: N_("meter %(meter)s: reading %(state)s, voided, %(channel)s"),
}
_ESTIMATE = N_("meter %(meter)s: estimate %(state)s, %(consumption)s m³")
_DECISIONS = {
    "approved": N_("meter %(meter)s: reading %(state)s of %(day)s approved by %(agent)s"),
    "rejected": N_("meter %(meter)s: reading %(state)s of %(day)s rejected by %(agent)s"),
    "voided": N_("meter %(meter)s: reading %(state)s of %(day)s voided by %(agent)s"),
}
_OPEN = N_("still open")


@dataclass(frozen=True, slots=True)
class Happened:
    """The sources of a time line."""

    histories: Iterable[MeterHistory]
    decisions: Iterable[DecisionRow]
    notices: Iterable[NoticeRow]
    contacts: Iterable[PastContact]
    documents: Iterable[DocumentRow]
    payments: Iterable[PaymentRow]
    requests: Iterable[RequestEventRow]
    mails: Iterable[ReceivedMail]
    meters: Iterable[MeterRow]
    contracts: Iterable[ContractView]
    today: date


def timeline(happened: Happened) -> tuple[TimelineEvent, ...]:
    """Return the newest hundred events. Parameters are typed: days, numbers, channels, purposes."""
    events = [
        *_readings(happened.histories),
        *_decisions(happened.decisions),
        *_notices(happened.notices),
        *_contacts(happened.contacts),
        *_documents(happened.documents),
        *_payments(happened.payments),
        *_requests(happened.requests),
        *_mails(happened.mails),
        *_meters(happened.meters),
        *_contracts(happened.contracts, happened.today),
    ]
    events.sort(key=lambda event: _instant(event.at), reverse=True)
    return tuple(events[:MOST_EVENTS])


def _instant(at: datetime | date) -> datetime:
    """A day without a time counts as its first instant at the office."""
    if isinstance(at, datetime):
        return at
    return datetime.combine(at, time.min, office_zone()).astimezone(UTC)


def _readings(histories: Iterable[MeterHistory]) -> Iterator[TimelineEvent]:
    for history in histories:
        for row in history.rows[:MOST_EVENTS]:
            yield _reading(row, history.meter.number)


def _reading(row: ReadingRow, meter: str) -> TimelineEvent:
    same_day = office_day(row.recorded_at) == row.day
    message = _ESTIMATE if row.estimated and row.counts else _READINGS[ReadingStatus(row.status)]
    return TimelineEvent(
        row.recorded_at if same_day else row.day,
        "reading",
        message,
        {"meter": meter, "state": row.state, "consumption": row.consumption, "channel": row.channel},
    )


def _decisions(decisions: Iterable[DecisionRow]) -> Iterator[TimelineEvent]:
    for row in decisions:
        params = {"meter": row.meter, "state": row.state, "day": row.day, "agent": row.agent}
        yield TimelineEvent(row.decided_at, "decision", _DECISIONS[row.kind], params)


def _notices(notices: Iterable[NoticeRow]) -> Iterator[TimelineEvent]:
    for row in notices:
        yield TimelineEvent(
            row.left_on,
            "notice",
            N_("meter %(meter)s: notice %(notice)s left, to be answered by %(deadline)s"),
            {"meter": row.meter, "notice": row.number, "deadline": row.deadline},
        )


def _contacts(contacts: Iterable[PastContact]) -> Iterator[TimelineEvent]:
    for row in contacts:
        params: dict[str, object] = {
            "contact": contact_number(row.id, row.started_at),
            "channel": row.channel,
            "agent": row.agent,
        }
        message = N_("contact %(contact)s, %(channel)s, %(agent)s")
        if row.purpose is not None and row.outcome is not None:
            params |= {"purpose": row.purpose, "outcome": row.outcome}
            message = N_("contact %(contact)s, %(channel)s, %(agent)s: %(purpose)s, %(outcome)s")
        yield TimelineEvent(row.started_at, "contact", message, params)


def _documents(documents: Iterable[DocumentRow]) -> Iterator[TimelineEvent]:
    for row in documents:
        params = {"document": row.number, "kind": row.kind}
        if row.agent is None:
            yield TimelineEvent(row.issued_at, "document", N_("document %(document)s issued"), params)
            continue
        message = N_("document %(document)s issued by %(agent)s")
        yield TimelineEvent(row.issued_at, "document", message, params | {"agent": row.agent})


def _payments(payments: Iterable[PaymentRow]) -> Iterator[TimelineEvent]:
    for row in payments:
        message = N_("payment %(amount)s, %(method)s")
        if row.amount < 0:
            message = N_("sent or taken back: %(amount)s, %(method)s")
        yield TimelineEvent(
            row.day, "payment", message, {"amount": Money(abs(row.amount)), "method": row.method}
        )


def _requests(requests: Iterable[RequestEventRow]) -> Iterator[TimelineEvent]:
    for row in requests:
        params = {
            "request": row.number,
            "kind": Words(KIND_WORDS[row.kind]),
            "what": Words(EVENT_WORDS[row.event]),
            "channel": row.channel,
        }
        message = N_("request %(request)s (%(kind)s): %(what)s")
        if row.event is RequestEvent.SUBMIT:
            message = N_("request %(request)s (%(kind)s): %(what)s, %(channel)s")
        yield TimelineEvent(row.at, "request", message, params)


def _mails(mails: Iterable[ReceivedMail]) -> Iterator[TimelineEvent]:
    for mail in mails:
        message = N_("e-mail received, %(state)s: %(subject)s")
        if not mail.sure:
            message = N_("e-mail received, %(state)s, not sure whose: %(subject)s")
        state = _OPEN if mail.state is IncomingState.NEW else STATE_WORDS[mail.state]
        params = {"state": Words(state), "subject": mail.subject or "–"}
        yield TimelineEvent(mail.received_at, "mail", message, params, mail_id=mail.id)


def _meters(meters: Iterable[MeterRow]) -> Iterator[TimelineEvent]:
    known = {meter.id: meter for meter in meters}
    exchanged = {meter.replaces_id for meter in known.values()}
    for meter in known.values():
        before = known.get(meter.replaces_id or 0)
        if before is not None:
            yield TimelineEvent(
                meter.installed_on,
                "exchange",
                N_("meter %(old)s exchanged for %(meter)s: closed at %(closed)s, begins at %(state)s"),
                {
                    "old": before.number,
                    "meter": meter.number,
                    "closed": before.removed_state,
                    "state": meter.installed_state,
                },
            )
        else:
            yield TimelineEvent(
                meter.installed_on,
                "installation",
                N_("meter %(meter)s installed, begins at %(state)s"),
                {"meter": meter.number, "state": meter.installed_state},
            )
        if meter.removed_on is not None and meter.id not in exchanged:
            yield TimelineEvent(
                meter.removed_on,
                "removal",
                N_("meter %(meter)s removed, closed at %(state)s"),
                {"meter": meter.number, "state": meter.removed_state},
            )


def _contracts(contracts: Iterable[ContractView], today: date) -> Iterator[TimelineEvent]:
    for contract in contracts:
        params = {"contract": contract.number}
        if contract.starts_on <= today:
            yield TimelineEvent(contract.starts_on, "contract", N_("contract %(contract)s begins"), params)
        if contract.ends_on is not None and contract.ends_on <= today:
            yield TimelineEvent(contract.ends_on, "contract", N_("contract %(contract)s ends"), params)
