"""Letters about requests: previewed, then issued with a number."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from db.doors import CLERKS, operation, query
from db.operations.confirmation import letterhead_of
from db.operations.document_issue import store_document
from db.queries.caller import require_disclosure
from db.queries.client_rows import find_client
from db.queries.mail_values import office_values
from db.queries.mailing import mailing_lines
from db.queries.request_letters import load_matter
from db.queries.utility import utility_on_letters
from db.records.documents import DocumentKind, to_json
from db.records.issued import IssuedDocumentView
from db.records.request_letters import (
    ComplaintAnswer,
    EbokActivation,
    EInvoiceConfirmation,
    InformationRequest,
    RequestConfirmation,
    RequestDecision,
)
from db.rules.request_letter_text import composed
from db.rules.text import clean
from db.rules.verification import VerificationLevel
from db.work import Work

RequestLetter = (
    RequestConfirmation
    | RequestDecision
    | InformationRequest
    | EInvoiceConfirmation
    | EbokActivation
    | ComplaintAnswer
)
PARAGRAPH_LENGTH = 2_000
_RECORDS: Mapping[DocumentKind, type[RequestLetter]] = {
    record.kind: record
    for record in (
        RequestConfirmation,
        RequestDecision,
        InformationRequest,
        EInvoiceConfirmation,
        EbokActivation,
        ComplaintAnswer,
    )
}


@operation(roles=CLERKS)
def issue_request_letter(
    work: Work, request_id: int, kind: DocumentKind, *, paragraph: str = ""
) -> IssuedDocumentView:
    """Issue a letter about a request, with the agent's own paragraph of at most 2,000 characters.

    It goes to the address on file and tells a caller nothing, so that no caller has to be verified;
    too many wrong answers stop it all the same. Leaves a PRINT entry. Raises NotFound, NotAllowed,
    WrongInput for the kind or the paragraph, Refused when the request does not stand where the
    letter belongs.
    """
    client_id, letter = _letter(work, request_id, kind, paragraph)
    view = store_document(
        work,
        kind,
        lambda number: dataclasses.replace(letter, number=number),
        client_id=client_id,
        client_number=letter.client_number,
        request_id=request_id,
        after={"request": letter.request_number},
    )
    work.looked("PRINT", f"document {view.number}", client_id=client_id)
    return view


@query(roles=CLERKS, discloses=True)
def preview_request_letter(work: Work, request_id: int, kind: DocumentKind, *, paragraph: str = "") -> str:
    """Return the snapshot of the letter as it would be issued, without a number; nothing is stored.

    Leaves a VIEW entry. Raises as `issue_request_letter` does.
    """
    client_id, letter = _letter(work, request_id, kind, paragraph)
    work.looked("VIEW", f"preview {kind.value}", client_id=client_id)
    return to_json(letter)


def _letter(work: Work, request_id: int, kind: DocumentKind, paragraph: str) -> tuple[int, RequestLetter]:
    client_id, matter = load_matter(work.session, request_id)
    require_disclosure(work, client_id, level=VerificationLevel.L0)
    client = find_client(work.session, matter.client_number)
    office = office_values(work)
    text = composed(
        kind,
        matter,
        today=work.today,
        office={"utility": office["utility"], "phone": office["phone"]},
        paragraph=clean(paragraph, PARAGRAPH_LENGTH),
    )
    return client_id, _RECORDS[kind](
        number="",
        issued_on=work.today,
        issued_at=work.now,
        letterhead=letterhead_of(utility_on_letters(work)),
        client_number=client.number,
        client_name=client.letter_name,
        mailing_lines=mailing_lines(work.session, client),
        request_number=matter.number,
        title=text.title,
        paragraphs=text.paragraphs,
        instruction=text.instruction,
        agent=work.actor.name,
        facts=text.facts,
    )
