"""Keeps the client index in step with the clients, in the transaction that changes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from db.errors import Refused
from db.search.dialects import Asker, Entry, Store
from db.search.facts import load_facts
from db.search.keys import (
    MOST_METERS,
    ClientFacts,
    PlaceKey,
    name_keys,
    place_words,
    vocabulary,
)
from db.words import N_
from db.work import Work

_COUNTS_DIFFER = N_(
    "The search index does not fit: %(clients)s clients, %(indexed)s of them indexed, under %(named)s"
    " names. Type: bok db reindex"
)
_CLIENT_DIFFERS = N_(
    "The search index does not fit: client %(id)s is not indexed as filed. Type: bok db reindex"
)
SAMPLE = 200
"""Clients compared with the index by `check_index`."""

_REMEMBERED = "SELECT address_id, meters, names, places FROM search_client WHERE client_id = ?"


def index_client(work: Work | Session, client_id: int) -> None:
    """Bring the index up to date for one client, whatever of theirs was changed.

    Call it last in every operation that adds, changes or removes a client's name, contract,
    party, supply address or meter. Client number, PESEL, NIP, phone, e-mail and meter number
    are found through the tables themselves. Calling it twice changes nothing.
    """
    session = work.session if isinstance(work, Work) else work
    session.flush()
    ask = Asker(session)
    ask.dialect.store.hold(ask)
    names, addresses = _indexed(ask, client_id)
    facts = load_facts(ask, client_id, client_id)
    if not facts:
        _write(ask, (names, set()), (addresses, set()))
        ask.run("DELETE FROM search_client WHERE client_id = ?", client_id)
        return
    new = facts[0]
    places = [_place_id(ask, place) for _, place, _ in new.addresses]
    new_names, new_addresses = entries_of(new, places)
    _write(ask, (names, set(new_names)), (addresses, set(new_addresses)))
    _learn(ask, vocabulary(" ".join(new.names).split()))
    ask.run("DELETE FROM search_client WHERE client_id = ?", client_id)
    ask.run(
        "INSERT INTO search_client VALUES (?, ?, ?, ?, ?)", *remembered_row(ask.dialect.store, new, places)
    )


def entries_of(facts: ClientFacts, places: Sequence[int]) -> tuple[list[Entry], list[Entry]]:
    """Return the entries of a client in search_name and search_address.

    `places` are the ids of the places of its addresses, in their order.
    """
    client_id = facts.client_id
    home = places[0] if places else 0
    names: list[Entry] = [(kind, key, client_id, home) for kind, key in name_keys(facts.names)]
    text = _names_text(facts)
    # 0 is the present address, which search_client knows
    if len(places) == 1:  # nearly every client
        return names, [(home, facts.addresses[0][2], client_id, 0, text)]
    addresses = {
        (place, number, client_id, address_id if at else 0, text): None
        for at, (place, (address_id, _, number)) in enumerate(zip(places, facts.addresses, strict=True))
    }
    return names, list(addresses)


def remembered_row(
    store: Store, facts: ClientFacts, places: Sequence[int]
) -> tuple[int, int | None, str, str, str]:
    """Return the row of search_client: what a line of results shows, and where the client is indexed.

    The latter is how the entries of a changed client are found again to be removed.
    """
    first = facts.addresses[0][0] if facts.addresses else None
    names = "" if store.NAMES_AT_ADDRESS and places else _names_text(facts)
    lived = str(places[0]) if len(places) == 1 else " ".join(map(str, dict.fromkeys(places)))
    return facts.client_id, first, "\n".join(facts.meters[:MOST_METERS]), names, lived


def _names_text(facts: ClientFacts) -> str:
    # each name begins with a blank, so that the beginning of any word can be looked for
    return " " + "\n ".join(facts.names)


def check_index(session: Session) -> Refused | None:
    """Return what to say of a wrong index, or None; compares the counts and a sample of clients."""
    ask = Asker(session)
    clients = ask.rows("SELECT count(*), min(id), max(id) FROM client")[0]
    indexed = ask.rows("SELECT count(*) FROM search_client")[0][0]
    named = ask.rows(ask.dialect.store.OWN_NAMES)[0][0]
    if clients[0] != indexed or clients[0] != named:
        return Refused(_COUNTS_DIFFER, clients=clients[0], indexed=indexed, named=named)
    if not clients[0]:
        return None
    step = max(1, (clients[2] - clients[1]) // SAMPLE)
    for client_id in range(clients[2], clients[1] - 1, -step):
        if not _is_current(ask, client_id):
            return Refused(_CLIENT_DIFFERS, id=str(client_id))
    return None


def _is_current(ask: Asker, client_id: int) -> bool:
    facts = load_facts(ask, client_id, client_id)
    names, addresses = _indexed(ask, client_id)
    if not facts:
        return not names and not addresses
    places = [_known_place(ask, place) or 0 for _, place, _ in facts[0].addresses]
    new_names, new_addresses = entries_of(facts[0], places)
    return (
        names == set(new_names)
        and addresses == set(new_addresses)
        and ask.rows(_REMEMBERED, client_id) == [remembered_row(ask.dialect.store, facts[0], places)[1:]]
        and all(_is_held(ask, name) for name in names)
    )


def _is_held(ask: Asker, name: Entry) -> bool:
    """Tell whether an entry stands in search_name."""
    kind, key, client_id, place = name
    store = ask.dialect.store
    alone = (key, f"{key} ")  # no key that goes on sorts before a blank
    found = f"SELECT 1 FROM ({store.names()}) AS same WHERE client_id = ? AND coalesce(place_id, 0) = ?"
    return bool(ask.rows(found, *store.names_values(kind, alone), client_id, place))


def _indexed(ask: Asker, client_id: int) -> tuple[set[Entry], set[Entry]]:
    """Return the entries under which a client is indexed now."""
    rows = ask.rows(_REMEMBERED, client_id)
    if not rows:
        return set(), set()
    _, _, text, lived = rows[0]
    places = [int(place) for place in lived.split()]
    addresses: set[Entry] = set()
    for place in places:
        for number, address, names in ask.rows(ask.dialect.store.AT_PLACE, place, client_id):
            text = text or names
            addresses.add((place, number, client_id, address, names or text))
    home = places[0] if places else 0
    keys = name_keys([name.strip() for name in text.split("\n") if name])
    return {(kind, key, client_id, home) for kind, key in keys}, addresses


def _write(
    ask: Asker, names: tuple[set[Entry], set[Entry]], addresses: tuple[set[Entry], set[Entry]]
) -> None:
    """Remove the entries that are only in the first set of each pair, add those only in the second."""
    for table, (old, new) in (("search_name", names), ("search_address", addresses)):
        ask.dialect.store.change(ask, table, list(old - new), list(new - old))


def _known_place(ask: Asker, place: PlaceKey) -> int | None:
    rows = ask.rows("SELECT id FROM search_place WHERE street = ? AND town = ?", place.street, place.town)
    return int(rows[0][0]) if rows else None


def _place_id(ask: Asker, place: PlaceKey) -> int:
    """Return the id of a place, entering it when it is new."""
    known = _known_place(ask, place)
    if known is not None:
        return known
    ask.run(
        "INSERT INTO search_place (id, street, town) SELECT coalesce(max(id), 0) + 1, ?, ? FROM search_place",
        place.street,
        place.town,
    )
    entered = _known_place(ask, place)
    assert entered is not None  # noqa: S101 - it was written in this transaction
    words = sorted(place_words(place))
    ask.run_many(
        "INSERT INTO search_place_word (word, place_id) VALUES (?, ?)", [(w, entered) for w in words]
    )
    _learn(ask, vocabulary(words))
    return entered


def _learn(ask: Asker, words: Iterable[str]) -> None:
    """Add words to those that typing errors are mended with, in one order for every writer."""
    ask.run_many(
        "INSERT INTO search_word (word, seen) VALUES (?, 1) ON CONFLICT DO NOTHING",
        [(word,) for word in sorted(set(words))],
    )
