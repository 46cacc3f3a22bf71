"""Storing an issued document: its number without a gap, its snapshot and hash, its audit entry."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from db.models import IssuedDocument
from db.operations.invoice_issue import take_numbers
from db.queries.rows import insert_row
from db.records.documents import DocumentKind, Snapshot, to_json
from db.records.issued import IssuedDocumentView
from db.work import Work

PREFIXES: Mapping[DocumentKind, str] = {
    DocumentKind.READING_CONFIRMATION: "P",
    DocumentKind.DUPLICATE: "DUP",
    DocumentKind.BALANCE_STATEMENT: "ZS",
    DocumentKind.PAYMENT_SLIP: "DP",
    DocumentKind.DEMAND: "WZ",
    DocumentKind.INTEREST_NOTE: "NO",
    DocumentKind.RECEIPT: "KP",
    DocumentKind.REQUEST_CONFIRMATION: "PW",
    DocumentKind.REQUEST_DECISION: "RW",
    DocumentKind.INFORMATION_REQUEST: "UW",
    DocumentKind.EINVOICE_CONFIRMATION: "EF",
    DocumentKind.EBOK_ACTIVATION: "EB",
    DocumentKind.COMPLAINT_ANSWER: "OR",
    DocumentKind.DATA_EXPORT: "RODO15",
    DocumentKind.ERASURE_DECISION: "RODO17",
}
"""What numbers begin with; those of invoices and corrections have a form of their own."""


def store_document(
    work: Work,
    kind: DocumentKind,
    snapshot_of: Callable[[str], Snapshot],
    *,
    client_id: int,
    client_number: str,
    reading_id: int | None = None,
    about_id: int | None = None,
    request_id: int | None = None,
    after: Mapping[str, object] | None = None,
) -> IssuedDocumentView:
    """Issue a document: `snapshot_of` is given its number, `P/2026/0000118`, and returns what it says.

    The number is taken last: its counter is held but briefly. `after` goes into the audit entry.
    """
    serial = take_numbers(work, kind.value, 1)
    number = f"{PREFIXES[kind]}/{work.today.year}/{serial:07d}"
    snapshot = to_json(snapshot_of(number))
    sha256 = hashlib.sha256(snapshot.encode()).hexdigest()
    row: dict[str, object] = {"kind": kind.value, "serial": serial, "number": number, "issued_at": work.now}
    about = {"client_id": client_id, "reading_id": reading_id, "about_id": about_id, "request_id": request_id}
    text = {"snapshot": snapshot, "snapshot_sha256": sha256}
    by_whom = {"staff_id": work.actor.id or None, "contact_id": work.contact_id}
    document_id = insert_row(work.session, IssuedDocument, row | about | text | by_whom)
    noted = {"kind": kind.value, **(after or {}), "sha256": sha256}
    work.changed("document.issued", f"document {number}", client_id=client_id, after=noted)
    return IssuedDocumentView(
        id=document_id,
        kind=kind,
        number=number,
        client_number=client_number,
        reading_id=reading_id,
        issued_at=work.now,
        agent=work.actor.name,
        snapshot=snapshot,
        snapshot_sha256=sha256,
        pdf_sha256=None,
    )
