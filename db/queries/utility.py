"""The company's own particulars."""

from __future__ import annotations

import sqlalchemy as sa
from sqlmodel import col

from db.doors import ANYONE, query
from db.errors import Refused
from db.models import Installation, Utility
from db.policy import EXAMPLE_PORTAL_LINK
from db.queries.rows import into
from db.records.utility import UtilityParticulars, fictitious
from db.rules.bank_account import virtual_account
from db.words import N_
from db.work import Work


@query(roles=ANYONE)
def utility(work: Work) -> UtilityParticulars:
    """Return the particulars of the utility as they stand today."""
    statement = sa.select(*(col(getattr(Utility, name)) for name in UtilityParticulars.__slots__))
    return into(UtilityParticulars, work.session.execute(statement).one())


def utility_on_letters(work: Work) -> UtilityParticulars:
    """Return the particulars for a letter that leaves the office.

    Raises Refused while some are still those of the fictitious example, unless the whole
    database is made up.
    """
    own = utility(work)
    if (made_up := fictitious(own)) and not _made_up_town(work):
        raise Refused(
            N_(
                "The letterhead is still the example's (%(fields)s): no letter leaves the office with it."
                " An administrator sets the real one: bok db utility --help"
            ),
            fields=", ".join(made_up),
        )
    return own


def portal_page(work: Work) -> str:
    """Return what stands before the code in a link that confirms an e-mail address.

    Raises Refused while it is the example's, unless the whole database is made up: the client would
    be sent to a page that is not ours.
    """
    if work.policy.portal_link == EXAMPLE_PORTAL_LINK and not _made_up_town(work):
        raise Refused(
            N_(
                "The portal's page for such links is not set, so none can be sent. An administrator sets"
                " portal_link (or BOK_PORTAL_LINK) to the page that confirms them."
            )
        )
    return work.policy.portal_link


def _made_up_town(work: Work) -> bool:
    return bool(work.session.scalar(sa.select(col(Installation.demo))))


def client_account(work: Work, client_number: str) -> str:
    """Return the account that a client pays to: their own (mass payments), else the collective one.

    Empty while the utility has none.
    """
    return account_for(utility(work), client_number)


def account_for(own: UtilityParticulars, client_number: str) -> str:
    """Return the account that a client pays to, as `client_account` does."""
    if own.routing_number and own.account_prefix:
        return virtual_account(own.routing_number, own.account_prefix, client_number)
    return own.bank_account or ""
