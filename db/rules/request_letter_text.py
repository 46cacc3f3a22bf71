"""Which text a letter about a request has, and what it tells of the request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from db.errors import Refused, WrongInput
from db.records.documents import DocumentKind
from db.records.ebok import EInvoiceState
from db.records.people import Channel
from db.records.request_letters import LetterFact
from db.records.requests import ComplaintSubject, RejectReason, RequestField, RequestKind, RequestState
from db.rules import letter_words
from db.rules.mail_texts import INFORMATION_TEMPLATES, MailTemplate, Value, filled, with_own_words
from db.rules.masking import mask_email, mask_phone
from db.words import N_

ANSWER_DAYS = 14
"""Calendar days in which what is missing is to be sent."""

TITLES: Mapping[DocumentKind, str] = {
    DocumentKind.REQUEST_CONFIRMATION: "Potwierdzenie przyjęcia wniosku",
    DocumentKind.REQUEST_DECISION: "Rozstrzygnięcie wniosku",
    DocumentKind.INFORMATION_REQUEST: "Prośba o uzupełnienie wniosku",
    DocumentKind.EINVOICE_CONFIRMATION: "Potwierdzenie usługi e-Faktura",
    DocumentKind.EBOK_ACTIVATION: "Rejestracja konta w e-BOK",
    DocumentKind.COMPLAINT_ANSWER: "Odpowiedź na reklamację",
}
"""The letters about requests, and what each is called."""
_COMPLAINT_TITLE = "Potwierdzenie przyjęcia reklamacji"

_HIDDEN = frozenset({RequestField.NIP, RequestField.REFUND_ACCOUNT})
_PESELS = frozenset({RequestField.PESEL, RequestField.PARTY_PESEL})
_REGISTERING = frozenset({RequestKind.EBOK_REGISTRATION, RequestKind.EBOK_EMAIL})
_MAILED = frozenset({EInvoiceState.CONFIRMED, EInvoiceState.ACTIVE})


@dataclass(frozen=True, slots=True)
class LetterMatter:
    """What a letter has to know of a request."""

    number: str
    kind: RequestKind
    state: RequestState
    client_number: str
    channel: Channel
    received_on: date
    deadline: date
    effective_on: date | None = None
    items: tuple[tuple[RequestField, str | None], ...] = ()
    """The fields and their new values."""
    reason: str | None = None
    """Of the rejection."""
    decision_note: str = ""
    """What was written with the decision; the answer to a complaint."""
    asked: str | None = None
    """Which information was asked for last: a template."""
    asked_note: str = ""
    subject: ComplaintSubject | None = None
    deemed: bool = False
    """Accepted because it was not answered in time."""
    einvoice: tuple[EInvoiceState, str, date | None] | None = None
    """State, address, and the day from which invoices go by e-mail."""
    login: str | None = None


@dataclass(frozen=True, slots=True)
class Composed:
    """The text of a letter."""

    title: str
    paragraphs: tuple[str, ...]
    instruction: tuple[str, ...]
    facts: tuple[LetterFact, ...] = field(default=())


def composed(
    kind: DocumentKind, matter: LetterMatter, *, today: date, office: Mapping[str, Value], paragraph: str = ""
) -> Composed:
    """Return the text of a letter of `kind` about a request; `paragraph` is the agent's own, cleaned.

    Raises WrongInput for a kind that is no letter about requests, Refused when the request does not
    stand where that letter belongs.
    """
    if kind not in TITLES:
        raise WrongInput(N_("%(kind)s is no letter about a request."), kind=kind.value)
    template, values, own = _TEMPLATES[kind](matter, today)
    text = filled(template, **office, **values)
    if template is MailTemplate.FREE and not (own or paragraph):
        raise Refused(N_("Write what you ask for: the letter has no text of its own."))
    complaint = kind is DocumentKind.REQUEST_CONFIRMATION and matter.kind is RequestKind.COMPLAINT
    return Composed(
        title=_COMPLAINT_TITLE if complaint else TITLES[kind],
        paragraphs=with_own_words(template, with_own_words(template, text.paragraphs, own), paragraph),
        instruction=text.instruction,
        facts=tuple(_facts(kind, matter)),
    )


_Chosen = tuple[MailTemplate, dict[str, Value], str]
"""The template, its values, and the words that the agent gave with the step; a paragraph follows them."""


def _received(matter: LetterMatter, today: date) -> _Chosen:
    values: dict[str, Value] = {"received": matter.received_on, "deadline": matter.deadline}
    if matter.kind is RequestKind.COMPLAINT:
        subject = {"subject": matter.subject or ComplaintSubject.SERVICE}
        return MailTemplate.COMPLAINT_RECEIVED, {**_who(matter), **values, **subject}, ""
    return MailTemplate.REQUEST_RECEIVED, {**_of(matter), **values}, ""


def _decision(matter: LetterMatter, today: date) -> _Chosen:
    if matter.state is RequestState.WITHDRAWN:
        return MailTemplate.REQUEST_WITHDRAWN, _of(matter), ""
    if matter.kind is RequestKind.COMPLAINT:
        raise Refused(N_("A complaint is answered with an answer to a complaint, not with a decision."))
    effective: dict[str, Value] = {"effective": matter.effective_on or today}
    if matter.state is RequestState.APPROVED:
        return MailTemplate.REQUEST_APPROVED, {**_of(matter), **effective}, ""
    if matter.state is RequestState.APPLIED:
        return MailTemplate.REQUEST_APPLIED, {**_of(matter), **effective}, ""
    if matter.state is RequestState.REJECTED:
        reason = RejectReason(matter.reason or RejectReason.OTHER)
        own = matter.decision_note if reason is RejectReason.OTHER else ""
        return MailTemplate.REQUEST_REJECTED, {**_of(matter), "reason": reason}, own
    raise _too_early(matter)


def _question(matter: LetterMatter, today: date) -> _Chosen:
    if matter.state is not RequestState.NEEDS_INFO:
        raise Refused(
            N_("The request %(number)s does not wait for information: ask for it first."),
            number=matter.number,
        )
    known = {template.value: template for template in INFORMATION_TEMPLATES}
    template = known.get(matter.asked or "", MailTemplate.FREE)
    return template, {**_of(matter), "answer_by": today + timedelta(days=ANSWER_DAYS)}, matter.asked_note


def _einvoice(matter: LetterMatter, today: date) -> _Chosen:
    if matter.einvoice is None or matter.einvoice[0] not in _MAILED or matter.einvoice[2] is None:
        raise Refused(N_("The client %(client)s has no confirmed e-invoices."), client=matter.client_number)
    _state, email, starts_on = matter.einvoice
    values: dict[str, Value] = {
        "client": matter.client_number,
        "email": email,
        "effective": starts_on or today,
    }
    return MailTemplate.EINVOICE_CONFIRMED, values, ""


def _ebok(matter: LetterMatter, today: date) -> _Chosen:
    if matter.kind not in _REGISTERING or matter.login is None:
        raise Refused(N_("The request %(number)s registers no account in e-BOK."), number=matter.number)
    return MailTemplate.EBOK_REGISTERED, {"client": matter.client_number}, ""


def _answer(matter: LetterMatter, today: date) -> _Chosen:
    if matter.kind is not RequestKind.COMPLAINT:
        raise Refused(N_("The request %(number)s is no complaint."), number=matter.number)
    subject = matter.subject or ComplaintSubject.SERVICE
    values: dict[str, Value] = {**_who(matter), "subject": subject, "received": matter.received_on}
    if matter.deemed:
        return MailTemplate.COMPLAINT_DEEMED, values, matter.decision_note
    if matter.state in (RequestState.APPROVED, RequestState.APPLIED):
        return MailTemplate.COMPLAINT_ACCEPTED, values, matter.decision_note
    if matter.state is RequestState.REJECTED:
        return MailTemplate.COMPLAINT_DENIED, values, matter.decision_note
    raise _too_early(matter)


_TEMPLATES = {
    DocumentKind.REQUEST_CONFIRMATION: _received,
    DocumentKind.REQUEST_DECISION: _decision,
    DocumentKind.INFORMATION_REQUEST: _question,
    DocumentKind.EINVOICE_CONFIRMATION: _einvoice,
    DocumentKind.EBOK_ACTIVATION: _ebok,
    DocumentKind.COMPLAINT_ANSWER: _answer,
}


def _too_early(matter: LetterMatter) -> Refused:
    return Refused(N_("The request %(number)s is not decided yet."), number=matter.number)


def _who(matter: LetterMatter) -> dict[str, Value]:
    return {"number": matter.number, "client": matter.client_number}


def _of(matter: LetterMatter) -> dict[str, Value]:
    return {**_who(matter), "matter": matter.kind}


def _facts(kind: DocumentKind, matter: LetterMatter) -> Iterator[LetterFact]:
    """What was asked for, where the letter repeats it."""
    if kind is DocumentKind.REQUEST_CONFIRMATION:
        yield LetterFact("Sposób złożenia", letter_words.CHANNELS[matter.channel])
    if kind is DocumentKind.EBOK_ACTIVATION and matter.login:
        yield LetterFact("Login", matter.login)
    repeated = kind is DocumentKind.REQUEST_CONFIRMATION or (
        kind is DocumentKind.REQUEST_DECISION
        and matter.state in (RequestState.APPROVED, RequestState.APPLIED)
    )
    if repeated and matter.kind is not RequestKind.COMPLAINT:
        for name, value in matter.items:
            label = letter_words.FIELDS[name]
            yield LetterFact(label[:1].upper() + label[1:], _shown(name, value))


def _shown(name: RequestField, value: str | None) -> str:
    """Return a new value as a letter may show it: no PESEL, other identifiers and contacts half hidden."""
    if not value:
        return "brak"
    if name in _PESELS:
        return "podany we wniosku"
    if name in _HIDDEN:
        return f"kończy się na {value[-4:]}"
    if name is RequestField.PHONE:
        return mask_phone(value)
    return mask_email(value) if name is RequestField.EMAIL else value
