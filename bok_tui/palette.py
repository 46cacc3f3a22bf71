"""The command palette: every action of the screen and of the application, by its words."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.app import SystemCommand
from textual.command import CommandPalette
from textual.screen import Screen

from bok_tui.i18n import _
from bok_tui.keys import ACTIONS, EVERYWHERE, Action, own_actions

if TYPE_CHECKING:
    from bok_tui.app import BokApp


def commands(app: BokApp, screen: Screen[Any]) -> Iterable[SystemCommand]:
    """Return the palette's commands: the screen's own first, then what works everywhere."""
    own = own_actions(screen)
    for action_id in dict.fromkeys([*own, *EVERYWHERE]):
        if action_id != "palette":
            action = ACTIONS[action_id]
            yield SystemCommand(
                f"{_(action.label)}  {action.shown_key}", _(action.tooltip), partial(run, app, screen, action)
            )


async def run(app: BokApp, screen: Screen[Any], action: Action) -> None:
    """Do what the key of `action` does."""
    await app.run_action(action.method, default_namespace=screen)


def open_palette(app: BokApp) -> None:
    """Show the palette, unless it is open."""
    if not CommandPalette.is_open(app):
        app.push_screen(
            CommandPalette(placeholder=_("What shall be done? Type a word of it"), id="--command-palette")
        )
