"""Water as it was invoiced: by group and town, and the meters whose use changed most."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import AddressRow, Client, Contract, Invoice, InvoiceMeter, Meter, SupplyPoint, TariffGroup
from db.queries.reports.common import counted, summed
from db.queries.tariff_groups import group_on
from db.records.clients import MeterRole
from db.records.money import InvoiceKind
from db.records.reports import Found, Line, Question
from db.work import Work

LITRES = 1000
_SUMS = ("meters", "zero", "estimated", "volume")


@report(roles=OVERSEERS)
def volumes(work: Work, question: Question) -> Found:
    """Return what was settled on main meters in the period, by tariff group or town."""
    by = "town" if question.by == "town" else "group"
    key: Any = col(AddressRow.town) if by == "town" else sa.func.coalesce(col(TariffGroup.code), "")
    use = litres(col(InvoiceMeter.consumption))
    group = group_on(sa.literal(question.as_of, sa.Date))
    statement = (
        settled_meters(
            question,
            period_of(question),
            key.label("key"),
            sa.func.count(),
            counted(use == 0),
            counted(col(InvoiceMeter.estimated)),
            sa.func.sum(use),
        )
        .outerjoin(TariffGroup, col(TariffGroup.id) == group)
        .group_by(sa.literal_column("1"))
    )
    rows = [
        {by: first, "meters": meters, "zero": zero, "estimated": estimated, "volume": int(used) // LITRES}
        for first, meters, zero, estimated, used in work.session.execute(statement)
    ]
    rows.sort(key=lambda row: row[by])
    return Found(tuple(rows), summed(rows, _SUMS))


@report(roles=OVERSEERS)
def changes(work: Work, question: Question) -> Found:
    """Return each meter's use beside the period before and the year before, biggest change first."""
    period = period_of(question)
    rows = _meters(work, question, period)

    @cache
    def settled(months: int) -> dict[str, int]:
        return _volumes(work, question, months_before(period, months))

    year_before = settled(12)
    for row in rows:
        row["before"] = settled(row.pop("months")).get(row["meter"])
        row["year_before"] = year_before.get(row["meter"])
        row["change"] = None if row["before"] is None else row["volume"] - row["before"]
    rows.sort(key=lambda row: (row["change"] is None, -abs(row["change"] or 0), row["meter"]))
    return Found(tuple(rows), summed(rows, ("volume",)))


def period_of(question: Question) -> str:
    """Return the period asked about: the month before the day of the report unless another is named."""
    return question.period or months_before(f"{question.as_of:%Y%m}", 1)


def months_before(period: str, months: int) -> str:
    """Return the period `YYYYMM` so many months before."""
    year, month = divmod(int(period[:4]) * 12 + int(period[4:]) - 1 - months, 12)
    return f"{year}{month + 1:02}"


def litres(column: Any) -> Any:
    """Return the column as the litres that the database keeps, to be summed there."""
    return sa.type_coerce(column, sa.BigInteger)


def _meters(work: Work, question: Question, period: str) -> list[Line]:
    columns = (col(Meter.number), col(Client.number), col(AddressRow.town), col(InvoiceMeter.consumption))
    statement = settled_meters(
        question, period, *columns, col(InvoiceMeter.estimated), col(Contract.period_months)
    )
    statement = statement.order_by(col(Meter.number), col(InvoiceMeter.id))
    found: dict[str, Line] = {}
    # rows as the driver gives them: the session would go over each of them twice more
    for meter, client, town, volume, estimated, months in work.session.connection().execute(statement):
        if (first := found.get(meter)) is None:
            found[meter] = {
                "meter": meter,
                "client": client,
                "town": town,
                "volume": volume,
                "estimated": estimated,
                "months": months,
            }
        else:  # the meter passed to another client within the period
            first["volume"] += volume
            first["estimated"] = first["estimated"] or estimated
    return list(found.values())


def _volumes(work: Work, question: Question, period: str) -> dict[str, int]:
    statement = settled_meters(question, period, col(Meter.number), col(InvoiceMeter.consumption))
    found: dict[str, int] = {}
    for meter, volume in work.session.connection().execute(statement):
        found[meter] = found.get(meter, 0) + volume
    return found


def settled_meters(question: Question, period: str, *columns: Any) -> Any:
    """Return a statement of the main meters that the standing documents of a period settled."""
    return (
        sa.select(*columns)
        .select_from(InvoiceMeter)
        .join(Invoice, col(Invoice.id) == col(InvoiceMeter.invoice_id))
        .join(Contract, col(Contract.id) == col(Invoice.contract_id))
        .join(Client, col(Client.id) == col(Invoice.client_id))
        .join(Meter, col(Meter.id) == col(InvoiceMeter.meter_id))
        .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
        .join(AddressRow, col(AddressRow.id) == col(SupplyPoint.address_id))
        .where(
            *standing(Invoice, question.as_of),
            col(Invoice.period) == period,
            col(InvoiceMeter.role) == MeterRole.MAIN,
        )
    )


def standing(document: type[Invoice], day: date) -> tuple[sa.ColumnElement[bool], ...]:
    """Return the conditions that a document settles a period at the end of `day`: none came after it.

    One that only takes an invoice back settles nothing. Naming both kinds opens the index by period.
    """
    later, root = aliased(Invoice), sa.func.coalesce(col(document.corrects_id), col(document.id))
    superseded = (
        sa.select(sa.literal(1))
        .where(
            col(later.corrects_id) == root,
            col(later.id) > col(document.id),
            col(later.issued_on) <= day,
        )
        .correlate(document)
        .exists()
    )
    return (
        col(document.kind).in_(list(InvoiceKind)),
        col(document.issued_on) <= day,
        ~col(document.voids),
        ~superseded,
    )
