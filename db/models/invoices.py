"""Invoices with what they charged and settled, and the runs that made them."""

from datetime import date, datetime
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import CubicMetres, Grosze, Instant, TenThousandths, choice
from db.records.charges import Service
from db.records.clients import MeterRole
from db.records.money import InvoiceKind, SkipReason


class Invoice(Table, table=True):
    """An issued invoice or correction; what it says is in its document. Append-only."""

    __table_args__ = (
        sa.UniqueConstraint("kind", "period", "serial"),
        sa.CheckConstraint("ends_on >= starts_on AND due_on >= issued_on", name="days"),
        sa.CheckConstraint("net + vat = gross", name="total"),
        sa.CheckConstraint("(kind = 'correction') = (corrects_id IS NOT NULL)", name="correction"),
        sa.CheckConstraint("NOT voids OR kind = 'correction'", name="voids"),
        sa.Index("ix_invoice_client_id", "client_id", "id"),
        sa.Index("ix_invoice_contract_id_ends_on", "contract_id", "ends_on"),
        sa.Index("ix_invoice_run_id", "run_id"),
        sa.Index("ix_invoice_issued_on", "issued_on"),
        sa.Index("ix_invoice_corrects_id", "corrects_id"),
        sa.Index(
            "uq_invoice_contract_id_starts_on_round",
            *("contract_id", "starts_on", "round"),
            unique=True,
            sqlite_where=sa.text("kind = 'invoice'"),
            postgresql_where=sa.text("kind = 'invoice'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=40, unique=True)
    """`FAK/YYYYMM/NNNNNNN/CCCCCC/YYYYMMDD`: period, serial, client, day of issue; `KOR/...` corrects."""
    kind: InvoiceKind = Field(sa_type=choice(InvoiceKind, "kind"))
    period: str = Field(max_length=6)
    serial: int
    """Counts within its kind and period, without a gap."""
    client_id: int = Field(foreign_key="client.id")
    contract_id: int = Field(foreign_key="contract.id")
    corrects_id: int | None = Field(default=None, foreign_key="invoice.id")
    """The invoice that was corrected, not a correction before this one."""
    round: int = 1
    """Counts the invoices of one period: each but the last was corrected to nothing."""
    starts_on: date
    ends_on: date
    issued_on: date
    due_on: date
    net: Decimal = Field(sa_type=Grosze)
    vat: Decimal = Field(sa_type=Grosze)
    gross: Decimal = Field(sa_type=Grosze)
    estimated: bool = False
    voids: bool = False
    """A correction that takes the invoice back whole: its period can be billed anew."""
    by_email: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """Issued while the client's e-invoices were in force: it goes by e-mail, not on paper."""
    document_id: int = Field(foreign_key="issued_document.id", unique=True)
    run_id: int | None = Field(default=None, foreign_key="billing_run.id")


class InvoiceLine(Table, table=True):
    """A line; a correction holds what was, negated, and what should have been. Append-only."""

    __tablename__ = "invoice_line"
    __table_args__ = (sa.UniqueConstraint("invoice_id", "position"),)

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id")
    position: int
    service: Service = Field(sa_type=choice(Service, "service"))
    starts_on: date
    ends_on: date
    quantity: Decimal = Field(sa_type=TenThousandths)
    """m³, or months of a standing charge."""
    price: Decimal = Field(sa_type=TenThousandths)
    net: Decimal = Field(sa_type=Grosze)
    vat_rate: Decimal = Field(sa_type=TenThousandths)


class InvoiceMeter(Table, table=True):
    """What an invoice settled on one meter: from the state before to the state now. Append-only."""

    __tablename__ = "invoice_meter"
    __table_args__ = (
        sa.UniqueConstraint("invoice_id", "meter_id"),
        sa.Index("ix_invoice_meter_meter_id", "meter_id", "to_day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoice.id")
    meter_id: int = Field(foreign_key="meter.id")
    role: MeterRole = Field(sa_type=choice(MeterRole, "role"))
    from_day: date
    from_state: int = Field(sa_type=CubicMetres)
    to_day: date
    to_state: int = Field(sa_type=CubicMetres)
    consumption: int = Field(sa_type=CubicMetres)
    reading_id: int | None = Field(default=None, foreign_key="reading.id")
    """The reading that ended the interval; None for an estimate and for a removed meter."""
    estimated: bool = False


class BillingRun(Table, table=True):
    """One command that billed a period; its skips and invoices are the protocol."""

    __tablename__ = "billing_run"

    id: int | None = Field(default=None, primary_key=True)
    period: str = Field(max_length=6)
    group_id: int | None = Field(default=None, foreign_key="tariff_group.id")
    estimate: bool = False
    started_at: datetime = Field(sa_type=Instant)
    finished_at: datetime | None = Field(default=None, sa_type=Instant)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")


class BillingSkip(Table, table=True):
    """A contract that was due and got no invoice. Append-only."""

    __tablename__ = "billing_skip"
    __table_args__ = (
        sa.UniqueConstraint("run_id", "contract_id"),
        sa.Index("ix_billing_skip_contract_id", "contract_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="billing_run.id")
    contract_id: int = Field(foreign_key="contract.id")
    reason: SkipReason = Field(sa_type=choice(SkipReason, "reason"))
    detail: str = Field(default="", sa_type=sa.Text)
    """As `Skipped.stored` has it."""
