"""How screens ask the database: in a thread, with the answer as a message.

One rule: database work runs in thread workers that never touch a widget; the answer comes back as
a message and its handler changes the screen. A refusal (`BokError`) becomes a dialog or whatever
the screen prefers; a fault of ours becomes a dialog with a code that leads to the log.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from textual import on
from textual.dom import DOMNode
from textual.message import Message

from bok_tui.type_ahead import Hold, TypedEvent
from db.errors import BokError

if TYPE_CHECKING:
    from bok_tui.app import BokApp
    from db.office import Office

T = TypeVar("T")
log = logging.getLogger(__name__)


class Answered(Message):
    """The work is done; `take` knows what to do with the result."""

    bubble = False

    def __init__(self, take: Callable[[], object]) -> None:
        super().__init__()
        self.take = take


class Asking(DOMNode):
    """Mixed into screens and dialogs that ask the database."""

    @property
    def bok(self) -> BokApp:
        """The application, as what it is."""
        from bok_tui.app import BokApp

        app = self.app
        assert isinstance(app, BokApp)  # noqa: S101 - tells the type checker what always holds
        return app

    def ask(
        self,
        work: Callable[[Office], T],
        then: Callable[[T], object],
        *,
        refused: Callable[[BokError], object] | None = None,
        contact_id: int | None = None,
        keys_wait: bool = True,
        group: str = "database",
        latest: str = "",
        passes: Callable[[TypedEvent], bool] | None = None,
        failed: Callable[[], object] | None = None,
    ) -> None:
        """Run `work` in a thread and give its result to `then` in the application's thread.

        `work` gets the Office; import queries and operations inside it, so that screens load no
        database at start. `refused` takes a BokError instead of the error dialog. Keys typed
        meanwhile wait in line and go to whatever `then` shows (`keys_wait=False` for work that no
        key depends on). `passes` tells which keys go on all the same, for work that opens nothing. A
        failure discards the keys typed ahead; one that is a fault of the program is shown with a code,
        and then calls `failed`.

        Threads are not in order: of the questions that share a name in `latest`, such as that of a
        list that is read again, only the answer to the last one is given.

        Nothing guards against asking twice: make operations safe to repeat instead.
        """
        # found now: in the thread, the form may have left, and somebody else may sit here
        office = self.bok.workplace.office(contact_id)
        self._ask_start(
            lambda: work(office()),
            self._if_latest(latest, then) if latest else then,
            refused=refused,
            hold=self.bok.type_ahead.hold(passes, opens=passes is None) if keys_wait else None,
            group=group,
            failed=failed,
        )

    def _if_latest(self, name: str, then: Callable[[T], object]) -> Callable[[T], object]:
        """Return `then`, to be left undone once another question of that name was asked."""
        newest: dict[str, object] = self.__dict__.setdefault("_newest_questions", {})
        mark = newest[name] = object()

        def taken(result: T) -> None:
            if newest[name] is mark:
                then(result)

        return taken

    def in_thread(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        *,
        refused: Callable[[BokError], object] | None = None,
        keys_wait: bool = True,
        group: str = "thread",
    ) -> None:
        """Like `ask`, for work that needs no office: signing in, writing a file."""
        hold = self.bok.type_ahead.hold() if keys_wait else None
        self._ask_start(work, then, refused=refused, hold=hold, group=group)

    def _ask_start(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        *,
        refused: Callable[[BokError], object] | None,
        hold: Hold | None,
        group: str,
        failed: Callable[[], object] | None = None,
    ) -> None:
        # the application's, not the form's: Textual would cancel it with a form that is left at once,
        # before it begins, and nobody would ever release the keys
        self.bok.run_worker(
            partial(self._ask_work, work, then, refused, hold, failed),
            thread=True,
            exit_on_error=False,
            group=group,
            description=group,
        )

    def _ask_work(
        self,
        work: Callable[[], T],
        then: Callable[[T], object],
        refused: Callable[[BokError], object] | None,
        hold: Hold | None,
        failed: Callable[[], object] | None,
    ) -> None:
        """Runs in the thread; touches no widget."""
        try:
            result = work()
        except BokError as error:
            self.post_message(Answered(partial(self._ask_refused, error, refused)))
        except Exception as error:  # shown with a code, and logged under it
            code = new_code()
            log.exception("failed work %s", code)
            self.post_message(Answered(partial(self._ask_failed, type(error).__name__, code, failed)))
        else:
            self.post_message(Answered(partial(then, result)))
        finally:
            if hold is not None:
                hold.release()

    def _ask_failed(self, kind: str, code: str, failed: Callable[[], object] | None) -> None:
        self.bok.report_fault(kind, code)
        if failed is not None:
            failed()

    def _ask_refused(self, error: BokError, refused: Callable[[BokError], object] | None) -> None:
        self.bok.type_ahead.discard()
        if refused is not None:
            refused(error)
        else:
            self.bok.report_refusal(error)

    @on(Answered)
    def _ask_answered(self, message: Answered) -> None:
        message.stop()
        message.take()


def new_code() -> str:
    """Return a short code that a person can read over the phone: `F-7K3QX2`."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
    return "F-" + "".join(secrets.choice(letters) for _ in range(6))
