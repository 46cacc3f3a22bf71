"""What a registration in e-BOK is compared with. Leaves db/ only as results of checks."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased
from sqlmodel import col

from db.models import Client, Contract, ContractParty, Invoice, PortalAccount
from db.records.clients import ClientKind
from db.records.money import InvoiceKind
from db.rules.registration import OnFile, login_key

MOST_VALUES = 200


def load_on_file(session: Session, number: str) -> tuple[int, OnFile] | None:
    """Return the client of this number and what is on file; None when there is none."""
    statement = sa.select(
        col(Client.id), col(Client.kind), col(Client.number), col(Client.pesel), col(Client.nip)
    ).where(col(Client.number) == number.strip()[:20], col(Client.anonymised_on).is_(None))
    row = session.execute(statement).one_or_none()
    if row is None:
        return None
    identity = row.pesel if row.kind is ClientKind.PERSON else row.nip
    found = OnFile(row.kind, row.number, identity, _others(session, row.id), _invoices(session, row.id))
    return row.id, found


def _others(session: Session, client_id: int) -> tuple[str, ...]:
    """Return the PESEL of the parties after the first, those who are clients themselves included."""
    party = aliased(Client)
    pesel = sa.func.coalesce(col(ContractParty.pesel), col(party.pesel))
    statement = (
        sa.select(pesel)
        .join(Contract, col(Contract.id) == col(ContractParty.contract_id))
        .outerjoin(party, col(party.id) == col(ContractParty.client_id))
        .where(col(Contract.client_id) == client_id, col(ContractParty.position) > 1, pesel.is_not(None))
        .limit(MOST_VALUES)
    )
    return tuple(session.scalars(statement))


def _invoices(session: Session, client_id: int) -> tuple[str, ...]:
    statement = (
        sa.select(col(Invoice.number))
        .where(col(Invoice.client_id) == client_id, col(Invoice.kind) == InvoiceKind.INVOICE)
        .order_by(col(Invoice.id).desc())
        .limit(MOST_VALUES)
    )
    return tuple(session.scalars(statement))


def login_owner(session: Session, login: str) -> int | None:
    """Return the id of the client who has this login, whatever its case; None when it is free."""
    wanted = sa.select(col(PortalAccount.client_id)).where(col(PortalAccount.login_key) == login_key(login))
    return session.scalar(wanted)
