"""Requests counted anew, one after the other."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import Counted, by_id, day_of, state_on, sum_up
from tests.reports.supervision.tables import Tables

AGES = [("age_3", 3), ("age_7", 7), ("age_10", 10), ("age_14", 14)]
OPEN = ["submitted", "in_review", "needs_info", "approved"]
AGED = ["open", "age_3", "age_7", "age_10", "age_14", "older", "overdue"]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    staff = by_id(tables, "staff")
    waiting: dict[str, dict[str, int]] = {}
    closed: list[dict[str, Any]] = []
    for request in tables["request"]:
        last, steps = state_on(tables, request, question.as_of)
        if last is None:
            continue
        kind = request["kind"].value
        if last["state"].value in OPEN:
            row = waiting.setdefault(kind, dict.fromkeys(AGED, 0))
            old = working_days(tables, request["received_on"], question.as_of)
            row["open"] += 1
            row[next((name for name, most in AGES if old <= most), "older")] += 1
            row["overdue"] += request["deadline"] < question.as_of
        elif question.since <= day_of(last["at"]) <= question.until:
            names = [step["event"].value for step in steps]
            again = "approve" in names and "give_back" in names[names.index("approve") :]
            days = working_days(tables, request["received_on"], day_of(last["at"]))
            agent = staff[last["staff_id"]]["login"] if last["staff_id"] else ""
            closed.append(
                {"kind": kind, "agent": agent, "state": last["state"].value, "again": again, "days": days}
            )
    rows = [{"kind": kind, **waiting[kind]} for kind in sorted(waiting)]
    found: dict[str, Counted] = {"open": (rows, sum_up(rows, AGED))}
    for view in ("kind", "agent"):
        keys = sorted({row[view] for row in closed})
        lines = [{view: key, **_done([row for row in closed if row[view] == key])} for key in keys]
        found[view] = (lines, _done(closed) if closed else {})
    return found


def _done(rows: list[dict[str, Any]]) -> dict[str, Any]:
    states = [row["state"] for row in rows]
    days = sorted(row["days"] for row in rows)
    return {
        "processed": len(rows),
        **{state: states.count(state) for state in ("applied", "rejected", "withdrawn", "superseded")},
        "reopened": len([row for row in rows if row["again"]]),
        "days_p50": days[math.ceil(len(days) / 2) - 1],
        "days_p90": days[math.ceil(round(len(days) * 0.9, 6)) - 1],
    }


def working_days(tables: Tables, first: date, last: date) -> int:
    """Working days after the first day up to the last."""
    holidays: set[Any] = {row["day"] for row in tables["holiday"]}
    number = 0
    while first < last:
        first += timedelta(days=1)
        number += first.weekday() < 5 and first not in holidays
    return number
