"""Accounts in e-BOK: opened, locked, unlocked, their address. No password is ever among it."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col

from db.errors import Refused
from db.models import Client, PortalAccount
from db.operations.einvoice_life import Asked, switch_on
from db.operations.email_links import email_point, send_link
from db.queries.ebok import AccountRow, load_account
from db.queries.einvoice import load_einvoice
from db.queries.registration import login_owner
from db.queries.rows import insert_row
from db.records.ebok import EInvoiceState, PortalState
from db.rules.registration import clean_login, login_key
from db.words import N_
from db.work import Work

NO_ACCOUNT = N_("The client %(client)s has no account in e-BOK.")
LOGIN_TAKEN = N_("This login is taken; let the client choose another one.")
_HAS_ONE = N_("The client %(client)s has an account in e-BOK already; nothing was registered.")


@dataclass(frozen=True, slots=True)
class NewAccount:
    """An account to be opened."""

    login: str
    email: str
    einvoice: bool = False
    external_id: str | None = None


def open_account(work: Work, client_id: int, new: NewAccount, asked: Asked) -> AccountRow:
    """Open an account that waits for its link, and send the link.

    A registration that was never confirmed gives way to the new one. Raises Refused when there is
    an account or the login is taken, WrongInput for login and address.
    """
    number = hold_client(work, client_id)
    login = clean_login(new.login)
    before = load_account(work.session, client_id)
    if before is not None and before.state is not PortalState.PENDING:
        raise Refused(_HAS_ONE, client=number)
    if login_owner(work.session, login) not in (None, client_id):
        raise Refused(LOGIN_TAKEN)
    point_id = email_point(work, client_id, new.email)
    values: dict[str, object] = {
        "login": login,
        "login_key": login_key(login),
        "point_id": point_id,
        "wants_einvoice": new.einvoice,
    }
    try:
        with work.session.begin_nested():
            account_id = _write(work, client_id, before, values, _of_registration(work, new, asked))
    except sa.exc.IntegrityError as error:  # somebody else took the login a moment ago
        raise Refused(LOGIN_TAKEN) from error
    work.changed(
        "ebok.registered",
        f"client {number}",
        client_id=client_id,
        after={"channel": asked.channel.value, "request": asked.request_id, "einvoice": new.einvoice},
    )
    send_link(
        work,
        client_id=client_id,
        client_number=number,
        point_id=point_id,
        account_id=account_id,
        login=login,
        request_id=asked.request_id,
    )
    if new.einvoice:
        _ask_for_einvoice(work, client_id, point_id, asked)
    return loaded(work, client_id)


def _of_registration(work: Work, new: NewAccount, asked: Asked) -> dict[str, object]:
    return {
        "state": PortalState.PENDING,
        "channel": asked.channel,
        "registered_at": work.now,
        "staff_id": asked.staff_id,
        "external_id": new.external_id,
        "version": 1,
    }


def _write(
    work: Work,
    client_id: int,
    before: AccountRow | None,
    values: dict[str, object],
    registered: dict[str, object],
) -> int:
    """Write the account, over one that was never confirmed; return its id."""
    if before is None:
        return insert_row(work.session, PortalAccount, {"client_id": client_id, **registered, **values})
    entry = registered["external_id"]
    update_account(work, before.id, **values, **({"external_id": entry} if entry else {}))
    return before.id


def _ask_for_einvoice(work: Work, client_id: int, point_id: int, asked: Asked) -> None:
    """Take the consent given with a registration; the same link confirms both."""
    einvoice = load_einvoice(work.session, client_id)
    if einvoice is None or einvoice.state in (EInvoiceState.REQUESTED, EInvoiceState.WITHDRAWN):
        switch_on(
            work, client_id, point_id, Asked(asked.channel, 0, asked.staff_id, asked.contact_id), link=False
        )


def change_email(work: Work, client_id: int, address: str, *, request_id: int | None) -> None:
    """Give the account another address and send its link; the old one was told when this was asked for.

    Raises Refused without an account.
    """
    number = hold_client(work, client_id)
    account = require_account(work, client_id, number)
    point_id = email_point(work, client_id, address)
    update_account(work, account.id, point_id=point_id, email_checked_at=None)
    work.changed("ebok.email_changed", f"client {number}", client_id=client_id, after={"request": request_id})
    resend(work, client_id, number, request_id=request_id)


def resend(work: Work, client_id: int, number: str, *, request_id: int | None = None) -> None:
    """Send a new link to the account's address; what was sent before serves no more."""
    account = require_account(work, client_id, number)
    send_link(
        work,
        client_id=client_id,
        client_number=number,
        point_id=account.point_id,
        account_id=account.id,
        login=account.login if account.state is PortalState.PENDING else "",
        request_id=request_id,
    )


def unlock(work: Work, client_id: int, reason: str, *, request_id: int | None = None) -> None:
    """Open a locked account again, as far as it was confirmed. Raises Refused when it is not locked."""
    number = hold_client(work, client_id)
    account = require_account(work, client_id, number)
    if account.state is not PortalState.LOCKED:
        raise Refused(N_("The account of the client %(client)s in e-BOK is not locked."), client=number)
    state = PortalState.PENDING if account.confirmed_at is None else PortalState.ACTIVE
    update_account(work, account.id, state=state)
    after = {"state": state.value, "reason": reason, "request": request_id}
    work.changed("ebok.unlocked", f"client {number}", client_id=client_id, after=after)


def require_account(work: Work, client_id: int, number: str) -> AccountRow:
    """Return the client's account; raises Refused when there is none."""
    account = load_account(work.session, client_id)
    if account is None:
        raise Refused(NO_ACCOUNT, client=number)
    return account


def loaded(work: Work, client_id: int) -> AccountRow:
    """Return the account that this transaction has written."""
    account = load_account(work.session, client_id)
    assert account is not None  # noqa: S101 - it was written in this transaction
    return account


def hold_client(work: Work, client_id: int) -> str:
    """Return the client's number; nobody else changes their account until the transaction ends."""
    held = sa.select(col(Client.number)).where(col(Client.id) == client_id).with_for_update(key_share=True)
    return work.session.execute(held).scalar_one()


def update_account(work: Work, account_id: int, **values: object) -> None:
    """Change columns of an account."""
    work.session.execute(
        sa.update(PortalAccount)
        .where(col(PortalAccount.id) == account_id)
        .values(version=col(PortalAccount.version) + 1, **values)
    )
