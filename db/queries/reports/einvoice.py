"""How many have e-invoices and an account in e-BOK, and whose address is in doubt."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from db.doors import OVERSEERS, report
from db.models import Client, ContactPoint, EInvoice, PortalAccount
from db.queries.reports.common import ends, percent
from db.queries.supply import display_name, name_columns
from db.records.reports import Found, Question
from db.work import Work

MEASURES = (
    *("clients", "einvoices", "accounts", "activated", "withdrawn"),
    *("unconfirmed", "bounced", "accounts_pending"),
)
OF_ALL = ("einvoices", "accounts")
"""Measures that are told in percent of all clients, too."""


@report(roles=OVERSEERS)
def measures(work: Work, question: Question) -> Found:
    """Return the measures, each in a row."""
    day, over = question.as_of, ends(question.as_of)
    clients = sa.select(sa.func.count()).select_from(Client)
    accounts = sa.select(sa.func.count()).select_from(PortalAccount)
    invoices = sa.select(sa.func.count()).select_from(EInvoice)
    confirmed = sa.and_(col(PortalAccount.confirmed_at).is_not(None), col(PortalAccount.confirmed_at) < over)
    counted = {
        "clients": clients.where(col(Client.created_at) < over, col(Client.anonymised_on).is_(None)),
        "einvoices": invoices.where(col(EInvoice.active_from) <= day, _stays(day)),
        "accounts": accounts.where(confirmed),
        "activated": invoices.where(col(EInvoice.active_from).between(question.since, question.until)),
        "withdrawn": invoices.where(col(EInvoice.withdrawn_from).between(question.since, question.until)),
        "unconfirmed": invoices.where(_unconfirmed(day)),
        "bounced": _count_bounced(day),
        "accounts_pending": accounts.where(col(PortalAccount.registered_at) < over, ~confirmed),
    }
    found = {key: work.session.scalar(counted[key]) or 0 for key in MEASURES}
    rows = [
        {
            "measure": key,
            "count": found[key],
            "percent": percent(found[key], found["clients"]) if key in OF_ALL else None,
        }
        for key in MEASURES
    ]
    return Found(tuple(rows), {})


@report(roles=OVERSEERS)
def doubtful(work: Work, question: Question) -> Found:
    """Return whose address for e-invoices is not confirmed or sent mail back; by `bounced` the latter."""
    day = question.as_of
    statement = (
        sa.select(
            *(col(Client.number), col(ContactPoint.value), col(ContactPoint.bounced_on), _bounced(day)),
            *name_columns(),
        )
        .select_from(EInvoice)
        .join(ContactPoint, col(ContactPoint.id) == col(EInvoice.point_id))
        .join(Client, col(Client.id) == col(EInvoice.client_id))
        .where(_bounced(day) if question.by == "bounced" else sa.or_(_unconfirmed(day), _bounced(day)))
        .order_by(col(Client.number), col(EInvoice.id))
    )
    rows = [
        {
            "client": number,
            "name": display_name(*names),
            "email": email,
            "reason": "bounced" if came_back else "unconfirmed",
            "day": bounced_on if came_back else None,
        }
        for number, email, bounced_on, came_back, *names in work.session.execute(statement)
    ]
    if question.by == "bounced":
        rows = [{key: value for key, value in row.items() if key != "reason"} for row in rows]
    return Found(tuple(rows), {})


def bounced(work: Work, day: date) -> int:
    """Return how many e-invoices go to an address that sent mail back."""
    return work.session.scalar(_count_bounced(day)) or 0


def _count_bounced(day: date) -> Any:
    invoices = sa.select(sa.func.count()).select_from(EInvoice)
    return invoices.join(ContactPoint, col(ContactPoint.id) == col(EInvoice.point_id)).where(_bounced(day))


def _stays(day: date) -> sa.ColumnElement[bool]:
    return sa.or_(col(EInvoice.withdrawn_from).is_(None), col(EInvoice.withdrawn_from) > day)


def _unconfirmed(day: date) -> sa.ColumnElement[bool]:
    confirmed = col(EInvoice.confirmed_at)
    late = sa.or_(confirmed.is_(None), confirmed >= ends(day))
    return sa.and_(col(EInvoice.requested_at) < ends(day), late, _stays(day))


def _bounced(day: date) -> sa.ColumnElement[bool]:
    known = sa.and_(col(EInvoice.requested_at) < ends(day), _stays(day))
    return sa.and_(known, col(ContactPoint.bounced_on).is_not(None), col(ContactPoint.bounced_on) <= day)
