"""SQLModel tables by subject. Only db/ sees them."""

from db.models.base import metadata
from db.models.clients import AddressRow, Client, ContactPoint, Contract, ContractParty
from db.models.contacts import Contact, VerificationAnswer
from db.models.documents import Counter, DocumentRendering, IssuedDocument
from db.models.journal import AccessEntry, AuditEntry, ChainHead
from db.models.people import Staff, StaffSession
from db.models.supply import Meter, Reading, ReadingDecision, ReadingNotice, SupplyPoint
from db.models.utility import Holiday, Installation, Utility

APPEND_ONLY = (
    "reading",
    "reading_decision",
    "verification_answer",
    "issued_document",
    "document_rendering",
    "audit_entry",
    "access_entry",
)
"""Tables whose rows are never changed or deleted; triggers guard them."""

__all__ = [
    "APPEND_ONLY",
    "AccessEntry",
    "AddressRow",
    "AuditEntry",
    "ChainHead",
    "Client",
    "Contact",
    "ContactPoint",
    "Contract",
    "ContractParty",
    "Counter",
    "DocumentRendering",
    "Holiday",
    "Installation",
    "IssuedDocument",
    "Meter",
    "Reading",
    "ReadingDecision",
    "ReadingNotice",
    "Staff",
    "StaffSession",
    "SupplyPoint",
    "Utility",
    "VerificationAnswer",
    "metadata",
]
