"""E-invoices and accounts counted anew, one after the other."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from db.records.reports import Question
from tests.reports.supervision.counting import Counted, by_id, day_of, name_of
from tests.reports.supervision.tables import Tables

MEASURES = [
    *["clients", "einvoices", "accounts", "activated", "withdrawn"],
    *["unconfirmed", "bounced", "accounts_pending"],
]


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    clients, points = by_id(tables, "client"), by_id(tables, "contact_point")
    day = question.as_of
    counts = dict.fromkeys(MEASURES, 0)
    for client in tables["client"]:
        counts["clients"] += client["anonymised_on"] is None and day_of(client["created_at"]) <= day
    listed: list[dict[str, Any]] = []
    for row in tables["einvoice"]:
        client, point = clients[row["client_id"]], points[row["point_id"]]
        begins, over = row["active_from"], row["withdrawn_from"]
        counts["einvoices"] += bool(begins and begins <= day and not (over and over <= day))
        counts["activated"] += bool(begins and question.since <= begins <= question.until)
        counts["withdrawn"] += bool(over and question.since <= over <= question.until)
        if day_of(row["requested_at"]) > day or (over and over <= day):
            continue
        bounced = bool(point["bounced_on"] and point["bounced_on"] <= day)
        unconfirmed = not row["confirmed_at"] or day_of(row["confirmed_at"]) > day
        counts["bounced"] += bounced
        counts["unconfirmed"] += unconfirmed
        if bounced or unconfirmed:
            reason = "bounced" if bounced else "unconfirmed"
            who = {"client": client["number"], "name": name_of(client), "email": point["value"]}
            listed.append({**who, "reason": reason, "day": point["bounced_on"] if bounced else None})
    for row in tables["portal_account"]:
        confirmed = bool(row["confirmed_at"] and day_of(row["confirmed_at"]) <= day)
        counts["accounts"] += confirmed
        counts["accounts_pending"] += day_of(row["registered_at"]) <= day and not confirmed
    rows = []
    for key in MEASURES:
        part: Decimal | None = None
        if key in ("einvoices", "accounts") and counts["clients"]:
            part = Decimal(100 * counts[key]) / counts["clients"]
            part = part.quantize(Decimal("0.1"), ROUND_HALF_UP)
        rows.append({"measure": key, "count": counts[key], "percent": part})
    listed.sort(key=lambda row: row["client"])
    back = [{k: row[k] for k in row if k != "reason"} for row in listed if row["reason"] == "bounced"]
    return {"measure": (rows, {}), "list": (listed, {}), "bounced": (back, {})}
