"""The bill on the reading form: asked for when the typist rests, told when it is there."""

from __future__ import annotations

from functools import partial

from textual.content import Content
from textual.timer import Timer

from bok_tui.safe_text import plain
from bok_tui.screens import money_work
from bok_tui.screens.reading_save import ReadingSave
from bok_tui.widgets.words import Words
from bok_tui.wording.bill import BillQuestion, bill_question, bill_words
from bok_tui.wording.reading import Draft
from db.records.billing import BillPreview, Skipped

REST = 0.15
"""Seconds without a key after which the bill is asked for: whoever types on never waits beside it."""


class ReadingBill(ReadingSave):
    """Part of the form: what the next invoice would be. No key waits for it, and saving never does."""

    _bill: BillQuestion | None = None
    """What the line tells of, or is being asked about."""
    _bill_timer: Timer | None = None

    def look_at_bill(self, draft: Draft | None) -> None:
        """Tell the bill of what is typed now, some moments later; what it was before is gone at once."""
        wanted = None if draft is None else bill_question(draft)
        if wanted == self._bill:
            return
        self._bill = wanted
        self._say_bill("")
        if self._bill_timer is not None:
            self._bill_timer.stop()
            self._bill_timer = None
        if wanted is not None:
            self._bill_timer = self.set_timer(REST, self._ask_bill)

    def _ask_bill(self) -> None:
        question = self._bill
        if question is None or self._saving:
            return
        if self.bok.type_ahead.waiting:
            self._bill_timer = self.set_timer(REST, self._ask_bill)
            return
        self.ask(
            partial(money_work.bill_of_reading, question=question),
            partial(self._tell_bill, question),
            contact_id=self.contact.id,
            keys_wait=False,
            group="bill",
        )

    def _tell_bill(self, question: BillQuestion, found: BillPreview | Skipped | None) -> None:
        if question == self._bill:  # a late answer tells of what was typed before
            self._say_bill(bill_words(question, found))

    def _say_bill(self, words: str) -> None:
        self.query_one("#bill", Words).say(Content.styled(plain(words or "–").plain, "bold" if words else ""))
