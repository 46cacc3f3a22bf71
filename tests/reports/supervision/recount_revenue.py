"""Documents counted anew, one after the other."""

from __future__ import annotations

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import ZERO, Counted, by_id, sum_up
from tests.reports.supervision.recount_receivables import put, still_open
from tests.reports.supervision.tables import Tables

AMOUNTS = ["invoiced", "corrected", "net", "vat", "gross"]
FIGURES = ["invoices", "corrections", *AMOUNTS]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    contracts, groups = by_id(tables, "contract"), by_id(tables, "tariff_group")
    clients, invoices = by_id(tables, "client"), {}
    views: dict[str, dict[str, dict[str, Any]]] = {"month": {}, "period": {}, "group": {}}
    register = []
    for invoice in tables["invoice"]:
        if not _asked_for(invoice, question):
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
        row["received"] = None if question.period else ZERO
    for payment in tables["payment"]:
        if question.since <= payment["day"] <= question.until and not question.period:
            month = payment["day"].isoformat()[:7]
            row = views["month"].setdefault(month, {**_nothing(), "received": ZERO})
            row["received"] += payment["amount"]
    by_group, by_service = _paid(tables, question)
    for row in views["group"].values():
        row["paid"] = ZERO
    for code, part in by_group.items():
        views["group"].setdefault(code, {**_nothing(), "paid": ZERO})["paid"] += part
    register.sort(key=lambda row: (row["issued_on"], row["id"], -row["rate"]))
    for row in register:
        del row["id"]
    found: dict[str, Counted] = {
        "register": (register, sum_up(register, ["net", "vat", "gross"])),
        "service": _services(tables, invoices, by_service),
        "rate": _rates(register),
    }
    for view, rows in views.items():
        lines = [{view: key, **rows[key]} for key in _in_order(rows)]
        money = ["received"] if view == "month" and not question.period else []
        found[view] = (lines, sum_up(lines, [*FIGURES, *(["paid"] if view != "month" else money)]))
    return found


def _asked_for(invoice: Any, question: Question) -> bool:
    if question.period:
        return bool(invoice["period"] == question.period and invoice["issued_on"] <= question.as_of)
    return bool(question.since <= invoice["issued_on"] <= question.until)


def _in_order(rows: Any) -> list[str]:
    elsewhere = [key for key in ("interest", "overpaid") if key in rows]
    return [*sorted(key for key in rows if key not in elsewhere), *elsewhere]


def _paid(tables: Tables, question: Question) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Put all money to everything twice, to the end of the days and to their eve, and take the difference."""
    groups: dict[str, Decimal] = {}
    services: dict[str, Decimal] = {}
    contracts, codes = by_id(tables, "contract"), by_id(tables, "tariff_group")
    invoices = by_id(tables, "invoice")
    if question.period:
        return _open_no_more(tables, question)
    left = ZERO
    for payment in tables["payment"]:
        if question.since <= payment["day"] <= question.until:
            left += payment["amount"]
    for day, sign in ((question.until, 1), (question.since - timedelta(days=1), -1)):
        for item in put(tables, day)[0]:
            if item["kind"] == "refund":
                continue
            part = sign * item["paid"]
            left -= part
            if item["kind"] == "interest":
                groups["interest"] = groups.get("interest", ZERO) + part
                services["interest"] = services.get("interest", ZERO) + part
                continue
            invoice = invoices[item["invoice"]]
            code = codes[contracts[invoice["contract_id"]]["tariff_group_id"]]["code"]
            groups[code] = groups.get(code, ZERO) + part
            for service, share in divided(item["paid"], gross_by_service(tables, invoice)).items():
                services[service] = services.get(service, ZERO) + sign * share
    groups["overpaid"] = services["overpaid"] = left
    for found in (groups, services):
        for key in list(found):
            if not found[key]:
                del found[key]
    return groups, services


def _open_no_more(tables: Tables, question: Question) -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Take what is open from the gross of every document of the period, whatever its sign."""
    groups: dict[str, Decimal] = {}
    services: dict[str, Decimal] = {}
    contracts, codes = by_id(tables, "contract"), by_id(tables, "tariff_group")
    left = {item["invoice"]: item["open"] for item in still_open(tables, question.as_of)[0]}
    for invoice in tables["invoice"]:
        if _asked_for(invoice, question):
            part = invoice["gross"] - left.get(invoice["id"], ZERO)
            code = codes[contracts[invoice["contract_id"]]["tariff_group_id"]]["code"]
            groups[code] = groups.get(code, ZERO) + part
            for service, share in divided(part, gross_by_service(tables, invoice)).items():
                services[service] = services.get(service, ZERO) + share
    found = ({key: part for key, part in parts.items() if part} for parts in (groups, services))
    return next(found), next(found)


def gross_by_service(tables: Tables, invoice: Any) -> dict[str, Decimal]:
    """The gross of each service of a document: cut off, and the missing grosze dealt out."""
    exact: dict[str, Fraction] = {}
    for service in ("water", "sewage", "standing"):
        for line in tables["invoice_line"]:
            if line["invoice_id"] == invoice["id"] and line["service"].value == service:
                gross = Fraction(line["net"]) * (100 + Fraction(line["vat_rate"])) / 100
                exact[service] = exact.get(service, Fraction(0)) + gross
    return _dealt(invoice["gross"], exact)


def divided(paid: Decimal, gross: dict[str, Decimal]) -> dict[str, Decimal]:
    """What was paid of a document, by service."""
    whole = sum(gross.values())
    if not whole:
        return {}
    return _dealt(
        paid, {key: Fraction(paid) * Fraction(part) / Fraction(whole) for key, part in gross.items()}
    )


def _dealt(whole: Decimal, exact: dict[str, Fraction]) -> dict[str, Decimal]:
    grosz = Decimal("0.01")
    found = {key: grosz * (part * 100 // 1) for key, part in exact.items()}
    missing = whole - sum(found.values())
    waiting = sorted(exact, key=lambda key: -(exact[key] - Fraction(found[key])))
    assert 0 <= missing <= grosz * len(waiting), "no more is missing than was cut off"
    for key in waiting:
        if missing:
            found[key] += grosz
            missing -= grosz
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


def _services(tables: Tables, invoices: dict[int, Any], paid: dict[str, Decimal]) -> Counted:
    rows: dict[str, dict[str, Any]] = {}
    for line in tables["invoice_line"]:
        if line["invoice_id"] not in invoices:
            continue
        key = line["service"].value
        row = rows.setdefault(key, _no_lines())
        first = invoices[line["invoice_id"]]["kind"].value == "invoice"
        row["quantity"] += line["quantity"]
        row["invoiced" if first else "corrected"] += line["net"]
        row["net"] += line["net"]
    for invoice in invoices.values():
        for key, part in gross_by_service(tables, invoice).items():
            rows[key]["gross"] += part
    for key, part in paid.items():
        rows.setdefault(key, _no_lines())["paid"] += part
        if key in ("interest", "overpaid"):
            rows[key]["quantity"] = None
    lines = [{"service": key, **rows[key]} for key in _in_order(rows)]
    return lines, sum_up(lines, ["invoiced", "corrected", "net", "gross", "paid"])


def _no_lines() -> dict[str, Any]:
    amounts = ("invoiced", "corrected", "net", "gross", "paid")
    return {"quantity": Decimal(0), **dict.fromkeys(amounts, ZERO)}
