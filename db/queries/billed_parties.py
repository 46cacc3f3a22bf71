"""Whom the bills of many contracts go to, and where: one statement for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.models import AddressRow, Client, ContactPoint, Contract, EInvoice, TariffGroup
from db.queries.rows import Statement, into
from db.queries.supply import address_columns
from db.records.clients import Address, ClientKind
from db.records.ebok import EInvoiceState


@dataclass(frozen=True, slots=True)
class BilledParty:
    """Who is billed under a contract, as on letters."""

    contract_id: int
    contract: str
    client_id: int
    client_number: str
    kind: ClientKind
    name: str
    nip: str | None
    mailing: Address | None
    tariff: str
    email: str | None = None
    """Where e-invoices go; None where there are none, or mail to the address came back."""
    email_from: date | None = None
    """The first day whose invoices go there."""

    def goes_by_email(self, day: date) -> bool:
        """Tell whether an invoice issued on `day` goes by e-mail: the day decides, not a job that ran."""
        return self.email is not None and self.email_from is not None and self.email_from <= day


def reaches() -> sa.ColumnElement[bool]:
    """Return the condition that mail to a contact point arrives: an invoice that came back is no invoice."""
    return sa.and_(col(ContactPoint.bounced_on).is_(None), col(ContactPoint.removed_on).is_(None))


PARTIES: Statement = (
    sa.select(
        col(Contract.id),
        col(Contract.number),
        col(Client.id),
        col(Client.number),
        col(Client.kind),
        col(Client.last_name),
        col(Client.first_name),
        col(Client.company_name),
        col(Client.nip),
        col(TariffGroup.code),
        col(TariffGroup.name),
        col(Contract.starts_on),
        col(Contract.ends_on),
        col(Contract.tariff_group_id),
        col(Contract.period_months),
        *address_columns(),
        col(ContactPoint.value),
        col(EInvoice.active_from),
    )
    .join(Client, col(Client.id) == col(Contract.client_id))
    .outerjoin(
        EInvoice,
        sa.and_(
            col(EInvoice.client_id) == col(Client.id),
            col(EInvoice.state).in_((EInvoiceState.CONFIRMED, EInvoiceState.ACTIVE)),
        ),
    )
    .outerjoin(ContactPoint, sa.and_(col(ContactPoint.id) == col(EInvoice.point_id), reaches()))
    .outerjoin(TariffGroup, col(TariffGroup.id) == col(Contract.tariff_group_id))
    .outerjoin(AddressRow, col(AddressRow.id) == col(Client.mailing_address_id))
    .where(col(Contract.id).in_(sa.bindparam("contracts", expanding=True)))
    .order_by(col(Contract.id))
)
"""The parties of `contracts`; the columns that `party_of` reads."""


def party_of(row: Sequence[Any], tariff: str | None) -> BilledParty:
    """Return the party of a row of PARTIES; `tariff` is the label of a group that it came to later."""
    key, contract, client_id, number, kind, last, first, company, nip, code, group = row[:11]
    own = "" if code is None else f"{code} – {group}"
    return BilledParty(
        contract_id=key,
        contract=contract,
        client_id=client_id,
        client_number=number,
        kind=kind,
        name=company if company is not None else f"{first} {last}",
        nip=nip,
        mailing=None if row[16] is None else into(Address, row[15:20]),
        tariff=own if tariff is None else tariff,
        email=row[20],
        email_from=row[21],
    )
