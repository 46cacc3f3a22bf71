"""Reads from the clients' own tables what the index has to know about them."""

from __future__ import annotations

from db.search.dialects import Asker
from db.search.keys import ClientFacts, PlaceKey, fold_cached, person_name

_CLIENTS = "SELECT id, last_name, first_name, company_name FROM client WHERE id BETWEEN ? AND ? ORDER BY id"
_PARTIES = (
    "SELECT t.client_id, p.last_name, p.first_name, c.last_name, c.first_name, c.company_name"
    " FROM contract t JOIN contract_party p ON p.contract_id = t.id LEFT JOIN client c ON c.id = p.client_id"
    " WHERE t.client_id BETWEEN ? AND ? AND (p.client_id IS NULL OR p.client_id <> t.client_id)"
    " ORDER BY t.id, p.position"
)
_ADDRESSES = (
    "SELECT t.client_id, a.id, a.street_key, a.town_key, a.number_key"
    " FROM contract t JOIN supply_point s ON s.contract_id = t.id JOIN address a ON a.id = s.address_id"
    " WHERE t.client_id BETWEEN ? AND ? ORDER BY t.ends_on IS NOT NULL, t.starts_on DESC, s.id"
)
_METERS = (
    "SELECT t.client_id, m.number"
    " FROM contract t JOIN supply_point s ON s.contract_id = t.id JOIN meter m ON m.supply_point_id = s.id"
    " WHERE t.client_id BETWEEN ? AND ? AND m.removed_on IS NULL ORDER BY m.role DESC, m.id"
)
_PHONES = (
    "SELECT client_id, id, value FROM contact_point"
    " WHERE client_id BETWEEN ? AND ? AND kind = 'phone' AND removed_on IS NULL"
)


def load_facts(ask: Asker, first: int, last: int) -> list[ClientFacts]:
    """Return the facts about the clients whose ids lie between `first` and `last`, both included."""
    facts = {
        client_id: ClientFacts(client_id, [_name(last_name, first_name, company)])
        for client_id, last_name, first_name, company in ask.rows(_CLIENTS, first, last)
    }
    for client_id, last_name, first_name, *as_client in ask.rows(_PARTIES, first, last):
        names = facts[client_id].names
        name = _name(*as_client) or person_name(last_name, first_name)
        if name not in names:
            names.append(name)
    for client_id, address_id, street, town, number in ask.rows(_ADDRESSES, first, last):
        facts[client_id].addresses.append((address_id, PlaceKey(street, town), number))
    for client_id, number in ask.rows(_METERS, first, last):
        facts[client_id].meters.append(number)
    for client_id, point_id, value in ask.rows(_PHONES, first, last):
        facts[client_id].phones.append((point_id, value))
    return list(facts.values())


def _name(last_name: str | None, first_name: str | None, company: str | None) -> str:
    return fold_cached(company) if company else person_name(last_name, first_name)
