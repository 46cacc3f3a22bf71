"""What the writer of a message wants first."""

from __future__ import annotations

import re

from db.records.incoming import MailIntent
from db.rules.inbox.lexicon import tags_of
from db.rules.inbox.tags import Tag
from db.rules.inbox.wishes import (
    ADVERT,
    ANGERS,
    APPLIES,
    BESIDES,
    COMPLAINT,
    CONNECTS,
    COPY,
    DATA,
    DEMANDS,
    EINVOICE,
    FAILURE,
    GIVE,
    GRIEVES,
    IN_CASE,
    INSULTS,
    MOVES,
    OUTAGE,
    PRAISES,
    QUESTION,
    SERVICE,
    THANKS,
    THEFT,
    WITHDRAWS,
)

MOST = 4_000
"""Characters that are looked at: who wants something says so early."""

_PATTERNS: tuple[tuple[MailIntent, re.Pattern[str]], ...] = (
    (MailIntent.COMPLAINT, re.compile(COMPLAINT)),
    (MailIntent.EINVOICE, re.compile(EINVOICE)),
    (MailIntent.INVOICE_COPY, re.compile(COPY)),
    (MailIntent.DATA_CHANGE, re.compile(DATA)),
    (MailIntent.READING, re.compile(GIVE)),
)
_CUBIC = re.compile(r"m3|\d ?kub(?![a-z])")
_COUNTER = re.compile(r"\b(?:pani\w?|panem|pana|kolejk\w|obslug\w)\b[^.!?\n]{0,20}\bokien\w{2,3}")
"""A counter that people stand at, not the window of a dial."""
_BOOKS = re.compile(
    r"\bprosze o (?:\w{1,10} ){0,2}?(?:zaksiegowanie|wpisanie|przyjecie|zapisanie|odnotowanie|uwzglednienie)"
    r"(?! (?:zmian|now|dan|wnios|reklam|zglosz))"
)
"""The text asks to book what it gives."""
_ASKS = re.compile(QUESTION)


def is_advert(subject: str, text: str, *, least: int = 2) -> bool:
    """Tell whether a bare text wants to sell something: `least` or more of the words that do."""
    return len({found[0] for found in ADVERT.finditer(f"{subject}\n{text[:MOST]}")}) >= least


def intent_of(subject: str, text: str, older: str, *, first_state: int | None, doubted: bool) -> MailIntent:
    """Return the intent of a bare text (`flat`) with its subject, or the `older` one of an answer.

    `first_state` is where in subject and text the first state stands, None where there is none.
    The wish that is spoken of first counts, the subject before the text. A state alone is a wish
    unless an explicit one stands in the text; a question is one only where nothing else is, or
    where it comes first and the state is given `przy okazji`.
    """
    whole = f"{subject}\n\n{text[:MOST]}"
    wishes = {intent: found.start() for intent, pattern in _PATTERNS if (found := pattern.search(whole))}
    if subject.rstrip().endswith("?"):
        wishes = {one: at for one, at in wishes.items() if dict(_PATTERNS)[one].search(whole, len(subject))}
    if THEFT.search(whole):
        return MailIntent.OTHER
    question = _ASKS.search(whole)
    if first_state is None and PRAISES.search(subject):
        return MailIntent.OTHER
    if question and question.end() <= len(subject) and MailIntent.READING in wishes:
        question = _ASKS.search(text[:MOST])
    if first_state is None:
        return _without_state(wishes, question, whole, older)
    if doubted and question and set(wishes) <= {MailIntent.READING}:
        return MailIntent.QUESTION
    given = min(wishes.get(MailIntent.READING, first_state), first_state, _heading(subject))
    besides = BESIDES.search(whole)
    if others := _besides_reading(wishes, subject, whole):
        first = min(others, key=others.__getitem__)
        if (
            others[first] < given
            or _put_first(whole, others[first])
            or (first is MailIntent.COMPLAINT and DEMANDS.search(whole))
        ):
            return first
        plain = MailIntent.READING not in wishes and given == first_state
        late = besides is not None and besides.start() < others[first] + 40
        if plain and not late and (first is MailIntent.COMPLAINT or _asked_for(whole, others[first])):
            return first
        return MailIntent.READING
    if question and question.start() < given and IN_CASE.search(whole, question.end()):
        return MailIntent.QUESTION
    if (
        question
        and question.start() < given
        and besides
        and question.start() < besides.start() <= max(given, first_state)
    ):
        return MailIntent.QUESTION
    return MailIntent.READING


def _besides_reading(wishes: dict[MailIntent, int], subject: str, whole: str) -> dict[MailIntent, int]:
    """Return the wishes beside a reading; who only calls names beside the state wants nothing else."""
    others: dict[MailIntent, int] = {}
    others |= {intent: at for intent, at in wishes.items() if intent is not MailIntent.READING}
    others = _beyond_heading(others, subject, whole)
    complaint = dict(_PATTERNS)[MailIntent.COMPLAINT]
    if MailIntent.COMPLAINT in others and not complaint.search(INSULTS.sub(" ", whole)):
        del others[MailIntent.COMPLAINT]
    return others


def _beyond_heading(others: dict[MailIntent, int], subject: str, whole: str) -> dict[MailIntent, int]:
    """Leave out a change that only the subject speaks of, beside the reading: `Nowy najemca, odczyt`."""
    booked = _heading(subject) <= len(subject) or _BOOKS.search(whole, len(subject))
    if not booked or set(others) != {MailIntent.DATA_CHANGE}:
        return others
    asked = dict(_PATTERNS)[MailIntent.DATA_CHANGE].finditer(whole, len(subject))
    return others if any(not MOVES.match(found[0]) for found in asked) else {}


def _heading(subject: str) -> int:
    """Return where the subject speaks of a state, so far as it does; else a place behind everything."""
    found = re.search(r"\b(?:odczyt|stan|wskazan)\w{0,4}\b", subject)
    return found.start() if found else 10 * MOST


def _put_first(whole: str, at: int) -> bool:
    """Tell whether `po pierwsze` or `przede wszystkim` leads to a wish."""
    head = whole[max(0, at - 60) : at + 12]
    return (
        re.search(r"\b(?:po pierwsze|najwazniejsz\w{1,2}|przede wszystkim)\b[^.!?]{0,50}$", head) is not None
    )


def _asked_for(whole: str, at: int) -> bool:
    """Tell whether `proszę` and the like stand right before a wish."""
    return bool(
        re.search(r"\b(?:prosze|wnosze|zadam|chce|chcial\w{1,4})\b", whole[max(0, at - 20) : at + 12])
    )


def _without_state(
    wishes: dict[MailIntent, int], question: re.Match[str] | None, whole: str, older: str
) -> MailIntent:
    others: dict[MailIntent, int] = {}
    others |= {intent: at for intent, at in wishes.items() if intent is not MailIntent.READING}
    if APPLIES.search(whole):
        return MailIntent.OTHER
    if question and MailIntent.DATA_CHANGE in others and CONNECTS.search(whole):
        del others[MailIntent.DATA_CHANGE]
    if (
        question
        and set(others) == {MailIntent.COMPLAINT}
        and OUTAGE.match(whole, *others.values())
        and not ANGERS.search(whole)
    ):
        return MailIntent.QUESTION
    if others:
        return min(others, key=others.__getitem__)
    if question:
        return MailIntent.QUESTION
    body = whole.strip()
    if MailIntent.READING not in wishes and SERVICE.search(body):
        return MailIntent.OTHER
    if MailIntent.READING not in wishes and FAILURE.search(body):
        return MailIntent.COMPLAINT if GRIEVES.search(body) else MailIntent.OTHER
    if WITHDRAWS.search(body):
        return MailIntent.READING
    if _foreign(body):
        return MailIntent.OTHER
    if THANKS.search(body) and MailIntent.READING not in wishes:
        return MailIntent.OTHER
    return (
        MailIntent.READING
        if MailIntent.READING in wishes or speaks_of_dial(f"{older} {body}")
        else MailIntent.OTHER
    )


def withdraws(text: str) -> bool:
    """Tell whether a bare text takes back a state that was given before."""
    return bool(WITHDRAWS.search(text[:MOST]))


def _foreign(text: str) -> bool:
    """Tell whether the text is about electricity, gas or heat and not about water."""
    says = Tag.NONE
    for word in re.findall(r"[a-z]{2,20}", text[:MOST]):
        says |= tags_of(word)
    return bool(says & Tag.FOREIGN) and not says & Tag.WATER


def speaks_of_water(text: str) -> bool:
    """Tell whether a bare text names water at all."""
    return any(tags_of(word) & Tag.WATER for word in re.findall(r"[a-z]{2,20}", text[:MOST]))


def speaks_of_dial(text: str) -> bool:
    """Tell whether the text speaks of a dial, a state or a consumption at all."""
    words = re.findall(r"[a-z]{2,20}", _COUNTER.sub(" ", text[:MOST]))
    return bool(_CUBIC.search(text[:MOST])) or any(
        tags_of(word) & (Tag.STATE | Tag.METER)
        or word.startswith(("zuzy", "kubik", "sprawdze", "spisze", "spisan", "spisal"))
        for word in words
    )
