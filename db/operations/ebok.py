"""e-BOK at the desk: check a registration, make it for the client, send links again, lock and unlock.

Nobody here sees or sets a password: the client chooses it in the portal.
"""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, operation
from db.errors import NotAllowed, Refused, WrongInput
from db.models import Staff, VerificationAnswer
from db.operations.ebok_accounts import (
    NewAccount,
    change_email,
    hold_client,
    loaded,
    open_account,
    require_account,
    resend,
    unlock,
    update_account,
)
from db.operations.einvoice_life import Asked, asked_in
from db.operations.outbox import queue_mail
from db.queries.caller import require_disclosure, verification_of
from db.queries.client_rows import find_client
from db.queries.contact_rows import ContactRow, contact_in_hand, own_open_contact
from db.queries.ebok import account_view
from db.queries.mail_values import office_values
from db.queries.registration import load_on_file, login_owner
from db.records.ebok import PortalAccountView, PortalState, Registration, RegistrationOutcome
from db.records.mail import MailKind, NewMail
from db.records.people import Channel, Role
from db.records.requests import RequestField
from db.rules.mail_texts import mail_text
from db.rules.mail_wording import MailTemplate
from db.rules.registration import REGISTRATION, Checks, check, clean_login, cleaned, is_guess
from db.rules.text import clean_line
from db.rules.verification import LOCK_MESSAGES, VerificationLevel
from db.words import N_
from db.work import Work

SPOKEN = frozenset({Channel.PHONE, Channel.IN_PERSON})
"""Ways on which somebody is there to be asked: a registration then needs its contact."""
EXEMPT = frozenset({Role.SUPERVISOR, Role.SYSTEM})


@operation(roles=CLERKS)
def check_registration(work: Work, registration: Registration) -> RegistrationOutcome:
    """Say which of the five checks a registration passes; nothing on file is shown.

    By phone or at the desk it needs a contact, whose client it is about, and what is well-formed
    but not true counts as a wrong answer there. Raises NotAllowed when too many were wrong,
    Refused without a contact, WrongInput for the login.
    """
    return _judged(work, cleaned(registration))[1]


@operation(roles=CLERKS)
def register_in_ebok(work: Work, registration: Registration) -> RegistrationOutcome:
    """Open an account for the client when all five checks pass, and send the link to the address.

    With a check that fails nothing is made; the outcome says which. Raises as `check_registration`
    and Refused when the client has an account.
    """
    registration = cleaned(registration)
    contact, outcome, client_id = _judged(work, registration)
    if not outcome.ok:
        return outcome
    channel = registration.channel or (contact.channel if contact else Channel.EMAIL)
    asked = Asked(channel, 0, work.actor.id or None, work.contact_id)
    new = NewAccount(registration.login, registration.email, registration.einvoice, registration.external_id)
    account = open_account(work, client_id, new, asked)
    number = registration.client_number.strip()
    return RegistrationOutcome(outcome.checks, account=account_view(account, number, level=0))


def _judged(work: Work, registration: Registration) -> tuple[ContactRow | None, RegistrationOutcome, int]:
    clean_login(registration.login)
    contact = _contact(work, registration)
    # the caller's own client is what a contact is about, whatever number is said
    about = registration.client_number if contact is None else contact.client_number
    if contact is not None:
        _hold(work, contact)
    found = load_on_file(work.session, about)
    client_id = 0 if found is None else found[0]
    checks = check(registration, found and found[1], today=work.today)
    # whose login it is stays untold; the client's own, not confirmed yet, may be taken again
    taken = login_owner(work.session, registration.login) not in (None, client_id)
    if contact is not None and is_guess(checks):
        _count(work, contact)
    _note(work, client_id or None, checks, taken)
    return contact, RegistrationOutcome(checks, taken), client_id


def _contact(work: Work, registration: Registration) -> ContactRow | None:
    """Return the contact that the registration came in; None for a letter or an e-mail."""
    if work.contact_id is not None:
        return own_open_contact(work, work.contact_id)
    if registration.channel is None or registration.channel in SPOKEN:
        raise Refused(N_("Start a contact with the client first: wrong answers are counted in it."))
    return None


def _hold(work: Work, contact: ContactRow) -> None:
    """Let nobody else count wrong answers meanwhile; raises NotAllowed when too many were wrong."""
    hold_client(work, contact.client_id)
    own = sa.select(col(Staff.id)).where(col(Staff.id) == work.actor.id)
    work.session.execute(own.with_for_update(key_share=True))
    lock = verification_of(work, contact.client_id, contact).lock
    if lock is not None:
        raise NotAllowed(LOCK_MESSAGES[lock])


def _count(work: Work, contact: ContactRow) -> None:
    work.session.execute(
        sa.insert(VerificationAnswer).values(
            contact_id=contact.id,
            client_id=contact.client_id,
            staff_id=work.actor.id,
            question=REGISTRATION,
            correct=False,
            at=work.now,
        )
    )


def _note(work: Work, client_id: int | None, checks: Checks, taken: bool) -> None:
    after = {what.value: result.value for what, result in checks}
    work.changed("ebok.checked", "registration", client_id=client_id, after={**after, "login_taken": taken})


@operation(roles=CLERKS)
def resend_link(work: Work, client_number: str) -> PortalAccountView:
    """Send the link again to the address of the account; older ones serve no more.

    It goes nowhere else, so that no level is needed. Raises NotFound, and Refused without an account
    or with one that is locked or confirmed already.
    """
    client = find_client(work.session, client_number)
    contact_in_hand(work, client.id)
    hold_client(work, client.id)
    account = require_account(work, client.id, client.number)
    if account.state is PortalState.LOCKED:
        raise Refused(
            N_("The account of the client %(client)s is locked; unlock it first."), client=client.number
        )
    if account.state is PortalState.ACTIVE and account.verified_on is not None:
        raise Refused(N_("The account of the client %(client)s is confirmed already."), client=client.number)
    resend(work, client.id, client.number)
    work.changed("ebok.link_sent", f"client {client.number}", client_id=client.id)
    return _view(work, client.id, client.number)


@operation(roles=CLERKS)
def lock_account(work: Work, client_number: str, reason: str) -> PortalAccountView:
    """Lock an account, and tell its address. Locking protects, so that no level is needed.

    Raises NotFound, WrongInput without a reason, Refused without an account or when it is locked.
    """
    client = find_client(work.session, client_number)
    contact_in_hand(work, client.id)
    why = _reason(reason)
    hold_client(work, client.id)
    account = require_account(work, client.id, client.number)
    if account.state is PortalState.LOCKED:
        raise Refused(N_("The account of the client %(client)s is locked already."), client=client.number)
    update_account(work, account.id, state=PortalState.LOCKED)
    after = {"before": account.state.value, "reason": why}
    work.changed("ebok.locked", f"client {client.number}", client_id=client.id, after=after)
    subject, body = mail_text(MailTemplate.EBOK_LOCKED, client=client.number, **office_values(work))
    queue_mail(work, NewMail(MailKind.NOTICE, account.email, subject, body, client_id=client.id))
    return _view(work, client.id, client.number)


@operation(roles=CLERKS)
def unlock_account(work: Work, client_number: str, reason: str) -> PortalAccountView:
    """Open a locked account again; an agent needs a caller verified for changes of data (level 3).

    Raises NotFound, NotAllowed, WrongInput without a reason, Refused when it is not locked.
    """
    client = find_client(work.session, client_number)
    require_disclosure(work, client.id, level=VerificationLevel.L3, exempt=EXEMPT)
    unlock(work, client.id, _reason(reason))
    return _view(work, client.id, client.number)


def apply_ebok_registration(
    work: Work,
    request_id: int,
    client_id: int,
    values: Mapping[RequestField, str | None],
    point_id: int | None,
) -> None:
    """Open the account that a request asks for. Raises Refused, WrongInput."""
    login, email = values.get(RequestField.LOGIN), values.get(RequestField.EMAIL)
    if not login or not email:
        raise WrongInput(N_("A registration in e-BOK needs a login and an e-mail address."))
    open_account(work, client_id, NewAccount(login, email), asked_in(work, request_id))


def apply_ebok_unlock(
    work: Work,
    request_id: int,
    client_id: int,
    values: Mapping[RequestField, str | None],
    point_id: int | None,
) -> None:
    """Unlock the account that a request asks for. Raises Refused when it is not locked."""
    unlock(work, client_id, "request", request_id=request_id)


def apply_ebok_email(
    work: Work,
    request_id: int,
    client_id: int,
    values: Mapping[RequestField, str | None],
    point_id: int | None,
) -> None:
    """Give the account the address that a request asks for. Raises Refused, WrongInput."""
    email = values.get(RequestField.EMAIL)
    if not email:
        raise WrongInput(N_("An account in e-BOK needs an e-mail address."))
    change_email(work, client_id, email, request_id=request_id)


def _reason(text: str) -> str:
    why = clean_line(text, 200)
    if not why:
        raise WrongInput(N_("Say why: it is kept with the account's history."))
    return why


def _view(work: Work, client_id: int, number: str) -> PortalAccountView:
    return account_view(loaded(work, client_id), number, level=0)
