"""The texts of mails and of letters about requests, all in one place.

A mail is the subject, the greeting, the paragraphs, the instruction and the signature; a letter takes
the same paragraphs and instruction. Polish, whatever language the screen has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TypeAlias

from db.records.paper import DocumentKind
from db.records.requests import ComplaintSubject, RejectReason, RequestKind
from db.rules import letter_words as words
from db.rules.mail_wording import APPEAL, INFORMATION_TEMPLATES, TEXTS, MailTemplate

Value: TypeAlias = str | int | date | datetime | Decimal
"""What may fill a place; days, amounts and members of our enumerations become Polish words."""


__all__ = [
    "APPEAL",
    "COMMON",
    "INFORMATION_TEMPLATES",
    "FilledText",
    "MailTemplate",
    "filled",
    "mail_text",
    "placeholders",
    "with_own_words",
]

COMMON = frozenset({"utility", "phone"})
"""Places that every mail has; `agent` and `paragraph` may be added to any."""
_OPTIONAL = frozenset({"agent", "paragraph"})
_PLACE = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class FilledText:
    """A text with its places filled."""

    subject: str
    paragraphs: tuple[str, ...]
    """The first goes on after the greeting, so it begins with a small letter."""
    instruction: tuple[str, ...]


@lru_cache(maxsize=64)
def placeholders(template: MailTemplate) -> frozenset[str]:
    """Return the names of the places of a text, without the common and the optional ones."""
    text = TEXTS[template]
    found = _PLACE.findall("\n".join((text.subject, *text.paragraphs, *text.instruction)))
    return frozenset(found) - COMMON


def filled(template: MailTemplate, **values: Value) -> FilledText:
    """Return a text with its places filled, for a letter.

    Days become `22 listopada 2026 r.`, kinds and reasons Polish words. Raises ValueError when a
    place lacks its value, or a value has no place.
    """
    wanted = placeholders(template) | COMMON
    if missing := sorted(wanted - values.keys()):
        raise ValueError(f"{template.value} needs {', '.join(missing)}")
    if strange := sorted(values.keys() - wanted - _OPTIONAL):
        raise ValueError(f"{template.value} has no place for {', '.join(strange)}")
    known = {name: _in_words(value) for name, value in values.items()}
    text = TEXTS[template]
    return FilledText(
        subject=text.subject % known,
        paragraphs=tuple(line % known for line in text.paragraphs),
        instruction=tuple(line % known for line in text.instruction),
    )


def mail_text(template: MailTemplate, **values: Value) -> tuple[str, str]:
    """Return the subject and the plain body of a mail, with greeting and signature.

    `utility` and `phone` are needed by all, `agent` and `paragraph` (the agent's own words) may be
    added to any; what else a text needs is told by `placeholders`. Raises ValueError as `filled` does.
    """
    text = filled(template, **values)
    own = str(values.get("paragraph", "")).strip()
    signature = [str(values.get("agent", "")), "Biuro Obsługi Klienta", _line(str(values["utility"]))]
    parts = [
        "Szanowni Państwo,",
        *_with_own(template, text.paragraphs, own),
        *text.instruction,
        "\n".join(["Z poważaniem", *(_line(line) for line in signature if line), f"tel. {values['phone']}"]),
    ]
    return text.subject, "\n\n".join(parts) + "\n"


def with_own_words(template: MailTemplate, paragraphs: tuple[str, ...], own: str) -> tuple[str, ...]:
    """Return the paragraphs with the agent's own, which a free question has before its end."""
    return _with_own(template, paragraphs, own.strip())


def _with_own(template: MailTemplate, paragraphs: tuple[str, ...], own: str) -> tuple[str, ...]:
    if not own:
        return paragraphs
    if template in INFORMATION_TEMPLATES:
        return (*paragraphs[:-1], own, paragraphs[-1])
    return (*paragraphs, own)


def _in_words(value: Value) -> str:
    """Return what stands in a place: one line of Polish."""
    if (known := _polish(value)) is not None:
        return known
    if isinstance(value, datetime):
        return words.instant_in_words(value)
    if isinstance(value, date):
        return words.day_in_words(value)
    if isinstance(value, Decimal):
        return words.amount_in_figures(value)
    return _line(str(value))


def _polish(value: Value) -> str | None:
    """Return the word for a member of an enumeration; None for what is no such member."""
    match value:
        case RequestKind():
            return words.MATTERS[value]
        case RejectReason():
            return words.REASONS[value]
        case ComplaintSubject():
            return words.SUBJECTS[value]
        case DocumentKind():
            return words.DOCUMENTS[value]
        case _:
            return None


def _line(text: str) -> str:
    return " ".join(text.split())
