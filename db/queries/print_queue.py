"""The documents of a billing period in parts, as the print shop takes them."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, query
from db.models import DocumentRendering, Invoice, IssuedDocument
from db.queries.rows import into
from db.records.documents import DocumentKind
from db.records.money import InvoiceKind
from db.work import Work

AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PeriodDocument:
    """An invoice or a correction of a period with what its paper is made from."""

    serial: int
    number: str
    kind: DocumentKind
    snapshot: str
    pdf: bytes | None
    """The paper that was made first, where one is stored."""


@query(roles=SUPERVISORS)
def count_of_period(work: Work, period: str, *, by_email: bool = True) -> int:
    """Return how many invoices and corrections the period `YYYYMM` has; without `by_email` those on paper."""
    counted = (
        sa.select(sa.func.count()).select_from(Invoice).where(col(Invoice.period) == period, _told(by_email))
    )
    return work.session.scalar(counted) or 0


def _told(by_email: bool) -> sa.ColumnElement[bool]:
    return sa.true() if by_email else ~col(Invoice.by_email)


@query(roles=SUPERVISORS, discloses=True)
def documents_of_period(
    work: Work,
    period: str,
    kind: InvoiceKind,
    *,
    after: int = 0,
    most: int = AT_ONCE,
    by_email: bool = True,
) -> tuple[PeriodDocument, ...]:
    """Return the next documents of one kind behind the serial `after`, in the order of their serials.

    Without `by_email`, those that left by e-mail are left out: they are not printed. The first part
    leaves an access entry for all of them.
    """
    statement = (
        sa.select(
            col(Invoice.serial),
            col(Invoice.number),
            col(IssuedDocument.kind),
            col(IssuedDocument.snapshot),
            col(DocumentRendering.pdf),
        )
        .join(IssuedDocument, col(IssuedDocument.id) == col(Invoice.document_id))
        .outerjoin(DocumentRendering, col(DocumentRendering.document_id) == col(IssuedDocument.id))
        .where(col(Invoice.kind) == kind, col(Invoice.period) == period, col(Invoice.serial) > after)
        .where(_told(by_email))
        .order_by(col(Invoice.serial))
        .limit(most)
    )
    if not after:
        work.looked("EXPORT", f"papers of {period}: {kind.value}")
    return tuple(
        into(PeriodDocument, (row[0], row[1], DocumentKind(row[2]), *row[3:]))
        for row in work.session.execute(statement)
    )
