"""Statutory interest for delay: dated rates, each added once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, operation
from db.errors import Refused, WrongInput
from db.models import InterestRate
from db.operations.tariffs import require_near
from db.queries.rows import insert_row
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

MOST_RATE = Decimal(100)


@operation(roles=SUPERVISORS)
def add_interest_rate(work: Work, starts_on: date, rate: Decimal, source: str = "") -> None:
    """Add the rate that holds from `starts_on` on, percent a year (KC 481 par. 2).

    Raises WrongInput for a rate that cannot be, Refused for a day that is not after the last
    one's: interest that was charged stays as it was.
    """
    exponent = rate.as_tuple().exponent
    if not rate.is_finite() or not 0 <= rate <= MOST_RATE or not isinstance(exponent, int) or exponent < -4:
        raise WrongInput(N_("A rate is 0 to 100 per cent a year with at most 4 decimals."))
    require_near(work, starts_on)
    latest = work.session.scalar(sa.select(sa.func.max(col(InterestRate.starts_on))))
    if latest is not None and latest >= starts_on:
        raise Refused(N_("There is a rate from %(day)s already; a new one must begin after it."), day=latest)
    values = {"starts_on": starts_on, "rate": rate, "source": clean_line(source, 120)}
    insert_row(work.session, InterestRate, values)
    work.changed("interest_rate.added", f"interest rate {starts_on}", after={"rate": str(rate)})
