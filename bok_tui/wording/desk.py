"""What the desk says: what waits to be done, and what may be typed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.content import Content

from bok_tui.codes import CODES
from bok_tui.i18n import _, ngettext

if TYPE_CHECKING:
    from db.records.incoming import InboxCounts
    from db.records.request_views import RequestCounts
    from db.records.worklists import WorkCounts

LINES = 3
"""Lines in which the desk says what waits."""


Piece = tuple[str, str]
"""Words and their style."""


def waiting_words(
    counts: WorkCounts,
    requests: RequestCounts | None = None,
    mail: InboxCounts | None = None,
    *,
    to_correct: int = 0,
    width: int = 80,
) -> Content:
    """Say what waits, in three lines; what presses is bold and has its sign.

    `to_correct` are the invoices that only a supervisor is told of. What three lines of `width` cells
    do not hold is left out, the least pressing first.
    """
    pieces = [
        *_counted(counts.limit, ((_("readings to approve %(count)s"), counts.pending_readings),)),
        *_of_requests(requests),
        *_of_notices(counts),
        *_of_mail(mail),
        *_counted(
            counts.limit,
            (
                (_("payments to match %(count)s"), counts.unmatched_payments),
                (_("invoices to correct %(count)s"), to_correct),
                (_("clients without PESEL %(count)s"), counts.without_pesel),
                (_("e-mails in doubt %(count)s"), counts.unconfirmed_emails),
                (_("without NIP %(count)s"), counts.failing_nip),
            ),
        ),
    ]
    if not pieces:
        return Content.styled(" " + _("Nothing waits to be done."), "$faint")
    head = " " + _("To do") + "  "
    parts: list[Piece] = [(head, "$faint")]
    lines, used = 1, len(head)
    for piece in pieces:
        size = len(piece[0]) + (3 if used > len(head) else 0)
        if used + size > width and lines == LINES:
            break
        if used + size > width:
            lines, used = lines + 1, len(head)
            parts.append(("\n" + " " * len(head), ""))
            size = len(piece[0])
        parts += [(" · ", "$faint"), piece] if used > len(head) else [piece]
        used += size
    return Content.assemble(*parts)


def _of_requests(counts: RequestCounts | None) -> list[Piece]:
    if counts is None:
        return []
    late = [(_("! late %(count)s"), counts.overdue), (_("! complaints due %(count)s"), counts.complaints_due)]
    words = _("requests %(count)s")
    if counts.mine:
        words = _("requests %(count)s, mine %(mine)s").replace("%(mine)s", str(counts.mine))
    return [
        *_counted(counts.limit, ((words, counts.to_decide),)),
        *((told, "bold $text-warning") for told, _style in _counted(counts.limit, late)),
    ]


def _of_mail(counts: InboxCounts | None) -> list[Piece]:
    if counts is None or not counts.new:
        return []
    return _counted(
        counts.limit, ((ngettext("mail %(count)s new", "mail %(count)s new", counts.new), counts.new),)
    )


def _of_notices(counts: WorkCounts) -> list[Piece]:
    pieces = _counted(counts.limit, ((_("open notices %(count)s"), counts.open_notices),))
    if counts.urgent_notices:
        words = ngettext(
            "! %(count)s near its deadline", "! %(count)s near their deadline", counts.urgent_notices
        )
        pieces += [
            (told, "bold $text-warning")
            for told, _style in _counted(counts.limit, ((words, counts.urgent_notices),))
        ]
    return pieces


def _counted(limit: int, told: Iterable[tuple[str, int]]) -> list[Piece]:
    """Return what waits with its count; nothing where there is none, `1000+` where there are too many."""
    return [
        (words % {"count": f"{limit}+" if count >= limit else str(count)}, "")
        for words, count in told
        if count
    ]


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
