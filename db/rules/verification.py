"""Is the caller who they say they are: a score card of questions, and the levels it opens.

The agent types what the caller says, the system answers only yes or no. Every wrong answer asks
for one more (the thresholds rise by two points), and its question counts no more in the contact.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import combinations

from db.words import N_


class Question(StrEnum):
    """What a caller may be asked."""

    CLIENT_NUMBER = "client_number"
    ADDRESS = "address"
    NAME = "name"
    METER_NUMBER = "meter_number"
    CONTRACT_DATE = "contract_date"
    PESEL_DIGITS = "pesel_digits"
    CALL_BACK = "call_back"
    """Not asked: the agent calls the stored number and the client answers."""


POINTS: Mapping[Question, int] = {
    Question.CLIENT_NUMBER: 1,
    Question.ADDRESS: 1,
    Question.NAME: 1,
    Question.METER_NUMBER: 2,
    Question.CONTRACT_DATE: 2,
    Question.PESEL_DIGITS: 3,
    Question.CALL_BACK: 3,
}
"""Weak 1 (neighbours know it), medium 2 (stands on papers), strong 3."""

STRONG = 3
"""Points of a question that proves a person and not a paper."""

QUESTION_LABELS: Mapping[Question, str] = {
    Question.CLIENT_NUMBER: N_("client number"),
    Question.ADDRESS: N_("address"),
    Question.NAME: N_("name and surname"),
    Question.METER_NUMBER: N_("meter number"),
    Question.CONTRACT_DATE: N_("date of the contract"),
    Question.PESEL_DIGITS: N_("digits of the PESEL"),
    Question.CALL_BACK: N_("call back to the stored number"),
}
"""What a person reads for each question."""


class VerificationLevel(IntEnum):
    """What may be done for the caller."""

    L0 = 0
    """General information."""
    L1 = 1
    """Take a reading; discloses nothing."""
    L2 = 2
    """Balance, invoices, documents."""
    L3 = 3
    """Change of data, completion of the PESEL, e-invoice, export."""


LEVEL_LABELS: Mapping[VerificationLevel, str] = {
    VerificationLevel.L0: N_("general information only"),
    VerificationLevel.L1: N_("a reading may be taken"),
    VerificationLevel.L2: N_("balance and documents"),
    VerificationLevel.L3: N_("changes of data"),
}
"""What a person reads for each level."""

NEEDED: Mapping[VerificationLevel, int] = {
    VerificationLevel.L0: 0,
    VerificationLevel.L1: 3,
    VerificationLevel.L2: 4,
    VerificationLevel.L3: 6,
}
"""Points for each level; L1 is the client number with the meter number."""

PER_FAILURE = 2
"""Points that each wrong answer adds to every threshold: one more medium question."""


class Lock(StrEnum):
    """Why nothing may be disclosed any more."""

    CLIENT = "client"
    """Too many wrong answers about this client today, whoever took them."""
    AGENT = "agent"
    """Too many wrong answers taken by this agent: a supervisor has to look."""


LOCK_MESSAGES: Mapping[Lock, str] = {
    Lock.CLIENT: N_("Too many wrong answers about this client today. Disclose nothing until tomorrow."),
    Lock.AGENT: N_("Too many wrong answers at this desk. Call a supervisor before the next question."),
}
"""What the agent reads when a lock falls."""


@dataclass(frozen=True, slots=True)
class Limits:
    """When wrong answers lock, as the house rules set it."""

    client_failures: int = 3
    """Wrong answers about one client in one day, over all contacts."""
    agent_failures: int = 10
    """Wrong answers taken by one agent in the time that the caller of the rule counts."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """A question that was answered; never what was said."""

    question: Question
    correct: bool


@dataclass(frozen=True, slots=True)
class Advice:
    """The easiest way to a level."""

    questions: tuple[Question, ...]
    """The fewest questions to ask, the least intrusive first; empty when none are needed or none help."""
    message: str
    params: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class VerificationState:
    """What the caller has proved in this contact."""

    level: VerificationLevel
    score: int
    failures: int
    """Wrong answers in this contact."""
    lock: Lock | None
    correct: frozenset[Question]
    spent: frozenset[Question]
    """Questions answered wrong: they cannot count any more."""

    @property
    def locked(self) -> bool:
        """Whether nothing may be disclosed."""
        return self.lock is not None

    def missing_for(
        self, level: VerificationLevel, *, available: Collection[Question] = tuple(Question)
    ) -> Advice:
        """Return what to ask to reach `level`; `available` are the questions this client can answer."""
        return _advice(self, level, available)


def verify(
    attempts: Iterable[Attempt],
    *,
    client_failures_before: int = 0,
    agent_failures_before: int = 0,
    limits: Limits | None = None,
) -> VerificationState:
    """Return the state after `attempts`, the answers of this contact in any order.

    `client_failures_before` and `agent_failures_before` count the wrong answers in other contacts
    that the limits look at. A locked state is level 0 whatever was right.
    """
    taken = tuple(attempts)
    limits = limits or Limits()
    spent = frozenset(attempt.question for attempt in taken if not attempt.correct)
    correct = frozenset(attempt.question for attempt in taken if attempt.correct) - spent
    failures = sum(not attempt.correct for attempt in taken)
    lock = None
    if client_failures_before + failures >= limits.client_failures:
        lock = Lock.CLIENT
    elif agent_failures_before + failures >= limits.agent_failures:
        lock = Lock.AGENT
    level = VerificationLevel.L0 if lock else _level(correct, failures)
    return VerificationState(level, _score(correct), failures, lock, correct, spent)


def _score(questions: Iterable[Question]) -> int:
    return sum(POINTS[question] for question in questions)


def _level(correct: frozenset[Question], failures: int) -> VerificationLevel:
    """Return the highest level that the right answers open."""
    return max(level for level in VerificationLevel if _opens(level, correct, failures))


def _opens(level: VerificationLevel, correct: frozenset[Question], failures: int) -> bool:
    if level is VerificationLevel.L0:
        return True
    if len(correct) < 2 or _score(correct) < NEEDED[level] + PER_FAILURE * failures:
        return False
    if level is VerificationLevel.L1:
        return correct >= {Question.CLIENT_NUMBER, Question.METER_NUMBER}
    return level is VerificationLevel.L2 or any(POINTS[question] >= STRONG for question in correct)


def _advice(state: VerificationState, level: VerificationLevel, available: Collection[Question]) -> Advice:
    if state.lock:
        return Advice((), LOCK_MESSAGES[state.lock], {})
    if state.level >= level:
        return Advice((), N_("Nothing is missing."), {})
    left = [
        question
        for question in Question
        if question in available and question not in state.correct | state.spent
    ]
    # few questions before many, weak before strong: combinations keep the order of `Question`
    for count in range(1, len(left) + 1):
        for chosen in combinations(left, count):
            if _level(state.correct | frozenset(chosen), state.failures) >= level:
                return Advice(chosen, N_("To be asked: %(count)s."), {"count": count})
    return Advice(
        (), N_("What is left to ask does not suffice for this. Ask the client to come with an ID card."), {}
    )
