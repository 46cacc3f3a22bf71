"""What the parts of the queue of requests know of the whole."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable

from bok_tui.screens.list_screen import ListScreen
from db.records.request_views import RequestLine, RequestView


class RequestPart(ListScreen):
    """Base of the parts that together are `RequestScreen`."""

    contact_id: int | None
    """The contact that every look and every change is tied to; None from the queue alone."""
    fresh: RequestView | None = None
    """The request that was dealt with last, until its letter is printed or the cursor moves on."""

    @property
    @abstractmethod
    def current(self) -> RequestLine | None:
        """The request under the cursor; the whole queue knows."""

    @abstractmethod
    def show_request(self, number: str) -> None:
        """Put the cursor on a request that may not be in the list; the whole queue does."""

    def work_on(self, work: Callable[..., RequestView], then: Callable[[RequestView], object]) -> None:
        """Do `work` with the request under the cursor and give it as it is then to `then`."""
        line = self.current
        if line is None:
            self.app.bell()
            return
        self.ask(
            lambda office: work(office, line.id),
            then,
            refused=self.refused_change,
            contact_id=self.contact_id,
        )
