"""The queue of requests: what waits, side by side, the next one after each decision."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.request_kind import ANY, KindDialog
from bok_tui.i18n import N_, _, ngettext, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import request_work
from bok_tui.screens.request_decisions import RequestDecisions
from bok_tui.screens.request_letters import RequestLetters
from bok_tui.screens.request_work import Queue
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.widgets.told_line import ToldLine
from bok_tui.widgets.top_line import TopLine
from bok_tui.wording.request_detail import detail_lines
from bok_tui.wording.requests import (
    kind_words,
    queue_heading,
    queue_line,
    state_words,
    view_words,
)
from db.errors import BokError
from db.records.requests import (
    OPEN_STATES,
    RequestCounts,
    RequestFilter,
    RequestKind,
    RequestLine,
    RequestState,
    RequestView,
)

PAGE = 50
AGES = (3, 5, 10, 20)
"""Working days that the filter by age offers."""
CLOSED = frozenset(RequestState) - OPEN_STATES
VIEWS: tuple[RequestFilter, ...] = (
    RequestFilter(),
    RequestFilter(mine=True),
    RequestFilter(overdue=True),
    RequestFilter(kinds=frozenset({RequestKind.COMPLAINT})),
    RequestFilter(states=CLOSED),
)
"""What the digits show: open, mine, late, complaints, closed."""
FEW_STEPS, MANY_STEPS, HIGH = 2, 8, 32


class RequestScreen(RequestDecisions, RequestLetters):
    """F5: the queue; opened from a card, the requests of its client."""

    CSS_PATH = "requests.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]  # noqa: RUF012 - Textual's own declaration
    BINDINGS = bindings(
        "approve", "reject", "ask-information", "take-request", "next-item", "print", "read-paper",
        "queue-email", "undo-request", "withdraw-request", "accept-complaint", "back",
        "view-1", "view-2", "view-3", "view-4", "view-5",
        "filter-kind", "filter-state", "filter-age", "tab-next", "tab-previous",
    )  # fmt: skip
    HINTS = ("help", "approve", "reject", "ask-information", "take-request", "next-item")
    TITLE_TEXT = N_("Requests")
    HELP = N_(
        "Digits change what is shown: 1 open, 2 mine, 3 late, 4 complaints, 5 closed; k, s and d narrow it\n"
        "to a kind, a state, an age in working days. 1 shows everything open again.\n"
        "A complaint is answered by a (accepted) or o (rejected). After a decision the cursor is on the\n"
        "next request, and F4 prints the letter of the one decided, m e-mails it, t shows it first.\n"
        "Four eyes: a supervisor decides, and never about what they took in themselves."
    )

    def __init__(self, *, number: str = "", client: str = "", contact_id: int | None = None) -> None:
        """`number` shows that request alone, or puts the cursor on it among those of a `client`."""
        super().__init__()
        self.contact_id = contact_id
        self._number, self._client = number, client
        self._view_at = 0
        everything = RequestFilter(states=frozenset(RequestState), client_number=client)
        self._wanted = everything if client else VIEWS[0]
        self._lines: dict[str, RequestLine] = {}
        self._more = False
        self._counts: RequestCounts | None = None
        self._shown: RequestView | None = None
        self._reading = ""
        self._stands = ""
        """Where the cursor stood when the list was read."""

    def compose(self) -> ComposeResult:
        """Draw the empty queue; it is filled as soon as the database answers."""
        yield TopLine(self.bok.workplace)
        yield Static(id="tabs")
        yield RowList(id="items")
        yield Static(id="detail")
        yield ToldLine(id="told")
        yield KeyHints()

    def on_mount(self) -> None:
        """Read the first page."""
        self.query_one("#items", RowList).focus()
        self._load()

    def on_screen_resume(self) -> None:
        """Read the queue again after a client was opened from it."""
        if self._lines:
            self.reload()

    def on_resize(self, event: events.Resize) -> None:
        """Share the new width."""
        super().on_resize(event)
        self._show_rows()
        self._show_detail()

    @property
    def current(self) -> RequestLine | None:
        """The request under the cursor."""
        row = self.query_one("#items", RowList).current
        return self._lines.get(row.key) if row else None

    # -- reading

    def reload(self) -> None:
        """Read the queue again from its top."""
        self._shown = None
        self._load()

    def _load(self, *, after: int | None = None) -> None:
        if self._number and not self._client:
            work = partial(request_work.only, number=self._number)
        else:
            work = partial(request_work.queue, wanted=self._wanted, after=after, limit=PAGE)
        self.ask(work, self._loaded, refused=self._not_loaded, contact_id=self.contact_id)

    def _not_loaded(self, error: BokError) -> None:
        self.app.bell()
        self.tell(translate_template(error.message, error.params), Tone.ERROR)

    def _loaded(self, found: Queue) -> None:
        lines = {str(line.id): line for line in found.page.lines}
        self._lines = {**self._lines, **lines} if found.added else lines
        self._more, self._counts = found.page.more, found.counts
        self._show_rows()
        if found.added and lines:
            self.query_one("#items", RowList).select(next(iter(lines)))
        if self._client and self._number:
            wanted = [key for key, line in lines.items() if line.number == self._number]
            self.query_one("#items", RowList).select("".join(wanted))
            self._number = ""
        self._stands = self.current.number if self.current else ""
        self._show_tabs()
        self._look()

    # -- showing

    def _show_rows(self) -> None:
        width = self.app.size.width
        rows = [Row(key, queue_line(line, width)) for key, line in self._lines.items()]
        heading = queue_heading(width) if rows else ""
        self.query_one("#items", RowList).show(
            rows, heading=heading, empty=_("no request is to be seen here")
        )

    def _show_tabs(self) -> None:
        if self._counts is None:
            return
        parts: list[Content] = []
        alone = bool(self._client or self._number)
        for digit, (name, count) in enumerate(view_words(self._counts), start=1):
            here = digit == self._view_at + 1 and not alone
            words = name if count is None else f"{name} {self._counted(count)}"
            style = Style(bold=here, reverse=here) + Style.from_meta({"@click": f"screen.show_view({digit})"})
            text = f"[{digit} {words}]" if here else f"{digit} {words}"
            parts += [Content(" "), Content.styled(text, style)]
        parts.append(Content.styled("  " + " · ".join(self._narrowed()), "$text-warning"))
        self.query_one("#tabs", Static).update(Content("").join(parts))

    def _counted(self, count: int) -> str:
        limit = self._counts.limit if self._counts else count + 1
        return f"{limit}+" if count >= limit else str(count)

    def _narrowed(self) -> list[str]:
        """Return in words what the list is narrowed to."""
        wanted = self._wanted
        words = []
        if self._client:
            words.append(_("client %(number)s") % {"number": self._client})
        elif self._number:
            words.append(self._number)
        if wanted.kinds != VIEWS[self._view_at].kinds:
            words += [kind_words(kind) for kind in wanted.kinds]
        if len(wanted.states) == 1:
            words += [state_words(state) for state in wanted.states]
        if wanted.older_than is not None:
            words.append(_older(wanted.older_than))
        return words

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
        self._not_loaded(error)

    def _show_detail(self) -> None:
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

    # -- what is shown

    def action_show_view(self, number: int) -> None:
        """Show another part of the queue from its top."""
        self._number = self._client = ""
        self._view_at = number - 1
        self._show_only(VIEWS[self._view_at])

    def action_step_tab(self, by: int) -> None:
        """Show the next or the previous part of the queue."""
        self.action_show_view((self._view_at + by) % len(VIEWS) + 1)

    def _show_only(self, wanted: RequestFilter) -> None:
        self._wanted, self._lines, self._shown, self.fresh = wanted, {}, None, None
        self.query_one("#told", ToldLine).clear()
        self._show_rows()
        self._load()

    def action_filter_kind(self) -> None:
        """Narrow the list to one kind."""

        def picked(kind: str | None) -> None:
            if kind is not None:
                kinds = VIEWS[self._view_at].kinds if kind == ANY else frozenset({RequestKind(kind)})
                self._show_only(replace(self._wanted, kinds=kinds))

        self.app.push_screen(KindDialog(_("Only requests of one kind"), with_any=True), picked)

    def action_filter_state(self) -> None:
        """Narrow the list to one state."""
        options = [(ANY, _("all of them")), *((state.value, state_words(state)) for state in RequestState)]

        def picked(state: str | None) -> None:
            if state is not None:
                states = VIEWS[self._view_at].states if state == ANY else frozenset({RequestState(state)})
                self._show_only(replace(self._wanted, states=states))

        self.app.push_screen(PickDialog(_("Only requests in one state"), options), picked)

    def action_filter_age(self) -> None:
        """Narrow the list to what is older than some working days."""
        options = [(ANY, _("all of them")), *((str(days), _older(days)) for days in AGES)]

        def picked(days: str | None) -> None:
            if days is not None:
                self._show_only(replace(self._wanted, older_than=None if days == ANY else int(days)))

        self.app.push_screen(PickDialog(_("Only requests of some age, in working days"), options), picked)

    # -- going on

    def action_next_item(self) -> None:
        """Go to the next request, reading the next page when this one is done."""
        rows = self.query_one("#items", RowList)
        self.fresh = None
        if rows.cursor + 1 < len(rows.rows):
            rows.action_move(1)
        elif self._more and rows.rows:
            self._load(after=int(rows.rows[-1].key))
        else:
            self.app.bell()
            self.tell(_("That was the last one."), Tone.QUIET)

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


def _older(days: int) -> str:
    return ngettext("older than %(count)s day", "older than %(count)s days", days) % {"count": days}
