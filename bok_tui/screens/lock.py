"""The lock: covers everything until the same person's password is typed, or somebody else signs in."""

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
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import MessageLine, Tone
from bok_tui.widgets.secret_field import SecretField
from db.errors import BokError
from db.records.people import StaffMember


class LockScreen(BokScreen[None]):
    """Nothing of what lies below is drawn; what was typed there stays as it was."""

    BINDINGS = bindings("other-person", "back")
    HINTS: ClassVar = ("help", "other-person", "quit")
    TITLE_TEXT = N_("Locked")
    HELP = N_(
        "Type your password and Enter: everything is as you left it.\n"
        "F4 lets somebody else sign in. What is unsaved is then lost, after a question."
    )

    def __init__(self, staff: StaffMember) -> None:
        super().__init__()
        self._staff = staff

    def compose(self) -> ComposeResult:
        """Draw the box in the middle of nothing."""
        with Vertical(id="middle"), Vertical(classes="box"):
            yield Static(plain(_("Locked")), classes="title")
            yield Static(plain(_("%(name)s is at work here.") % {"name": self._staff.name}))
            yield Static()
            with Horizontal(classes="field"):
                yield Label(plain(_("Password")))
                yield SecretField(id="password")
            yield MessageLine()
        yield KeyHints()

    @on(Input.Submitted)
    def _unlock(self, event: Input.Submitted) -> None:
        event.stop()
        password, event.input.value = event.value, ""
        if not password:
            return
        place, login = self.bok.workplace, self._staff.login

        def check() -> StaffMember:
            from db.sign_in import sign_in

            return sign_in(place.house(), login, password)

        self.query_one(MessageLine).say(_("Checking …"))
        self.in_thread(check, self._unlocked, refused=self._refused)

    def _unlocked(self, staff: StaffMember) -> None:
        self.bok.workplace.staff = staff
        self.dismiss(None)
        self.bok.idle_lock.unlocked()

    def _refused(self, error: BokError) -> None:
        self.app.bell()
        self.query_one(MessageLine).say(translate_template(error.message, error.params), Tone.ERROR)

    def action_other_person(self) -> None:
        """Let somebody else sign in, after asking when something would be lost."""
        self.bok.idle_lock.let_another_in()

    def action_back(self) -> None:
        """Esc leads nowhere from here."""
        self.query_one("#password", SecretField).value = ""
