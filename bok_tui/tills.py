"""What a list of tills says when nothing in it waits: for the screen and the shell alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.records.cash_day import CashState
from db.words import N_

if TYPE_CHECKING:
    from db.office import Office

NOTHING_WAITS = N_("Nothing waits to be counted or signed.")
TODAY_RUNS = N_("Of the days before nothing waits; today's money in the tills is not counted yet.")


def nothing_waits(office: Office) -> str:
    """Return what to say of an empty list, `N_`-marked.

    A till of today that holds money waits for nobody before the day is over, but not all is done either.
    """
    from db.clock import office_day
    from db.queries.cash_days import MOST_DAYS, cash_days

    today = office_day(office.house.clock())
    newest = office.read(cash_days, every=True, limit=MOST_DAYS)
    runs = any(one.day == today and one.state is CashState.OPEN for one in newest)
    return TODAY_RUNS if runs else NOTHING_WAITS
