"""The life of a client's e-invoices as a table, and the day from which invoices go by e-mail.

Invoices by e-mail need the client's consent (Art. 106n VAT act). They begin on the working day after
the confirmation, not after the request; those issued before stay paper.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from enum import StrEnum

from db.errors import Refused
from db.records.ebok import EInvoiceState
from db.records.people import Channel
from db.rules.verification import VerificationLevel
from db.rules.working_days import next_working_day
from db.words import N_


class EInvoiceEvent(StrEnum):
    """What happens to a client's e-invoices."""

    REQUEST = "request"
    """The client asks for them; the address is not confirmed yet."""
    CONFIRM = "confirm"
    """The link was opened, or a verified caller agreed after the address was read back."""
    ACTIVATE = "activate"
    """The first day has come."""
    CHANGE_ADDRESS = "change_address"
    WITHDRAW = "withdraw"


_S, _E = EInvoiceState, EInvoiceEvent
_NONE = N_("There is no e-invoice to do this with; switch it on first.")
_NOT_CONFIRMED = N_("The address is not confirmed yet: the link in the e-mail was not opened.")
_ON = N_("The e-invoice is switched on already.")

MOVES: Mapping[tuple[EInvoiceState | None, EInvoiceEvent], EInvoiceState] = {
    (None, _E.REQUEST): _S.REQUESTED,
    (_S.REQUESTED, _E.REQUEST): _S.REQUESTED,
    (_S.REQUESTED, _E.CONFIRM): _S.CONFIRMED,
    (_S.REQUESTED, _E.CHANGE_ADDRESS): _S.REQUESTED,
    (_S.REQUESTED, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.CONFIRMED, _E.ACTIVATE): _S.ACTIVE,
    (_S.CONFIRMED, _E.CHANGE_ADDRESS): _S.CONFIRMED,
    (_S.CONFIRMED, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.ACTIVE, _E.CHANGE_ADDRESS): _S.ACTIVE,
    (_S.ACTIVE, _E.WITHDRAW): _S.WITHDRAWN,
    (_S.WITHDRAWN, _E.REQUEST): _S.REQUESTED,
}
"""What follows from each state; None is a client who never had any. What is not here is refused."""

REFUSALS: Mapping[tuple[EInvoiceState | None, EInvoiceEvent], str] = {
    **{
        (state, event): _NONE
        for state in (None, _S.WITHDRAWN)
        for event in (_E.CONFIRM, _E.ACTIVATE, _E.CHANGE_ADDRESS, _E.WITHDRAW)
    },
    (_S.REQUESTED, _E.ACTIVATE): _NOT_CONFIRMED,
    **{(state, event): _ON for state in (_S.CONFIRMED, _S.ACTIVE) for event in (_E.REQUEST, _E.CONFIRM)},
    (_S.ACTIVE, _E.ACTIVATE): _ON,
}
"""Why the others are refused."""


def moved(state: EInvoiceState | None, event: EInvoiceEvent) -> EInvoiceState:
    """Return the state after `event`; raises Refused, saying why, where the table has no such move."""
    after = MOVES.get((state, event))
    if after is None:
        raise Refused(REFUSALS[state, event])
    return after


def first_day(confirmed_on: date, holidays: Collection[date]) -> date:
    """Return the first day whose invoices go by e-mail: the working day after the confirmation."""
    return next_working_day(confirmed_on, holidays)


def consent_confirms(channel: Channel, level: int) -> bool:
    """Tell whether the consent is its own confirmation: no link has to be opened.

    So it is when a caller or visitor, verified for changes of data (level 3), agrees after the agent
    has read the address back. Whoever writes, or uses the portal, opens the link first.
    """
    return channel in (Channel.PHONE, Channel.IN_PERSON) and level >= VerificationLevel.L3
