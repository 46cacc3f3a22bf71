"""What the screens and the shell see of a client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from db.records.balance import BalanceView
from db.records.contacts import ContactState
from db.records.people import Channel
from db.rules.levels import Level

if TYPE_CHECKING:
    from db.records.ebok import EInvoiceView, PortalAccountView


class ClientKind(StrEnum):
    """Decides the length of the client number and the identifier that verifies."""

    PERSON = "person"
    BUSINESS = "business"


class MeterRole(StrEnum):
    """Main meters measure the water taken (Art. 27); garden meters deduct from sewage."""

    MAIN = "main"
    GARDEN = "garden"


class MatchKind(StrEnum):
    """Why a client is among the search results."""

    NUMBER = "number"
    PESEL = "pesel"
    NIP = "nip"
    METER = "meter"
    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"
    ADDRESS = "address"
    NAME_AND_ADDRESS = "name_and_address"
    TYPO = "typo"


@dataclass(frozen=True, slots=True)
class ClientHit:
    """One line of a search answer."""

    id: int
    number: str
    kind: ClientKind
    name: str
    address: str
    """The supply address in one line."""
    meters: tuple[str, ...]
    """Numbers of the meters now installed."""
    match: MatchKind


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """A bounded list, best first."""

    text: str
    hits: tuple[ClientHit, ...]
    more: bool = False
    """True when there are more matches than were asked for: narrow it."""


@dataclass(frozen=True, slots=True)
class Address:
    """A Polish postal address; villages may have no street."""

    street: str | None
    house: str
    flat: str | None
    postal_code: str
    town: str

    @property
    def first_line(self) -> str:
        """`ul. Lipowa 4/12`, or `Dolna 7` where the village has no streets."""
        number = f"{self.house}/{self.flat}" if self.flat else self.house
        return f"{self.street or self.town} {number}"

    @property
    def second_line(self) -> str:
        """`43-400 Przykładowo`."""
        return f"{self.postal_code} {self.town}"

    @property
    def line(self) -> str:
        """Both lines in one."""
        return f"{self.first_line}, {self.second_line}"


@dataclass(frozen=True, slots=True)
class Place:
    """Where addresses are: a suggestion while one is typed."""

    postal_code: str
    town: str
    street: str | None
    """None in a village without streets."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a contract; only the first one's PESEL verifies."""

    position: int
    name: str


@dataclass(frozen=True, slots=True)
class ContractView:
    """A contract and its parties in their order."""

    number: str
    starts_on: date
    ends_on: date | None
    parties: tuple[Party, ...]


class Masked(StrEnum):
    """Fields that stay masked until the caller is verified or the agent reveals them."""

    PESEL = "pesel"
    PHONE = "phone"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class PrivateValue:
    """A value as it may be shown now."""

    field: Masked
    key: int
    """Which one of several: the contact point's id; 0 for the client's PESEL."""
    shown: str
    """In clear or masked, whatever the caller's verification allows."""
    masked: bool
    confirmed: bool = True
    """False for an address that the client has not confirmed."""


@dataclass(frozen=True, slots=True)
class NoticeView:
    """What the meter reader left when nobody was at home."""

    id: int
    number: str
    meter: str
    left_on: date
    deadline: date
    reader: str


@dataclass(frozen=True, slots=True)
class ReadingLine:
    """One reading in a list."""

    id: int
    meter: str
    day: date
    state: int
    """m³ on the dial."""
    consumption: int
    """m³ since the reading before, across rollover."""
    channel: Channel
    estimated: bool
    status: str
    """`accepted`, `pending` (waits for a supervisor), `rejected` or `voided`."""
    reason: str | None
    agent: str | None
    recorded_at: datetime
    settled_by: str | None = None
    """Of a reading that was voided just now: number of the invoice that settled it."""


@dataclass(frozen=True, slots=True)
class MeterCard:
    """A meter on the client card."""

    id: int
    number: str
    role: MeterRole
    digits: int
    location: str | None
    verified_until: date
    installed_on: date
    installed_state: int
    removed_on: date | None
    removed_state: int | None
    replaces: str | None
    """Number of the meter that this one replaced."""
    last: ReadingLine | None
    average_per_month: Decimal | None
    """m³ a month over the readings that count; None without history."""
    expected_low: int | None
    expected_high: int | None
    """The states between which a reading taken today would pass."""
    monthly: tuple[Decimal | None, ...]
    """Consumption of the last 24 months in m³, oldest first; None where nothing was read yet."""
    used_until: date | None
    """Day of the last state that the use is known up to; None without any."""
    used_year: Decimal | None
    """m³ in the 365 days up to `used_until`; None when they are not all known."""
    used_year_before: Decimal | None
    """m³ in the 365 days before those; None when they are not all known."""
    recent: tuple[ReadingLine, ...]
    """The latest readings, newest first."""
    notice: NoticeView | None


@dataclass(frozen=True, slots=True)
class Alert:
    """Something the agent should know before speaking, in words."""

    code: str
    level: Level
    message: str
    params: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """Something that happened, for the client's time line."""

    at: datetime | date
    kind: str
    message: str
    params: Mapping[str, object]
    mail_id: int | None = None
    """The incoming message that it is about; it can be opened."""


@dataclass(frozen=True, slots=True)
class ClientCard:
    """Everything that answers most calls, in one record."""

    id: int
    number: str
    kind: ClientKind
    name: str
    pesel: PrivateValue | None
    nip: str | None
    supply_address: Address | None
    mailing_address: Address | None
    """None when letters go to the supply address."""
    contact_points: tuple[PrivateValue, ...]
    contracts: tuple[ContractView, ...]
    meters: tuple[MeterCard, ...]
    """Installed ones first, main before garden; removed ones last."""
    alerts: tuple[Alert, ...]
    timeline: tuple[TimelineEvent, ...]
    """Newest first, bounded."""
    contact: ContactState | None
    """The contact under way, if the caller gave one."""
    balance: BalanceView
    einvoice: EInvoiceView | None = None
    """The latest, one that was withdrawn included."""
    portal: PortalAccountView | None = None
    """The account in e-BOK."""
