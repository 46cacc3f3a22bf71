"""Tariff groups, their dated prices, and which contracts are billed by them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import col

from db.doors import SUPERVISORS, operation
from db.errors import NotFound, Refused, WrongInput
from db.models import Client, Contract, TariffGroup, TariffPrice
from db.operations.tariff_change import change_group, group_id_of
from db.queries.rows import insert_row
from db.queries.tariff_groups import group_on
from db.records.charges import Service
from db.records.clients import ClientKind
from db.rules.text import clean_line
from db.words import N_
from db.work import Work

MOST_PRICE = Decimal(100_000)
FARTHEST = timedelta(days=5 * 366)
"""Ahead of today: a slip in the year would lock every earlier day for good."""


@operation(roles=SUPERVISORS)
def add_tariff_group(work: Work, code: str, name: str) -> int:
    """Add a tariff group and return its id. Raises WrongInput, Refused when the code is taken."""
    code, name = clean_line(code, 12).upper(), clean_line(name, 80)
    if not code or not name:
        raise WrongInput(N_("A tariff group needs a code and a name."))
    if _group_id(work, code) is not None:
        raise Refused(N_("There is a tariff group %(group)s already."), group=code)
    key = insert_row(work.session, TariffGroup, {"code": code, "name": name})
    work.changed("tariff.group_added", f"tariff {code}", after={"name": name})
    return key


@operation(roles=SUPERVISORS)
def add_tariff_price(
    work: Work,
    code: str,
    service: Service,
    *,
    starts_on: date,
    price: Decimal,
    vat_rate: Decimal,
    approval: str = "",
) -> None:
    """Add a net price in PLN that holds from its day on; `vat_rate` is in percent.

    Raises NotFound for the group, WrongInput for an amount that cannot be, Refused when the
    service has a price of that day, or a later one: what was billed stays as it was.
    """
    code = clean_line(code, 12).upper()
    group_id = _group_id(work, code)
    if group_id is None:
        raise NotFound(N_("There is no tariff group %(group)s."), group=code)
    require_near(work, starts_on)
    _require_price(price)
    _require_vat_rate(vat_rate)
    latest = work.session.scalar(
        sa.select(sa.func.max(col(TariffPrice.starts_on))).where(
            col(TariffPrice.group_id) == group_id, col(TariffPrice.service) == service
        )
    )
    if latest is not None and latest >= starts_on:
        raise Refused(
            N_("%(group)s has a price from %(day)s already; a new one must begin after it."),
            group=code,
            day=latest,
        )
    values = {
        "group_id": group_id,
        "service": service,
        "starts_on": starts_on,
        "price": price,
        "vat_rate": vat_rate,
        "approval": clean_line(approval, 120),
    }
    insert_row(work.session, TariffPrice, values)
    after = {"service": service.value, "from": starts_on, "price": str(price), "vat": str(vat_rate)}
    work.changed("tariff.price_added", f"tariff {code}", after=after)


@operation(roles=SUPERVISORS)
def assign_tariff(
    work: Work,
    code: str,
    *,
    clients: Sequence[str] = (),
    kind: ClientKind | None = None,
    starts_on: date | None = None,
) -> int:
    """Bill the contracts of `clients`, or of a whole kind that has no group yet, by a group.

    A contract that was billed before comes to it on `starts_on`, or on its first day that is not
    billed; what was billed stays. Returns how many contracts were assigned. Raises NotFound for the
    group or a client, Refused for days that are billed.
    """
    code = clean_line(code, 12).upper()
    group_id = group_id_of(work, code)
    wanted = [(number.strip(), _client_id(work, number)) for number in clients]
    owned = sa.select(col(Client.id)).where(col(Client.kind) == kind) if kind else None
    changed = 0
    for number, client_id in wanted:
        before = {"tariff": _groups_of(work, client_id)}
        owned_by = sa.select(col(Contract.id)).where(col(Contract.client_id) == client_id)
        contracts = [key or 0 for key in work.session.scalars(owned_by.order_by(col(Contract.id)))]
        days = {change_group(work, contract, group_id, starts_on=starts_on) for contract in contracts}
        changed += len(contracts)
        after: dict[str, object] = {"tariff": code, "contracts": len(contracts)}
        if since := sorted(day for day in days if day is not None):
            after["from"] = since[0]
        work.changed("tariff.assigned", f"client {number}", client_id=client_id, before=before, after=after)
    if owned is not None:
        without = col(Contract.tariff_group_id).is_(None)
        which = sa.update(Contract).where(without, col(Contract.client_id).in_(owned))
        done = work.session.execute(which.values(tariff_group_id=group_id))
        moved = int(done.rowcount)  # type: ignore[attr-defined]  # a cursor result, having updated
        changed += moved
        after = {"contracts": moved, "kind": kind and kind.value}
        work.changed("tariff.assigned", f"tariff {code}", before={"tariff": []}, after=after)
    return changed


def _groups_of(work: Work, client_id: int) -> list[str]:
    """Return the codes of the groups that a client's contracts have today, for the journal."""
    statement = (
        sa.select(col(TariffGroup.code))
        .join(Contract, group_on(sa.literal(work.today, sa.Date)) == col(TariffGroup.id))
        .where(col(Contract.client_id) == client_id)
        .distinct()
        .order_by(col(TariffGroup.code))
    )
    return list(work.session.scalars(statement))


def _group_id(work: Work, code: str) -> int | None:
    return work.session.scalar(sa.select(col(TariffGroup.id)).where(col(TariffGroup.code) == code))


def _client_id(work: Work, number: str) -> int:
    found = work.session.scalar(sa.select(col(Client.id)).where(col(Client.number) == number.strip()))
    if found is None:
        raise NotFound(N_("There is no client %(number)s."), number=number[:20])
    return int(found)


def _require_price(price: Decimal) -> None:
    if not _is_figure(price, MOST_PRICE):
        raise WrongInput(N_("An amount is 0 to %(most)s with at most 4 decimals."), most=MOST_PRICE)


def _require_vat_rate(rate: Decimal) -> None:
    if not _is_figure(rate, Decimal(100)):
        raise WrongInput(N_("A VAT rate is 0 to 100 per cent with at most 4 decimals."))


def _is_figure(figure: Decimal, most: Decimal) -> bool:
    exponent = figure.as_tuple().exponent
    return figure.is_finite() and 0 <= figure <= most and isinstance(exponent, int) and exponent >= -4


def require_near(work: Work, starts_on: date) -> None:
    """Raise WrongInput for a price or rate that would begin more than five years from now."""
    if starts_on > work.today + FARTHEST:
        raise WrongInput(
            N_("%(day)s is more than five years ahead. Check the year: it cannot be taken back."),
            day=starts_on,
        )
