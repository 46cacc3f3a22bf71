"""Many meters for batches and files of readings, written in a few statements."""

from __future__ import annotations

from datetime import date

from db.models import metadata
from db.office import House
from db.records.clients import ClientKind, MeterRole
from db.records.people import Channel
from tests.conftest import START

INSTALLED, LAST_READ = date(2026, 1, 1), date(2026, 8, 31)
FIRST = 5_000
"""Keys far from those that builders give."""


def build_meters(house: House, count: int, *, read: bool = True) -> list[str]:
    """Write `count` clients with a meter each; return the meters' numbers.

    Each was `read` at 100 in August, or never.
    """
    keys = range(FIRST, FIRST + count)
    tables: dict[str, list[dict[str, object]]] = {
        "client": [
            {
                "id": key, "number": f"{400_000 + key}", "kind": ClientKind.PERSON, "last_name": "Żółw",
                "first_name": "Anna", "name_key": "zolw anna", "created_at": START, "version": 1,
            }
            for key in keys
        ],
        "contract": [
            {
                "id": key, "number": f"U/{key}", "client_id": key, "signed_on": INSTALLED,
                "starts_on": INSTALLED, "period_months": 1,
            }
            for key in keys
        ],
        "address": [
            {
                "id": key, "client_id": key, "house": str(key), "postal_code": "43-400", "town": "Dolna",
                "street_key": "dolna", "number_key": str(key), "town_key": "dolna",
            }
            for key in keys
        ],
        "supply_point": [{"id": key, "contract_id": key, "address_id": key, "sewage": True} for key in keys],
        "meter": [
            {
                "id": key, "number": f"{60_000_000 + key}", "supply_point_id": key, "role": MeterRole.MAIN,
                "digits": 5, "verified_until": date(2029, 12, 31), "installed_on": INSTALLED,
                "installed_state": 0, "version": 1,
            }
            for key in keys
        ],
        "reading": [
            {
                "meter_id": key, "day": LAST_READ, "state": 100, "consumption": 100, "rollover": False,
                "channel": Channel.FIELD, "estimated": False, "needs_approval": False, "note": "",
                "findings": "[]", "recorded_at": START,
            }
            for key in keys
            if read
        ],
    }  # fmt: skip
    with house.database.writer.connect() as connection, connection.begin():
        for name, rows in tables.items():
            if rows:
                connection.execute(metadata.tables[name].insert(), rows)
    return [f"{60_000_000 + key}" for key in keys]
