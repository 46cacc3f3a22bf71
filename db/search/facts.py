"""Reads from the clients' own tables what the index has to know about them."""

from __future__ import annotations

from operator import itemgetter

from db.rules.text import fold
from db.search.dialects import Asker, Row
from db.search.keys import ClientFacts, PlaceKey, person_name

_CLIENTS = "SELECT id, last_name, first_name, company_name FROM client WHERE id BETWEEN ? AND ? ORDER BY id"
_PARTIES = (
    "SELECT t.client_id, p.last_name, p.first_name, c.last_name, c.first_name, c.company_name"
    " FROM contract t JOIN contract_party p ON p.contract_id = t.id LEFT JOIN client c ON c.id = p.client_id"
    " WHERE t.client_id BETWEEN ? AND ? AND (p.client_id IS NULL OR p.client_id <> t.client_id)"
    " ORDER BY t.id, p.position"
)
# one walk for both; put in order below, because most clients have one of each
_SUPPLY = (
    "SELECT t.client_id, a.id, a.street_key, a.town_key, a.number_key, m.number,"
    " t.ends_on IS NULL, t.starts_on, s.id, m.role, m.id"
    " FROM contract t JOIN supply_point s ON s.contract_id = t.id JOIN address a ON a.id = s.address_id"
    " LEFT JOIN meter m ON m.supply_point_id = s.id AND m.removed_on IS NULL"
    " WHERE t.client_id BETWEEN ? AND ?"
)


def load_facts(ask: Asker, first: int, last: int) -> list[ClientFacts]:
    """Return the facts about the clients whose ids lie between `first` and `last`, both included."""
    facts = {
        client_id: ClientFacts(client_id, [_name(last_name, first_name, company)])
        for client_id, last_name, first_name, company in ask.rows(_CLIENTS, first, last)
    }
    for client_id, last_name, first_name, *as_client in ask.rows(_PARTIES, first, last):
        names = facts[client_id].names
        name = _name(*as_client) if any(as_client) else person_name(last_name, first_name)
        if name not in names:
            names.append(name)
    supply: dict[int, list[Row]] = {}
    for row in ask.rows(_SUPPLY, first, last):
        supply.setdefault(row[0], []).append(row)
    for client_id, rows in supply.items():
        _add_supply(facts[client_id], rows)
    return list(facts.values())


def _add_supply(facts: ClientFacts, rows: list[Row]) -> None:
    """Add addresses, that of the present contract first, and installed meters, main ones first."""
    if len(rows) == 1:  # nearly every client
        ((_, address_id, street, town, number, meter, *_),) = rows
        facts.addresses = [(address_id, PlaceKey(street, town), number)]
        facts.meters = [] if meter is None else [meter]
        return
    rows.sort(key=itemgetter(8))
    rows.sort(key=itemgetter(6, 7), reverse=True)
    for _, address_id, street, town, number, *_ in rows:
        address = (address_id, PlaceKey(street, town), number)
        if address not in facts.addresses:
            facts.addresses.append(address)
    meters = [row for row in rows if row[5] is not None]
    meters.sort(key=lambda row: (row[9] != "main", row[10]))
    facts.meters = [row[5] for row in meters]


def _name(last_name: str | None, first_name: str | None, company: str | None) -> str:
    return fold(company) if company else person_name(last_name, first_name)
