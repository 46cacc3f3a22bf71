"""Complaints counted anew, one after the other."""

from __future__ import annotations

from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import Counted, by_id, name_of, state_on
from tests.reports.supervision.recount_requests import OPEN
from tests.reports.supervision.tables import Tables


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    requests, clients = by_id(tables, "request"), by_id(tables, "client")
    counts = dict.fromkeys(("overdue", "soon", "later", "in_time", "late", "deemed"), 0)
    listed: list[dict[str, Any]] = []
    for complaint in tables["complaint"]:
        request = requests[complaint["request_id"]]
        answered, deemed = complaint["answered_on"], complaint["deemed_on"]
        if answered and question.since <= answered <= question.until:
            counts["in_time" if answered <= request["deadline"] else "late"] += 1
        if deemed and question.since <= deemed <= question.until:
            counts["deemed"] += 1
        last, _ = state_on(tables, request, question.as_of)
        if last is None or last["state"].value not in OPEN or (answered and answered <= question.as_of):
            continue
        days = (request["deadline"] - question.as_of).days
        clock = "overdue" if days < 0 else "soon" if days <= 3 else "later"
        counts[clock] += 1
        client = clients[request["client_id"]]
        who = {"request": request["number"], "client": client["number"], "name": name_of(client)}
        when = {"received_on": request["received_on"], "deadline": request["deadline"], "days": days}
        listed.append({**who, "subject": complaint["subject"], **when, "clock": clock})
    listed.sort(key=lambda row: (row["deadline"], row["request"]))
    return {
        "clock": ([{"clock": key, "complaints": number} for key, number in counts.items()], {}),
        "list": (listed, {}),
    }
