"""The ledger, payments, and the bank files that brought them."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.cash import DESK_MONEY
from db.models.types import Grosze, Instant, choice
from db.records.money import BankLineDecisionKind, LedgerKind, PaymentMethod


class LedgerEntry(Table, table=True):
    """What a client owes more (+) or less (-) by one document or payment. Append-only."""

    __tablename__ = "ledger_entry"
    __table_args__ = (
        sa.CheckConstraint(
            "(invoice_id IS NOT NULL) = (kind IN ('invoice', 'correction'))"
            " AND (payment_id IS NOT NULL) = (kind IN ('payment', 'refund', 'reversal'))"
            " AND (document_id IS NOT NULL) = (kind = 'interest')",
            name="source",
        ),
        sa.Index("ix_ledger_entry_client_id", "client_id", "day", "id", "amount"),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id")
    kind: LedgerKind = Field(sa_type=choice(LedgerKind, "kind"))
    day: date
    """Issue of a document, arrival of money."""
    due_on: date | None = None
    amount: Decimal = Field(sa_type=Grosze)
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id", unique=True)
    payment_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    document_id: int | None = Field(default=None, foreign_key="issued_document.id", unique=True)
    """The interest note."""
    recorded_at: datetime = Field(sa_type=Instant)


class Payment(Table, table=True):
    """Money that came (+) or went back (-). Append-only."""

    __table_args__ = (
        sa.CheckConstraint("amount <> 0", name="amount"),
        sa.Index("ix_payment_client_id", "client_id", "day", "id"),
        sa.Index("ix_payment_day", "day"),
        sa.Index(
            "ix_payment_contact_id",
            "contact_id",
            sqlite_where=sa.text("contact_id IS NOT NULL"),
            postgresql_where=sa.text("contact_id IS NOT NULL"),
        ),
        sa.Index(
            "ix_payment_desk",
            "day",
            "staff_id",
            sqlite_where=sa.text(DESK_MONEY),
            postgresql_where=sa.text(DESK_MONEY),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id")
    day: date
    amount: Decimal = Field(sa_type=Grosze)
    method: PaymentMethod = Field(sa_type=choice(PaymentMethod, "method"))
    title: str = Field(default="", max_length=200)
    payer: str = Field(default="", max_length=160)
    invoice_id: int | None = Field(default=None, foreign_key="invoice.id")
    """The invoice that the payer named (KC 451)."""
    bank_line_id: int | None = Field(default=None, foreign_key="bank_line.id", unique=True)
    reverses_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    document_id: int | None = Field(default=None, foreign_key="issued_document.id", unique=True)
    """The receipt given for it."""
    submission: str | None = Field(default=None, max_length=40, unique=True)
    note: str = Field(default="", max_length=300)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    recorded_at: datetime = Field(sa_type=Instant)


class BankFile(Table, table=True):
    """A file of the bank that was taken in, once. Append-only."""

    __tablename__ = "bank_file"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=160)
    sha256: str = Field(max_length=64, unique=True)
    kind: str = Field(max_length=12)
    account: str = Field(max_length=34)
    lines: int
    imported_at: datetime = Field(sa_type=Instant)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")


class BankLine(Table, table=True):
    """Money that a bank file says has come. Append-only."""

    __tablename__ = "bank_line"
    __table_args__ = (
        sa.CheckConstraint("amount > 0", name="amount"),
        sa.Index("ix_bank_line_file_id", "file_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    file_id: int = Field(foreign_key="bank_file.id")
    key: str = Field(max_length=64, unique=True)
    """Hash of what the line says and where: the same line in another file is the same money."""
    day: date
    amount: Decimal = Field(sa_type=Grosze)
    title: str = Field(default="", max_length=400)
    name: str = Field(default="", max_length=200)
    account: str = Field(default="", max_length=34)
    virtual_account: str = Field(default="", max_length=34)


class BankLineDecision(Table, table=True):
    """What became of a line of a bank file; one that has none waits. Append-only."""

    __tablename__ = "bank_line_decision"
    __table_args__ = (sa.CheckConstraint("(kind = 'booked') = (payment_id IS NOT NULL)", name="payment"),)

    line_id: int = Field(primary_key=True, foreign_key="bank_line.id")
    kind: BankLineDecisionKind = Field(sa_type=choice(BankLineDecisionKind, "kind"))
    payment_id: int | None = Field(default=None, foreign_key="payment.id", unique=True)
    how: str = Field(default="", max_length=24)
    """By what the payer was recognised."""
    reason: str = Field(default="", max_length=200)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    decided_at: datetime = Field(sa_type=Instant)
