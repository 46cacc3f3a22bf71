"""What a client is supplied through: contracts, supply points, meters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import NotFound
from db.models import AddressRow, Client, Contract, Meter, SupplyPoint
from db.queries.rows import Columns, Statement, into
from db.records.clients import Address, MeterRole
from db.rules.reading_facts import MeterFacts
from db.words import N_

MOST_METERS = 40
"""Meters of one client that a card shows and a reading is compared with."""
MOST_EXCHANGES = 5
"""Exchanges back that a meter's history is followed."""


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter with the contract that it serves."""

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
    replaces_id: int | None
    point_id: int
    contract_ends_on: date | None

    def facts(self) -> MeterFacts:
        """Return what the checks want to know of it."""
        return MeterFacts(
            number=self.number,
            role=self.role,
            digits=self.digits,
            installed_on=self.installed_on,
            installed_state=self.installed_state,
            removed_on=self.removed_on,
            removed_state=self.removed_state,
            verified_until=self.verified_until,
        )


@dataclass(frozen=True, slots=True)
class Supply:
    """The meters of a client in the order of a card, and where the water goes."""

    meters: tuple[MeterRow, ...]
    address: Address | None
    """Of the first running contract's supply point, else of the last one's."""
    more: bool
    """True when the client has more meters than these."""

    def chain(self, meter: MeterRow) -> tuple[MeterRow, ...]:
        """Return the meters that `meter` replaced one after another, the latest first."""
        known = {other.id: other for other in self.meters}
        found: list[MeterRow] = []
        before = known.get(meter.replaces_id or 0)
        while before is not None and before not in found and len(found) < MOST_EXCHANGES:
            found.append(before)
            before = known.get(before.replaces_id or 0)
        return tuple(found)


@dataclass(frozen=True, slots=True)
class FoundMeter:
    """Whose a meter is."""

    meter_id: int
    point_id: int
    client_id: int
    client_number: str
    client_name: str


def _meters_found() -> Statement:
    return (
        sa.select(
            col(Meter.id),
            col(Meter.supply_point_id),
            col(Contract.client_id),
            col(Client.number),
            *name_columns(),
        )
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .join(Client, col(Client.id) == col(Contract.client_id))
    )


@lru_cache(maxsize=1)
def _meter_of_number() -> Statement:
    wanted = _meters_found().where(col(Meter.number) == sa.bindparam("number"))
    # a property that changed hands has its meter twice: the one in use is meant
    return wanted.order_by(*in_use_first()).limit(1)


@lru_cache(maxsize=1)
def _meter_of_id() -> Statement:
    return _meters_found().where(col(Meter.id) == sa.bindparam("meter"))


def in_use_first() -> Columns:
    """Return the order in which the meters of one number come: the one in use, then the newest."""
    return (col(Meter.removed_on).is_not(None), col(Meter.id).desc())


def find_meter(session: Session, number: str) -> FoundMeter:
    """Return whose the meter of this number is; raises NotFound."""
    number = "".join(number.split())
    row = session.execute(_meter_of_number(), {"number": number[:20]}).one_or_none()
    if row is None or len(number) > 20:
        raise NotFound(N_("There is no meter %(meter)s. Check its number."), meter=number[:40])
    return into(FoundMeter, (*row[:4], display_name(*row[4:7])))


def meter_of_reading(session: Session, meter_id: int) -> FoundMeter:
    """Return whose the meter is that a reading was taken on, also when the property changed hands since."""
    row = session.execute(_meter_of_id(), {"meter": meter_id}).one()
    return into(FoundMeter, (*row[:4], display_name(*row[4:7])))


def name_columns() -> Columns:
    """Return the columns that `display_name` puts together."""
    return (col(Client.last_name), col(Client.first_name), col(Client.company_name))


def display_name(last: str | None, first: str | None, company: str | None) -> str:
    """Return a client's name as lists show it: `Kowalska Żaneta`, or the company's."""
    return company if company is not None else f"{last} {first}"


@lru_cache(maxsize=1)
def _supply_of_client() -> Statement:
    return (
        sa.select(
            *meter_columns(),
            *address_columns(),
        )
        .select_from(Contract)
        .join(SupplyPoint, col(SupplyPoint.contract_id) == col(Contract.id))
        .join(AddressRow, col(AddressRow.id) == col(SupplyPoint.address_id))
        .outerjoin(Meter, col(Meter.supply_point_id) == col(SupplyPoint.id))
        .where(col(Contract.client_id) == sa.bindparam("client"))
        .order_by(
            sa.case((col(Meter.id) == sa.bindparam("first_meter"), 0), else_=1),
            sa.case((col(SupplyPoint.id) == sa.bindparam("first_point"), 0), else_=1),
            sa.case((col(Meter.removed_on).is_(None), 0), else_=1),
            sa.case((col(Contract.ends_on).is_(None), 0), else_=1),
            sa.case((col(Meter.role) == MeterRole.MAIN, 0), else_=1),
            col(Meter.removed_on).desc(),
            col(SupplyPoint.id),
            col(Meter.number),
        )
        .limit(MOST_METERS + 1)
    )


def load_supply(session: Session, client_id: int, *, first: FoundMeter | None = None) -> Supply:
    """Return the client's meters in one statement: installed ones first, main before garden.

    The meter `first`, and then those at its supply point, come before all others, so that a long
    list never cuts them off.
    """
    wanted = {
        "client": client_id,
        "first_meter": first.meter_id if first else 0,
        "first_point": first.point_id if first else 0,
    }
    rows = session.execute(_supply_of_client(), wanted).all()
    meters = tuple(into(MeterRow, row[:13]) for row in rows[:MOST_METERS] if row[0] is not None)
    # rows are ordered by what matters today
    address = into(Address, rows[0][13:18]) if rows else None
    return Supply(meters, address, more=len(rows) > MOST_METERS)


def meter_columns() -> Columns:
    """Return the columns of a `MeterRow`, in its order."""
    return (
        col(Meter.id),
        col(Meter.number),
        col(Meter.role),
        col(Meter.digits),
        col(Meter.location),
        col(Meter.verified_until),
        col(Meter.installed_on),
        col(Meter.installed_state),
        col(Meter.removed_on),
        col(Meter.removed_state),
        col(Meter.replaces_id),
        col(SupplyPoint.id),
        col(Contract.ends_on),
    )


def address_columns() -> Columns:
    """Return the columns of an `Address`, in its order."""
    return (
        col(AddressRow.street),
        col(AddressRow.house),
        col(AddressRow.flat),
        col(AddressRow.postal_code),
        col(AddressRow.town),
    )


def point_meters(meters: Iterable[MeterRow], point_id: int) -> tuple[MeterRow, ...]:
    """Return the meters now installed at a supply point."""
    return tuple(meter for meter in meters if meter.point_id == point_id and meter.removed_on is None)
