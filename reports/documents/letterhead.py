"""The head of every letter: who writes, from where, and under which numbers."""

from __future__ import annotations

from db.records.documents import Letterhead
from reports.documents.figures import account
from reports.documents.page import ACCENT, LEFT, PAGE_WIDTH, RIGHT, WIDTH, Letter, Style
from reports.documents.words import NBSP, tied

_CONTACT_WIDTH = 55.0


def write_letterhead(letter: Letter, head: Letterhead) -> None:
    """Write `head` at the top of the first page and a rule under it."""
    top = letter.get_y()
    left_width = WIDTH - _CONTACT_WIDTH - 5
    letter.say(tied(head.name), Style.NAME, width=left_width)
    letter.gap(0.8)
    letter.say(", ".join(head.address_lines), Style.SMALL, width=left_width)
    letter.say(_numbers(head), Style.NOTE, width=left_width)
    bottom = letter.get_y()
    letter.set_y(top + 1)
    for line in (f"tel. {head.phone}", head.email):
        letter.say(line, Style.SMALL, x=PAGE_WIDTH - RIGHT - _CONTACT_WIDTH, width=_CONTACT_WIDTH, align="R")
    bottom = max(bottom, letter.get_y())
    if head.account:
        letter.set_y(bottom)
        letter.say(f"Rachunek: {account(head.account)}", Style.NOTE)
        bottom = letter.get_y()
    letter.rule(bottom + 2, ACCENT, 0.6)
    letter.set_xy(LEFT, bottom + 2)


def _numbers(head: Letterhead) -> str:
    numbers = [("NIP", head.nip), ("REGON", head.regon), ("KRS", head.krs)]
    return " · ".join(f"{name}{NBSP}{value}" for name, value in numbers if value)
