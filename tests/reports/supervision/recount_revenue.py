"""Documents counted anew, one after the other."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import ZERO, Counted, by_id, sum_up
from tests.reports.supervision.town import Tables

AMOUNTS = ["invoiced", "corrected", "net", "vat", "gross"]
FIGURES = ["invoices", "corrections", *AMOUNTS]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    contracts, groups = by_id(tables, "contract"), by_id(tables, "tariff_group")
    clients, invoices = by_id(tables, "client"), {}
    views: dict[str, dict[str, dict[str, Any]]] = {"month": {}, "period": {}, "group": {}}
    register = []
    for invoice in tables["invoice"]:
        if not question.since <= invoice["issued_on"] <= question.until:
            continue
        invoices[invoice["id"]] = invoice
        group = contracts[invoice["contract_id"]]["tariff_group_id"]
        first = invoice["kind"].value == "invoice"
        keys = {
            "month": invoice["issued_on"].isoformat()[:7],
            "period": invoice["period"],
            "group": groups[group]["code"] if group else "",
        }
        for view, key in keys.items():
            row = views[view].setdefault(key, _nothing())
            row["invoices" if first else "corrections"] += 1
            row["invoiced" if first else "corrected"] += invoice["gross"]
            for name in ("net", "vat", "gross"):
                row[name] += invoice[name]
        client = clients[invoice["client_id"]]
        head = {"number": invoice["number"], "kind": invoice["kind"], "issued_on": invoice["issued_on"]}
        amounts = {name: invoice[name] for name in ("net", "vat", "gross")}
        whose = {"client": client["number"], "nip": client["nip"], "id": invoice["id"]}
        register.append({**head, **whose, **amounts})
    for row in views["month"].values():
        row["received"] = ZERO
    for payment in tables["payment"]:
        if question.since <= payment["day"] <= question.until:
            month = payment["day"].isoformat()[:7]
            row = views["month"].setdefault(month, {**_nothing(), "received": ZERO})
            row["received"] += payment["amount"]
    register.sort(key=lambda row: (row["issued_on"], row["id"]))
    for row in register:
        del row["id"]
    found: dict[str, Counted] = {
        "register": (register, sum_up(register, ["net", "vat", "gross"])),
        "service": _services(tables, invoices),
    }
    for view, rows in views.items():
        lines = [{view: key, **rows[key]} for key in sorted(rows)]
        found[view] = (lines, sum_up(lines, [*FIGURES, *(["received"] if view == "month" else [])]))
    return found


def _nothing() -> dict[str, Any]:
    return {"invoices": 0, "corrections": 0, **dict.fromkeys(AMOUNTS, ZERO)}


def _services(tables: Tables, invoices: dict[int, Any]) -> Counted:
    rows: dict[str, dict[str, Any]] = {}
    for line in tables["invoice_line"]:
        if line["invoice_id"] not in invoices:
            continue
        key = line["service"].value
        empty = {"quantity": Decimal(0), "invoiced": ZERO, "corrected": ZERO, "net": ZERO}
        row = rows.setdefault(key, empty)
        first = invoices[line["invoice_id"]]["kind"].value == "invoice"
        row["quantity"] += line["quantity"]
        row["invoiced" if first else "corrected"] += line["net"]
        row["net"] += line["net"]
    lines = [{"service": key, **rows[key]} for key in sorted(rows)]
    return lines, sum_up(lines, ["invoiced", "corrected", "net"])
