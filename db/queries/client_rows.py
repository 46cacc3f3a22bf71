"""What a client card is made of, one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import NotFound
from db.models import (
    AddressRow,
    Client,
    Contact,
    ContactPoint,
    Contract,
    ContractParty,
    IssuedDocument,
    Meter,
    Reading,
    ReadingDecision,
    ReadingNotice,
    Staff,
    metadata,
)
from db.queries.rows import into
from db.queries.supply import address_columns, display_name
from db.records.clients import Address, ClientKind, ContractView, Party
from db.records.contacts import Outcome, Purpose
from db.records.people import Channel
from db.words import N_

MOST_POINTS = 40
MOST_PARTIES = 200
MOST_EVENTS = 100
"""Events of each kind that a time line is made of, and events on it."""


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


@dataclass(frozen=True, slots=True)
class PointRow:
    """A phone number or an e-mail address."""

    id: int
    kind: str
    value: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """What was decided about a reading."""

    kind: str
    decided_at: datetime
    meter: str
    state: int
    day: date
    agent: str


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice that a meter reader left."""

    number: str
    meter: str
    left_on: date
    deadline: date


@dataclass(frozen=True, slots=True)
class PastContact:
    """A contact on the time line."""

    id: int
    started_at: datetime
    ended_at: datetime | None
    channel: Channel
    purpose: Purpose | None
    outcome: Outcome | None
    agent: str


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An issued document on the time line."""

    number: str
    kind: str
    issued_at: datetime
    agent: str


def find_client(session: Session, number: str) -> ClientRow:
    """Return the client of this number; raises NotFound."""
    statement = (
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
        .where(col(Client.number) == number.strip()[:20])
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(N_("There is no client %(client)s. Check the number."), client=number.strip()[:20])
    mailing = None if row[9] is None else into(Address, row[8:13])
    return into(ClientRow, (*row[:8], mailing))


def load_points(session: Session, client_id: int) -> list[PointRow]:
    """Return the phone numbers, then the e-mail addresses, that hold today."""
    statement = (
        sa.select(
            col(ContactPoint.id),
            col(ContactPoint.kind),
            col(ContactPoint.value),
            col(ContactPoint.verified_on),
        )
        .where(col(ContactPoint.client_id) == client_id, col(ContactPoint.removed_on).is_(None))
        .order_by(col(ContactPoint.kind).desc(), col(ContactPoint.id))
        .limit(MOST_POINTS)
    )
    return [into(PointRow, row) for row in session.execute(statement)]


def load_contracts(session: Session, client_id: int) -> tuple[ContractView, ...]:
    """Return the contracts with their parties, the newest first."""
    party = metadata.tables["client"].alias("party")
    statement = (
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
        .where(col(Contract.client_id) == client_id)
        .order_by(col(Contract.starts_on).desc(), col(Contract.id).desc(), col(ContractParty.position))
        .limit(MOST_PARTIES)
    )
    parties: dict[tuple[str, date, date | None], list[Party]] = {}
    for number, starts_on, ends_on, position, *names in session.execute(statement):
        found = parties.setdefault((number, starts_on, ends_on), [])
        if position is not None:
            found.append(Party(position, display_name(*names)))
    return tuple(ContractView(*key, tuple(found)) for key, found in parties.items())


def load_decisions(session: Session, meter_ids: Sequence[int]) -> list[DecisionRow]:
    """Return what was decided about readings of these meters, newest first."""
    statement = (
        sa.select(
            col(ReadingDecision.kind),
            col(ReadingDecision.decided_at),
            col(Meter.number),
            col(Reading.state),
            col(Reading.day),
            col(Staff.name),
        )
        .join(Reading, col(Reading.id) == col(ReadingDecision.reading_id))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .join(Staff, col(Staff.id) == col(ReadingDecision.staff_id))
        .where(col(Reading.meter_id).in_(meter_ids))
        .order_by(col(ReadingDecision.decided_at).desc())
        .limit(MOST_EVENTS)
    )
    return [into(DecisionRow, row) for row in session.execute(statement)]


def load_notices(session: Session, meter_ids: Sequence[int]) -> list[NoticeRow]:
    """Return the notices left for these meters, newest first."""
    statement = (
        sa.select(
            col(ReadingNotice.number),
            col(Meter.number),
            col(ReadingNotice.left_on),
            col(ReadingNotice.deadline),
        )
        .join(Meter, col(Meter.id) == col(ReadingNotice.meter_id))
        .where(col(ReadingNotice.meter_id).in_(meter_ids))
        .order_by(col(ReadingNotice.left_on).desc())
        .limit(MOST_EVENTS)
    )
    return [into(NoticeRow, row) for row in session.execute(statement)]


def load_contacts(session: Session, client_id: int) -> list[PastContact]:
    """Return the client's contacts, newest first."""
    statement = (
        sa.select(
            col(Contact.id),
            col(Contact.started_at),
            col(Contact.ended_at),
            col(Contact.channel),
            col(Contact.purpose),
            col(Contact.outcome),
            col(Staff.name),
        )
        .join(Staff, col(Staff.id) == col(Contact.staff_id))
        .where(col(Contact.client_id) == client_id)
        .order_by(col(Contact.started_at).desc())
        .limit(MOST_EVENTS)
    )
    return [into(PastContact, row) for row in session.execute(statement)]


def load_documents(session: Session, client_id: int) -> list[DocumentRow]:
    """Return the documents issued to the client, newest first."""
    statement = (
        sa.select(
            col(IssuedDocument.number),
            col(IssuedDocument.kind),
            col(IssuedDocument.issued_at),
            col(Staff.name),
        )
        .join(Staff, col(Staff.id) == col(IssuedDocument.staff_id))
        .where(col(IssuedDocument.client_id) == client_id)
        .order_by(col(IssuedDocument.id).desc())
        .limit(MOST_EVENTS)
    )
    return [into(DocumentRow, row) for row in session.execute(statement)]
