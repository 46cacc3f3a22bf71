"""What the screens of the tills have done: plain functions of an Office, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from bok_tui.tills import nothing_waits
from db.clock import office_day

if TYPE_CHECKING:
    from db.office import Office
    from db.records.cash_day import CashCount, CashDay, TillPayment
    from db.records.people import Approval


def days(office: Office, *, every: bool) -> tuple[tuple[CashDay, ...], str]:
    """Return the days that wait, or all of the last year, an agent's own alone; and what to say of none."""
    from db.queries.cash_days import MOST_DAYS, cash_days

    found = office.read(cash_days, every=every, limit=MOST_DAYS)
    return found, "" if found else nothing_waits(office)


def own_today(office: Office) -> CashDay:
    """Return one's own till as it stands today."""
    from db.queries.cash_days import cash_day

    return office.read(cash_day, office_day(office.house.clock()))


def payments(office: Office, login: str, day: date) -> tuple[TillPayment, ...]:
    """Return the payments of a till's day."""
    from db.queries.cash_days import till_payments

    return office.read(till_payments, day, login)


def close(office: Office, line: CashDay, count: CashCount) -> CashDay:
    """Write down what was counted of a till, as long as it stands as it was seen."""
    from db.operations.cash_day import close_cash_day

    return office.do(close_cash_day, count, line.login, line.version)


def sign(office: Office, line: CashDay, *, approval: Approval | None = None) -> CashDay:
    """Sign for a day that was counted, or have it signed by whoever gave the approval."""
    from db.operations.cash_day import sign_cash_day

    if approval is not None:
        return office.do_approved(approval, sign_cash_day, line.login, line.day, line.version)
    return office.do(sign_cash_day, line.login, line.day, line.version)


def reopen(office: Office, line: CashDay, *, reason: str) -> CashDay:
    """Open a day again."""
    from db.operations.cash_day import reopen_cash_day

    return office.do(reopen_cash_day, line.login, line.day, reason)
