"""What all that happens in the sample town is made with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from db.clock import day_begins
from db.records.people import StaffMember
from tests.db.builders import Builder
from tests.reports.supervision.tables import Tables

PAST = date(2026, 10, 7)
"""The day inside the past for which every report is asked as well."""


@dataclass
class Happening:
    """Where something happens, drawn from one seed, and what any of it leaves behind."""

    build: Builder
    tables: Tables
    chance: Random
    staff: list[StaffMember]

    def entry(self, client: int, kind: str, day: date, amount: Decimal, **source: int) -> None:
        """Write a line of the ledger."""
        self.build.add(
            "ledger_entry",
            client_id=client,
            kind=kind,
            day=day,
            amount=amount,
            recorded_at=time_on(day),
            **source,
        )

    def paper(self, kind: str, place: int, client: int, day: date) -> int:
        """Issue a document; return its id."""
        return self.build.add(
            "issued_document", kind=kind, serial=9000 + place, number=f"{kind}/{place}", client_id=client,
            snapshot="{}", snapshot_sha256="0" * 64, staff_id=self.staff[2].id, issued_at=time_on(day),
        )  # fmt: skip


def time_on(day: date, hour: int = 9) -> datetime:
    """Return an hour of a day in Warsaw."""
    return day_begins(day) + timedelta(hours=hour)
