"""What a mail says: its own words, or those that go with the paper it brings."""

from __future__ import annotations

from db.errors import WrongInput
from db.records.documents import from_json
from db.records.invoices import Invoice
from db.records.mail import ClaimedMail, MailKind
from db.records.utility import UtilityParticulars
from db.rules.bank_account import format_nrb
from db.rules.identifiers import format_phone
from db.rules.mail_texts import MailTemplate, mail_text
from db.words import N_


def mail_words(mail: ClaimedMail, own: UtilityParticulars) -> tuple[str, str]:
    """Return the subject and the plain text of a queued message.

    What was queued without words of its own has those of its document. Raises WrongInput when there
    is none, or its snapshot cannot be read.
    """
    if mail.subject and mail.body:
        return mail.subject, mail.body
    subject, body = _words_of_paper(mail, own)
    return mail.subject or subject, mail.body or body


def _words_of_paper(mail: ClaimedMail, own: UtilityParticulars) -> tuple[str, str]:
    paper = mail.document
    if paper is None or mail.client_number is None:
        raise WrongInput(N_("The message has neither a text nor a paper to send."))
    common = {
        "utility": own.name,
        "phone": format_phone(own.phone),
        "number": paper.number,
        "client": mail.client_number,
    }
    if mail.kind is MailKind.INVOICE:
        snapshot = from_json(paper.kind, paper.snapshot)
        if isinstance(snapshot, Invoice) and snapshot.bill.gross > 0 and snapshot.account:
            return mail_text(
                MailTemplate.INVOICE_ISSUED,
                **common,
                amount=snapshot.bill.gross,
                due=snapshot.due_on,
                account=format_nrb(snapshot.account),
            )
    return mail_text(MailTemplate.DOCUMENT_ENCLOSED, **common, document=paper.kind)
