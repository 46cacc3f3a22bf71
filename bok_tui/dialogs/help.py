"""F1: the keys of the screen below, and what to know about it."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from bok_tui.dialogs.base import Dialog
from bok_tui.i18n import _
from bok_tui.keys import ACTIONS, EVERYWHERE, bindings, key_name, own_actions
from bok_tui.safe_text import fit, plain
from bok_tui.widgets.key_hints import KeyHints

KEYS = 11
"""Columns for the names of keys."""


class HelpDialog(Dialog[None]):
    """Scrolls with the arrows; Enter or Esc closes it."""

    BINDINGS = bindings("ok", "back")
    HINTS: ClassVar = ("ok",)
    AUTO_FOCUS = "VerticalScroll"

    def __init__(self, about: Screen[Any]) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """Draw the box over what it explains."""
        title = _(getattr(self._about, "TITLE_TEXT", "")) or _("Help")
        with Vertical(classes="box help"):
            yield Static(plain(title), classes="title")
            with VerticalScroll():
                if own := own_actions(self._about):
                    yield Static(self._keys(own), classes="keys")
                if not self._about.is_modal:
                    yield Static(plain(_("Everywhere")), classes="heading")
                    yield Static(self._keys(list(EVERYWHERE)), classes="keys")
                for paragraph in _paragraphs(_(getattr(self._about, "HELP", ""))):
                    yield Static(plain(paragraph), classes="paragraph")
                yield Static(
                    plain(_("Select text with the mouse while Shift is held down.")), classes="paragraph"
                )
            yield KeyHints()

    def _keys(self, ids: list[str]) -> Content:
        lines: list[tuple[str, str]] = []
        for action_id in ids:
            action = ACTIONS[action_id]
            keys = ", ".join(key_name(key) for key in action.keys_now)
            lines += [(fit(keys, KEYS) + " ", "bold"), (_(action.tooltip) + "\n", "")]
        return Content.assemble(*lines).rstrip()

    def action_ok(self) -> None:
        """Close."""
        self.dismiss(None)


def _paragraphs(text: str) -> list[str]:
    """Return the hints: a line that ends before its sentence does goes on in the next one."""
    found: list[str] = []
    for line in text.splitlines():
        if found and not found[-1].endswith("."):
            found[-1] += f" {line}"
        else:
            found.append(line)
    return found
