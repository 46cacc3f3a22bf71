"""Work lists: what is on them, in which order, page by page, on an index."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from stdnum.pl.nip import is_valid

from db.errors import NotAllowed
from db.office import House, Office
from db.operations.readings import decide_reading, record_reading, void_reading
from db.queries.worklists import COUNTED, work_counts, work_list
from db.records.people import Role
from db.records.worklists import WorkItem, WorkListKind
from db.rules.levels import FindingCode
from db.rules.text import polish_key
from tests.db.builders import TODAY, Builder, counted, desk, entry, last_access, plan_of, rows, scans

PENDING, NOTICES, PESEL, _PAYMENTS, NIP, EMAILS = WorkListKind


@pytest.fixture
def office(house: House, builder: Builder) -> Office:
    return desk(house, builder)


def pages(office: Office, kind: WorkListKind, limit: int) -> list[list[WorkItem]]:
    """Read a whole list page by page."""
    found: list[list[WorkItem]] = []
    after = None
    while True:
        page = office.read(work_list, kind, after=after, limit=limit)
        found.append(list(page.items))
        if not page.more:
            return found
        after = page.items[-1].key


def test_waiting_readings_come_oldest_first_with_what_was_found(
    house: House, office: Office, builder: Builder
) -> None:
    chief = desk(house, builder, Role.SUPERVISOR)
    first, second, third = (builder.household() for _ in range(3))
    keys = [
        office.do(record_reading, entry(built.meter, 900, hold=True, reason="leak")).id
        for built in (first, second, third)
    ]
    (page,) = pages(office, PENDING, 50)
    assert [item.key for item in page] == keys
    item = page[0]
    assert (item.client_number, item.meter, item.day) == (first.number, first.meter, TODAY)
    assert (item.state, item.previous_state, item.consumption) == (900, 487, 413)
    assert (item.agent, item.reason) == (office.actor.name, "leak")
    assert {finding.code for finding in item.findings} == {FindingCode.NO_NOTICE, FindingCode.FAR_TOO_HIGH}
    assert [len(page) for page in pages(office, PENDING, 2)] == [2, 1]
    chief.do(decide_reading, keys[0], True, "")
    chief.do(decide_reading, keys[1], False, "no")
    assert [item.key for item in pages(office, PENDING, 50)[0]] == [keys[2]]
    assert [item.key for item in office.read(work_list, PENDING, after=keys[0]).items] == [keys[2]]
    office.do(void_reading, keys[2], "heard wrong")
    assert pages(office, PENDING, 50) == [[]]


def test_open_notices_come_by_their_deadline(house: House, office: Office, builder: Builder) -> None:
    left = TODAY - timedelta(days=10)
    built = {days: builder.household() for days in (5, -3, 0, -31, 3, 3)}
    keys = {
        days: builder.notice(client.meter_id, left - timedelta(days=40), TODAY + timedelta(days=days))
        for days, client in built.items()
    }
    answered = builder.household()
    builder.notice(answered.meter_id, left, TODAY)
    office.do(record_reading, entry(answered.meter, 498))
    linked = builder.household()
    key = builder.notice(linked.meter_id, left, TODAY)
    builder.reading(linked.meter_id, left - timedelta(days=1), 498, 11, notice_id=key)
    estimated = builder.household()
    still = builder.notice(estimated.meter_id, left, TODAY + timedelta(days=1))
    builder.reading(estimated.meter_id, TODAY, 498, 11, estimated=True)
    found = [item.key for page in pages(office, NOTICES, 2) for item in page]
    assert found == [keys[-3], keys[0], still, keys[3], keys[5]]
    counts = office.read(work_counts)
    assert (counts.open_notices, counts.urgent_notices) == (5, 3)
    item = office.read(work_list, NOTICES).items[0]
    assert (item.meter, item.day, item.agent) == (built[-3].meter, TODAY - timedelta(days=3), "Piotr Wąs")


def test_a_voided_or_waiting_reading_answers_no_notice(
    house: House, office: Office, builder: Builder
) -> None:
    built = builder.household()
    builder.notice(built.meter_id, date(2026, 11, 18), TODAY)
    saved = office.do(record_reading, entry(built.meter, 498))
    assert office.read(work_counts).open_notices == 0
    office.do(void_reading, saved.id, "heard wrong")
    office.do(record_reading, entry(built.meter, 900, hold=True))
    counts = office.read(work_counts)
    assert (counts.open_notices, counts.pending_readings) == (1, 1)


def test_people_without_pesel_come_by_the_polish_alphabet(office: Office, builder: Builder) -> None:
    for name in ("Zając", "Ćwik", "Lubicz", "Adamek", "Cyran", "Łach", "Ćwik", "Źrebak"):
        builder.client(pesel=None, last_name=name, name_key=polish_key(f"{name} Żaneta"))
    builder.client(company_name="KOWAL-BUD", number="4410")
    builder.client()
    names = [[item.client_name for item in page] for page in pages(office, PESEL, 2)]
    assert names == [
        ["Adamek Żaneta", "Cyran Żaneta"],
        ["Ćwik Żaneta", "Ćwik Żaneta"],
        ["Lubicz Żaneta", "Łach Żaneta"],
        ["Zając Żaneta", "Źrebak Żaneta"],
    ]
    assert office.read(work_counts).without_pesel == 8


def test_businesses_whose_nip_cannot_be_one(office: Office, builder: Builder) -> None:
    for name, nip in (
        ("Zakład", None),
        ("Piekarnia", "5260250275"),
        ("Cukiernia", "5260250274"),
        ("Bar", "526025027"),
        ("Apteka", "52602502A4"),
        ("Dworek", "1111111111"),
    ):
        builder.client(company_name=name, nip=nip, name_key=polish_key(name))
    builder.client(nip=None)
    found = [(item.client_name, item.nip, item.reason) for page in pages(office, NIP, 3) for item in page]
    assert found == [
        ("Apteka", "52602502A4", "failing"),
        ("Bar", "526025027", "failing"),
        ("Piekarnia", "5260250275", "failing"),
        ("Zakład", None, "missing"),
    ]
    assert office.read(work_counts).failing_nip == 4


def test_the_index_of_nips_is_of_one_mind_with_the_rule(office: Office, builder: Builder) -> None:
    nips = [f"{5260250270 + at * 7:010d}" for at in range(60)]
    for nip in nips:
        builder.client(company_name=f"Firma {nip}", nip=nip)
    listed = {item.nip for page in pages(office, NIP, 50) for item in page}
    assert listed == {nip for nip in nips if not is_valid(nip)}


def test_addresses_of_e_invoices_in_doubt(office: Office, builder: Builder) -> None:
    def subscribe(address: str, state: str = "active", **values: object) -> int:
        client = builder.client()
        point = builder.add("contact_point", client_id=client.id, kind="email", value=address, **values)
        builder.add(
            "einvoice", client_id=client.id, state=state, point_id=point,
            requested_at=office.house.clock(), version=1,
        )  # fmt: skip
        return point

    unconfirmed = subscribe("a@example.com")
    subscribe("b@example.com", verified_on=TODAY)
    bounced = subscribe("c@example.com", "confirmed", verified_on=TODAY, bounced_on=TODAY)
    subscribe("d@example.com", "withdrawn")
    builder.contact_point(builder.client().id, "email", "e@example.com")
    found = [item for page in pages(office, EMAILS, 1) for item in page]
    assert [(item.key, item.email, item.reason, item.day) for item in found] == [
        (unconfirmed, "a***@example.com", "unconfirmed", None),
        (bounced, "c***@example.com", "bounced", TODAY),
    ]
    assert office.read(work_counts).unconfirmed_emails == 2


def test_a_page_leaves_an_entry_and_counting_none(house: House, office: Office, builder: Builder) -> None:
    builder.client(pesel=None)
    office.read(work_counts)
    office.read(work_list, NOTICES)
    assert rows(house.database, "access_entry") == []
    office.read(work_list, PESEL)
    access = last_access(house.database)
    assert (access["action"], access["scope"]) == ("VIEW", "work list without_pesel, 1 lines")
    admin = desk(house, builder, Role.ADMIN)
    with pytest.raises(NotAllowed):
        admin.read(work_list, PESEL)


def test_counting_stops_at_its_limit(house: House, office: Office, builder: Builder) -> None:
    clients = [
        {
            "number": f"{500000 + at}",
            "kind": "person",
            "last_name": "Nowak",
            "first_name": "Jan",
            "name_key": f"nowak jan {at}",
            "created_at": house.clock(),
            "version": 1,
        }
        for at in range(COUNTED + 5)
    ]
    with house.database.writer.connect() as connection, connection.begin():
        connection.execute(sa.text(_INSERT), clients)
    counts = office.read(work_counts)
    assert (counts.without_pesel, counts.limit) == (COUNTED, COUNTED)


_INSERT = (
    "INSERT INTO client (number, kind, last_name, first_name, name_key, created_at, version)"
    " VALUES (:number, :kind, :last_name, :first_name, :name_key, :created_at, :version)"
)


@pytest.mark.parametrize(
    ("kind", "index"),
    [
        (PENDING, "ix_reading_pending"),
        (NOTICES, "ix_reading_notice_deadline"),
        (PESEL, "ix_client_without_pesel"),
        (NIP, "ix_client_failing_nip"),
        (EMAILS, "ix_contact_point_doubtful_email"),
    ],
)
def test_each_list_walks_its_index(
    house: House, office: Office, builder: Builder, kind: WorkListKind, index: str
) -> None:
    with counted(house.database) as statements:
        office.read(work_list, kind)
        office.read(work_list, kind, after=1)
    seen = [(text, values) for text, values in statements if "LIMIT" in text]
    assert len(seen) == 2
    for statement, parameters in seen:
        plan = plan_of(house.database, statement, parameters)
        assert index in plan, plan
        assert "TEMP B-TREE" not in plan, plan
        assert "Sort" not in plan, plan
        assert not scans(plan), plan


def test_counts_walk_the_indexes_too(house: House, office: Office, builder: Builder) -> None:
    with counted(house.database) as statements:
        office.read(work_counts)
    plans = [plan_of(house.database, text, values) for text, values in statements if "count" in text]
    indexes = ["ix_reading_pending", *["ix_reading_notice_deadline"] * 2, "ix_client_without_pesel"]
    indexes.append(
        "bank_line USING INTEGER PRIMARY KEY" if house.database.dialect == "sqlite" else "pk_bank_line"
    )
    indexes += ["ix_client_failing_nip", "ix_contact_point_doubtful_email"]
    for plan, index in zip(plans, indexes, strict=True):
        assert index in plan, plan
        assert scans(plan) <= {"anon_1"}, plan
