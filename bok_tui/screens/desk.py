"""The desk: where every call begins. The command line, what it finds, and what waits to be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult

from bok_tui.i18n import N_
from bok_tui.screens.base import BokScreen
from bok_tui.widgets.command_line import CommandLine
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.message_line import MessageLine
from bok_tui.widgets.top_line import TopLine
from bok_tui.workplace import Workplace
from db.records.people import StaffMember


class DeskScreen(BokScreen[None]):
    """Start and F2."""

    HINTS: ClassVar = ("help", "command-line", "work-lists", "palette", "quit")
    TITLE_TEXT = N_("Desk")

    def __init__(self, workplace: Workplace, *, sign_in_as: Callable[[], StaffMember] | None = None) -> None:
        super().__init__()
        self._workplace = workplace
        self._sign_in_as = sign_in_as

    def compose(self) -> ComposeResult:
        """Draw the desk."""
        yield TopLine(self._workplace)
        yield CommandLine(id="command")
        yield MessageLine(id="message")
        yield KeyHints()

    def on_mount(self) -> None:
        """Sign the demo's agent in, while keys wait in line."""
        if self._sign_in_as is not None:
            self.in_thread(self._sign_in_as, self._signed_in)

    def _signed_in(self, staff: StaffMember) -> None:
        self._workplace.staff = staff
        self.query_one(TopLine).refresh()

    def focus_command_line(self) -> None:
        """Put the cursor into the command line."""
        self.query_one(CommandLine).focus()

    def action_back(self) -> None:
        """Esc empties the command line."""
        self.query_one(CommandLine).value = ""
