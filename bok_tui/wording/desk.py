"""What the desk says: what waits to be done, and what may be typed."""

from __future__ import annotations

from bok_tui.codes import CODES
from bok_tui.i18n import _, ngettext
from db.records.worklists import WorkCounts


def waiting_words(counts: WorkCounts) -> list[tuple[str, bool]]:
    """Say what waits, each piece with whether it presses; an empty list when nothing does."""
    said: list[tuple[str, bool]] = []
    if counts.pending_readings:
        said.append((_("readings to approve %(count)s") % _counted(counts.pending_readings, counts), False))
    if counts.open_notices:
        said.append((_("open notices %(count)s") % _counted(counts.open_notices, counts), False))
    if counts.urgent_notices:
        words = ngettext(
            "! %(count)s near its deadline", "! %(count)s near their deadline", counts.urgent_notices
        )
        said.append((words % _counted(counts.urgent_notices, counts), True))
    if counts.without_pesel:
        said.append((_("without PESEL %(count)s") % _counted(counts.without_pesel, counts), False))
    return said


def _counted(count: int, counts: WorkCounts) -> dict[str, str]:
    return {"count": f"{counts.limit}+" if count >= counts.limit else str(count)}


def how_to_begin() -> list[tuple[tuple[str, str], ...]]:
    """Return the lines of an empty desk: what is searched, and the codes."""
    lines: list[tuple[tuple[str, str], ...]] = [
        (),
        ((" " + _("Type part of a name, an address, a number or an identifier:"), "plain"),),
        ((" " + _("surname and first name in any order, street and house number, client number,"), "faint"),),
        ((" " + _("meter number, PESEL, NIP, phone, e-mail; no Polish letters needed."), "faint"),),
        (),
    ]
    return lines + code_lines()


def code_lines() -> list[tuple[tuple[str, str], ...]]:
    """Return one line a code: what is typed, and what it does."""
    return [((f"   {code:<15}", "strong"), (_(meaning), "faint")) for code, meaning in CODES]
