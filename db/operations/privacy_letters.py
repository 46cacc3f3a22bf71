"""Letters that answer the rights of Art. 15 GDPR."""

from __future__ import annotations

from collections.abc import Sequence

from db.doors import SUPERVISOR_ONLY, operation
from db.operations.confirmation import letterhead_of
from db.operations.letters import store_letter
from db.queries.client_rows import find_client
from db.queries.mailing import mailing_lines
from db.queries.utility import utility_on_letters
from db.records.documents import DocumentKind
from db.records.issued import IssuedDocumentView
from db.records.privacy_letters import DataExport, ExportedPart
from db.rules.privacy_text import EXPORT_SECTIONS
from db.work import Work


@operation(roles=SUPERVISOR_ONLY)
def issue_data_export(
    work: Work, client_number: str, parts: Sequence[ExportedPart], sha256: str
) -> IssuedDocumentView:
    """Issue the letter of a copy of somebody's data (Art. 15 GDPR), `sha256` being that of the JSON file.

    The letter counts what the copy holds; the copy itself is handed out and not kept. Leaves a
    PRINT entry. Raises NotFound, Refused while the letterhead is the example's.
    """
    client = find_client(work.session, client_number)
    lines, head = mailing_lines(work.session, client), letterhead_of(utility_on_letters(work))

    def said(number: str) -> DataExport:
        return DataExport(
            number=number,
            issued_on=work.today,
            issued_at=work.now,
            letterhead=head,
            client_number=client.number,
            client_name=client.letter_name,
            mailing_lines=lines,
            sections=EXPORT_SECTIONS,
            parts=tuple(parts),
            sha256=sha256,
            agent=work.actor.name,
        )

    return store_letter(work, client, DocumentKind.DATA_EXPORT, said, after={"json": sha256})
