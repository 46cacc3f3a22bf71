"""The company's own particulars: set by an administrator, and no letter under a made-up letterhead."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

import pytest

from db.engine import Database
from db.errors import Refused, WrongInput
from db.office import House
from db.operations.documents import issue_reading_confirmation
from db.operations.readings import record_reading
from db.operations.utility import set_utility
from db.queries.utility import utility
from db.records.people import Role
from db.records.utility import EXAMPLE_UTILITY, UtilityParticulars, fictitious
from tests.conftest import OWN_PARTICULARS
from tests.db.builders import Builder, entry, rows

OWN = UtilityParticulars(**OWN_PARTICULARS)


def _put(database: Database, particulars: UtilityParticulars, *, demo: bool = False) -> None:
    """Write particulars past all checks, as a new installation or an old one has them."""
    import sqlalchemy as sa

    from db.models import Installation, Utility

    with database.writer.connect() as connection, connection.begin():
        connection.execute(sa.update(Utility).values(dataclasses.asdict(particulars)))
        connection.execute(sa.update(Installation).values(demo=demo))


def test_an_administrator_sets_them_and_the_journal_tells_what_changed(
    house: House, builder: Builder, database: Database
) -> None:
    admin = house.office(builder.staff(Role.ADMIN))
    typed = dataclasses.replace(
        OWN,
        name="  Wodociągi   Nowe sp. z o.o. ",
        nip="PL 526-025-02-74",
        postal_code="99801",
        krs="",
        phone="33 555 01 12",
        email="Biuro@EXAMPLE.org",
    )
    after = admin.do(set_utility, typed)
    assert after == dataclasses.replace(
        OWN,
        name="Wodociągi Nowe sp. z o.o.",
        nip="5260250274",
        krs=None,
        phone="+48335550112",
        email="Biuro@example.org",
    )
    assert admin.read(utility) == after
    entry_ = rows(database, "audit_entry")[-1]
    assert entry_["action"] == "utility.changed"
    assert json.loads(entry_["before"])["nip"] == OWN.nip
    assert set(json.loads(entry_["after"])) == {"name", "nip", "krs", "phone", "email"}
    admin.do(set_utility, after)
    assert rows(database, "audit_entry")[-1] == entry_


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "empty: name"),
        ({"street": "\u200b"}, "empty: street"),
        ({"short_name": "x" * 61}, "Too long"),
        ({"nip": "1234563219"}, "NIP"),
        ({"regon": "123456786"}, "REGON"),
        ({"krs": "12"}, "KRS"),
        ({"phone": "12"}, "phone"),
        ({"email": "biuro"}, "e-mail"),
        ({"postal_code": "9980"}, "postal code"),
    ],
)
def test_what_cannot_be_is_refused_and_changes_nothing(
    house: House, builder: Builder, wrong: dict[str, Any], says: str
) -> None:
    admin = house.office(builder.staff(Role.ADMIN))
    with pytest.raises(WrongInput, match=says):
        admin.do(set_utility, dataclasses.replace(OWN, **wrong))
    assert admin.read(utility) == OWN


def test_no_letter_leaves_under_the_examples_letterhead(
    house: House, builder: Builder, database: Database
) -> None:
    built = builder.household("123456")
    office = house.office(builder.staff(Role.SUPERVISOR))
    saved = office.do(record_reading, entry(built.meter, 498, reason="rechecked"))
    half = dataclasses.replace(EXAMPLE_UTILITY, name="Wodociągi Nowe sp. z o.o.")
    for particulars in (EXAMPLE_UTILITY, half):
        _put(database, particulars)
        with pytest.raises(Refused, match=r"nip.*bok db utility") as refused:
            office.do(issue_reading_confirmation, saved.id)
        assert ("name" in fictitious(particulars)) is ("(name" in str(refused.value))
    assert rows(database, "issued_document") == []
    assert rows(database, "counter") == []
    _put(database, EXAMPLE_UTILITY, demo=True)
    assert office.do(issue_reading_confirmation, saved.id).number == "P/2026/0000001"


def test_a_letter_that_was_issued_keeps_its_letterhead(house: House, builder: Builder) -> None:
    built = builder.household("123456")
    office = house.office(builder.staff(Role.SUPERVISOR))
    saved = office.do(record_reading, entry(built.meter, 498, reason="rechecked"))
    first = office.do(issue_reading_confirmation, saved.id)
    house.office(builder.staff(Role.ADMIN)).do(set_utility, dataclasses.replace(OWN, town="Nowe Próbno"))
    again = office.do(issue_reading_confirmation, saved.id)
    assert (again.number, again.snapshot) == (first.number, first.snapshot)
    assert json.loads(again.snapshot)["letterhead"]["town"] == OWN.town
