"""What the parts of the inbox know of the whole."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bok_tui.i18n import _
from bok_tui.screens import inbox_work
from bok_tui.screens.list_screen import ListPart
from bok_tui.wording.inbox_message import Seen
from db.errors import BokError
from db.records.incoming import InboxLine, IncomingState

if TYPE_CHECKING:
    from db.office import Office

T = TypeVar("T")


class InboxPart(ListPart):
    """Base of the parts that together are `InboxScreen`."""

    @property
    @abstractmethod
    def current(self) -> InboxLine | None:
        """The message under the cursor; the whole inbox knows."""

    @property
    @abstractmethod
    def shown(self) -> Seen | None:
        """The message under the cursor as it was opened; None until it is. The whole inbox knows."""

    @property
    def login(self) -> str:
        """Who looks."""
        staff = self.bok.workplace.staff
        return staff.login if staff is not None else ""

    @abstractmethod
    def reload(self, *, cursor_on: int | None = None) -> None:
        """Read the list again from its top; the whole inbox does."""

    @abstractmethod
    def put(self, seen: Seen) -> None:
        """Show a message as it is now, or take it off where it belongs no more; the whole inbox does."""

    @abstractmethod
    def done_with(self, mail_id: int) -> None:
        """Take a message off the list: the next one is under the cursor. The whole inbox does."""

    def refused_at(self, mail_id: int, error: BokError) -> None:
        """Say why something was refused, and show the message as it is now."""
        self.tell_refusal(error)
        self.ask(
            partial(inbox_work.look, mail_id=mail_id),
            self.put,
            refused=lambda _gone: self.reload(),
        )

    # -- doing

    def waiting(self) -> InboxLine | None:
        """Return the message under the cursor when it waits for somebody; else say why nothing is done."""
        line = self.current
        if line is None:
            self.refuse(_("There is no message here."))
            return None
        if line.state is not IncomingState.NEW:
            from bok_tui.wording.inbox_doubts import why_not

            self.refuse(why_not(line))
            return None
        return line

    def change(self, line: InboxLine, work: Callable[[Office], T], then: Callable[[T], object]) -> None:
        """Do `work` about a message; when it is refused, show the message as it is now."""
        self.ask(work, then, refused=partial(self.refused_at, line.id))
