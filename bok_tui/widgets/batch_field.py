"""A field of the batch screen: what is pasted into it may be many rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.widgets import Input


class BatchField(Input):
    """Like any field, but several pasted lines, or cells of a spreadsheet, are rows and not one text."""

    @dataclass
    class RowsPasted(Message):
        """Lines or cells were pasted."""

        text: str

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Repaint; once it stands on the screen its size is fixed."""
        return super().refresh(
            *regions, repaint=repaint, layout=layout and not self.is_mounted, recompose=recompose
        )

    def _on_paste(self, event: events.Paste) -> None:
        """Hand rows to the screen; Textual itself goes on with other text."""
        if len(event.text.splitlines()) > 1 or "\t" in event.text:
            event.stop()
            event.prevent_default()
            self.post_message(self.RowsPasted(event.text))
