"""Run as a program on a pty: the agents' screen over a real database, somebody signed in, its clock standing.

Arguments: the database's address, a folder for settings, and the id and login of a supervisor.
"""

from __future__ import annotations

import sys
from pathlib import Path

from bok_tui.app import BokApp
from bok_tui.i18n import choose_language
from bok_tui.workplace import Workplace
from db.engine import open_database
from db.office import House
from db.policy import Policy
from db.records.people import Role, StaffMember
from db.settings import load_settings
from tests.conftest import KEY, TestClock


def main(address: str, folder: str, staff_id: str, login: str) -> None:
    """Run until it is killed."""
    choose_language("en")
    clock = TestClock()
    staff = StaffMember(id=int(staff_id), login=login, name="Kazimierz Wzorcowy", role=Role.SUPERVISOR)
    settings = load_settings({"BOK_HOME": str(Path(folder))})
    place = Workplace(
        settings, lambda: House(open_database(address), clock, Policy(), KEY), clock=clock, staff=staff
    )
    BokApp(place).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
