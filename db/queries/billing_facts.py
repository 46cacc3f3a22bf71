"""Loads what the bills of many contracts follow from, a few statements for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from db.models import (
    AddressRow,
    Invoice,
    InvoiceMeter,
    Meter,
    Reading,
    SupplyPoint,
)
from db.queries.billed_parties import PARTIES, BilledParty, party_of
from db.queries.billing_estimates import open_estimates, real_intervals
from db.queries.reading_rows import is_accepted, is_pending
from db.queries.rows import Statement, into
from db.queries.supply import address_columns
from db.queries.tariff_groups import GroupSince, load_changes
from db.records.billing import ContractCase, MeterCase, MeterState, PointCase, Window
from db.records.charges import ChargeLine
from db.records.clients import Address, MeterRole
from db.rules.expected import Period

LOOK_BACK = timedelta(days=800)
"""How far back the use of water is told: 24 months and what began before them."""


@dataclass(frozen=True, slots=True)
class BillingFacts:
    """A contract's case and whom its invoice goes to."""

    party: BilledParty
    case: ContractCase
    periods: tuple[Period, ...]
    """Settled use of the last months, oldest first."""

    @property
    def billed_from(self) -> date:
        """The first day of the window on which the contract is in force."""
        return max(self.case.window.first, self.case.starts_on)

    @property
    def billed_until(self) -> date:
        """The last day of the window on which the contract is in force."""
        last, ends = self.case.window.last, self.case.ends_on
        return last if ends is None else min(last, ends)


def _meter_statement() -> Statement:
    return (
        sa.select(
            col(SupplyPoint.contract_id),
            col(SupplyPoint.id),
            col(SupplyPoint.sewage),
            *address_columns(),
            col(Meter.id),
            col(Meter.number),
            col(Meter.role),
            col(Meter.digits),
            col(Meter.verified_until),
            col(Meter.installed_on),
            col(Meter.installed_state),
            col(Meter.removed_on),
            col(Meter.removed_state),
        )
        .join(AddressRow, col(AddressRow.id) == col(SupplyPoint.address_id))
        .outerjoin(Meter, col(Meter.supply_point_id) == col(SupplyPoint.id))
        .where(col(SupplyPoint.contract_id).in_(sa.bindparam("contracts", expanding=True)))
        .order_by(col(SupplyPoint.id), col(Meter.installed_on), col(Meter.id))
    )


def superseded() -> sa.ColumnElement[bool]:
    """Return the condition that a later correction of the enclosing invoice stands in its place."""
    later = aliased(Invoice)
    root = sa.func.coalesce(col(Invoice.corrects_id), col(Invoice.id))
    return (
        sa.select(sa.literal(1))
        .where(col(later.corrects_id) == root, col(later.id) > col(Invoice.id))
        .correlate(Invoice)
        .exists()
    )


def _settled_statement() -> Statement:
    return (
        sa.select(
            col(Invoice.contract_id),
            col(InvoiceMeter.meter_id),
            col(InvoiceMeter.role),
            col(InvoiceMeter.from_day),
            col(InvoiceMeter.from_state),
            col(InvoiceMeter.to_day),
            col(InvoiceMeter.to_state),
            col(InvoiceMeter.consumption),
            col(InvoiceMeter.estimated),
        )
        .join(Invoice, col(Invoice.id) == col(InvoiceMeter.invoice_id))
        .where(
            col(InvoiceMeter.meter_id).in_(sa.bindparam("meters", expanding=True)),
            col(InvoiceMeter.to_day) >= sa.bindparam("since", type_=sa.Date),
            col(Invoice.starts_on) < sa.bindparam("before", type_=sa.Date),
            ~superseded(),
        )
        .order_by(col(InvoiceMeter.meter_id), col(InvoiceMeter.to_day), col(InvoiceMeter.id))
    )


def _reading_statement(*, pending: bool) -> Statement:
    return (
        sa.select(
            col(Reading.meter_id),
            col(Reading.day),
            col(Reading.state),
            col(Reading.rollover),
            col(Reading.id),
        )
        .where(
            col(Reading.meter_id).in_(sa.bindparam("meters", expanding=True)),
            col(Reading.day) >= sa.bindparam("since", type_=sa.Date),
            col(Reading.day) <= sa.bindparam("until", type_=sa.Date),
            is_pending() if pending else is_accepted(),
            ~col(Reading.estimated),
        )
        .order_by(col(Reading.meter_id), col(Reading.day), col(Reading.id))
    )


_METERS = _meter_statement()
_SETTLED = _settled_statement()
_READINGS = _reading_statement(pending=False)
_PENDING = _reading_statement(pending=True)


def load_facts(
    session: Session,
    contracts: Sequence[int],
    windows: Mapping[int, Window],
    *,
    estimate: bool = False,
    before: date = date.max,
) -> list[BillingFacts]:
    """Return the facts of each of `contracts` for its window, by contract id.

    What an estimate looks back on is put together only for a run that estimates. Invoices whose
    days begin on `before` or later are left out of account: so it stood before they were issued.
    """
    if not contracts:
        return []
    parties = session.execute(PARTIES, {"contracts": contracts}).all()
    rows = session.execute(_METERS, {"contracts": contracts}).all()
    meters = sorted({int(row[8]) for row in rows if row[8] is not None})
    until = max(days.last for days in windows.values())
    since = min(days.first for days in windows.values())
    settled = _settled(session, meters, (since, until), before)
    oldest = _oldest_needed(meters, settled, since, until)
    readings = _readings(session, meters, settled, (oldest, since, until))
    pending = _by_meter(session.execute(_PENDING, {"meters": meters, "since": oldest, "until": until}))
    points = _points(rows, windows, settled, readings, pending)
    uses = _uses(settled)
    estimates = open_estimates(session, uses, before)
    changes = load_changes(session, contracts)
    found = [
        _facts(row, windows[row[0]], points.get(row[0], ()), uses, estimates, changes.get(row[0], ()))
        for row in parties
    ]
    if not estimate:
        return found
    return [_with_intervals(facts, uses.get(facts.case.contract_id, ())) for facts in found]


def _with_intervals(facts: BillingFacts, uses: Iterable[Any]) -> BillingFacts:
    return replace(facts, case=replace(facts.case, intervals=real_intervals(uses)))


def _settled(
    session: Session, meters: Sequence[int], days: tuple[date, date], before: date
) -> dict[int, list[Any]]:
    """Return what invoices settled, by meter: of late, and all of a meter that was only estimated since."""
    since, until = days
    asked = {"meters": meters, "since": since - LOOK_BACK, "before": before}
    found = _by_meter(session.execute(_SETTLED, asked), at=1)
    if other := [meter for meter in meters if not _real(found.get(meter, ()), until)]:
        found |= _by_meter(session.execute(_SETTLED, asked | {"meters": other, "since": date.min}), at=1)
    return found


def _readings(
    session: Session,
    meters: Sequence[int],
    settled: Mapping[int, list[Any]],
    days: tuple[date, date, date],
) -> dict[int, list[Any]]:
    """Return the readings from the oldest needed day on, by meter.

    A first bill begins with the last reading before the window, however long ago that was.
    """
    oldest, since, until = days
    found = _by_meter(session.execute(_READINGS, {"meters": meters, "since": oldest, "until": until}))
    first = [
        meter
        for meter in meters
        if not _real(settled.get(meter, ()), until)
        and not any(row.day < since for row in found.get(meter, ()))
    ]
    if first:
        asked = {"meters": first, "since": date.min, "until": oldest - timedelta(days=1)}
        for meter, rows in _by_meter(session.execute(_READINGS, asked)).items():
            found[meter] = [rows[-1], *found.get(meter, ())]
    return found


def _by_meter(rows: Iterable[Any], *, at: int = 0) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row[at]].append(row)
    return found


def _real(rows: Iterable[Any], last: date) -> list[Any]:
    """Return what real readings settled up to the day `last`."""
    return [row for row in rows if not row.estimated and row.to_day <= last]


def _oldest_needed(meters: Iterable[int], settled: Mapping[int, list[Any]], since: date, until: date) -> date:
    """Return the day from which readings matter: where bills left off, or long ago for a first bill."""
    oldest = since
    for meter in meters:
        real = _real(settled.get(meter, ()), until)
        oldest = min(oldest, real[-1].to_day if real else since - LOOK_BACK)
    return oldest


def _points(
    rows: Iterable[Any],
    windows: Mapping[int, Window],
    settled: Mapping[int, list[Any]],
    readings: Mapping[int, list[Any]],
    pending: Mapping[int, list[Any]],
) -> dict[int, tuple[PointCase, ...]]:
    found: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        found[row[0]][row[1]].append(row)
    return {
        contract: tuple(
            PointCase(
                id=point,
                postal=into(Address, lines[0][3:8]),
                sewage=bool(lines[0][2]),
                meters=tuple(
                    _meter(line[8:], windows[contract].last, settled, readings, pending)
                    for line in lines
                    if line[8] is not None
                ),
            )
            for point, lines in points.items()
        )
        for contract, points in found.items()
    }


def _meter(
    row: Sequence[Any],
    last: date,
    settled: Mapping[int, list[Any]],
    readings: Mapping[int, list[Any]],
    pending: Mapping[int, list[Any]],
) -> MeterCase:
    key, number, role, digits, verified, installed_on, installed_state, removed_on, removed_state = row
    own = settled.get(key, ())
    real = _real(own, last)
    until = real[-1].to_day if real else date.min
    # where an invoice of later days, issued before this one, began to settle
    ceiling = min((line.from_day for line in own if not line.estimated and line.to_day > last), default=last)
    guessed = [line for line in own if line.estimated and until < line.to_day <= last]
    return MeterCase(
        id=key,
        number=number,
        role=role,
        digits=digits,
        verified_until=verified,
        installed=MeterState(installed_on, installed_state),
        removed=None if removed_on is None else MeterState(removed_on, removed_state),
        settled=MeterState(real[-1].to_day, real[-1].to_state) if real else None,
        readings=tuple(
            MeterState(day, state, mark, own)
            for _, day, state, mark, own in readings.get(key, ())
            if day <= ceiling
        ),
        pending=tuple(line[1] for line in pending.get(key, ()) if line[1] > until),
        estimated=MeterState(guessed[-1].to_day, guessed[-1].to_state) if guessed else None,
    )


def _uses(settled: Mapping[int, list[Any]]) -> dict[int, list[Any]]:
    """Return what main meters used, by contract, oldest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    for rows in settled.values():
        for row in rows:
            if row.role is MeterRole.MAIN:
                found[row.contract_id].append(row)
    for uses in found.values():
        uses.sort(key=lambda row: (row.to_day, row.from_day))
    return found


def _facts(
    row: Sequence[Any],
    window: Window,
    points: tuple[PointCase, ...],
    uses: Mapping[int, list[Any]],
    estimates: Mapping[int, tuple[date, tuple[ChargeLine, ...]]],
    changes: Sequence[GroupSince],
) -> BillingFacts:
    key = row[0]
    own = uses.get(key, [])
    until, lines = estimates.get(key, (None, ()))
    case = ContractCase(
        contract_id=key,
        starts_on=row[11],
        ends_on=row[12],
        group_id=row[13],
        window=window,
        points=points,
        estimated_until=until,
        estimated_lines=lines,
        groups_since=tuple((change.starts_on, change.group_id) for change in changes),
    )
    labels = [change.label for change in changes if change.starts_on <= window.last]
    party = party_of(row, labels[-1] if labels else None)
    periods = tuple(Period(use.from_day, use.to_day, use.consumption) for use in own if not use.estimated)
    return BillingFacts(party, case, periods)
