"""The day's cash: when it may be counted, signed for, opened again; what may still be booked into it.

As with a paper cash report (*raport kasowy*): a day that is signed takes no more entries. What came
late is booked on a later day, and a mistake is corrected by a new row: the day is opened again by a
supervisor with a reason, counted again and signed again. Who counts never signs: what a supervisor
counted for somebody who is ill or has left is signed for by another supervisor, and so are there always
two who answer for it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal

from db.records.cash_day import CashEvent, CashState
from db.rules.amount_entry import parse_amount
from db.words import N_

LOOKED_BACK = timedelta(days=365)
"""As long as a payment may be dated back, so long is a day's cash asked for."""
MOST = Decimal("10000000.00")
"""PLN that a till may hold: more is a slip of the keyboard."""

_AFTER = {
    CashEvent.CLOSED: CashState.CLOSED,
    CashEvent.SIGNED: CashState.SIGNED,
    CashEvent.REOPENED: CashState.OPEN,
}


def state_after(events: Iterable[CashEvent]) -> CashState:
    """Return where a day stands after these rows, the oldest first."""
    state = CashState.OPEN
    for event in events:
        state = _AFTER[event]
    return state


def counting_refusal(*, own: bool, supervisor: bool, reason: str) -> str | None:
    """Return why somebody may not count a till; None when they may.

    Whoever took the money counts it; for one who is away a supervisor does, and says why.
    """
    if own:
        return None
    if not supervisor:
        return N_("You count your own till; a supervisor counts that of somebody who is away.")
    if not reason.strip():
        return N_("%(agent)s is to count this till: say why you do it for them.")
    return None


def closing_refusal(
    state: CashState,
    *,
    day: date,
    today: date,
    apart: bool,
    difference: Decimal,
    reason: str,
    own: bool = True,
    empty: bool = False,
) -> str | None:
    """Return why a day may not be counted so; None when it may.

    `apart` tells that cash or card is not what the ledger says, also where the sum is: what was booked
    as the one and taken as the other is explained, too. Of a till that is not their `own` that is asked
    for beside why they count it. `empty` is a day without desk payments that nobody has counted: a day
    or a login mistyped leaves nothing on file.
    """
    if day > today:
        return N_("%(day)s is still ahead: there is nothing to count.")
    if day < today - LOOKED_BACK:
        return N_("%(day)s is more than a year ago: nothing is booked there any more.")
    if state is CashState.SIGNED:
        return N_("The cash of %(day)s is signed for; a supervisor opens the day again first.")
    if empty:
        return N_(
            "The till of %(agent)s took neither cash nor cards on %(day)s: there is nothing to count. Money"
            " that was found is booked first."
        )
    if apart and not reason.strip():
        if not own:
            return N_(
                "It is %(difference)s zł off what the ledger says (cash %(cash)s, card %(card)s): say why,"
                " beside why you count for %(agent)s."
            )
        if difference:
            return N_("It is %(difference)s zł off what the ledger says: say why.")
        return N_("The sum is right, but not what of it is cash and what came by card: say why.")
    return None


def counted_refusal(counted: Decimal, expected: Decimal) -> str | None:
    """Return why an amount cannot be what was counted; None when it can.

    A till holds less than nothing only where more was taken back on the day than came in.
    """
    if counted < 0 <= expected:
        return N_("A till is not below zero: %(counted)s was typed, and the ledger says %(expected)s.")
    return None


def signing_refusal(state: CashState, *, supervisor: bool, own: bool, moved: bool) -> str | None:
    """Return why somebody may not sign for a day; None when they may.

    `own` is a till of their own, and one that they counted for somebody else.
    """
    if not supervisor:
        return N_("A supervisor signs for the cash of a day.")
    if own:
        return N_("Four eyes: another supervisor signs for what you counted.")
    if state is CashState.OPEN:
        return N_("The cash of %(day)s (%(agent)s) was not counted yet.")
    if state is CashState.SIGNED:
        return N_("The cash of %(day)s (%(agent)s) is signed for already.")
    if moved:
        return N_("The ledger of %(day)s has changed since %(agent)s counted: it is to be counted again.")
    return None


def reopening_refusal(state: CashState, *, own: bool, reason: str) -> str | None:
    """Return why a supervisor may not open a day again; None when they may."""
    if own:
        return N_("Four eyes: another supervisor opens a day of yours again.")
    if state is CashState.OPEN:
        return N_("The cash of %(day)s (%(agent)s) was not counted yet.")
    if not reason.strip():
        return N_("Say why the day is opened again.")
    return None


def booking_refusal(state: CashState) -> str | None:
    """Return why a desk payment may not be booked into a day; None when it may."""
    if state is CashState.SIGNED:
        return N_(
            "The cash of %(day)s (%(agent)s) is signed for. Book the money on a later day, or let a"
            " supervisor open that day again."
        )
    return None


def parse_counted(text: str) -> Decimal:
    """Return zlotys as they were counted, `0,00` for nothing typed; a till from which more was taken back
    than came in is below zero. Raises WrongInput.
    """
    typed = text.strip()
    if not typed:
        return Decimal("0.00")
    if typed[0] in "-−–":
        return -parse_amount(typed[1:])
    return parse_amount(typed)


def waits(state: CashState, *, day: date, today: date) -> bool:
    """Tell whether a day with desk payments is to be signed for: today only once it is counted."""
    return state is CashState.CLOSED or (state is CashState.OPEN and day < today)
