"""What the inbox has done in the database: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bok_tui.wording.inbox_message import Seen
from db.records.clients import ClientCard, ClientHit, SearchAnswer
from db.records.incoming import (
    AcceptedMail,
    AcceptedState,
    InboxCounts,
    InboxFilter,
    InboxMessage,
    InboxPage,
    IncomingState,
    ReplyTemplate,
)
from db.records.ledger import AccountView
from db.records.people import Channel
from db.records.readings import ReadingForm
from db.records.request_views import RequestView
from db.records.requests import NewRequest

if TYPE_CHECKING:
    from db.office import Office

MOST_FORMS = 12
"""Meters of one message that are shown with their past."""


@dataclass(frozen=True, slots=True)
class Box:
    """A page of the list and how much waits in all."""

    page: InboxPage
    counts: InboxCounts
    added: bool
    """True when the page goes on after another."""


@dataclass(frozen=True, slots=True)
class ForRequest:
    """What the form of a request or a complaint begins with."""

    message: InboxMessage
    card: ClientCard
    account: AccountView | None


def box(office: Office, wanted: InboxFilter, *, after: int | None, limit: int) -> Box:
    """Return a page of the list, with the counts above it."""
    from db.queries import inbox

    page = office.read(inbox.inbox_page, wanted, after=after, limit=limit)
    return Box(page, counts(office), after is not None)


def counts(office: Office) -> InboxCounts:
    """Return how much waits."""
    from db.queries.inbox import inbox_counts

    return office.read(inbox_counts)


def look(office: Office, mail_id: int) -> Seen:
    """Return a message as it stands now, with what its readings are judged by."""
    from db.queries.inbox import inbox_message

    return seen(office, office.read(inbox_message, mail_id))


def seen(office: Office, message: InboxMessage) -> Seen:
    """Return a message with what its readings are judged by: nothing once it is done with.

    Of many meters those of the first ones alone: the rest is judged in the message all the same.
    """
    from db.queries.readings import reading_form

    if message.line.state is not IncomingState.NEW:
        return Seen(message, {})
    judged = [reading.meter for reading in message.line.readings if reading.meter and reading.level]
    few = list(dict.fromkeys(judged))[:MOST_FORMS]
    return Seen(message, {meter: office.read(reading_form, meter) for meter in few})


def forms(office: Office, number: str, meters: Sequence[str]) -> tuple[ReadingForm, ...]:
    """Return what is needed to check readings of a client's meters; those in `meters` come first."""
    from db.queries.clients import client_card
    from db.queries.readings import reading_form

    card = office.read(client_card, number)
    own = [meter.number for meter in card.meters if meter.removed_on is None or meter.number in meters]
    own.sort(key=lambda meter: meters.index(meter) if meter in meters else len(meters))
    return tuple(office.read(reading_form, meter) for meter in own)


def for_request(office: Office, mail_id: int, number: str, *, with_account: bool) -> ForRequest:
    """Return what the form of a request is filled with: the message, the client's card, what was billed."""
    from db.queries.clients import client_card
    from db.queries.inbox import inbox_message
    from db.queries.ledger import account_view

    account = office.read(account_view, number) if with_account else None
    return ForRequest(office.read(inbox_message, mail_id), office.read(client_card, number), account)


# -- whose it is


def find_clients(office: Office, text: str) -> SearchAnswer:
    """Search for clients as the command line does."""
    from db.search import search_clients

    return office.read(search_clients, text)


def clients_named(office: Office, numbers: Sequence[str]) -> tuple[ClientHit, ...]:
    """Return the clients with these numbers, in that order; those that are not there are left out."""
    found = (hit for number in numbers for hit in find_clients(office, number).hits if hit.number == number)
    return tuple(found)


def note_clients(office: Office, answer: SearchAnswer) -> None:
    """Leave the access entry of a list that somebody had the time to read."""
    from db.search import note_search

    office.read(note_search, [hit.id for hit in answer.hits], more=answer.more)


def choose_client(office: Office, mail_id: int, number: str) -> Seen:
    """Say whose message it is. Raises NotFound for a client that is not there."""
    from db.operations.inbox import choose_mail_client

    return seen(office, office.do(choose_mail_client, mail_id, number))


# -- what becomes of it


def accept(
    office: Office,
    mail_id: int,
    readings: Sequence[AcceptedState],
    *,
    client_number: str,
    version: int | None = None,
) -> AcceptedMail:
    """Book the readings of a message and have them confirmed."""
    from db.operations.inbox_accept import accept_mail

    return office.do(accept_mail, mail_id, readings, client_number=client_number, version=version)


def take(office: Office, mail_id: int) -> InboxMessage:
    """Take a message for oneself."""
    from db.operations.inbox import take_mail

    return office.do(take_mail, mail_id)


def give(office: Office, mail_id: int, login: str | None) -> InboxMessage:
    """Give a message to a colleague, or back to nobody. Raises NotFound for an unknown login."""
    from db.operations.inbox import assign_mail

    return office.do(assign_mail, mail_id, login)


def spam(office: Office, mail_id: int) -> InboxMessage:
    """Put a message aside as spam."""
    from db.operations.inbox import mark_spam

    return office.do(mark_spam, mail_id)


def close(office: Office, mail_id: int) -> InboxMessage:
    """Close a message: nothing has to be done."""
    from db.operations.inbox import close_mail

    return office.do(close_mail, mail_id)


def reopen(office: Office, mail_id: int) -> InboxMessage:
    """Make a message new that was closed or put aside."""
    from db.operations.inbox import reopen_mail

    return office.do(reopen_mail, mail_id)


def preview(office: Office, mail_id: int, template: ReplyTemplate, note: str) -> tuple[str, str]:
    """Return the subject and the text of an answer as it would be sent."""
    from db.operations.inbox_answers import preview_answer

    return office.read(preview_answer, mail_id, template, note=note)


def answer(office: Office, mail_id: int, template: ReplyTemplate, note: str) -> InboxMessage:
    """Answer a message with a text written beforehand."""
    from db.operations.inbox_answers import answer_mail

    return office.do(answer_mail, mail_id, template, note=note)


def to_request(office: Office, mail_id: int, new: NewRequest) -> RequestView:
    """Make a message a request or a complaint."""
    from db.operations.inbox import mail_to_request

    return office.do(mail_to_request, mail_id, replace(new, channel=Channel.EMAIL))
