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
from bok_tui.wording.cash import amount_words, signed_money, till_lines
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
        "ledger needs a reason. Of a till that you count for somebody who is away both amounts are typed,\n"
        "also 0, and why you count it and why it differs are said apart.\n"
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
                yield Field(self._reason(), id="reason", max_length=300 if self._own else 149)
            if not self._own:
                with Horizontal(classes="field"):
                    yield Label(plain(_("Difference")))
                    yield Field(count.apart if count else "", id="apart", max_length=149)
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
            cash = self._amount("cash")
            if self._focused("cash"):
                self.query_one("#card", Input).focus()
                return
            card = self._amount("card")
        except WrongInput as error:
            self._say(translate_template(error.message, error.params))
            return
        if self._explained(cash, card):
            self.dismiss(CashCount(self._line.day, cash, card, self._text("reason"), self._text("apart")))

    def _explained(self, cash: Decimal, card: Decimal) -> bool:
        """Tell whether the reasons that are needed are there; else ask for the first that is not."""
        missing = _("Say why you count in place of %(name)s.") % {"name": self._line.name}
        if not self._own and not self._text("reason"):
            self._ask("reason", missing)
            return False
        if (cash, card) == (self._line.cash_expected, self._line.card_expected):
            return True
        if self._text(name := "reason" if self._own else "apart"):
            return True
        values = {"apart": signed_money(cash + card - self._line.expected)}
        self._ask(name, _("It differs from the ledger (%(apart)s): say why.") % values)
        return False

    def _focused(self, name: str) -> bool:
        return self.query_one(f"#{name}", Input).has_focus

    def _text(self, name: str) -> str:
        """Return what is typed in a field; nothing in one that is not asked for."""
        return next((field.value.strip() for field in self.query(f"#{name}").results(Input)), "")

    def _ask(self, name: str, words: str) -> None:
        self.query_one(f"#{name}", Input).focus()
        self._say(words)

    def _amount(self, name: str) -> Decimal:
        field = self.query_one(f"#{name}", Input)
        try:
            if not self._own and not field.value.strip():
                raise WrongInput(N_("Type what was counted, 0 when there is nothing."))
            return parse_counted(field.value)
        except WrongInput:
            field.focus()
            raise

    def _say(self, words: str) -> None:
        self.app.bell()
        self.query_one(ToldLine).say(words, Tone.ERROR)


def _typed(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:.2f}".replace(".", ",")
