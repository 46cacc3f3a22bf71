"""Text from people on the screen: never markup, never an escape sequence."""

from __future__ import annotations

import re
from collections.abc import Callable

from rich.segment import Segment
from textual.color import Color
from textual.content import Content
from textual.filter import LineFilter

HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
"""Control, bidirectional, zero-width and lone surrogate characters."""

_FIRST_WITHOUT_WIDTH = "\u0300"
"""The combining accents begin here; what is printable and below takes one cell."""


def plain(text: str) -> Content:
    """Return `text` to be shown letter by letter: brackets are brackets.

    Every string that holds data goes through here (or `Content.assemble`, `Content.styled`) before
    it reaches a widget; a bare `str` would be read as markup.
    """
    return Content(visible(text))


def visible(text: str) -> str:
    """Return `text` with characters that a terminal would obey, or not show, as U+FFFD."""
    return text if text.isascii() and text.isprintable() else HIDDEN.sub("\ufffd", text)


def fit(text: str, width: int) -> str:
    """Return `text` in exactly `width` cells: padded, or cut with an ellipsis."""
    if text.isprintable() and max(text, default="") < _FIRST_WITHOUT_WIDTH:  # a cell each; nearly all text
        if len(text) <= width:
            return text.ljust(width)
        return (text[: width - 1].rstrip() + "…").ljust(width) if width > 0 else ""
    from rich.cells import cell_len, set_cell_size

    text = visible(text).replace("\n", " ").replace("\t", " ")
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    if width < 1:
        return ""
    return set_cell_size(set_cell_size(text, width - 1).rstrip() + "…", width)


class ControlFilter(LineFilter):
    """The last line before the terminal: replaces what it would obey in every painted line."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return `segments` with hidden characters shown as U+FFFD."""
        if all(segment.text.isascii() and segment.text.isprintable() for segment in segments):
            return segments
        search: Callable[[str], object] = HIDDEN.search
        return [
            Segment(HIDDEN.sub("\ufffd", segment.text), segment.style, segment.control)
            if segment.control is None and search(segment.text)
            else segment
            for segment in segments
        ]
