"""Where a client's letters go."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import AddressRow, Contract, Invoice, IssuedDocument, SupplyPoint
from db.queries.client_rows import ClientRow
from db.queries.rows import into
from db.queries.supply import address_columns
from db.records.clients import Address
from db.records.documents import DocumentKind, from_json
from db.records.invoices import Correction
from db.records.invoices import Invoice as InvoiceSnapshot


def mailing_lines(session: Session, client: ClientRow) -> tuple[str, ...]:
    """Return the mailing address, else that of the first running contract's supply point, in two lines."""
    address = client.mailing_address
    if address is None:
        return supply_lines(session, client.id)
    return address.first_line, address.second_line


def supply_lines(session: Session, client_id: int) -> tuple[str, ...]:
    """Return the address of the first running contract's supply point, in two lines; none without one."""
    statement = (
        sa.select(*address_columns())
        .select_from(SupplyPoint)
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .join(AddressRow, col(AddressRow.id) == col(SupplyPoint.address_id))
        .where(col(Contract.client_id) == client_id)
        .order_by(col(Contract.ends_on).isnot(None), col(SupplyPoint.id))
        .limit(1)
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return ()
    address = into(Address, row)
    return address.first_line, address.second_line


def mailing_of_last_invoice(session: Session, client_id: int) -> tuple[str, ...]:
    """Return where the newest invoice or correction went, in two lines; none without one."""
    statement = (
        sa.select(col(IssuedDocument.kind), col(IssuedDocument.snapshot))
        .join(Invoice, col(Invoice.document_id) == col(IssuedDocument.id))
        .where(col(Invoice.client_id) == client_id)
        .order_by(col(Invoice.id).desc())
        .limit(1)
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        return ()
    said = from_json(DocumentKind(row.kind), row.snapshot)
    return said.mailing_lines if isinstance(said, InvoiceSnapshot | Correction) else ()
