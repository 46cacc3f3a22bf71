"""What recounts share: nothing clever, only loops."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from db.rules.text import polish_key
from tests.reports.supervision.tables import Row, Tables

ZONE = ZoneInfo("Europe/Warsaw")
ZERO = Decimal("0.00")
Counted = tuple[list[dict[str, Any]], dict[str, Any]]
"""Rows and totals."""


def local(instant: datetime) -> datetime:
    return instant.astimezone(ZONE)


def day_of(instant: datetime) -> date:
    return local(instant).date()


def by_id(tables: Tables, name: str) -> dict[int, Row]:
    return {row["id"]: row for row in tables[name]}


def name_of(client: Row) -> str:
    if client["company_name"]:
        return str(client["company_name"])
    return f"{client['last_name']} {client['first_name']}"


def working_day_from(day: date, holidays: set[date]) -> date:
    while day.weekday() >= 5 or day in holidays:
        day += timedelta(days=1)
    return day


def sum_up(rows: list[dict[str, Any]], names: list[str]) -> dict[str, Any]:
    """Return the sum of each of these columns; nothing for no rows."""
    found: dict[str, Any] = {}
    for row in rows:
        for name in names:
            found[name] = row[name] if name not in found else found[name] + row[name]
    return found


def counts_on(tables: Tables, reading: Row, day: date) -> bool:
    """Whether a reading was on file and counted at the end of the day."""
    if reading["day"] > day or day_of(reading["recorded_at"]) > day:
        return False
    kinds = set()
    for decision in tables["reading_decision"]:
        if decision["reading_id"] == reading["id"] and day_of(decision["decided_at"]) <= day:
            kinds.add(decision["kind"])
    return "voided" not in kinds and (not reading["needs_approval"] or "approved" in kinds)


def meter_in_use(meter: Row, day: date) -> bool:
    return bool(meter["installed_on"] <= day and (meter["removed_on"] is None or meter["removed_on"] > day))


def contract_runs(contract: Row, day: date) -> bool:
    return bool(contract["starts_on"] <= day and (contract["ends_on"] is None or contract["ends_on"] >= day))


def months_back(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    place = day.year * 12 + day.month - 1 - months
    return date(place // 12, place % 12 + 1, 1)


def place_of(address: Row) -> dict[str, str]:
    house = address["house"] + (f"/{address['flat']}" if address["flat"] else "")
    return {"town": address["town"], "street": address["street"] or "", "house": house}


def walk(row: dict[str, Any]) -> tuple[Any, ...]:
    digits = ""
    for letter in row["house"]:
        if letter.isdigit():
            digits += letter
        elif digits:
            break
    keys = (polish_key(row["town"]), polish_key(row["street"]), int(digits or 0))
    return (*keys, row["house"], row["meter"])


def state_on(tables: Tables, request: Row, day: date) -> tuple[Row | None, list[Row]]:
    """The last step of a request by the end of the day, and all steps by then."""
    steps = [
        step
        for step in sorted(tables["request_step"], key=lambda step: step["id"])
        if step["request_id"] == request["id"] and day_of(step["at"]) <= day
    ]
    return (steps[-1] if steps else None), steps
