"""Readings counted anew, one after the other."""

from __future__ import annotations

from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import Counted, by_id, day_of, sum_up
from tests.reports.supervision.tables import Tables

FIGURES = [
    *["readings", "given", "estimated", "overridden", "without_notice", "suspects", "waiting"],
    *["approved", "rejected", "voided", "own_corrections"],
]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    staff = by_id(tables, "staff")
    views: dict[str, dict[Any, dict[str, int]]] = {
        key: {} for key in ("channel", "agent", "day", "week", "month")
    }
    for reading in tables["reading"]:
        day = day_of(reading["recorded_at"])
        if not question.since <= day <= question.until:
            continue
        figures = _figures(tables, reading, question)
        year, week, _ = day.isocalendar()
        keys = {
            "channel": reading["channel"].value,
            "agent": staff[reading["staff_id"]]["login"] if reading["staff_id"] else "",
            "day": day,
            "week": f"{year}-W{week:02}",
            "month": day.isoformat()[:7],
        }
        for view, key in keys.items():
            row = views[view].setdefault(key, dict.fromkeys(FIGURES, 0))
            for name in FIGURES:
                row[name] += figures[name]
    found: dict[str, Counted] = {}
    for view, rows in views.items():
        lines = [{view: key, **rows[key]} for key in sorted(rows)]
        found[view] = (lines, sum_up(lines, FIGURES))
    found["list"] = ([line for line, _ in _listed(tables, question)], {})
    found["voided"] = (_voided(tables, question), {})
    found["mails"] = (_mails(tables, question), {})
    return found


def _mails(tables: Tables, question: Question) -> list[dict[str, Any]]:
    """Every message of the days that the program accepted by itself, the newest first."""
    clients = by_id(tables, "client")
    lines = []
    for mail in tables["incoming_message"]:
        if not mail["auto"] or mail["state"].value != "accepted":
            continue
        if question.since <= day_of(mail["decided_at"]) <= question.until:
            saved = [row for row in tables["incoming_reading"] if row["message_id"] == mail["id"]]
            number = clients[mail["client_id"]]["number"]
            lines.append(
                {"at": mail["decided_at"], "client": number, "mail": mail["id"], "readings": len(saved)}
            )
    return sorted(lines, key=lambda line: (line["at"], line["mail"]), reverse=True)


def _voided(tables: Tables, question: Question) -> list[dict[str, Any]]:
    """Those that were taken back: by whom, when and why instead of what became of them."""
    staff = by_id(tables, "staff")
    lines = []
    for line, key in _listed(tables, question):
        if line.pop("standing") != "voided":
            continue
        for decision in tables["reading_decision"]:
            if decision["reading_id"] == key and decision["kind"] == "voided":
                line["voided_at"] = decision["decided_at"]
                line["by"] = staff[decision["staff_id"]]["login"]
                line["reason"] = decision["reason"]
        lines.append(line)
    return lines


def _listed(tables: Tables, question: Question) -> list[tuple[dict[str, Any], int]]:
    """Every reading of the days with its id, the newest first."""
    staff, meters = by_id(tables, "staff"), by_id(tables, "meter")
    points, contracts = by_id(tables, "supply_point"), by_id(tables, "contract")
    clients = by_id(tables, "client")
    lines = []
    for reading in sorted(tables["reading"], key=lambda row: (row["recorded_at"], row["id"]), reverse=True):
        if not question.since <= day_of(reading["recorded_at"]) <= question.until:
            continue
        figures = _figures(tables, reading, question)
        meter = meters[reading["meter_id"]]
        contract = contracts[points[meter["supply_point_id"]]["contract_id"]]
        standing = next((name for name in ("voided", "rejected", "waiting") if figures[name]), "counts")
        line = {
            "at": reading["recorded_at"],
            "client": clients[contract["client_id"]]["number"],
            "meter": meter["number"],
            "day": reading["day"],
            "state": reading["state"],
            "use": reading["consumption"],
            "channel": reading["channel"],
            "agent": staff[reading["staff_id"]]["login"] if reading["staff_id"] else "",
            "standing": standing,
        }
        lines.append((line, reading["id"]))
    return lines


def _figures(tables: Tables, reading: Any, question: Question) -> dict[str, int]:
    decisions = {}
    for decision in tables["reading_decision"]:
        if decision["reading_id"] == reading["id"] and day_of(decision["decided_at"]) <= question.as_of:
            decisions[decision["kind"]] = decision["staff_id"]
    given = not reading["estimated"] and reading["channel"].value not in ("field", "radio")
    suspect = reading["needs_approval"]
    facts = {
        "readings": True,
        "given": given,
        "estimated": reading["estimated"],
        "overridden": reading["reason"] is not None,
        "without_notice": given and reading["notice_id"] is None,
        "suspects": suspect,
        "waiting": suspect and not decisions,
        "approved": suspect and "approved" in decisions,
        "rejected": suspect and "rejected" in decisions,
        "voided": "voided" in decisions,
        "own_corrections": "voided" in decisions and decisions["voided"] == reading["staff_id"],
    }
    return {name: int(fact) for name, fact in facts.items()}
