"""BokApp: the agents' screen. A table of contents: what it does lives in the modules it names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.app import SystemCommand
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.widgets import Input

from bok_tui import escape_key, palette
from bok_tui.i18n import _
from bok_tui.idle_lock import LOOK_EVERY, IdleLock
from bok_tui.keys import EVERYWHERE, bindings, chosen_keys
from bok_tui.memory import Tidying
from bok_tui.safe_text import ControlFilter
from bok_tui.screens.desk import DeskScreen
from bok_tui.screens.sign_in import SignInScreen
from bok_tui.stylesheet import Styles
from bok_tui.telling import Telling
from bok_tui.themes import OTHERWISE, THEMES, next_theme
from bok_tui.threads import Daemons
from bok_tui.travel import Travel
from bok_tui.type_ahead import TypeAhead, Typed
from bok_tui.workplace import Workplace
from db.records.people import StaffMember

FOLDER = Path(__file__).parent
STYLES = (
    "app.tcss",
    *(f"screens/{name}.tcss" for name in ("desk", "sign_in", "client", "reading", "worklists", "requests")),
    "screens/board.tcss",
    "screens/inbox.tcss",
    "screens/reading_batch.tcss",
)
"""Those of screens are read with the application's: what is read when a screen is pushed makes Textual
style everything anew, and those of the first screens never are pushed."""
KEPT_OFF = frozenset(
    {
        *("command_line", "work_lists", "requests", "mail", "till", "command_palette", "lock", "sign_out"),
        *("change_password", "not_here", "batch"),
    }
)
"""Actions of the application that need somebody signed in, and no lock."""


class BokApp(Travel, Telling):
    """The agents' screen over one workplace.

    Screens reach it as `self.bok`: going places is in `Travel`, telling what went wrong in
    `Telling`, keys in line in `type_ahead`, the lock in `idle_lock`.
    """

    CSS_PATH: ClassVar[Any] = [FOLDER / name for name in STYLES]
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*EVERYWHERE),
        Binding("f3,f4,f7,f9", "not_here", show=False),
    ]

    def __init__(
        self,
        workplace: Workplace,
        *,
        sign_in_as: Callable[[], StaffMember] | None = None,
        tidy_memory: bool = False,
        **options: Any,
    ) -> None:
        """`sign_in_as` signs in without a password (the demo); it runs in a thread.

        `tidy_memory` takes the process's garbage collector over, which only its own process may.
        """
        super().__init__(**options)
        self.workplace = workplace
        self.type_ahead = TypeAhead(self)
        self.idle_lock = IdleLock(self)
        self._sign_in_as = sign_in_as
        self._tidying = Tidying(resting=self.idle_lock.resting) if tidy_memory else None
        self._control_filter = ControlFilter()
        self._typing: asyncio.Task[None] | None = None
        for theme in THEMES.values():
            self.register_theme(theme)
        # sixteen colours hold no greys to tell quiet words from their background
        few = self.console.color_system == "standard"
        self.theme = "contrast" if few and workplace.settings.theme == "dark" else workplace.settings.theme
        self.stylesheet = Styles(variables=self.get_css_variables())
        self.title = "bok"

    # -- starting and stopping

    def get_default_screen(self) -> Screen[Any]:
        """Start with the desk when somebody is signed in already, else with signing in."""
        if self.workplace.staff is not None or self._sign_in_as is not None:
            return DeskScreen(self.workplace, sign_in_as=self._sign_in_as)
        return SignInScreen(self.workplace)

    def on_mount(self) -> None:
        """Begin to hand out keys, and to look whether somebody is there."""
        asyncio.get_running_loop().set_default_executor(Daemons())
        self._typing = asyncio.create_task(self.type_ahead.run(), name="type-ahead")
        self._typing.add_done_callback(self._typing_ended)
        self.set_keymap(dict(chosen_keys()))
        self.set_interval(LOOK_EVERY, self.idle_lock.look)
        if self._tidying is not None:
            self.set_interval(1.0, self._tidying.look)

    def warmed_up(self) -> None:
        """What start-up loads is there: from now on garbage waits until nobody types."""
        if self._tidying is not None:
            self._tidying.begin()

    def _typing_ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and isinstance(error := task.exception(), Exception):
            self._handle_exception(error)

    def on_unmount(self) -> None:
        """Stop handing out keys."""
        if self._typing is not None:
            self._typing.cancel()
        if self._tidying is not None:
            self._tidying.end()

    # -- keys

    async def on_event(self, event: events.Event) -> None:
        """Put keys and pasted text in line; everything else goes its usual way."""
        if isinstance(event, events.InputEvent | events.Paste):
            self.idle_lock.touched()
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if self.type_ahead.held and isinstance(event, events.Key) and event.key == "ctrl+q":
                # whoever waits for a database that does not answer may still go
                self.action_leave()
            elif not self.type_ahead.put(event):
                self.bell()
            return
        if self.screen_stack or not isinstance(event, events.Key):  # else it comes too late, as below
            await super().on_event(event)

    @on(Typed)
    async def _hand_out(self, message: Typed) -> None:
        if self.screen_stack:  # else the application is closing, and the key comes too late
            await super().on_event(message.event)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let no cursor blink: it would repaint twice a second, over SSH as well."""
        if isinstance(event.widget, Input):
            event.widget.cursor_blink = False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keep the application's actions off while nobody is signed in or the screen is locked."""
        if action in KEPT_OFF and (self.workplace.staff is None or self.idle_lock.locked):
            return False
        return super().check_action(action, parameters)

    def action_not_here(self) -> None:
        """Answer a function key that means nothing on this screen."""
        self.notify(_("This key does nothing here. F1 shows the keys of this screen."), markup=False)

    def action_help_quit(self) -> None:
        """Tell whoever presses Ctrl+C, which copies, how to quit."""
        self.notify(_("Ctrl+C copies what is selected. Ctrl+Q quits."), markup=False)

    def action_lock(self) -> None:
        """Lock the screen now."""
        self.idle_lock.lock()

    def action_next_theme(self) -> None:
        """Change the colours."""
        self.theme = next_theme(self.theme)

    # -- what Textual asks an application

    def get_driver_class(self) -> type[Driver]:
        """Take Textual's driver, with a parser for which Esc is always a key of its own."""
        escape_key.install()
        return super().get_driver_class()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give themes that are not ours the variables that our styles use."""
        return dict(OTHERWISE)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no control character of anybody's data through to the terminal."""
        return [*super().get_line_filters(), self._control_filter]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer our own actions in the palette; no screenshots of people's data."""
        return palette.commands(self, screen)

    def action_command_palette(self) -> None:
        """Open the palette."""
        palette.open_palette(self)
