"""Looks counted anew, one after the other."""

from __future__ import annotations

from typing import Any

from db.records.reports import Question
from db.rules.text import polish_key
from tests.reports.supervision.counting import Counted, by_id, day_of, name_of, sum_up
from tests.reports.supervision.tables import Row, Tables

ACTIONS = {"VIEW": "views", "REVEAL": "reveals", "PRINT": "prints", "EXPORT": "exports", "SEARCH": "searches"}
SUMS = ["looks", *ACTIONS.values(), "without_contact"]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    clients = by_id(tables, "client")
    chosen = [
        entry
        for entry in sorted(tables["access_entry"], key=lambda entry: entry["seq"])
        if question.since <= day_of(entry["at"]) <= question.until
    ]
    agents: dict[str, dict[str, Any]] = {}
    lines = []
    for entry in chosen:
        row = agents.setdefault(entry["staff_login"], {**dict.fromkeys(SUMS, 0), "clients": set()})
        row["looks"] += 1
        row[ACTIONS[entry["action"]]] += 1
        row["without_contact"] += entry["client_id"] is not None and entry["contact_id"] is None
        row["clients"] |= {entry["client_id"]} - {None}
        number = clients[entry["client_id"]]["number"] if entry["client_id"] else ""
        who = {"at": entry["at"], "agent": entry["staff_login"], "client": number}
        what = {"action": entry["action"], "scope": entry["scope"]}
        lines.append({**who, **what, "contact": entry["contact_id"] is not None})
    rows = [
        {"agent": login, **agents[login], "clients": len(agents[login]["clients"])}
        for login in sorted(agents)
    ]
    signs = _signs(tables, chosen, clients)
    return {
        "agent": (rows, sum_up(rows, SUMS)),
        "client": (lines, {}),
        "suspicious": (signs, sum_up(signs, ["looks"])),
    }


def _signs(tables: Tables, chosen: list[Row], clients: dict[int, Row]) -> list[dict[str, Any]]:
    staff = by_id(tables, "staff")
    found: dict[tuple[Any, ...], int] = {}
    days: dict[tuple[Any, ...], list[int]] = {}
    for entry in chosen:
        if entry["client_id"] is None:
            continue
        day, login = day_of(entry["at"]), entry["staff_login"]
        if entry["contact_id"] is None:
            days.setdefault((day, login), []).append(entry["client_id"])
        client = clients[entry["client_id"]]
        first, last = staff[entry["staff_id"]]["name"].split(" ")
        if client["last_name"] and polish_key(client["last_name"]) == polish_key(last):
            own = polish_key(client["first_name"]) == polish_key(first)
            key = ("own_record" if own else "namesake", day, login, client["number"], name_of(client))
            found[key] = found.get(key, 0) + 1
    for (day, login), looked in days.items():
        if len(set(looked)) >= 30:
            found["bulk", day, login, "", ""] = len(looked)
    names = ("kind", "day", "agent", "client", "name", "looks")
    rows = [dict(zip(names, (*key, looks), strict=True)) for key, looks in found.items()]
    return sorted(rows, key=lambda row: [str(value) for value in row.values()])
