"""The company's own particulars."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import ANYONE, query
from db.models import Utility
from db.queries.rows import into
from db.records.utility import UtilityParticulars
from db.work import Work


@query(roles=ANYONE)
def utility(work: Work) -> UtilityParticulars:
    """Return the particulars of the utility as they stand today."""
    statement = sa.select(*(col(getattr(Utility, name)) for name in UtilityParticulars.__slots__))
    return into(UtilityParticulars, work.session.execute(statement).one())
