"""What the desk says: what waits to be done, and what may be typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from bok_tui.codes import CODES
from bok_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from db.records.worklists import WorkCounts


def waiting_words(counts: WorkCounts, *, to_correct: int = 0) -> Content:
    """Say what waits, in two lines; what presses is bold and has its sign.

    `to_correct` are the invoices that only a supervisor is told of.
    """
    first, second = [], []
    if counts.pending_readings:
        first.append((_("readings to approve %(count)s") % _counted(counts.pending_readings, counts), ""))
    if counts.without_pesel:
        first.append((_("clients without PESEL %(count)s") % _counted(counts.without_pesel, counts), ""))
    if counts.open_notices:
        second.append((_("open notices %(count)s") % _counted(counts.open_notices, counts), ""))
    if counts.urgent_notices:
        words = ngettext(
            "! %(count)s near its deadline", "! %(count)s near their deadline", counts.urgent_notices
        )
        second.append((words % _counted(counts.urgent_notices, counts), "bold $text-warning"))
    if counts.unmatched_payments:
        second.append((_("payments to match %(count)s") % _counted(counts.unmatched_payments, counts), ""))
    if to_correct:
        first.append((_("invoices to correct %(count)s") % _counted(to_correct, counts), ""))
    if not first and not second:
        return Content.styled(" " + _("Nothing waits to be done."), "$faint")
    head = " " + _("To do") + "   "
    parts: list[tuple[str, str]] = [(head, "$faint")]
    for line in filter(None, (first, second)):
        if len(parts) > 1:
            parts.append(("\n" + " " * len(head), ""))
        for place, piece in enumerate(line):
            parts += [(" · ", "$faint"), piece] if place else [piece]
    return Content.assemble(*parts)


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
