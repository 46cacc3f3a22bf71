"""A property passes to another client: final readings, the old contract ends, a new one begins.

The meters stay where they are; the new client gets rows of their own for them, so that nobody
sees what another household used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col

from db.errors import NotFound, Refused, WrongInput
from db.models import AddressRow, Client, Contract, ContractParty, Meter, Reading, SupplyPoint
from db.operations.invoice_issue import take_numbers
from db.operations.readings import record_reading
from db.queries.bill_preview import last_billed
from db.queries.reading_rows import is_accepted, is_pending
from db.queries.rows import insert_row, into
from db.queries.tariff_groups import group_on
from db.records.clients import MeterRole
from db.records.people import Channel
from db.records.readings import ReadingInput, ReadingStatus
from db.records.requests import RequestField
from db.rules.handover import FinalState, final_states
from db.rules.reading_checks import ReasonCode
from db.search import index_client
from db.words import N_
from db.work import Work

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Contract:
    id: int
    starts_on: date
    ends_on: date | None
    period_months: int
    group_id: int | None


@dataclass(frozen=True, slots=True)
class _Meter:
    id: int
    number: str
    point_id: int
    role: MeterRole
    digits: int
    location: str | None
    seal: str | None
    verified_until: date


def hand_over(
    work: Work,
    *,
    request_id: int,
    client_id: int,
    values: Mapping[RequestField, str | None],
    day: date,
    channel: Channel,
) -> str:
    """End a client's contract on `day` with the meters' final states, and begin the new client's.

    Returns the number of the new contract, which begins on the next day with the same states,
    billing period and tariff group. `values` hold NEW_CLIENT, STATE and, where the client has
    several contracts, METER. Raises NotFound, WrongInput for the states, Refused for a day that
    cannot be or is billed, ReadingRefused for a state that the checks do not let pass.
    """
    new_id = _new_client(work, values.get(RequestField.NEW_CLIENT) or "", client_id)
    contract = _contract(work, client_id, values.get(RequestField.METER) or "", day)
    _refuse_day(work, contract, day)
    meters = _meters(work, contract.id)
    _refuse_pending(work, meters)
    states = final_states(values.get(RequestField.STATE) or "", [meter.number for meter in meters])
    for state in states:
        _read(work, state, day, channel, f"handover {request_id} {state.meter}")
    number = _begin(work, contract, new_id, day)
    _move(work, contract.id, number, meters, states, day)
    work.session.execute(sa.update(Contract).where(col(Contract.id) == contract.id).values(ends_on=day))
    for whose in (client_id, new_id):
        work.changed("contract.handed_over", f"contract {number}", client_id=whose, after={"on": day})
        index_client(work, whose)
    return number


def _new_client(work: Work, typed: str, old_id: int) -> int:
    number = typed.strip()
    statement = sa.select(col(Client.id), col(Client.anonymised_on)).where(col(Client.number) == number)
    row = work.session.execute(statement.with_for_update(key_share=True)).one_or_none()
    if row is None:
        raise NotFound(N_("There is no client %(client)s. Check the number."), client=number[:20])
    found, erased = row
    if erased is not None:
        raise Refused(N_("The data of client %(client)s was erased on %(day)s."), client=number, day=erased)
    if found == old_id:
        raise WrongInput(N_("The property cannot be handed over to the same client."))
    return found or 0


def _contract(work: Work, client_id: int, meter: str, day: date) -> _Contract:
    """Return the contract of `meter`, or the client's only one that runs, held until the end."""
    statement = sa.select(
        col(Contract.id),
        col(Contract.starts_on),
        col(Contract.ends_on),
        col(Contract.period_months),
        group_on(sa.literal(day, sa.Date)),
    ).where(
        col(Contract.client_id) == client_id,
        sa.or_(col(Contract.ends_on).is_(None), col(Contract.ends_on) > day),
    )
    if meter:
        own = (
            sa.select(col(SupplyPoint.contract_id))
            .join(Meter, col(Meter.supply_point_id) == col(SupplyPoint.id))
            .where(col(Meter.number) == meter, col(Meter.removed_on).is_(None))
        )
        statement = statement.where(col(Contract.id).in_(own))
    rows = work.session.execute(statement.with_for_update(of=Contract.__table__)).all()  # type: ignore[attr-defined]  # a table class has it
    if not rows:
        raise Refused(N_("There is no running contract to be handed over."))
    if len(rows) > 1:
        raise WrongInput(N_("The client has several contracts: name a meter of the one to be handed over."))
    return into(_Contract, rows[0])


def _refuse_day(work: Work, contract: _Contract, day: date) -> None:
    if not contract.starts_on <= day <= work.today:
        raise Refused(
            N_("The day of the hand-over is %(first)s to today; it is applied once it has come."),
            first=contract.starts_on,
        )
    billed = last_billed(work.session, contract.id)
    if billed is not None and billed > day:
        raise Refused(
            N_("The days to %(last)s are billed: take that invoice back before the hand-over on %(day)s."),
            last=billed,
            day=day,
        )


def _meters(work: Work, contract_id: int) -> list[_Meter]:
    statement = (
        sa.select(
            col(Meter.id),
            col(Meter.number),
            col(Meter.supply_point_id),
            col(Meter.role),
            col(Meter.digits),
            col(Meter.location),
            col(Meter.seal),
            col(Meter.verified_until),
        )
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .where(col(SupplyPoint.contract_id) == contract_id, col(Meter.removed_on).is_(None))
        .order_by(col(Meter.role).desc(), col(Meter.id))
        .with_for_update(of=Meter.__table__)  # type: ignore[attr-defined]  # a table class has it
    )
    return [into(_Meter, row) for row in work.session.execute(statement)]


def _refuse_pending(work: Work, meters: Sequence[_Meter]) -> None:
    """Refuse while a reading waits for a supervisor: decided later, it would count for neither client."""
    waiting = (
        sa.select(col(Meter.number), col(Reading.day))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .where(col(Meter.id).in_([meter.id for meter in meters]), is_pending())
        .order_by(col(Reading.day))
        .limit(1)
    )
    if (row := work.session.execute(waiting).one_or_none()) is not None:
        raise Refused(
            N_("The reading of %(day)s of meter %(meter)s waits for a supervisor: decide about it first."),
            meter=row[0],
            day=row[1],
        )


def _read(work: Work, state: FinalState, day: date, channel: Channel, submission: str) -> None:
    """Record the final reading, unless the very same one is there already."""
    same = (
        sa.select(col(Reading.id))
        .join(Meter, col(Meter.id) == col(Reading.meter_id))
        .where(
            col(Meter.number) == state.meter,
            col(Meter.removed_on).is_(None),
            col(Reading.day) == day,
            col(Reading.state) == state.state,
            is_accepted(),
        )
    )
    if work.session.scalar(same) is not None:
        return
    entry = ReadingInput(
        meter=state.meter,
        state=state.state,
        day=day,
        channel=channel,
        submission=submission,
        reason=ReasonCode.PROPERTY_SALE,
    )
    if record_reading(work, entry).status is not ReadingStatus.ACCEPTED:
        raise Refused(N_("The final reading of meter %(meter)s has to be approved first."), meter=state.meter)


def _begin(work: Work, old: _Contract, client_id: int, day: date) -> str:
    """Add the new client's contract and return its number."""
    series = f"contract/{work.today.year}"
    number = f"U/{work.today.year}/P{take_numbers(work, series, 1):06d}"
    contract_id = insert_row(
        work.session,
        Contract,
        {
            "number": number,
            "client_id": client_id,
            "signed_on": work.today,
            "starts_on": day + _DAY,
            "period_months": old.period_months,
            "tariff_group_id": old.group_id,
        },
    )
    party = {"contract_id": contract_id, "position": 1, "client_id": client_id}
    insert_row(work.session, ContractParty, party)
    return number


def _move(
    work: Work,
    old_id: int,
    number: str,
    meters: Sequence[_Meter],
    states: Sequence[FinalState],
    day: date,
) -> None:
    """Give the new contract the supply points and meters of the old one, and end them there."""
    new_id, client_id = work.session.execute(
        sa.select(col(Contract.id), col(Contract.client_id)).where(col(Contract.number) == number)
    ).one()
    points = sa.select(SupplyPoint.__table__).where(col(SupplyPoint.contract_id) == old_id)  # type: ignore[attr-defined]  # a table class has it
    moved: dict[int, int] = {}
    for point in work.session.execute(points).all():
        address_id = _same_address(work, point.address_id, client_id)
        moved[point.id] = insert_row(
            work.session,
            SupplyPoint,
            {"contract_id": new_id, "address_id": address_id, "sewage": point.sewage},
        )
    shown = {state.meter: state.state for state in states}
    for meter in meters:
        state = shown[meter.number]
        work.session.execute(
            sa.update(Meter)
            .where(col(Meter.id) == meter.id)
            .values(removed_on=day, removed_state=state, version=col(Meter.version) + 1)
        )
        insert_row(
            work.session,
            Meter,
            {
                "number": meter.number,
                "supply_point_id": moved[meter.point_id],
                "role": meter.role,
                "digits": meter.digits,
                "location": meter.location,
                "seal": meter.seal,
                "verified_until": meter.verified_until,
                "installed_on": day,
                "installed_state": state,
                "version": 1,
            },
        )


def _same_address(work: Work, address_id: int, client_id: int) -> int:
    """File the address of a supply point for the new client too; its row stays the old client's."""
    row = work.session.get(AddressRow, address_id)
    assert row is not None  # noqa: S101 - a foreign key points at it
    values = row.model_dump(exclude={"id"})
    return insert_row(work.session, AddressRow, {**values, "client_id": client_id})
