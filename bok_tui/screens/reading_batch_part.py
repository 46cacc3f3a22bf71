"""What the parts of the batch screen know of the whole."""

from __future__ import annotations

from abc import abstractmethod
from datetime import date

from textual.widgets import Input

from bok_tui.batch_sheet import Sheet
from bok_tui.screens.base import BokScreen
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import RowList
from bok_tui.widgets.told_line import ToldLine
from db.clock import office_day

FIELDS = ("place", "state", "day")


class BatchPart(BokScreen[None]):
    """Base of the parts that together are `ReadingBatchScreen`."""

    sheet: Sheet
    _lasting = False

    @property
    def today(self) -> date:
        """The office's day."""
        return office_day(self.bok.workplace.clock())

    @property
    def typing(self) -> bool:
        """True while the cursor stands in a field of the row that is typed."""
        focused = self.app.focused
        return isinstance(focused, Input) and focused.id in FIELDS

    @property
    def doubts(self) -> RowList:
        """The list of doubtful rows."""
        return self.query_one("#doubts", RowList)

    def tell(self, words: str, tone: Tone = Tone.QUIET, *, lasting: bool = False) -> None:
        """Say how the last thing went, errors with the bell; the next row forgets what is not `lasting`."""
        self._lasting = lasting
        if tone is Tone.ERROR:
            self.app.bell()
        self.query_one("#told", ToldLine).say(words, tone)

    def forget_told(self) -> None:
        """Say nothing more of what was told before the next row."""
        if not self._lasting:
            self.query_one("#told", ToldLine).clear()

    @abstractmethod
    def show_rows(self) -> None:
        """Draw the rows and what is said of them; the whole screen does."""

    @abstractmethod
    def show_now(self) -> None:
        """Draw them at once; the whole screen does."""

    def go_to_doubts(self) -> None:
        """Put the cursor into the list of doubtful rows."""
        self.doubts.focus()
        self.show_now()

    @abstractmethod
    def load(self, line: int) -> None:
        """Put a row into the fields; the whole screen does."""

    @abstractmethod
    def put_typed(self, *, done: bool = False) -> bool:
        """Take what stands in the fields onto the sheet; the whole screen does."""
