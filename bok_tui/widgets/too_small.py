"""Covers a screen whose terminal is too small for it."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.geometry import Size
from textual.screen import Screen
from textual.widget import Widget

from bok_tui.i18n import _

LEAST = Size(80, 24)


class TooSmall(Widget):
    """Says how large the terminal has to be."""

    DEFAULT_CSS = """
    TooSmall {
        overlay: screen; position: absolute; offset: 0 0; width: 100vw; height: 100vh;
        background: $background; color: $foreground; content-align: center middle; text-align: center;
    }
    """
    ALLOW_SELECT = False

    def render(self) -> Content:
        """Draw the sentence."""
        words = {"width": LEAST.width, "height": LEAST.height, "w": self.size.width, "h": self.size.height}
        return Content(
            _("Make the window larger: %(width)s×%(height)s is needed, it is %(w)s×%(h)s.") % words
        )


def is_too_small(size: Size) -> bool:
    """Tell whether nothing sensible fits."""
    return size.width < LEAST.width or size.height < LEAST.height


class Sized:
    """Mixed into screens: covers them while the terminal is too small."""

    def on_resize(self, event: events.Resize) -> None:
        """Cover the screen, or show it again."""
        assert isinstance(self, Screen)  # noqa: S101 - mixed into screens only
        cover = self.query(TooSmall)
        if is_too_small(event.size) and not cover:
            self.mount(TooSmall())
        elif cover and not is_too_small(event.size):
            cover.remove()
