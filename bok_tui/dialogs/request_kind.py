"""Which kind of request: letters narrow the list, a digit or Enter takes one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Input, Label

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import fit, plain
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.requests import kind_words
from db.records.requests import FOUR_EYES, RequestKind
from db.rules.text import fold

ANY = "any"
"""Answered where no kind in particular is wanted."""
LETTERS: Mapping[RequestKind, str] = {
    RequestKind.MAILING_ADDRESS: "a",
    RequestKind.PHONE: "t",
    RequestKind.EMAIL: "m",
    RequestKind.EINVOICE_ON: "e",
    RequestKind.COMPLAINT: "r",
    RequestKind.EBOK_REGISTRATION: "b",
    RequestKind.PESEL: "p",
    RequestKind.NAME: "n",
    RequestKind.REFUND_ACCOUNT: "k",
    RequestKind.SUPPLY_ADDRESS: "u",
    RequestKind.EINVOICE_OFF: "w",
    RequestKind.EINVOICE_EMAIL: "f",
    RequestKind.EBOK_UNLOCK: "o",
    RequestKind.EBOK_EMAIL: "l",
    RequestKind.NIP: "i",
    RequestKind.SECOND_PARTY: "s",
    RequestKind.TARIFF_GROUP: "g",
    RequestKind.HANDOVER: "h",
}
"""Kinds, the most asked for first, each with the letter that brings it to the top."""
NINE = 9


class KindField(Input):
    """Takes letters to narrow the list by; a digit is no letter of a kind's name."""

    @dataclass
    class Digit(Message):
        """A digit was typed."""

        digit: int

    def on_key(self, event: events.Key) -> None:
        """Pass a digit on instead of taking it in."""
        character = event.character or ""
        if len(character) == 1 and character.isascii() and character.isdigit():
            event.stop()
            event.prevent_default()
            self.post_message(self.Digit(int(character)))


class KindDialog(Dialog[str | None]):
    """Answers with the value of a kind (or `ANY`), None when left."""

    BINDINGS: ClassVar = bindings("ok", "back", "up", "down")
    HINTS = ("ok", "back")
    TITLE_TEXT = N_("Kind of request")
    HELP = N_(
        "Type a letter of the list, or part of a name; Enter takes the line under the cursor, the arrows\n"
        "move it, and a digit takes that line at once. No Polish letters are needed."
    )

    def __init__(
        self,
        title: str,
        *,
        kinds: Sequence[RequestKind] = tuple(LETTERS),
        with_any: bool = False,
        remarks: Mapping[RequestKind, str] | None = None,
    ) -> None:
        """`remarks` say about a kind what this client already has; `title` is translated."""
        super().__init__()
        self._title = title
        self._kinds = tuple(kinds)
        self._with_any = with_any
        self._remarks = remarks or {}
        self._found: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box"):
            with Horizontal(classes="field"):
                yield Label(plain(self._title + " ▸ "))
                yield KindField(id="typed", max_length=40)
            yield RowList(id="kinds", empty=_("no such kind of request"))
            yield KeyHints()

    def on_mount(self) -> None:
        """Show all kinds; what is typed narrows them."""
        self.query_one(RowList).can_focus = False
        self.query_one(Input).focus()
        self._narrow("")

    @on(KindField.Digit)
    def _digit(self, event: KindField.Digit) -> None:
        """Take the line of a digit at once."""
        event.stop()
        if 1 <= event.digit <= len(self._found):
            self.dismiss(self._found[event.digit - 1])
        else:
            self.app.bell()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self._narrow(event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ok()

    def action_ok(self) -> None:
        """Answer with the line under the cursor."""
        row = self.query_one(RowList).current
        if row is None:
            self.app.bell()
        else:
            self.dismiss(row.key)

    def action_up(self) -> None:
        """Move the cursor up."""
        self.query_one(RowList).action_move(-1)

    def action_down(self) -> None:
        """Move the cursor down."""
        self.query_one(RowList).action_move(1)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click takes a line."""
        event.stop()
        self.dismiss(event.key)

    def _narrow(self, typed: str) -> None:
        found = [kind.value for kind in matching(self._kinds, typed)]
        if self._with_any and not typed.strip():
            found.insert(0, ANY)
        self._found = tuple(found)
        rows = self.query_one(RowList)
        rows.show([Row(value, self._line(at, value)) for at, value in enumerate(found, start=1)])
        rows.cursor = 0

    def _line(self, at: int, value: str) -> str:
        digit = str(at) if at <= NINE else " "
        if value == ANY:
            return f"{digit}     " + _("all of them")
        kind = RequestKind(value)
        remark = self._remarks.get(kind) or (_("(4 eyes)") if kind in FOUR_EYES else "")
        return f"{digit}  {LETTERS[kind]}  {fit(kind_words(kind), 30)} {remark}".rstrip()


def matching(kinds: Sequence[RequestKind], typed: str) -> list[RequestKind]:
    """Return the kinds that `typed` may mean, best first: its letter, a beginning, a part of the name."""
    wanted = fold(typed)
    if not wanted:
        return list(kinds)
    ranked: list[tuple[int, int, RequestKind]] = []
    for at, kind in enumerate(kinds):
        name = fold(kind_words(kind))
        if LETTERS[kind] == wanted:
            rank = 0
        elif name.startswith(wanted):
            rank = 1
        elif any(word.startswith(wanted) for word in name.split()):
            rank = 2
        elif wanted in name:
            rank = 3
        else:
            continue
        ranked.append((rank, at, kind))
    return [kind for _rank, _at, kind in sorted(ranked)]
