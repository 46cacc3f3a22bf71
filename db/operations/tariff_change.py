"""A contract comes to another tariff group: from a day on, and never for days that are billed."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
from sqlmodel import col

from db.errors import NotFound, Refused
from db.models import Contract, TariffAssignment, TariffGroup
from db.queries.bill_preview import last_billed
from db.queries.rows import insert_row
from db.words import N_
from db.work import Work


def group_id_of(work: Work, code: str) -> int:
    """Return the id of a tariff group; raises NotFound."""
    found: int | None = work.session.scalar(
        sa.select(col(TariffGroup.id)).where(col(TariffGroup.code) == code)
    )
    if found is None:
        raise NotFound(N_("There is no tariff group %(group)s."), group=code)
    return found


def change_group(
    work: Work,
    contract_id: int,
    group_id: int,
    *,
    starts_on: date | None = None,
    request_id: int | None = None,
) -> date | None:
    """Bill a contract by another group from `starts_on`, or from the first day that is not billed.

    Returns that day; None for a contract that was never billed and begins with the group. Raises
    Refused for days that are billed already, and for days before another change.
    """
    last = last_billed(work.session, contract_id)
    changed = _last_change(work, contract_id)
    if last is None and changed is None and starts_on is None:
        statement = sa.update(Contract).where(col(Contract.id) == contract_id)
        work.session.execute(statement.values(tariff_group_id=group_id))
        return None
    unbilled = work.today if last is None else last + timedelta(days=1)
    day = starts_on or max(unbilled, changed + timedelta(days=1) if changed else unbilled)
    if last is not None and day <= last:
        raise Refused(
            N_("The days to %(last)s are billed; another tariff group may begin on %(day)s."),
            last=last,
            day=unbilled,
        )
    if changed is not None and day <= changed:
        raise Refused(
            N_("The tariff group changes on %(changed)s already; another one may begin after that day."),
            changed=changed,
        )
    insert_row(
        work.session,
        TariffAssignment,
        {"contract_id": contract_id, "starts_on": day, "group_id": group_id, "request_id": request_id},
    )
    return day


def apply_tariff_group(work: Work, *, request_id: int, client_id: int, group: str, starts_on: date) -> None:
    """Bill every running contract of a client by `group` from `starts_on`, as a request asks.

    Raises NotFound for the group, and Refused as `change_group` does and without a running contract.
    """
    group_id = group_id_of(work, group)
    running = sa.select(col(Contract.id)).where(
        col(Contract.client_id) == client_id,
        sa.or_(col(Contract.ends_on).is_(None), col(Contract.ends_on) >= starts_on),
    )
    held = running.order_by(col(Contract.id)).with_for_update(key_share=True)
    contracts = [key or 0 for key in work.session.scalars(held)]
    if not contracts:
        raise Refused(N_("There is no running contract to be billed by another tariff group."))
    for contract_id in contracts:
        change_group(work, contract_id, group_id, starts_on=starts_on, request_id=request_id)
    after: dict[str, object] = {"tariff": group, "contracts": len(contracts), "from": starts_on}
    work.changed("tariff.assigned", f"client {client_id}", client_id=client_id, after=after)


def _last_change(work: Work, contract_id: int) -> date | None:
    found: date | None = work.session.scalar(
        sa.select(sa.func.max(col(TariffAssignment.starts_on))).where(
            col(TariffAssignment.contract_id) == contract_id
        )
    )
    return found
