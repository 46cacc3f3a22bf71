"""What a person reads for the values of our enumerations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from bok_tui.i18n import _
from db.records.clients import ClientKind, Masked, MeterRole
from db.records.contacts import Outcome, Purpose
from db.records.people import Channel
from db.rules.levels import Level
from db.rules.reading_facts import REASON_LABELS
from db.rules.verification import QUESTION_LABELS, Question
from db.words import N_

_KINDS: Mapping[ClientKind, str] = {
    ClientKind.PERSON: N_("natural person"),
    ClientKind.BUSINESS: N_("business"),
}
_ROLES: Mapping[MeterRole, str] = {MeterRole.MAIN: N_("main"), MeterRole.GARDEN: N_("garden")}
CHANNELS: Mapping[Channel, str] = {
    Channel.PHONE: N_("phone"),
    Channel.EMAIL: N_("e-mail"),
    Channel.IN_PERSON: N_("in person"),
    Channel.LETTER: N_("letter"),
    Channel.EBOK: N_("e-BOK"),
    Channel.SMS: N_("SMS"),
    Channel.FIELD: N_("meter reader"),
    Channel.RADIO: N_("radio"),
}
_PURPOSES: Mapping[Purpose, str] = {
    Purpose.READING: N_("reading"),
    Purpose.DOCUMENT: N_("document"),
    Purpose.BALANCE: N_("balance"),
    Purpose.DATA_CHANGE: N_("change of data"),
    Purpose.EINVOICE: N_("e-invoice"),
    Purpose.COMPLAINT: N_("complaint"),
    Purpose.INFORMATION: N_("information"),
    Purpose.OTHER: N_("other purpose"),
}
_OUTCOMES: Mapping[Outcome, str] = {
    Outcome.SOLVED: N_("solved"),
    Outcome.PASSED_ON: N_("passed on"),
    Outcome.CALL_BACK: N_("to be called back"),
    Outcome.REFUSED: N_("refused"),
    Outcome.DROPPED: N_("line dropped"),
}
_PRIVATE: Mapping[Masked, str] = {
    Masked.PESEL: N_("PESEL"),
    Masked.PHONE: N_("phone"),
    Masked.EMAIL: N_("e-mail"),
}
_DOCUMENTS: Mapping[str, str] = {
    "reading_confirmation": N_("confirmation of a reading"),
    "invoice": N_("invoice"),
    "correction": N_("correction invoice"),
    "duplicate": N_("duplicate"),
    "balance_statement": N_("balance statement"),
    "payment_slip": N_("transfer form"),
    "demand": N_("demand for payment"),
    "interest_note": N_("interest note"),
    "receipt": N_("receipt"),
    "request_confirmation": N_("confirmation of a request"),
    "request_decision": N_("decision of a request"),
    "information_request": N_("request for information"),
    "einvoice_confirmation": N_("confirmation of e-invoices"),
    "ebok_activation": N_("registration in e-BOK"),
    "complaint_answer": N_("answer to a complaint"),
    "data_export": N_("copy of personal data"),
    "erasure_decision": N_("decision about an erasure"),
}
_LEVELS: Mapping[Level, str] = {
    Level.OK: N_("IN ORDER"),
    Level.WARN: N_("WARNING"),
    Level.BLOCK: N_("BLOCKED"),
    Level.REFUSE: N_("CANNOT BE SAVED"),
}
_SIGNS: Mapping[Level, str] = {Level.OK: "✓", Level.WARN: "!", Level.BLOCK: "✗", Level.REFUSE: "✗"}
_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)
_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def kind_label(kind: ClientKind) -> str:
    """Return `osoba fizyczna` or `podmiot gospodarczy`."""
    return _(_KINDS[kind])


def role_label(role: MeterRole) -> str:
    """Return whether a meter is the main or a garden one."""
    return _(_ROLES[role])


def channel_label(channel: Channel) -> str:
    """Return how a contact or a reading reached us."""
    return _(CHANNELS[channel])


def purpose_label(purpose: Purpose) -> str:
    """Return why the client got in touch."""
    return _(_PURPOSES[purpose])


def outcome_label(outcome: Outcome) -> str:
    """Return how a contact ended."""
    return _(_OUTCOMES[outcome])


def private_label(field: Masked) -> str:
    """Return the name of a value that may be masked."""
    return _(_PRIVATE[field])


def status_label(status: str) -> str:
    """Return where a reading stands."""
    from db.records.readings import STATUS_WORDS  # not needed before there is a reading to show

    return _(STATUS_WORDS.get(status, status))


def reason_label(code: str) -> str:
    """Return why a warning was overridden; an unknown code stays as it is."""
    known = {reason.value: label for reason, label in REASON_LABELS.items()}
    return _(known[code]) if code in known else code


def document_label(kind: str) -> str:
    """Return what a document is."""
    return _(_DOCUMENTS.get(kind, kind))


def level_label(level: Level) -> str:
    """Return a finding's level as sign and word, such as `✗ BLOKADA`."""
    return f"{_SIGNS[level]} {_(_LEVELS[level])}"


def question_label(question: Question) -> str:
    """Return what is asked of the caller."""
    return _(QUESTION_LABELS[question])


def month_label(day: date) -> str:
    """Return the month of `day`, such as `lipiec 2026`."""
    return f"{_(_MONTHS[day.month - 1])} {day.year}"


def weekday_label(day: date) -> str:
    """Return the name of the weekday."""
    return _(_WEEKDAYS[day.weekday()])
