"""One page for the morning: what is late, what comes due, yesterday, money, and what is unusual."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import IncomingMessage, LedgerEntry, Reading
from db.queries.reports.accepted_mails import accepted_by_itself
from db.queries.reports.access import suspicious
from db.queries.reports.cash import unsigned
from db.queries.reports.common import counted, decided_by, ends, grosze, zlotys
from db.queries.reports.complaints import clock
from db.queries.reports.contacts import contacts
from db.queries.reports.einvoice import bounced
from db.queries.reports.meters import EXPIRED, verifications
from db.queries.reports.payments import payments, unmatched
from db.queries.reports.readings import readings
from db.queries.reports.requests import open_requests, processed
from db.queries.reports.revenue import revenue
from db.records.reports import Found, Line, Question
from db.work import Work

_ZERO = Decimal("0.00")


@report(roles=OVERSEERS)
def daily(work: Work, question: Question) -> Found:
    """Return the measures, each in a row; all of them belong to one moment."""
    day = question.as_of
    today = replace(question, since=day, until=day, by="")
    yesterday = replace(today, since=day - timedelta(days=1), until=day - timedelta(days=1))
    rows = [
        *_late_and_due(work, today),
        *_yesterday(work, yesterday),
        *_money(work, today),
        *_unusual(work, today, yesterday),
    ]
    return Found(tuple(rows), {})


def _late_and_due(work: Work, today: Question) -> Iterator[Line]:
    complaints = {row["clock"]: row["complaints"] for row in clock(work, today).rows}
    meters = {row["month"]: row["meters"] for row in verifications(work, today).rows}
    yield _line("late", "requests_overdue", open_requests(work, today).totals.get("overdue", 0))
    yield _line("late", "complaints_overdue", complaints["overdue"])
    yield _line("late", "meters_expired", meters.get(EXPIRED, 0))
    yield _line("due", "complaints_soon", complaints["soon"])
    yield _line("due", "readings_waiting", _waiting(work, today))


def _yesterday(work: Work, yesterday: Question) -> Iterator[Line]:
    taken = readings(work, yesterday).totals
    money = payments(work, yesterday).totals
    issued = revenue(work, yesterday).totals
    yield _line("yesterday", "contacts", contacts(work, yesterday).totals.get("contacts", 0))
    yield _line("yesterday", "readings", taken.get("readings", 0))
    yield _line("yesterday", "readings_voided", taken.get("voided", 0))
    yield _line("yesterday", "mails_accepted", _accepted_by_itself(work, yesterday))
    yield _line("yesterday", "requests_processed", processed(work, yesterday).totals.get("processed", 0))
    yield _line("yesterday", "payments", money.get("payments", 0), money.get("received", _ZERO))
    yield _line("yesterday", "invoices", issued.get("invoices", 0), issued.get("invoiced", _ZERO))


def _money(work: Work, today: Question) -> Iterator[Line]:
    owing, owed, overpaid, over = _balances(work, today)
    waiting, tills = unmatched(work, today), unsigned(work, today)
    yield _line("money", "owing", owing, zlotys(owed))
    yield _line("money", "overpaid", overpaid, zlotys(over))
    yield _line("money", "unmatched", len(waiting.rows), waiting.totals.get("amount", _ZERO))
    yield _line("money", "cash_unsigned", len(tills.rows), tills.totals.get("expected", _ZERO))


def _unusual(work: Work, today: Question, yesterday: Question) -> Iterator[Line]:
    yield _line("unusual", "looks", len(suspicious(work, yesterday).rows))
    yield _line("unusual", "addresses_bounced", bounced(work, today.as_of))


def _balances(work: Work, today: Question) -> tuple[int, int, int, int]:
    """Return how many clients owe and how much, how many have paid too much and how much; in grosze."""
    total = sa.func.sum(grosze(col(LedgerEntry.amount))).label("total")
    each = (
        sa.select(total)
        .where(col(LedgerEntry.day) <= today.as_of)
        .group_by(col(LedgerEntry.client_id))
        .subquery("each")
    )
    owes, over = each.c.total > 0, each.c.total < 0
    statement = sa.select(
        *(counted(owes), sa.func.sum(sa.case((owes, each.c.total), else_=0))),
        *(counted(over), sa.func.sum(sa.case((over, -each.c.total), else_=0))),
    )
    owing, owed, overpaid, paid = work.session.execute(statement).one()
    return owing, owed, overpaid, paid


def _waiting(work: Work, today: Question) -> int:
    known = col(Reading.recorded_at) < ends(today.as_of)
    statement = (
        sa.select(sa.func.count())
        .select_from(Reading)
        .where(col(Reading.needs_approval), known, ~decided_by(today.as_of, ""))
    )
    return work.session.scalar(statement) or 0


def _accepted_by_itself(work: Work, yesterday: Question) -> int:
    """Return how many messages the program accepted by itself on the day."""
    statement = sa.select(sa.func.count()).select_from(IncomingMessage).where(*accepted_by_itself(yesterday))
    return work.session.scalar(statement) or 0


def _line(section: str, measure: str, count: Any, amount: Decimal | None = None) -> Line:
    return {"section": section, "measure": measure, "count": count, "amount": amount}
