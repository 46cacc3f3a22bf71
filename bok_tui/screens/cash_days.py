"""Tills: whoever took a day's cash counts it, a supervisor signs for it; each opens its payments."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import events, on
from textual.widgets import Static

from bok_tui.dialogs.cash_count import CashCountDialog
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.sign_off import SignOffDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens import cash_work
from bok_tui.screens.list_screen import ListScreen
from bok_tui.widgets.row_list import Row, RowList
from bok_tui.wording.cash import done_words, till_heading, till_lines, till_words
from db.errors import BokError, Stale
from db.records.cash_day import CashCount, CashDay, CashState
from db.records.people import Approval


class CashScreen(ListScreen):
    """The days of the tills that wait to be counted or signed for."""

    CSS_PATH = "board.tcss"
    BELOW = ("detail",)
    BINDINGS = bindings("open", "count-till", "sign-till", "reopen-till", "every-till", "read-again", "back")
    HINTS = ("help", "count-till", "sign-till", "open", "every-till", "back")
    CHIEF_HINTS = ("help", "sign-till", "reopen-till", "open", "count-till", "back")
    TITLE_TEXT = N_("Tills")
    HELP = N_(
        "z counts your own till: what you took at the desk on a day in cash and by card, beside the ledger.\n"
        "A supervisor, another person, signs with a: at their own desk, or with their password at yours.\n"
        "For somebody who is ill or has left, a supervisor counts with z and says why; another one signs.\n"
        "A signed day takes no more payments; o opens it again, with a reason, and it is counted anew.\n"
        "Enter shows the payments of a day, and there the client. w shows the signed days, too."
    )

    def __init__(self) -> None:
        super().__init__()
        self._lines: dict[str, CashDay] = {}
        self._every = False
        self._none = ""
        """What an empty list says, `N_`-marked."""

    @property
    def foot(self) -> tuple[str, ...]:
        """A supervisor signs and opens again, anybody else counts."""
        return self.CHIEF_HINTS if self.supervisor else self.HINTS

    @property
    def outdated(self) -> bool:
        """True where a day is shown."""
        return bool(self._lines)

    def on_resize(self, event: events.Resize) -> None:
        """Share the new width."""
        super().on_resize(event)
        self._show_rows()

    @property
    def current(self) -> CashDay | None:
        """The day under the cursor."""
        row = self.rows.current
        return self._lines.get(row.key) if row else None

    def _own(self, line: CashDay) -> bool:
        staff = self.bok.workplace.staff
        return staff is not None and line.login == staff.login

    def _counted(self, line: CashDay) -> bool:
        """Whether this person counted it, as a supervisor for somebody who is away."""
        staff = self.bok.workplace.staff
        return staff is not None and line.counted_by_login == staff.login

    # -- showing

    def reload(self) -> None:
        """Read the days anew."""
        work = partial(cash_work.days, every=self._every)
        self.ask(work, self._show, refused=self.tell_refusal, latest="tills")

    def action_every_till(self) -> None:
        """Show the signed days, too, or only those that wait."""
        self._every = not self._every
        self.reload()

    def _show(self, found: tuple[tuple[CashDay, ...], str]) -> None:
        days, self._none = found
        self._lines = {f"{one.login} {one.day.isoformat()}": one for one in days}
        words = _("Tills of the last year") if self._every else _("Tills to be counted and signed for")
        self.query_one("#title", Static).update(plain(words))
        self._show_rows()

    def _show_rows(self) -> None:
        width = self.app.size.width
        rows = [
            Row(key, till_words(line, width), "bold $text-warning" if line.moved or line.difference else "")
            for key, line in self._lines.items()
        ]
        self.rows.show(
            rows, heading=till_heading(width) if rows else "", empty=_(self._none) if self._none else ""
        )
        self._show_detail()

    def _show_detail(self) -> None:
        line = self.current
        self.query_one("#detail", Static).update(plain("\n".join(till_lines(line)) if line else ""))

    @on(RowList.Moved)
    def _moved(self, event: RowList.Moved) -> None:
        event.stop()
        self._show_detail()

    # -- counting

    def action_count_till(self) -> None:
        """Count the day under the cursor, one's own or as a supervisor another's; else one's own of today."""
        line = self.current
        if line is not None and (self.supervisor or self._own(line)):
            self._ask_count(line)
        else:
            self.ask(cash_work.own_today, self._ask_count, refused=self.tell_refusal)

    def _ask_count(self, line: CashDay, *, count: CashCount | None = None, wrong: str = "") -> None:
        if line.state is CashState.SIGNED:
            self.refuse(_("It is signed for; a supervisor opens the day again with o."))
            return
        if not line.payments and not line.version:
            self.refuse(_("On that day this till took neither cash nor cards: there is nothing to count."))
            return
        own = self._own(line)

        def counted(found: CashCount | None) -> None:
            if found is not None:
                work = partial(cash_work.close, line=line, count=found)
                self._do(work, again=partial(self._ask_again, line, found))

        self.app.push_screen(CashCountDialog(line, own=own, count=count, wrong=wrong), counted)

    def _ask_again(self, line: CashDay, count: CashCount, why: str) -> None:
        self._ask_count(line, count=count, wrong=why)

    # -- signing

    def action_sign_till(self) -> None:
        """Sign for the day under the cursor; what one counted, a supervisor signs with their password."""
        line = self.current
        if line is None or line.state is not CashState.CLOSED or line.moved:
            self.refuse(_("Only a day that was counted, and not changed since, is signed for."))
        elif self._own(line) or self._counted(line):
            self.app.push_screen(SignOffDialog(lines=till_lines(line)), partial(self._sign, line))
        elif self.supervisor:
            question = "\n".join((*till_lines(line), "", _("Sign for this day?")))
            self.app.push_screen(
                ConfirmDialog(question),
                lambda yes: self._do(partial(cash_work.sign, line=line)) if yes else None,
            )

    def _sign(self, line: CashDay, approval: Approval | None) -> None:
        if approval is not None:
            self._do(partial(cash_work.sign, line=line, approval=approval))

    def action_reopen_till(self) -> None:
        """Open the day under the cursor again, with a reason."""
        line = self.current
        if not self.supervisor or line is None or line.state is CashState.OPEN or self._own(line):
            self.refuse(_("A supervisor opens somebody else's day again, once it was counted."))
            return

        def typed(reason: str | None) -> None:
            if reason is not None:
                self._do(partial(cash_work.reopen, line=line, reason=reason))

        title = _("Open the day again?")
        dialog = TextDialog(title, label=_("Reason"), lines=till_lines(line), limit=300)
        self.app.push_screen(dialog, typed)

    def _do(self, work: Callable[..., CashDay], *, again: Callable[[str], object] | None = None) -> None:
        """Have it done, say so, and show the days as they are then."""

        def done(line: CashDay) -> None:
            self.tell(done_words(line))
            self.reload()

        def refused(error: BokError) -> None:
            self.refused_change(error)
            if again is not None and not isinstance(error, Stale):  # what was seen is to be seen anew
                again(translate_template(error.message, error.params))

        self.ask(work, done, refused=refused)

    # -- opening

    @on(RowList.Chosen)
    def _chosen(self, event: RowList.Chosen) -> None:
        from bok_tui.screens.till_payments import TillScreen

        event.stop()
        if self.current is not None:
            self.app.push_screen(TillScreen(self.current))
