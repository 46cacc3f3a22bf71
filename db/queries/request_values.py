"""What the card holds now of the fields that a request may change."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import NotFound, Refused
from db.models import (
    AddressRow,
    Client,
    ContactPoint,
    Contract,
    ContractParty,
    EInvoice,
    Meter,
    PortalAccount,
    SupplyPoint,
    TariffGroup,
)
from db.queries.rows import into
from db.queries.supply import address_columns
from db.queries.tariff_groups import group_on
from db.records.clients import Address
from db.records.ebok import EInvoiceState
from db.records.requests import RequestField, RequestKind
from db.refusals import WrongField
from db.rules.request_fields import ADDRESS_FIELDS, Values
from db.words import N_
from db.work import Work

_F, _K = RequestField, RequestKind
_OF_CLIENT = {
    _F.LAST_NAME: col(Client.last_name),
    _F.FIRST_NAME: col(Client.first_name),
    _F.COMPANY_NAME: col(Client.company_name),
    _F.REFUND_ACCOUNT: col(Client.refund_account),
    _F.PESEL: col(Client.pesel),
    _F.NIP: col(Client.nip),
}


@dataclass(frozen=True, slots=True)
class SuppliedPlace:
    """A supply point of a client with its address."""

    point_id: int
    meter: str | None
    """Number of the meter that names it; None where none hangs."""
    address: Address


def current_values(
    work: Work, client_id: int, kind: RequestKind, *, point_id: int | None, wanted: Values
) -> dict[RequestField, str | None]:
    """Return what the card holds now in the fields of a request of this kind.

    `wanted` are the new values: they tell which supply point is meant, and whether a phone or an
    e-mail address that is to be added is there already. Raises WrongField, NotFound.
    """
    session = work.session
    match kind:
        case _K.MAILING_ADDRESS:
            return _address(_mailing_address(session, client_id))
        case _K.SUPPLY_ADDRESS:
            place = supplied_place(session, client_id, wanted.get(_F.METER))
            return {_F.METER: place.meter, **_address(place.address)}
        case _K.NAME | _K.REFUND_ACCOUNT | _K.PESEL | _K.NIP:
            own = sa.select(*_OF_CLIENT.values()).where(col(Client.id) == client_id)
            return dict(zip(_OF_CLIENT, session.execute(own).one(), strict=True))
        case _K.PHONE:
            return {_F.PHONE: _point(session, client_id, "phone", point_id, wanted.get(_F.PHONE))}
        case _K.EMAIL:
            return {_F.EMAIL: _point(session, client_id, "email", point_id, wanted.get(_F.EMAIL))}
        case _K.SECOND_PARTY:
            return second_party(session, client_id)
        case _K.TARIFF_GROUP:
            return {_F.TARIFF_GROUP: _tariff_group(work, client_id)}
        case _K.EINVOICE_ON:
            # asked for and not confirmed yet is not on: it may be asked for again
            return {_F.EMAIL: _einvoice_address(session, client_id, asked_for=False)}
        case _K.EINVOICE_OFF | _K.EINVOICE_EMAIL:
            return {_F.EMAIL: _einvoice_address(session, client_id)}
        case _K.EBOK_REGISTRATION | _K.EBOK_EMAIL | _K.EBOK_UNLOCK:
            return _account(session, client_id)
        case _K.HANDOVER | _K.COMPLAINT:
            return {}


def _address(address: Address | None) -> dict[RequestField, str | None]:
    if address is None:
        return dict.fromkeys(ADDRESS_FIELDS)
    parts = (address.street, address.house, address.flat, address.postal_code, address.town)
    return dict(zip(ADDRESS_FIELDS, parts, strict=True))


def _mailing_address(session: Session, client_id: int) -> Address | None:
    row = session.execute(
        sa.select(*address_columns())
        .join(Client, col(Client.mailing_address_id) == col(AddressRow.id))
        .where(col(Client.id) == client_id)
    ).one_or_none()
    return None if row is None else into(Address, row)


def supplied_place(session: Session, client_id: int, meter: str | None) -> SuppliedPlace:
    """Return the supply point that a meter names, or the only one of the running contracts.

    Raises WrongField when there are several and none is named, or the meter is not there; NotFound
    when the client is supplied nowhere.
    """
    # the meter that named a place may have been exchanged since
    which = sa.true() if meter is not None else col(Meter.removed_on).is_(None)
    statement = (
        sa.select(col(SupplyPoint.id), col(Meter.number), col(Contract.ends_on).is_(None), *address_columns())
        .select_from(Contract)
        .join(SupplyPoint, col(SupplyPoint.contract_id) == col(Contract.id))
        .join(AddressRow, col(AddressRow.id) == col(SupplyPoint.address_id))
        .outerjoin(Meter, sa.and_(col(Meter.supply_point_id) == col(SupplyPoint.id), which))
        .where(col(Contract.client_id) == client_id)
        .order_by(col(Contract.ends_on).is_(None).desc(), col(SupplyPoint.id), col(Meter.role).desc())
    )
    if meter is not None:
        statement = statement.where(col(Meter.number) == meter)
    rows = session.execute(statement.limit(40)).all()
    if not rows and meter is not None:
        raise WrongField(_F.METER, N_("This client has no such meter (%(meter)s)."), meter=meter)
    if not rows:
        raise NotFound(N_("The client is supplied nowhere: there is no contract with a supply point."))
    running = [row for row in rows if row[2]] or rows[:1]
    if len({row[0] for row in running}) > 1:
        raise WrongField(
            _F.METER, N_("The client is supplied at several places: type the meter of the one that is meant.")
        )
    first = running[0]
    return SuppliedPlace(first[0], first[1], into(Address, first[3:8]))


def _point(
    session: Session, client_id: int, kind: str, point_id: int | None, wanted: str | None
) -> str | None:
    """Return the value of a contact point; of one that is to be added, whether it is there already."""
    live = sa.select(col(ContactPoint.value)).where(
        col(ContactPoint.client_id) == client_id,
        col(ContactPoint.kind) == kind,
        col(ContactPoint.removed_on).is_(None),
    )
    if point_id is not None:
        return session.scalar(live.where(col(ContactPoint.id) == point_id))
    return session.scalar(live.where(col(ContactPoint.value) == wanted).limit(1))


def present_contract(session: Session, client_id: int) -> int | None:
    """Return the id of the newest running contract, else of the newest; None without any."""
    return session.scalar(
        sa.select(col(Contract.id))
        .where(col(Contract.client_id) == client_id)
        .order_by(
            col(Contract.ends_on).is_(None).desc(), col(Contract.starts_on).desc(), col(Contract.id).desc()
        )
        .limit(1)
    )


def second_party(session: Session, client_id: int) -> dict[RequestField, str | None]:
    """Return the second party of the present contract. Raises Refused when it is a client itself."""
    contract_id = present_contract(session, client_id)
    if contract_id is None:
        raise NotFound(N_("The client has no contract that could have another party."))
    row = session.execute(
        sa.select(
            col(ContractParty.last_name),
            col(ContractParty.first_name),
            col(ContractParty.pesel),
            col(ContractParty.client_id),
        ).where(col(ContractParty.contract_id) == contract_id, col(ContractParty.position) == 2)
    ).one_or_none()
    if row is not None and row.client_id is not None:
        raise Refused(N_("The second party is a client of their own; their data are changed there."))
    last, first, pesel = (None, None, None) if row is None else row[:3]
    return {_F.PARTY_LAST_NAME: last, _F.PARTY_FIRST_NAME: first, _F.PARTY_PESEL: pesel}


def _tariff_group(work: Work, client_id: int) -> str | None:
    group = group_on(sa.literal(work.today, sa.Date))
    return work.session.scalar(
        sa.select(col(TariffGroup.code))
        .join(Contract, group == col(TariffGroup.id))
        .where(col(Contract.id) == present_contract(work.session, client_id))
    )


def _einvoice_address(session: Session, client_id: int, *, asked_for: bool = True) -> str | None:
    """Return where e-invoices go; None where nowhere, the address having been taken off the card too."""
    statement = (
        sa.select(col(ContactPoint.value))
        .join(EInvoice, col(EInvoice.point_id) == col(ContactPoint.id))
        .where(
            col(EInvoice.client_id) == client_id,
            col(EInvoice.state) != EInvoiceState.WITHDRAWN,
            col(ContactPoint.removed_on).is_(None),
        )
    )
    if not asked_for:
        statement = statement.where(col(EInvoice.state) != EInvoiceState.REQUESTED)
    return session.scalar(statement)


def own_email(session: Session, client_id: int, point_id: int | None) -> str | None:
    """Return the client's e-mail address, the one that is meant or a confirmed one first."""
    which = sa.true() if point_id is None else col(ContactPoint.id) == point_id
    return session.scalar(
        sa.select(col(ContactPoint.value))
        .where(
            col(ContactPoint.client_id) == client_id,
            col(ContactPoint.kind) == "email",
            col(ContactPoint.removed_on).is_(None),
            which,
        )
        .order_by(col(ContactPoint.verified_on).is_(None), col(ContactPoint.id))
        .limit(1)
    )


def _account(session: Session, client_id: int) -> dict[RequestField, str | None]:
    row = session.execute(
        sa.select(col(PortalAccount.login), col(ContactPoint.value))
        .join(ContactPoint, col(ContactPoint.id) == col(PortalAccount.point_id))
        .where(col(PortalAccount.client_id) == client_id)
    ).one_or_none()
    return {_F.LOGIN: None, _F.EMAIL: None} if row is None else {_F.LOGIN: row[0], _F.EMAIL: row[1]}
