"""The morning's page from the recounts of the reports that it is made of."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from db.records.reports import Question
from tests.reports.supervision import (
    recount_access,
    recount_complaints,
    recount_contacts,
    recount_einvoice,
    recount_meters,
    recount_payments,
    recount_readings,
    recount_requests,
    recount_revenue,
)
from tests.reports.supervision.counting import ZERO, Counted, day_of
from tests.reports.supervision.tables import Tables


def recount(tables: Tables, question: Question) -> dict[str, Counted]:
    day = question.as_of
    before = day - timedelta(days=1)
    now, then = replace(question, since=day, until=day), replace(question, since=before, until=before)
    clocks = {row["clock"]: row["complaints"] for row in recount_complaints.recount(tables, now)["clock"][0]}
    open_ = recount_requests.recount(tables, now)["open"][0]
    expired = [
        row["meters"]
        for row in recount_meters.recount(tables, now)["verification"][0]
        if row["month"] == "expired"
    ]
    decided = {row["reading_id"] for row in tables["reading_decision"] if day_of(row["decided_at"]) <= day}
    waiting = [
        row
        for row in tables["reading"]
        if row["needs_approval"] and day_of(row["recorded_at"]) <= day and row["id"] not in decided
    ]
    readings = recount_readings.recount(tables, then)["channel"][0]
    money = recount_payments.recount(tables, then)["source"][0]
    issued = recount_revenue.recount(tables, then)["group"][0]
    balances: dict[int, Any] = {}
    for entry in tables["ledger_entry"]:
        if entry["day"] <= day:
            balances[entry["client_id"]] = balances.get(entry["client_id"], ZERO) + entry["amount"]
    owed = [value for value in balances.values() if value > 0]
    over = [-value for value in balances.values() if value < 0]
    lines = recount_payments.recount(tables, now)["unmatched"][0]
    bounced = next(
        row for row in recount_einvoice.recount(tables, now)["measure"][0] if row["measure"] == "bounced"
    )
    tills = [
        till
        for till in recount_payments.tills(tables, day - timedelta(days=365), day)
        if not till["signed"] and (till["counted"] is not None or till["day"] < day)
    ]
    figures: list[tuple[Any, ...]] = [
        ("late", "requests_overdue", sum(row["overdue"] for row in open_), None),
        ("late", "complaints_overdue", clocks["overdue"], None),
        ("late", "meters_expired", sum(expired), None),
        ("due", "complaints_soon", clocks["soon"], None),
        ("due", "readings_waiting", len(waiting), None),
        ("yesterday", "contacts", _sum(recount_contacts.recount(tables, then)["day"][0], "contacts"), None),
        ("yesterday", "readings", _sum(readings, "readings"), None),
        ("yesterday", "readings_voided", _sum(readings, "voided"), None),
        ("yesterday", "mails_accepted", sum(_itself(tables, day - timedelta(days=1))), None),
        (
            *("yesterday", "requests_processed"),
            *(_sum(recount_requests.recount(tables, then)["kind"][0], "processed"), None),
        ),
        ("yesterday", "payments", _sum(money, "payments"), _sum(money, "received", ZERO)),
        ("yesterday", "invoices", _sum(issued, "invoices"), _sum(issued, "invoiced", ZERO)),
        ("money", "owing", len(owed), sum(owed, ZERO)),
        ("money", "overpaid", len(over), sum(over, ZERO)),
        ("money", "unmatched", len(lines), _sum(lines, "amount", ZERO)),
        ("money", "cash_unsigned", len(tills), _sum(tills, "expected", ZERO)),
        ("unusual", "looks", len(recount_access.recount(tables, then)["suspicious"][0]), None),
        ("unusual", "addresses_bounced", bounced["count"], None),
    ]
    names = ("section", "measure", "count", "amount")
    return {"daily": ([dict(zip(names, figure, strict=True)) for figure in figures], {})}


def _itself(tables: Any, day: date) -> list[bool]:
    return [row["auto"] and day_of(row["decided_at"]) == day for row in tables["incoming_message"]]


def _sum(rows: list[dict[str, Any]], name: str, start: Any = 0) -> Any:
    return sum((row[name] for row in rows), start)
