"""Who the client is: the strip at the top of the card."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from bok_tui.i18n import _
from bok_tui.safe_text import fit, visible
from bok_tui.wording.client import (
    Shown,
    address_words,
    alert_words,
    caller_words,
    clock_words,
    contact_words,
    heading,
    identity_words,
    party_words,
)
from bok_tui.wording.ebok import electronic_words
from bok_tui.wording.money import balance_words
from db.records.clients import ClientCard
from db.records.contacts import ContactState
from db.rules.levels import Level

MOST_ALERTS = 3
_ALERT_STYLES = {
    Level.OK: "$text-muted",
    Level.WARN: "$text-warning",
    Level.BLOCK: "bold $text-error",
    Level.REFUSE: "bold $text-error",
}


class ClientHead(Widget):
    """Number, name, kind, what the caller proved; addresses, PESEL, phones; balance; alerts."""

    DEFAULT_CSS = "ClientHead { height: auto; width: 1fr; }"

    card: reactive[ClientCard | None] = reactive(None, layout=True)
    contact: reactive[ContactState | None] = reactive(None)
    revealed: reactive[Shown] = reactive(dict)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """Return four lines and one for each line of alerts."""
        return 4 + (len(self._alerts(width)) if self.card else 0)

    def render(self) -> Content:
        """Draw the strip in the width there is."""
        card, width = self.card, self.size.width
        if card is None:
            return Content("")
        proved = self.contact is not None and self.contact.level > 0 and not self.contact.locked
        caller = caller_words(self.contact)
        if caller and not proved:
            caller += "  F7"
        lines = [
            Content.assemble(
                *_two(
                    heading(card),
                    caller,
                    width,
                    "bold $primary",
                    "$text-success" if proved else "$text-warning",
                )
            ),
            Content.assemble(
                *_two(
                    address_words(card),
                    identity_words(card, self.revealed),
                    width,
                    "$foreground",
                    "$foreground",
                )
            ),
            Content.assemble(
                *_two(
                    contact_words(card, self.revealed),
                    electronic_words(card),
                    width,
                    "$foreground",
                    "$foreground",
                )
            ),
            Content.styled(
                fit(" " + balance_words(card.balance), width),
                "bold $text-error" if card.balance.overdue else "$foreground",
            ),
            *self._alerts(width),
        ]
        return Content("\n").join(lines)

    def _alerts(self, width: int) -> list[Content]:
        """Return the alerts, as many on a line as there is room for."""
        if self.card is None:
            return []
        told = [(alert_words(alert), _ALERT_STYLES[alert.level]) for alert in self.card.alerts]
        if parties := party_words(self.card):
            told.append(("· " + parties, "$text-muted"))
        lines: list[list[tuple[str, str]]] = []
        used = width
        for words, style in told:
            size = cell_len(words) + 3
            if used + size > width:
                lines.append([])
                used = 0
            lines[-1].append((words, style))
            used += size
        lines = [part for line in lines for part in _wrapped(line, width)]
        return [_alert_line(line, width) for line in _shortened(lines, width)]


def _shortened(lines: list[list[tuple[str, str]]], width: int) -> list[list[tuple[str, str]]]:
    """Return the lines there is room for; the last one says how many alerts are left out."""

    def more(*left_out: list[tuple[str, str]]) -> tuple[str, str]:
        count = sum(not words.startswith(" ") for line in left_out for words, _style in line)
        return _("… and %(count)s more: key 7") % {"count": count}, "$text-muted"

    if len(lines) <= MOST_ALERTS:
        return lines
    *kept, last = lines[:MOST_ALERTS]
    told = more(*lines[MOST_ALERTS:])
    if sum(cell_len(words) + 3 for words, _style in [*last, told]) <= width:
        return [*kept, [*last, told]]
    return [*kept, [more(last, *lines[MOST_ALERTS:])]]


def _wrapped(line: list[tuple[str, str]], width: int) -> list[list[tuple[str, str]]]:
    """Return an alert that is too long for a line as two: what is cut off might be the deadline."""
    if len(line) > 1 or cell_len(line[0][0]) < width:
        return [line]
    words, style = line[0]
    parts = wrap(visible(words), width - 3, subsequent_indent="  ", max_lines=2, placeholder="…")
    return [[(part, style)] for part in parts]


def _alert_line(parts: list[tuple[str, str]], width: int) -> Content:
    if len(parts) == 1:
        words, style = parts[0]
        return Content.styled(fit(" " + words, width), style)
    return Content("").join(
        Content.styled(f" {fit(words, cell_len(words))}  ", style) for words, style in parts
    )


def _two(left: str, right: str, width: int, left_style: str, right_style: str) -> list[tuple[str, str]]:
    """Return a line with something at each end; the left one gives way."""
    size = min(cell_len(right), max(width - 24, 0))
    return [
        (" " + fit(left, max(width - size - 3, 0)), left_style),
        (" " + fit(right, size) + " ", right_style),
    ]


class CallClock(Widget):
    """How long the contact lasts; looks at the clock every second."""

    DEFAULT_CSS = "CallClock { height: 1; width: auto; min-width: 16; padding: 0 1; color: $text-muted; }"

    contact: reactive[ContactState | None] = reactive(None, layout=True)

    def __init__(self, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._clock = clock

    def on_mount(self) -> None:
        """Go on counting."""
        self.set_interval(1, self.refresh)

    def render(self) -> Content:
        """Draw `telefon 00:42`."""
        return Content(clock_words(self.contact, self._clock()))
