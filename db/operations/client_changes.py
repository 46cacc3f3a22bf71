"""What an applied request does to a client's own data: name, numbers, addresses, phones, parties."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.models import AddressRow, Client, ContactPoint, ContractParty, SupplyPoint
from db.queries.request_values import present_contract, supplied_place
from db.queries.rows import insert_row
from db.records.clients import Address
from db.records.requests import RequestField
from db.rules.addresses import keys_of
from db.rules.request_fields import ADDRESS_FIELDS, Values
from db.rules.text import polish_key
from db.search import index_client
from db.work import Work

_F = RequestField


def apply_mailing_address(
    work: Work, request_id: int, client_id: int, values: Values, point_id: int | None
) -> None:
    """File the new mailing address; without one, letters go to the supply address again."""
    address_id = _file_address(work, client_id, values) if values.get(_F.HOUSE) else None
    _set(work, client_id, mailing_address_id=address_id)


def apply_supply_address(
    work: Work, request_id: int, client_id: int, values: Values, point_id: int | None
) -> None:
    """File the corrected address of the supply point that the request means."""
    place = supplied_place(work.session, client_id, values.get(_F.METER))
    work.session.execute(
        sa.update(SupplyPoint)
        .where(col(SupplyPoint.id) == place.point_id)
        .values(address_id=_file_address(work, client_id, values))
        .execution_options(synchronize_session=False)
    )
    index_client(work, client_id)


def _file_address(work: Work, client_id: int, values: Values) -> int:
    """File a new address of the client; the old one stays, for what was written to it."""
    street, house, flat, postal_code, town = (values.get(field) for field in ADDRESS_FIELDS)
    address = Address(street, house or "", flat, postal_code or "", town or "")
    keys = keys_of(address)
    row = {
        "client_id": client_id,
        "street": address.street,
        "house": address.house,
        "flat": address.flat,
        "postal_code": address.postal_code,
        "town": address.town,
        "street_key": keys.street,
        "number_key": keys.number,
        "town_key": keys.town,
    }
    return insert_row(work.session, AddressRow, row)


def apply_name(work: Work, request_id: int, client_id: int, values: Values, point_id: int | None) -> None:
    """Change a person's or a company's name, the order of lists and what the client is found by."""
    if company := values.get(_F.COMPANY_NAME):
        _set(work, client_id, company_name=company, name_key=polish_key(company)[:220])
    else:
        last, first = values.get(_F.LAST_NAME), values.get(_F.FIRST_NAME)
        name_key = polish_key(f"{last} {first}")[:220]
        _set(work, client_id, last_name=last, first_name=first, name_key=name_key)
    index_client(work, client_id)


def apply_client_column(
    work: Work, request_id: int, client_id: int, values: Values, point_id: int | None
) -> None:
    """Change the PESEL, the NIP or the account for refunds."""
    _set(work, client_id, **{field.value: value for field, value in values.items()})


def _set(work: Work, client_id: int, **columns: object) -> None:
    work.session.execute(
        sa.update(Client)
        .where(col(Client.id) == client_id)
        .values(**columns)
        .execution_options(synchronize_session=False)
    )


def apply_phone(work: Work, request_id: int, client_id: int, values: Values, point_id: int | None) -> None:
    """Put a phone number in the place of another, add it, or take the other away."""
    _replace_point(work, client_id, "phone", values.get(_F.PHONE), point_id)


def apply_email(work: Work, request_id: int, client_id: int, values: Values, point_id: int | None) -> None:
    """Put an e-mail address in the place of another, add it, or take the other away."""
    _replace_point(work, client_id, "email", values.get(_F.EMAIL), point_id)


def _replace_point(work: Work, client_id: int, kind: str, value: str | None, point_id: int | None) -> None:
    """Take the old one off the card and put the new one on; it is confirmed by nobody yet."""
    if point_id is not None:
        work.session.execute(
            sa.update(ContactPoint)
            .where(col(ContactPoint.id) == point_id)
            .values(removed_on=work.today)
            .execution_options(synchronize_session=False)
        )
    if value is not None:
        insert_row(work.session, ContactPoint, {"client_id": client_id, "kind": kind, "value": value})


def apply_second_party(
    work: Work, request_id: int, client_id: int, values: Values, point_id: int | None
) -> None:
    """Write the second party of the present contract, or take it off."""
    contract_id = present_contract(work.session, client_id)
    of_contract = (col(ContractParty.contract_id) == contract_id, col(ContractParty.position) == 2)
    work.session.execute(
        sa.delete(ContractParty).where(*of_contract).execution_options(synchronize_session=False)
    )
    if last := values.get(_F.PARTY_LAST_NAME):
        insert_row(
            work.session,
            ContractParty,
            {
                "contract_id": contract_id,
                "position": 2,
                "last_name": last,
                "first_name": values.get(_F.PARTY_FIRST_NAME),
                "pesel": values.get(_F.PARTY_PESEL),
            },
        )
    index_client(work, client_id)
