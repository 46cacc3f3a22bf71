"""The foot of a screen: at most six keys and their words, also for the mouse."""

from __future__ import annotations

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from bok_tui.keys import ACTIONS, hint

MOST = 6


class KeyHints(Widget):
    """One line of key hints: those of the screen (`HINTS`), or the ids it is given."""

    DEFAULT_CSS = """
    KeyHints { height: 1; width: 1fr; dock: bottom; background: $panel; color: $faint; }
    .box KeyHints { dock: none; background: $surface; }
    """
    ALLOW_SELECT = False

    def __init__(self, *ids: str, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self._ids = ids

    @property
    def ids(self) -> tuple[str, ...]:
        """The actions shown."""
        return (self._ids or tuple(getattr(self.screen, "HINTS", ())))[:MOST]

    def show(self, *ids: str) -> None:
        """Show other actions from now on."""
        self._ids = ids
        self.refresh()

    def render(self) -> Content:
        """Draw ` F1 Pomoc  F3 Odczyt`."""
        parts: list[tuple[str, str]] = []
        for action_id in self.ids:
            key, word = hint(action_id)
            parts += [(" ", ""), (key, "bold $foreground"), (f" {word} ", "")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Do what the hint under the mouse says."""
        at = event.x
        for action_id in self.ids:
            key, word = hint(action_id)
            at -= cell_len(f" {key} {word} ")
            if at < 0:
                self.app.simulate_key(ACTIONS[action_id].keys_now[0])
                return
