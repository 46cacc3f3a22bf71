"""Run as a program on a pty: the desk over fifty clients, without a database, in Polish."""

from __future__ import annotations

import sys
from pathlib import Path

from bok_tui.i18n import choose_language
from tests.tui.fakes import FakeOffice, desk_app, hit

if __name__ == "__main__":
    choose_language("pl")
    clients = tuple(hit(str(100000 + n), f"Kowalski Jan {n:02d}") for n in range(50))
    desk_app(Path(sys.argv[1]), FakeOffice(clients)).run()
