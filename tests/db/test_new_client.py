"""A new client gets a number that is free, and is found at once."""

from __future__ import annotations

import pytest

from db.engine import Database
from db.errors import BokError, Refused, WrongInput
from db.office import House
from db.operations.new_client import NewClient, add_client
from db.search import search_clients
from tests.db.builders import Builder, desk, rows

PERSON = NewClient(last_name="Żółw-Łęcka", first_name="Ewa", phone="600 123 456", email="Ewa@Example.org")


def test_a_person_and_a_business_are_found_by_name_phone_and_nip(house: House, database: Database) -> None:
    build = Builder(database)
    office = desk(house, build)
    build.client("100041")
    assert office.do(add_client, PERSON) == "100042"
    assert (
        office.do(add_client, NewClient(company_name="KOWAL-BUD sp. z o.o.", nip="526-025-02-74")) == "1000"
    )
    for text, number in (("zolw ewa", "100042"), ("600123456", "100042"), ("5260250274", "1000")):
        assert [hit.number for hit in office.read(search_clients, text).hits] == [number]
    assert rows(database, "contact_point")[-1]["value"] == "ewa@example.org"
    with pytest.raises(Refused, match="client 1000 already"):
        office.do(add_client, NewClient(company_name="Inna", nip="5260250274"))


@pytest.mark.parametrize(("taken", "free"), [(("999999",), "100"), (("9998", "9999", "0001"), "0002")])
def test_numbers_go_on_after_the_last_and_then_into_gaps(
    house: House, database: Database, taken: tuple[str, ...], free: str
) -> None:
    build = Builder(database)
    business = len(taken[0]) == 4
    for number in taken:
        build.client(number, **({"company_name": f"Firma {number}"} if business else {}))
    if not business:
        build.client("000099")
        free = "000100"
    new = NewClient(company_name="Nowa") if business else PERSON
    assert desk(house, build).do(add_client, new) == free


@pytest.mark.parametrize(
    "wrong",
    [
        NewClient(),
        NewClient(last_name="Nowak"),
        NewClient(last_name="Nowak", first_name="Jan", company_name="Firma"),
        NewClient(company_name="Firma", nip="5260250275"),
        NewClient(last_name="Nowak", first_name="Jan", phone="12"),
        NewClient(last_name="Nowak", first_name="Jan", email="x"),
    ],
)
def test_what_cannot_be_adds_nobody(house: House, database: Database, wrong: NewClient) -> None:
    office = desk(house, Builder(database))
    with pytest.raises(BokError) as caught:
        office.do(add_client, wrong)
    assert isinstance(caught.value, WrongInput)
    assert rows(database, "client") == []
