"""Issuing documents: a snapshot and a number without a gap, in one transaction."""

from __future__ import annotations

import dataclasses
import hashlib

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, DESK, operation
from db.errors import NotFound, Refused
from db.models import DocumentRendering, IssuedDocument
from db.models.types import Instant
from db.operations.confirmation import confirmation_of
from db.operations.document_issue import store_document
from db.operations.reading_guards import hold_point
from db.queries.caller import require_disclosure
from db.queries.documents import UNVERIFIED, find_document, require_kept, require_paper
from db.queries.reading_rows import ReadingRow, find_reading
from db.queries.supply import FoundMeter, meter_of_reading
from db.records.documents import DocumentKind, ReadingConfirmation, from_json
from db.records.issued import IssuedDocumentView
from db.records.readings import STATUS_WORDS, ReadingStatus
from db.rules.verification import VerificationLevel
from db.words import N_, Words
from db.work import Work

_FIRST_RENDERING = sa.text(
    "INSERT INTO document_rendering (document_id, pdf, pdf_sha256, rendered_at)"
    " VALUES (:document, :pdf, :sha256, :at) ON CONFLICT (document_id) DO NOTHING"
).bindparams(sa.bindparam("at", type_=Instant))
PDF_BEGINS = b"%PDF-"
MOST_PDF_BYTES = 5_000_000


@operation(roles=CLERKS)
def issue_reading_confirmation(work: Work, reading_id: int) -> IssuedDocumentView:
    """Issue the confirmation of a reading, or return the one that was issued before.

    A reading that waits for a supervisor is confirmed as waiting; once that is decided, a new
    document is issued. An agent needs a caller verified for documents (level 2). Leaves a PRINT
    entry. Raises NotFound, NotAllowed, Refused for a reading that was voided or rejected.
    """
    known = find_reading(work.session, reading_id)
    if known is None:
        raise NotFound(N_("There is no reading %(reading)s."), reading=str(reading_id))
    found = meter_of_reading(work.session, known[0].meter_id)
    hold_point(work, found.point_id)
    require_disclosure(work, found.client_id, level=VerificationLevel.L2, exempt=UNVERIFIED)
    row = _confirmable(work, reading_id)
    before = find_document(
        work,
        sa.and_(
            col(IssuedDocument.reading_id) == reading_id,
            col(IssuedDocument.kind) == DocumentKind.READING_CONFIRMATION.value,
            col(IssuedDocument.snapshot) != "",
        ),
    )
    if before is not None and _still_true(before[1], row):
        view = dataclasses.replace(before[1], repeated=True)
    else:
        view = _issue(work, found, row)
    work.looked("PRINT", f"document {view.number}", client_id=found.client_id)
    return view


def _confirmable(work: Work, reading_id: int) -> ReadingRow:
    """Return the reading, now that it is held, if it may be confirmed."""
    known = find_reading(work.session, reading_id)
    if known is None:
        raise AssertionError("readings are never deleted")
    if known[0].status in (ReadingStatus.VOIDED, ReadingStatus.REJECTED):
        raise Refused(
            N_("The reading %(state)s of %(day)s does not count (%(status)s); it is not confirmed."),
            state=known[0].state,
            day=known[0].day,
            status=Words(STATUS_WORDS[known[0].status]),
        )
    return known[0]


def _still_true(view: IssuedDocumentView, row: ReadingRow) -> bool:
    """Tell whether the document says of the reading's status what is true now."""
    stored = from_json(view.kind, view.snapshot)
    return isinstance(stored, ReadingConfirmation) and stored.status == row.status


def _issue(work: Work, found: FoundMeter, row: ReadingRow) -> IssuedDocumentView:
    unnumbered = confirmation_of(work, found, row)
    return store_document(
        work,
        DocumentKind.READING_CONFIRMATION,
        lambda number: dataclasses.replace(unnumbered, number=number),
        client_id=found.client_id,
        client_number=found.client_number,
        reading_id=row.id,
        after={"reading": row.id, "status": row.status},
    )


@operation(roles=DESK)
def note_rendering(work: Work, document_id: int, pdf: bytes) -> None:
    """Keep the first paper made from a document and its hash: it comes out at every later issue.

    An agent needs a caller verified for documents (level 2). Raises NotFound, NotAllowed, and
    Refused when another paper was made first; `rendered_pdf` has that one.
    """
    if not pdf.startswith(PDF_BEGINS) or len(pdf) > MOST_PDF_BYTES:
        raise ValueError("a paper is a PDF of at most 5 MB")
    found = find_document(work, col(IssuedDocument.id) == document_id)
    if found is None:
        raise NotFound(N_("There is no document %(document)s."), document=str(document_id))
    client_id, view = found
    require_kept(view)
    require_paper(work, client_id, view.kind)
    pdf_sha256 = hashlib.sha256(pdf).hexdigest()
    values = {"document": document_id, "pdf": pdf, "sha256": pdf_sha256, "at": work.now}
    work.session.execute(_FIRST_RENDERING, values)
    statement = sa.select(col(DocumentRendering.pdf_sha256))
    first = work.session.scalar(statement.where(col(DocumentRendering.document_id) == document_id))
    if first != pdf_sha256:
        raise Refused(
            N_("Another paper of %(document)s was made first. Print it again: that one comes out."),
            document=view.number,
        )
    if view.pdf_sha256 is None:
        work.changed(
            "document.rendered", f"document {view.number}", client_id=client_id, after={"pdf": pdf_sha256}
        )
