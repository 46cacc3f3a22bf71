"""What a database must look like after many wrote to it: whole operations, and all that were acknowledged."""

from __future__ import annotations

import json
from collections import Counter as Tally
from dataclasses import dataclass

import sqlalchemy as sa

from db.check import check_database
from db.models import metadata
from db.office import House
from tests.db.builders import rows


@dataclass(frozen=True)
class Evidence:
    """What stands in the database."""

    submissions: Tally[str]
    """Of the readings, each with how often it is there."""
    recorded: Tally[str]
    """Subjects of the audit entries `reading.recorded`."""
    readings: Tally[str]
    """The same subjects as the rows of the table give them."""
    same_day: int
    """Pairs of meter and day with more than one reading."""
    serials: tuple[int, ...]
    counter: int | None
    faults: tuple[str, ...]
    """What `bok db check` finds wrong."""

    @property
    def half_done(self) -> Tally[str]:
        """Readings without their audit entry, and entries without their reading."""
        return (self.readings - self.recorded) + (self.recorded - self.readings)

    def lost(self, acknowledged: set[str]) -> set[str]:
        """Return what was acknowledged and is not there."""
        return {about for about in acknowledged if not self.submissions[about]}

    def require_whole(self) -> None:
        """Fail unless every operation is there wholly or not at all, and once."""
        assert not self.half_done
        assert not [about for about, count in self.submissions.items() if count > 1]
        assert self.same_day == 0
        assert self.serials == tuple(range(1, len(self.serials) + 1))
        assert (self.counter or 0) == len(self.serials)
        assert self.faults == ()


def gather(house: House, *, checked: bool) -> Evidence:
    """Read the evidence; where `checked`, `check_database` judges the rest, journal chain included."""
    readings = rows(house.database, "reading", "submission IS NOT NULL")
    entries = rows(house.database, "audit_entry", "action = 'reading.recorded'")
    documents = rows(house.database, "issued_document")
    days = Tally((row["meter_id"], row["day"]) for row in readings)
    checks = check_database(house).checks if checked else ()
    return Evidence(
        submissions=Tally(row["submission"] for row in readings),
        recorded=Tally(_facts(entry["subject"], json.loads(entry["after"])["state"]) for entry in entries),
        readings=Tally(_facts(f"reading {row['id']}", row["state"]) for row in readings),
        same_day=sum(count > 1 for count in days.values()),
        serials=tuple(sorted(row["serial"] for row in documents)),
        counter=_counter(house),
        faults=tuple(f"{check.name}: {check.detail}" for check in checks if not check.ok),
    )


def _facts(subject: str, state: int) -> str:
    return f"{subject} = {state}"


def _counter(house: House) -> int | None:
    table = metadata.tables["counter"]
    with house.database.reader.connect() as connection:
        value = connection.execute(sa.select(sa.func.max(table.c.value))).scalar()
    return None if value is None else int(value)
