"""Answers to incoming mail: to whom there is one, under which subject, what it repeats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import WrongInput
from db.records.incoming import ReplyTemplate, StatedReading
from db.rules.identifiers import parse_email
from db.rules.inbox.proposal import whole_state
from db.rules.inbox.whose import compact
from db.rules.letter_words import day_in_words
from db.rules.mail_texts import MailTemplate

MOST_A_DAY = 5
"""Answers to one address in a day; two programs that answer each other would go on for ever."""
LONGEST_SUBJECT = 200
_PREFIX = re.compile(r"\s*(?:re|odp|aw|sv|antw|fwd?|pd)\s*(?:\[\d{1,3}\])?\s*:\s*", re.IGNORECASE)
_NOBODY = re.compile(
    r"(?:(?:no|do[-_.]?not|nie)[-_.]?(?:reply|odpowiadaj)|mailer[-_.]daemon|postmaster"
    r"|bounces?)(?:[-+_.].*)?",
    re.IGNORECASE,
)
TEMPLATES: Mapping[ReplyTemplate, MailTemplate] = {
    ReplyTemplate.NEED_METER: MailTemplate.REPLY_NEED_METER,
    ReplyTemplate.NEED_CLIENT: MailTemplate.REPLY_NEED_CLIENT,
    ReplyTemplate.NEED_STATE: MailTemplate.REPLY_NEED_STATE,
    ReplyTemplate.CHECK_STATE: MailTemplate.REPLY_CHECK_STATE,
    ReplyTemplate.NO_PHOTO: MailTemplate.REPLY_NO_PHOTO,
    ReplyTemplate.PASSED_ON: MailTemplate.REPLY_PASSED_ON,
}


@dataclass(frozen=True, slots=True)
class BookedReading:
    """A reading that was recorded from a message."""

    meter: str
    state: int
    day: date
    waits: bool
    """For a supervisor."""


def answer_subject(subject: str, template_subject: str) -> str:
    """Return `Re: ` and the subject without what programs and people put before it again and again."""
    own = " ".join(subject.split())
    while found := _PREFIX.match(own):
        own = own[found.end() :]
    return f"Re: {own or template_subject}"[:LONGEST_SUBJECT]


def answer_address(sender: str, *, ours: str) -> str | None:
    """Return the address to answer to; None where nobody reads what is sent there, or it is our own."""
    try:
        address = parse_email(sender)
    except WrongInput:
        return None
    return None if _NOBODY.fullmatch(address.partition("@")[0]) or address == ours.lower() else address


def booked_lines(booked: Sequence[BookedReading], said: Sequence[StatedReading], *, own_address: bool) -> str:
    """Return a line for each reading that was recorded.

    To an address that does not stand on the client's card nothing is told but what the writer said:
    no meter's number, and no state that the agent corrected.
    """
    return "\n".join(filter(None, (_line(one, said, own_address=own_address) for one in booked)))


def _line(one: BookedReading, said: Sequence[StatedReading], *, own_address: bool) -> str:
    end = f"stan {one.state} m³, dzień odczytu {day_in_words(one.day)}"
    waits = " (czeka na sprawdzenie w biurze)" if one.waits and own_address else ""
    named = any(reading.meter and compact(reading.meter) == compact(one.meter) for reading in said)
    if own_address or named:
        if own_address or any(whole_state(reading.state) == one.state for reading in said):
            return f"Wodomierz nr {one.meter}: {end}{waits}"
        return ""
    return end.capitalize() if any(whole_state(reading.state) == one.state for reading in said) else ""
