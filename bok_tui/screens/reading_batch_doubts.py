"""Doubtful rows of the batch screen: corrected, given a reason, held for a supervisor, or dropped."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual import events, on

from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import _, translate_template
from bok_tui.screens import reading_batch_work
from bok_tui.screens.reading_batch_keeping import BatchKeeping
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.row_list import RowList
from bok_tui.wording.reading_batch import against_words, level_of
from db.errors import BokError
from db.records.reading_batch import BatchRow, JudgedRow, KeptRows
from db.records.reading_import import LineFault
from db.rules.levels import Level
from db.rules.reading_checks import REASON_LABELS, ReasonCode

REASONS = tuple(REASON_LABELS)
"""In the order of their digits."""


class BatchDoubts(BatchKeeping):
    """Part of the screen: the keys of the list of doubtful rows."""

    back_to_list = False
    """True while a row is corrected that was opened from the list."""

    @property
    def doubt(self) -> tuple[BatchRow, JudgedRow] | None:
        """The doubtful row under the cursor, while the cursor is in the list."""
        row = self.doubts.current
        if row is None or self.app.focused is not self.doubts:
            return None
        line = int(row.key)
        return self.sheet.rows[line], self.sheet.judged[line]

    def _needed(self) -> tuple[BatchRow, JudgedRow] | None:
        doubt = self.doubt
        if doubt is None:
            self.tell(_("Go to the doubtful rows first: ↓."), Tone.ERROR)
        return doubt

    def _change(self, row: BatchRow) -> None:
        """Take a row as it is now and ask what is to be said of it."""
        self.sheet.put(row)
        self.tell("")
        self.show_rows()
        self.send_rows()

    @on(RowList.Chosen, "#doubts")
    def _correct(self, event: RowList.Chosen) -> None:
        event.stop()
        line = int(event.key)
        code = self.sheet.judged[line].findings[0].code
        self.load(line)
        self.back_to_list = True
        fields = {
            LineFault.NO_METER: "place",
            LineFault.UNKNOWN_METER: "place",
            LineFault.SEVERAL_METERS: "place",
            LineFault.TWO_MEANINGS: "place",
            LineFault.WRONG_DAY: "day",
        }
        wrong = next((name for fault, name in fields.items() if fault == code), "state")
        self.query_one(f"#{wrong}").focus()

    def on_key(self, event: events.Key) -> None:
        """Give the row under the cursor the reason of a digit."""
        digit = event.character or ""
        if self.app.focused is self.doubts and digit.isdecimal() and 1 <= int(digit) <= len(REASONS):
            event.stop()
            self._give(REASONS[int(digit) - 1])

    def action_row_reason(self) -> None:
        """Ask for the reason why a row is saved all the same; its digit alone does as well."""
        doubt = self._needed()
        if doubt is not None and self._takes_reason(doubt[1]):
            options = [(reason.value, _(REASON_LABELS[reason])) for reason in REASONS]
            dialog = PickDialog(_("Why is it saved all the same?"), options, lines=(against_words(doubt[1]),))
            self.app.push_screen(dialog, lambda key: self._give(ReasonCode(key)) if key else None)

    def _takes_reason(self, said: JudgedRow) -> bool:
        level = level_of(said)
        if level is Level.WARN:
            return True
        if level is Level.BLOCK:
            self.tell(
                _("A reason is not enough: h holds it for a supervisor, Enter corrects it."), Tone.ERROR
            )
        else:
            self.tell(_("It cannot be saved like this: Enter corrects it, Del drops it."), Tone.ERROR)
        return False

    def _give(self, reason: ReasonCode) -> None:
        doubt = self.doubt
        if doubt is None or not self._takes_reason(doubt[1]):
            return
        row = replace(doubt[0], reason=reason.value)
        if reason is not ReasonCode.OTHER:
            self._change(row)
            return
        dialog = TextDialog(_("What is the other reason?"), label=_("Note"), lines=(against_words(doubt[1]),))
        self.app.push_screen(
            dialog, lambda note: self._change(replace(row, note=note)) if note is not None else None
        )

    def action_hold_row(self) -> None:
        """Let what blocks wait for a supervisor."""
        doubt = self._needed()
        if doubt is None:
            return
        level = level_of(doubt[1])
        if level is Level.BLOCK:
            self._change(replace(doubt[0], hold=True))
        elif level is Level.WARN:
            self.tell(_("It needs no supervisor: a digit gives the reason, r shows them."), Tone.ERROR)
        else:
            self.tell(_("Nobody may let this pass: Enter corrects it, Del drops it."), Tone.ERROR)

    def action_take(self) -> None:
        """Take the state that the row under the cursor was meant to have."""
        doubt = self._needed()
        if doubt is None:
            return
        row, said = doubt
        if said.repair is None:
            self.tell(_("Nothing is suggested for this row: Enter corrects it."), Tone.ERROR)
        else:
            self._change(replace(row, state=str(said.repair)))

    def action_drop_row(self) -> None:
        """Take the row under the cursor out of the batch; the protocol keeps it."""
        doubt = self._needed()
        if doubt is None:
            return
        office = self.bok.workplace.office()
        work = partial(reading_batch_work.drop, head=self.sheet.head, line=doubt[0].line)
        self.in_thread(
            lambda: reading_batch_work.answered(office, work),
            partial(self._dropped, doubt[0]),
            group="batch",
        )

    def _dropped(self, row: BatchRow, answer: KeptRows | BokError) -> None:
        if isinstance(answer, BokError):
            self.tell(translate_template(answer.message, answer.params), Tone.ERROR)
            return
        self.sheet.hear(answer.number, answer.judged)
        self.tell(
            _("Row %(line)s is dropped: %(place)s, %(state)s. The protocol keeps it.")
            % {"line": row.line, "place": row.place, "state": row.state},
            Tone.DONE,
        )
        if self.sheet.finished:
            self.sheet = self.sheet.anew()  # with its last row the batch was closed
            self.load(1)
        self._leave_empty_list()
        self.show_rows()
