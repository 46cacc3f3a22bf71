"""Whose messages are, looked up for many of them in a few statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import Session
from sqlmodel import col

from db.errors import WrongInput
from db.models import Client, ContactPoint, Contract, Invoice, Meter, SupplyPoint
from db.queries.import_points import chunks
from db.queries.supply import display_name, in_use_first, name_columns
from db.rules.identifiers import parse_phone
from db.rules.inbox.whose import Clues, Decided, KnownTo, decide, trails_of

_NUMBER_LENGTH = 40
MOST_SHARING = 20
"""Clients beyond which a number or address that they share tells nothing."""


def decide_all(session: Session, clues: Sequence[Clues]) -> list[Decided]:
    """Return whose each message is, in the order of `clues`; erased clients are nobody's."""
    phones = {each.phone: _e164(each.phone) for each in clues if each.phone}
    points, confirmed = _points(session, {each.sender for each in clues} | set(phones.values()))
    points |= {text: points[number] for text, number in phones.items() if number in points}
    known = KnownTo(
        clients=_clients(session, {each.client_number for each in clues}),
        meters=_meters(session, {meter for each in clues for meter in each.meters}),
        invoices=_invoices(session, {each.invoice_number for each in clues}),
        points=points,
        confirmed=confirmed,
    )
    return [decide(trails_of(each, known)) for each in clues]


def client_names(session: Session, numbers: Iterable[str]) -> dict[str, tuple[int, str]]:
    """Return the id and the name of these clients."""
    found: dict[str, tuple[int, str]] = {}
    for some in chunks(sorted({number for number in numbers if number})):
        statement = sa.select(col(Client.number), col(Client.id), *name_columns())
        for number, key, *names in session.execute(statement.where(col(Client.number).in_(some))):
            found[number] = (key, display_name(*names))
    return found


def _e164(phone: str) -> str:
    try:
        return parse_phone(phone)
    except WrongInput:
        return ""


def _asked(values: Iterable[str]) -> list[str]:
    return sorted(value for value in values if value and len(value) <= _NUMBER_LENGTH)


def _clients(session: Session, numbers: Iterable[str]) -> frozenset[str]:
    found: set[str] = set()
    for some in chunks(_asked(numbers)):
        statement = sa.select(col(Client.number)).where(
            col(Client.number).in_(some), col(Client.anonymised_on).is_(None)
        )
        found.update(session.scalars(statement))
    return frozenset(found)


def _meters(session: Session, numbers: Iterable[str]) -> Mapping[str, frozenset[str]]:
    """Return whose the meters are: of a property that changed hands, the one who has it in use."""
    found: dict[str, frozenset[str]] = {}
    for some in chunks(_asked(numbers)):
        statement = (
            sa.select(col(Meter.number), col(Client.number))
            .join(SupplyPoint, col(SupplyPoint.id) == col(Meter.supply_point_id))
            .join(Contract, col(Contract.id) == col(SupplyPoint.contract_id))
            .join(Client, col(Client.id) == col(Contract.client_id))
            .where(col(Meter.number).in_(some), col(Client.anonymised_on).is_(None))
            .order_by(*in_use_first())
        )
        for meter, client in session.execute(statement):
            found.setdefault(meter, frozenset({client}))
    return found


def _invoices(session: Session, numbers: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for some in chunks(_asked(numbers)):
        statement = (
            sa.select(col(Invoice.number), col(Client.number))
            .join(Client, col(Client.id) == col(Invoice.client_id))
            .where(col(Invoice.number).in_(some), col(Client.anonymised_on).is_(None))
        )
        for invoice, client in session.execute(statement):
            found[invoice] = frozenset({client})
    return found


def _points(
    session: Session, values: Iterable[str]
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Return whose these phones and addresses are, and those who have confirmed theirs."""
    all_: dict[str, set[str]] = defaultdict(set)
    confirmed: dict[str, set[str]] = defaultdict(set)
    for some in chunks(sorted(value for value in values if value)):
        statement = (
            sa.select(
                col(ContactPoint.value),
                col(Client.number),
                col(ContactPoint.verified_on).is_not(None) & col(ContactPoint.bounced_on).is_(None),
            )
            .join(Client, col(Client.id) == col(ContactPoint.client_id))
            .where(
                col(ContactPoint.value).in_(some),
                col(ContactPoint.removed_on).is_(None),
                col(Client.anonymised_on).is_(None),
            )
            .order_by(col(ContactPoint.value), col(ContactPoint.id))
            .limit(len(some) * MOST_SHARING)
        )
        for value, client, is_confirmed in session.execute(statement):
            all_[value].add(client)
            if is_confirmed:
                confirmed[value].add(client)
    return (
        {value: frozenset(clients) for value, clients in all_.items()},
        {value: frozenset(clients) for value, clients in confirmed.items()},
    )
