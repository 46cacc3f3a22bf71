"""Builds the pure context in which the checks judge a reading."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_FLOOR

from sqlalchemy.orm import Session

from db.policy import Policy
from db.queries.notices import open_notices
from db.queries.reading_rows import MeterHistory, load_histories
from db.queries.supply import FoundMeter, MeterRow, Supply, load_supply, point_meters
from db.records.clients import MeterRole, NoticeView
from db.rules.expected import Period, expect, use_between, use_periods
from db.rules.reading_facts import MeterFacts, NoticeFacts, OtherMeter, ReadingContext

OWN_READINGS = 1200
"""Readings of the meter that are looked at: three years of daily ones."""
OTHER_READINGS = 60
"""Readings of each other meter of the client that are looked at."""


@dataclass(frozen=True, slots=True)
class LoadedContext:
    """What a reading is judged by, and what it will be linked to."""

    context: ReadingContext
    notice: NoticeView | None
    oldest: date | None
    """Day of the oldest reading known here, when older ones were left out."""


def load_context(
    session: Session,
    found: FoundMeter,
    *,
    today: date,
    policy: Policy,
    day: date | None = None,
    without: int | None = None,
) -> LoadedContext:
    """Load everything that a reading of the found meter is judged by, in a few statements.

    `day` is the day of the reading; None is the day that the form will most likely be about.
    `without` leaves one reading out: the one that is being decided, however old it is.
    """
    supply = load_supply(session, found.client_id, first=found)
    meter = next(row for row in supply.meters if row.id == found.meter_id)
    around = None if without is None else day
    own = load_histories(session, (meter, *supply.chain(meter)), per_meter=OWN_READINGS, around=around)
    if without is not None:
        own = {key: _without(history, without) for key, history in own.items()}
    others = _others(supply, meter)
    compared = load_histories(session, others, per_meter=OTHER_READINGS, around=around)
    notice = open_notices(session, [meter.id], today=today, policy=policy).get(meter.id)
    context = build_context(meter, supply, {**compared, **own}, notice, today=today, policy=policy, day=day)
    context = replace(
        context, other_meters=tuple(_other_meter(compared[row.id], day or today) for row in others)
    )
    history = own[meter.id]
    return LoadedContext(context, notice, history.rows[-1].day if history.cut else None)


def build_context(
    meter: MeterRow,
    supply: Supply,
    histories: Mapping[int, MeterHistory],
    notice: NoticeView | None,
    *,
    today: date,
    policy: Policy,
    day: date | None,
) -> ReadingContext:
    """Put together what was loaded; the client's other meters are left out.

    `histories` are those of the meter, of the meters it replaced, and of those beside it.
    """
    chain = supply.chain(meter)
    main, garden = _same_days(meter, histories[meter.id], supply, histories, day, today)
    return ReadingContext(
        meter=meter.facts(),
        today=today,
        history=tuple(past for row in (meter, *chain) for past in histories[row.id].past()),
        earlier_meters=tuple(row.facts() for row in chain),
        notice=None if notice is None else NoticeFacts(notice.number, notice.left_on, notice.deadline),
        contract_ends_on=meter.contract_ends_on,
        main_consumption=main,
        garden_consumption=garden,
        max_client_readings=policy.max_client_readings,
    )


def _without(history: MeterHistory, reading_id: int) -> MeterHistory:
    rows = tuple(row for row in history.rows if row.id != reading_id)
    return replace(history, rows=rows)


def _others(supply: Supply, meter: MeterRow) -> tuple[MeterRow, ...]:
    """Return the client's other meters that may be read today."""
    return tuple(row for row in supply.meters if row.id != meter.id and row.removed_on is None)


def meter_periods(histories: Iterable[MeterHistory]) -> tuple[Period, ...]:
    """Return the periods of use over a meter and those it replaced.

    A meter whose older readings were left out begins with the oldest that is known.
    """
    known = list(histories)
    return use_periods(
        (past for history in known for past in history.past()), [_anchored(history) for history in known]
    )


def _anchored(history: MeterHistory) -> MeterFacts:
    facts = history.meter.facts()
    first = next((row for row in reversed(history.accepted) if not row.estimated), None)
    if not history.cut or first is None:
        return facts
    return replace(facts, installed_on=first.day, installed_state=first.state)


def last_state(history: MeterHistory) -> tuple[date, int]:
    """Return day and state of the last real reading that counts, or of the installation."""
    last = history.last_real
    if last is None:
        return history.meter.installed_on, history.meter.installed_state
    return last.day, last.state


def _other_meter(history: MeterHistory, day: date) -> OtherMeter:
    since, state = last_state(history)
    return OtherMeter(
        number=history.meter.number,
        role=history.meter.role,
        digits=history.meter.digits,
        last_state=state,
        expectation=expect(meter_periods([history]), since=since, until=day),
    )


def _same_days(
    meter: MeterRow,
    own: MeterHistory,
    supply: Supply,
    compared: Mapping[int, MeterHistory],
    day: date | None,
    today: date,
) -> tuple[int | None, int | None]:
    """Return the use of the main meter and of the garden meters over the days of this reading.

    None where it was not read for all of these days.
    """
    partners = [
        compared[row.id]
        for row in point_meters(supply.meters, meter.point_id)
        if row.id in compared and row.role is not meter.role
    ]
    if not partners:
        return None, None
    days = [row.day for row in own.accepted if not row.estimated and (day is None or row.day < day)]
    since = max(days, default=meter.installed_on)
    until = day or _likely_day(partners, since, today)
    used = _use_over(partners, since, until)
    return (used, None) if meter.role is MeterRole.GARDEN else (None, used)


def _likely_day(partners: Sequence[MeterHistory], since: date, today: date) -> date:
    """A garden meter is read with its main one: return the day of that, when it is a new one."""
    last = max(last_state(history)[0] for history in partners)
    return last if since < last <= today else today


def _use_over(histories: Sequence[MeterHistory], since: date, until: date) -> int | None:
    """Return the whole m³ that the meters counted together; None unless each was read over all days."""
    total = 0
    for history in histories:
        used, covered = use_between(meter_periods([history]), since, until)
        if covered < (until - since).days or until <= since:
            return None
        total += int(used.to_integral_value(ROUND_FLOOR))
    return total
