"""Many readings typed one below the other: as fast as fingers go, each judged beside its row."""

from __future__ import annotations

from functools import partial
from time import monotonic
from uuid import uuid4

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.timer import Timer
from textual.widgets import Input, Label, Static

from bok_tui.batch_sheet import Sheet, resumed
from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import reading_batch_work
from bok_tui.screens.reading_batch_saving import BatchSaving
from bok_tui.widgets.batch_field import BatchField
from bok_tui.widgets.batch_tape import Tape
from bok_tui.widgets.choice_field import ChoiceField
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.widgets.told_line import ToldLine
from bok_tui.widgets.top_line import TopLine
from bok_tui.wording.figures import moment_text
from bok_tui.wording.labels import channel_label
from bok_tui.wording.reading_batch import (
    doubt_line,
    finding_words,
    heading,
    level_of,
    offered_words,
    row_line,
    title_words,
)
from db.errors import BokError
from db.records.people import Channel, Role
from db.records.reading_batch import (
    DAY_LENGTH,
    PLACE_LENGTH,
    STATE_LENGTH,
    BatchDraft,
    RowStanding,
)
from db.rules.levels import Level

REST = 0.05
"""Seconds after which rows are drawn although keys are still in line."""
SELDOM = 0.2
"""Seconds between two paintings while keys are in line."""
AROUND = 60
"""Rows drawn on either side of the one in the fields: more than a screen holds."""
BY_CLIENTS = (Channel.LETTER, Channel.PHONE, Channel.EMAIL, Channel.IN_PERSON, Channel.SMS)
BY_COMPANY = (Channel.FIELD, Channel.RADIO)
STYLES = {
    Level.OK: "",
    Level.WARN: "$text-warning",
    Level.BLOCK: "$text-error",
    Level.REFUSE: "$text-error",
}


class ReadingBatchScreen(BatchSaving):
    """Rows of meter or client, state and day; everything typed is kept, and saved by one key."""

    CSS_PATH = "reading_batch.tcss"
    BINDINGS = bindings(
        "save-rows", "row-reason", "hold-row", "drop-row", "take", "new-batch", "up", "down", "back"
    )
    HINTS = ("help", "save-rows", "back")
    DOUBT_HINTS = ("help", "save-rows", "row-reason", "hold-row", "drop-row", "take")
    TITLE_TEXT = N_("Readings one below the other")
    HELP = N_(
        "Meter or client, Enter, state, Enter, day, Enter: the next row begins. A client's number stands\n"
        "for the only meter. An empty day is that of the row above. What is wrong stands beside the row and\n"
        "never stops the typing; ↑ goes back to a row. Lines copied from a spreadsheet can be pasted.\n"
        "↓ goes to the doubtful rows: Enter corrects, a digit gives the reason, h holds for a supervisor,\n"
        "F9 takes the suggestion, Del drops. Ctrl+S saves all good rows at once; the doubtful stay.\n"
        "Everything typed is kept as a draft, and offered back when this screen is opened again."
    )

    def __init__(self, number: int | None = None) -> None:
        """`number` opens that batch; without, one's own newest that is open, or a new one."""
        super().__init__()
        self._number = number
        self._painted = 0.0
        self._late: Timer | None = None
        """Draws what was put off while keys were in line."""

    def compose(self) -> ComposeResult:
        """Draw the sheet."""
        staff = self.bok.workplace.staff
        company = staff is not None and staff.role is Role.SUPERVISOR
        channels = (*BY_COMPANY, *BY_CLIENTS) if company else BY_CLIENTS
        self.sheet = Sheet(channels[0], self.today, uuid4().hex)
        yield TopLine(self.bok.workplace)
        yield Static(id="title")
        with Horizontal(id="head"):
            yield Label(plain(_("Day")))
            yield Input(f"{self.today:%d.%m.%Y}", id="first-day", max_length=DAY_LENGTH)
            yield Label(plain(_("Channel")))
            yield ChoiceField(
                [(known.value, channel_label(known)) for known in channels],
                value=channels[0].value,
                id="channel",
            )
        yield Tape(id="rows", heading=heading())
        with Horizontal(id="entry"):
            yield Static(id="line")
            yield BatchField(id="place", max_length=PLACE_LENGTH, select_on_focus=False)
            yield BatchField(id="state", max_length=STATE_LENGTH, select_on_focus=False)
            yield BatchField(id="day", max_length=DAY_LENGTH, select_on_focus=False)
            yield Static(id="finding")
        yield Static(id="doubts-title")
        yield RowList(id="doubts")
        yield ToldLine(id="told")
        yield KeyHints()

    def on_mount(self) -> None:
        """Offer back what was typed before."""
        self.load(1)
        self.show_rows()
        office = self.bok.workplace.office()
        work = partial(reading_batch_work.resume, desk=self.sheet.desk, number=self._number)
        self.in_thread(lambda: reading_batch_work.answered(office, work), self._resumed)

    def _resumed(self, draft: BatchDraft | BokError | None) -> None:
        if isinstance(draft, BokError):
            self.tell(translate_template(draft.message, draft.params), Tone.ERROR)
        elif draft is not None:
            self.sheet = resumed(draft, self.sheet.desk)
            channel = self.query_one("#channel", ChoiceField)
            channel.choices = _with(channel.choices, draft.line.channel)
            channel.value = draft.line.channel.value
            self.load(self.sheet.next_line)
            self.show_rows()
            self.tell(offered_words(draft, moment_text(draft.line.begun_at)), Tone.WARNING)

    # -- showing

    def _on_timer_update(self) -> None:
        """Paint less often than at every key while keys are in line: painting is most of what a key costs."""
        now = monotonic()
        if self.bok.type_ahead.waiting and now - self._painted < SELDOM:
            return  # Textual asks again in a moment
        super()._on_timer_update()
        self._painted = monotonic()

    def show_rows(self) -> None:
        """Draw the sheet as it is now; soon enough while keys are still in line."""
        if self.typing and self.bok.type_ahead.waiting:
            if self._late is None:
                self._late = self.set_timer(REST, self.show_now)
            return
        self.show_now()

    def show_now(self) -> None:
        """Draw the sheet as it is now."""
        if self._late is not None:
            self._late.stop()
            self._late = None
        sheet, line = self.sheet, self.line
        self._say("#title", title_words(sheet))
        self._show_sheet()
        row, said = sheet.rows.get(line), sheet.judged.get(line)
        self._say("#finding", finding_words(row, said) if row is not None and said is not None else "")
        self._say("#line", f"▸ {line:>4} ")
        doubtful = sheet.doubtful
        rows = tuple(Row(str(at), doubt_line(sheet.rows[at], sheet.judged[at])) for at in doubtful)
        if rows != self.doubts.rows or not rows:
            self.doubts.show(rows, empty=_("nothing is doubtful"))
        title = _("Doubtful: %(count)s · ↓ goes there") if doubtful else _("Doubtful: none")
        self._say("#doubts-title", title % {"count": len(doubtful)})

    def _say(self, selector: str, words: str) -> None:
        self.query_one(selector, Static).update(plain(words), layout=False)

    def _show_sheet(self) -> None:
        sheet = self.sheet
        rows = []
        for line in range(max(self.line - AROUND, 1), min(self.line + AROUND, sheet.last) + 1):
            row, said = sheet.rows.get(line), sheet.judged.get(line)
            if row is not None and (row.done or line != self.line):
                doubtful = said is not None and said.standing is RowStanding.DOUBTFUL
                rows.append(
                    Row(str(line), row_line(row, said), STYLES[level_of(said)] if said and doubtful else "")
                )
        tape = self.query_one("#rows", Tape)
        tape.show_around(rows, str(self.line), empty=_("the rows that are typed stand here"))

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        """Draw what was put off, as soon as no key waits."""
        event.stop()
        if self._late is not None and not self.bok.type_ahead.waiting:
            self.show_now()

    def on_descendant_focus(self) -> None:
        """Let the foot show the keys of what the cursor stands in."""
        hints = self.DOUBT_HINTS if self.app.focused is self.doubts else self.HINTS
        self.query_one(KeyHints).show(*hints)


def _with(choices: tuple[tuple[str, str], ...], channel: Channel) -> tuple[tuple[str, str], ...]:
    """Return `choices` with a channel that this person does not choose by themselves."""
    known = dict(choices)
    return choices if channel.value in known else (*choices, (channel.value, channel_label(channel)))
