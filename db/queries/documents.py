"""Issued documents: what there is, and what one says."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import DESK, query
from db.errors import NotFound, Refused
from db.models import Client, DocumentDelivery, DocumentRendering, IssuedDocument, Staff
from db.queries.caller import require_disclosure
from db.queries.client_rows import find_client
from db.queries.rows import Columns, into
from db.records.documents import DocumentKind
from db.records.issued import IssuedDocumentLine, IssuedDocumentView
from db.records.paper import REQUEST_LETTERS
from db.records.people import Role
from db.rules.verification import VerificationLevel
from db.words import N_
from db.work import Work

MOST_DOCUMENTS = 200
UNVERIFIED = frozenset({Role.SUPERVISOR, Role.SYSTEM})
"""Roles that see documents without a verified caller."""


def line_columns() -> Columns:
    """Return the columns of an `IssuedDocumentLine`, in its order."""
    return (
        col(IssuedDocument.id),
        col(IssuedDocument.kind),
        col(IssuedDocument.number),
        col(Client.number),
        col(IssuedDocument.reading_id),
        col(IssuedDocument.issued_at),
        sa.func.coalesce(col(Staff.name), ""),
    )


@query(roles=DESK, discloses=True)
def documents_of(work: Work, client_number: str) -> tuple[IssuedDocumentLine, ...]:
    """Return the documents issued to a client, newest first, at most 200, without what they say.

    Leaves an access entry. Raises NotFound.
    """
    client = find_client(work.session, client_number)
    last = sa.select(sa.func.max(col(DocumentDelivery.id))).where(
        col(DocumentDelivery.document_id) == col(IssuedDocument.id)
    )
    statement = (
        sa.select(*line_columns(), col(DocumentDelivery.how), col(DocumentDelivery.at))
        .select_from(IssuedDocument)
        .join(Client, col(Client.id) == col(IssuedDocument.client_id))
        .outerjoin(Staff, col(Staff.id) == col(IssuedDocument.staff_id))
        .outerjoin(
            DocumentDelivery,
            col(DocumentDelivery.id) == last.correlate(IssuedDocument).scalar_subquery(),
        )
        .where(col(IssuedDocument.client_id) == client.id)
        .order_by(col(IssuedDocument.id).desc())
        .limit(MOST_DOCUMENTS)
    )
    work.looked("VIEW", "documents", client_id=client.id)
    return tuple(
        into(IssuedDocumentLine, (row[0], DocumentKind(row[1]), *row[2:]))
        for row in work.session.execute(statement)
    )


@query(roles=DESK, discloses=True)
def document(work: Work, number: str) -> IssuedDocumentView:
    """Return an issued document with its snapshot, to be printed again.

    Agents need a caller verified for it. Raises NotFound, NotAllowed.
    """
    number = number.strip()
    found = find_document(work, col(IssuedDocument.number) == number)
    if found is None:
        raise NotFound(N_("There is no document %(document)s."), document=number[:40])
    client_id, view = found
    require_kept(view)
    require_paper(work, client_id, view.kind)
    work.looked("PRINT", f"document {view.number}", client_id=client_id)
    return view


def require_kept(view: IssuedDocumentView) -> None:
    """Raise Refused for a document whose text was erased (Art. 17 GDPR)."""
    if not view.snapshot:
        raise _erased(view.number)


def _erased(number: str) -> Refused:
    return Refused(N_("What %(document)s said was erased at the client's request."), document=number)


def require_paper(work: Work, client_id: int, kind: DocumentKind) -> None:
    """Raise NotAllowed unless a paper of this kind may leave the office now.

    A letter about a request goes to the address on file, whoever calls; other papers need a
    caller verified for documents (level 2), except for a supervisor.
    """
    level = VerificationLevel.L0 if kind in REQUEST_LETTERS else VerificationLevel.L2
    require_disclosure(work, client_id, level=level, exempt=UNVERIFIED)


@query(roles=DESK, discloses=True)
def rendered_pdf(work: Work, document_number: str) -> bytes | None:
    """Return the paper of an issued document as it was made first; None while there is none.

    Agents need a caller verified for it. A paper leaves a PRINT entry. Raises NotFound, NotAllowed.
    """
    number = document_number.strip()
    statement = (
        sa.select(col(IssuedDocument.client_id), col(IssuedDocument.kind), col(DocumentRendering.pdf))
        .outerjoin(DocumentRendering, col(DocumentRendering.document_id) == col(IssuedDocument.id))
        .where(col(IssuedDocument.number) == number)
    )
    row = work.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(N_("There is no document %(document)s."), document=number[:40])
    client_id, kind, pdf = row
    if pdf == b"":
        raise _erased(number)
    require_paper(work, client_id, DocumentKind(kind))
    if pdf is None:
        return None
    work.looked("PRINT", f"document {number}", client_id=client_id)
    return bytes(pdf)


def find_document(work: Work, condition: sa.ColumnElement[bool]) -> tuple[int, IssuedDocumentView] | None:
    """Return the newest document that meets the condition, and the client it was issued to."""
    statement = (
        sa.select(
            *line_columns(),
            col(IssuedDocument.snapshot),
            col(IssuedDocument.snapshot_sha256),
            col(DocumentRendering.pdf_sha256),
            col(IssuedDocument.client_id),
        )
        .select_from(IssuedDocument)
        .join(Client, col(Client.id) == col(IssuedDocument.client_id))
        .outerjoin(Staff, col(Staff.id) == col(IssuedDocument.staff_id))
        .outerjoin(DocumentRendering, col(DocumentRendering.document_id) == col(IssuedDocument.id))
        .where(condition)
        .order_by(col(IssuedDocument.id).desc())
        .limit(1)
    )
    row = work.session.execute(statement).one_or_none()
    if row is None:
        return None
    return row[10], into(IssuedDocumentView, (row[0], DocumentKind(row[1]), *row[2:10]))
