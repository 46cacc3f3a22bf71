"""A supervisor signs for one thing at the agent's desk."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import Tone
from bok_tui.widgets.secret_field import SecretField
from bok_tui.widgets.told_line import ToldLine
from db.errors import BokError
from db.records.people import Approval


class SignOffDialog(Dialog[Approval | None]):
    """Login and password of a supervisor; answers with a sign-off that serves once, or None."""

    BINDINGS = bindings("save", "back")
    HINTS = ("ok", "back")

    def __init__(self, *, lines: Sequence[str]) -> None:
        """`lines` say what is signed for, already translated."""
        super().__init__()
        self._lines = tuple(lines)

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box"):
            yield Static(plain(_("A supervisor signs here")), classes="title")
            if self._lines:
                yield Static(plain("\n".join(self._lines)), classes="text lines")
            with Horizontal(classes="field"):
                yield Label(plain(_("Login")))
                yield Field(id="login", max_length=64, select_on_focus=False)
            with Horizontal(classes="field"):
                yield Label(plain(_("Password")))
                yield SecretField(id="password")
            yield ToldLine()
            yield KeyHints()

    def action_save(self) -> None:
        """Go on to the password, or check both."""
        login, password = self.query_one("#login", Input), self.query_one("#password", Input)
        if not login.value.strip():
            login.focus()
            return
        if not password.value:
            password.focus()
            return
        name, secret = login.value.strip(), password.value
        password.value = ""

        def sign() -> Approval:
            from db.sign_in import sign_off

            return sign_off(self.bok.workplace.house(), name, secret)

        self.query_one(ToldLine).say(_("Checking the password"))
        self.in_thread(sign, self._signed, refused=self._refused_sign_off)

    @on(Input.Submitted)
    def _entered(self, event: Input.Submitted) -> None:
        event.stop()
        self.action_save()

    def _signed(self, approval: Approval) -> None:
        self.dismiss(approval)

    def _refused_sign_off(self, error: BokError) -> None:
        self.query_one(ToldLine).say(translate_template(error.message, error.params), Tone.ERROR)
        self.query_one("#password", Input).focus()
