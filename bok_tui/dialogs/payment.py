"""Money taken at the desk: amount, method, Enter."""

from __future__ import annotations

import uuid

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.choice_field import ChoiceField
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.told_line import ToldLine
from bok_tui.wording.money import balance_words, method_label
from db.errors import WrongInput
from db.records.balance import BalanceView
from db.records.ledger import DeskPayment
from db.records.money import PaymentMethod
from db.rules.amount_entry import parse_amount


class PaymentDialog(Dialog[DeskPayment | None]):
    """Answers with a payment to be booked; the amount that is due stands there already."""

    BINDINGS = bindings("save", "back")
    HINTS = ("save", "back")
    TITLE_TEXT = N_("Payment at the desk")
    HELP = N_(
        "Enter books the payment; cash and card get a receipt. Typing replaces the amount.\n"
        "Tab goes to the method (the arrows change it) and to the invoice that the payer names; "
        "without one the oldest due is paid first."
    )

    def __init__(self, balance: BalanceView, *, invoice: str = "") -> None:
        """`invoice` is the one under the cursor, offered as what the payer names."""
        super().__init__()
        self._balance = balance
        self._invoice = invoice
        self._submission = uuid.uuid4().hex
        self._suggested = f"{balance.total:.2f}".replace(".", ",") if balance.total > 0 else ""

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box wide"):
            yield Static(
                plain(_("Payment · client %(number)s") % {"number": self._balance.client_number}),
                classes="title",
            )
            yield Static(plain(balance_words(self._balance)), classes="text lines")
            with Horizontal(classes="field"):
                yield Label(plain(_("Amount")))
                yield Field(self._suggested, id="amount", max_length=20)
            with Horizontal(classes="field"):
                yield Label(plain(_("Method")))
                yield ChoiceField(
                    [(method.value, method_label(method)) for method in PaymentMethod],
                    value=PaymentMethod.CASH.value,
                )
            with Horizontal(classes="field"):
                yield Label(plain(_("Invoice")))
                yield Field(self._invoice, id="invoice", max_length=40)
            yield ToldLine()
            yield KeyHints()

    def on_mount(self) -> None:
        """Let typing replace the amount."""
        amount = self.query_one("#amount", Input)
        amount.focus()
        amount.select_all()

    @property
    def unsaved(self) -> bool:
        """True when another amount than the suggested one is typed."""
        return self.query_one("#amount", Input).value.strip() not in ("", self._suggested)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def action_save(self) -> None:
        """Answer with the payment, when the amount can be read."""
        field = self.query_one("#amount", Input)
        try:
            amount = parse_amount(field.value)
        except WrongInput as error:
            self.app.bell()
            self.query_one(ToldLine).say(translate_template(error.message, error.params), Tone.ERROR)
            field.focus()
            return
        self.dismiss(
            DeskPayment(
                client_number=self._balance.client_number,
                amount=amount,
                method=PaymentMethod(self.query_one(ChoiceField).value),
                submission=self._submission,
                invoice=self.query_one("#invoice", Input).value.strip(),
            )
        )
