"""SQLModel tables by subject. Only db/ sees them."""

from db.models.base import metadata
from db.models.cash import CashDayRow
from db.models.clients import AddressRow, Client, ContactPoint, Contract, ContractParty
from db.models.contacts import Contact, VerificationAnswer
from db.models.documents import (
    Counter,
    DocumentDelivery,
    DocumentRendering,
    IssuedDocument,
    OutgoingAttachment,
    OutgoingMessage,
)
from db.models.ebok import EInvoice, EInvoiceConsent, EmailToken, PortalAccount, TokenAttempt
from db.models.incoming import (
    InboxSetting,
    IncomingMessage,
    IncomingReading,
    IncomingSource,
    MailboxPlace,
)
from db.models.invoices import BillingRun, BillingSkip, Invoice, InvoiceLine, InvoiceMeter
from db.models.journal import AccessEntry, AuditEntry, ChainHead
from db.models.ledger import BankFile, BankLine, BankLineDecision, LedgerEntry, Payment
from db.models.people import Staff, StaffSession
from db.models.reading_batches import ReadingBatch, ReadingBatchEntry, ReadingBatchRow, ReadingMapping
from db.models.requests import (
    Complaint,
    Request,
    RequestAttachment,
    RequestItem,
    RequestStep,
    TariffAssignment,
)
from db.models.supply import Meter, Reading, ReadingDecision, ReadingNotice, SupplyPoint
from db.models.tariffs import InterestRate, TariffGroup, TariffPrice
from db.models.utility import Holiday, Installation, Utility
from db.models.water import WaterInput

APPEND_ONLY = (
    "reading",
    "reading_decision",
    "reading_batch_entry",
    "verification_answer",
    "issued_document",
    "document_rendering",
    "document_delivery",
    "outgoing_attachment",
    "tariff_price",
    "interest_rate",
    "invoice",
    "invoice_line",
    "invoice_meter",
    "billing_skip",
    "ledger_entry",
    "payment",
    "bank_file",
    "bank_line",
    "bank_line_decision",
    "cash_day",
    "water_input",
    "einvoice_consent",
    "tariff_assignment",
    "incoming_source",
    "incoming_reading",
    "audit_entry",
    "access_entry",
)
"""Tables whose rows are never changed or deleted; triggers guard them."""

__all__ = [
    "APPEND_ONLY",
    "AccessEntry",
    "AddressRow",
    "AuditEntry",
    "BankFile",
    "BankLine",
    "BankLineDecision",
    "BillingRun",
    "BillingSkip",
    "CashDayRow",
    "ChainHead",
    "Client",
    "Complaint",
    "Contact",
    "ContactPoint",
    "Contract",
    "ContractParty",
    "Counter",
    "DocumentDelivery",
    "DocumentRendering",
    "EInvoice",
    "EInvoiceConsent",
    "EmailToken",
    "Holiday",
    "InboxSetting",
    "IncomingMessage",
    "IncomingReading",
    "IncomingSource",
    "Installation",
    "InterestRate",
    "Invoice",
    "InvoiceLine",
    "InvoiceMeter",
    "IssuedDocument",
    "LedgerEntry",
    "MailboxPlace",
    "Meter",
    "OutgoingAttachment",
    "OutgoingMessage",
    "Payment",
    "PortalAccount",
    "Reading",
    "ReadingBatch",
    "ReadingBatchEntry",
    "ReadingBatchRow",
    "ReadingDecision",
    "ReadingMapping",
    "ReadingNotice",
    "Request",
    "RequestAttachment",
    "RequestItem",
    "RequestStep",
    "Staff",
    "StaffSession",
    "SupplyPoint",
    "TariffAssignment",
    "TariffGroup",
    "TariffPrice",
    "TokenAttempt",
    "Utility",
    "VerificationAnswer",
    "WaterInput",
    "metadata",
]
