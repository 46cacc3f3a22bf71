"""Whose it is: typing searches as on the command line, Enter takes the line under the cursor."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.looking import Looking
from bok_tui.safe_text import fit, plain
from bok_tui.screens import inbox_work
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.search import counted, meters_word
from db.records.clients import ClientHit, SearchAnswer

STAYS = 2.0
"""Seconds after which a list that is still there counts as looked at, and is noted as such."""
NUMBER, NAME, ADDRESS, METERS = 6, 24, 31, 10
MOST_LINES = 10


class FindClientDialog(Dialog[str | None]):
    """Answers with the number of a client, None when left."""

    BINDINGS = bindings("ok", "back", "up", "down")
    HINTS = ("ok", "back")
    TITLE_TEXT = N_("Choosing a client")
    HELP = N_(
        "Type part of a name, an address, a number or an identifier, as on the command line; the arrows\n"
        "move in the list, Enter takes the line under the cursor. What the message itself leads to stands\n"
        "there at first. A whole client or meter number is never taken for a neighbour's."
    )

    def __init__(self, title: str, *, lines: Sequence[str] = (), suggested: Sequence[str] = ()) -> None:
        """`title` and `lines` are translated; `suggested` are numbers of clients."""
        super().__init__()
        self._title = title
        self._lines = tuple(lines)
        self._suggested = tuple(suggested)
        self._first: tuple[ClientHit, ...] = ()
        self._answer: SearchAnswer | None = None
        self._looking: Looking[str, SearchAnswer] | None = None
        self._stays: Timer | None = None

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            yield Static(plain(self._title), classes="title")
            if self._lines:
                yield Static(plain("\n".join(self._lines)), classes="text lines")
            with Horizontal(classes="field"):
                yield Label(plain(_("Client") + " ▸ "))
                yield Field(id="typed", max_length=200)
            yield RowList(id="found", empty=_("type a name, an address or a number"))
            yield ToldLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Offer those that the message leads to."""
        super().on_mount()
        self._looking = Looking(self, inbox_work.find_clients, self._found)
        rows = self.query_one(RowList)
        rows.can_focus = False
        self.query_one(Input).focus()
        if self._suggested:
            numbers = self._suggested
            self.ask(lambda office: inbox_work.clients_named(office, numbers), self._offer)

    def _offer(self, hits: tuple[ClientHit, ...]) -> None:
        self._first = hits
        if not self.query_one(Input).value.strip():
            self._show(hits)

    @property
    def unsaved(self) -> bool:
        """A search is nothing to be lost."""
        return False

    # -- searching

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        event.stop()
        self.query_one(ToldLine).clear()
        if self._looking is not None:
            self._looking.ask(" ".join(event.value.split()) or None, None)

    def _found(self, answer: SearchAnswer | None) -> None:
        self._answer = answer
        if self._stays is not None:
            self._stays.stop()
        if answer is None:
            self._show(self._first if not self.query_one(Input).value.strip() else ())
            return
        self._show(answer.hits)
        told = self.query_one(ToldLine)
        if answer.hits:
            told.say(counted(answer))
            self._stays = self.set_timer(STAYS, self._note)
        else:
            told.say(_("Nothing found for: %(text)s") % {"text": answer.text}, Tone.WARNING)

    def _note(self) -> None:
        """Leave the access entry of a list that somebody had the time to read."""
        answer = self._answer
        if answer is not None and self.is_current:
            self.ask(
                lambda office: inbox_work.note_clients(office, answer),
                lambda _done: None,
                keys_wait=False,
                group="note",
            )

    def _show(self, hits: Sequence[ClientHit]) -> None:
        rows = self.query_one(RowList)
        rows.show([Row(hit.number, _line(hit)) for hit in hits[:MOST_LINES]])
        rows.cursor = 0

    # -- taking

    def action_up(self) -> None:
        """Move the cursor up."""
        self.query_one(RowList).action_move(-1)

    def action_down(self) -> None:
        """Move the cursor down."""
        self.query_one(RowList).action_move(1)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_ok()

    def action_ok(self) -> None:
        """Answer with the client under the cursor."""
        rows = self.query_one(RowList)
        typed = self.query_one(Input).value.strip()
        if rows.current is None:
            self._refuse(_("Type part of a name, an address or a number first."))
        elif typed.isdecimal() and not rows.cursor and not self._exact(typed):
            self._refuse(_("No client or meter has the number %(number)s.") % {"number": typed})
        else:
            self.dismiss(rows.current.key)

    def _exact(self, typed: str) -> bool:
        """Tell whether the first hit has this very number, or one of its identifiers."""
        hit = self._answer.hits[0] if self._answer and self._answer.hits else None
        return hit is not None and (
            typed in (hit.number, *hit.meters) or hit.match not in ("number", "meter")
        )

    def _refuse(self, words: str) -> None:
        self.bok.type_ahead.discard()
        self.app.bell()
        self.query_one(ToldLine).say(words, Tone.ERROR)

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """A double click takes a line."""
        event.stop()
        self.dismiss(event.key)


def _line(hit: ClientHit) -> str:
    cells = (
        fit(hit.number, NUMBER),
        fit(hit.name, NAME),
        fit(hit.address, ADDRESS),
        fit(meters_word(hit), METERS),
    )
    return " ".join(cells).rstrip()
