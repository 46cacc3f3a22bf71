"""Work lists: what waits for somebody, the next thing by one key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from textual import events, on
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import client_work, match_work
from bok_tui.screens.matching import Matching
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.worklists import (
    EMPTY,
    SHORT,
    TITLES,
    TO_CORRECT,
    ListKind,
    decision_lines,
    detail_words,
    heading_words,
    item_words,
)
from db.clock import office_day
from db.records.clients import ReadingLine
from db.records.worklists import WorkItem, WorkListKind
from db.rules.levels import Level, worst

KINDS: tuple[ListKind, ...] = (
    WorkListKind.PENDING_READINGS,
    WorkListKind.OPEN_NOTICES,
    WorkListKind.WITHOUT_PESEL,
    WorkListKind.UNMATCHED_PAYMENTS,
    TO_CORRECT,
    WorkListKind.FAILING_NIP,
    WorkListKind.UNCONFIRMED_EMAILS,
)
"""In the order of their digits."""
PAGE = 50
PAYMENT_HINTS = ("help", "match", "other-client", "dismiss-line", "next-item", "back")
LOOKING_HINTS = ("help", "open", "next-item", "back")
"""Where nothing is decided, or not by this person."""


class WorkListScreen(Matching):
    """The lists; a supervisor decides about waiting readings here, everybody matches payments."""

    CSS_PATH = "worklists.tcss"
    ABOVE = ("tabs",)
    BELOW = ("detail",)
    BINDINGS = bindings(
        "next-item",
        "approve",
        "reject",
        "back",
        "tab-next",
        "tab-previous",
        "list-1",
        "list-2",
        "list-3",
        "list-4",
        "list-5",
        "list-6",
        "list-7",
        "other-client",
        "dismiss-line",
    )
    HINTS = ("help", "open", "next-item", "approve", "reject", "back")
    TITLE_TEXT = N_("Work lists")
    HELP = N_(
        "Digits or the arrows change the list; n goes to the next thing to do; Enter opens its client.\n"
        "A supervisor approves a waiting reading with a and a note, or rejects it with o and a reason.\n"
        "Enter on a payment shows whose it may be, and a digit books it; k asks for another client's\n"
        "number, and with d a supervisor takes off what is no client's payment. Ctrl+G closes your till."
    )

    def __init__(self, kind: ListKind = WorkListKind.PENDING_READINGS) -> None:
        super().__init__()
        self._kind = kind
        self._items: dict[str, WorkItem] = {}
        self._more = False

    @property
    def foot(self) -> tuple[str, ...]:
        """The keys that do something on this list."""
        if self._kind is WorkListKind.UNMATCHED_PAYMENTS:
            return PAYMENT_HINTS
        deciding = self._kind is WorkListKind.PENDING_READINGS and self.supervisor
        return self.HINTS if deciding else LOOKING_HINTS

    @property
    def outdated(self) -> bool:
        """True where something waits."""
        return bool(self._items)

    @property
    def current(self) -> WorkItem | None:
        """The thing under the cursor."""
        row = self.rows.current
        return self._items.get(row.key) if row else None

    @property
    def payment(self) -> WorkItem | None:
        """The payment under the cursor, when the list is the one of payments."""
        return self.current if self._kind is WorkListKind.UNMATCHED_PAYMENTS else None

    @property
    def kinds(self) -> tuple[ListKind, ...]:
        """The lists that this person has."""
        return tuple(kind for kind in KINDS if self.supervisor or kind != TO_CORRECT)

    def on_resize(self, event: events.Resize) -> None:
        """Name the lists as the new width allows."""
        super().on_resize(event)
        self._show_tabs()

    # -- showing

    def reload(self) -> None:
        """Read the list again from its top."""
        self._load()

    def _load(self, *, after: int | None = None) -> None:
        kind = self._kind
        if kind == TO_CORRECT:
            self.ask(
                match_work.to_correct,
                lambda items: self._show(kind, items, more=False, add=False),
                refused=self.tell_refusal,
                latest="list",
            )
            return
        self.ask(
            partial(client_work.work_list, kind=kind, after=after, limit=PAGE),
            lambda page: self._show(page.kind, page.items, more=page.more, add=after is not None),
            refused=self.tell_refusal,
            latest="list",
        )

    def _show(self, kind: ListKind, items: Sequence[WorkItem], *, more: bool, add: bool) -> None:
        today = office_day(self.bok.workplace.clock())
        found = {str(item.key): item for item in items}
        self._items = {**self._items, **found} if add else found
        self._more = more
        rows = [Row(key, item_words(item, kind, today=today)) for key, item in self._items.items()]
        heading = heading_words(kind) if rows else ""
        self.rows.show(rows, heading=heading, empty=_(EMPTY[kind]))
        if add and found:
            self.rows.select(next(iter(found)))
        self._show_tabs()
        self._show_detail()

    def _show_tabs(self) -> None:
        # the name of the list in full where all of them stand in one line with it, else in short
        tabs = next(
            (found for names in (TITLES, SHORT) if (found := self._tabs(names)).cell_length <= self._room()),
            self._tabs(SHORT),
        )
        self.query_one("#tabs", Static).update(Content.assemble(tabs))

    def _room(self) -> int:
        return self.app.size.width - 2

    def _tabs(self, names: Mapping[ListKind, str]) -> Content:
        """Return the digits with the short names; the list that is shown has its name of `names`."""
        parts: list[Content] = []
        for kind in self.kinds:
            digit = KINDS.index(kind) + 1
            here = kind == self._kind
            count = f" {len(self._items)}{'+' if self._more else ''}"
            name = _(names[kind]) + count if here else _(SHORT[kind])
            style = Style(bold=here, reverse=here) + Style.from_meta({"@click": f"screen.show_list({digit})"})
            parts += [Content(" "), Content.styled(f"[{digit} {name}]" if here else f"{digit} {name}", style)]
        return Content("").join(parts)

    def _show_detail(self) -> None:
        item = self.current
        lines = list(detail_words(item, self._kind)) if item else []
        if item and self._kind is WorkListKind.PENDING_READINGS and not self.supervisor:
            lines.append(_("Only a supervisor decides here; you may look and open the client."))
        self.query_one("#detail", Static).update(plain("\n".join(lines)))

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show_detail()

    # -- keys

    def action_show_list(self, number: int) -> None:
        """Show another list from its top."""
        if KINDS[number - 1] not in self.kinds:
            self.app.bell()
            return
        self._kind = KINDS[number - 1]
        self._items = {}
        self.query_one(KeyHints).show(*self.foot)
        self.told.clear()
        self.rows.show((), heading="")
        self._load()

    def action_step_tab(self, by: int) -> None:
        """Show the next or the previous list."""
        kind = self.kinds[(self.kinds.index(self._kind) + by) % len(self.kinds)]
        self.action_show_list(KINDS.index(kind) + 1)

    def action_next_item(self) -> None:
        """Go to the next thing to do, reading the next page when this one is done."""
        self.go_on(self._load_more if self._more else None)

    def _load_more(self) -> None:
        self._load(after=int(self.rows.rows[-1].key))

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        event.stop()
        if self.payment is not None:
            self.action_match()
        elif self.current is not None:
            self._open(self.current.client_number, self.current.title or "")

    def _open(self, number: str, invoice: str) -> None:
        from bok_tui.screens.client import ClientScreen

        # on top of the list, so that Esc comes back to this very line
        self.app.push_screen(ClientScreen(number, invoice=invoice))

    def action_approve(self) -> None:
        """Let the waiting reading count, once it was seen what that is; what is blocked needs a note."""
        if (item := self._decidable()) is not None:
            blocked = worst(item.findings).rank >= Level.BLOCK.rank
            label = _("Note") if blocked else _("Note (may be empty)")
            self._ask_about(item, _("Let this reading count?"), label, approve=True, required=blocked)

    def action_reject(self) -> None:
        """Reject the waiting reading, with a reason."""
        if (item := self._decidable()) is not None:
            self._ask_about(item, _("Reject a reading"), _("Reason"), approve=False)

    def _ask_about(
        self, item: WorkItem, title: str, label: str, *, approve: bool, required: bool = True
    ) -> None:
        def typed(reason: str | None) -> None:
            if reason is not None:
                self._decide(item, approve=approve, reason=reason or _("approved in the work list"))

        lines = decision_lines(item, today=office_day(self.bok.workplace.clock()))
        self.app.push_screen(TextDialog(title, label=label, lines=lines, required=required), typed)

    def _decidable(self) -> WorkItem | None:
        """Return the reading to decide about, or say why there is none."""
        if self._kind is not WorkListKind.PENDING_READINGS:
            self.tell(_("Nothing is decided on this list; Enter opens the client."), Tone.WARNING)
        elif not self.supervisor:
            self.tell(_("Only a supervisor decides here; you may look and open the client."), Tone.WARNING)
        elif self.current is not None:
            return self.current
        self.app.bell()
        return None

    def _decide(self, item: WorkItem, *, approve: bool, reason: str) -> None:
        def decided(_line: ReadingLine) -> None:
            words = (
                _("Approved: %(client)s, %(state)s.") if approve else _("Rejected: %(client)s, %(state)s.")
            )
            self.tell(words % {"client": item.client_number, "state": item.state}, Tone.DONE)
            self._load()

        self.ask(
            partial(client_work.decide_reading, reading_id=item.key, approve=approve, reason=reason),
            decided,
            refused=self.refused_change,
        )
