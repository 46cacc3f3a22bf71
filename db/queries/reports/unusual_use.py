"""Meters whose use in a period is out of the ordinary: below zero, like a leak, low, or none."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.errors import WrongInput
from db.models import AddressRow, Client, Invoice, InvoiceMeter, Meter, Reading
from db.queries.reports.common import days_between
from db.queries.reports.consumption import LITRES, litres, months_before, period_of, settled_meters, standing
from db.records.reports import Found, Line, Question
from db.rules.reading_facts import ReasonCode
from db.rules.unusual_use import UnusualUse, unusual_use, usual_use
from db.words import N_
from db.work import Work

MONTHS = 12
"""Months before the period that tell what is usual."""
_NOTHING = {"volume": 0, "days": 0, "estimated": False, "told": False}
_ORDER = {kind: place for place, kind in enumerate(UnusualUse)}


@report(roles=OVERSEERS)
def unusual(work: Work, question: Question) -> Found:
    """Return these meters by kind, the farthest from the usual first; with a kind only those.

    Raises WrongInput for a kind that is none.
    """
    if question.kind and question.kind not in list(UnusualUse):
        known = ", ".join(UnusualUse)
        raise WrongInput(N_("%(typed)s is none of: %(known)s."), typed=question.kind[:40], known=known)
    rows = [row for line in _settled(work, question) if (row := _judged(line)) is not None]
    rows = [row for row in rows if question.kind in ("", row["kind"])]
    rows.sort(key=lambda row: (_ORDER[row["kind"]], -abs(row["volume"] - (row["usual"] or 0)), row["meter"]))
    return Found(tuple(rows), {})


def _judged(line: Line) -> Line | None:
    usual = usual_use(line["days"], line["past_volume"], line["past_days"])
    kind = unusual_use(line["volume"], usual, told=line["told"])
    if kind is None:
        return None
    shown = {key: line[key] for key in ("meter", "client", "town", "volume")}
    return {"kind": kind, **shown, "usual": usual, "estimated": line["estimated"]}


def _settled(work: Work, question: Question) -> list[Line]:
    """Return what each meter used in the period, in how many days, and what it had used before."""
    period = period_of(question)
    past = _past(question, period)
    statement = (
        settled_meters(
            question,
            period,
            *(
                col(Meter.number),
                col(Client.number),
                col(AddressRow.town),
                litres(col(InvoiceMeter.consumption)),
            ),
            *(
                col(InvoiceMeter.estimated),
                days_between(col(InvoiceMeter.from_day), col(InvoiceMeter.to_day)),
            ),
            *(col(Reading.reason), past.c.volume, past.c.days),
        )
        .outerjoin(Reading, col(Reading.id) == col(InvoiceMeter.reading_id))
        .outerjoin(past, past.c.meter_id == col(InvoiceMeter.meter_id))
        .order_by(col(InvoiceMeter.id))
    )
    found: dict[str, Line] = {}
    for meter, client, town, used, estimated, days, reason, volume, before in work.session.execute(statement):
        line = found.setdefault(meter, {"meter": meter, "client": client, "town": town, **_NOTHING})
        # a meter that passed to another client within the period has several rows, each with its whole past
        line |= {"past_volume": int(volume or 0) // LITRES, "past_days": int(before or 0)}
        line["volume"] += int(used) // LITRES
        line["days"] += days
        line["estimated"] = line["estimated"] or estimated
        line["told"] = line["told"] or reason == ReasonCode.LEAK
    return list(found.values())


def _past(question: Question, period: str) -> Any:
    """Return volume and days that each main meter settled in the year before the period."""
    past, document = aliased(InvoiceMeter), aliased(Invoice)
    return (
        sa.select(
            col(past.meter_id).label("meter_id"),
            sa.func.sum(litres(col(past.consumption))).label("volume"),
            sa.func.sum(days_between(col(past.from_day), col(past.to_day))).label("days"),
        )
        .join(document, col(document.id) == col(past.invoice_id))
        .where(
            *standing(document, question.as_of),
            col(document.period) < period,
            col(document.period) >= months_before(period, MONTHS),
        )
        .group_by(col(past.meter_id))
        .subquery()
    )
