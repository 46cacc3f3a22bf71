"""A client's account as screens, letters and the shell see it. Amounts are PLN.

A positive balance is what the client owes, a negative one an overpayment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from db.records.balance import BalanceView
from db.records.money import InvoiceKind, LedgerKind, PaymentMethod


class InvoiceState(StrEnum):
    """Where an invoice stands on a day."""

    PAID = "paid"
    OPEN = "open"
    """Not paid, or not in full, and its day is still ahead."""
    OVERDUE = "overdue"
    CREDIT = "credit"
    """A correction below zero."""


@dataclass(frozen=True, slots=True)
class InvoiceLineView:
    """An invoice in a list."""

    id: int
    number: str
    kind: InvoiceKind
    issued_on: date
    due_on: date
    starts_on: date
    ends_on: date
    gross: Decimal
    open: Decimal
    state: InvoiceState
    estimated: bool
    corrects: str | None
    """Number of the invoice that it corrects."""
    corrected: bool
    """A later correction changed what it charges."""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """An entry of the ledger with the balance after it."""

    day: date
    kind: LedgerKind
    document: str
    """Number of the invoice, note or receipt; empty when there is none."""
    due_on: date | None
    amount: Decimal
    """More (+) or less (-) to pay."""
    balance: Decimal
    method: PaymentMethod | None


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """A payment in a list, and what it paid."""

    id: int
    day: date
    amount: Decimal
    method: PaymentMethod
    title: str
    payer: str
    receipt: str | None
    reversed: bool
    paid: tuple[tuple[str, Decimal], ...]
    """Documents and the part that each got; what is missing to `amount` is an overpayment."""
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class AccountView:
    """Everything about a client's money, newest first; lists are bounded."""

    balance: BalanceView
    invoices: tuple[InvoiceLineView, ...]
    payments: tuple[PaymentLine, ...]
    entries: tuple[LedgerLine, ...]
    account: str
    """The account number that the client pays to; empty when there is none."""
    more: bool
    """True when older lines were left out."""


@dataclass(frozen=True, slots=True)
class DeskPayment:
    """Money taken at the desk or entered by hand."""

    client_number: str
    amount: Decimal
    method: PaymentMethod
    submission: str
    """Made once a form: the same one twice books once."""
    invoice: str = ""
    """Number of the invoice that the payer names, when they do."""
    title: str = ""
    payer: str = ""
    day: date | None = None
    """Arrival; today by default."""


@dataclass(frozen=True, slots=True)
class PaymentTaken:
    """A booked payment."""

    payment_id: int
    receipt: str | None
    """Number of the receipt, for cash and card."""
    balance: BalanceView
    paid: tuple[tuple[str, Decimal], ...]
    repeated: bool = False
    """The same submission was booked before."""
