"""Prices and rates of interest held against what the journal says was added."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import AuditEntry, InterestRate, TariffGroup, TariffPrice

PRICE, RATE = "tariff.price_added", "interest_rate.added"
AT_ONCE = 500


def changed_terms(session: Session) -> Iterator[str]:
    """Yield the prices and rates of the journal whose rows are gone or say something else.

    There are a few a year, so that all are held in memory. Rows without an entry, such as those of
    the sample town, are not looked at.
    """
    there = {**_prices(session), **_rates(session)}
    statement = (
        sa.select(col(AuditEntry.action), col(AuditEntry.subject), col(AuditEntry.after))
        .where(col(AuditEntry.action).in_((PRICE, RATE)))
        .order_by(col(AuditEntry.seq))
        .execution_options(yield_per=AT_ONCE)
    )
    with session.execute(statement) as result:
        for action, subject, after in result:
            name, amounts = _said(action, subject, after)
            if there.get(name) != amounts:
                yield name


def _said(action: str, subject: str, after: str | None) -> tuple[str, tuple[Decimal, ...]]:
    """Return what was added, and its amounts; none when the entry was edited, as the log's check tells."""
    try:
        said: dict[str, Any] = json.loads(after or "")
        if action == RATE:
            return subject, (Decimal(said["rate"]),)
        name = f"{subject.removeprefix('tariff ')} {said['service']} {said['from']}"
        return name, (Decimal(said["price"]), Decimal(said["vat"]))
    except (ValueError, KeyError, TypeError, InvalidOperation):
        return subject, ()


def _prices(session: Session) -> dict[str, tuple[Decimal, ...]]:
    statement = sa.select(
        col(TariffGroup.code),
        col(TariffPrice.service),
        col(TariffPrice.starts_on),
        col(TariffPrice.price),
        col(TariffPrice.vat_rate),
    ).join(TariffGroup, col(TariffGroup.id) == col(TariffPrice.group_id))
    return {
        f"{code} {service.value} {day.isoformat()}": (price, rate)
        for code, service, day, price, rate in session.execute(statement)
    }


def _rates(session: Session) -> dict[str, tuple[Decimal, ...]]:
    rows = session.execute(sa.select(col(InterestRate.starts_on), col(InterestRate.rate)))
    return {f"interest rate {day.isoformat()}": (rate,) for day, rate in rows}
