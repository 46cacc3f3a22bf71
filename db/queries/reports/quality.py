"""What is missing or doubtful on file."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import AddressRow, Client, Contract, Meter, SupplyPoint
from db.models.clients import FAILING_NIP, WITHOUT_PESEL
from db.queries.reports.common import ends, in_use, running, summed
from db.queries.supply import display_name, name_columns
from db.records.reports import Found, Line, Question
from db.work import Work

KINDS = (
    *("without_pesel", "failing_nip", "same_pesel", "same_nip", "same_place"),
    *("point_without_meter", "meter_without_contract"),
)


@report(roles=OVERSEERS)
def kinds(work: Work, question: Question) -> Found:
    """Return how many there are of each kind, also of those of which there is none."""
    found = list(_all(work, question.as_of))
    rows = [{"kind": kind, "cases": sum(row["kind"] == kind for row in found)} for kind in KINDS]
    return Found(tuple(rows), summed(rows, ("cases",)))


@report(roles=OVERSEERS)
def listed(work: Work, question: Question) -> Found:
    """Return every one."""
    order = {kind: place for place, kind in enumerate(KINDS)}
    rows = sorted(
        _all(work, question.as_of), key=lambda row: (order[row["kind"]], row["client"], row["what"])
    )
    return Found(tuple(rows), {})


def _all(work: Work, day: date) -> Iterator[Line]:
    for kind, statement in _statements(day).items():
        for number, what, *names in work.session.execute(statement):
            yield {"kind": kind, "client": number, "name": display_name(*names), "what": what or ""}


def _statements(day: date) -> dict[str, Any]:
    person = sa.text(WITHOUT_PESEL)
    return {
        "without_pesel": _clients(day).where(person),
        "failing_nip": _clients(day).where(sa.text(FAILING_NIP)),
        "same_pesel": _clients(day).where(_others_with(col(Client.pesel), "pesel", day)),
        "same_nip": _clients(day).where(_others_with(col(Client.nip), "nip", day)),
        "same_place": _clients(day).where(_namesake_at_the_place(day)),
        "point_without_meter": _points(day).where(running(day), ~_has_meter(day)),
        "meter_without_contract": _points(day, col(Meter.number))
        .join(Meter, col(Meter.supply_point_id) == col(SupplyPoint.id))
        .where(in_use(day), ~running(day)),
    }


def _known(day: date, client: type[Client] = Client) -> tuple[sa.ColumnElement[bool], ...]:
    return (col(client.created_at) < ends(day), col(client.anonymised_on).is_(None))


def _clients(day: date) -> Any:
    return sa.select(col(Client.number), sa.literal("", sa.String), *name_columns()).where(*_known(day))


def _others_with(value: Any, name: str, day: date) -> sa.ColumnElement[bool]:
    other = aliased(Client)
    several = (
        sa.select(getattr(other, name))
        .where(getattr(other, name).is_not(None), *_known(day, other))
        .group_by(getattr(other, name))
        .having(sa.func.count() > 1)
    )
    return sa.and_(value.in_(several))


def _namesake_at_the_place(day: date) -> sa.ColumnElement[bool]:
    """Return the condition that another client of the same name has an address at the same house."""
    own, other, place = aliased(AddressRow), aliased(Client), aliased(AddressRow)
    return (
        sa.select(sa.literal(1))
        .select_from(other)
        .join(place, col(place.client_id) == col(other.id))
        .join(
            own,
            sa.and_(
                *(
                    getattr(own, key) == getattr(place, key)
                    for key in ("town_key", "street_key", "number_key")
                )
            ),
        )
        .where(
            col(own.client_id) == col(Client.id),
            col(other.name_key) == col(Client.name_key),
            col(other.id) != col(Client.id),
            *_known(day, other),
        )
        .correlate(Client)
        .exists()
    )


def _points(day: date, what: Any = None) -> Any:
    shown = sa.literal("", sa.String) if what is None else what
    return (
        sa.select(col(Client.number), shown, *name_columns())
        .select_from(SupplyPoint)
        .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
        .join(Client, col(Client.id) == col(Contract.client_id))
        .where(col(Contract.starts_on) <= day)
    )


def _has_meter(day: date) -> sa.ColumnElement[bool]:
    return (
        sa.select(sa.literal(1))
        .select_from(Meter)
        .where(col(Meter.supply_point_id) == col(SupplyPoint.id), in_use(day))
        .correlate(SupplyPoint)
        .exists()
    )
