"""The row of the batch screen that is typed: its three fields, and going up and down the sheet."""

from __future__ import annotations

from textual import on
from textual.widgets import Input

from bok_tui.i18n import _
from bok_tui.screens.reading_batch_doubts import BatchDoubts
from bok_tui.screens.reading_batch_part import FIELDS
from bok_tui.widgets.batch_field import BatchField
from bok_tui.widgets.choice_field import ChoiceField
from bok_tui.widgets.message_line import Tone
from bok_tui.wording.reading_batch import day_words, field_day
from db.records.people import Channel
from db.records.reading_batch import MOST_ROWS, BatchRow
from db.rules.batch_row import kept_day, pasted_rows

_BEGUN = BatchRow(0, "", "", "", done=False)


class BatchEntry(BatchDoubts):
    """Part of the screen: from keys to rows on the sheet."""

    line = 1
    """The row in the fields."""

    @property
    def beyond(self) -> bool:
        """True while the row in the fields is one that the full batch has no room for."""
        return self.line > MOST_ROWS

    def field(self, name: str) -> Input:
        """Return one of the three fields of the row."""
        return self.query_one(f"#{name}", Input)

    def load(self, line: int) -> None:
        """Put a row into the fields, or begin it, with the cursor where it was left."""
        self.line = line
        self.back_to_list = False
        row = self.sheet.rows.get(line)
        above = self.sheet.day_above(line)
        texts = (row.place, row.state, field_day(row.day)) if row is not None else ("", "", "")
        if row is not None and not row.done and row.day == above.isoformat():
            texts = (row.place, row.state, "")
        for name, text in zip(FIELDS, texts, strict=True):
            field = self.field(name)
            field.value = text
            field.cursor_position = len(text)
        self.field("day").placeholder = day_words(above.isoformat())
        begun = row is not None and not row.done and bool(row.place)
        self.field("state" if begun else "place").focus()

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        name = event.input.id or ""
        if name == "first-day":
            self._take_day(event.value)
        elif name == "place" and not event.value.strip():
            self.tell(_("Type the number of a meter or a client. Ctrl+S saves what is good."), Tone.ERROR)
        elif name == "day":
            self.end_row()
        elif self.put_typed() or not self.beyond:
            self.field(FIELDS[FIELDS.index(name) + 1]).focus()

    def _take_day(self, text: str) -> None:
        """Let the next rows go on from another day."""
        kept = kept_day(text, today=self.today, above=self.sheet.day)
        if field_day(kept) == kept:
            self.tell(_("Type the day as 22.11, 22.11.2026 or d-1 (yesterday)."), Tone.ERROR)
            return
        self.sheet.begin_day(kept)
        self.query_one("#first-day", Input).value = field_day(kept)
        self.load(self.sheet.next_line)
        self.tell("")

    @on(ChoiceField.Changed, "#channel")
    def _channel_chosen(self, event: ChoiceField.Changed) -> None:
        """Judge every row by how it came in."""
        event.stop()
        self.sheet.channel = Channel(event.value)
        self.sheet.ask_again()
        self.send_rows()

    @property
    def changed(self) -> BatchRow | None:
        """The row in the fields as it was, while it was typed before and is typed otherwise now."""
        before = self.sheet.rows.get(self.line)
        if before is None or not before.done or self.sheet.settled(self.line):
            return None
        place, state, day = (self.field(name).value.strip() for name in FIELDS)
        kept = kept_day(day, today=self.today, above=self.sheet.day_above(self.line))
        return before if (place, state, kept) != (before.place, before.state, before.day) else None

    def put_whole(self) -> None:
        """Take what stands in the fields: a row that was typed before with what is changed in it."""
        self.put_typed(done=self.sheet.rows.get(self.line, _BEGUN).done)

    def put_typed(self, *, done: bool = False) -> bool:
        """Take what stands in the fields onto the sheet and have it kept; False where nothing does."""
        place, state, day = (self.field(name).value.strip() for name in FIELDS)
        before = self.sheet.rows.get(self.line)
        if not (place or state) or self.sheet.settled(self.line):
            return False
        if self.beyond:
            self.tell(
                _("A batch has at most %(limit)s rows: save it first.") % {"limit": MOST_ROWS}, Tone.ERROR
            )
            return False
        if before is not None and before.done and not done:
            return True  # a row that is corrected is taken whole
        row = BatchRow(
            line=self.line,
            place=place,
            state=state,
            day=kept_day(day, today=self.today, above=self.sheet.day_above(self.line)),
            done=done,
        )
        if before is not None and (before.place, before.state) == (place, state):
            # what was said about these figures holds on
            row = BatchRow(row.line, place, state, row.day, before.reason, before.note, before.hold, done)
        if self.sheet.put(row):
            self.show_rows()
            self.send_rows()
        return True

    def end_row(self) -> None:
        """Take the row and go to the next one; or back to the list that it was corrected from."""
        if not self.put_typed(done=True):
            self.field("place").focus()
            return
        back = self.back_to_list
        self.load(self.sheet.next_line)
        self.forget_told()
        self.show_rows()
        if back:
            self.go_to_doubts()

    @on(BatchField.RowsPasted)
    def _pasted(self, event: BatchField.RowsPasted) -> None:
        event.stop()
        self.put_whole()
        first = self.sheet.next_line if not self.sheet.rows.get(self.line) else self.sheet.last + 1
        rows = pasted_rows(event.text, first=first, today=self.today, above=self.sheet.day_above(first))
        room = rows[: max(MOST_ROWS - first + 1, 0)]
        for row in room:
            self.sheet.put(row)
        self.load(self.sheet.next_line)
        self.show_rows()
        self.send_rows()
        tone = Tone.DONE if len(room) == len(rows) else Tone.ERROR
        values = {"count": len(room), "all": len(rows)}
        self.tell(_("Pasted rows: %(count)s of %(all)s.") % values, tone)

    def action_up(self) -> None:
        """Go back to the row above."""
        self._step(-1)

    def action_down(self) -> None:
        """Go on to the row below; below the last one are the doubtful rows."""
        self._step(1)

    def _step(self, by: int) -> None:
        if not self.typing:
            return
        self.put_whole()
        lines = [line for line in sorted(self.sheet.rows) if not self.sheet.settled(line)]
        lines = sorted({*lines, self.sheet.next_line})
        found = [line for line in lines if (line < self.line if by < 0 else line > self.line)]
        if not found:
            if by > 0 and self.sheet.doubtful:
                self.go_to_doubts()
            else:
                self.app.bell()
            return
        self.load(found[-1] if by < 0 else found[0])
        self.show_rows()
