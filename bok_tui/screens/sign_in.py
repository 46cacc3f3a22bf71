"""Signing in: a login, a password, and another password when the first one must be changed."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.screens.base import BokScreen
from bok_tui.widgets.field import Field
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import MessageLine, Tone
from bok_tui.widgets.secret_field import SecretField
from bok_tui.widgets.top_line import TopLine
from bok_tui.workplace import Workplace
from db.errors import BokError, DatabaseUnavailable
from db.records.people import StaffMember

LONGEST_LOGIN = 64


class SignInScreen(BokScreen[None]):
    """Login and password; Enter goes on."""

    BINDINGS = bindings("back")
    HINTS: ClassVar = ("help", "theme", "quit")
    TITLE_TEXT = N_("Signing in")
    HELP = N_(
        "Type your login, Enter, your password, Enter.\n"
        "After several wrong passwords each further try has to wait a little longer.\n"
        "An account is made by an administrator: bok staff add LOGIN --name NAME --role agent"
    )

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace

    def compose(self) -> ComposeResult:
        """Draw the box in the middle."""
        yield TopLine(self._workplace)
        with Vertical(id="middle"), Vertical(classes="box"):
            yield Static(plain(_("Sign in")), classes="title")
            with Horizontal(classes="field"):
                yield Label(plain(_("Login")))
                yield Field(id="login", max_length=LONGEST_LOGIN, select_on_focus=False)
            with Horizontal(classes="field"):
                yield Label(plain(_("Password")))
                yield SecretField(id="password")
            yield MessageLine()
        yield KeyHints()

    def on_mount(self) -> None:
        """Paint first, then open the database: it tells early what is wrong with it."""
        self.call_after_refresh(self._open_house)

    def _open_house(self) -> None:
        self.in_thread(self._utility_name, self._opened, refused=self._refused, keys_wait=False)

    def _utility_name(self) -> str:
        """Runs in a thread."""
        from db.office import SYSTEM
        from db.queries.utility import utility

        return self._workplace.house().office(SYSTEM).read(utility).short_name

    def _opened(self, name: str) -> None:
        self._workplace.utility_name = name
        self.query_one(TopLine).refresh()

    @on(Input.Submitted, "#login")
    def _go_on(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            self.query_one("#password", SecretField).focus()

    @on(Input.Submitted, "#password")
    def _sign_in(self, event: Input.Submitted) -> None:
        event.stop()
        login, password = self.query_one("#login", Input).value.strip(), event.value
        if not login or not password:
            return
        event.input.value = ""
        self.query_one(MessageLine).say(_("Checking …"))

        def check() -> StaffMember:
            from db.sign_in import sign_in

            return sign_in(self._workplace.house(), login, password)

        self.in_thread(check, lambda staff: self._signed_in(staff, password), refused=self._refused)

    def _refused(self, error: BokError) -> None:
        self.app.bell()
        self.query_one(MessageLine).say(translate_template(error.message, error.params), Tone.ERROR)
        if not isinstance(error, DatabaseUnavailable):
            self.query_one("#password", SecretField).focus()

    def _signed_in(self, staff: StaffMember, password: str) -> None:
        self.query_one(MessageLine).clear()
        if not staff.must_change_password:
            self.bok.begin_work(staff)
            return
        from bok_tui.dialogs.password import PasswordDialog

        def changed(done: StaffMember | None) -> None:
            if done is not None:
                self.bok.begin_work(done)
            else:
                sentence = _("Signing in needs a password of your own first.")
                self.query_one(MessageLine).say(sentence, Tone.WARNING)

        self.app.push_screen(PasswordDialog(staff, known=password), changed)

    def action_back(self) -> None:
        """Begin anew with the login."""
        self.begin_anew()

    def begin_anew(self) -> None:
        """Empty both fields and wait for a login."""
        self.query_one("#login", Input).value = ""
        self.query_one("#password", SecretField).value = ""
        self.query_one(TopLine).refresh()
        self.query_one(MessageLine).clear()
        self.query_one("#login", Input).focus()
