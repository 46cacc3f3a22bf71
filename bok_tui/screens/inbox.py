"""The inbox: messages that came in, what was understood of them, and one key for each that is sure."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from bok_tui.i18n import N_, _
from bok_tui.keys import ACTIONS, bindings
from bok_tui.safe_text import plain, visible
from bok_tui.screens import inbox_work
from bok_tui.screens.inbox_accept import InboxAccept
from bok_tui.screens.inbox_client import InboxClient
from bok_tui.screens.inbox_others import InboxOthers
from bok_tui.screens.inbox_requests import InboxRequests
from bok_tui.screens.inbox_views import InboxViews
from bok_tui.screens.inbox_work import Box
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.widgets.told_line import ToldLine
from bok_tui.widgets.top_line import TopLine
from bok_tui.wording.inbox import WIDE, inbox_heading, inbox_line
from bok_tui.wording.inbox_message import Seen, body_parts, proposal_lines
from db.errors import BokError
from db.records.incoming import InboxCounts, InboxLine, IncomingState

PAGE = 50
CLIENTS_PAGE = 200
"""Of one client, more than the card's time line shows."""
FEW = 10
"""Messages left in the list at which the next page is read."""
HIGH = 32
LOOK, COUNT, COUNT_AGAIN = "look", "count", "count again"


class MailList(RowList, inherit_bindings=False):
    """The list: arrows move in it; PgUp and PgDn belong to the message, Enter to the screen."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", show=False),
        Binding("down", "move(1)", show=False),
        Binding("home", "edge(0)", show=False),
        Binding("end", "edge(-1)", show=False),
    ]


class InboxScreen(InboxAccept, InboxClient, InboxRequests, InboxOthers, InboxViews):
    """F6: what came in by e-mail."""

    CSS_PATH = "inbox.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - Textual's own declaration
    VERTICAL_BREAKPOINTS = [(0, "-low"), (HIGH, "-high")]  # noqa: RUF012 - Textual's own declaration
    BINDINGS = bindings(
        "accept-mail", "mail-correct", "take", "mail-client", "mail-request", "mail-complaint",
        "mail-answer", "mail-spam", "mail-close", "mail-undo", "mail-take", "mail-assign",
        "mail-card", "next-item", "back",
        "page-up", "page-down", "mail-1", "mail-2", "mail-3", "mail-4", "mail-5", "tab-next", "tab-previous",
    )  # fmt: skip
    HINTS = ("help", "accept-mail", "mail-correct", "mail-client", "mail-answer", "next-item")
    READING_HINTS = ("accept-mail", "mail-correct", "mail-client", "mail-answer", "mail-spam", "next-item")
    OTHER_HINTS = ("mail-request", "mail-complaint", "mail-client", "mail-answer", "mail-close", "next-item")
    DONE_HINTS = ("help", "mail-card", "mail-undo", "next-item", "back")
    TITLE_TEXT = N_("Mail")
    HELP = N_(
        "Enter books what the message says and goes to the next one, when the sender is known, it is sure\n"
        "whose it is and the reading is in order; otherwise it says why not. A warning asks for a reason,\n"
        "what is blocked can wait for a supervisor. Several readings of a message are booked together.\n"
        "The words that were understood stand between « and »; PgUp and PgDn scroll the message.\n"
        "e corrects a value or chooses the meter, F9 takes what the check suggests, k chooses the client.\n"
        "p gives the message to a colleague, b takes it; whoever has it, anybody may still work on it.\n"
        "The client is told by an answer in the same thread. Nothing is booked without a key.\n"
        "Digits: 1 new, 2 doubtful, 3 those you took (b), 4 done with, 5 spam."
    )

    def __init__(
        self, *, mail_id: int | None = None, client: str = "", contact_id: int | None = None
    ) -> None:
        """With a `client`, their messages alone are shown; the cursor begins on that of `mail_id`."""
        super().__init__()
        self.client, self.contact_id = client, contact_id
        self._lines: dict[int, InboxLine] = {}
        self._more = False
        self._after: int | None = None
        self._seen: Seen | None = None
        self._busy: set[str] = set()
        """Questions under way that no key waits for."""
        self._go_on = False
        self._cursor_on = mail_id

    def compose(self) -> ComposeResult:
        """Draw the empty inbox; it is filled as soon as the database answers."""
        yield TopLine(self.bok.workplace)
        yield Static(id="tabs")
        yield MailList(id="items")
        with VerticalScroll(id="detail", can_focus=False), Container(id="pair"):
            yield Static(id="proposal")
            yield Static(id="body")
        yield ToldLine(id="told")
        yield KeyHints()

    def on_mount(self) -> None:
        """Read the first page."""
        self.rows.focus()
        detail = self.query_one("#detail", VerticalScroll)
        for changing in ("virtual_size", "scroll_y"):
            self.watch(detail, changing, self._show_more_soon, init=False)
        self._load()

    def on_screen_resume(self) -> None:
        """Read the list again after a card was opened from it."""
        if self.away:
            self.away = False
            line = self.current
            self.reload(cursor_on=line.id if line is not None else None)

    def on_resize(self, event: events.Resize) -> None:
        """Share the new width."""
        super().on_resize(event)
        self._show_rows()
        self._show_detail()

    @property
    def current(self) -> InboxLine | None:
        """The message under the cursor."""
        row = self.rows.current
        return self._lines.get(int(row.key)) if row else None

    @property
    def shown(self) -> Seen | None:
        """The message under the cursor as it was opened; None until it is."""
        line = self.current
        if line is None or self._seen is None or self._seen.message.line.id != line.id:
            return None
        return self._seen

    # -- reading

    def reload(self, *, cursor_on: int | None = None) -> None:
        """Read the list again from its top, with the cursor where it was, or on another message."""
        self._seen = None
        self._cursor_on = cursor_on
        self._load()

    def show_from_top(self) -> None:
        """Show the view from its top."""
        self._lines, self._seen, self._cursor_on = {}, None, None
        self.told.clear()
        self._show_rows()
        self._load()

    def _load(self, *, after: int | None = None) -> None:
        work = partial(
            inbox_work.box, wanted=self.wanted, after=after, limit=CLIENTS_PAGE if self.client else PAGE
        )
        self.ask(work, self._loaded, refused=self.tell_refusal, contact_id=self.contact_id, latest="list")

    def _loaded(self, found: Box) -> None:
        lines = {line.id: line for line in found.page.lines}
        self._lines = {**self._lines, **lines} if found.added else lines
        self._more, self._after = found.page.more, found.page.next_after
        self.counts = found.counts
        self._show_rows()
        wanted = next(iter(lines), None) if found.added and self._go_on else self._cursor_on
        self._go_on, self._cursor_on = False, None
        if wanted is not None:
            self.rows.select(str(wanted))
        self.show_tabs()
        self._look()

    def _look(self) -> None:
        """Open the message under the cursor; while one is being opened, the next one waits."""
        line = self.current
        if line is None or self.shown is not None:
            self._show_detail()
        elif LOOK not in self._busy:
            self._busy.add(LOOK)
            self.ask(
                partial(inbox_work.look, mail_id=line.id),
                self._looked,
                refused=partial(self._not_looked, line.id),
                contact_id=self.contact_id,
                keys_wait=False,
                group=LOOK,
                failed=partial(self._busy.discard, LOOK),
            )

    def _looked(self, seen: Seen) -> None:
        self._busy.discard(LOOK)
        line = seen.message.line
        if line.id in self._lines:
            self._seen = seen
            self._lines[line.id] = line
            self._show_rows()
        self._look()

    def _not_looked(self, mail_id: int, error: BokError) -> None:
        self._busy.discard(LOOK)
        self.tell_refusal(error)
        if self.current is not None and self.current.id != mail_id:
            self._look()

    def _count(self) -> None:
        """Ask what waits; no key waits for it, and a burst of keys asks no more than once at a time."""
        if COUNT in self._busy:
            self._busy.add(COUNT_AGAIN)
            return
        self._busy.add(COUNT)
        self.ask(
            inbox_work.counts,
            self._counted,
            refused=lambda _error: self._not_counted(),
            keys_wait=False,
            group=COUNT,
            failed=self._not_counted,
        )

    def _not_counted(self) -> None:
        self._busy -= {COUNT, COUNT_AGAIN}  # whatever is done next will say why

    def _counted(self, counts: InboxCounts) -> None:
        self.counts = counts
        self.show_tabs()
        again = COUNT_AGAIN in self._busy
        self._busy -= {COUNT, COUNT_AGAIN}
        if again:
            self._count()

    # -- showing

    def _show_rows(self) -> None:
        width = self.app.size.width
        rows = [Row(str(key), inbox_line(line, width), _style(line)) for key, line in self._lines.items()]
        heading = inbox_heading(width) if rows else ""
        self.rows.show(rows, heading=heading, empty=_("no message is to be seen here"))

    def _show_detail(self) -> None:
        self._show_hints()
        detail = self.query_one("#detail", VerticalScroll)
        proposal, body = self.query_one("#proposal", Static), self.query_one("#body", Static)
        seen = self.shown
        if seen is None:
            proposal.update(plain(""))
            body.update(plain(""))
        else:
            lines = proposal_lines(seen, brief=self.app.size.height < HIGH)
            proposal.update(
                Content("\n").join(Content.styled(visible(words), style) for words, style in lines)
            )
            body.update(Content("\n").join(body_parts(seen.message)))
        detail.scroll_home(animate=False)
        self.call_after_refresh(self._show_more)

    def _show_more_soon(self) -> None:
        """Look again when all sizes of the message are known."""
        self.call_later(self._show_more)

    def _show_more(self) -> None:
        """Say on the line above the message that it goes on below."""
        if not self.is_mounted:
            return
        detail = self.query_one("#detail", VerticalScroll)
        below = detail.max_scroll_y - detail.scroll_offset.y
        words = _("%(key)s shows more ↓") % {"key": ACTIONS["page-down"].shown_key} if below > 0 else ""
        detail.border_title = Content(words)

    def _show_hints(self) -> None:
        """Let the foot show what can be done with the message under the cursor."""
        line = self.current
        hints: tuple[str, ...] = self.HINTS
        if line is not None:
            hints = self.READING_HINTS if line.readings else self.OTHER_HINTS
            hints = hints if line.state is IncomingState.NEW else self.DONE_HINTS
        self.query_one(KeyHints).show(*hints)

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._look()

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        """A double click books nothing; it opens the client's card."""
        event.stop()
        self.action_mail_card()

    # -- what became of a message

    def put(self, seen: Seen) -> None:
        """Show a message as it is now, wherever it belongs: nothing moves from under the cursor."""
        line = seen.message.line
        if line.id in self._lines:
            self._lines[line.id] = line
            self._seen = seen
        self._show_rows()
        self._look()
        self._count()

    def done_with(self, mail_id: int) -> None:
        """Take a message off the list: the next one is under the cursor. A client's list keeps all."""
        if self.client:
            self.reload(cursor_on=mail_id)
            return
        self._lines.pop(mail_id, None)
        self._show_rows()
        if len(self._lines) < FEW and self._more:
            self._load(after=self._after)
            return
        self._look()
        self._count()

    # -- going on

    def action_next_item(self) -> None:
        """Go to the next message, reading the next page when this one is done."""
        self.go_on(self._load_more if self._more else None)

    def _load_more(self) -> None:
        self._go_on = True
        self._load(after=self._after)

    def action_page_up(self) -> None:
        """Scroll the message up."""
        self._scroll(-1)

    def action_page_down(self) -> None:
        """Scroll the message down."""
        self._scroll(1)

    def _scroll(self, by: int) -> None:
        detail = self.query_one("#detail", VerticalScroll)
        page = max(detail.scrollable_content_region.height - 1, 1)
        detail.scroll_relative(y=by * page, animate=False)


def _style(line: InboxLine) -> str:
    """Return how a line looks: what Enter does not book stands out, what is done with steps back."""
    if line.state is not IncomingState.NEW:
        return "$text-muted"
    return "" if line.sure or not line.readings else "$text-warning"
