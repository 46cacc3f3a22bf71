"""Loads what estimates charged since the last real reading, and what the next one looks back on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Invoice, InvoiceLine
from db.queries.rows import Statement
from db.records.charges import UNITS, ChargeLine, Service, SettledInterval


def real_intervals(uses: Iterable[Any]) -> tuple[SettledInterval, ...]:
    """Return the real intervals, meters side by side or exchanged within one taken together."""
    found: dict[date, tuple[int, int]] = {}
    for use in uses:
        if not use.estimated and use.to_day > use.from_day:
            days, used = found.get(use.to_day, (0, 0))
            found[use.to_day] = (max(days, (use.to_day - use.from_day).days), used + use.consumption)
    return tuple(SettledInterval(days, Decimal(used)) for _, (days, used) in sorted(found.items()))


def open_estimates(
    session: Session, uses: Mapping[int, list[Any]], before: date
) -> dict[int, tuple[date, tuple[ChargeLine, ...]]]:
    """Return, for contracts billed by estimate since the last real reading, until when and which lines."""
    open_: dict[int, date] = {}
    for contract, own in uses.items():
        real = max((use.to_day for use in own if not use.estimated), default=date.min)
        if any(use.estimated and use.to_day > real for use in own):
            open_[contract] = real
    if not open_:
        return {}
    asked = {"contracts": sorted(open_), "since": min(open_.values()), "before": before}
    chains: dict[int, list[Any]] = defaultdict(list)
    for row in session.execute(_estimated_statement(), asked):
        chains[row.root].append(row)
    found: dict[int, tuple[date, tuple[ChargeLine, ...]]] = {}
    for rows in chains.values():
        contract = rows[0].contract_id
        lines = [line for line in _net_lines(rows) if line.first > open_[contract]]
        if not max(rows, key=lambda row: row.id).estimated or not lines:
            continue  # voided, or settled by a real reading since
        until, known = found.get(contract, (lines[0].last, ()))
        found[contract] = (max(until, *(line.last for line in lines)), (*known, *lines))
    return found


def _net_lines(rows: Iterable[Any]) -> list[ChargeLine]:
    """Return what an invoice and its corrections charge together, one line a span and price."""
    sums: dict[tuple[Any, ...], tuple[Decimal, Decimal]] = {}
    for row in rows:
        key = (row.service, row.starts_on, row.ends_on, row.price, row.vat_rate)
        quantity, net = sums.get(key, (Decimal(0), Decimal(0)))
        sums[key] = (quantity + row.quantity, net + row.net)
    return [
        ChargeLine(service, first, last, quantity, UNITS[service], price, net, rate)
        for (service, first, last, price, rate), (quantity, net) in sums.items()
    ]


@lru_cache(maxsize=1)
def _estimated_statement() -> Statement:
    """Return the statement of the volume lines of invoices and corrections, each with its root."""
    return (
        sa.select(
            col(Invoice.id),
            sa.func.coalesce(col(Invoice.corrects_id), col(Invoice.id)).label("root"),
            col(Invoice.estimated),
            col(Invoice.contract_id),
            col(InvoiceLine.service),
            col(InvoiceLine.starts_on),
            col(InvoiceLine.ends_on),
            col(InvoiceLine.quantity),
            col(InvoiceLine.price),
            col(InvoiceLine.net),
            col(InvoiceLine.vat_rate),
        )
        .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
        .where(
            col(Invoice.contract_id).in_(sa.bindparam("contracts", expanding=True)),
            col(Invoice.ends_on) > sa.bindparam("since", type_=sa.Date),
            col(Invoice.starts_on) < sa.bindparam("before", type_=sa.Date),
            col(InvoiceLine.service) != Service.STANDING,
        )
        .order_by(col(Invoice.contract_id), col(Invoice.starts_on), col(Invoice.id), col(InvoiceLine.id))
    )
