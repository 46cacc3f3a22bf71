"""A property changes hands: two contracts, one meter, and no cubic metre lost or charged twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

import pytest

from db import doors
from db.billing_run import run_billing
from db.check import check_database
from db.doors import SUPERVISOR_ONLY, operation
from db.engine import Database
from db.errors import BokError, NotFound, Refused, WrongInput
from db.office import House, Office
from db.operations.documents import issue_reading_confirmation
from db.operations.handover import hand_over
from db.operations.reading_decisions import decide_reading, void_reading
from db.operations.readings import record_reading
from db.queries.clients import client_card
from db.queries.supply import find_meter
from db.records.people import Channel, Role
from db.records.requests import RequestField
from db.refusals import ReadingRefused
from db.work import Work
from tests.conftest import TestClock
from tests.db.builders import Builder, BuiltClient, entry, rows

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
DAY = date(2026, 11, 10)
Hand = Callable[..., str]


@pytest.fixture
def build(database: Database) -> Builder:
    return Builder(database)


@pytest.fixture
def office(house: House, build: Builder) -> Office:
    build.staff(Role.ADMIN)
    return house.office(build.staff(Role.SUPERVISOR))


@pytest.fixture
def seller(build: Builder) -> BuiltClient:
    client = build.client("100001", tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 9, 30): 100, date(2026, 10, 31): 110})
    return client


@pytest.fixture
def buyer(build: Builder) -> BuiltClient:
    return build.client("100002", last_name="Nowak", first_name="Jan", ends_on=date(2026, 1, 1))


@pytest.fixture
def hand(office: Office, seller: BuiltClient) -> Iterator[Hand]:
    @operation(roles=SUPERVISOR_ONLY)
    def over(work: Work, state: str, day: date, new: str, meter: str) -> str:
        values = {RequestField.NEW_CLIENT: new, RequestField.STATE: state, RequestField.METER: meter}
        return hand_over(
            work, request_id=7, client_id=seller.id, values=values, day=day, channel=Channel.PHONE
        )

    def call(state: str = "115", day: date = DAY, new: str = "100002", meter: str = "") -> str:
        return office.do(over, state, day, new, meter)

    yield call
    del doors.DOORS[over]


def test_both_are_billed_to_the_cubic_metre(
    hand: Hand,
    seller: BuiltClient,
    buyer: BuiltClient,
    build: Builder,
    office: Office,
    database: Database,
    clock: TestClock,
) -> None:
    run_billing(office, OCTOBER)
    assert hand() == "U/2026/P000001"
    old, new = (office.read(client_card, number) for number in ("100001", "100002"))
    assert [(meter.number, meter.removed_on, meter.removed_state) for meter in old.meters] == [
        (seller.meter, DAY, 115)
    ]
    (taken,) = [meter for meter in new.meters if meter.removed_on is None and meter.number == seller.meter]
    assert (taken.installed_on, taken.installed_state, taken.recent) == (DAY, 115, ())
    assert taken.replaces is None  # the new client sees nothing of what was used before
    with database.reader.connect() as connection:
        from sqlalchemy.orm import Session

        with Session(connection) as session:
            assert find_meter(session, seller.meter).client_number == "100002"
    build.reading(taken.id, date(2026, 11, 30), 120, 5)
    clock.forward(days=10)
    report = run_billing(office, NOVEMBER)
    assert report.billed == 2
    water = [
        (row["starts_on"], row["ends_on"], int(row["quantity"]))
        for row in rows(database, "invoice_line")
        if row["service"].value == "water"
    ]
    assert sum(line[2] for line in water) == 120 - 100
    standing = [
        (row["starts_on"], row["ends_on"])
        for row in rows(database, "invoice_line")
        if row["service"].value == "standing"
    ]
    assert standing[1:] == [(NOVEMBER, DAY), (date(2026, 11, 11), date(2026, 11, 30))]
    assert [check.name for check in check_database(office.house).checks if not check.ok] == []


def test_a_reading_after_the_hand_over_is_the_new_clients(
    hand: Hand, seller: BuiltClient, buyer: BuiltClient, office: Office
) -> None:
    hand()
    done = office.do(
        record_reading, entry(seller.meter, 117, day=date(2026, 11, 20), reason="other", note="x")
    )
    assert done.client_number == "100002"
    with pytest.raises(ReadingRefused):
        office.do(record_reading, entry(seller.meter, 105, day=date(2026, 11, 5), reason="other", note="x"))


def test_the_sellers_last_reading_stays_the_sellers(
    hand: Hand, seller: BuiltClient, buyer: BuiltClient, office: Office, database: Database
) -> None:
    hand()
    final = rows(database, "reading")[-1]["id"]
    paper = office.do(issue_reading_confirmation, final)
    assert (paper.client_number, "Nowak" in paper.snapshot) == ("100001", False)
    office.do(void_reading, final, "pomyłka")
    changed = [row["client_id"] for row in rows(database, "audit_entry") if "reading" in row["subject"]]
    assert changed[-1] == seller.id


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"new": "999999"}, NotFound),
        ({"new": "100001"}, WrongInput),
        ({"state": ""}, WrongInput),
        ({"state": "90"}, ReadingRefused),  # below the last reading
        ({"day": date(2026, 12, 24)}, Refused),
        ({"day": date(2010, 1, 1)}, Refused),
        ({"meter": "00000000"}, Refused),
    ],
)
def test_what_cannot_be_leaves_everything_as_it_was(
    hand: Hand, buyer: BuiltClient, database: Database, wrong: dict[str, object], error: type[BokError]
) -> None:
    before = [rows(database, table) for table in ("contract", "meter", "supply_point", "reading")]
    with pytest.raises(error):
        hand(**wrong)
    assert [rows(database, table) for table in ("contract", "meter", "supply_point", "reading")] == before


def test_a_reading_that_waits_is_decided_first(
    hand: Hand, seller: BuiltClient, buyer: BuiltClient, build: Builder, office: Office
) -> None:
    key = build.reading(seller.meter_id, date(2026, 11, 15), 120, 10, needs_approval=True)
    with pytest.raises(Refused, match=f"2026-11-15 of meter {seller.meter} waits"):
        hand()
    office.do(decide_reading, key, approve=False, reason="pomyłka")
    assert hand().startswith("U/")


def test_nothing_is_handed_over_to_who_was_erased(hand: Hand, build: Builder) -> None:
    build.client("100003", ends_on=date(2026, 1, 1), anonymised_on=date(2026, 6, 1))
    with pytest.raises(Refused, match="The data of client 100003 was erased on 2026-06-01"):
        hand(new="100003")


def test_billed_days_are_not_handed_over(hand: Hand, buyer: BuiltClient, office: Office) -> None:
    run_billing(office, OCTOBER)
    with pytest.raises(Refused, match="take that invoice back"):
        hand(state="108", day=date(2026, 10, 20))


def test_one_of_several_contracts_is_named_by_a_meter(
    hand: Hand, seller: BuiltClient, buyer: BuiltClient, build: Builder, database: Database
) -> None:
    contract = build.add(
        "contract", number="U/x", client_id=seller.id, starts_on=date(2020, 1, 1), signed_on=date(2020, 1, 1),
        period_months=1,
    )  # fmt: skip
    build.meter(build.point(seller.id, contract), "90000001")
    with pytest.raises(WrongInput, match="several contracts"):
        hand()
    hand(meter=seller.meter)
    ended = {row["id"]: row["ends_on"] for row in rows(database, "contract")}
    assert (ended[seller.contract_id], ended[contract]) == (DAY, None)
