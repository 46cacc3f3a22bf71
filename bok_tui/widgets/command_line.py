"""The command line: free text searches as it is typed, a code acts."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType

from bok_tui.widgets.field import Field

MOST_LINES = 50
"""Lines remembered; they live as long as the screen and are written nowhere."""
LONGEST = 200


class CommandLine(Field):
    """The field at the top of the desk, with the lines that were entered before."""

    DEFAULT_CSS = "CommandLine { width: 1fr; }"
    # Textual's `ctrl+d`, `ctrl+k` and the like stay; AltGr letters are letters
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+u", "empty", show=False)]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id, max_length=LONGEST, select_on_focus=False)
        self._entered: list[str] = []
        self._back = 0

    @property
    def browsing(self) -> bool:
        """True while an earlier line is shown as it was entered."""
        return self._back > 0 and self.value == self._entered[-self._back]

    def remember(self) -> None:
        """Keep the line that was just entered, and mark it so that typing replaces it."""
        line = " ".join(self.value.split())
        if line:
            self._entered = [*(earlier for earlier in self._entered if earlier != line), line][-MOST_LINES:]
        self._back = 0
        self.select_all()

    def recall(self) -> bool:
        """Show the line before; False when there is none."""
        back = self._back + 1 if self.browsing else 1
        if back > len(self._entered):
            return False
        self._back = back
        self.value = self._entered[-back]
        self.cursor_position = len(self.value)
        return True

    def forget(self) -> None:
        """Forget every line: another person sits down."""
        self._entered, self._back, self.value = [], 0, ""

    def action_empty(self) -> None:
        """Empty the line."""
        self.value = ""
