"""BokApp: the agents' screen. A table of contents: what it does lives in the modules it names."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.screen import Screen

from bok_tui import palette
from bok_tui.crash import last_words
from bok_tui.i18n import _, translate_template
from bok_tui.keys import EVERYWHERE, bindings
from bok_tui.leaving import Leaving
from bok_tui.safe_text import ControlFilter, visible
from bok_tui.screens.desk import DeskScreen
from bok_tui.screens.sign_in import SignInScreen
from bok_tui.themes import THEMES, next_theme
from bok_tui.type_ahead import TypeAhead, Typed
from bok_tui.workplace import Workplace
from db.errors import BokError
from db.records.people import StaffMember


class BokApp(App[object]):
    """The agents' screen over one workplace.

    Screens reach it as `self.bok`: `ask` is on every screen; `open_client`, `report_refusal`,
    `copy_text` and `type_ahead` are here.
    """

    CSS_PATH = Path(__file__).with_name("app.tcss")
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*EVERYWHERE),
        Binding("f3,f4,f5,f6,f7,f9", "not_here", show=False),
    ]

    def __init__(
        self,
        workplace: Workplace,
        *,
        sign_in_as: Callable[[], StaffMember] | None = None,
        **options: Any,
    ) -> None:
        """`sign_in_as` signs in without a password (the demo); it runs in a thread."""
        super().__init__(**options)
        self.workplace = workplace
        self.type_ahead = TypeAhead(self)
        self._sign_in_as = sign_in_as
        self._control_filter = ControlFilter()
        self._typing: asyncio.Task[None] | None = None
        for theme in THEMES.values():
            self.register_theme(theme)
        self.theme = workplace.settings.theme
        self.title = "bok"

    # -- starting and stopping

    def get_default_screen(self) -> Screen[Any]:
        """Start with the desk when somebody is signed in already, else with signing in."""
        if self.workplace.staff is not None or self._sign_in_as is not None:
            return DeskScreen(self.workplace, sign_in_as=self._sign_in_as)
        return SignInScreen(self.workplace)

    def on_mount(self) -> None:
        """Begin to hand out keys."""
        self._typing = asyncio.create_task(self.type_ahead.run(), name="type-ahead")
        self._typing.add_done_callback(self._typing_ended)

    def _typing_ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error

    def on_unmount(self) -> None:
        """Stop handing out keys."""
        if self._typing is not None:
            self._typing.cancel()

    # -- keys

    async def on_event(self, event: events.Event) -> None:
        """Put keys and pasted text in line; everything else goes its usual way."""
        if isinstance(event, events.Key | events.Paste) and not event.is_forwarded:
            if self.type_ahead.held and isinstance(event, events.Key) and event.key == "ctrl+q":
                # whoever waits for a database that does not answer may still go
                self.action_leave()
            elif not self.type_ahead.put(event):
                self.bell()
            return
        await super().on_event(event)

    @on(Typed)
    async def _hand_out(self, message: Typed) -> None:
        await super().on_event(message.event)

    # -- going places

    def open_client(self, number: str) -> None:
        """Open the card of the client with this number, from anywhere."""
        from bok_tui.screens.client import ClientScreen

        self.to_desk(lambda: self.push_screen(ClientScreen(number)))

    def to_desk(self, then: Callable[[], object] | None = None) -> None:
        """Close what lies above the desk, asking where something is unsaved; then do `then`."""
        screen = self.screen
        if isinstance(screen, DeskScreen) or len(self.screen_stack) == 1:
            if then is not None:
                then()
            return

        def close() -> None:
            screen.dismiss(screen.nothing() if isinstance(screen, Leaving) else None)
            self.to_desk(then)

        if isinstance(screen, Leaving):
            screen.ask_to_leave(close)
        else:
            close()

    def action_command_line(self) -> None:
        """Go to the command line of the desk."""
        self.to_desk(self._focus_command_line)

    def _focus_command_line(self) -> None:
        if isinstance(self.screen, DeskScreen):
            self.screen.focus_command_line()

    def action_work_lists(self) -> None:
        """Open the work lists."""
        from bok_tui.screens.worklists import WorkListScreen

        self.to_desk(lambda: self.push_screen(WorkListScreen()))

    def action_leave(self) -> None:
        """Quit; asks when something typed would be lost."""
        unsaved = [s for s in self.screen_stack if isinstance(s, Leaving) and s.unsaved]
        if not unsaved:
            self.exit()
            return
        from bok_tui.dialogs.confirm import ConfirmDialog

        question = _("What you typed is not saved. Quit all the same?")
        self.push_screen(ConfirmDialog(question), lambda yes: self.exit() if yes else None)

    def action_not_here(self) -> None:
        """Answer a function key that means nothing on this screen."""
        self.notify(_("This key does nothing here. F1 shows the keys of this screen."), markup=False)

    def action_next_theme(self) -> None:
        """Change the colours."""
        self.theme = next_theme(self.theme)

    # -- what went wrong

    def report_refusal(self, error: BokError) -> None:
        """Show a refusal in a dialog; keys typed ahead of it are discarded."""
        self.report(translate_template(error.message, error.params))

    def report_fault(self, kind: str, code: str) -> None:
        """Show a fault of ours: one sentence and the code under which the log tells more."""
        sentence = _("Something is wrong in the program (%(kind)s); nothing was saved by the last step.")
        self.report(sentence % {"kind": kind}, code=code)

    def report(self, sentence: str, *, code: str = "") -> None:
        """Show a sentence in an error dialog; keys typed ahead of it are discarded."""
        from bok_tui.dialogs.error import ErrorDialog

        self.type_ahead.discard()
        self.push_screen(ErrorDialog(sentence, code=code))

    def copy_text(self, text: str, *, quietly: bool = False) -> None:
        """Put `text` on the clipboard, and show it for terminals that refuse it."""
        text = visible(text)
        self.copy_to_clipboard(text)
        if not quietly:
            from bok_tui.dialogs.copied import CopiedDialog

            self.push_screen(CopiedDialog(text))

    def _fatal_error(self) -> None:
        """Say one sentence instead of a traceback with people's data in it."""
        self.bell()
        self._exit_renderables.append(last_words(self._exception))
        self._close_messages_no_wait()

    # -- what Textual asks an application

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no control character of anybody's data through to the terminal."""
        return [*super().get_line_filters(), self._control_filter]

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """Offer our own actions in the palette; no screenshots of people's data."""
        return palette.commands(self, screen)

    def action_command_palette(self) -> None:
        """Open the palette."""
        palette.open_palette(self)
