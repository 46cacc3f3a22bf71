"""The tabs of the client card, on one line however narrow it is."""

from __future__ import annotations

from textual.content import Content
from textual.style import Style

from bok_tui.i18n import _
from bok_tui.screens.client_money import MONEY_TABS

TABS = ("meters", *MONEY_TABS, "contacts", "documents", "timeline", "requests")
"""In the order of their digits."""
CLOCK = 16
"""Columns of the clock beside them."""


def tabs_line(current: str, width: int) -> Content:
    """Return the tabs for a window of `width` columns; without room, digits stand at their names."""
    names = (
        *(_("Meters"), _("Bills"), _("Paid"), _("Account")),
        *(_("Calls"), _("Papers"), _("Events"), _("Asked")),
    )
    gap = " " if sum(len(name) + 3 for name in names) + 2 <= width - CLOCK else ""
    parts: list[Content] = []
    for digit, (tab, name) in enumerate(zip(TABS, names, strict=True), start=1):
        here = tab == current
        words = f"[{digit} {name}]" if here else f"{digit}{gap}{name}"
        style = Style(bold=here, reverse=here) + Style.from_meta({"@click": f"screen.show_tab('{tab}')"})
        if parts or gap:
            parts.append(Content.styled("─", "$rule"))
        parts.append(Content.styled(words, style).stylize("bold $accent" if not here else "bold", 0, 1))
    return Content("").join(parts)
