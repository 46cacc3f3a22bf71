"""What the next invoice would be if a reading were taken: told while the agent still has the caller."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.doors import DESK, query
from db.errors import NotFound
from db.models import Contract, Invoice, Meter, SupplyPoint
from db.queries.billing_facts import load_facts
from db.queries.billing_windows import stands, unbilled
from db.queries.rows import Statement
from db.queries.supply import in_use_first
from db.queries.tariffs import load_tariffs
from db.records.billing import BillPreview, ContractCase, MeterCase, MeterState, Skipped
from db.records.money import SkipReason
from db.rules.billing_case import settle, tariff_of, window_around
from db.words import N_
from db.work import Work

BILLED = N_("These days are billed already, to %(day)s.")


@query(roles=DESK)
def bill_preview(
    work: Work, meter: str, state: int, day: date, *, rollover: bool = False
) -> BillPreview | Skipped:
    """Return the invoice of the billing period that holds `day`, with the reading taken.

    It is computed as the billing run will, or says why there is none. The form that asks has left
    its access entry. Raises NotFound for the meter.
    """
    number = "".join(meter.split())[:20]
    row = work.session.execute(_contract_of_meter(), {"meter": number}).one_or_none()
    if row is None:
        raise NotFound(N_("There is no meter %(meter)s. Check its number."), meter=number)
    window = window_around(day, row.period_months)
    if row.billed is not None and row.billed >= min(day, row.ends_on or day):
        return Skipped(SkipReason.REFUSED, BILLED, {"day": row.billed.isoformat()})
    tariffs = load_tariffs(work.session, on=work.today)
    windows = unbilled(work.session, {row.contract_id: window}, tariffs)
    (facts,) = load_facts(work.session, [row.contract_id], windows)
    case = _with_reading(facts.case, row.meter_id, MeterState(day, state, rollover))
    found = settle(case, tariff_of(case, tariffs))
    if isinstance(found, Skipped):
        return found
    return BillPreview(found.water, found.charges.days, found.charges.totals.gross, case.window)


def last_billed(session: Session, contract_id: int) -> date | None:
    """Return the last day that an invoice which stands has billed; None before the first."""
    found: date | None = session.scalar(
        sa.select(sa.func.max(col(Invoice.ends_on))).where(col(Invoice.contract_id) == contract_id, stands())
    )
    return found


@lru_cache(maxsize=1)
def _contract_of_meter() -> Statement:
    billed = (
        sa.select(sa.func.max(col(Invoice.ends_on)))
        .where(col(Invoice.contract_id) == col(Contract.id), stands())
        .correlate(Contract)
        .scalar_subquery()
    )
    return (
        sa.select(
            col(Meter.id).label("meter_id"),
            col(Contract.id).label("contract_id"),
            col(Contract.period_months),
            col(Contract.ends_on),
            billed.label("billed"),
        )
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .where(col(Meter.number) == sa.bindparam("meter"))
        .order_by(*in_use_first())
        .limit(1)
    )


def _with_reading(case: ContractCase, meter_id: int, taken: MeterState) -> ContractCase:
    points = tuple(
        replace(point, meters=tuple(_taken(meter, meter_id, taken) for meter in point.meters))
        for point in case.points
    )
    return replace(case, points=points)


def _taken(meter: MeterCase, meter_id: int, taken: MeterState) -> MeterCase:
    if meter.id != meter_id:
        return meter
    others = [state for state in meter.readings if state.day != taken.day]
    return replace(meter, readings=tuple(sorted([*others, taken], key=lambda state: state.day)))
