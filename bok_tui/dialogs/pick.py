"""A few answers, each under one digit."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from bok_tui.dialogs.base import Dialog
from bok_tui.keys import bindings
from bok_tui.safe_text import plain, visible
from bok_tui.widgets.key_hints import KeyHints

Option = tuple[str, str]
"""What is answered, and its words."""


class PickDialog(Dialog[str | None]):
    """Asks which one; its digit answers, Esc answers None.

    Enter does nothing here: a second Enter meant for the form must not choose a reason.
    """

    BINDINGS = bindings("back")
    HINTS = ("back",)

    def __init__(
        self, title: str, options: Sequence[Option], *, lines: Sequence[str] = (), wide: bool = False
    ) -> None:
        """All texts are already translated; the words of an option may have several lines."""
        super().__init__()
        self._title = title
        self._options = tuple(options)[:9]
        self._lines = tuple(lines)
        self._wide = wide

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide" if self._wide else "box"):
            yield Static(plain(self._title), classes="title")
            if self._lines:
                yield Static(plain("\n".join(self._lines)), classes="text lines")
            yield Static(Content("\n").join(self._lines_of_options()), classes="text options")
            yield KeyHints()

    def _lines_of_options(self) -> list[Content]:
        lines = []
        for digit, (_key, words) in enumerate(self._options, start=1):
            style = Style.from_meta({"@click": f"screen.pick({digit})"})
            first, *more = (Content.styled(visible(line), style) for line in words.split("\n"))
            lines.append(Content.assemble((f"  {digit}  ", "bold $accent"), first))
            lines += [Content.assemble("     ", line) for line in more]
        return lines

    def action_pick(self, digit: int) -> None:
        """Answer with the option of the digit; the mouse does it too."""
        self.dismiss(self._options[digit - 1][0])

    def on_key(self, event: events.Key) -> None:
        """Answer with the option of the digit."""
        character = event.character or ""
        if character.isdecimal() and 1 <= int(character) <= len(self._options):
            event.stop()
            self.action_pick(int(character))
        elif event.is_printable or event.key == "enter":
            self.app.bell()
