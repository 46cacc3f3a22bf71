"""Meters counted anew, one after the other."""

from __future__ import annotations

from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import (
    Counted,
    by_id,
    meter_in_use,
    months_back,
    place_of,
    sum_up,
    walk,
)
from tests.reports.supervision.tables import Tables


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    points, contracts = by_id(tables, "supply_point"), by_id(tables, "contract")
    clients, addresses = by_id(tables, "client"), by_id(tables, "address")
    day = question.as_of
    slots: dict[str, dict[Any, dict[str, int]]] = {"verification": {}, "exchange": {}, "age": {}}
    listed = []
    for meter in tables["meter"]:
        found: dict[str, Any] = {}
        installed, until = meter["installed_on"], meter["verified_until"]
        if meter_in_use(meter, day):
            years = day.year - installed.year
            if (day.month, day.day) < (installed.month, installed.day):
                years -= 1
            found["age"] = years
            if until <= question.until:
                found["verification"] = "expired" if until < day else until.isoformat()[:7]
                point = points[meter["supply_point_id"]]
                client = clients[contracts[point["contract_id"]]["client_id"]]["number"]
                at = place_of(addresses[point["address_id"]])
                listed.append({**at, "meter": meter["number"], "client": client, "verified_until": until})
        if meter["replaces_id"] and months_back(day, 12) <= installed <= day:
            found["exchange"] = installed.isoformat()[:7]
        for view, key in found.items():
            row = slots[view].setdefault(key, {"meters": 0, "main": 0})
            row["meters"] += 1
            row["main"] += meter["role"].value == "main"
    result: dict[str, Counted] = {"list": (sorted(listed, key=walk), {})}
    for view, name in (("verification", "month"), ("exchange", "month"), ("age", "years")):
        rows = [
            {name: key, **slots[view][key]}
            for key in sorted(slots[view], key=lambda key: (key != "expired", key))
        ]
        result[view] = (rows, sum_up(rows, ["meters", "main"]))
    return result
