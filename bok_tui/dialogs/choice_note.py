"""A digit picks a choice, then a note is typed: the base of what is rejected, asked and answered."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine

C = TypeVar("C")
T = TypeVar("T")
NINE = 9


class ChoiceDialog(Dialog[T | None], Generic[C, T]):
    """A choice and a note, with which `finish` answers; Esc goes back to the choices, then answers None."""

    BINDINGS = bindings("ok", "back")
    HINTS = ("ok", "back")
    MISSING: ClassVar[str] = N_("Press the digit of a line.")
    """Said when Enter comes before a digit (English source text)."""
    FOLDS: ClassVar[bool] = False
    """True where the choices that were not picked make room for what is shown below."""

    def __init__(
        self, title: str, choices: Sequence[tuple[C, str]], *, label: str, lines: Sequence[str] = ()
    ) -> None:
        """`choices` are nine at most, each with its words; all texts are already translated."""
        super().__init__()
        self._title = title
        self._choices = tuple(choices)[:NINE]
        self._label = label
        self._lines = tuple(lines)
        self.choice: C | None = None

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            yield Static(plain(self._title), classes="title")
            if self._lines:
                yield Static(plain("\n".join(self._lines)), classes="text lines")
            yield Static(id="choices", classes="options")
            yield Static(id="preview", classes="text lines")
            with Horizontal(classes="field"):
                yield Label(plain(self._label + " ▸ "))
                yield Field(max_length=1000, disabled=True)
            yield ToldLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Wait for a digit."""
        super().on_mount()
        self._pick(None)

    # -- what is asked

    @abstractmethod
    def finish(self, choice: C, note: str) -> None:
        """Dismiss the dialog with its answer, or do first what it is about."""

    def wrong(self, choice: C, note: str) -> str:
        """Return why this is no answer yet, in words; empty when it is one."""
        return ""

    def preview(self, choice: C | None, note: str) -> None:
        """Show what will become of it, with `show_preview`; nothing is shown without this."""
        self.show_preview("")

    def show_preview(self, words: str) -> None:
        """Show words between the choices and the note."""
        preview = self.query_one("#preview", Static)
        preview.update(plain(words))
        preview.display = bool(words)

    # -- keys

    @property
    def note(self) -> str:
        """The note as typed."""
        return self.query_one(Input).value.strip()

    @property
    def unsaved(self) -> bool:
        """True when a note is typed."""
        return bool(self.note)

    def on_key(self, event: events.Key) -> None:
        """Pick the choice of a digit, unless the note is being typed."""
        if self.choice is not None:
            return
        character = event.character or ""
        if character.isdecimal() and 1 <= int(character) <= len(self._choices):
            event.stop()
            self._pick(self._choices[int(character) - 1][0])
        elif event.is_printable:
            self.app.bell()

    def action_back(self) -> None:
        """Leave the note, or the dialog."""
        if self.choice is not None and not self.unsaved:
            self._pick(None)
        else:
            super().action_back()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.preview(self.choice, event.value)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ok()

    def action_ok(self) -> None:
        """Answer, once there is a choice and nothing is missing."""
        if self.choice is None:
            self._refuse(_(self.MISSING))
        elif why := self.wrong(self.choice, self.note):
            self._refuse(why)
        else:
            self.finish(self.choice, self.note)

    def _refuse(self, words: str) -> None:
        self.app.bell()
        self.query_one(ToldLine).say(words, Tone.ERROR)

    def _pick(self, choice: C | None) -> None:
        self.choice = choice
        field = self.query_one(Input)
        field.disabled = choice is None
        if choice is not None:
            field.focus()
        self.query_one(ToldLine).clear()
        lines = [
            Content.assemble(
                (f"{'▸' if one == choice else ' '} {digit}  ", "bold $accent"),
                Content.styled(plain(words).plain, "bold" if one == choice else ""),
            )
            for digit, (one, words) in enumerate(self._choices, start=1)
            if choice in (None, one) or not self.FOLDS
        ]
        self.query_one("#choices", Static).update(Content("\n").join(lines))
        self.preview(choice, field.value)
