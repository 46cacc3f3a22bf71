"""What everybody did, counted anew."""

from __future__ import annotations

from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import Counted, by_id, day_of, sum_up
from tests.reports.supervision.tables import Tables

FIGURES = [
    *["contacts", "readings", "own_corrections", "decisions", "requests", "decided"],
    *["documents", "payments", "looks"],
]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    readings = by_id(tables, "reading")
    done: dict[tuple[Any, str], int] = {}

    def note(figure: str, staff: Any, at: Any) -> None:
        if question.since <= day_of(at) <= question.until:
            done[staff, figure] = done.get((staff, figure), 0) + 1

    for row in tables["contact"]:
        note("contacts", row["staff_id"], row["started_at"])
    for row in tables["reading"]:
        note("readings", row["staff_id"], row["recorded_at"])
    for row in tables["reading_decision"]:
        if row["kind"] != "voided":
            note("decisions", row["staff_id"], row["decided_at"])
        elif readings[row["reading_id"]]["staff_id"] == row["staff_id"]:
            note("own_corrections", row["staff_id"], row["decided_at"])
    for row in tables["request"]:
        note("requests", row["submitted_by"], row["submitted_at"])
    for row in tables["request_step"]:
        if row["event"].value in ("approve", "reject"):
            note("decided", row["staff_id"], row["at"])
    for row in tables["issued_document"]:
        note("documents", row["staff_id"], row["issued_at"])
    for row in tables["payment"]:
        note("payments", row["staff_id"], row["recorded_at"])
    for row in tables["access_entry"]:
        note("looks", row["staff_id"], row["at"])
    rows = []
    for member in sorted(tables["staff"], key=lambda row: str(row["login"])):
        figures = {figure: done.get((member["id"], figure), 0) for figure in FIGURES}
        rows.append({"agent": member["login"], "role": member["role"].value, **figures})
    return {"agent": (rows, sum_up(rows, FIGURES))}
