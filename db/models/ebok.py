"""Accounts in e-BOK, the links that confirm them, and consents to e-invoices."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, choice
from db.records.ebok import EInvoiceState, PortalState
from db.records.people import Channel


class PortalAccount(Table, table=True):
    """A client's account in e-BOK. Passwords are the portal's own affair."""

    __tablename__ = "portal_account"

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", unique=True)
    login: str = Field(max_length=60)
    login_key: str = Field(max_length=60, unique=True)
    """The login in lower case: it is unique whatever the case."""
    point_id: int = Field(foreign_key="contact_point.id")
    """The e-mail address of the account."""
    state: PortalState = Field(sa_type=choice(PortalState, "state"))
    channel: Channel = Field(sa_type=choice(Channel, "channel"))
    registered_at: datetime = Field(sa_type=Instant)
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)
    last_login_at: datetime | None = Field(default=None, sa_type=Instant)
    email_checked_at: datetime | None = Field(default=None, sa_type=Instant)
    """When the client checked the address at the first login."""
    wants_einvoice: bool = False
    """e-Faktura was chosen in the registration: it starts with the confirmation."""
    external_id: str | None = Field(default=None, max_length=80, unique=True)
    version: int = 1


class EmailToken(Table, table=True):
    """A link sent by e-mail; only its hash is kept, and it serves once."""

    __tablename__ = "email_token"
    __table_args__ = (sa.Index("ix_email_token_point_id", "point_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(max_length=64, unique=True)
    point_id: int = Field(foreign_key="contact_point.id")
    """The address that it confirms."""
    account_id: int | None = Field(default=None, foreign_key="portal_account.id")
    created_at: datetime = Field(sa_type=Instant)
    expires_at: datetime = Field(sa_type=Instant)
    used_at: datetime | None = Field(default=None, sa_type=Instant)
    revoked_at: datetime | None = Field(default=None, sa_type=Instant)
    """A newer link took its place."""


class TokenAttempt(Table, table=True):
    """A link that did not fit: guesses are counted and slowed down."""

    __tablename__ = "token_attempt"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Instant, index=True)


class EInvoice(Table, table=True):
    """A client's e-invoices; a withdrawn row stays and a new consent makes a new one."""

    __tablename__ = "einvoice"
    __table_args__ = (
        sa.Index("ix_einvoice_client_id", "client_id", "id"),
        sa.Index("ix_einvoice_point_id", "point_id"),
        sa.Index(
            "uq_einvoice_client_id",
            "client_id",
            unique=True,
            sqlite_where=sa.text("state <> 'withdrawn'"),
            postgresql_where=sa.text("state <> 'withdrawn'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id")
    state: EInvoiceState = Field(sa_type=choice(EInvoiceState, "state"))
    point_id: int = Field(foreign_key="contact_point.id")
    """Where the invoices go."""
    requested_at: datetime = Field(sa_type=Instant)
    confirmed_at: datetime | None = Field(default=None, sa_type=Instant)
    active_from: date | None = None
    """The working day after the confirmation."""
    withdrawn_from: date | None = None
    """The first day whose invoices are paper again."""
    request_id: int | None = Field(default=None, foreign_key="request.id")
    version: int = 1


class EInvoiceConsent(Table, table=True):
    """A consent to e-invoices, or its withdrawal, as it was given. Append-only."""

    __tablename__ = "einvoice_consent"
    __table_args__ = (sa.Index("ix_einvoice_consent_einvoice_id", "einvoice_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    einvoice_id: int = Field(foreign_key="einvoice.id")
    given: bool
    """False for a withdrawal."""
    at: datetime = Field(sa_type=Instant)
    channel: Channel = Field(sa_type=choice(Channel, "channel"))
    staff_id: int | None = Field(default=None, foreign_key="staff.id")
    contact_id: int | None = Field(default=None, foreign_key="contact.id")
    point_id: int = Field(foreign_key="contact_point.id")
    """The address as it was; an erasure empties it there."""
    text_version: str = Field(max_length=12)
    """Of the text that was read out or shown."""
