"""Receivables counted anew: each client's money put to each invoice, one grosz heap after the other."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import (
    ZERO,
    Counted,
    by_id,
    day_of,
    name_of,
    working_day_from,
)
from tests.reports.supervision.tables import Row, Tables

AGES = ["0", "1-30", "31-60", "61-90", "91-180", "181-360", ">360"]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    """Return every view."""
    items, spare = still_open(tables, question.as_of)
    clients, contracts = by_id(tables, "client"), by_id(tables, "contract")
    invoices, groups = by_id(tables, "invoice"), by_id(tables, "tariff_group")
    ages = [{"bucket": age, **_sums([item for item in items if _age(item["days"]) == age])} for age in AGES]
    by_group: dict[str, list[dict[str, Any]]] = defaultdict(list)
    by_client: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        code = ""
        if item["invoice"]:
            contract = contracts[invoices[item["invoice"]]["contract_id"]]
            code = groups[contract["tariff_group_id"]]["code"]
        by_group[code].append(item)
        by_client[item["client"]].append(item)
    total = _sums(items)
    owing = []
    for key, own in by_client.items():
        sums = _sums(own)
        del sums["clients"]
        name = {"client": clients[key]["number"], "name": name_of(clients[key])}
        days = max(item["days"] for item in own)
        owing.append({**name, **sums, "days": days, "cut_off": _cut_off(tables, key, own, question.as_of)})
    owing.sort(key=lambda row: (-row["overdue"], -row["open"], row["client"]))
    paid = [
        {"client": clients[key]["number"], "name": name_of(clients[key]), "overpaid": amount}
        for key, amount in spare.items()
    ]
    paid.sort(key=lambda row: (-row["overpaid"], row["client"]))
    without = {key: value for key, value in total.items() if key != "clients"}
    return {
        "bucket": (ages, total),
        "group": ([{"group": key, **_sums(by_group[key])} for key in sorted(by_group)], total),
        "client": (owing, without),
        "overpaid": (paid, {"overpaid": sum((row["overpaid"] for row in paid), ZERO)}),
    }


def still_open(tables: Tables, day: date) -> tuple[list[dict[str, Any]], dict[int, Any]]:
    """Return what every item still asks for, and what every client has too much in."""
    holidays = {row["day"] for row in tables["holiday"]}
    debts, spare = put(tables, day)
    items = []
    for debt in debts:
        if debt["open"]:
            late = (day - working_day_from(debt["due"], holidays)).days
            items.append({**debt, "days": max(late, 0), "year": debt["due"].year, "as_of": day})
    return items, spare


def put(tables: Tables, day: date) -> tuple[list[dict[str, Any]], dict[int, Any]]:
    """Put payments and corrections below zero to what is owed, day by day.

    Return everything that was owed, with what of it is open and what money was put to it, and what is
    left of each client's heaps.
    """
    payments, invoices = by_id(tables, "payment"), by_id(tables, "invoice")
    papers = by_id(tables, "issued_document")
    taken_back = {row["reverses_id"] for row in tables["payment"] if row["reverses_id"] and row["day"] <= day}
    events: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for entry in tables["ledger_entry"]:
        if entry["day"] > day or entry["kind"] == "reversal":
            continue
        own = events[entry["client_id"]]
        if entry["kind"] == "payment":
            if entry["payment_id"] in taken_back:
                continue
            named = payments[entry["payment_id"]]["invoice_id"]
            own.append((entry["day"], 2, entry["id"], -entry["amount"], named, "paid"))
        elif entry["amount"] < 0:
            corrected = invoices[entry["invoice_id"]]["corrects_id"]
            own.append((entry["day"], 1, entry["id"], -entry["amount"], corrected, "corrected"))
        else:
            own.append((entry["day"], 0, entry["id"], entry))
    everything, spare = [], {}
    for client, own in events.items():
        debts: list[dict[str, Any]] = []
        heaps: list[list[Any]] = []
        for event in sorted(own, key=lambda event: event[:3]):
            if event[1] == 0:
                debts.append(_debt(invoices, papers, event[3]))
            else:
                heaps.append(list(event[3:]))
            for heap in heaps:
                named = [debt for debt in debts if heap[1] and debt["invoice"] == heap[1]]
                order = named + sorted(debts, key=lambda debt: debt["order"])
                for debt in order:
                    part = min(heap[0], debt["open"])
                    heap[0] -= part
                    debt["open"] -= part
                    debt[heap[2]] += part
        left = sum((heap[0] for heap in heaps), ZERO)
        if left:
            spare[client] = left
        everything += debts
    return everything, spare


def _debt(invoices: dict[int, Row], papers: dict[int, Row], entry: Row) -> dict[str, Any]:
    due, key = entry["due_on"] or entry["day"], entry["invoice_id"]
    number = invoices[key]["number"] if key else ""
    if entry["document_id"]:
        number = papers[entry["document_id"]]["number"]
    return {
        "client": entry["client_id"],
        "kind": entry["kind"].value,
        "open": entry["amount"],
        "due": due,
        "invoice": key,
        "order": (due, entry["day"], number, entry["id"]),
        "paid": ZERO,
        "corrected": ZERO,
    }


def _age(days: int) -> str:
    for age, most in zip(AGES, (0, 30, 60, 90, 180, 360), strict=False):
        if days <= most:
            return age
    return ">360"


def _sums(items: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "clients": len({item["client"] for item in items}),
        "items": len(items),
        "open": sum((item["open"] for item in items), ZERO),
        "overdue": sum((item["open"] for item in items if item["days"] > 0), ZERO),
        "time_barred": sum(
            (item["open"] for item in items if item["as_of"] > date(item["year"] + 2, 12, 31)), ZERO
        ),
    }


def _cut_off(tables: Tables, client: int, own: list[dict[str, Any]], day: date) -> bool:
    invoices: dict[int, Row] = by_id(tables, "invoice")
    demands = [
        day_of(row["issued_at"])
        for row in tables["issued_document"]
        if row["kind"] == "demand" and row["client_id"] == client and day_of(row["issued_at"]) <= day
    ]
    if not demands:
        return False
    begun = {invoices[item["invoice"]]["starts_on"] for item in own if item["days"] > 0 and item["invoice"]}
    return len([starts for starts in begun if starts > min(demands)]) >= 2
