"""Keeping the rows of the batch screen while they are typed: in bundles, one at a time, in a thread.

Nobody waits: letters and Enter go on while a bundle is under way, and other keys wait for its
answer, so that a script of keys typed at once meets the same rows as slow typing. When the rows
that are not kept grow many, keys wait: no more than a screenful is ever in one memory alone. While
the database does not answer, they go on piling up here, and are sent as soon as it does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import events
from textual.timer import Timer

from bok_tui.i18n import _, translate_template
from bok_tui.screens import reading_batch_work
from bok_tui.screens.reading_batch_part import BatchPart
from bok_tui.type_ahead import Hold, TypedEvent
from bok_tui.widgets.message_line import Tone
from db.errors import BokError, Stale
from db.records.reading_batch import KeptRows

BACKLOG = 20
"""Rows not kept at which keys wait."""
FEW, SOON = 8, 0.05
"""Rows of a burst that are waited for before a bundle is sent, and the seconds for which they are."""
AGAIN = 3.0
"""Seconds after which rows are sent again to a database that did not answer."""
GOES_ON = frozenset({"enter", "backspace", "delete", "left", "right", "home", "end", "up"})
"""Keys beside letters that a row is typed with; ↓ may go to the doubtful rows, and has to know which."""


class BatchKeeping(BatchPart):
    """Part of the screen: from a typed row to the answer that it is kept, and its verdict."""

    _hold: Hold | None = None
    _then: Callable[[], object] | None = None
    """What is done once every row is kept; keys wait for it."""
    away = False
    """True while the database does not answer."""
    _timer: Timer | None = None

    def send_rows(self) -> None:
        """Send what waits, unless a bundle is under way; a few rows of a burst wait for the next ones."""
        if self.away and self._timer is not None and self._then is None:
            return  # it is asked again in a moment
        few = self.typing and self._then is None and not self.away and len(self.sheet.waiting) < FEW
        if not (few and self.bok.type_ahead.waiting) or self.sheet.sent:
            self._send_now()
        elif self._timer is None:
            self._wait()
            self._timer = self.set_timer(SOON, self._send_now)

    def _send_now(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        rows = self.sheet.bundle()
        if not rows:
            return
        if not self.away:
            self._wait()
        head, office = self.sheet.head, self.bok.workplace.office()
        work = partial(reading_batch_work.keep, head=head, rows=rows)
        self.in_thread(
            lambda: reading_batch_work.answered(office, work),
            partial(self._answered, head.token),
            keys_wait=False,
            group="batch",
        )

    def when_kept(self, then: Callable[[], object]) -> None:
        """Do `then` as soon as every row is kept, keys waiting for it; now when it is."""
        if not self.sheet.unkept:
            then()
            return
        self._then = then
        if not self.away:
            self._wait()
        self.send_rows()

    def _wait(self) -> None:
        """Let keys wait, but for those that the next row is typed with."""
        before, self._hold = self._hold, self.bok.type_ahead.hold(self._passes, opens=False)
        if before is not None:
            before.release()

    def _go_on(self) -> None:
        if self._hold is not None:
            self._hold.release()
            self._hold = None

    def _passes(self, event: TypedEvent) -> bool:
        """Tell whether this key only types, and may do so before the answer is there."""
        if self._then is not None or not self.typing or self.sheet.unkept >= BACKLOG:
            return False
        return isinstance(event, events.Paste) or event.is_printable or event.key in GOES_ON

    def _answered(self, token: str, answer: KeptRows | BokError) -> None:
        if token != self.sheet.token:
            return
        if isinstance(answer, BokError):
            self._not_kept(answer)
            return
        if self.away:
            self.away = False
            self.tell(_("The database answers again; every row is being kept."), Tone.DONE)
        self.sheet.answer(answer.number, answer.judged)
        self._leave_empty_list()
        self.show_rows()
        if self.sheet.waiting:
            self._wait()
            self.send_rows()
            return
        then, self._then = self._then, None
        if then is not None:
            then()
        self._go_on()

    def _leave_empty_list(self) -> None:
        """Go back to typing when the last doubtful row was dealt with."""
        if self.app.focused is self.doubts and not self.sheet.doubtful:
            self.load(self.sheet.next_line)

    def _not_kept(self, error: BokError) -> None:
        """Say that rows are in this program alone, and try again; nothing typed ahead is thrown away."""
        self.sheet.unsent()
        self._then = None
        words = translate_template(error.message, error.params)
        if isinstance(error, Stale):
            self.sheet = self.sheet.elsewhere()
            self.load(self.sheet.next_line)
            self.tell(
                _("%(why)s What is typed here goes on in a new batch.") % {"why": words},
                Tone.ERROR,
                lasting=True,
            )
            self.show_rows()
            self.send_rows()
            if not self.sheet.unkept:
                self._go_on()
            return
        first, self.away = not self.away, True
        values = {"why": words, "count": self.sheet.unkept}
        self.tell(
            _("%(why)s Rows not kept yet: %(count)s; type on, they are sent again by themselves.") % values,
            Tone.ERROR if first else Tone.WARNING,  # the bell rings once
            lasting=True,
        )
        self.show_rows()
        self._go_on()
        if self._timer is None:
            self._timer = self.set_timer(AGAIN, self._send_now)
