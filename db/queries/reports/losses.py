"""Losses of the network: water put in less what was invoiced, by town."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Set
from math import lcm

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import AddressRow, BillingRun, Contract, InvoiceMeter, WaterInput
from db.queries.reports.common import ends, percent, running
from db.queries.reports.consumption import LITRES, litres, months_before, period_of, settled_meters
from db.queries.tariff_groups import group_on
from db.records.reports import Found, Line, Question
from db.rules.text import polish_key
from db.work import Work

_KNOWN = ("put_in", "volume", "losses")
Groups = Mapping[int, Set[int | None]]
"""Ids of tariff groups by a length in months; None is that of contracts without a group."""


@report(roles=OVERSEERS)
def losses(work: Work, question: Question) -> Found:
    """Return what each town lost in the months up to the period that hold whole billing periods of all.

    A month without a figure of a town, or whose billing has not been run, leaves the losses untold.
    """
    groups = _groups(work, question)
    last = period_of(question)
    months = [months_before(last, back) for back in reversed(range(lcm(*groups)))]
    put_in, invoiced = _put_in(work, question, months), _invoiced(work, question, months)
    unbilled = {month for month in months if not _is_billed(work, question, month, groups)}
    rows = []
    for town in sorted(
        invoiced.keys() | {town for town, _ in put_in}, key=lambda town: (polish_key(town), town)
    ):
        figures = {month: put_in.get((town, month)) for month in months}
        gaps = {month for month, figure in figures.items() if figure is None}
        row: Line = {
            "town": town,
            "from": _written(months[0]),
            "put_in": None if gaps else sum(figure or 0 for figure in figures.values()),
            "volume": None if unbilled else invoiced[town],
            "missing": ", ".join(_written(month) for month in months if month in gaps | unbilled),
        }
        rows.append(_told(row))
    return Found(tuple(rows), _totals(rows))


def _told(row: Line) -> Line:
    """Return a row with its losses, None where a part of them is not known."""
    put_in, volume = row["put_in"], row["volume"]
    known = put_in is not None and volume is not None
    row["losses"] = put_in - volume if known else None
    row["percent"] = percent(row["losses"], put_in) if known else None
    return row


def _totals(rows: list[Line]) -> Line:
    """Return the sums of what is known of every town: a sum without one of them would mislead."""
    totals = {
        key: sum(row[key] for row in rows)
        for key in _KNOWN
        if rows and all(row[key] is not None for row in rows)
    }
    if "losses" in totals:
        totals["percent"] = percent(totals["losses"], totals["put_in"])
    return totals


def _groups(work: Work, question: Question) -> Groups:
    """Return the tariff groups of the contracts that run, by the length in months of their periods."""
    group = group_on(sa.literal(question.as_of, sa.Date))
    statement = sa.select(col(Contract.period_months), group).where(running(question.as_of)).distinct()
    found: dict[int, set[int | None]] = defaultdict(set)
    for length, key in work.session.execute(statement):
        found[length].add(key)
    return found


def _put_in(work: Work, question: Question, months: list[str]) -> dict[tuple[str, str], int]:
    """Return the m³ that counted at the end of the day, by town and month: the last ones entered."""
    statement = (
        sa.select(col(WaterInput.town), col(WaterInput.month), col(WaterInput.volume))
        .where(col(WaterInput.month).in_(months), col(WaterInput.entered_at) < ends(question.as_of))
        .order_by(col(WaterInput.id))
    )
    return {(town, month): volume for town, month, volume in work.session.execute(statement)}


def _invoiced(work: Work, question: Question, months: list[str]) -> Counter[str]:
    """Return the m³ that standing documents of the months settled on main meters, by town."""
    found: Counter[str] = Counter()
    use = sa.func.sum(litres(col(InvoiceMeter.consumption)))
    for month in months:
        statement = settled_meters(question, month, col(AddressRow.town), use)
        for town, used in work.session.execute(statement.group_by(col(AddressRow.town))):
            found[town] += int(used) // LITRES
    return found


def _is_billed(work: Work, question: Question, month: str, groups: Groups) -> bool:
    """Tell whether runs of all groups whose periods end in the month had come to their end by the day."""
    due = [keys for length, keys in groups.items() if int(month[4:]) % length == 0]
    if not due:
        return True
    statement = sa.select(col(BillingRun.group_id)).where(
        col(BillingRun.period) == month, col(BillingRun.finished_at) < ends(question.as_of)
    )
    billed = set(work.session.scalars(statement))
    return None in billed or (bool(billed) and set().union(*due) <= billed | {None})


def _written(month: str) -> str:
    return f"{month[:4]}-{month[4:]}"
