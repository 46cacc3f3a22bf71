"""e-invoices at the desk, switched on and off on a call, and the job that notes their first day."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, SUPERVISORS, operation
from db.errors import Refused
from db.models import EInvoice
from db.operations.einvoice_life import update_einvoice
from db.operations.requests import submit_and_apply
from db.queries.caller import level_for
from db.queries.client_rows import find_client
from db.queries.contact_rows import contact_in_hand
from db.queries.einvoice import einvoice_view, load_einvoice
from db.records.ebok import EInvoiceActivation, EInvoiceState, EInvoiceView
from db.records.requests import NewRequest, RequestField, RequestKind
from db.rules.einvoice import EInvoiceEvent, consent_confirms, moved
from db.rules.verification import VerificationLevel
from db.words import N_
from db.work import Work

AT_ONCE = 500


@operation(roles=CLERKS)
def activate_einvoice(work: Work, client_number: str, *, email: str | None = None) -> EInvoiceActivation:
    """Switch e-invoices on for a verified caller who agrees, and return the day to read out.

    The agent reads the address back before: the consent given then is the confirmation. Without
    `email` the invoices go to the confirmed address on the card, else to the first. A request is
    filed and applied. Raises NotFound, NotAllowed below level 3, WrongField for the address, and
    Refused when they are on already, no address is known, or nobody is there to agree: who writes
    makes a request and opens a link.
    """
    client = find_client(work.session, client_number)
    contact = contact_in_hand(work, client.id)
    if contact is not None and not consent_confirms(contact.channel, VerificationLevel.L3):
        raise Refused(
            N_("Who writes confirms by a link: take the request in; it is not switched on at once.")
        )
    values = {} if email is None else {RequestField.EMAIL: email}
    view = submit_and_apply(work, NewRequest(client_number, RequestKind.EINVOICE_ON, values))
    shown = _shown(work, client_number)
    assert shown.active_from is not None  # noqa: S101 - a caller of level 3 confirms by agreeing
    return EInvoiceActivation(shown, shown.active_from, view.line.number)


@operation(roles=CLERKS)
def withdraw_einvoice(work: Work, client_number: str) -> EInvoiceView:
    """Withdraw a verified caller's consent: invoices issued from today on are paper again.

    A request is filed and applied. Raises NotFound, NotAllowed below level 3, Refused without any.
    """
    submit_and_apply(work, NewRequest(client_number, RequestKind.EINVOICE_OFF))
    return _shown(work, client_number)


def _shown(work: Work, client_number: str) -> EInvoiceView:
    client = find_client(work.session, client_number)
    row = load_einvoice(work.session, client.id)
    assert row is not None  # noqa: S101 - it was written in this transaction
    return einvoice_view(row, client.number, level_for(work, client.id))


@operation(roles=SUPERVISORS)
def activate_due(work: Work) -> int:
    """Note that confirmed e-invoices whose first day has come are in force; return how many, at most 500.

    Billing goes by the day itself, so that a job which ran late puts no invoice on paper.
    """
    due = (
        sa.select(col(EInvoice.id), col(EInvoice.client_id), col(EInvoice.state))
        .where(col(EInvoice.state) == EInvoiceState.CONFIRMED, col(EInvoice.active_from) <= work.today)
        .order_by(col(EInvoice.id))
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = work.session.execute(due).all()
    for key, client_id, state in rows:
        update_einvoice(work, key or 0, state=moved(state, EInvoiceEvent.ACTIVATE))
        work.changed("einvoice.activated", f"e-invoice {key}", client_id=client_id)
    return len(rows)
