"""The sample town's money: the last months are billed by the real billing, and most invoices are paid."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.billing_run import run_billing
from db.bulk import Row, stored_instant, take_ids, write_rows
from db.clock import office_day
from db.doors import SYSTEM_ONLY, operation
from db.models import DocumentDelivery, Invoice, OutgoingMessage
from db.office import SYSTEM, House
from db.records.issued import DeliveryKind
from db.records.mail import MailKind, MailState
from db.rules.months import month_after
from db.work import Work

BILLED_ON = 5
"""Day of the month on which the month before is billed."""
OFFICE_HOUR = time(8, 30, tzinfo=UTC)
NEVER, PARTLY, LATE, TWICE = 0.05, 0.08, 0.17, 0.18
"""Shares of invoices that are not paid, paid in part, late, and twice; the rest is paid in time."""
METHODS = ("transfer",) * 17 + ("online",) * 2 + ("cash",)
_PAYMENT = (
    *("id", "client_id", "day", "amount", "method", "title", "payer", "note", "invoice_id", "recorded_at"),
)
_ENTRY = ("client_id", "kind", "day", "amount", "payment_id", "recorded_at")
Progress = Callable[[int, int], None]


def bill_town(house: House, *, months: int, seed: int, progress: Progress | None = None) -> int:
    """Bill the last `months` whole months, each early in the next, and book what was paid since.

    Returns the number of invoices.
    """
    invoices = 0
    today = office_day(house.clock())
    for done, first in enumerate(last_months(today, months)):
        following = month_after(first).replace(day=BILLED_ON)
        at = datetime.combine(min(following, today), OFFICE_HOUR)
        office = dataclasses.replace(house, clock=lambda at=at: at).office(SYSTEM)  # type: ignore[misc]  # bound here

        def told(part: int, whole: int, done: int = done) -> None:
            if progress:
                progress(done * 1000 + 1000 * part // max(whole, 1), months * 1000)

        invoices += run_billing(office, first, progress=told).billed
    for first in last_months(today, months):
        house.office(SYSTEM).do(pay_invoices, f"{first:%Y%m}", seed)
    house.office(SYSTEM).do(post_invoices)
    return invoices


def last_months(today: date, months: int) -> Iterator[date]:
    """Yield the first days of the last whole months, the oldest first."""
    for back in range(months, 0, -1):
        yield month_after(today, -back)


@operation(roles=SYSTEM_ONLY)
def pay_invoices(work: Work, period: str, seed: int) -> int:
    """Book the payments of a period's invoices that would have come by today; return how many."""
    statement = sa.select(
        col(Invoice.id), col(Invoice.number), col(Invoice.client_id), col(Invoice.gross), col(Invoice.due_on)
    ).where(col(Invoice.period) == period, col(Invoice.gross) > 0)
    paid = [
        (row, day, amount, method)
        for row in work.session.execute(statement.order_by(col(Invoice.id)))
        for day, amount, method in _payments(row, seed)
        if day <= work.today
    ]
    connection = work.session.connection()
    ids = take_ids(connection, "payment", len(paid))
    at = stored_instant(work.now)
    payments: list[Row] = []
    entries: list[Row] = []
    for key, (row, day, amount, method) in zip(ids, paid, strict=True):
        iso = day.isoformat()
        payments.append((key, row.client_id, iso, amount, method, row.number, "", "", row.id, at))
        entries.append((row.client_id, "payment", iso, -amount, key, at))
    write_rows(connection, "payment", _PAYMENT, payments)
    write_rows(connection, "ledger_entry", _ENTRY, entries)
    work.changed("sample.paid", f"period {period}", after={"payments": len(paid)})
    return len(paid)


def _payments(row: Any, seed: int) -> Iterator[tuple[date, int, str]]:
    """Yield when and how an invoice is paid: day, grosze, method."""
    use = Random(f"{seed} {row.number}")  # noqa: S311 - a made-up town is no secret
    chance, gross = use.random(), int(row.gross * 100)
    method = METHODS[int(use.random() * len(METHODS))]
    in_time = row.due_on - timedelta(days=int(use.random() * 9))
    if chance < NEVER:
        return
    if chance < PARTLY:
        yield in_time, max(gross // 200 * 100, 1), method
    elif chance < LATE:
        yield row.due_on + timedelta(days=3 + int(use.random() * 40)), gross, method
    else:
        yield in_time, gross, method
        if chance < TWICE:
            yield in_time + timedelta(days=2), gross, method


@operation(roles=SYSTEM_ONLY)
def post_invoices(work: Work) -> int:
    """Take the e-invoices of the past months for sent; return how many there were."""
    sent = work.session.execute(
        sa.update(OutgoingMessage)
        .where(col(OutgoingMessage.kind) == MailKind.INVOICE, col(OutgoingMessage.state) == MailState.QUEUED)
        .values(state=MailState.SENT, sent_at=col(OutgoingMessage.queued_at), attempts=1)
    )
    left = sa.select(
        col(DocumentDelivery.document_id),
        sa.literal(DeliveryKind.SENT.value),
        col(DocumentDelivery.at),
    ).where(col(DocumentDelivery.how) == DeliveryKind.QUEUED)
    work.session.execute(sa.insert(DocumentDelivery).from_select(["document_id", "how", "at"], left))
    return int(sent.rowcount)  # type: ignore[attr-defined]  # a cursor result, having updated
