"""Payments counted anew, one after the other."""

from __future__ import annotations

from datetime import date
from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import ZERO, Counted, by_id, day_of, name_of, sum_up
from tests.reports.supervision.tables import Tables

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
    found["list"] = _listed(tables, question)
    found["cash"] = _tills(tables, question)
    for view, rows in views.items():
        lines = [{view: key, **rows[key]} for key in sorted(rows)]
        found[view] = (lines, sum_up(lines, FIGURES))
    return found


def _listed(tables: Tables, question: Question) -> Counted:
    clients = by_id(tables, "client")
    lines = []
    for payment in sorted(tables["payment"], key=lambda row: (row["day"], row["id"]), reverse=True):
        if question.since <= payment["day"] <= question.until:
            client = clients[payment["client_id"]]
            who = {"day": payment["day"], "client": client["number"], "name": name_of(client)}
            source = "bank" if payment["bank_line_id"] else payment["method"].value
            lines.append({**who, "source": source, "amount": payment["amount"]})
    return lines, sum_up(lines, ["amount"])


def tills(tables: Tables, first: date, as_of: date) -> list[dict[str, Any]]:
    """Every till's day up to a day, as it stood then, the newest first."""
    staff, payments = by_id(tables, "staff"), by_id(tables, "payment")
    taken: dict[tuple[date, str], list[Any]] = {}
    for payment in tables["payment"]:
        whose = payments[payment["reverses_id"]] if payment["reverses_id"] else payment
        desk = payment["method"].value in ("cash", "card") and whose["staff_id"] is not None
        if desk and first <= payment["day"] <= as_of and day_of(payment["recorded_at"]) <= as_of:
            sums = taken.setdefault((payment["day"], staff[whose["staff_id"]]["login"]), [0, ZERO, ZERO])
            sums[0] += 1
            sums[1 if payment["method"].value == "cash" else 2] += payment["amount"]
    steps: dict[tuple[date, str], Any] = {}
    counters: dict[tuple[date, str], int] = {}
    for row in tables["cash_day"]:
        if first <= row["day"] <= as_of and day_of(row["at"]) <= as_of:
            at = row["day"], staff[row["staff_id"]]["login"]
            steps[at] = row
            if row["kind"].value == "closed":
                counters[at] = row["by_id"]
    lines = []
    for day, login in sorted(taken.keys() | steps.keys(), key=lambda key: (-key[0].toordinal(), key[1])):
        count, cash, card = taken.get((day, login), (0, ZERO, ZERO))
        step: Any = steps.get((day, login))
        state = "open" if step is None or step["kind"].value == "reopened" else step["kind"].value
        counted = None if state == "open" else step["cash_counted"] + step["card_counted"]
        if counted is not None and (step["cash_expected"], step["card_expected"]) != (cash, card):
            state = "moved"
        lines.append(
            {
                "day": day,
                "agent": login,
                "payments": count,
                "expected": cash + card,
                "counted": counted,
                "difference": None if counted is None else counted - cash - card,
                "counted_by": "" if counted is None else staff[counters[day, login]]["login"],
                "state": state,
                "signed": step is not None and step["kind"].value == "signed",
            }
        )
    return lines


def _tills(tables: Tables, question: Question) -> Counted:
    lines = []
    for line in tills(tables, question.since, question.as_of):
        if line["day"] <= question.until:
            lines.append({key: value for key, value in line.items() if key != "signed"})
    lines = sorted(
        lines + _without_till(tables, question), key=lambda line: (-line["day"].toordinal(), line["agent"])
    )
    counted = not [line for line in lines if line["counted"] is None]
    return lines, sum_up(lines, ["payments", "expected", *(["counted", "difference"] if counted else [])])


def _without_till(tables: Tables, question: Question) -> list[dict[str, Any]]:
    """Cash and cards of each day that no member of staff took."""
    payments = by_id(tables, "payment")
    days: dict[date, dict[str, Any]] = {}
    for payment in tables["payment"]:
        whose = payments[payment["reverses_id"]] if payment["reverses_id"] else payment
        if payment["method"].value not in ("cash", "card") or whose["staff_id"] is not None:
            continue
        day = payment["day"]
        known = day_of(payment["recorded_at"]) <= question.as_of
        if known and question.since <= day <= min(question.until, question.as_of):
            nothing = {"counted": None, "difference": None, "counted_by": "", "state": "none"}
            line = days.setdefault(day, {"day": day, "agent": "", "payments": 0, "expected": ZERO, **nothing})
            line["payments"] += 1
            line["expected"] += payment["amount"]
    return list(days.values())
