"""How the application tells what went wrong, and what was copied."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import App

from bok_tui.asking import new_code
from bok_tui.i18n import _, translate_template
from bok_tui.safe_text import visible
from db.errors import BokError

if TYPE_CHECKING:
    from bok_tui.idle_lock import IdleLock
    from bok_tui.type_ahead import TypeAhead

log = logging.getLogger(__name__)


class Telling(App[object]):
    """What is said to the person; part of `BokApp`."""

    type_ahead: TypeAhead
    idle_lock: IdleLock

    def report_refusal(self, error: BokError) -> None:
        """Show a refusal in a dialog; keys typed ahead of it are discarded."""
        self.report(translate_template(error.message, error.params))

    def report_fault(self, kind: str, code: str) -> None:
        """Show a fault of ours: one sentence and the code under which the log tells more."""
        sentence = _("Something is wrong in the program (%(kind)s); the last step saved nothing.")
        self.report(sentence % {"kind": kind}, code=code)

    def report(self, sentence: str, *, code: str = "") -> None:
        """Show a sentence in an error dialog; keys typed ahead of it are discarded."""
        from bok_tui.dialogs.error import ErrorDialog

        self.type_ahead.discard()
        self.idle_lock.when_open(lambda: self.push_screen(ErrorDialog(sentence, code=code)))

    def copy_text(self, text: str, *, quietly: bool = False) -> None:
        """Put `text` on the clipboard, and show it for terminals that refuse it."""
        text = visible(text)
        self.copy_to_clipboard(text)
        if not quietly:
            from bok_tui.dialogs.copied import CopiedDialog

            self.push_screen(CopiedDialog(text))

    def _fatal_error(self) -> None:
        """Stop with one sentence and a code: Textual's traceback shows variables, people's data included."""
        error = self._exception
        code = new_code()
        log.critical("the screen stopped, code %s", code, exc_info=error)
        sentence = _(
            "bok had to stop because of a fault in the program (%(kind)s). What was saved is safe. "
            "Start it again; if it happens again, report the code %(code)s, which is in the log."
        )
        if self._exit_renderables:
            return  # the first fault tells what happened; those that follow are only in the log
        self.bell()
        self._exit_renderables.append(Text(sentence % {"kind": type(error).__name__, "code": code}))
        self._close_messages_no_wait()
