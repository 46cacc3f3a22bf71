"""From which day a bill begins: no day of a contract is charged twice, and none is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import BillingRun, BillingSkip, Contract, Invoice
from db.queries.billing_facts import superseded
from db.queries.rows import Statement
from db.records.billing import Window
from db.records.money import SkipReason
from db.rules.billing_case import window_of
from db.rules.charges_tariff import Tariff

_DAY = timedelta(days=1)


def stands() -> sa.ColumnElement[bool]:
    """Return the condition that nothing has come in the place of an invoice, nor taken it back."""
    return sa.and_(~superseded(), ~col(Invoice.voids))


def unbilled(
    session: Session, windows: Mapping[int, Window], tariffs: Mapping[int, Tariff]
) -> dict[int, Window]:
    """Return the windows of contracts, each begun where its last invoice left off.

    So a period that was skipped is charged with the next one, its standing charge as well as its
    water. A contract without an invoice begins with the first period in which a run skipped it,
    though with no day before the first price: what is older was settled elsewhere. Windows of
    contracts that ended before them stay as they are.
    """
    if not windows:
        return {}
    asked = {"contracts": list(windows), "last": max(window.last for window in windows.values())}
    found = dict(windows)
    new: dict[int, Any] = {}
    for row in session.execute(_left_off(), asked):
        window = windows[row.id]
        if row.ends_on is not None and row.ends_on < window.first:
            continue
        if row.billed is None:
            new[row.id] = row
        else:
            found[row.id] = replace(window, first=row.billed + _DAY)
    for row in session.execute(_skipped(), {"contracts": list(new)}) if new else ():
        own = new[row.contract_id]
        missed = window_of(date(int(row.period[:4]), int(row.period[4:]), 1), own.period_months)
        tariff = tariffs.get(own.tariff_group_id)
        if missed is not None and tariff is not None:
            window = windows[row.contract_id]
            first = min(window.first, max(missed.first, tariff.first_day))
            found[row.contract_id] = replace(window, first=first)
    return found


@lru_cache(maxsize=1)
def _left_off() -> Statement:
    billed = (
        sa.select(sa.func.max(col(Invoice.ends_on)))
        .where(
            col(Invoice.contract_id) == col(Contract.id),
            col(Invoice.starts_on) <= sa.bindparam("last", type_=sa.Date),
            stands(),
        )
        .correlate(Contract)
        .scalar_subquery()
    )
    return sa.select(
        col(Contract.id),
        col(Contract.ends_on),
        col(Contract.period_months),
        col(Contract.tariff_group_id),
        billed.label("billed"),
    ).where(col(Contract.id).in_(sa.bindparam("contracts", expanding=True)))


@lru_cache(maxsize=1)
def _skipped() -> Statement:
    return (
        sa.select(col(BillingSkip.contract_id), sa.func.min(col(BillingRun.period)).label("period"))
        .join(BillingRun, col(BillingRun.id) == col(BillingSkip.run_id))
        .where(
            col(BillingSkip.contract_id).in_(sa.bindparam("contracts", expanding=True)),
            col(BillingSkip.reason) != SkipReason.ENDED_CONTRACT,
        )
        .group_by(col(BillingSkip.contract_id))
    )
