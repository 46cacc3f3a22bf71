"""Signing in."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.widgets import Input

from bok_tui.i18n import N_
from bok_tui.screens.base import BokScreen
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.top_line import TopLine
from bok_tui.workplace import Workplace


class SignInScreen(BokScreen[None]):
    """Login and password."""

    HINTS: ClassVar = ("help", "quit")
    TITLE_TEXT = N_("Signing in")

    def __init__(self, workplace: Workplace) -> None:
        super().__init__()
        self._workplace = workplace

    def compose(self) -> ComposeResult:
        """Draw the two fields."""
        yield TopLine(self._workplace)
        yield Input(id="login")
        yield Input(id="password", password=True)
        yield KeyHints()
