"""Clients, how to reach them, where they live, and their contracts."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from db.models.base import Table
from db.models.types import Instant, choice, sorting_key
from db.records.clients import ClientKind

NUMBER_LENGTH = sa.CheckConstraint(
    "(kind = 'person' AND length(number) = 6) OR (kind = 'business' AND length(number) = 4)",
    name="number_length",
)
NAME_BY_KIND = sa.CheckConstraint(
    "(kind = 'person' AND last_name IS NOT NULL AND first_name IS NOT NULL)"
    " OR (kind = 'business' AND company_name IS NOT NULL)",
    name="name_by_kind",
)
WITHOUT_PESEL = "pesel IS NULL AND kind = 'person'"
"""The work list of people whose PESEL is to be completed."""
_NIP_SUM = " + ".join(
    f"{weight} * CAST(substr(nip, {place}, 1) AS INTEGER)"
    for place, weight in enumerate((6, 5, 7, 2, 3, 4, 5, 6, 7), 1)
)
FAILING_NIP = (
    "kind = 'business' AND anonymised_on IS NULL AND CASE WHEN nip IS NULL THEN 1"
    " WHEN length(nip) <> 10 OR trim(nip, '0123456789') <> '' THEN 1"
    f" WHEN ({_NIP_SUM}) % 11 = CAST(substr(nip, 10, 1) AS INTEGER) THEN 0 ELSE 1 END = 1"
)
"""The work list of businesses whose NIP is missing or cannot be one: the check digit is the sum modulo 11."""
DOUBTFUL_EMAIL = "kind = 'email' AND removed_on IS NULL AND (verified_on IS NULL OR bounced_on IS NOT NULL)"
"""E-mail addresses that nobody has confirmed, or from which mail came back."""
BOUNCED = "bounced_on IS NOT NULL"


class Client(Table, table=True):
    """A customer of the utility: the account that a client number names."""

    __table_args__ = (
        NUMBER_LENGTH,
        NAME_BY_KIND,
        sa.Index(
            "ix_client_without_pesel",
            "name_key",
            "id",
            sqlite_where=sa.text(WITHOUT_PESEL),
            postgresql_where=sa.text(WITHOUT_PESEL),
        ),
        sa.Index(
            "ix_client_failing_nip",
            "name_key",
            "id",
            sqlite_where=sa.text(FAILING_NIP),
            postgresql_where=sa.text(FAILING_NIP),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=6, unique=True)
    """Text: leading zeros count. 6 digits for a person, 4 for a business."""
    kind: ClientKind = Field(sa_type=choice(ClientKind, "kind"))
    last_name: str | None = Field(default=None, max_length=120)
    first_name: str | None = Field(default=None, max_length=80)
    company_name: str | None = Field(default=None, max_length=200)
    pesel: str | None = Field(default=None, max_length=11)
    nip: str | None = Field(default=None, max_length=10)
    mailing_address_id: int | None = Field(default=None, foreign_key="address.id")
    refund_account: str | None = Field(default=None, max_length=26)
    """NRB to which an overpayment is paid back."""
    anonymised_on: date | None = None
    """The day on which what the law lets go was erased (Art. 17 GDPR)."""
    name_key: str = Field(sa_type=sorting_key(220))
    """`polish_key` of `last first` or of the company name: the order of lists that people read."""
    created_at: datetime = Field(sa_type=Instant)
    version: int = 1


class ContactPoint(Table, table=True):
    """A phone number or an e-mail address of a client."""

    __tablename__ = "contact_point"
    __table_args__ = (
        sa.CheckConstraint("kind IN ('phone', 'email')", name="kind"),
        sa.Index("ix_contact_point_value", "value"),
        sa.Index(
            "ix_contact_point_bounced_on",
            "bounced_on",
            sqlite_where=sa.text(BOUNCED),
            postgresql_where=sa.text(BOUNCED),
        ),
        sa.Index(
            "ix_contact_point_doubtful_email",
            "id",
            sqlite_where=sa.text(DOUBTFUL_EMAIL),
            postgresql_where=sa.text(DOUBTFUL_EMAIL),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    kind: str = Field(max_length=8)
    value: str = Field(max_length=160)
    """A phone in E.164, an e-mail address in lower case."""
    verified_on: date | None = None
    bounced_on: date | None = None
    """The day on which a mail to it came back."""
    removed_on: date | None = None


class AddressRow(Table, table=True):
    """An address filed for one client; a new owner of the property gets a row of their own."""

    __tablename__ = "address"

    id: int | None = Field(default=None, primary_key=True)
    client_id: int | None = Field(default=None, index=True)
    """Filed for this client; no foreign key, because clients point here as well."""
    street: str | None = Field(default=None, max_length=120)
    """With its `ul.`, `al.` or `os.`; None in a village without streets."""
    house: str = Field(max_length=20)
    flat: str | None = Field(default=None, max_length=20)
    postal_code: str = Field(max_length=6)
    town: str = Field(max_length=80)
    street_key: str = Field(max_length=120)
    """Folded street without its prefix, or the folded town where there is no street."""
    number_key: str = Field(max_length=42)
    """Folded `house/flat`."""
    town_key: str = Field(max_length=80)


class Contract(Table, table=True):
    """A written contract for water and sewage (Art. 6)."""

    id: int | None = Field(default=None, primary_key=True)
    number: str = Field(max_length=30, unique=True)
    client_id: int = Field(foreign_key="client.id", index=True)
    signed_on: date
    starts_on: date
    ends_on: date | None = None
    period_months: int = 1
    """Length of the billing period."""
    tariff_group_id: int | None = Field(default=None, foreign_key="tariff_group.id")
    """None until a group is chosen: nothing can be billed before."""


class ContractParty(Table, table=True):
    """A party of a contract, in order; the first is the client, others are named here."""

    __tablename__ = "contract_party"
    __table_args__ = (
        sa.UniqueConstraint("contract_id", "position"),
        sa.CheckConstraint("position >= 1", name="position"),
        sa.CheckConstraint("(client_id IS NULL) = (last_name IS NOT NULL)", name="one_source"),
    )

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = Field(foreign_key="contract.id")
    position: int
    client_id: int | None = Field(default=None, foreign_key="client.id")
    last_name: str | None = Field(default=None, max_length=120)
    first_name: str | None = Field(default=None, max_length=80)
    pesel: str | None = Field(default=None, max_length=11)
