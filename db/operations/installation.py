"""Makes a new installation: schema, particulars, holidays, journal heads, first administrator."""

from __future__ import annotations

import uuid
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db import schema
from db.chain_key import HeadFile, fingerprint
from db.clock import Clock
from db.doors import SYSTEM_ONLY, operation
from db.engine import Database
from db.errors import Refused
from db.faults import told_plainly
from db.models import Holiday, Installation, InterestRate, Utility
from db.office import SYSTEM, House
from db.policy import Policy
from db.records.utility import EXAMPLE_UTILITY, UtilityParticulars
from db.rules.interest_rates import known_rates
from db.rules.working_days import polish_holidays
from db.words import N_
from db.work import Work

HOLIDAY_YEARS = range(2020, 2036)
"""Years whose holidays a new installation knows; statute decides, the table can be amended."""
RATE_SOURCE = "stopa referencyjna NBP + 5,5 p.p."


def create_installation(
    database: Database,
    *,
    key: bytes,
    clock: Clock,
    utility: UtilityParticulars = EXAMPLE_UTILITY,
    demo: bool = False,
    policy: Policy | None = None,
    heads: HeadFile | None = None,
) -> House:
    """Bring an empty database to a working installation and return it opened.

    The first administrator is added afterwards through the house's system office. Raises
    Refused when the database already is an installation, DatabaseUnavailable when it
    cannot be used. One that was interrupted is finished.
    """
    if schema.current_revision(database) is not None and _is_installed(database):
        raise Refused(
            N_("%(url)s already holds a database of bok; nothing was changed."), url=database.shown_url
        )
    schema.upgrade(database)
    house = House(database=database, clock=clock, policy=policy or Policy(), key=key, heads=heads)
    house.office(SYSTEM).do(install, utility, key_fingerprint=fingerprint(key), demo=demo)
    return house


@operation(roles=SYSTEM_ONLY)
def install(work: Work, utility: UtilityParticulars, *, key_fingerprint: str, demo: bool) -> None:
    """Write what a new installation is, whose it is, and the calendar."""
    uid = str(uuid.uuid4())
    work.session.add(Installation(uid=uid, created_at=work.now, demo=demo, key_fingerprint=key_fingerprint))
    work.session.add(Utility(**{name: getattr(utility, name) for name in utility.__slots__}))
    days: dict[date, str] = {}
    for year in HOLIDAY_YEARS:
        days.update(polish_holidays(year))
    work.session.execute(
        sa.insert(Holiday), [{"day": day, "name": name} for day, name in sorted(days.items())]
    )
    rates = known_rates()
    work.session.execute(
        sa.insert(InterestRate),
        [{"starts_on": day, "rate": rate, "source": RATE_SOURCE} for day, rate in sorted(rates.items())],
    )
    work.changed("installation.created", f"installation {uid}", after={"demo": demo})


def _is_installed(database: Database) -> bool:
    with told_plainly(), Session(database.reader) as session:
        return session.scalar(sa.select(col(Installation.id))) is not None
