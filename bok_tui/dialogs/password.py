"""Changing one's own password: the old one, and twice the new one."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import N_, _, translate_template
from bok_tui.keys import bindings
from bok_tui.safe_text import plain
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import MessageLine, Tone
from bok_tui.widgets.secret_field import SecretField
from db.errors import BokError
from db.records.people import StaffMember


class PasswordDialog(Dialog[StaffMember | None]):
    """Answers with the member of staff once the password is another, else None."""

    BINDINGS = bindings("back")
    HINTS: ClassVar = ("save", "back")
    TITLE_TEXT = N_("Changing the password")
    HELP = N_(
        "At least 8 characters, better a few words; no name, login or well-known password.\n"
        "Signs and capitals are welcome, never demanded. It need not be changed again by itself."
    )

    def __init__(self, staff: StaffMember, *, known: str = "") -> None:
        """`known` is the old password when it was typed a moment ago."""
        super().__init__()
        self._staff = staff
        self._known = known

    def compose(self) -> ComposeResult:
        """Draw the box."""
        with Vertical(classes="box"):
            yield Static(plain(_("A new password")), classes="title")
            if self._known:
                yield Static(plain(_("Before you begin, choose a password of your own.")), classes="text")
            else:
                yield from self._field("old", _("Old password"))
            yield from self._field("new", _("New password"))
            yield from self._field("again", _("New one again"))
            yield MessageLine()
            yield KeyHints()

    def _field(self, name: str, label: str) -> ComposeResult:
        with Horizontal(classes="field"):
            yield Label(plain(label))
            yield SecretField(id=name)

    @property
    def unsaved(self) -> bool:
        """A password half typed is no loss."""
        return False

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        event.stop()
        for field in self.query(SecretField):
            if not field.value:
                field.focus()
                return
        self._save()

    def _save(self) -> None:
        new, again = self.query_one("#new", SecretField), self.query_one("#again", SecretField)
        if new.value != again.value:
            again.value = ""
            again.focus()
            self._say(_("The two new passwords differ; type the second one again."))
            return
        old, chosen = self._known or self.query_one("#old", SecretField).value, new.value
        place, staff = self.bok.workplace, self._staff

        def change() -> StaffMember:
            from db.sign_in import change_own_password

            return change_own_password(place.house(), staff, old, chosen)

        self.in_thread(change, self.dismiss, refused=self._refused)

    def _refused(self, error: BokError) -> None:
        for field in self.query(SecretField):
            field.value = ""
        self.query(SecretField).first().focus()
        self._say(translate_template(error.message, error.params))

    def _say(self, words: str) -> None:
        self.app.bell()
        self.query_one(MessageLine).say(words, Tone.ERROR)
