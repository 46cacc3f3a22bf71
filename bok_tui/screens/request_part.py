"""What the parts of the queue of requests know of the whole."""

from __future__ import annotations

from collections.abc import Callable

from bok_tui.i18n import translate_template
from bok_tui.screens.base import BokScreen
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from db.errors import BokError
from db.records.people import Role
from db.records.requests import RequestLine, RequestView


class RequestPart(BokScreen[None]):
    """Base of the parts that together are `RequestScreen`."""

    contact_id: int | None
    """The contact that every look and every change is tied to; None from the queue alone."""
    fresh: RequestView | None = None
    """The request that was dealt with last, until its letter is printed or the cursor moves on."""

    @property
    def current(self) -> RequestLine | None:
        """The request under the cursor; the whole queue knows."""
        raise NotImplementedError

    def reload(self) -> None:
        """Read the queue again; the whole queue does."""
        raise NotImplementedError

    def show_request(self, number: str) -> None:
        """Put the cursor on a request that may not be in the list; the whole queue does."""
        raise NotImplementedError

    @property
    def supervisor(self) -> bool:
        """True for a supervisor."""
        staff = self.bok.workplace.staff
        return staff is not None and staff.role is Role.SUPERVISOR

    def work_on(self, work: Callable[..., RequestView], then: Callable[[RequestView], object]) -> None:
        """Do `work` with the request under the cursor and give it as it is then to `then`."""
        line = self.current
        if line is None:
            self.app.bell()
            return
        self.ask(
            lambda office: work(office, line.id),
            then,
            refused=self.tell_refusal,
            contact_id=self.contact_id,
        )

    def tell(self, words: str, tone: Tone = Tone.DONE) -> None:
        """Say how the last thing went."""
        self.query_one("#told", ToldLine).say(words, tone)

    def tell_refusal(self, error: BokError) -> None:
        """Say why, and show the queue as it is now."""
        self.app.bell()
        self.tell(translate_template(error.message, error.params), Tone.ERROR)
        self.reload()
