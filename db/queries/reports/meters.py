"""Verifications that expire, exchanges done, and how old the meters are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import AddressRow, Client, Contract, Meter, SupplyPoint
from db.queries.reports.common import in_use, month_of, summed
from db.queries.reports.places import place, place_columns, way
from db.records.clients import MeterRole
from db.records.reports import Found, Question
from db.rules.months import month_after
from db.work import Work

EXPIRED = "expired"
MONTHS_BACK = 12


@report(roles=OVERSEERS)
def verifications(work: Work, question: Question) -> Found:
    """Return how many verifications have expired, and how many do each month until the day asked for."""
    day = question.as_of

    def slot(last: date) -> str:
        return EXPIRED if last < day else month_of(last)

    found = _counted(
        work, col(Meter.verified_until), (in_use(day), col(Meter.verified_until) <= question.until)
    )
    rows = _rows("month", found, slot)
    rows.sort(key=lambda row: (row["month"] != EXPIRED, row["month"]))
    return Found(tuple(rows), summed(rows, ("meters", "main")))


@report(roles=OVERSEERS)
def expiring(work: Work, question: Question) -> Found:
    """Return those meters in the order of a walk."""
    statement = (
        sa.select(*place_columns(), col(Meter.number), col(Client.number), col(Meter.verified_until))
        .select_from(Meter)
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .join(Client, col(Client.id) == col(Contract.client_id))
        .join(AddressRow, col(AddressRow.id) == col(SupplyPoint.address_id))
        .where(in_use(question.as_of), col(Meter.verified_until) <= question.until)
    )
    keys = ("meter", "client", "verified_until")
    rows = [
        place(*row[:4]) | dict(zip(keys, row[4:], strict=True)) for row in work.session.execute(statement)
    ]
    return Found(tuple(sorted(rows, key=way)), {})


@report(roles=OVERSEERS)
def exchanges(work: Work, question: Question) -> Found:
    """Return the meters that took another's place in the last twelve months and this one."""
    since = month_after(question.as_of, -MONTHS_BACK).replace(day=1)
    day = col(Meter.installed_on)
    exchanged = (col(Meter.replaces_id).is_not(None), day >= since, day <= question.as_of)
    rows = _rows("month", _counted(work, day, exchanged), month_of)
    return Found(tuple(rows), summed(rows, ("meters", "main")))


@report(roles=OVERSEERS)
def ages(work: Work, question: Question) -> Found:
    """Return the meters in use by whole years since they were installed."""
    day = question.as_of

    def years(installed: date) -> int:
        return day.year - installed.year - ((day.month, day.day) < (installed.month, installed.day))

    rows = _rows("years", _counted(work, col(Meter.installed_on), (in_use(day),)), years)
    return Found(tuple(rows), summed(rows, ("meters", "main")))


def _counted(
    work: Work, day: Any, conditions: Iterable[sa.ColumnElement[bool]]
) -> list[tuple[date, MeterRole, int]]:
    statement = (
        sa.select(day, col(Meter.role), sa.func.count()).where(*conditions).group_by(day, col(Meter.role))
    )
    return [(row[0], row[1], row[2]) for row in work.session.execute(statement)]


def _rows(key: str, found: Iterable[tuple[date, MeterRole, int]], slot: Any) -> list[dict[str, Any]]:
    every: Counter[Any] = Counter()
    main: Counter[Any] = Counter()
    for day, role, number in found:
        every[slot(day)] += number
        main[slot(day)] += number if role is MeterRole.MAIN else 0
    return [{key: value, "meters": every[value], "main": main[value]} for value in sorted(every)]
