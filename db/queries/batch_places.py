"""Which meter each typed number stands for: its own, or that of a client who has just one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.models import Client, Contract, Meter, SupplyPoint
from db.queries.import_points import MeterPlace, chunks, find_places
from db.records.clients import MeterRole
from db.records.reading_import import LineFault, LineFinding
from db.rules.levels import Level, Param
from db.words import N_

MOST_NAMED = 6
"""Meters of one client that a message names."""
_CLIENT = re.compile(r"[0-9]{4}|[0-9]{6}")

SEVERAL = N_(
    "The client %(client)s has %(count)s meters: %(meters)s. Type the number of the one that was read."
)
NONE = N_("The client %(client)s has no meter in use. Type the number of the meter that was read.")
TWO_MEANINGS = N_(
    "%(number)s is a meter's number and another client's too. Type the meter of that client, %(meters)s,"
    " or record this one on the card."
)
UNKNOWN = N_("There is no meter and no client %(number)s. Check the number.")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a number stands for: the meter, or why it is not clear."""

    meter: str = ""
    place: MeterPlace | None = None
    wrong: LineFinding | None = None


@dataclass(frozen=True, slots=True)
class _OfClient:
    """A meter in use of a client who was named."""

    number: str
    role: MeterRole
    place: MeterPlace


def meant_by(session: Session, numbers: Iterable[str]) -> Mapping[str, Meant]:
    """Return what each of these numbers stands for, in two statements."""
    wanted = sorted(set(numbers))
    places = find_places(session, wanted)
    clients = _clients(session, [number for number in wanted if _CLIENT.fullmatch(number)])
    return {number: _meant(number, places.get(number), clients.get(number)) for number in wanted}


def _meant(number: str, place: MeterPlace | None, own: Sequence[_OfClient] | None) -> Meant:
    if place is not None:
        other = own is not None and all(each.place != place for each in own)
        if other and own is not None:
            return _wrong(LineFault.TWO_MEANINGS, TWO_MEANINGS, number=number, meters=_named(own) or "–")
        return Meant(number, place)
    if own is None:
        return _wrong(LineFault.UNKNOWN_METER, UNKNOWN, number=number)
    if not own:
        return _wrong(LineFault.SEVERAL_METERS, NONE, client=number)
    if len(own) > 1:
        return _wrong(LineFault.SEVERAL_METERS, SEVERAL, client=number, count=len(own), meters=_named(own))
    return Meant(own[0].number, own[0].place)


def _wrong(fault: LineFault, message: str, **params: Param) -> Meant:
    return Meant(wrong=LineFinding(0, "", fault, Level.REFUSE, message, params))


def _named(meters: Sequence[_OfClient]) -> str:
    """Return the numbers, main meters first; whoever reads them sees the number on the dial."""
    named = sorted(meters, key=lambda meter: (meter.role is MeterRole.GARDEN, meter.number))
    more = ["…"] if len(named) > MOST_NAMED else []
    return ", ".join([*(meter.number for meter in named[:MOST_NAMED]), *more])


def _clients(session: Session, numbers: Sequence[str]) -> Mapping[str, Sequence[_OfClient]]:
    """Return the meters in use of those clients that exist."""
    found: dict[str, list[_OfClient]] = defaultdict(list)
    for some in chunks(numbers):
        statement = (
            sa.select(
                col(Client.number),
                col(Meter.number),
                col(Meter.role),
                col(Meter.id),
                col(SupplyPoint.id),
                col(Client.id),
            )
            .select_from(Client)
            .outerjoin(Contract, col(Contract.client_id) == col(Client.id))
            .outerjoin(SupplyPoint, col(SupplyPoint.contract_id) == col(Contract.id))
            .outerjoin(
                Meter,
                sa.and_(col(Meter.supply_point_id) == col(SupplyPoint.id), col(Meter.removed_on).is_(None)),
            )
            .where(col(Client.number).in_(some))
        )
        for client, meter, role, meter_id, point_id, client_id in session.execute(statement):
            meters = found[client or ""]
            if meter_id is not None:
                place = MeterPlace(meter_id, point_id or 0, client_id or 0)
                meters.append(_OfClient(meter or "", role or MeterRole.MAIN, place))
    return found
