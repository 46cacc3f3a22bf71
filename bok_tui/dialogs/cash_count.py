"""Counting a till: what lies in it and what the terminal reports, beside what the ledger says."""

from __future__ import annotations

from decimal import Decimal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.cash import amount_words, till_lines
from bok_tui.wording.figures import money_text
from db.errors import WrongInput
from db.records.cash_day import CashCount, CashDay
from db.rules.cash_day import parse_counted


class CashCountDialog(Dialog[CashCount | None]):
    """Answers with what was counted; a difference and another's till ask for a reason first."""

    BINDINGS = bindings("save", "back")
    HINTS = ("save", "back")
    TITLE_TEXT = N_("Counting the till")
    HELP = N_(
        "Count the notes and coins without what lay in the till in the morning, and take the card total\n"
        "from the terminal's report. Enter goes on and saves behind the last field. What differs from the\n"
        "ledger needs a reason, and so does a till that you count for somebody who is away.\n"
        "Afterwards a supervisor, another person than who counted, signs for it."
    )

    def __init__(
        self, line: CashDay, *, own: bool = True, count: CashCount | None = None, wrong: str = ""
    ) -> None:
        """`line` is the day as it stands; `count` was typed before, and `wrong` says why it was refused.

        Not `own` is the till of somebody who is away.
        """
        super().__init__()
        self._own = own
        self._line = line
        self._count = count
        self._wrong = wrong

    def compose(self) -> ComposeResult:
        """Draw the box."""
        count = self._count
        with Vertical(classes="box wide"):
            yield Static(plain(till_lines(self._line)[0]), classes="title")
            with Horizontal(classes="field"):
                yield Label(plain(_("Cash")))
                yield Field(_typed(count.cash if count else None), id="cash", max_length=20)
            yield Static(id="cash-said", classes="muted")
            with Horizontal(classes="field"):
                yield Label(plain(_("Card")))
                yield Field(_typed(count.card if count else None), id="card", max_length=20)
            yield Static(id="card-said", classes="muted")
            with Horizontal(classes="field"):
                yield Label(plain(_("Reason")))
                yield Field(self._reason(), id="reason", max_length=300)
            if not self._own:
                told = _("You count in place of %(name)s: say why. Another supervisor signs.")
                yield Static(plain(told % {"name": self._line.name}), classes="muted")
            yield ToldLine()
            yield KeyHints()

    def _reason(self) -> str:
        """Return what was typed before; whoever counts for another says anew why."""
        if self._count is not None:
            return self._count.reason
        return self._line.reason if self._own else ""

    def on_mount(self) -> None:
        """Say what the ledger says, and why it is asked again."""
        super().on_mount()
        self._compare()
        if self._wrong:
            self.query_one(ToldLine).say(self._wrong, Tone.ERROR)

    @property
    def unsaved(self) -> bool:
        """True when something is typed."""
        return any(self.query_one(f"#{name}", Input).value.strip() for name in ("cash", "card"))

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        if self.is_mounted:
            self.query_one(ToldLine).clear()
            self._compare()

    def _compare(self) -> None:
        """Say beside each amount how far it is from the ledger."""
        for name, words, expected in (
            ("cash", _("cash"), self._line.cash_expected),
            ("card", _("card terminal"), self._line.card_expected),
        ):
            typed = self.query_one(f"#{name}", Input).value
            try:
                counted = parse_counted(typed) if typed.strip() else None
            except WrongInput as error:
                told = "✗ " + translate_template(error.message, error.params)
            else:
                told = amount_words(words, expected, counted)
            self.query_one(f"#{name}-said", Static).update(plain(told))

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Go on to the next field, or answer with what was counted."""
        try:
            cash, card = self._amount("cash"), self._amount("card")
        except WrongInput as error:
            self._say(translate_template(error.message, error.params))
            return
        order = ("cash", "card", "reason")
        here = next((name for name in order if self.query_one(f"#{name}", Input).has_focus), "reason")
        apart = (cash, card) != (self._line.cash_expected, self._line.card_expected)
        reason = self.query_one("#reason", Input)
        if here == "cash":
            self.query_one("#card", Input).focus()
        elif apart and not reason.value.strip():
            values = {"apart": money_text(cash + card - self._line.expected)}
            reason.focus()
            self._say(_("It differs from the ledger (%(apart)s): say why.") % values)
        elif not self._own and not reason.value.strip():
            reason.focus()
            self._say(_("Say why you count in place of %(name)s.") % {"name": self._line.name})
        else:
            self.dismiss(CashCount(self._line.day, cash, card, reason.value.strip()))

    def _amount(self, name: str) -> Decimal:
        field = self.query_one(f"#{name}", Input)
        try:
            return parse_counted(field.value)
        except WrongInput:
            field.focus()
            raise

    def _say(self, words: str) -> None:
        self.app.bell()
        self.query_one(ToldLine).say(words, Tone.ERROR)


def _typed(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}".replace(".", ",")
