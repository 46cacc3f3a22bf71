"""Contacts counted anew, one after the other."""

from __future__ import annotations

import math
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import Counted, by_id, day_of, local, name_of
from tests.reports.supervision.tables import Row, Tables


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    staff, clients = by_id(tables, "staff"), by_id(tables, "client")
    views: dict[str, dict[Any, list[Row]]] = {
        key: {} for key in ("purpose", "agent", "channel", "hour", "weekday", "day")
    }
    chosen = []
    for contact in tables["contact"]:
        start = local(contact["started_at"])
        if not question.since <= start.date() <= question.until:
            continue
        chosen.append(contact)
        keys = {
            "purpose": contact["purpose"].value if contact["purpose"] else "",
            "agent": staff[contact["staff_id"]]["login"],
            "channel": contact["channel"].value,
            "hour": start.hour,
            "weekday": start.weekday() + 1,
            "day": start.date(),
        }
        for view, key in keys.items():
            views[view].setdefault(key, []).append(contact)
    totals = _row(tables, chosen, question) if chosen else {}
    listed = [
        {
            "at": contact["started_at"],
            "client": clients[contact["client_id"]]["number"],
            "name": name_of(clients[contact["client_id"]]),
            "agent": staff[contact["staff_id"]]["login"],
            "channel": contact["channel"],
            "purpose": contact["purpose"] or "",
        }
        for contact in sorted(chosen, key=lambda row: (row["started_at"], row["id"]), reverse=True)
    ]
    return {"list": (listed, {})} | {
        view: ([{view: key, **_row(tables, rows[key], question)} for key in sorted(rows)], totals)
        for view, rows in views.items()
    }


def _row(tables: Tables, contacts: list[Row], question: Question) -> dict[str, Any]:
    times, failed = [], 0
    running = solved = 0
    for contact in contacts:
        if contact["ended_at"] is None or day_of(contact["ended_at"]) > question.as_of:
            running += 1
        else:
            solved += contact["outcome"] is not None and contact["outcome"].value == "solved"
            start = contact["started_at"].replace(microsecond=0)
            times.append(int((contact["ended_at"].replace(microsecond=0) - start).total_seconds()))
        for answer in tables["verification_answer"]:
            if answer["contact_id"] == contact["id"] and day_of(answer["at"]) <= question.as_of:
                failed += not answer["correct"]
    return {
        "contacts": len(contacts),
        "running": running,
        "solved": solved,
        "failed": failed,
        "seconds_p50": _rank(times, 0.5),
        "seconds_p90": _rank(times, 0.9),
        "first_7": _first(tables, contacts, question, 7),
        "first_14": _first(tables, contacts, question, 14),
    }


def _rank(times: list[int], part: float) -> int | None:
    return sorted(times)[math.ceil(round(len(times) * part, 6)) - 1] if times else None


def _first(tables: Tables, contacts: list[Row], question: Question, days: int) -> Decimal | None:
    judged = resolved = 0
    for contact in contacts:
        start = contact["started_at"]
        if contact["purpose"] is None or day_of(start + timedelta(days=days)) > question.as_of:
            continue
        judged += 1
        again = False
        for other in tables["contact"]:
            if other["client_id"] == contact["client_id"] and other["purpose"] == contact["purpose"]:
                apart = other["started_at"].replace(microsecond=0) - start.replace(microsecond=0)
                if other["started_at"] > start and apart <= timedelta(days=days):
                    again = True
        resolved += not again
    return (Decimal(100 * resolved) / judged).quantize(Decimal("0.1"), ROUND_HALF_UP) if judged else None
