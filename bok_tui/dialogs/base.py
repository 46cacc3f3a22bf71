"""Dialogs: typed, and they always answer."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.binding import BindingType
from textual.screen import ModalScreen

from bok_tui.asking import Asking
from bok_tui.keys import bindings
from bok_tui.leaving import Leaving
from bok_tui.widgets.too_small import Sized

T = TypeVar("T")
MOST_TRANSLUCENT = 2
"""Dialogs one above the other through which the screen below may shine."""


class Dialog(Sized, Leaving, ModalScreen[T], Asking, Generic[T]):
    """Base of dialogs. Every way out is `self.dismiss(answer)`: never `app.pop_screen()`.

    Open it with `self.app.push_screen(SomeDialog(...), callback)`. Its box is the one child with
    the class `box`; the last line of the box is `yield KeyHints()`. Override `unsaved`, and `nothing`
    when leaving by Esc answers something else than None.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings("help")
    HINTS: ClassVar[tuple[str, ...]] = ("ok",)
    """Ids of at most six actions for the dialog's last line."""
    HELP: ClassVar[str] = ""
    """A few sentences for F1 (English source text)."""
    TITLE_TEXT: ClassVar[str] = ""
    """Name of the dialog for F1 (English source text)."""

    def on_mount(self) -> None:
        """Cover what lies below when dialogs pile up.

        Textual paints what shines through a dialog recursively, and four translucent ones exceed
        Python's recursion limit.
        """
        depth = sum(isinstance(screen, ModalScreen) for screen in self.app.screen_stack)
        self.set_class(depth > MOST_TRANSLUCENT, "-deep")
