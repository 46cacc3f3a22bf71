"""What a client card is made of, one statement each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import NotFound
from db.models import (
    AddressRow,
    Client,
    ContactPoint,
    Contract,
    ContractParty,
    metadata,
)
from db.queries.rows import Statement, into
from db.queries.supply import address_columns, display_name
from db.records.clients import Address, ClientKind, ContractView, Party
from db.rules.text import clean
from db.words import N_

MOST_POINTS = 40
MOST_PARTIES = 200
_TYPED = 40
"""Characters that are looked at of what is typed for a number."""


@dataclass(frozen=True, slots=True)
class ClientRow:
    """A client as filed."""

    id: int
    number: str
    kind: ClientKind
    last_name: str | None
    first_name: str | None
    company_name: str | None
    pesel: str | None
    nip: str | None
    mailing_address: Address | None

    @property
    def name(self) -> str:
        """`Kowalska Żaneta`, or the company's."""
        return display_name(self.last_name, self.first_name, self.company_name)

    @property
    def letter_name(self) -> str:
        """`Żaneta Kowalska`, as letters have it, or the company's."""
        return self.company_name if self.company_name is not None else f"{self.first_name} {self.last_name}"


@dataclass(frozen=True, slots=True)
class PointRow:
    """A phone number or an e-mail address."""

    id: int
    kind: str
    value: str
    verified_on: date | None


@lru_cache(maxsize=1)
def _client_of_number() -> Statement:
    return (
        sa.select(
            col(Client.id),
            col(Client.number),
            col(Client.kind),
            col(Client.last_name),
            col(Client.first_name),
            col(Client.company_name),
            col(Client.pesel),
            col(Client.nip),
            *address_columns(),
        )
        .outerjoin(AddressRow, col(AddressRow.id) == col(Client.mailing_address_id))
        .where(col(Client.number) == sa.bindparam("number"))
    )


def find_client(session: Session, number: str) -> ClientRow:
    """Return the client of this number; raises NotFound."""
    wanted = clean(number[:_TYPED], 3 * _TYPED)[:20]
    row = session.execute(_client_of_number(), {"number": wanted}).one_or_none()
    if row is None:
        raise NotFound(N_("There is no client %(client)s. Check the number."), client=wanted)
    mailing = None if row[9] is None else into(Address, row[8:13])
    return into(ClientRow, (*row[:8], mailing))


@lru_cache(maxsize=1)
def _points_of_client() -> Statement:
    return (
        sa.select(
            col(ContactPoint.id),
            col(ContactPoint.kind),
            col(ContactPoint.value),
            col(ContactPoint.verified_on),
        )
        .where(col(ContactPoint.client_id) == sa.bindparam("client"), col(ContactPoint.removed_on).is_(None))
        .order_by(col(ContactPoint.kind).desc(), col(ContactPoint.id))
        .limit(MOST_POINTS)
    )


def load_points(session: Session, client_id: int) -> list[PointRow]:
    """Return the phone numbers, then the e-mail addresses, that hold today."""
    return [into(PointRow, row) for row in session.execute(_points_of_client(), {"client": client_id})]


@lru_cache(maxsize=1)
def _contracts_of_client() -> Statement:
    party = metadata.tables["client"].alias("party")
    return (
        sa.select(
            col(Contract.number),
            col(Contract.starts_on),
            col(Contract.ends_on),
            col(ContractParty.position),
            sa.func.coalesce(col(ContractParty.last_name), party.c.last_name),
            sa.func.coalesce(col(ContractParty.first_name), party.c.first_name),
            party.c.company_name,
        )
        .outerjoin(ContractParty, col(ContractParty.contract_id) == col(Contract.id))
        .outerjoin(party, party.c.id == col(ContractParty.client_id))
        .where(col(Contract.client_id) == sa.bindparam("client"))
        .order_by(col(Contract.starts_on).desc(), col(Contract.id).desc(), col(ContractParty.position))
        .limit(MOST_PARTIES)
    )


def load_contracts(session: Session, client_id: int) -> tuple[ContractView, ...]:
    """Return the contracts with their parties, the newest first."""
    parties: dict[tuple[str, date, date | None], list[Party]] = {}
    for number, starts_on, ends_on, position, *names in session.execute(
        _contracts_of_client(), {"client": client_id}
    ):
        found = parties.setdefault((number, starts_on, ends_on), [])
        if position is not None:
            found.append(Party(position, display_name(*names)))
    return tuple(ContractView(*key, tuple(found)) for key, found in parties.items())
