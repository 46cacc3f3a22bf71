"""Water counted anew, meter after meter."""

from __future__ import annotations

from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import Counted, by_id, months_back, sum_up
from tests.reports.supervision.town import Row, Tables

SUMS = ["meters", "zero", "estimated", "volume"]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    contracts, groups = by_id(tables, "contract"), by_id(tables, "tariff_group")
    last = months_back(question.as_of, 1)
    settled = _settled(tables, question, last)
    found: dict[str, Counted] = {}
    for view in ("group", "town"):
        rows: dict[str, dict[str, int]] = {}
        for invoice, meter, town in settled:
            group = contracts[invoice["contract_id"]]["tariff_group_id"]
            key = town if view == "town" else groups[group]["code"] if group else ""
            row = rows.setdefault(key, dict.fromkeys(SUMS, 0))
            row["meters"] += 1
            row["zero"] += meter["consumption"] == 0
            row["estimated"] += meter["estimated"]
            row["volume"] += meter["consumption"]
        lines = [{view: key, **rows[key]} for key in sorted(rows)]
        found[view] = (lines, sum_up(lines, SUMS))
    meters = _by_meter(tables, settled)
    before = _by_meter(tables, _settled(tables, question, months_back(last, 1)))
    year = _by_meter(tables, _settled(tables, question, months_back(last, 12)))
    changes: list[dict[str, Any]] = []
    for number, row in meters.items():
        old = before[number]["volume"] if number in before else None
        older = year[number]["volume"] if number in year else None
        change = None if old is None else row["volume"] - old
        changes.append({**row, "before": old, "year_before": older, "change": change})
    known = [row for row in changes if row["change"] is not None]
    known.sort(key=lambda row: (-abs(row["change"]), row["meter"]))
    changes = known + sorted((row for row in changes if row["change"] is None), key=lambda row: row["meter"])
    found["change"] = (changes, sum_up(changes, ["volume"]))
    found["zero"] = ([meters[number] for number in sorted(meters) if meters[number]["volume"] == 0], {})
    return found


def _settled(tables: Tables, question: Question, month: Any) -> list[tuple[Row, Row, str]]:
    """What stands of the invoices of a month: the last document of each chain, unless it took all back."""
    stands: dict[int, Row] = {}
    for invoice in sorted(tables["invoice"], key=lambda row: row["id"]):
        if invoice["issued_on"] <= question.as_of and invoice["period"] == f"{month:%Y%m}":
            stands[invoice["corrects_id"] or invoice["id"]] = invoice
    meters, points = by_id(tables, "meter"), by_id(tables, "supply_point")
    addresses = by_id(tables, "address")
    found = []
    for invoice in stands.values():
        for row in tables["invoice_meter"]:
            if row["invoice_id"] == invoice["id"] and row["role"].value == "main" and not invoice["voids"]:
                point = points[meters[row["meter_id"]]["supply_point_id"]]
                found.append((invoice, row, addresses[point["address_id"]]["town"]))
    return found


def _by_meter(tables: Tables, settled: list[tuple[Row, Row, str]]) -> dict[str, dict[str, Any]]:
    meters, clients = by_id(tables, "meter"), by_id(tables, "client")
    found: dict[str, dict[str, Any]] = {}
    for invoice, row, town in sorted(settled, key=lambda entry: entry[1]["id"]):
        number = meters[row["meter_id"]]["number"]
        who = {"meter": number, "client": clients[invoice["client_id"]]["number"], "town": town}
        line = found.setdefault(number, {**who, "volume": 0, "estimated": False})
        line["volume"] += row["consumption"]
        line["estimated"] = line["estimated"] or row["estimated"]
    return found
