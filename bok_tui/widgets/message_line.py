"""One line that tells how the last thing went: a sign, then words; never colour alone."""

from __future__ import annotations

from enum import StrEnum

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from bok_tui.safe_text import visible


class Tone(StrEnum):
    """How a message is meant."""

    QUIET = "quiet"
    DONE = "done"
    WARNING = "warning"
    ERROR = "error"


_SIGNS = {Tone.QUIET: "", Tone.DONE: "✓ ", Tone.WARNING: "! ", Tone.ERROR: "✗ "}
_STYLES = {
    Tone.QUIET: "$faint",
    Tone.DONE: "bold $text-success",
    Tone.WARNING: "bold $text-warning",
    Tone.ERROR: "bold $text-error",
}


class MessageLine(Widget):
    """Shows one sentence, literally; `say` replaces it."""

    DEFAULT_CSS = "MessageLine { height: 1; width: 1fr; padding: 0 1; }"

    words: reactive[str] = reactive("")
    tone: reactive[Tone] = reactive(Tone.QUIET)

    def say(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """Show `words` (already translated; data in them stays literal)."""
        self.tone = tone
        self.words = words

    def clear(self) -> None:
        """Show nothing."""
        self.say("")

    def render(self) -> Content:
        """Draw the sign and the words."""
        return Content.styled(_SIGNS[self.tone] + visible(self.words), _STYLES[self.tone])
