"""The sample town's prices: three groups, and a change on 1 May of every year."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import sqlalchemy as sa

from db.models import TariffGroup, TariffPrice, Utility
from db.records.charges import Service
from db.work import Work

GROUPS = (
    ("G1", "gospodarstwa domowe", ("4.86", "7.12", "5.90")),
    ("G2", "gospodarstwa domowe z ogrodem", ("4.86", "7.12", "7.40")),
    ("G3", "odbiorcy przemysłowi i usługi", ("5.34", "8.46", "14.20")),
)
"""Code, name, and the net prices of water, sewage and a standing month in the first year told."""
RISE = Decimal("1.04")
"""From year to year, rounded to the grosz."""
VAT = Decimal(8)
CHANGE = (5, 1)
FIRST_YEAR = 2015


ACCOUNTS = {
    "bank_account": "86999900090000000000000001",
    "routing_number": "99990009",
    "account_prefix": "0001",
}
"""Of a bank that does not exist."""


def add_accounts(work: Work) -> None:
    """Give the sample town's utility its bank accounts."""
    work.session.execute(sa.update(Utility).values(**ACCOUNTS))


def add_tariffs(work: Work) -> None:
    """Write the groups and their prices up to this year; group ids are 1, 2 and 3."""
    for key, (code, name, prices) in enumerate(GROUPS, 1):
        work.session.execute(sa.insert(TariffGroup).values(id=key, code=code, name=name))
        amounts = [Decimal(price) for price in prices]
        for year in range(FIRST_YEAR, work.today.year + 1):
            work.session.execute(
                sa.insert(TariffPrice),
                [
                    {
                        "group_id": key,
                        "service": service,
                        "starts_on": date(year, *CHANGE),
                        "price": amount,
                        "vat_rate": VAT,
                        "approval": f"PRZYKŁAD.RET.{year}.{key}",
                    }
                    for service, amount in zip(Service, amounts, strict=True)
                ],
            )
            amounts = [(amount * RISE).quantize(Decimal("0.01")) for amount in amounts]
