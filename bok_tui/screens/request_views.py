"""What of the queue is shown: its views by digits, narrowed to a kind, a state, an age."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import replace

from rich.cells import cell_len
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.request_kind import ANY, KindDialog
from bok_tui.i18n import _, ngettext
from bok_tui.screens.request_part import RequestPart
from bok_tui.wording.requests import kind_words, state_words, view_words
from db.records.request_views import RequestCounts, RequestFilter
from db.records.requests import OPEN_STATES, RequestKind, RequestState

AGES = (3, 5, 10, 20)
"""Working days that the filter by age offers."""
CLOSED = frozenset(RequestState) - OPEN_STATES
TO_DECIDE = frozenset({RequestState.SUBMITTED, RequestState.IN_REVIEW})
VIEWS: tuple[RequestFilter, ...] = (
    RequestFilter(states=TO_DECIDE),
    RequestFilter(mine=True),
    RequestFilter(overdue=True),
    RequestFilter(kinds=frozenset({RequestKind.COMPLAINT})),
    RequestFilter(states=OPEN_STATES - TO_DECIDE),
    RequestFilter(states=CLOSED),
)
"""What the digits show: to decide, mine, late, complaints, waiting for an answer or a day, closed."""


class RequestViews(RequestPart):
    """Part of the queue: digits, `k`, `s` and `d`."""

    wanted: RequestFilter
    view_at: int
    """Which of `VIEWS` is shown, or narrowed."""
    number: str
    """The one request that was asked for."""
    client: str
    """The client whose requests alone are shown."""
    counts: RequestCounts | None

    @abstractmethod
    def show_only(self, wanted: RequestFilter) -> None:
        """Show what is wanted, from its top; the whole queue does."""

    def show_tabs(self) -> None:
        """Show the views with their counts, and what the list is narrowed to."""
        if self.counts is None:
            return
        parts: list[Content] = []
        alone = bool(self.client or self.number)
        for digit, (name, count, sign) in enumerate(view_words(self.counts), start=1):
            here = digit == self.view_at + 1 and not alone
            words = f"{digit} {name} {sign}{self._counted(count)}" if count else f"{digit} {name}"
            style = Style(bold=here, reverse=here) + Style.from_meta({"@click": f"screen.show_view({digit})"})
            name_line = Content.styled(f"[{words}]" if here else words, style)
            parts += [Content(" "), name_line if here else name_line.stylize("bold $accent", 0, 1)]
        tabs, narrowed = Content("").join(parts), " · ".join(self._narrowed())
        # what the list is narrowed to stands whole: on a line of its own where the first has no room
        between = "  " if tabs.cell_length + cell_len(narrowed) + 3 <= self.app.size.width else "\n "
        told = Content.styled(between + narrowed, "$text-warning") if narrowed else Content("")
        self.query_one("#tabs", Static).update(Content("").join((tabs, told)))

    def _counted(self, count: int) -> str:
        limit = self.counts.limit if self.counts else count + 1
        return f"{limit}+" if count >= limit else str(count)

    def _narrowed(self) -> list[str]:
        """Return in words what the list is narrowed to."""
        wanted = self.wanted
        words = []
        if self.client:
            words.append(_("client %(number)s") % {"number": self.client})
        elif self.number:
            words.append(self.number)
        if wanted.kinds != VIEWS[self.view_at].kinds:
            words += [kind_words(kind) for kind in wanted.kinds]
        if len(wanted.states) == 1:
            words += [state_words(state) for state in wanted.states]
        if wanted.older_than is not None:
            words.append(_older(wanted.older_than))
        if wanted.overdue and not VIEWS[self.view_at].overdue:
            words.append(_("Late").lower())
        if wanted.due_within is not None:
            days = wanted.due_within
            words.append(
                ngettext("due within %(count)s day", "due within %(count)s days", days) % {"count": days}
            )
        if wanted.holder is not None:
            words.append(
                _("taken by %(login)s") % {"login": wanted.holder} if wanted.holder else _("taken by nobody")
            )
        return words

    def action_show_view(self, number: int) -> None:
        """Show another part of the queue from its top."""
        self.number = self.client = ""
        self.view_at = number - 1
        self.show_only(VIEWS[self.view_at])

    def action_step_tab(self, by: int) -> None:
        """Show the next or the previous part of the queue."""
        self.action_show_view((self.view_at + by) % len(VIEWS) + 1)

    def action_filter_kind(self) -> None:
        """Narrow the list to one kind."""

        def picked(kind: str | None) -> None:
            if kind is not None:
                kinds = VIEWS[self.view_at].kinds if kind == ANY else frozenset({RequestKind(kind)})
                self.show_only(replace(self.wanted, kinds=kinds))

        self.app.push_screen(KindDialog(_("Only requests of one kind"), with_any=True), picked)

    def action_filter_state(self) -> None:
        """Narrow the list to one state."""
        options = [(ANY, _("all of them")), *((state.value, state_words(state)) for state in RequestState)]

        def picked(state: str | None) -> None:
            if state is not None:
                states = VIEWS[self.view_at].states if state == ANY else frozenset({RequestState(state)})
                self.show_only(replace(self.wanted, states=states))

        self.app.push_screen(PickDialog(_("Only requests in one state"), options), picked)

    def action_filter_age(self) -> None:
        """Narrow the list to what is older than some working days."""
        options = [(ANY, _("all of them")), *((str(days), _older(days)) for days in AGES)]

        def picked(days: str | None) -> None:
            if days is not None:
                self.show_only(replace(self.wanted, older_than=None if days == ANY else int(days)))

        self.app.push_screen(PickDialog(_("Only requests of some age, in working days"), options), picked)


def _older(days: int) -> str:
    return ngettext("older than %(count)s day", "older than %(count)s days", days) % {"count": days}
