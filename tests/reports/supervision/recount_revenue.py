"""Documents counted anew, one after the other."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import ZERO, Counted, by_id, sum_up
from tests.reports.supervision.recount_receivables import still_open
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
        whose = {"client": client["number"], "nip": client["nip"], "id": invoice["id"]}
        for rate, amounts in _at_rates(tables, invoice).items():
            register.append({**head, **whose, "rate": rate, **amounts})
    for row in views["period"].values():
        row["paid"] = row["gross"]
    for item in still_open(tables, question.as_of)[0]:
        if item["invoice"] in invoices:
            views["period"][invoices[item["invoice"]]["period"]]["paid"] -= item["open"]
    for row in views["month"].values():
        row["received"] = ZERO
    for payment in tables["payment"]:
        if question.since <= payment["day"] <= question.until:
            month = payment["day"].isoformat()[:7]
            row = views["month"].setdefault(month, {**_nothing(), "received": ZERO})
            row["received"] += payment["amount"]
    register.sort(key=lambda row: (row["issued_on"], row["id"], -row["rate"]))
    for row in register:
        del row["id"]
    found: dict[str, Counted] = {
        "register": (register, sum_up(register, ["net", "vat", "gross"])),
        "service": _services(tables, invoices),
        "rate": _rates(register),
    }
    for view, rows in views.items():
        lines = [{view: key, **rows[key]} for key in sorted(rows)]
        more = {"month": ["received"], "period": ["paid"]}.get(view, [])
        found[view] = (lines, sum_up(lines, [*FIGURES, *more]))
    return found


def _at_rates(tables: Tables, invoice: Any) -> dict[Decimal, dict[str, Any]]:
    """Net, VAT and gross of a document at each rate; the town has no correction with two."""
    nets: dict[Decimal, Decimal] = {}
    for line in tables["invoice_line"]:
        if line["invoice_id"] == invoice["id"]:
            nets[line["vat_rate"]] = nets.get(line["vat_rate"], ZERO) + line["net"]
    if len(nets) == 1:
        return {rate: {name: invoice[name] for name in ("net", "vat", "gross")} for rate in nets}
    assert invoice["corrects_id"] is None
    found = {}
    for rate in sorted(nets, reverse=True):
        vat = (nets[rate] * rate / 100).quantize(ZERO, ROUND_HALF_UP)
        found[rate] = {"net": nets[rate], "vat": vat, "gross": nets[rate] + vat}
    return found


def _rates(register: list[dict[str, Any]]) -> Counted:
    rows: dict[Decimal, dict[str, Any]] = {}
    for line in register:
        row = rows.setdefault(
            line["rate"], {"rate": line["rate"], "documents": 0, "net": ZERO, "vat": ZERO, "gross": ZERO}
        )
        row["documents"] += 1
        for name in ("net", "vat", "gross"):
            row[name] += line[name]
    lines = [rows[rate] for rate in sorted(rows, reverse=True)]
    return lines, sum_up(lines, ["net", "vat", "gross"])


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
