"""Asks for one line of text."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine


class TextDialog(Dialog[str | None]):
    """Answers with the text, with an empty one only where none is `required`; Esc answers None."""

    BINDINGS = bindings("ok", "back")
    HINTS = ("ok", "back")

    def __init__(
        self,
        title: str,
        *,
        label: str,
        lines: Sequence[str] = (),
        limit: int = 500,
        required: bool = True,
        text: str = "",
        wrong: str = "",
    ) -> None:
        """`title`, `label`, `lines` and `wrong` are already translated; `limit` is in characters.

        `text` stands there at first, and `wrong` says why it was refused when it was typed before.
        """
        super().__init__()
        self._title = title
        self._label = label
        self._lines = tuple(lines)
        self._limit = limit
        self._required = required
        self._text = text
        self._wrong = wrong

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            yield Static(plain(self._title), classes="title")
            if self._lines:
                yield Static(plain("\n".join(self._lines)), classes="text lines")
            with Horizontal(classes="field"):
                yield Label(plain(self._label + " ▸"))
                yield Field(self._text, max_length=self._limit, select_on_focus=False)
            yield ToldLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Say why it is asked again."""
        super().on_mount()
        if self._wrong:
            self.query_one(ToldLine).say(self._wrong, Tone.ERROR)

    @property
    def unsaved(self) -> bool:
        """True when something is typed."""
        return bool(self.query_one(Input).value.strip())

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ok()

    def action_ok(self) -> None:
        """Answer with what is typed."""
        text = self.query_one(Input).value.strip()
        if text or not self._required:
            self.dismiss(text)
            return
        self.app.bell()
        self.query_one(ToldLine).say(_("Type a few words first."), Tone.ERROR)
