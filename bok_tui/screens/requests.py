"""The queue of requests: what waits, side by side, the next one after each decision."""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.content import Content
from textual.widgets import Static

from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import request_work
from bok_tui.screens.request_assign import RequestAssign
from bok_tui.screens.request_decisions import RequestDecisions
from bok_tui.screens.request_letters import RequestLetters
from bok_tui.screens.request_views import VIEWS, RequestViews
from bok_tui.screens.request_work import Queue
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.request_detail import detail_lines
from bok_tui.wording.requests import (
    presses,
    queue_heading,
    queue_line,
    waits,
)
from db.errors import BokError
from db.records.request_views import RequestCounts, RequestFilter, RequestLine, RequestView
from db.records.requests import RequestState

PAGE = 50
FEW_STEPS, MANY_STEPS, HIGH = 2, 8, 32


class RequestScreen(RequestViews, RequestDecisions, RequestAssign, RequestLetters):
    """F5: the queue; opened from a card, the requests of its client."""

    CSS_PATH = "requests.tcss"
    ABOVE = ("tabs",)
    BELOW = ("detail",)
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]  # noqa: RUF012 - Textual's own declaration
    BINDINGS = bindings(
        "approve", "reject", "ask-information", "take-request", "assign-request", "next-item",
        "print", "read-paper", "queue-email", "undo-request", "withdraw-request", "accept-complaint", "back",
        "view-1", "view-2", "view-3", "view-4", "view-5", "view-6",
        "filter-kind", "filter-state", "filter-age", "tab-next", "tab-previous",
    )  # fmt: skip
    HINTS = ("help", "approve", "reject", "ask-information", "take-request", "next-item")
    DECIDED_HINTS = ("help", "print", "queue-email", "read-paper", "next-item")
    TITLE_TEXT = N_("Requests")
    HELP = N_(
        "Digits change what is shown: 1 to decide, 2 mine, 3 late, 4 complaints, 5 waiting for an answer or\n"
        "for their day, 6 closed; k, s and d narrow it to a kind, a state, an age in working days.\n"
        "A complaint is answered by a (accepted) or o (rejected). After a decision the cursor is on the\n"
        "next request, and F4 prints the letter of the one decided, m e-mails it, t shows it first.\n"
        "Four eyes: a supervisor decides, and never about what they took in themselves; p gives a request\n"
        "to somebody by their login, or takes it away."
    )

    def __init__(
        self,
        *,
        number: str = "",
        client: str = "",
        contact_id: int | None = None,
        view: int = 1,
        wanted: RequestFilter | None = None,
    ) -> None:
        """`number` shows that request alone, or puts the cursor on it among those of a `client`.

        `view` is the digit of what is shown otherwise, and `wanted` what that is narrowed to.
        """
        super().__init__()
        self.contact_id = contact_id
        self.number, self.client = number, client
        self.view_at = view - 1
        everything = RequestFilter(states=frozenset(RequestState), client_number=client)
        self.wanted = everything if client else wanted or VIEWS[self.view_at]
        self._lines: dict[str, RequestLine] = {}
        self._more = False
        self.counts: RequestCounts | None = None
        self._shown: RequestView | None = None
        self._reading = ""
        self._stands = ""
        """Where the cursor stood when the list was read."""

    @property
    def outdated(self) -> bool:
        """True where a request is shown."""
        return bool(self._lines)

    def on_resize(self, event: events.Resize) -> None:
        """Share the new width."""
        super().on_resize(event)
        self._show_rows()
        self._show_detail()

    @property
    def current(self) -> RequestLine | None:
        """The request under the cursor."""
        row = self.rows.current
        return self._lines.get(row.key) if row else None

    # -- reading

    def reload(self) -> None:
        """Read the queue again from its top."""
        self._shown = None
        self._load()

    def _load(self, *, after: int | None = None) -> None:
        if self.number and not self.client:
            work = partial(request_work.only, number=self.number)
        else:
            work = partial(request_work.queue, wanted=self.wanted, after=after, limit=PAGE)
        self.ask(work, self._loaded, refused=self.tell_refusal, contact_id=self.contact_id, latest="list")

    def _loaded(self, found: Queue) -> None:
        lines = {str(line.id): line for line in found.page.lines}
        self._lines = {**self._lines, **lines} if found.added else lines
        self._more, self.counts = found.page.more, found.counts
        self._show_rows()
        if found.added and lines:
            self.rows.select(next(iter(lines)))
        if self.client and self.number:
            wanted = [key for key, line in lines.items() if line.number == self.number]
            self.rows.select("".join(wanted))
            self.number = ""
        self._stands = self.current.number if self.current else ""
        self.show_tabs()
        self._look()

    # -- showing

    def _show_rows(self) -> None:
        width = self.app.size.width
        rows = [
            Row(key, queue_line(line, width), "bold $text-warning" if presses(line) else "")
            for key, line in self._lines.items()
        ]
        heading = queue_heading(width) if rows else ""
        self.rows.show(rows, heading=heading, empty=_("no request is to be seen here"))

    def _look(self) -> None:
        """Read the request under the cursor; while one is being read, the next one waits."""
        line = self.current
        if line is None:
            self._shown = None
            self._show_detail()
        elif self._shown is not None and self._shown.line.id == line.id:
            self._show_detail()
        elif not self._reading:
            self._reading = str(line.id)
            self.ask(
                partial(request_work.view, request_id=line.id),
                self._looked,
                refused=self._not_looked,
                contact_id=self.contact_id,
                keys_wait=False,
                group="look",
            )

    def _looked(self, view: RequestView) -> None:
        self._reading = ""
        self._shown = view
        self._look()

    def _not_looked(self, error: BokError) -> None:
        self._reading = ""
        self.tell_refusal(error)

    def _show_hints(self) -> None:
        """Let the foot show what can be done with the request under the cursor."""
        line = self.current
        hints = self.HINTS if line is None or waits(line) else self.DECIDED_HINTS
        if line is not None and line.state is RequestState.APPLIED:
            hints = (*hints[:1], "undo-request", *hints[1:])
        self.query_one(KeyHints).show(*hints)

    def _show_detail(self) -> None:
        self._show_hints()
        view, line = self._shown, self.current
        if view is None or line is None or view.line.id != line.id:
            self.query_one("#detail", Static).update(plain(""))
            return
        size = self.app.size
        steps = MANY_STEPS if size.height >= HIGH else FEW_STEPS
        head, *lines = detail_lines(view, size.width - 2, steps=steps)
        if why := self.why_not(view.line):
            lines.append("! " + why)
        self.query_one("#detail", Static).update(
            Content("\n").join([Content.styled(plain(head).plain, "bold $primary"), *map(plain, lines)])
        )

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        if self.current is not None and self.current.number != self._stands:
            self.fresh = None  # from now on F4 means the one under the cursor
        self._look()

    def show_only(self, wanted: RequestFilter) -> None:
        """Show what is wanted, from its top."""
        self.wanted, self._lines, self._shown, self.fresh = wanted, {}, None, None
        self.told.clear()
        self._show_rows()
        self._load()

    def show_request(self, number: str) -> None:
        """Show one request: among those of its client when it was opened from a card, else alone."""
        self.number = number
        if self.client:
            self.wanted = RequestFilter(states=frozenset(RequestState), client_number=self.client)
        self.reload()

    # -- going on

    def action_next_item(self) -> None:
        """Go to the next request, reading the next page when this one is done."""
        self.fresh = None
        self.go_on(self._load_more if self._more else None)

    def _load_more(self) -> None:
        self._load(after=int(self.rows.rows[-1].key))

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        from bok_tui.screens.client import ClientScreen

        event.stop()
        line = self.current
        if line is None:
            return
        if any(isinstance(screen, ClientScreen) for screen in self.app.screen_stack):
            self.dismiss(None)  # it was opened from the card, which lies below
        else:
            self.app.push_screen(ClientScreen(line.client_number))
