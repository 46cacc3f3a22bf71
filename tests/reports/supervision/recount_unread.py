"""Unread meters counted anew, one after the other."""

from __future__ import annotations

from datetime import date
from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import (
    Counted,
    by_id,
    contract_runs,
    counts_on,
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
    valid: dict[int, list[Any]] = {}
    for reading in tables["reading"]:
        if counts_on(tables, reading, day):
            valid.setdefault(reading["meter_id"], []).append(reading)
    rows = []
    for meter in tables["meter"]:
        point = points[meter["supply_point_id"]]
        contract = contracts[point["contract_id"]]
        if not meter_in_use(meter, day) or not contract_runs(contract, day):
            continue
        readings = valid.get(meter["id"], [])
        real = [row["day"] for row in readings if not row["estimated"]]
        own = [
            row["day"]
            for row in readings
            if not row["estimated"] and row["channel"].value in ("field", "radio")
        ]
        seen = max(own) if own else meter["installed_on"]
        if seen >= months_back(day, contract["period_months"] * question.periods):
            continue
        last = max(real) if real else None
        late = [
            notice["deadline"]
            for notice in tables["reading_notice"]
            if notice["meter_id"] == meter["id"]
            and notice["deadline"] < day
            and not [at for at in real if at >= notice["left_on"]]
        ]
        estimates = [row for row in readings if row["estimated"] and row["day"] > (last or date.min)]
        rows.append(
            {
                **place_of(addresses[point["address_id"]]),
                "meter": meter["number"],
                "client": clients[contract["client_id"]]["number"],
                "last_own": max(own) if own else None,
                "last_real": last,
                "estimated": len(estimates),
                "notice": max(late) if late else None,
            }
        )
    rows.sort(key=walk)
    streets: dict[Any, dict[str, Any]] = {}
    for row in rows:
        at = {"town": row["town"], "street": row["street"]}
        street = streets.setdefault(tuple(at.values()), {**at, "meters": 0, "estimated": 0, "notices": 0})
        street["meters"] += 1
        street["estimated"] += row["estimated"] > 0
        street["notices"] += row["notice"] is not None
    lines = list(streets.values())
    return {
        "meter": (rows, sum_up(rows, ["estimated"])),
        "street": (lines, sum_up(lines, ["meters", "estimated", "notices"])),
    }
