"""What is missing or doubtful, counted anew."""

from __future__ import annotations

from typing import Any

from stdnum.pl import nip

from db.records.reports import Question
from tests.reports.supervision.counting import (
    Counted,
    by_id,
    contract_runs,
    day_of,
    meter_in_use,
    name_of,
    sum_up,
)
from tests.reports.supervision.tables import Row, Tables

KINDS = [
    *["without_pesel", "failing_nip", "same_pesel", "same_nip", "same_place"],
    *["point_without_meter", "meter_without_contract"],
]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    day = question.as_of
    known = [
        row for row in tables["client"] if row["anonymised_on"] is None and day_of(row["created_at"]) <= day
    ]
    found: list[tuple[str, Row, str]] = []
    for client in known:
        if client["kind"].value == "person" and client["pesel"] is None:
            found.append(("without_pesel", client, ""))
        if client["kind"].value == "business" and not nip.is_valid(client["nip"] or ""):
            found.append(("failing_nip", client, ""))
        for name in ("pesel", "nip"):
            if client[name] and [other for other in known if other[name] == client[name]] != [client]:
                found.append((f"same_{name}", client, ""))
        if any(_same_place(tables, client, other) for other in known if other["id"] != client["id"]):
            found.append(("same_place", client, ""))
    clients, contracts = by_id(tables, "client"), by_id(tables, "contract")
    for point in tables["supply_point"]:
        contract = contracts[point["contract_id"]]
        if contract["starts_on"] > day:
            continue
        client = clients[contract["client_id"]]
        meters = [
            meter
            for meter in tables["meter"]
            if meter["supply_point_id"] == point["id"] and meter_in_use(meter, day)
        ]
        if contract_runs(contract, day) and not meters:
            found.append(("point_without_meter", client, ""))
        if not contract_runs(contract, day):
            found += [("meter_without_contract", client, meter["number"]) for meter in meters]
    found.sort(key=lambda case: (KINDS.index(case[0]), case[1]["number"], case[2]))
    lines: list[dict[str, Any]] = [
        {"kind": kind, "client": client["number"], "name": name_of(client), "what": what}
        for kind, client, what in found
    ]
    rows = [{"kind": kind, "cases": len([case for case in found if case[0] == kind])} for kind in KINDS]
    return {"kind": (rows, sum_up(rows, ["cases"])), "list": (lines, {})}


def _same_place(tables: Tables, client: Row, other: Row) -> bool:
    if client["name_key"] != other["name_key"]:
        return False
    places = []
    for key in (client["id"], other["id"]):
        own = [row for row in tables["address"] if row["client_id"] == key]
        places.append({(row["town_key"], row["street_key"], row["number_key"]) for row in own})
    return bool(places[0] & places[1])
