"""The client index stays in step: every change, a rebuild, and a check that finds what is amiss."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from db.engine import Database
from db.office import House
from db.search import check_index, index_client, packed, rebuild_index
from db.search.dialects import Asker, Entry, beginning, word_range
from tests.db.search_town import Town, find, found
from tests.one_database import ON_POSTGRES

TABLES = ("name", "place", "place_word", "address", "word", "client")


@pytest.fixture
def pair(house: House) -> House:
    people = Town(on_server=house.database.dialect == "postgresql")
    people.add("Kowalska, Anna", "ul. Lipowa 4, Łódź", spouse="Kowalski, Piotr", phones=["+48600123456"])
    people.add("Nowak, Jan", "ul. Polna 8, Łódź")
    people.build(house.database)
    return house


def change(house: House, *statements: str, client_id: int = 1) -> None:
    """Change the tables as an operation would, the index in the same transaction."""
    with Session(house.database.writer) as session, session.begin():
        for statement in statements:
            session.execute(sa.text(statement))
        index_client(session, client_id)


def complaint(house: House) -> str | None:
    with Session(house.database.reader) as session:
        wrong = check_index(session)
        return None if wrong is None else str(wrong)


def content(database: Database) -> dict[str, list[tuple[object, ...]]]:
    """Return what the index holds, places by their names."""
    with database.reader.connect() as connection:
        tables = {
            name: sorted(map(tuple, connection.exec_driver_sql(held(database, name)).fetchall()), key=repr)
            for name in TABLES
        }
    places = {row[0]: row[1:] for row in tables.pop("place")}
    tables["name"] = sorted(((*row[:3], places[row[3]]) for row in tables["name"]), key=repr)
    tables["address"] = sorted(((places[row[0]], *row[1:]) for row in tables["address"]), key=repr)
    tables["place_word"] = sorted(((row[0], places[row[1]]) for row in tables["place_word"]), key=repr)
    tables["client"] = [row[:4] for row in tables["client"]]
    tables["word"] = [row[:1] for row in tables["word"]]
    return tables


def held(database: Database, table: str) -> str:
    """Return the select of the entries of a table, a row for each."""
    if database.dialect == "postgresql" and table in ("name", "address"):
        unpacked = ", ".join(f"unnest({column}) AS {column}" for column in ("keys", "clients", "others"))
        return (
            f"SELECT part, keys, clients, coalesce(others, 0) FROM (SELECT part, {unpacked}"
            f" FROM search_{table}) AS entry"
        )
    return f"SELECT * FROM search_{table}"


def test_a_new_surname_replaces_the_old_one(pair: House) -> None:
    change(pair, "UPDATE client SET last_name = 'Żółw', name_key = 'zolw anna' WHERE id = 1")
    assert found(pair, "zolw") == ["Żółw Anna"]
    assert found(pair, "anna zol") == ["Żółw Anna"]
    assert "Żółw Anna" not in found(pair, "kowalska anna")
    assert complaint(pair) is None


def test_a_second_party_that_left_is_forgotten(pair: House) -> None:
    assert found(pair, "piotr kowalski") == ["Kowalska Anna"]
    change(pair, "DELETE FROM contract_party WHERE position = 2")
    assert found(pair, "kowalski piotr") == []


def test_moving_house_moves_the_client(pair: House) -> None:
    change(
        pair,
        "UPDATE address SET street = 'ul. Źródlana', street_key = 'zrodlana', house = '9', number_key = '9'"
        " WHERE id = 1",
    )
    assert found(pair, "zrodlana 9") == ["Kowalska Anna"]
    assert found(pair, "kowalska zrod") == ["Kowalska Anna"]
    assert found(pair, "zrodalna 9") == ["Kowalska Anna"]
    assert found(pair, "lipowa") == []
    assert complaint(pair) is None


def test_a_second_supply_address_finds_the_client_and_is_the_one_shown(pair: House) -> None:
    change(
        pair,
        "INSERT INTO address (id, client_id, street, house, postal_code, town, street_key, number_key,"
        " town_key) VALUES (50, 1, 'ul. Leśna', '3', '43-400', 'Łódź', 'lesna', '3', 'lodz')",
        "INSERT INTO supply_point (id, contract_id, address_id, sewage)"
        " SELECT 50, 1, 50, sewage FROM supply_point WHERE id = 1",
    )
    assert find(pair, "lesna 3").hits[0].address == "ul. Leśna 3, 43-400 Łódź"
    assert find(pair, "kowalska anna").hits[0].address == "ul. Lipowa 4, 43-400 Łódź"


def test_an_exchanged_meter_is_shown_and_both_are_found(pair: House) -> None:
    change(
        pair,
        "UPDATE meter SET removed_on = '2026-05-01', removed_state = 5000 WHERE id = 1",
        "INSERT INTO meter (id, number, supply_point_id, role, digits, verified_until, installed_on,"
        " installed_state, version) VALUES (50, '99887766', 1, 'main', 5, '2030-12-31', '2026-05-01', 0, 1)",
    )
    assert find(pair, "99887766").hits[0].meters == ("99887766",)
    assert find(pair, "70000001").hits[0].meters == ("99887766",)


def test_a_phone_is_found_by_its_end_until_it_is_removed(pair: House) -> None:
    assert found(pair, "3456") == ["Kowalska Anna"]
    change(pair, "UPDATE contact_point SET value = '+48700800900' WHERE id = 1")
    assert found(pair, "3456") == []
    assert found(pair, "800900") == ["Kowalska Anna"]
    change(pair, "UPDATE contact_point SET removed_on = '2026-11-22' WHERE id = 1")
    assert found(pair, "800900") == found(pair, "700800900") == []


def test_a_client_who_is_gone_is_not_found(pair: House) -> None:
    change(
        pair,
        "DELETE FROM meter WHERE supply_point_id = 2",
        "DELETE FROM supply_point WHERE id = 2",
        "DELETE FROM contract_party WHERE contract_id = 2",
        "DELETE FROM contract WHERE id = 2",
        "DELETE FROM client WHERE id = 2",
        client_id=2,
    )
    assert found(pair, "nowak") == found(pair, "polna") == []
    assert complaint(pair) is None


def test_indexing_twice_changes_nothing(pair: House) -> None:
    before = content(pair.database)
    change(pair)
    assert content(pair.database) == before


def test_client_by_client_or_all_at_once_is_the_same(pair: House) -> None:
    at_once = content(pair.database)
    with Session(pair.database.writer) as session, session.begin():
        for name in TABLES:
            session.execute(sa.text(f"DELETE FROM search_{name}"))
        for client_id in (2, 1):
            index_client(session, client_id)
    assert content(pair.database) == at_once


def test_what_is_rolled_back_is_not_indexed(pair: House) -> None:
    before = content(pair.database)
    with Session(pair.database.writer) as session:
        session.execute(sa.text("UPDATE client SET last_name = 'Inna' WHERE id = 1"))
        index_client(session, 1)
        session.rollback()
    assert content(pair.database) == before


def test_a_rebuild_tells_how_far_it_is(pair: House) -> None:
    told: list[tuple[int, int]] = []
    rebuild_index(pair.database, lambda done, total: told.append((done, total)))
    assert told == [(2, 2)]


def test_an_empty_office_has_an_index_too(house: House) -> None:
    rebuild_index(house.database)
    assert complaint(house) is None
    assert found(house, "kowalski") == []


@ON_POSTGRES
def test_a_rebuild_waits_for_nobody_in_the_midst_of_a_change(pair: House) -> None:
    """Whoever has changed a client, but not yet the index, goes on once it is made."""
    with Session(pair.database.writer) as session, session.begin():
        session.execute(sa.text("UPDATE client SET last_name = 'Żółw', name_key = 'zolw anna' WHERE id = 1"))
        rebuild_index(pair.database)
        index_client(session, 1)
    assert found(pair, "zolw") == ["Żółw Anna"]
    assert complaint(pair) is None


Damage = Callable[[Asker], None]
SPOIL: dict[str, tuple[Damage, str]] = {
    "a client": (
        lambda ask: ask.run("DELETE FROM search_client WHERE client_id = 2"),
        "2 clients, 1 of them",
    ),
    "a name": (lambda ask: take(ask, "search_name", (0, "kowalska anna", 1, 1)), "under 1 names"),
    "a name turned": (lambda ask: take(ask, "search_name", (1, "anna kowalska", 1, 1)), "client 1"),
    "an address": (lambda ask: take(ask, "search_address", (2, "8", 2, 0, " nowak jan")), "client 2"),
    "a change": (lambda ask: ask.run("UPDATE client SET last_name = 'Inna' WHERE id = 2"), "client 2"),
}


def take(ask: Asker, table: str, entry: Entry) -> None:
    """Take an entry out of the index behind its back."""
    ask.dialect.store.change(ask, table, [entry], [])


@pytest.mark.parametrize("what", SPOIL)
def test_the_check_finds_what_is_amiss(pair: House, what: str) -> None:
    damage, said = SPOIL[what]
    assert complaint(pair) is None
    with Session(pair.database.writer) as session, session.begin():
        damage(Asker(session))
    assert said in (complaint(pair) or "")
    rebuild_index(pair.database)
    assert complaint(pair) is None


STREET = st.lists(st.tuples(st.booleans(), st.sampled_from("ABCD"), st.integers(1, 9)), max_size=40)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=STREET)
def test_packed_rows_hold_what_single_rows_would(
    pair: House, monkeypatch: pytest.MonkeyPatch, changes: list[tuple[bool, str, int]]
) -> None:
    """Whatever comes and goes, the walk gives all there is, in order, however small the rows are."""
    monkeypatch.setattr(packed, "MOST", 4)
    held: set[Entry] = set()
    with Session(pair.database.writer) as session:
        ask = Asker(session)
        store = ask.dialect.store
        for comes, letter, client_id in changes:
            entry = (7, f"key {letter.lower()}", client_id, client_id % 2, "")
            if comes != (entry in held):
                store.change(ask, "search_name", *(([], [entry]) if comes else ([entry], [])))
                held ^= {entry}
            for within in (beginning("key"), beginning("key b"), word_range("key c"), beginning("z")):
                rows = ask.rows(store.names(), *store.names_values(7, within))
                expected = sorted(entry[1:4] for entry in held if within[0] <= entry[1] < within[1])
                assert [(key, client_id, place or 0) for key, client_id, place in rows] == expected
        session.rollback()
