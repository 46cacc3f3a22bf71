"""The score card in words: what the caller proved, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass

from bok_tui.i18n import _, ngettext, translate_template
from bok_tui.wording.labels import question_label
from db.records.contacts import ContactState
from db.rules.verification import (
    LEVEL_LABELS,
    POINTS,
    Attempt,
    Question,
    VerificationLevel,
    verify,
)


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One question of the score card."""

    question: Question
    text: str
    answer: str
    """`TAK`, `NIE`, or nothing while it was not asked."""


def question_lines(contact: ContactState) -> tuple[QuestionLine, ...]:
    """Return the questions in their order, each with its points and the answer it had."""
    answered = dict(contact.answered)
    lines = []
    for question in map(Question, contact.available):
        text = question_label(question)
        if question is Question.PESEL_DIGITS:
            places = ", ".join(str(place) for place in contact.pesel_positions)
            text = _("%(what)s no. %(places)s") % {"what": text, "places": places}
        points = ngettext("%(count)s point", "%(count)s points", POINTS[question])
        right = answered.get(question.value)
        answer = "" if right is None else _("YES") if right else _("NO")
        lines.append(QuestionLine(question, f"{text} ({points % {'count': POINTS[question]}})", answer))
    return tuple(lines)


def level_lines(contact: ContactState) -> tuple[str, ...]:
    """Return one line a level: reached, or the digits of what to ask; one line alone when all is locked."""
    if contact.locked:
        return ("✗ " + _(contact.lock_message),)
    available = tuple(map(Question, contact.available))
    state = verify(Attempt(Question(name), right) for name, right in contact.answered)
    lines = []
    for level in (VerificationLevel.L1, VerificationLevel.L2, VerificationLevel.L3):
        named = _("level %(level)s, %(what)s") % {"level": int(level), "what": _(LEVEL_LABELS[level])}
        if contact.level >= level:
            lines.append(f"✓ {named}")
            continue
        advice = state.missing_for(level, available=available)
        if advice.questions:
            digits = " + ".join(str(available.index(question) + 1) for question in advice.questions)
            missing = _("ask %(digits)s") % {"digits": digits}
        else:
            missing = translate_template(advice.message, advice.params)
        lines.append(f"· {named}: {missing}")
    return tuple(lines)


def answer_words(question: Question, *, right: bool) -> str:
    """Return the system's answer: only yes or no."""
    if right:
        return _("YES: %(question)s") % {"question": question_label(question)}
    return _("NO: %(question)s. Ask something else.") % {"question": question_label(question)}
