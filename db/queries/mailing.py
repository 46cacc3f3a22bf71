"""Where a client's letters go."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import AddressRow, Contract, SupplyPoint
from db.queries.client_rows import ClientRow
from db.queries.rows import into
from db.queries.supply import address_columns
from db.records.clients import Address


def mailing_lines(session: Session, client: ClientRow) -> tuple[str, ...]:
    """Return the mailing address, else that of the first running contract's supply point, in two lines."""
    address = client.mailing_address
    if address is None:
        statement = (
            sa.select(*address_columns())
            .select_from(SupplyPoint)
            .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
            .join(AddressRow, col(AddressRow.id) == col(SupplyPoint.address_id))
            .where(col(Contract.client_id) == client.id)
            .order_by(col(Contract.ends_on).isnot(None), col(SupplyPoint.id))
            .limit(1)
        )
        row = session.execute(statement).one_or_none()
        address = None if row is None else into(Address, row)
    return () if address is None else (address.first_line, address.second_line)
