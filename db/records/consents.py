"""The texts by which clients agree to e-invoices, each version from its day on; Polish, as they are read.

A text that was used is never edited: a new one is added, and a consent names its version for good.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ConsentText:
    """A version of the consent."""

    version: str
    """At most 12 characters."""
    since: date
    text: str
    """What is agreed to; `%(email)s` is the address that the agent reads back."""
    withdrawal: str


CONSENT_TEXTS = (
    ConsentText(
        "EF/2021/1",
        date(2021, 1, 1),
        "Wyrażam zgodę na przesyłanie faktur w formie elektronicznej na adres %(email)s"
        " (art. 106n ustawy o podatku od towarów i usług). Zgodę mogę w każdej chwili wycofać.",
        "Wycofuję zgodę na przesyłanie faktur w formie elektronicznej.",
    ),
    ConsentText(
        "EF/2026/1",
        date(2026, 1, 1),
        "Wyrażam zgodę na wystawianie i przesyłanie faktur w formie elektronicznej na adres %(email)s"
        " (art. 106n ustawy o podatku od towarów i usług). Wiem, że pierwszą fakturą elektroniczną będzie"
        " faktura wystawiona nie wcześniej niż następnego dnia roboczego po potwierdzeniu, że o zmianie"
        " adresu e-mail mam zawiadomić przedsiębiorstwo i że zgodę mogę w każdej chwili wycofać;"
        " kolejne faktury będą wtedy papierowe.",
        "Wycofuję zgodę na wystawianie i przesyłanie faktur w formie elektronicznej."
        " Proszę o faktury papierowe.",
    ),
)
"""Oldest first."""


def consent_text(day: date) -> ConsentText:
    """Return the version that is read out on `day`; before all of them, the first."""
    return next((text for text in reversed(CONSENT_TEXTS) if text.since <= day), CONSENT_TEXTS[0])
