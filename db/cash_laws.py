"""What always holds of the day's cash; the law raises Refused, naming what breaks it."""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Session

from db.errors import Refused
from db.queries.cash_rows import load_days
from db.records.cash_day import CashState
from db.words import N_

MOST_SHOWN = 3


def check_cash_days(session: Session) -> None:
    """The ledger says of every signed day what it said when it was signed for."""
    days = load_days(session, date.min, date.max)
    broken = [f"{day.login} {day.day}" for day in days if day.state is CashState.SIGNED and day.moved]
    if broken:
        more = " ..." if len(broken) > MOST_SHOWN else ""
        raise Refused(
            N_("Signed days of a till that the ledger contradicts: %(rows)s."),
            rows=", ".join(broken[:MOST_SHOWN]) + more,
        )
