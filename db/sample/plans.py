"""What is decided about a client of the sample town before any row is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Slip(StrEnum):
    """What became of the last visit of the meter reader."""

    NONE = "none"
    """The meter was read."""
    OPEN = "open"
    """Nobody was at home: a notice waits for an answer."""
    OVERDUE = "overdue"
    """The notice was never answered, and its deadline is past."""


@dataclass(slots=True)
class AddressPlan:
    """An address with its folded keys."""

    street: str | None
    street_key: str
    house: str
    flat: str | None
    postal_code: str
    town: str
    town_key: str

    @property
    def number_key(self) -> str:
        """Folded `house/flat`."""
        return f"{self.house} {self.flat}".lower() if self.flat else self.house.lower()


@dataclass(slots=True)
class PointPlan:
    """A supply point, its contract and its meters. Ages are days before today."""

    address: AddressPlan
    contract_age: int
    period_months: int
    litres: int
    """A day, the garden not counted."""
    installed_age: int
    """Of the present main meter; the day of the exchange when there was one."""
    phase: int
    """Days since the last visit of the meter reader."""
    moods: int = 300
    """By how many thousandths the use swings from one reading to the next."""
    garden_litres: int = 0
    """A day, over the whole year; 0 where there is no garden meter."""
    digits: int = 5
    exchanged: bool = False
    rollover: bool = False
    """The dial passes its highest number once in the years that are told."""
    garden_expired: bool = False
    ended_age: int = 0
    """Since the contract ended; 0 while it runs."""
    meter_taken: bool = False
    """The meter was removed when the contract ended."""
    slip: Slip = Slip.NONE
    pending: bool = False
    """A reading waits for a supervisor."""
    voided: bool = False
    """A mistyped reading was voided and replaced."""
    streak: int = 0
    """So many readings in a row, the latest ones, were given by the client."""
    own_contract: bool = False
    """Has a contract of its own, not the one of the point before."""
    meter: str | None = None
    garden_meter: str | None = None
    """Fixed numbers of the cast's meters."""


@dataclass(slots=True)
class ClientPlan:
    """A client with everything that belongs to them."""

    number: str
    serial: int
    """Counts persons and businesses apart; unique identifiers are made of it."""
    female: bool
    last: str
    first: str
    name_key: str
    company: str | None = None
    """Of a business; None for a person."""
    pesel: bool = True
    phones: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    spouse: tuple[str, str] | None = None
    """Last and first name of the second party."""
    mailing: AddressPlan | None = None
    points: list[PointPlan] = field(default_factory=list)
    calls: int = 0
    """Contacts about other things than readings."""
