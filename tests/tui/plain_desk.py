"""Run as a program on a pty: the desk over fifty clients, without a database, in Polish.

Its clock stands: what is written is counted, and a minute that passes is painted.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

from bok_tui.i18n import choose_language
from tests.tui.fakes import FakeOffice, desk_app, hit

if __name__ == "__main__":
    choose_language("pl")
    clients = tuple(hit(str(100000 + n), f"Kowalski Jan {n:02d}") for n in range(50))
    noon = datetime(2026, 12, 1, 11, tzinfo=UTC)
    desk_app(Path(sys.argv[1]), FakeOffice(clients), clock=lambda: noon).run()
