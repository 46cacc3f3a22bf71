"""What recounts share: nothing clever, only loops."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from tests.reports.supervision.town import Row, Tables

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
