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
    """The ledger says of every signed day what it said when it was signed for; who counted never signs."""
    signed = [day for day in load_days(session, date.min, date.max) if day.state is CashState.SIGNED]
    _require_none(
        N_("Signed days of a till that the ledger contradicts: %(rows)s."),
        [f"{day.login} {day.day}" for day in signed if day.moved],
    )
    _require_none(
        N_("Days of a till that were signed for by who had counted them: %(rows)s."),
        [f"{day.login} {day.day}" for day in signed if day.signed_by_login == day.counted_by_login],
    )


def _require_none(told: str, broken: list[str]) -> None:
    if broken:
        more = " ..." if len(broken) > MOST_SHOWN else ""
        raise Refused(told, rows=", ".join(broken[:MOST_SHOWN]) + more)
