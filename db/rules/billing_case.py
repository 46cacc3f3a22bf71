"""From the facts about a contract to what its bill is computed from, or why there is none. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from db.records.billing import ContractCase, MeterCase, MeterState, PointCase, SettledRow, Skipped, Window
from db.records.charges import ChargeLine, Charges, DialReading, MeterReadings, Taken, Terms
from db.records.clients import MeterRole
from db.records.money import SkipReason
from db.refusals import ChargeRefused
from db.rules.charges import add_up, compute_charges
from db.rules.charges_consumption import measure
from db.rules.charges_estimate import estimate_taken
from db.rules.charges_tariff import Tariff
from db.rules.months import month_after

LITRES = 1000
"""In a m³."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Settlement:
    """A computed bill and what it settles."""

    charges: Charges
    meters: tuple[SettledRow, ...]
    water: int
    """Whole m³ of the interval."""
    places: tuple[str | None, ...]
    """The supply point of each line, where there are several."""


@dataclass(frozen=True, slots=True)
class _Measured:
    taken: Taken
    rows: tuple[SettledRow, ...]


def window_of(period_first: date, months: int) -> Window | None:
    """Return the days billed in the calendar month that begins on `period_first`.

    A contract of `months` months is due when its months are full, counted from January:
    every second month in even ones, every third in March, June ... None when it is not due.
    """
    if period_first.month % months:
        return None
    start = period_first.month - months
    first = date(period_first.year, start + 1, 1)
    return Window(first, month_after(period_first) - _DAY)


def window_around(day: date, months: int) -> Window:
    """Return the billing period of `months` months, counted from January, that holds `day`."""
    start = (day.month - 1) // months * months + 1
    found = window_of(date(day.year, start + months - 1, 1), months)
    assert found is not None  # noqa: S101 - a period ends in a month that its length divides
    return found


def tariff_of(case: ContractCase, tariffs: Mapping[int, Tariff]) -> Tariff | None:
    """Return the prices of a contract through all its tariff groups; None where one has none."""
    found = None if case.group_id is None else tariffs.get(case.group_id)
    for day, group in case.groups_since:
        other = tariffs.get(group)
        if other is None:
            return None
        found = other if found is None else found.followed_by(other, day)
    return found


def settle(case: ContractCase, tariff: Tariff | None, *, estimate: bool = False) -> Settlement | Skipped:
    """Return the bill of a contract for its window, or why it has none.

    `estimate` charges the average where nobody read the meter (rule 8 of charges).
    """
    if tariff is None:
        return Skipped(SkipReason.NO_TARIFF)
    window = case.window
    if case.ends_on is not None and case.ends_on < window.first:
        return Skipped(SkipReason.ENDED_CONTRACT)
    until = window.last if case.ends_on is None else min(window.last, case.ends_on)
    try:
        measured = _measured(case, until, estimate=estimate)
        return measured if isinstance(measured, Skipped) else _charged(case, measured, tariff)
    except ChargeRefused as error:
        return Skipped(SkipReason.REFUSED, error.message, error.params)


def _measured(case: ContractCase, until: date, *, estimate: bool) -> list[_Measured] | Skipped:
    found: list[_Measured] = []
    final = until == case.ends_on
    for point in case.points:
        mains = [meter for meter in point.meters if meter.role is MeterRole.MAIN]
        if not mains:
            return Skipped(SkipReason.NO_METER, point.address)
        if any(day <= until for meter in point.meters for day in meter.pending):
            return Skipped(SkipReason.SUSPECT_READING, mains[0].number)
        measured = measured_point(point, case.starts_on, case.window.first, until)
        if measured is not None and _leaves_days(measured, case, mains, until if final else None):
            measured = None
        if measured is None and estimate:
            measured = _estimated(case, mains, until)
        if measured is None:
            return Skipped(SkipReason.NO_READING, mains[-1].number)
        found.append(measured)
    return found or Skipped(SkipReason.NO_METER)


def _leaves_days(
    measured: _Measured, case: ContractCase, mains: Sequence[MeterCase], final: date | None
) -> bool:
    """Tell whether the readings end before they may.

    That is inside the days of an estimate, which only a reading behind them settles whole; or
    before `final`, the last day of a contract, while a meter still counts: no later bill would
    charge the rest.
    """
    ends = measured.taken.last
    if case.estimated_until is not None and ends < case.estimated_until:
        return True
    counting = any(meter.removed is None or meter.removed.day > ends for meter in mains)
    return final is not None and ends < final and counting


def measured_point(point: PointCase, contract_start: date, first: date, until: date) -> _Measured | None:
    """Return what the meters of a point show from the last settled day on; None without a reading.

    Raises ChargeRefused for readings that contradict each other.
    """
    mains = _spans(point.meters, MeterRole.MAIN, contract_start, first, until)
    if not any(len(states) > 1 for _, states in mains):
        return None
    begins = min(states[0].day for _, states in mains)
    ends = max(states[-1].day for _, states in mains)
    gardens = [
        (meter, _inside(states, begins))
        for meter, states in _spans(point.meters, MeterRole.GARDEN, contract_start, first, ends)
    ]
    spans = [*mains, *gardens]
    taken = measure([_dial(meter, states) for meter, states in spans])
    return _Measured(taken, tuple(_row(meter, states) for meter, states in spans))


def _spans(
    meters: Iterable[MeterCase], role: MeterRole, contract_start: date, first: date, until: date
) -> list[tuple[MeterCase, list[MeterState]]]:
    """Return the meters of a role that have days to settle, each with its states, oldest first."""
    found = []
    for meter in meters:
        if meter.role is role and (states := _states(meter, contract_start, first, until)):
            found.append((meter, states))
    return found


def _states(meter: MeterCase, contract_start: date, first: date, until: date) -> list[MeterState]:
    if meter.settled is None and meter.removed is not None and meter.removed.day < first:
        return []  # it went before there were invoices here
    start = meter.settled or _opening(meter, contract_start, first)
    if start is None or start.day > until or (meter.removed is not None and meter.removed.day <= start.day):
        return []
    states = [start, *(state for state in meter.readings if start.day < state.day <= until)]
    if (removed := meter.removed) is not None and removed.day <= until:
        states = [state for state in states if state.day < removed.day] + [removed]
    return states


def _opening(meter: MeterCase, contract_start: date, first: date) -> MeterState | None:
    """Return where the first bill of a meter begins: its last reading before the window, or its opening.

    What is older was settled elsewhere, before there were invoices here. On a meter that served
    somebody else before the contract only a reading (the hand-over) can begin; None without one.
    """
    own = [state for state in meter.readings if state.day >= contract_start - _DAY]
    before = [state for state in own if state.day < first]
    if before:
        return replace(before[-1], rollover=False)
    if meter.installed.day >= contract_start - _DAY:
        return MeterState(meter.installed.day, meter.installed.state)
    return replace(own[0], rollover=False) if own else None


def _inside(states: list[MeterState], begins: date) -> list[MeterState]:
    """Let a garden meter that was read some days before the main one begin with it: no m³ is lost."""
    if states[0].day < begins:
        return [replace(states[0], day=begins), *(state for state in states[1:] if state.day > begins)]
    return states


def _dial(meter: MeterCase, states: Sequence[MeterState]) -> MeterReadings:
    readings = tuple(DialReading(state.day, Decimal(state.state), state.rollover) for state in states)
    return MeterReadings(meter.number, meter.role, meter.digits, meter.verified_until, readings)


def _row(meter: MeterCase, states: Sequence[MeterState]) -> SettledRow:
    used = sum(
        after.state - before.state + (10**meter.digits if after.rollover else 0)
        for before, after in pairwise(states)
    )
    return SettledRow(
        meter_id=meter.id,
        number=meter.number,
        role=meter.role,
        start=states[0],
        end=states[-1],
        consumption=used,
        removed=meter.removed is not None and meter.removed.day == states[-1].day,
    )


def _estimated(case: ContractCase, mains: Sequence[MeterCase], until: date) -> _Measured | None:
    """Estimate the days since the last bill, when there is a settled interval to look back on."""
    meter = mains[-1]
    start = meter.settled
    if start is None or not case.intervals or len(case.points) > 1:
        return None
    previous = max(start.day, case.estimated_until or start.day)
    if until <= previous:
        return None
    taken = estimate_taken(case.intervals, previous=previous, until=until)
    used = taken.water // LITRES
    guessed = meter.estimated
    begins = MeterState(previous, guessed.state if guessed and guessed.day == previous else start.state)
    row = SettledRow(
        meter_id=meter.id,
        number=meter.number,
        role=meter.role,
        start=begins,
        end=MeterState(until, (begins.state + used) % 10**meter.digits),
        consumption=used,
        estimated=True,
    )
    return _Measured(taken, (row,))


def _charged(case: ContractCase, measured: list[_Measured], tariff: Tariff) -> Settlement | Skipped:
    window = case.window
    lines: list[tuple[ChargeLine, str | None]] = []
    for at, (point, found) in enumerate(zip(case.points, measured, strict=True)):
        terms = Terms(window.first, window.last, case.starts_on, case.ends_on, point.sewage)
        estimated = () if found.taken.estimated else case.estimated_lines
        bill = compute_charges(found.taken, terms, tariff, estimated=estimated)
        if len(measured) == 1:
            charges = bill
            break
        keep = [line for line in bill.lines if at == 0 or line.unit != "month"]
        lines += [(line, None if line.unit == "month" else point.address) for line in keep]
    else:
        order = ("water", "sewage", "standing")
        lines.sort(key=lambda pair: order.index(pair[0].service))
        whole = [line for line, _ in lines]
        charges = Charges(tuple(whole), add_up(whole), max(found.taken.days for found in measured))
    if not charges.totals.gross:
        return Skipped(SkipReason.ZERO)
    return Settlement(
        charges=charges,
        meters=tuple(row for found in measured for row in found.rows),
        water=sum(found.taken.water for found in measured) // LITRES,
        places=tuple(place for _, place in lines),
    )
