"""The portal e-BOK and e-invoices as the office sees them. No password is ever among it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from db.records.clients import ClientKind
from db.records.people import Channel


class PortalState(StrEnum):
    """Where an account in e-BOK stands."""

    PENDING = "pending"
    """Registered; the link was not opened yet."""
    ACTIVE = "active"
    LOCKED = "locked"


class EInvoiceState(StrEnum):
    """Where a client's e-invoices stand."""

    REQUESTED = "requested"
    """Asked for through an address that is not confirmed yet."""
    CONFIRMED = "confirmed"
    """In force from `active_from` on."""
    ACTIVE = "active"
    WITHDRAWN = "withdrawn"


class RegistrationCheck(StrEnum):
    """The five things that a registration is checked for."""

    KIND = "kind"
    IDENTITY = "identity"
    """PESEL of the first party, or NIP."""
    CLIENT_NUMBER = "client_number"
    INVOICE = "invoice"
    EMAIL = "email"


class CheckResult(StrEnum):
    """How a check came out; told to the agent, never with the value on file."""

    OK = "ok"
    WRONG = "wrong"
    MALFORMED = "malformed"
    MISSING_ON_FILE = "missing_on_file"
    """There is no PESEL or NIP to compare with: complete it first."""
    SECOND_PARTY = "second_party"
    """The PESEL of another party of the contract, not of the first."""
    NOT_THE_LAST = "not_the_last"
    """A valid number of this client, but not of the last invoice."""
    NO_INVOICE = "no_invoice"
    LOWER_CASE = "lower_case"
    """Right, but not in capitals as the portal wants it."""
    WRONG_LENGTH = "wrong_length"
    """A client number whose length belongs to the other kind of client."""


@dataclass(frozen=True, slots=True)
class Registration:
    """What somebody types into the registration form, as typed."""

    kind: ClientKind
    identity: str
    client_number: str
    invoice: str
    email: str
    login: str
    einvoice: bool = False
    channel: Channel | None = None
    """None takes the contact's; the portal names itself."""
    external_id: str | None = None


@dataclass(frozen=True, slots=True)
class RegistrationOutcome:
    """What the five checks said."""

    checks: tuple[tuple[RegistrationCheck, CheckResult], ...]
    login_taken: bool = False
    account: PortalAccountView | None = None
    """The account that was made, or was made before of the same entry; None when a check failed."""
    problem: str = ""
    """Of an entry of a batch: why nothing was made though every check passed, an English template."""
    params: Mapping[str, object] = field(default_factory=dict)
    """What stands in its places."""

    @property
    def ok(self) -> bool:
        """Whether everything was right."""
        passed = all(result is CheckResult.OK for _check, result in self.checks)
        return passed and not self.login_taken and not self.problem


class LinkResult(StrEnum):
    """What became of a link that was opened."""

    CONFIRMED = "confirmed"
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"
    REPLACED = "replaced"
    """A newer link was sent, or the address is the client's no more."""
    TOO_MANY = "too_many"
    """Too many wrong codes in this minute: none was looked at."""


@dataclass(frozen=True, slots=True)
class LinkOutcome:
    """What an opened link confirmed; but for CONFIRMED nothing but the result is told."""

    result: LinkResult
    client_number: str | None = None
    account: PortalState | None = None
    """How the account stands now; None when the link was not about one."""
    einvoice_from: date | None = None
    """First day of the e-invoices that it confirmed."""


@dataclass(frozen=True, slots=True)
class PortalAccountView:
    """An account in e-BOK."""

    id: int
    client_number: str
    login: str
    email: str
    """Masked unless the caller is verified."""
    state: PortalState
    registered_at: datetime
    confirmed_at: datetime | None
    last_login_at: datetime | None
    email_checked_at: datetime | None
    """When the client checked the address at the first login."""
    link_sent_at: datetime | None = None
    link_expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EInvoiceView:
    """A client's e-invoices."""

    client_number: str
    state: EInvoiceState
    email: str
    """Masked unless the caller is verified."""
    requested_at: datetime
    confirmed_at: datetime | None
    active_from: date | None
    """The first day whose invoices go by e-mail: the working day after the confirmation."""
    withdrawn_from: date | None
    consent_version: str
    email_confirmed: bool
    bounced: bool = False


@dataclass(frozen=True, slots=True)
class EInvoiceActivation:
    """What the agent reads out."""

    view: EInvoiceView
    active_from: date
    request_number: str
