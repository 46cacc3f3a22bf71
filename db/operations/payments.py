"""Money that comes in and goes back: desk payments with receipts, reversals, refunds."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import col

from db.doors import CLERKS, SUPERVISORS, operation
from db.errors import NotFound, Refused, WrongInput
from db.models import Client, Invoice, IssuedDocument, LedgerEntry, Payment
from db.operations.cash_guard import require_open_till
from db.operations.confirmation import letterhead_of
from db.operations.document_issue import store_document
from db.queries.accounts import balance_of, load_accounts, load_terms
from db.queries.client_rows import ClientRow, find_client
from db.queries.ledger import balance_view
from db.queries.mailing import mailing_lines
from db.queries.rows import insert_row
from db.queries.utility import utility_on_letters
from db.records.documents import DocumentKind
from db.records.issued import IssuedDocumentView
from db.records.ledger import DeskPayment, PaymentTaken
from db.records.letters import Receipt
from db.records.money import LedgerKind, PaymentMethod
from db.rules.amount_in_words import amount_in_words
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

MOST = Decimal("1000000.00")
"""PLN that one payment may bring: more is a slip of the keyboard."""
BACK_DATED = timedelta(days=365)
WITH_RECEIPT = (PaymentMethod.CASH, PaymentMethod.CARD)


@operation(roles=CLERKS)
def take_payment(work: Work, payment: DeskPayment) -> PaymentTaken:
    """Book money taken at the desk, or a transfer entered by hand; cash and card get a receipt.

    The same submission twice books once. Raises NotFound for the client or the invoice,
    WrongInput for an amount or a day that cannot be, Refused for cash or card of a day whose till is
    signed for.
    """
    client = hold_client(work, payment.client_number)
    if (before := _known(work, payment.submission)) is not None:
        if before.client_id != client.id:
            raise Refused(N_("This form was booked for another client already; open a new one."))
        number = sa.select(col(IssuedDocument.number)).where(col(IssuedDocument.id) == before.document_id)
        return payment_taken(work, client, before.id or 0, work.session.scalar(number), repeated=True)
    require_amount(payment.amount)
    day = payment.day or work.today
    if not work.today - BACK_DATED <= day <= work.today:
        raise WrongInput(N_("Money arrives today or within the last year, not on %(day)s."), day=day)
    if payment.method in WITH_RECEIPT:
        require_open_till(work, work.actor.id, day)
    invoice_id = named_invoice(work, client, payment.invoice)
    receipt = _receipt(work, client, payment, day) if payment.method in WITH_RECEIPT else None
    booking = Booking(
        client_id=client.id,
        day=day,
        amount=payment.amount,
        method=payment.method,
        title=clean_line(payment.title, 200),
        payer=clean_line(payment.payer, 160),
        invoice_id=invoice_id,
        submission=payment.submission,
        document_id=receipt.id if receipt else None,
    )
    payment_id = book_payment(work, booking)
    return payment_taken(work, client, payment_id, receipt.number if receipt else None)


@operation(roles=SUPERVISORS)
def reverse_payment(work: Work, payment_id: int, reason: str) -> None:
    """Take a payment back that was booked by mistake: a new entry, the old one stays.

    What was taken at the desk leaves the till that took it, today. Raises NotFound, WrongInput without
    a reason, Refused for one that was reversed already, and while that till is signed for today.
    """
    reason = clean_line(reason, 300)
    if not reason:
        raise WrongInput(N_("Say why the payment is taken back."))
    found = work.session.get(Payment, payment_id)
    if found is None or found.amount < 0 or found.reverses_id is not None:
        raise NotFound(N_("There is no payment %(payment)s."), payment=str(payment_id))
    _hold(work, found.client_id)
    reversed_ = sa.select(col(Payment.id)).where(col(Payment.reverses_id) == payment_id)
    if work.session.scalar(reversed_) is not None:
        raise Refused(N_("This payment was taken back already."))
    if found.method in WITH_RECEIPT:
        require_open_till(work, found.staff_id, work.today)
    booking = Booking(
        client_id=found.client_id,
        day=work.today,
        amount=-found.amount,
        method=found.method,
        kind=LedgerKind.REVERSAL,
        reverses_id=payment_id,
        note=reason,
    )
    book_payment(work, booking)


@operation(roles=SUPERVISORS)
def refund_overpayment(work: Work, client_number: str, amount: Decimal, note: str = "") -> PaymentTaken:
    """Send an overpayment back by transfer: at most what is overpaid today.

    An overpayment is refunded within 14 days of the request (regulation of 27 Feb 2018). Raises
    NotFound, WrongInput for the amount, Refused for more than is overpaid.
    """
    client = hold_client(work, client_number)
    require_amount(amount)
    account = load_accounts(work.session, [client.id])[client.id]
    overpaid = balance_of(account, work.today, load_terms(work.session, [account], work.today)).overpaid
    if amount > overpaid:
        raise Refused(N_("Only %(overpaid)s zł are overpaid; nothing was sent back."), overpaid=overpaid)
    booking = Booking(
        client_id=client.id,
        day=work.today,
        amount=-amount,
        method=PaymentMethod.TRANSFER,
        kind=LedgerKind.REFUND,
        note=clean_line(note, 300),
    )
    payment_id = book_payment(work, booking)
    return payment_taken(work, client, payment_id, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """A payment to be written; `amount` in PLN is below 0 for money that goes back."""

    client_id: int
    day: date
    amount: Decimal
    method: PaymentMethod
    kind: LedgerKind = LedgerKind.PAYMENT
    title: str = ""
    payer: str = ""
    note: str = ""
    invoice_id: int | None = None
    bank_line_id: int | None = None
    reverses_id: int | None = None
    document_id: int | None = None
    submission: str | None = None


def book_payment(work: Work, booking: Booking) -> int:
    """Write a payment with its ledger entry and audit entry, and return its id."""
    values = asdict(booking)
    del values["kind"]
    by_whom = {"staff_id": work.actor.id or None, "contact_id": work.contact_id, "recorded_at": work.now}
    payment_id = insert_row(work.session, Payment, values | by_whom)
    entry = {
        "client_id": booking.client_id,
        "kind": booking.kind,
        "day": booking.day,
        "amount": -booking.amount,
        "payment_id": payment_id,
        "recorded_at": work.now,
    }
    insert_row(work.session, LedgerEntry, entry)
    after = {
        "amount": str(booking.amount),
        "day": booking.day,
        "kind": booking.kind.value,
        "method": booking.method.value,
        "invoice": booking.invoice_id,
    }
    work.changed("payment.booked", f"payment {payment_id}", client_id=booking.client_id, after=after)
    return payment_id


def hold_client(work: Work, client_number: str) -> ClientRow:
    """Return the client, held until the transaction ends: what is booked depends on what was."""
    client = find_client(work.session, client_number)
    _hold(work, client.id)
    return client


def _hold(work: Work, client_id: int) -> None:
    work.session.execute(
        sa.select(col(Client.id)).where(col(Client.id) == client_id).with_for_update(key_share=True)
    )


def require_amount(amount: Decimal) -> None:
    """Raise WrongInput unless `amount` is 0.01 to 1 000 000.00 PLN with whole grosze."""
    if not amount.is_finite() or not 0 < amount <= MOST or amount != round(amount, 2):
        raise WrongInput(N_("A payment is 0.01 to %(most)s zł, to the grosz."), most=MOST)


def _known(work: Work, submission: str) -> Payment | None:
    found: Payment | None = work.session.execute(
        sa.select(Payment).where(col(Payment.submission) == submission)
    ).scalar_one_or_none()
    return found


def named_invoice(work: Work, client: ClientRow, number: str) -> int | None:
    """Return the id of the client's invoice; None for an empty number. Raises NotFound, Refused."""
    number = number.strip().upper()
    if not number:
        return None
    statement = sa.select(col(Invoice.id), col(Invoice.client_id)).where(col(Invoice.number) == number)
    row = work.session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(N_("There is no invoice %(invoice)s."), invoice=number[:40])
    if row.client_id != client.id:
        raise Refused(N_("The invoice %(invoice)s is another client's."), invoice=number)
    return int(row.id)


def _receipt(work: Work, client: ClientRow, payment: DeskPayment, day: date) -> IssuedDocumentView:
    head = letterhead_of(utility_on_letters(work))
    lines = mailing_lines(work.session, client)

    def said(number: str) -> Receipt:
        return Receipt(
            number=number,
            issued_on=work.today,
            issued_at=work.now,
            letterhead=head,
            client_number=client.number,
            payer=clean_line(payment.payer, 160) or client.letter_name,
            payer_lines=lines,
            amount=payment.amount,
            in_words=amount_in_words(payment.amount),
            method=payment.method,
            purposes=tuple(
                part for part in (payment.invoice.strip().upper(), clean_line(payment.title, 200)) if part
            )
            or ("należność za wodę i ścieki",),
            paid_on=day,
            agent=work.actor.name,
        )

    return store_document(
        work,
        DocumentKind.RECEIPT,
        said,
        client_id=client.id,
        client_number=client.number,
        after={"amount": str(payment.amount)},
    )


def payment_taken(
    work: Work, client: ClientRow, payment_id: int, receipt: str | None, *, repeated: bool = False
) -> PaymentTaken:
    """Return what a payment that was just booked makes of the client's balance."""
    account = load_accounts(work.session, [client.id])[client.id]
    balance = balance_of(account, work.today, load_terms(work.session, [account], work.today))
    numbers = {item.id: item.number for item in account.items}
    paid = tuple(
        (numbers[part.item_id], part.amount)
        for part in balance.allocation.allocated
        if part.credit_id == payment_id and not part.by_correction
    )
    return PaymentTaken(payment_id, receipt, balance_view(client.number, balance), paid, repeated)
