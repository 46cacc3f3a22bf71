"""Saving the rows of the batch screen, and leaving it with everything kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from bok_tui.i18n import _, translate_template
from bok_tui.screens import reading_batch_work
from bok_tui.screens.reading_batch_entry import BatchEntry
from bok_tui.screens.reading_batch_part import FIELDS
from bok_tui.widgets.message_line import Tone
from bok_tui.wording.reading_batch import left_words, saved_words
from db.errors import BokError
from db.records.reading_batch import SavedBatch


class BatchSaving(BatchEntry):
    """Part of the screen: one key saves all good rows, and no way out loses one."""

    def action_save_rows(self) -> None:
        """Save all good rows in one transaction; what is doubtful stays."""
        place, state = (self.field(name).value.strip() for name in FIELDS[:2])
        if self.beyond:
            pass  # it waits in the fields for the next batch
        elif place and state:
            self.put_typed(done=True)
            self.load(self.sheet.next_line)
        else:
            self.put_typed()
        if not self.sheet.rows:
            self.tell(_("No row is typed yet."), Tone.ERROR)
            return
        self.when_kept(self._save)

    def _save(self) -> None:
        office = self.bok.workplace.office()
        work = partial(reading_batch_work.save, head=self.sheet.head)
        self.in_thread(lambda: reading_batch_work.answered(office, work), self._saved)

    def _saved(self, saved: SavedBatch | BokError) -> None:
        if isinstance(saved, BokError):
            self.tell(translate_template(saved.message, saved.params), Tone.ERROR)
            return
        self.sheet.hear(saved.number, saved.judged)
        left = sum(not self.sheet.settled(line) for line in self.sheet.rows)
        words = saved_words(number=saved.number, recorded=saved.recorded, held=saved.held, left=left)
        beyond = {name: self.field(name).value for name in FIELDS} if self.beyond else {}
        if saved.closed:
            self.sheet = self.sheet.anew()
        self.load(self.sheet.next_line)
        for name, typed in beyond.items():
            self.field(name).value = typed
        self.show_rows()
        self.tell(words, Tone.DONE if not left else Tone.WARNING)

    def action_new_batch(self) -> None:
        """Set this batch aside, as it is, and begin another."""
        self.put_whole()
        self.when_kept(self._begin_anew)

    def _begin_anew(self) -> None:
        number = self.sheet.number
        self.sheet = self.sheet.anew()
        self.load(1)
        self.show_rows()
        if number:
            words = _("Batch %(number)s is set aside; ob %(number)s opens it again.")
            self.tell(words % {"number": number}, Tone.DONE)

    @property
    def unsaved(self) -> bool:
        """True while something typed here is not kept."""
        row = self.sheet.rows.get(self.line)
        if row is not None and row.done:
            return bool(self.sheet.unkept) or self.changed is not None
        typed = tuple(self.field(name).value.strip() for name in FIELDS[:2])
        return bool(self.sheet.unkept) or typed != ((row.place, row.state) if row else ("", ""))

    def ask_to_leave(self, leave: Callable[[], None]) -> None:
        """Have everything typed kept, then leave; a question only when the database does not answer."""
        self.put_whole()
        if (self.sheet.unkept and self.away) or (self.beyond and self.unsaved):
            super().ask_to_leave(leave)
        else:
            self.when_kept(leave)

    def action_back(self) -> None:
        """Leave the list or an older row for the next one; then the screen.

        A change of an older row that was not taken is told: it is not lost unseen.
        """
        if not self.typing or self.line != self.sheet.next_line:
            before = self.changed
            typed = tuple(self.field(name).value.strip() for name in FIELDS)
            self.load(self.sheet.next_line)
            self.show_rows()
            if before is not None:
                self.app.bell()
                self.tell(left_words(before, typed), Tone.WARNING)
        else:
            super().action_back()
