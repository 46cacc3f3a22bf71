"""Payments counted anew, one after the other."""

from __future__ import annotations

from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import ZERO, Counted, by_id, day_of, sum_up
from tests.reports.supervision.town import Tables

FIGURES = ["payments", "by_hand", "taken_back", "received", "returned", "net"]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    decisions = {row["line_id"]: row for row in tables["bank_line_decision"]}
    views: dict[str, dict[Any, dict[str, Any]]] = {"source": {}, "day": {}}
    for payment in tables["payment"]:
        if not question.since <= payment["day"] <= question.until:
            continue
        line = payment["bank_line_id"]
        keys = {"source": "bank" if line else payment["method"].value, "day": payment["day"]}
        for view, key in keys.items():
            empty = {"payments": 0, "by_hand": 0, "taken_back": 0}
            row = views[view].setdefault(key, {**empty, "received": ZERO, "returned": ZERO, "net": ZERO})
            row["net"] += payment["amount"]
            if payment["amount"] > 0:
                row["payments"] += 1
                row["received"] += payment["amount"]
            else:
                row["returned"] -= payment["amount"]
            row["taken_back"] += payment["reverses_id"] is not None
            row["by_hand"] += line is not None and decisions[line]["how"] == "person"
    files = by_id(tables, "bank_file")
    waiting = []
    for line in sorted(tables["bank_line"], key=lambda line: (line["day"], line["id"])):
        decision = decisions.get(line["id"])
        file = files[line["file_id"]]
        known = day_of(file["imported_at"]) <= question.as_of
        if known and (decision is None or day_of(decision["decided_at"]) > question.as_of):
            parts = {"line": line["id"], "day": line["day"], "amount": line["amount"]}
            waiting.append({**parts, "payer": line["name"], "file": file["name"]})
    found: dict[str, Counted] = {"unmatched": (waiting, sum_up(waiting, ["amount"]))}
    for view, rows in views.items():
        lines = [{view: key, **rows[key]} for key in sorted(rows)]
        found[view] = (lines, sum_up(lines, FIGURES))
    return found
