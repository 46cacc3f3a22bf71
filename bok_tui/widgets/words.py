"""Words that are said again and again while somebody types, and laid out anew only when they must be."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static


class Words(Static):
    """A text as wide as its place; `say` replaces it.

    To lay out a screen costs more than everything else that a key does, so it is done only for a
    text that takes another number of lines.
    """

    def say(self, words: Content) -> None:
        """Show `words`."""
        old = self.content
        if isinstance(old, Content) and old.is_same(words):
            return
        before = self._lines()
        self.update(words, layout=False)
        if self.styles.is_auto_height and (before is None or self._lines() != before):
            self.refresh(layout=True)

    def _lines(self) -> int | None:
        """Return the lines that the text takes; None before it has a place on the screen."""
        width = self.content_size.width
        return self.visual.get_height(self.styles.get_rules(), width) if width else None
