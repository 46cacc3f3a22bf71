"""What every screen has: typed access to the application, asking the database, unsaved work, help."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from textual.screen import Screen

from bok_tui.asking import Asking
from bok_tui.leaving import Leaving
from bok_tui.widgets.too_small import Sized
from db.words import N_

T = TypeVar("T")


class BokScreen(Sized, Leaving, Screen[T], Asking, Generic[T]):
    """Base of full screens. Say in class variables what the footer and F1 show.

    Give `BINDINGS = bindings(...)` from `bok_tui.keys`; let `compose` end with `yield KeyHints()`.
    Override `unsaved` (and `ask_to_leave` when leaving has more to settle).

    A part of a screen declares what it knows of the whole with `@abstractmethod`. Textual's own
    metaclass leaves no room for `ABCMeta`, but mypy lets nobody make a screen that lacks one.
    """

    HINTS: ClassVar[tuple[str, ...]] = ("help",)
    """Ids of at most six actions for the footer, most wanted first."""
    HELP: ClassVar[str] = N_("Type, and look at the foot of the screen for the keys.")
    """A few sentences for F1 (English source text; a paragraph a line)."""
    TITLE_TEXT: ClassVar[str] = ""
    """Name of the screen for F1 (English source text)."""
