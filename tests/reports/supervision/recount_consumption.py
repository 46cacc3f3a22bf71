"""Water counted anew, meter after meter."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from db.records.reports import Question
from db.rules.text import polish_key
from tests.reports.supervision.counting import Counted, by_id, contract_runs, day_of, months_back, sum_up
from tests.reports.supervision.tables import Row, Tables

SUMS = ["meters", "zero", "estimated", "volume"]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    contracts, groups = by_id(tables, "contract"), by_id(tables, "tariff_group")
    last = _last_period(question)
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
    before = {
        months: _by_meter(tables, _settled(tables, question, months_back(last, months)))
        for months in range(1, 13)
    }
    lengths = _lengths(tables, settled)
    year = _by_meter(tables, _settled(tables, question, months_back(last, 12)))
    changes: list[dict[str, Any]] = []
    for number, row in meters.items():
        earlier = before[lengths[number]]
        old = earlier[number]["volume"] if number in earlier else None
        older = year[number]["volume"] if number in year else None
        change = None if old is None else row["volume"] - old
        changes.append({**row, "before": old, "year_before": older, "change": change})
    known = [row for row in changes if row["change"] is not None]
    known.sort(key=lambda row: (-abs(row["change"]), row["meter"]))
    changes = known + sorted((row for row in changes if row["change"] is None), key=lambda row: row["meter"])
    found["change"] = (changes, sum_up(changes, ["volume"]))
    found["unusual"] = (_unusual(tables, question, meters, settled), {})
    found["losses"] = recount_losses(tables, question)
    return found


def recount_losses(tables: Tables, question: Question) -> Counted:
    """Water put in less water invoiced, month after month and town after town."""
    last = _last_period(question)
    lengths = {
        contract["period_months"]
        for contract in tables["contract"]
        if contract_runs(contract, question.as_of)
    }
    count = 1
    while any(count % length for length in lengths):
        count += 1
    months = [months_back(last, back) for back in range(count - 1, -1, -1)]
    put_in: dict[str, dict[date, int]] = {}
    invoiced: dict[str, int] = {}
    unbilled = set()
    for month in months:
        for entry in sorted(tables["water_input"], key=lambda row: row["id"]):
            if entry["month"] == f"{month:%Y%m}" and day_of(entry["entered_at"]) <= question.as_of:
                put_in.setdefault(entry["town"], {})[month] = entry["volume"]
        for _, meter, town in _settled(tables, question, month):
            invoiced[town] = invoiced.get(town, 0) + meter["consumption"]
        if not _is_billed(tables, question, month):
            unbilled.add(month)
    rows: list[dict[str, Any]] = []
    for town in sorted(set(put_in) | set(invoiced), key=lambda name: (polish_key(name), name)):
        known = put_in.get(town, {})
        row: dict[str, Any] = {"town": town, "from": f"{months[0]:%Y-%m}", "put_in": None, "volume": None,
                               "losses": None, "percent": None}  # fmt: skip
        if len(known) == count:
            row["put_in"] = sum(known.values())
        if not unbilled:
            row["volume"] = invoiced.get(town, 0)
        if row["put_in"] is not None and row["volume"] is not None:
            row["losses"] = row["put_in"] - row["volume"]
            row["percent"] = _per_cent(row["losses"], row["put_in"])
        gaps = [f"{month:%Y-%m}" for month in months if month not in known or month in unbilled]
        rows.append({**row, "missing": ", ".join(gaps)})
    totals: dict[str, Any] = {}
    for name in ("put_in", "volume", "losses"):
        if rows and not any(row[name] is None for row in rows):
            totals[name] = sum(row[name] for row in rows)
    if "losses" in totals:
        totals["percent"] = _per_cent(totals["losses"], totals["put_in"])
    return rows, totals


def _last_period(question: Question) -> date:
    """The period asked for, else the month before the day of the report."""
    if question.period:
        return date(int(question.period[:4]), int(question.period[4:]), 1)
    return months_back(question.as_of, 1)


def _is_billed(tables: Tables, question: Question, month: date) -> bool:
    """Whether each group that was due, or all at once, had a run that was over by the day."""
    runs = []
    for run in tables["billing_run"]:
        ended = run["finished_at"]
        if run["period"] == f"{month:%Y%m}" and ended is not None and day_of(ended) <= question.as_of:
            runs.append(run["group_id"])
    for contract in tables["contract"]:
        if contract_runs(contract, question.as_of) and month.month % contract["period_months"] == 0:
            group = contract["tariff_group_id"]
            for change in sorted(tables["tariff_assignment"], key=lambda row: row["starts_on"]):
                if change["contract_id"] == contract["id"] and change["starts_on"] <= question.as_of:
                    group = change["group_id"]
            if not runs or (None not in runs and group is not None and group not in runs):
                return False
    return True


def _per_cent(part: int, whole: int) -> Decimal | None:
    """To one place, the half up (away from zero)."""
    if whole == 0:
        return None
    tenths = math.floor(Fraction(abs(part) * 1000, whole) + Fraction(1, 2))
    return Decimal(tenths if part >= 0 else -tenths).scaleb(-1)


def _lengths(tables: Tables, settled: list[tuple[Row, Row, str]]) -> dict[str, int]:
    """Months of the period of the contract under which each meter was settled first."""
    meters, contracts = by_id(tables, "meter"), by_id(tables, "contract")
    found: dict[str, int] = {}
    for invoice, row, _ in sorted(settled, key=lambda entry: entry[1]["id"]):
        found.setdefault(
            meters[row["meter_id"]]["number"], contracts[invoice["contract_id"]]["period_months"]
        )
    return found


def _unusual(
    tables: Tables, question: Question, meters: dict[str, Any], settled: list[tuple[Row, Row, str]]
) -> list[dict[str, Any]]:
    numbers, readings = by_id(tables, "meter"), by_id(tables, "reading")
    last = _last_period(question)
    past: dict[str, list[Row]] = {}
    for back in range(1, 13):
        for _, row, _ in _settled(tables, question, months_back(last, back)):
            past.setdefault(numbers[row["meter_id"]]["number"], []).append(row)
    rows: dict[str, list[dict[str, Any]]] = {"negative": [], "leak": [], "low": [], "zero": []}
    for number, line in meters.items():
        own = [row for _, row, _ in settled if numbers[row["meter_id"]]["number"] == number]
        told = any(row["reading_id"] and readings[row["reading_id"]]["reason"] == "leak" for row in own)
        days = sum((row["to_day"] - row["from_day"]).days for row in own)
        past_days = sum((row["to_day"] - row["from_day"]).days for row in past.get(number, []))
        used, usual = line["volume"], None
        if past_days >= 28:
            pace = Fraction(sum(row["consumption"] for row in past[number]), past_days)
            usual = max(math.floor(pace * days + Fraction(1, 2)), 0)
        kind = None
        if used < 0:
            kind = "negative"
        elif told or (usual is not None and used >= 3 * usual and used >= usual + 10):
            kind = "leak"
        elif used == 0:
            kind = "zero"
        elif usual is not None and used * 3 <= usual and used + 10 <= usual:
            kind = "low"
        if kind:
            rows[kind].append({"kind": kind, **line, "usual": usual})
    found = []
    for each in rows.values():
        each.sort(key=lambda row: (-abs(row["volume"] - (row["usual"] or 0)), row["meter"]))
        found += each
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
