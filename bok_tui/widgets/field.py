"""A line to type in: Textual's, with what an office needs."""

from __future__ import annotations

from typing import Self

from textual import events
from textual.geometry import Region
from textual.widgets import Input


class Field(Input):
    """Takes all pasted lines as one, and never has the screen laid out anew for a letter."""

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Repaint; once it stands on the screen its size is fixed."""
        layout = layout and not self.is_mounted
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def _on_paste(self, event: events.Paste) -> None:
        """Take all pasted lines as one: an address copied from a letter has several."""
        event.prevent_default()
        event.stop()
        start, end = self.selection
        self.replace(" ".join(event.text.split()), start, end)
