"""Hours without a colon: `od 8 do 15 nie było wody`, `między 8 a 15`; no state runs from one to the other."""

from __future__ import annotations

import re

from db.rules.inbox.page import Kind, Page

_HOUR = r"(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?"
_AT = r"(?:godz(?:in\w{0,3})?\.? ?)?"
_SPAN = re.compile(
    rf"(?<![a-z])(?:(?:od|miedzy|pomiedzy) {_AT}|godz(?:in\w{{0,3}})?\.? ?){_HOUR}(?: ?- ?| (?:do|a|i) )"
    rf"{_AT}{_HOUR}(?![\d\x00]|[.,/:-]\d| ?(?:m\b|m3|kub|metr|zl|gr\b|proc|%|osob"
    r"|dni|lat|miesi|stop|l\b|litr))"
)
_DIAL = re.compile(
    r"\b(?:stan\w{0,2}\b|licznik|wodomierz|wskaz|odczyt|zegar|tarcz|cyfr|zuzy|wzros|skoczy|przeskoczy|nabi|dobi"
    r"|kubik|pokazuj)"
)
_BEFORE, _BEHIND = 80, 40


def claim_spans(page: Page) -> None:
    """Claim the hours of a span where its sentence does not speak of a dial."""
    page.take_all(Kind.HOUR, _SPAN, _span)


def _span(found: re.Match[str]) -> str | None:
    text = found.string
    head = re.split(r"[.!?\n]", text[max(0, found.start() - _BEFORE) : found.start()])[-1]
    tail = re.split(r"[.!?\n]", text[found.end() : found.end() + _BEHIND])[0]
    return None if _DIAL.search(f"{head} {tail}") else ""
