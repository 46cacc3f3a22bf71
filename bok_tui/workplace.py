"""What one running screen stands on: settings, the house (opened late, in a thread), who works here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from db.clock import Clock, system_clock
from db.errors import NotAllowed
from db.records.people import StaffMember
from db.settings import Settings
from db.words import N_

if TYPE_CHECKING:
    from db.office import House, Office
    from db.records.contacts import ContactState


CLOSING_WAITS = 1.0
"""Seconds for which closing waits for a database that is being opened."""


@dataclass(slots=True)
class Workplace:
    """A desk: one person at a time works at it. Methods marked so may take long: call them in a thread."""

    settings: Settings
    open_house: Callable[[], House]
    """Opens the database; called once, in a thread, so that the first paint waits for nothing."""
    demo: bool = False
    """Marks the header DEMO: the sample town."""
    clock: Clock = system_clock
    monotonic: Callable[[], float] = time.monotonic
    """Seconds that only go forward; for the idle lock."""
    staff: StaffMember | None = None
    """Who is signed in."""
    contact: ContactState | None = None
    """The contact under way; it goes on while the agent looks something up at the desk."""
    has_taken: bool = False
    """True once requests were taken for review, which are given back when the agent goes."""
    utility_name: str = ""
    """The utility's short name, once it was read from the database."""
    _house: House | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def house(self) -> House:
        """Return the opened house (in a thread); raises DatabaseUnavailable."""
        with self._lock:
            if self._house is None:
                self._house = self.open_house()
            return self._house

    def office(self, contact_id: int | None = None) -> Callable[[], Office]:
        """Return what opens the door to the data for whoever is signed in now; call that in a thread.

        It raises NotAllowed when that person is not at the desk any more: what somebody asked for is
        never done in the name of the next. Raises DatabaseUnavailable.
        """
        asking = self.staff

        def opened() -> Office:
            house = self.house()
            now = self.staff
            if asking is None or now is None or now.id != asking.id:
                raise NotAllowed(N_("Sign in first."))
            return house.office(asking).for_contact(contact_id)

        return opened

    def close(self) -> None:
        """Close the database's connections, if it was opened; one that is still opening is left alone."""
        if not self._lock.acquire(timeout=CLOSING_WAITS):
            return
        try:
            if self._house is not None:
                self._house.database.close()
                self._house = None
        finally:
            self._lock.release()
