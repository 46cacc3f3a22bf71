"""What the portal e-BOK asks of the office: plain operations, each one transaction.

The portal opens the installation (`db.house.open_house`), takes the program's own door
(`house.office(SYSTEM)`) and calls `office.do(operation, ...)`:

- `portal_registrations(registrations)`: what people typed into the registration form. Idempotent by
  `external_id`; each entry has its own outcome. The portal tells people only whether it worked: what
  each check said is for the office.
- `confirm_email(token)`: the code of a link that somebody opened. It serves once; wrong codes are
  counted, and beyond the house's limit a minute none is looked at.
- `note_first_login(login, email_ok)`: the first login, at which clients with e-invoices check their
  address; `note_login(login)`: every later one.

Requests of other kinds come as `NewRequest` records with an `external_id`. Passwords are the portal's
own affair: none is ever seen here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import DESK, SUPERVISORS, SYSTEM_ONLY, operation
from db.errors import BokError, NotFound, WrongInput
from db.models import Client, ContactPoint, EmailToken, PortalAccount, TokenAttempt
from db.operations.ebok_accounts import NewAccount, hold_client, open_account, update_account
from db.operations.einvoice_life import Asked, confirm
from db.operations.email_links import hash_of
from db.queries.ebok import account_view, load_account
from db.queries.einvoice import load_einvoice
from db.queries.registration import load_on_file, login_owner
from db.queries.rows import Statement, insert_row
from db.records.ebok import (
    EInvoiceState,
    LinkOutcome,
    LinkResult,
    PortalState,
    Registration,
    RegistrationOutcome,
)
from db.records.people import Channel
from db.rules.registration import check, clean_login, cleaned, login_key
from db.rules.text import clean
from db.words import N_
from db.work import Work

GUESSES_IN = timedelta(minutes=1)
MOST_AT_ONCE = 200
LONGEST_LOGIN = 200


@operation(roles=SUPERVISORS)
def portal_registrations(
    work: Work, registrations: Sequence[Registration]
) -> tuple[RegistrationOutcome, ...]:
    """Take in registrations of the portal, at most 200 at once, and return what became of each.

    One whose `external_id` is known was taken in before: its account comes back, and no second link
    is sent. One that fails a check makes nothing and may come again.
    """
    return tuple(_registered(work, registration) for registration in registrations[:MOST_AT_ONCE])


def _registered(work: Work, typed: Registration) -> RegistrationOutcome:
    try:
        registration = cleaned(typed)
    except WrongInput as refused:
        return RegistrationOutcome((), problem=refused.message, params=refused.params)
    known = _known(work, registration.external_id)
    if known is not None:
        return known
    found = load_on_file(work.session, registration.client_number)
    client_id = None if found is None else found[0]
    checks = check(registration, found and found[1], today=work.today)
    taken = login_owner(work.session, registration.login) not in (None, client_id)
    outcome = RegistrationOutcome(checks, taken)
    after = {what.value: result.value for what, result in checks}
    work.changed("ebok.checked", "portal", client_id=client_id, after={**after, "login_taken": taken})
    if client_id is None or not outcome.ok:
        return outcome
    number = hold_client(work, client_id)
    if (known := _known(work, registration.external_id)) is not None:  # another process was quicker
        return known
    new = NewAccount(registration.login, registration.email, registration.einvoice, registration.external_id)
    noted = len(work.audit)
    try:
        clean_login(registration.login)
        with work.session.begin_nested():
            account = open_account(work, client_id, new, Asked(Channel.EBOK))
    except BokError as refused:  # nothing of it stays, and the others of the batch go on
        del work.audit[noted:]
        return RegistrationOutcome(checks, problem=refused.message, params=refused.params)
    return RegistrationOutcome(checks, account=account_view(account, number, level=0))


def _known(work: Work, external_id: str | None) -> RegistrationOutcome | None:
    """Return what was made before of an entry of this id."""
    if external_id is None:
        return None
    statement = (
        sa.select(col(PortalAccount.client_id), col(Client.number))
        .join(Client, col(Client.id) == col(PortalAccount.client_id))
        .where(col(PortalAccount.external_id) == external_id)
    )
    row = work.session.execute(statement).one_or_none()
    account = None if row is None else load_account(work.session, row[0])
    if row is None or account is None:
        return None
    return RegistrationOutcome((), account=account_view(account, row[1], level=0))


@operation(roles=DESK)
def confirm_email(work: Work, token: str) -> LinkOutcome:
    """Confirm what the link with this code is about: the address, the account, the e-invoices.

    The account becomes active, e-invoices that wait for it are confirmed and begin on the next
    working day. Never raises for a code: a wrong one has to be counted.
    """
    if _too_many(work):
        return LinkOutcome(LinkResult.TOO_MANY)
    row = _token(work, token)
    result = _judged(work, row)
    if row is None or result is not LinkResult.CONFIRMED:
        insert_row(work.session, TokenAttempt, {"at": work.now})
        return LinkOutcome(result)
    work.session.execute(sa.update(EmailToken).where(col(EmailToken.id) == row.id).values(used_at=work.now))
    work.session.execute(
        sa.update(ContactPoint)
        .where(col(ContactPoint.id) == row.point_id)
        .values(verified_on=work.today, bounced_on=None)
    )
    number = hold_client(work, row.client_id)
    work.changed("email.confirmed", f"client {number}", client_id=row.client_id)
    account = _confirm_account(work, row)
    einvoice = load_einvoice(work.session, row.client_id)
    starts = None
    if einvoice and einvoice.state is EInvoiceState.REQUESTED and einvoice.point_id == row.point_id:
        starts = confirm(work, row.client_id, number, einvoice)
    return LinkOutcome(LinkResult.CONFIRMED, number, account, starts)


def _too_many(work: Work) -> bool:
    recent = (
        sa.select(sa.literal(1))
        .where(col(TokenAttempt.at) > work.now - GUESSES_IN)
        .limit(work.policy.link_guesses)
        .subquery()
    )
    counted = work.session.scalar(sa.select(sa.func.count()).select_from(recent)) or 0
    return counted >= work.policy.link_guesses


def _token(work: Work, token: str) -> sa.Row[Any] | None:
    """Return the link's row, held until the transaction ends: of two at once the second finds it used."""
    statement: Statement = (
        sa.select(
            col(EmailToken.id),
            col(EmailToken.point_id),
            col(EmailToken.account_id),
            col(EmailToken.expires_at),
            col(EmailToken.used_at),
            col(EmailToken.revoked_at),
            col(ContactPoint.client_id),
            col(ContactPoint.removed_on),
        )
        .join(ContactPoint, col(ContactPoint.id) == col(EmailToken.point_id))
        .where(col(EmailToken.sha256) == hash_of(token))
        .with_for_update(of=EmailToken)
    )
    return work.session.execute(statement).one_or_none()


def _judged(work: Work, row: sa.Row[Any] | None) -> LinkResult:
    if row is None:
        return LinkResult.UNKNOWN
    if row.used_at is not None:
        return LinkResult.USED
    if row.revoked_at is not None or row.removed_on is not None:
        return LinkResult.REPLACED
    return LinkResult.EXPIRED if row.expires_at <= work.now else LinkResult.CONFIRMED


def _confirm_account(work: Work, row: sa.Row[Any]) -> PortalState | None:
    """Make the account active that the link is about; one that is locked stays so."""
    account = load_account(work.session, row.client_id)
    if account is None or account.id != row.account_id or account.point_id != row.point_id:
        return None
    state = PortalState.ACTIVE if account.state is PortalState.PENDING else account.state
    if account.confirmed_at is None:
        update_account(work, account.id, state=state, confirmed_at=work.now)
        work.changed("ebok.confirmed", f"account {account.id}", client_id=row.client_id)
    return state


@operation(roles=SYSTEM_ONLY)
def note_first_login(work: Work, login: str, email_ok: bool) -> None:
    """Note the first login, and whether the client found the address for e-invoices to be right.

    One found wrong counts as unconfirmed: it comes on the work list and the card says so. Raises
    NotFound.
    """
    account = _account(work, login)
    update_account(work, account.id, last_login_at=work.now, email_checked_at=work.now if email_ok else None)
    if not email_ok:
        einvoice = load_einvoice(work.session, account.client_id)
        points = {account.point_id, account.point_id if einvoice is None else einvoice.point_id}
        work.session.execute(
            sa.update(ContactPoint).where(col(ContactPoint.id).in_(points)).values(verified_on=None)
        )
    work.changed(
        "ebok.first_login",
        f"account {account.id}",
        client_id=account.client_id,
        after={"email_ok": email_ok},
    )


@operation(roles=SYSTEM_ONLY)
def note_login(work: Work, login: str) -> None:
    """Note a later login. Raises NotFound."""
    update_account(work, _account(work, login).id, last_login_at=work.now)


def _account(work: Work, login: str) -> sa.Row[Any]:
    statement: Statement = sa.select(
        col(PortalAccount.id), col(PortalAccount.client_id), col(PortalAccount.point_id)
    ).where(col(PortalAccount.login_key) == login_key(clean(login, LONGEST_LOGIN)))
    row = work.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(N_("There is no account in e-BOK with this login."))
    return row
