"""The desk payments of one till's day; each opens its client."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.widgets import Static

from bok_tui.i18n import N_, _
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import cash_work
from bok_tui.screens.list_screen import ListScreen
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.cash import WIDE, payment_heading, payment_words, till_lines
from db.records.cash_day import CashDay, TillPayment


class TillScreen(ListScreen):
    """Opened from the list of tills."""

    CSS_PATH = "board.tcss"
    BINDINGS = bindings("open", "back")
    HINTS = ("help", "open", "back")
    TITLE_TEXT = N_("Payments of a till")
    HELP = N_("What was taken at the desk on the day, in its order. Enter opens the client.")

    def __init__(self, line: CashDay) -> None:
        """`line` is the till's day."""
        super().__init__()
        self._line = line
        self._payments: dict[str, TillPayment] = {}

    def reload(self) -> None:
        """Read the payments."""
        self.query_one("#title", Static).update(plain(till_lines(self._line)[0]))
        work = partial(cash_work.payments, login=self._line.login, day=self._line.day)
        self.ask(work, self._show, refused=self.tell_refusal)

    def _show(self, payments: tuple[TillPayment, ...]) -> None:
        self._payments = {str(one.id): one for one in payments}
        wide = self.app.size.width >= WIDE
        rows = [Row(key, payment_words(one, wide=wide)) for key, one in self._payments.items()]
        self.rows.show(
            rows, heading=payment_heading() if rows else "", empty=_("nothing was taken at the desk")
        )

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        from bok_tui.screens.client import ClientScreen

        event.stop()
        self.app.push_screen(ClientScreen(self._payments[event.key].client_number))
