"""What the screens of requests have done in the database: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bok_tui.screens.client_work import Printed, print_again
from db.records.clients import Place
from db.records.documents import DocumentKind
from db.records.request_views import RequestCounts, RequestFilter, RequestLine, RequestPage, RequestView
from db.records.requests import NewRequest, RejectReason, RequestEvent, RequestKind, RequestState

if TYPE_CHECKING:
    from db.office import Office

ON_THE_CARD = 50
"""Requests of one client that are shown."""
MOST_PLACES = 4
"""Places that are suggested at once."""
DECIDED = frozenset(
    {RequestState.APPROVED, RequestState.APPLIED, RequestState.REJECTED, RequestState.WITHDRAWN}
)
"""States that a letter can tell of as the end of a request."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of the queue and how much waits in all."""

    page: RequestPage
    counts: RequestCounts
    added: bool
    """True when the page goes on after another."""


def queue(office: Office, wanted: RequestFilter, *, after: int | None, limit: int) -> Queue:
    """Return a page of the queue, with the counts above it."""
    from db.queries import requests

    page = office.read(requests.request_page, wanted, after=after, limit=limit)
    return Queue(page, office.read(requests.request_counts), after is not None)


def only(office: Office, number: str) -> Queue:
    """Return the one request that was asked for. Raises NotFound."""
    from db.queries import requests

    view = office.read(requests.request_view, number)
    return Queue(RequestPage((view.line,), more=False), office.read(requests.request_counts), added=False)


def view(office: Office, request_id: int) -> RequestView:
    """Return a request as it stands now."""
    from db.queries.requests import request_view

    return office.read(request_view, request_id)


def of_client(office: Office, number: str) -> tuple[RequestLine, ...]:
    """Return the requests of a client, newest first."""
    from db.queries.requests import requests_of_client

    return office.read(requests_of_client, number, ON_THE_CARD)


def submit(office: Office, new: NewRequest, *, at_once: bool = True) -> RequestView:
    """Take a request in; what one person may do on a verified call is applied at once, if wanted."""
    from db.operations import requests
    from db.rules.request_life import may_apply_at_once

    applied = at_once and may_apply_at_once(new.kind)
    return office.do(requests.submit_and_apply if applied else requests.submit_request, new)


def take(office: Office, request_id: int) -> RequestView:
    """Take a request for review."""
    from db.operations.requests import take_request

    return office.do(take_request, request_id)


def give_back(office: Office, request_id: int) -> RequestView:
    """Give a request back that one had taken."""
    from db.operations.requests import give_back_request

    return office.do(give_back_request, request_id)


def release(office: Office) -> int:
    """Give back all that the agent had taken, and return how many that were."""
    from db.operations.requests import release_taken

    return office.do(release_taken)


def decide(
    office: Office,
    request_id: int,
    *,
    approve: bool,
    reason: RejectReason | None = None,
    note: str = "",
    version: int | None = None,
    over_changes: bool = False,
) -> RequestView:
    """Approve or reject. Raises ChangedMeanwhile when the card moved."""
    from db.operations.request_decisions import decide_request

    return office.do(
        decide_request,
        request_id,
        approve=approve,
        reason=reason,
        note=note,
        version=version,
        over_changes=over_changes,
    )


def ask_information(office: Office, request_id: int, template: str, note: str) -> RequestView:
    """Ask the client for what is missing."""
    from db.operations.request_decisions import ask_for_information

    return office.do(ask_for_information, request_id, template, note)


def information_came(office: Office, request_id: int, note: str) -> RequestView:
    """Note that the client answered."""
    from db.operations import request_decisions

    return office.do(request_decisions.information_came, request_id, note)


def withdraw(office: Office, request_id: int, note: str) -> RequestView:
    """Note that the client takes the request back."""
    from db.operations.request_decisions import withdraw_request

    return office.do(withdraw_request, request_id, note)


def undo(office: Office, request_id: int) -> RequestView:
    """Make the inverse request."""
    from db.operations.request_decisions import undo_request

    return office.do(undo_request, request_id)


def answer_complaint(office: Office, request_id: int, *, accept: bool, answer: str) -> RequestView:
    """Answer a complaint."""
    from db.operations import complaints

    return office.do(complaints.answer_complaint, request_id, accept=accept, answer=answer)


def accept_reading_complaint(office: Office, request_id: int, answer: str) -> RequestView:
    """Accept a complaint about a reading: the reading is voided and the invoice corrected."""
    from db.operations import complaints

    return office.do(complaints.accept_reading_complaint, request_id, answer)


# -- letters


def letter_kind(view: RequestView) -> DocumentKind:
    """Return which letter a request calls for as it stands: once it is decided, one that says so."""
    kind, state = view.line.kind, view.line.state
    if state is RequestState.NEEDS_INFO:
        return DocumentKind.INFORMATION_REQUEST
    if state not in DECIDED:
        return DocumentKind.REQUEST_CONFIRMATION
    if kind is RequestKind.COMPLAINT and state is not RequestState.WITHDRAWN:
        return DocumentKind.COMPLAINT_ANSWER
    if kind is RequestKind.EINVOICE_ON and state in (RequestState.APPROVED, RequestState.APPLIED):
        return DocumentKind.EINVOICE_CONFIRMATION
    if kind is RequestKind.EBOK_REGISTRATION and state is RequestState.APPLIED:
        return DocumentKind.EBOK_ACTIVATION
    return DocumentKind.REQUEST_DECISION


def _own_words(view: RequestView, paragraph: str) -> str:
    """Return a new `paragraph` behind what was written for the client with a rejection."""
    rejected = [step for step in view.steps if step.event is RequestEvent.REJECT]
    told = bool(rejected) and view.line.kind is not RequestKind.COMPLAINT
    if told and rejected[-1].reason != RejectReason.OTHER:  # another reason stands in the letter by itself
        return " ".join(filter(None, (rejected[-1].note, paragraph)))
    return paragraph


def issued_letter(view: RequestView) -> tuple[int, str] | None:
    """Return id and number of the letter that tells how the request stands; None before it is issued."""
    kind = letter_kind(view)
    same = [(key, number) for key, of_kind, number in view.letters if of_kind == kind.value]
    return same[-1] if same else None


def print_letter(office: Office, request_id: int, *, folder: Path, paragraph: str = "") -> Printed:
    """Issue the letter that a request calls for, or take the one issued before, and write its PDF."""
    return print_again(office, issue_letter(office, request_id, paragraph=paragraph)[1], folder=folder)


def issue_letter(office: Office, request_id: int, *, paragraph: str = "") -> tuple[int, str]:
    """Issue the letter, and return its id and number.

    Without a new `paragraph`, the letter issued since the last step is taken: the same number again.
    """
    from db.operations.request_letters import issue_request_letter

    about = view(office, request_id)
    before = None if paragraph else issued_letter(about)
    if before is not None:
        return before
    own = _own_words(about, paragraph)
    issued = office.do(issue_request_letter, request_id, letter_kind(about), paragraph=own)
    return issued.id, issued.number


def email_letter(office: Office, request_id: int, *, paragraph: str = "") -> tuple[str, str]:
    """Queue the letter to the client's e-mail address; return its number and the address."""
    from db.operations.delivery import queue_for_email

    document_id, number = issue_letter(office, request_id, paragraph=paragraph)
    return number, office.do(queue_for_email, document_id)


def letter_text(office: Office, request_id: int, *, paragraph: str = "") -> str:
    """Return the letter as text: the one issued since the last step, else as it would be issued."""
    from db.operations.request_letters import preview_request_letter
    from db.queries.documents import document
    from reports.documents.as_text import as_text

    about = view(office, request_id)
    kind, own = letter_kind(about), _own_words(about, paragraph)
    before = None if paragraph else issued_letter(about)
    if before is not None:
        return as_text(kind, office.read(document, before[1]).snapshot)
    return as_text(kind, office.read(preview_request_letter, request_id, kind, paragraph=own))


# -- places on file


def places(office: Office, typed: Place) -> tuple[Place, ...]:
    """Return the places on file that begin with what is typed."""
    from db.queries.addresses import address_suggestions

    return office.read(
        address_suggestions,
        postal_code=typed.postal_code,
        town=typed.town,
        street=typed.street or "",
        limit=MOST_PLACES,
    )
