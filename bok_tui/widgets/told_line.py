"""How the last thing went, in up to three lines."""

from __future__ import annotations

from bok_tui.widgets.message_line import MessageLine, Tone


class ToldLine(MessageLine):
    """A message line that grows with what it says."""

    DEFAULT_CSS = "ToldLine { height: auto; max-height: 3; }"

    def say(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """Show `words`, as many lines as they need."""
        super().say(words, tone)
        self.refresh(layout=True)
