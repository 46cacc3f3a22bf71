"""What of the inbox is shown: its views by digits."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from bok_tui.i18n import _
from bok_tui.safe_text import visible
from bok_tui.screens.inbox_part import InboxPart
from bok_tui.wording.inbox import view_words
from db.records.incoming import InboxCounts, InboxFilter, IncomingState

NEW = frozenset({IncomingState.NEW})
SPAM = frozenset({IncomingState.SPAM})
VIEWS: tuple[InboxFilter, ...] = (
    InboxFilter(states=NEW),
    InboxFilter(states=NEW, doubtful=True),
    InboxFilter(states=NEW),
    InboxFilter(states=frozenset(IncomingState) - NEW - SPAM),
    InboxFilter(states=SPAM),
)
"""What the digits show: new, doubtful, mine (of whoever looks), done with, spam."""
MINE = 2


class InboxViews(InboxPart):
    """Part of the inbox: the digits and the arrows to the sides."""

    view_at: int = 0
    """Which of `VIEWS` is shown."""
    counts: InboxCounts | None = None
    client: str
    """Whose messages alone are shown, when it was opened from a card."""
    contact_id: int | None
    """The contact of that card: looks are tied to it."""

    @abstractmethod
    def show_from_top(self) -> None:
        """Show the view from its top; the whole inbox does."""

    @property
    def wanted(self) -> InboxFilter:
        """What the view shows."""
        if self.client:
            return InboxFilter(states=frozenset(IncomingState), client_number=self.client)
        view = VIEWS[self.view_at]
        return replace(view, assigned_to=self.login) if self.view_at == MINE else view

    def show_tabs(self) -> None:
        """Show the views with what waits in each."""
        if self.counts is None:
            return
        parts: list[Content] = []
        named = enumerate(view_words(self.counts), start=1)
        names = [
            visible(f"{digit} {name} {'' if self.client else count}".rstrip())
            for digit, (name, count) in named
        ]
        room = self.app.size.width - sum(cell_len(words) for words in names) - len("[]")
        gap = "  " if room >= 2 * len(names) else " "
        for digit, words in enumerate(names, start=1):
            here = digit == self.view_at + 1 and not self.client
            style = Style(bold=here, reverse=here) + Style.from_meta({"@click": f"screen.show_view({digit})"})
            name_line = Content.styled(f"[{words}]" if here else words, style)
            parts += [
                Content(gap if parts else " "),
                name_line if here else name_line.stylize("bold $accent", 0, 1),
            ]
        if self.client:
            words = "  " + _("client %(number)s") % {"number": self.client}
            parts.append(Content.styled(words, "$text-warning"))
        self.query_one("#tabs", Static).update(Content("").join(parts))

    def action_show_view(self, number: int) -> None:
        """Show another part of the inbox from its top."""
        self.client, self.contact_id = "", None
        self.view_at = number - 1
        self.show_from_top()

    def action_step_tab(self, by: int) -> None:
        """Show the next or the previous part of the inbox."""
        self.action_show_view((self.view_at + by) % len(VIEWS) + 1)
