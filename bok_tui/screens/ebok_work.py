"""What the screens of e-BOK and e-invoices have done in the database: plain functions, no widget.

They run in threads, and import the database when they are called: the screen starts without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.records.ebok import (
    EInvoiceActivation,
    PortalAccountView,
    Registration,
    RegistrationOutcome,
)
from db.records.request_views import RequestView
from db.records.requests import RequestField

if TYPE_CHECKING:
    from db.office import Office
    from db.records.identity import IdentityCheck


@dataclass(frozen=True, slots=True)
class IdentityQuestion:
    """An identifier that a client gives, to be checked."""

    client_number: str
    field: RequestField
    value: str


@dataclass(frozen=True, slots=True)
class Activated:
    """E-invoices that were switched on, and the request by which."""

    activation: EInvoiceActivation
    request: RequestView


def check_identity(office: Office, question: IdentityQuestion) -> IdentityCheck:
    """Return what the check of an identifier says: the day of birth, and how many others have it."""
    from db.queries import identity as queries

    return office.read(queries.check_identity, question.client_number, question.field, question.value)


def activate(office: Office, number: str, *, email: str | None) -> Activated:
    """Switch e-invoices on for a client, and return from which day."""
    from db.operations.einvoice import activate_einvoice
    from db.queries.requests import request_view

    activation = office.do(activate_einvoice, number, email=email)
    return Activated(activation, office.read(request_view, activation.request_number))


def register(office: Office, registration: Registration) -> RegistrationOutcome:
    """Check the five things and make the account when all are right."""
    from db.operations.ebok import register_in_ebok

    return office.do(register_in_ebok, registration)


def resend_link(office: Office, number: str) -> PortalAccountView:
    """Send the link that confirms the address once more."""
    from db.operations import ebok

    return office.do(ebok.resend_link, number)


def set_lock(office: Office, number: str, *, locked: bool, reason: str) -> PortalAccountView:
    """Lock the account in e-BOK, or unlock it."""
    from db.operations import ebok

    return office.do(ebok.lock_account if locked else ebok.unlock_account, number, reason)
