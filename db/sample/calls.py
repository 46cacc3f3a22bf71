"""Calls and e-mails of the past, so that a time line has something to tell."""

from __future__ import annotations

from random import Random

from db.sample.batch import Batch
from db.sample.days import Days

DESK_CHANNELS = frozenset({"phone", "email", "in_person"})
"""Channels on which a member of staff takes the reading."""
SHARE_WITH_CONTACT = 0.5
"""Readings taken at the desk that left a contact behind."""

_MATTERS = (
    ("information", "solved", "Pytanie o termin następnego odczytu."),
    ("information", "solved", "Jak odczytać stan wodomierza: tylko czarne cyfry."),
    ("document", "solved", "Prośba o potwierdzenie odczytu."),
    ("balance", "solved", "Pytanie o wysokość ostatniego rachunku."),
    ("data_change", "passed_on", "Zmiana adresu do korespondencji, wniosek w drodze."),
    ("einvoice", "passed_on", "Pytanie o fakturę elektroniczną."),
    ("complaint", "passed_on", "Zużycie zdaniem klienta za wysokie, prośba o kontrolę."),
    ("information", "call_back", "Numer wodomierza nieczytelny, oddzwonić do klienta."),
    ("other", "dropped", "Połączenie przerwane."),
)


class Desk:
    """The office's side: who took a call. Without staff there are no calls."""

    def __init__(self, batch: Batch, days: Days, staff: tuple[int, ...]) -> None:
        self._batch, self._days, self.staff = batch, days, staff

    def somebody(self, use: Random) -> int | None:
        """Return the id of a member of staff; None when there is none."""
        return self.staff[int(use.random() * len(self.staff))] if self.staff else None

    def reading_call(
        self, use: Random, client_id: int, day: int, channel: str
    ) -> tuple[int | None, int | None, str]:
        """Return who took a reading, in which contact, and when; the contact is written."""
        if channel not in DESK_CHANNELS or not self.staff:
            return None, None, self._days.instant(day, use.random())
        staff_id = self.somebody(use)
        start, end = self._days.call(day, use.random())
        if use.random() >= SHARE_WITH_CONTACT:
            return staff_id, None, end
        contact = self._contact(client_id, staff_id, channel, start, end, "reading", "solved", "")
        return staff_id, contact, end

    def matter(self, use: Random, client_id: int, before: int) -> None:
        """Write a contact about something else on a day of the year that ends at `before`."""
        if not self.staff:
            return
        staff_id = self.somebody(use)
        channel = "phone" if use.random() < 0.8 else "email"
        start, end = self._days.call(before - int(use.random() * 360), use.random())
        purpose, outcome, note = _MATTERS[int(use.random() * len(_MATTERS))]
        self._contact(client_id, staff_id, channel, start, end, purpose, outcome, note)

    def _contact(
        self, client_id: int, staff_id: int | None, channel: str, start: str, end: str, *matter: str
    ) -> int:
        contact = self._batch.add("contact", client_id, staff_id, channel, start, end, *matter)
        if channel == "phone":
            for question in ("client_number", "meter_number"):
                self._batch.add("verification_answer", contact, client_id, staff_id, question, 1, start)
        return contact
