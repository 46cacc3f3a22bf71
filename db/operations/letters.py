"""Letters about money that everybody at a desk gives a verified caller: duplicates, statements, slips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from sqlmodel import col

from db.doors import CLERKS, operation
from db.errors import NotFound, Refused, WrongInput
from db.models import IssuedDocument
from db.operations.document_issue import store_document
from db.operations.invoice_drafts import Letters
from db.operations.payments import require_amount
from db.queries.accounts import balance_of, load_accounts, load_terms
from db.queries.caller import require_disclosure
from db.queries.client_rows import ClientRow, find_client
from db.queries.documents import UNVERIFIED, find_document
from db.queries.ledger import entries_of_client
from db.queries.mailing import mailing_lines
from db.records.documents import DocumentKind, Snapshot
from db.records.issued import IssuedDocumentView
from db.records.letters import BalanceStatement, Duplicate, PaymentSlip, StatementRow
from db.rules.amount_in_words import amount_in_words
from db.rules.balance import Balance
from db.rules.grosze import to_zlotys
from db.rules.verification import VerificationLevel
from db.words import N_
from db.work import Work

DUPLICATED = (DocumentKind.INVOICE, DocumentKind.CORRECTION, DocumentKind.INTEREST_NOTE)
MOST_ROWS = 2_000
"""Of one statement: more is read from a file."""


@operation(roles=CLERKS)
def issue_duplicate(work: Work, document_number: str) -> IssuedDocumentView:
    """Issue the duplicate of an invoice, correction or interest note (Art. 106l VAT act).

    Its content is the original's, with the word and the day. An agent needs a caller verified for
    documents (level 2). Raises NotFound, NotAllowed, Refused for another kind of document.
    """
    number = document_number.strip().upper()
    found = find_document(work, col(IssuedDocument.number) == number)
    if found is None:
        raise NotFound(N_("There is no document %(document)s."), document=number[:40])
    client_id, original = found
    require_disclosure(work, client_id, level=VerificationLevel.L2, exempt=UNVERIFIED)
    if original.kind not in DUPLICATED:
        raise Refused(
            N_("No duplicate is made of %(document)s: only of invoices, corrections and interest notes."),
            document=original.number,
        )
    snapshot = Duplicate(original.number, work.today, work.now, original.kind, original.snapshot)
    view = store_document(
        work,
        DocumentKind.DUPLICATE,
        lambda _: snapshot,
        client_id=client_id,
        client_number=original.client_number,
        about_id=original.id,
        after={"of": original.number},
    )
    work.looked("PRINT", f"document {view.number}", client_id=client_id)
    return view


@operation(roles=CLERKS)
def issue_balance_statement(
    work: Work, client_number: str, since: date, until: date | None = None
) -> IssuedDocumentView:
    """Issue the history of a client's account from `since` to `until` (today), with running balance.

    An agent needs a caller verified for documents (level 2). Raises NotFound, NotAllowed,
    WrongInput for days that cannot be, Refused for more than 2,000 entries.
    """
    client = find_client(work.session, client_number)
    require_disclosure(work, client.id, level=VerificationLevel.L2, exempt=UNVERIFIED)
    last = until or work.today
    if not since <= last <= work.today:
        raise WrongInput(
            N_("A statement ends today or before, and begins before it ends: not %(since)s to %(until)s."),
            since=since,
            until=last,
        )
    letters, (balance, lines) = Letters(work), account_of(work, client, last)
    opening, rows = _statement_rows(work, client.id, since, last)

    def said(number: str) -> BalanceStatement:
        return BalanceStatement(
            number=number,
            issued_on=work.today,
            issued_at=work.now,
            letterhead=letters.head,
            client_number=client.number,
            client_name=client.letter_name,
            mailing_lines=lines,
            starts_on=since,
            ends_on=last,
            opening=opening,
            rows=rows,
            closing=balance.total,
            overdue=balance.overdue,
            as_of=last,
            account=letters.account(client.number),
            agent=work.actor.name,
            interest=balance.interest or None,
        )

    return store_letter(work, client, DocumentKind.BALANCE_STATEMENT, said)


@operation(roles=CLERKS)
def issue_payment_slip(work: Work, client_number: str, amount: Decimal | None = None) -> IssuedDocumentView:
    """Issue a transfer form over `amount`, or over all that is owed today.

    An agent needs a caller verified for documents (level 2). Raises NotFound, NotAllowed,
    WrongInput for the amount, Refused when nothing is owed.
    """
    client = find_client(work.session, client_number)
    require_disclosure(work, client.id, level=VerificationLevel.L2, exempt=UNVERIFIED)
    letters, (balance, lines) = Letters(work), account_of(work, client, work.today)
    if amount is not None:
        require_amount(amount)
    elif balance.total <= 0:
        raise Refused(N_("The client %(client)s owes nothing; name an amount."), client=client.number)
    asked = balance.total if amount is None else amount
    open_ = [row for row in balance.items if row.open]
    what = open_[0].item.number if len(open_) == 1 else "należność za wodę i ścieki"

    def said(number: str) -> PaymentSlip:
        return PaymentSlip(
            number=number,
            issued_on=work.today,
            issued_at=work.now,
            letterhead=letters.head,
            client_number=client.number,
            payer=client.letter_name,
            payer_lines=lines,
            account=letters.account(client.number),
            amount=asked,
            title=f"Nr klienta {client.number}, {what}",
            in_words=amount_in_words(asked),
            due_on=max((row.last_day for row in open_ if row.last_day >= work.today), default=None),
        )

    return store_letter(work, client, DocumentKind.PAYMENT_SLIP, said, after={"amount": str(asked)})


def account_of(work: Work, client: ClientRow, day: date) -> tuple[Balance, tuple[str, ...]]:
    """Return the balance of a day and where the client's letters go."""
    account = load_accounts(work.session, [client.id])[client.id]
    balance = balance_of(account, day, load_terms(work.session, [account], day))
    return balance, mailing_lines(work.session, client)


def _statement_rows(
    work: Work, client_id: int, since: date, until: date
) -> tuple[Decimal, tuple[StatementRow, ...]]:
    """Return the balance before `since` and the entries from then on, oldest first."""
    wanted = {"client": client_id, "day": until, "most": MOST_ROWS + 1}
    rows: list[StatementRow] = []
    opening = Decimal("0.00")
    for row in work.session.execute(entries_of_client(), wanted):
        day, kind, document, due_on, amount, running, method = row
        after = to_zlotys(int(running))
        if day < since:
            opening = after
            break
        charged, paid = (None, -amount) if amount < 0 else (amount, None)
        rows.append(StatementRow(day, kind, document, due_on, charged, paid, after, method))
    if len(rows) > MOST_ROWS:
        raise Refused(N_("There are more than %(most)s entries in these days; choose fewer."), most=MOST_ROWS)
    return opening, tuple(reversed(rows))


def store_letter(
    work: Work,
    client: ClientRow,
    kind: DocumentKind,
    said: Callable[[str], Snapshot],
    *,
    after: Mapping[str, object] | None = None,
) -> IssuedDocumentView:
    """Store a letter to a client and leave its PRINT entry; `said` is given the number."""
    view = store_document(work, kind, said, client_id=client.id, client_number=client.number, after=after)
    work.looked("PRINT", f"document {view.number}", client_id=client.id)
    return view
