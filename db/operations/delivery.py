"""How documents leave the office: handed over, posted, or queued for e-mail."""

from __future__ import annotations

from sqlmodel import col

from db.doors import CLERKS, operation
from db.errors import NotFound, Refused
from db.models import DocumentDelivery, IssuedDocument
from db.operations.outbox import queue_mail
from db.queries.caller import require_disclosure
from db.queries.client_rows import load_points
from db.queries.documents import UNVERIFIED, find_document
from db.queries.rows import insert_row
from db.records.issued import DeliveryKind, IssuedDocumentView
from db.records.mail import MailKind, NewMail
from db.records.people import Role
from db.rules.identifiers import parse_email
from db.rules.verification import VerificationLevel
from db.words import N_
from db.work import Work


@operation(roles=CLERKS)
def mark_delivered(work: Work, document_id: int, how: DeliveryKind) -> None:
    """Note that a document was handed over or posted.

    An agent needs a caller verified for documents (level 2). Raises NotFound, NotAllowed, and
    Refused for an e-mail, which has to be queued.
    """
    client_id, view = _document(work, document_id)
    if how is DeliveryKind.QUEUED:
        raise Refused(N_("An e-mail is queued with the document; it is not only noted."))
    _deliver(work, client_id, view, how)


@operation(roles=CLERKS)
def queue_for_email(work: Work, document_id: int, address: str | None = None) -> str:
    """Queue a document to be sent by e-mail and return the address: the client's, or the one given.

    An agent sends to an address on the client's card only, and needs a caller verified for
    documents (level 2). Raises NotFound, NotAllowed, WrongInput for the address, and Refused when
    the client has none.
    """
    client_id, view = _document(work, document_id)
    known = [point for point in load_points(work.session, client_id) if point.kind == "email"]
    # an address that the client has confirmed comes before one that was only told
    filed = [point.value for point in sorted(known, key=lambda point: point.verified_on is None)]
    if address is None:
        if not filed:
            raise Refused(
                N_("The client %(client)s has no e-mail address on file."), client=view.client_number
            )
        chosen = filed[0]
    else:
        chosen = parse_email(address)
        if chosen not in filed and work.actor.role is Role.AGENT:
            raise Refused(
                N_("%(address)s is not on the card of the client %(client)s; a document goes nowhere else."),
                address=chosen,
                client=view.client_number,
            )
    queue_mail(work, NewMail(MailKind.DOCUMENT, chosen, "", "", client_id=client_id, document_id=view.id))
    _deliver(work, client_id, view, DeliveryKind.QUEUED)
    return chosen


def _document(work: Work, document_id: int) -> tuple[int, IssuedDocumentView]:
    found = find_document(work, col(IssuedDocument.id) == document_id)
    if found is None:
        raise NotFound(N_("There is no document %(document)s."), document=str(document_id))
    require_disclosure(work, found[0], level=VerificationLevel.L2, exempt=UNVERIFIED)
    return found


def _deliver(work: Work, client_id: int, view: IssuedDocumentView, how: DeliveryKind) -> None:
    values = {"document_id": view.id, "how": how, "at": work.now, **_who(work)}
    insert_row(work.session, DocumentDelivery, values)
    work.changed(
        "document.delivered", f"document {view.number}", client_id=client_id, after={"how": how.value}
    )


def _who(work: Work) -> dict[str, object]:
    return {"staff_id": work.actor.id or None, "contact_id": work.contact_id}
