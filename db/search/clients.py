"""Finding clients: the query behind the command line, and the note that a list was seen."""

from __future__ import annotations

from collections.abc import Sequence

from db.doors import DESK, query
from db.records.clients import Address, ClientHit, ClientKind, SearchAnswer
from db.search.dialects import Asker, Row
from db.search.plan import parse
from db.search.router import Find, Router
from db.work import Work

MOST_HITS = 200
MOST_NOTED = 20
"""Clients named in one access entry."""

_KINDS = {str(kind): kind for kind in ClientKind}
_LINES = (
    "SELECT c.id, c.name_key, c.number, c.kind, c.last_name, c.first_name, c.company_name, s.meters,"
    " a.street, a.house, a.flat, a.postal_code, a.town"
    " FROM client c LEFT JOIN search_client s ON s.client_id = c.id"
    " LEFT JOIN address a ON a.id = s.address_id WHERE c.id {in_ids}"
)
_ADDRESSES = "SELECT id, street, house, flat, postal_code, town FROM address WHERE id {in_ids}"


@query(roles=DESK)
def search_clients(work: Work, text: str, *, limit: int = 50) -> SearchAnswer:
    """Return at most `limit` clients (200 at most) whom `text` may mean, best first.

    For searching as one types: over names in any order, client number, PESEL, NIP, address,
    meter, phone and e-mail, without case or diacritics, forgiving one typing error in words
    of five letters or more. Leaves no access entry: `note_search` does, for a list that stays.
    """
    limit = max(1, min(limit, MOST_HITS))
    plan = parse(text)
    if plan.empty:
        return SearchAnswer(text, ())
    ask = Asker(work.session)
    found = Router(ask, plan, limit + 1).run()
    shown = dict(list(found.items())[:limit])
    return SearchAnswer(text, _hits(ask, shown), more=len(found) > limit)


@query(roles=DESK, discloses=True)
def note_search(work: Work, clients: Sequence[int], *, more: bool = False) -> None:
    """Leave the access entry of a list of clients that somebody saw: how many, and who comes first.

    `clients` are the ids of the hits. What was typed is not kept: it may be somebody's PESEL.
    """
    named = " ".join(str(client_id) for client_id in clients[:MOST_NOTED])
    count = f"{len(clients)}+" if more else str(len(clients))
    work.looked("SEARCH", f"{count} hits: {named}"[:160].rsplit(" ", 1)[0] if named else f"{count} hits")


def _hits(ask: Asker, found: dict[int, Find]) -> tuple[ClientHit, ...]:
    if not found:
        return ()
    rows = {row[0]: row for row in ask.rows(_LINES, ask.dialect.many(list(found)))}
    elsewhere = [find.address_id for find in found.values() if find.address_id is not None]
    others: dict[int, Row] = {}
    if elsewhere:
        others = {row[0]: row[1:] for row in ask.rows(_ADDRESSES, ask.dialect.many(elsewhere))}
    shown = [
        (find.rank, rows[client_id][1], client_id) for client_id, find in found.items() if client_id in rows
    ]
    # the index knows no Ł from L: only among those shown is the order that of the alphabet
    return tuple(
        _hit(rows[client_id], found[client_id], others.get(found[client_id].address_id or 0))
        for _, _, client_id in sorted(shown)
    )


def _hit(row: Row, find: Find, matched_address: Row | None) -> ClientHit:
    client_id, _, number, kind, last, first, company, meters = row[:8]
    address = matched_address or row[8:]
    return ClientHit(
        client_id,
        number,
        _KINDS[kind],
        company or f"{last} {first}",
        Address(*address).line if address[1] else "",
        tuple(meters.split("\n")) if meters else (),
        find.match,
    )
