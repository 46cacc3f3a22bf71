"""The sample town's waterworks: what was put into each town's network in the months that are billed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from random import Random

import sqlalchemy as sa
from sqlmodel import col

from db.clock import office_day
from db.doors import SYSTEM_ONLY, operation
from db.models import AddressRow, Invoice, InvoiceMeter, Meter, SupplyPoint, WaterInput
from db.models.types import LITRES
from db.office import SYSTEM, House
from db.records.clients import MeterRole
from db.rules.months import month_after
from db.sample.bills import last_months
from db.work import Work

LEAST, MOST = 90, 200
"""Thousandths of what was invoiced that go in beside it: losses of 8 to 17 per cent of what is put in."""
NOTED_ON = 6
"""Day of the month on which the figures of the month before are entered."""
AT = time(9, 15, tzinfo=UTC)
NOTE = "licznik SUW"


def pump_town(house: House, *, months: int, seed: int) -> int:
    """Enter what was put in during the last `months` whole months; return the number of figures.

    Meters are read and billed at other times than the pumps are: a town's water is spread over its
    months evenly, with losses that differ from month to month.
    """
    billed = tuple(last_months(office_day(house.clock()), months))
    return house.office(SYSTEM).do(file_water, billed, seed) if billed else 0


@operation(roles=SYSTEM_ONLY)
def file_water(work: Work, months: Sequence[date], seed: int) -> int:
    """Enter the figures of these months, each as if early in the next; return how many there are."""
    used = _invoiced(work, months)
    rows = [
        {
            "town": town,
            "month": f"{month:%Y%m}",
            "volume": _put_in(litres, len(months), Random(f"{seed} {town} {month}")),  # noqa: S311 - a made-up town is no secret
            "note": NOTE,
            "staff_id": None,
            "entered_at": min(datetime.combine(month_after(month).replace(day=NOTED_ON), AT), work.now),
        }
        for month in months
        for town, litres in used
    ]
    if rows:
        work.session.execute(sa.insert(WaterInput), rows)
    work.changed("sample.water", "sample town", after={"figures": len(rows)})
    return len(rows)


def _put_in(litres: int, months: int, chance: Random) -> int:
    """Return a month's m³ for all that was invoiced of the months."""
    return max(litres, 0) * (1000 + chance.randint(LEAST, MOST)) // (months * 1000 * LITRES)


def _invoiced(work: Work, months: Sequence[date]) -> list[tuple[str, int]]:
    """Return the litres that the invoices of the months settled, by town."""
    litres = sa.func.sum(sa.type_coerce(col(InvoiceMeter.consumption), sa.BigInteger))
    statement = (
        sa.select(col(AddressRow.town), litres)
        .select_from(Invoice)
        .join(InvoiceMeter, col(InvoiceMeter.invoice_id) == col(Invoice.id))
        .join(Meter, col(Meter.id) == col(InvoiceMeter.meter_id))
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(AddressRow, col(AddressRow.id) == col(SupplyPoint.address_id))
        .where(
            col(Invoice.period).in_([f"{month:%Y%m}" for month in months]),
            col(InvoiceMeter.role) == MeterRole.MAIN,
        )
        .group_by(col(AddressRow.town))
    )
    return sorted((town, int(used)) for town, used in work.session.execute(statement))
