"""Tariff groups and their dated prices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.doors import STAFF, query
from db.models import InterestRate, TariffGroup, TariffPrice
from db.queries.rows import into
from db.queries.tariff_groups import group_on
from db.records.charges import Prices, Service, VatRates
from db.records.tariffs import InterestRateView, TariffView
from db.records.tariffs import TariffGroup as GroupRecord
from db.records.tariffs import TariffPrice as PriceRecord
from db.rules.charges_tariff import Tariff
from db.work import Work


@query(roles=STAFF)
def tariffs(work: Work) -> tuple[TariffView, ...]:
    """Return every tariff group with its prices, oldest first, and how many contracts have it."""
    prices: dict[int, list[PriceRecord]] = defaultdict(list)
    for key, price in _prices(work.session):
        prices[key].append(price)
    group = group_on(sa.literal(work.today, sa.Date)).label("group")
    counted = sa.select(group, sa.func.count()).group_by(group)
    counts = {key: int(count) for key, count in work.session.execute(counted)}
    groups = sa.select(col(TariffGroup.id), col(TariffGroup.code), col(TariffGroup.name)).order_by(
        col(TariffGroup.code)
    )
    found = [into(GroupRecord, row) for row in work.session.execute(groups)]
    return tuple(TariffView(group, tuple(prices[group.id]), counts.get(group.id, 0)) for group in found)


@query(roles=STAFF)
def interest_rates(work: Work) -> tuple[InterestRateView, ...]:
    """Return the rates, percent a year, oldest first."""
    statement = sa.select(col(InterestRate.starts_on), col(InterestRate.rate), col(InterestRate.source))
    rows = work.session.execute(statement.order_by(col(InterestRate.starts_on)))
    return tuple(into(InterestRateView, row) for row in rows)


def load_tariffs(session: Session, *, on: date) -> Mapping[int, Tariff]:
    """Return every group's tariff by its id, with the VAT rates of the day `on` (the day of issue).

    Water is taxed when its invoice is issued (Art. 19a(5)(4) VAT act), so the rate is that of that day.
    A group without a price of water or of the standing charge has none.
    """
    rows: dict[int, dict[Service, list[PriceRecord]]] = defaultdict(lambda: defaultdict(list))
    for key, price in _prices(session):
        rows[key][price.service].append(price)
    return {
        key: _tariff(own, on)
        for key, own in rows.items()
        if _priced(own, Service.WATER, on) and _priced(own, Service.STANDING, on)
    }


def _prices(session: Session) -> list[tuple[int, PriceRecord]]:
    statement = sa.select(
        col(TariffPrice.group_id),
        col(TariffPrice.service),
        col(TariffPrice.starts_on),
        col(TariffPrice.price),
        col(TariffPrice.vat_rate),
        col(TariffPrice.approval),
    ).order_by(col(TariffPrice.group_id), col(TariffPrice.starts_on), col(TariffPrice.service))
    return [(row[0], into(PriceRecord, row[1:])) for row in session.execute(statement)]


def _priced(own: Mapping[Service, list[PriceRecord]], service: Service, on: date) -> bool:
    return any(price.starts_on <= on for price in own.get(service, ()))


def _tariff(own: Mapping[Service, list[PriceRecord]], on: date) -> Tariff:
    days = sorted({price.starts_on for prices in own.values() for price in prices})
    both = [day for day in days if _at(own, Service.WATER, day) and _at(own, Service.STANDING, day)]
    prices = [
        Prices(
            valid_from=day,
            water=_amount(own, Service.WATER, day),
            standing=_amount(own, Service.STANDING, day),
            sewage=found.price if (found := _at(own, Service.SEWAGE, day)) else None,
        )
        for day in both
    ]
    vat = VatRates(
        water=_rate(own, Service.WATER, on),
        standing=_rate(own, Service.STANDING, on),
        sewage=found.vat_rate if (found := _at(own, Service.SEWAGE, on)) else None,
    )
    return Tariff(prices, vat)


def _at(own: Mapping[Service, list[PriceRecord]], service: Service, day: date) -> PriceRecord | None:
    """Return the price in force on a day; None before the first."""
    return max(
        (price for price in own.get(service, ()) if price.starts_on <= day),
        key=lambda price: price.starts_on,
        default=None,
    )


def _amount(own: Mapping[Service, list[PriceRecord]], service: Service, day: date) -> Decimal:
    found = _at(own, service, day)
    return Decimal(0) if found is None else found.price


def _rate(own: Mapping[Service, list[PriceRecord]], service: Service, day: date) -> Decimal:
    found = _at(own, service, day)
    return Decimal(0) if found is None else found.vat_rate
