"""Run as a program on a pty: the agents' screen over hostile data, without a database.

Arguments: a folder for settings, and `unfiltered` to leave the last filter out (the control).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path

from textual.filter import LineFilter

from bok_tui import safe_text
from bok_tui.i18n import choose_language
from db.records.people import Role, StaffMember
from tests.reports.hostile import HOSTILE
from tests.tui.fakes import DeskApp, FakeOffice, hit, workplace

SHORT = tuple(text for text in HOSTILE if len(text) < 500)
HITS = tuple(
    hit(str(100000 + at), f"Zły {text}", f"ul. {text} 1, 99-801 {text}", meters=(text,))
    for at, text in enumerate(SHORT)
)


def hostile_app(folder: Path) -> DeskApp:
    """Return the desk with hostile names of clients, of the person and of the utility."""
    staff = StaffMember(id=1, login="anna", name=f"Anna {SHORT[11]}{SHORT[0]}", role=Role.AGENT)
    app = DeskApp(workplace(folder, FakeOffice(HITS), staff=staff))
    app.opened = []
    return app


class Unfiltered(DeskApp):
    """The same without the last filter and the replacing before it."""

    def get_line_filters(self) -> Sequence[LineFilter]:
        return []


def main(arguments: list[str]) -> None:
    """Run until it is killed."""
    choose_language("pl")
    app = hostile_app(Path(arguments[0]))
    if "unfiltered" in arguments:
        app.__class__ = Unfiltered
        safe_text.HIDDEN = re.compile("(?!)")
    app.run()


if __name__ == "__main__":
    main(sys.argv[1:])
