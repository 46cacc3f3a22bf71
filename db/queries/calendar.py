"""The office's calendar: the dated table of holidays, and what follows from it."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Holiday
from db.rules.working_days import polish_holidays

LONGEST_REST = timedelta(days=30)
"""No run of days off is as long."""


def holidays_after(session: Session, day: date) -> frozenset[date]:
    """Return the holidays of the month after `day`; a year that the table lacks follows the statute."""
    return holidays_between(session, day, day + LONGEST_REST)


def holidays_between(session: Session, first: date, last: date) -> frozenset[date]:
    """Return the holidays from `first` to `last`; a year that the table lacks follows the statute."""
    years = set(range(first.year, last.year + 1))
    held = sa.select(col(Holiday.day)).where(
        col(Holiday.day).between(date(first.year, 1, 1), date(last.year, 12, 31))
    )
    found = set(session.scalars(held))
    for year in years - {known.year for known in found}:
        found.update(polish_holidays(year))
    return frozenset(known for known in found if first <= known <= last)
