"""A list that fills the screen: its rows, what is said below them, and how it is read again."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Static

from bok_tui.i18n import _, translate_template
from bok_tui.screens.base import BokScreen
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import RowList
from bok_tui.widgets.told_line import ToldLine
from bok_tui.widgets.top_line import TopLine
from db.errors import BokError
from db.records.people import Role


class ListPart(BokScreen[None]):
    """Base of the screens, and of the parts of screens, that have the list `items` and the line `told`."""

    @property
    def rows(self) -> RowList:
        """The list."""
        return self.query_one("#items", RowList)

    @property
    def told(self) -> ToldLine:
        """The line that says how the last thing went."""
        return self.query_one("#told", ToldLine)

    @property
    def supervisor(self) -> bool:
        """True for a supervisor."""
        staff = self.bok.workplace.staff
        return staff is not None and staff.role is Role.SUPERVISOR

    def tell(self, words: str, tone: Tone = Tone.DONE) -> None:
        """Say how the last thing went."""
        self.told.say(words, tone)

    def refuse(self, why: str) -> None:
        """Say why a key does nothing here; the keys typed behind it were meant for what it would open."""
        self.bok.type_ahead.discard()
        self.app.bell()
        self.tell(why, Tone.WARNING)

    def tell_refusal(self, error: BokError) -> None:
        """Say why something was refused."""
        self.app.bell()
        self.tell(translate_template(error.message, error.params), Tone.ERROR)

    def go_on(self, next_page: Callable[[], None] | None) -> None:
        """Go to the next row; below the last one read the next page, None when there is none."""
        rows = self.rows
        if rows.cursor + 1 < len(rows.rows):
            rows.action_move(1)
        elif next_page is not None and rows.rows:
            next_page()
        else:
            self.app.bell()
            self.tell(_("That was the last one."), Tone.QUIET)


class ListScreen(ListPart):
    """Base of the screens that are one list between lines of text."""

    ABOVE: ClassVar[tuple[str, ...]] = ("title",)
    BELOW: ClassVar[tuple[str, ...]] = ()
    """Ids of the texts above and below the list."""

    @property
    def foot(self) -> tuple[str, ...]:
        """Ids of the actions that the foot shows now."""
        return self.HINTS

    @property
    def outdated(self) -> bool:
        """True when the list has to be read again by whoever comes back to it."""
        return False

    def compose(self) -> ComposeResult:
        """Draw the empty list; it is filled as soon as the database answers."""
        yield TopLine(self.bok.workplace)
        for name in self.ABOVE:
            yield Static(id=name)
        yield RowList(id="items")
        for name in self.BELOW:
            yield Static(id=name)
        yield ToldLine(id="told")
        yield KeyHints(*self.foot)

    def on_mount(self) -> None:
        """Read the list."""
        self.rows.focus()
        self.reload()

    def on_screen_resume(self) -> None:
        """Read it again after what it opened was worked on; the cursor stays where it is."""
        if self.outdated and self.app.screen is self:
            self.reload()

    @abstractmethod
    def reload(self) -> None:
        """Read the list from its top; each screen knows how."""

    def action_read_again(self) -> None:
        """Read the list anew."""
        self.reload()

    def action_open(self) -> None:
        """Open what the row under the cursor stands for."""
        self.rows.action_choose()

    def refused_change(self, error: BokError) -> None:
        """Say why, and show the list as it is now."""
        self.tell_refusal(error)
        self.reload()
