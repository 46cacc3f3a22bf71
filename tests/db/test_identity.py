"""Completing a PESEL or NIP: what is checked, read back and counted before it is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from db.errors import NotAllowed
from db.office import House, Office
from db.queries.identity import check_identity
from db.records.people import Role
from db.records.requests import RequestField
from tests.db.builders import PESEL, Builder, desk, last_access, rows
from tests.db.ebok_desk import served, verified

P, N = RequestField.PESEL, RequestField.NIP


@pytest.fixture
def office(house: House, builder: Builder) -> Office:
    return desk(house, builder)


def test_the_day_of_birth_is_read_back(office: Office, builder: Builder) -> None:
    built = builder.client("102481", pesel=None)
    found = office.read(check_identity, built.number, P, "440514-01359")
    assert (found.birth_date, found.duplicates, found.error) == (date(1944, 5, 14), 0, None)
    assert not found.doubtful
    assert last_access(office.house.database)["scope"] == "who else has this pesel"


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("44051401358", "check digit"),
        ("00000000000", "a day that does not exist"),
        ("26322200003", "future"),
        ("4405140135", "11 digits"),
    ],
)
def test_what_cannot_be_a_pesel_says_why_and_compares_nothing(
    office: Office, builder: Builder, typed: str, why: str
) -> None:
    builder.client("102481", pesel=None)
    found = office.read(check_identity, "102481", P, typed)
    assert why in (found.error or "")
    assert found.birth_date is None
    assert rows(office.house.database, "access_entry") == []


def test_others_who_have_it_are_counted_never_named(office: Office, builder: Builder) -> None:
    built = builder.client("102481", pesel=None)
    builder.client("102482")
    spouse = builder.client("102483", pesel="92071314764")
    for contract, position in ((built.contract_id, 2), (spouse.contract_id, 2)):
        builder.add(
            "contract_party", contract_id=contract, position=position, last_name="Żółw", first_name="Ewa",
            pesel=PESEL,
        )  # fmt: skip
    found = office.read(check_identity, "102481", P, PESEL)
    assert (found.duplicates, found.second_parties, found.own_second_party) == (1, 1, True)
    assert found.doubtful
    assert office.read(check_identity, "102483", P, PESEL).on_file


def test_a_business_has_a_nip(office: Office, builder: Builder) -> None:
    builder.client("4410", company_name="KOWAL-BUD", nip=None)
    builder.client("4411", company_name="INNA", nip="5260250274")
    found = office.read(check_identity, "4410", N, "PL 526-025-02-74")
    assert (found.duplicates, found.birth_date) == (1, None)
    assert "check digit" in (office.read(check_identity, "4410", N, "5260250275").error or "")
    assert "A person has a PESEL" in (office.read(check_identity, "4410", P, PESEL).error or "")


def test_a_caller_has_to_be_verified_for_changes(house: House, builder: Builder) -> None:
    built = builder.client("102481")
    with pytest.raises(NotAllowed):
        served(desk(house, builder), built.number).read(check_identity, "102481", P, PESEL)
    assert verified(house, builder, built).read(check_identity, "102481", P, PESEL).duplicates == 0
    served(desk(house, builder, Role.SUPERVISOR), built.number).read(check_identity, "102481", P, PESEL)
