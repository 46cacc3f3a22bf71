"""What a caller's answer is compared with. Leaves db/ only as a yes or a no."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.models import AddressRow, Client, ContactPoint, Contract, Meter, SupplyPoint
from db.queries.contact_rows import ContactRow
from db.queries.rows import into
from db.queries.supply import address_columns
from db.records.clients import Address
from db.rules.answers import pesel_digits, pesel_positions
from db.rules.verification import Question
from db.work import Work

MOST_VALUES = 200


def stored_answers(work: Work, contact: ContactRow, question: Question) -> list[str]:
    """Return every value that would be a right answer to `question` in this contact."""
    match question:
        case Question.CLIENT_NUMBER:
            return [contact.client_number]
        case Question.ADDRESS:
            return _addresses(work, contact.client_id)
        case Question.NAME:
            return _name(work, contact.client_id)
        case Question.METER_NUMBER:
            return _texts(work, _meters(contact.client_id))
        case Question.CONTRACT_DATE:
            days = sa.select(col(Contract.signed_on)).where(col(Contract.client_id) == contact.client_id)
            found = work.session.execute(days.limit(MOST_VALUES)).scalars()
            return [day.isoformat() for day in found]
        case Question.PESEL_DIGITS:
            pesel = sa.select(col(Client.pesel)).where(col(Client.id) == contact.client_id)
            places = pesel_positions(contact.number)
            return [pesel_digits(number, places) for number in _texts(work, pesel)]
        case Question.CALL_BACK:
            return _texts(work, _phones(contact.client_id))


def _texts(work: Work, statement: sa.Select[Any]) -> list[str]:
    return [text for text in work.session.execute(statement.limit(MOST_VALUES)).scalars() if text]


def _meters(client_id: int) -> sa.Select[str]:
    return (
        sa.select(col(Meter.number))
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .where(col(Contract.client_id) == client_id, col(Meter.removed_on).is_(None))
    )


def _phones(client_id: int) -> sa.Select[str]:
    return sa.select(col(ContactPoint.value)).where(
        col(ContactPoint.client_id) == client_id,
        col(ContactPoint.kind) == "phone",
        col(ContactPoint.removed_on).is_(None),
    )


def _name(work: Work, client_id: int) -> list[str]:
    statement = sa.select(col(Client.last_name), col(Client.first_name), col(Client.company_name)).where(
        col(Client.id) == client_id
    )
    last, first, company = work.session.execute(statement).one()
    return [company if company is not None else f"{first} {last}"]


def _addresses(work: Work, client_id: int) -> list[str]:
    """Return the supply addresses and the mailing address, each on two lines."""
    supplied = (
        sa.select(*address_columns())
        .join(SupplyPoint, col(SupplyPoint.address_id) == col(AddressRow.id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .where(col(Contract.client_id) == client_id)
        .limit(MOST_VALUES)
    )
    mailing = (
        sa.select(*address_columns())
        .join(Client, col(Client.mailing_address_id) == col(AddressRow.id))
        .where(col(Client.id) == client_id)
    )
    rows = [*work.session.execute(supplied), *work.session.execute(mailing)]
    found = [into(Address, row) for row in rows]
    return [f"{address.first_line}\n{address.second_line}" for address in found]
