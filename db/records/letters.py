"""What letters about money say: frozen snapshots, taken at their issue. Amounts are PLN.

A positive balance is what the client owes, a negative one an overpayment. Accounts are NRB,
26 digits. `mailing_lines` is the address the letter goes to, without the name.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from db.records.money import LedgerKind, PaymentMethod
from db.records.paper import DocumentKind, Letterhead


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document issued again because it was lost (Art. 106l): the content is the original's."""

    kind: ClassVar[DocumentKind] = DocumentKind.DUPLICATE

    number: str
    """Of the original."""
    issued_on: date
    """The day of the duplicate."""
    issued_at: datetime
    original_kind: DocumentKind
    original: str
    """The original's snapshot, the canonical JSON that was stored with it."""
    language: str = "pl"
    layout: int = 1


@dataclass(frozen=True, slots=True)
class StatementRow:
    """An entry of the ledger on a statement."""

    day: date
    what: LedgerKind
    document: str
    """Number of the invoice, correction or note; empty for a payment without one."""
    due_on: date | None
    charged: Decimal | None
    paid: Decimal | None
    balance: Decimal
    """After this entry."""
    method: PaymentMethod | None = None
    """How a payment came."""


@dataclass(frozen=True, slots=True)
class BalanceStatement:
    """The history of an account over a period, with the running balance."""

    kind: ClassVar[DocumentKind] = DocumentKind.BALANCE_STATEMENT

    number: str
    issued_on: date
    issued_at: datetime
    letterhead: Letterhead
    client_number: str
    client_name: str
    mailing_lines: tuple[str, ...]
    starts_on: date
    ends_on: date
    opening: Decimal
    rows: tuple[StatementRow, ...]
    closing: Decimal
    overdue: Decimal
    """The part of what is owed whose day has passed, as of `as_of`."""
    as_of: date
    account: str
    agent: str
    interest: Decimal | None = None
    """Interest for delay up to `as_of`, not charged yet."""
    language: str = "pl"
    layout: int = 1


@dataclass(frozen=True, slots=True)
class PaymentSlip:
    """A transfer form that is filled in already."""

    kind: ClassVar[DocumentKind] = DocumentKind.PAYMENT_SLIP

    number: str
    issued_on: date
    issued_at: datetime
    letterhead: Letterhead
    """Its name and address are the recipient's."""
    client_number: str
    payer: str
    payer_lines: tuple[str, ...]
    account: str
    amount: Decimal
    title: str
    in_words: str
    due_on: date | None = None
    language: str = "pl"
    layout: int = 1


@dataclass(frozen=True, slots=True)
class DemandRow:
    """An overdue invoice on a demand."""

    document: str
    due_on: date
    amount: Decimal
    """Still owed."""
    days_late: int
    interest: Decimal


@dataclass(frozen=True, slots=True)
class Demand:
    """A demand for payment (wezwanie do zapłaty)."""

    kind: ClassVar[DocumentKind] = DocumentKind.DEMAND

    number: str
    issued_on: date
    issued_at: datetime
    letterhead: Letterhead
    client_number: str
    client_name: str
    mailing_lines: tuple[str, ...]
    rows: tuple[DemandRow, ...]
    principal: Decimal
    interest: Decimal
    """Up to the day of issue."""
    total: Decimal
    in_words: str
    """The total, in Polish words."""
    pay_by: date
    account: str
    agent: str
    warns_of_cut_off: bool = False
    """Whether two full billing periods are unpaid, so that the supply may be cut off (Art. 8)."""
    language: str = "pl"
    layout: int = 1


@dataclass(frozen=True, slots=True)
class InterestRow:
    """Days of delay with one principal and one rate."""

    document: str
    principal: Decimal
    first: date
    last: date
    days: int
    rate: Decimal
    """Percent a year."""
    interest: Decimal


@dataclass(frozen=True, slots=True)
class InterestNote:
    """A note that charges interest for delay (nota odsetkowa, KC 481); outside VAT."""

    kind: ClassVar[DocumentKind] = DocumentKind.INTEREST_NOTE

    number: str
    issued_on: date
    issued_at: datetime
    letterhead: Letterhead
    client_number: str
    client_name: str
    mailing_lines: tuple[str, ...]
    rows: tuple[InterestRow, ...]
    total: Decimal
    in_words: str
    due_on: date
    account: str
    agent: str
    language: str = "pl"
    layout: int = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt for money taken at the desk (dowód wpłaty KP)."""

    kind: ClassVar[DocumentKind] = DocumentKind.RECEIPT

    number: str
    issued_on: date
    issued_at: datetime
    letterhead: Letterhead
    client_number: str
    payer: str
    payer_lines: tuple[str, ...]
    amount: Decimal
    in_words: str
    method: PaymentMethod
    purposes: tuple[str, ...]
    """What it was paid for: numbers of invoices, or words."""
    paid_on: date
    agent: str
    """Who took it."""
    language: str = "pl"
    layout: int = 1
