"""No day of a contract is billed twice and none is left out, whatever the order in which things come."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import sqlalchemy as sa

from db.billing_run import run_billing
from db.engine import Database
from db.models import metadata
from db.office import House, Office
from db.operations.billing import bill_chunk, start_run
from db.operations.settlement import bill_contract
from db.operations.tariffs import assign_tariff
from db.queries.bill_preview import bill_preview
from db.records.billing import BillPreview
from db.records.clients import ClientKind
from db.records.money import SkipReason
from db.records.people import Role
from tests.db.builders import Builder, rows

AUGUST, SEPTEMBER, OCTOBER = date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)
D = Decimal


@pytest.fixture
def build(database: Database) -> Builder:
    return Builder(database)


@pytest.fixture
def office(house: House, build: Builder) -> Office:
    return house.office(build.staff(Role.SUPERVISOR))


def _change(database: Database, table: str, key: int, **values: Any) -> None:
    """Change a row as the office's own records are changed, without an operation for it yet."""
    found = metadata.tables[table]
    with database.writer.connect() as connection, connection.begin():
        connection.execute(sa.update(found).where(found.c.id == key).values(**values))


def _lines(database: Database, service: str) -> list[tuple[Any, ...]]:
    return [
        (row["starts_on"], row["ends_on"], row["quantity"])
        for row in rows(database, "invoice_line")
        if row["service"].value == service
    ]


def _days(database: Database) -> list[tuple[date, date]]:
    return [(row["starts_on"], row["ends_on"]) for row in rows(database, "invoice")]


def test_a_period_skipped_for_want_of_a_reading_is_charged_with_the_next_one(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 7, 31): 100, date(2026, 8, 31): 110})
    assert run_billing(office, AUGUST).billed == 1
    assert run_billing(office, SEPTEMBER).reasons == {SkipReason.NO_READING: 1}
    told = office.read(bill_preview, client.meter, 131, date(2026, 10, 31))
    build.history(client.meter_id, {date(2026, 10, 31): 131})
    report = run_billing(office, OCTOBER)
    # 21 m3 since 31 August: 107.52 + 163.80; standing of September and October 12.80: net 284.12, VAT 22.73
    assert report.gross == D("306.85")
    assert isinstance(told, BillPreview)
    assert (told.gross, told.window.first) == (report.gross, SEPTEMBER)
    assert _days(database) == [(AUGUST, date(2026, 8, 31)), (SEPTEMBER, date(2026, 10, 31))]
    assert _lines(database, "standing")[1] == (SEPTEMBER, date(2026, 10, 31), 2)
    again = run_billing(office, SEPTEMBER)
    assert (again.billed, again.skipped_count) == (0, 0)


def test_a_first_bill_goes_back_to_the_first_period_that_a_run_skipped(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff(), starts_on=date(2026, 8, 11))
    build.reading(client.meter_id, date(2026, 8, 11), 40)
    for month in (AUGUST, SEPTEMBER):
        assert run_billing(office, month).reasons == {SkipReason.NO_READING: 1}
    build.reading(client.meter_id, date(2026, 10, 31), 61, 21)
    assert run_billing(office, OCTOBER).billed == 1
    # 21 of 31 days of August, and two months
    assert _lines(database, "standing") == [(date(2026, 8, 11), date(2026, 10, 31), D("2.6774"))]
    assert _lines(database, "water") == [(date(2026, 8, 12), date(2026, 10, 31), 21)]


def test_a_first_bill_goes_back_to_no_day_before_the_first_price(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff("G1", (OCTOBER, "5", "7", "6")))
    build.history(client.meter_id, {date(2026, 8, 31): 10, date(2026, 9, 30): 15, date(2026, 10, 31): 20})
    assert run_billing(office, SEPTEMBER).reasons == {SkipReason.REFUSED: 1}
    assert run_billing(office, OCTOBER).billed == 1
    assert _lines(database, "standing") == [(OCTOBER, date(2026, 10, 31), 1)]


def test_an_older_month_after_a_newer_one_settles_what_lies_before_it(
    build: Builder, office: Office, database: Database
) -> None:
    group = build.tariff()
    client, other = (build.client(tariff_group_id=group) for _ in range(2))
    build.history(client.meter_id, {date(2026, 8, 31): 10, date(2026, 9, 30): 15, date(2026, 10, 31): 22})
    build.history(other.meter_id, {date(2026, 8, 31): 10, date(2026, 10, 31): 22})
    assert run_billing(office, OCTOBER).billed == 2
    build.history(other.meter_id, {date(2026, 9, 29): 15})  # inside what October has settled
    report = run_billing(office, SEPTEMBER)
    assert (report.billed, report.reasons) == (1, {SkipReason.NO_READING: 1})
    water = _lines(database, "water")
    assert water == [
        (OCTOBER, date(2026, 10, 31), 7),
        (SEPTEMBER, date(2026, 10, 31), 12),
        (SEPTEMBER, date(2026, 9, 30), 5),
    ]


def test_a_contract_whose_end_comes_later_is_billed_for_the_rest(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff(), ends_on=date(2026, 10, 10))
    build.history(client.meter_id, {date(2026, 9, 30): 100, date(2026, 10, 10): 104})
    run_billing(office, OCTOBER)
    _change(database, "contract", client.contract_id, ends_on=None)
    build.history(client.meter_id, {date(2026, 10, 31): 130})
    run_billing(office, OCTOBER)
    assert _days(database) == [(OCTOBER, date(2026, 10, 10)), (date(2026, 10, 11), date(2026, 10, 31))]
    assert _lines(database, "standing") == [
        (OCTOBER, date(2026, 10, 10), D("0.3226")),
        (date(2026, 10, 11), date(2026, 10, 31), D("0.6774")),
    ]
    assert run_billing(office, OCTOBER).billed == 0


def test_a_longer_billing_period_goes_on_where_the_shorter_one_ended(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 6, 30): 10, date(2026, 7, 31): 15})
    run_billing(office, date(2026, 7, 1))
    _change(database, "contract", client.contract_id, period_months=3)
    build.history(client.meter_id, {date(2026, 9, 30): 22})
    assert run_billing(office, SEPTEMBER).billed == 1
    assert _days(database) == [(date(2026, 7, 1), date(2026, 7, 31)), (AUGUST, date(2026, 9, 30))]


def test_a_contract_that_ends_is_billed_only_by_a_reading_of_its_last_day(
    build: Builder, office: Office, database: Database
) -> None:
    """A bill by an earlier reading would be the last one, and the rest of the water never charged."""
    client = build.client("100001", tariff_group_id=build.tariff(), ends_on=date(2026, 9, 20))
    build.history(client.meter_id, {date(2026, 7, 31): 90, date(2026, 8, 31): 100, date(2026, 9, 3): 101})
    run_billing(office, AUGUST)
    assert run_billing(office, SEPTEMBER).reasons == {SkipReason.NO_READING: 1}
    # the next month's protocol goes on telling of it until it is settled
    assert run_billing(office, OCTOBER).reasons == {SkipReason.ENDED_CONTRACT: 1}
    build.history(client.meter_id, {date(2026, 9, 20): 106})
    done = office.do(bill_contract, "100001")
    assert (done.window.first, done.window.last) == (SEPTEMBER, date(2026, 9, 20))
    assert _lines(database, "water")[-1] == (SEPTEMBER, date(2026, 9, 20), 6)
    assert run_billing(office, OCTOBER).skipped_count == 0


def test_a_meter_taken_away_before_the_contract_ends_settles_it(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(
        tariff_group_id=build.tariff(), ends_on=date(2026, 10, 20),
        meter_removed_on=date(2026, 10, 15), meter_removed_state=107,
    )  # fmt: skip
    build.history(client.meter_id, {date(2026, 9, 30): 100})
    assert run_billing(office, OCTOBER).billed == 1
    assert _lines(database, "water") == [(OCTOBER, date(2026, 10, 15), 7)]


def test_a_reading_of_long_ago_begins_the_first_bill(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2023, 5, 31): 4000, date(2026, 10, 31): 4100})
    assert run_billing(office, OCTOBER).billed == 1
    assert _lines(database, "water") == [(date(2023, 6, 1), date(2026, 10, 31), 100)]


def test_what_was_settled_long_ago_is_not_billed_again(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff(), meter_installed_on=date(2020, 1, 1))
    build.history(client.meter_id, {date(2022, 12, 31): 300, date(2023, 1, 31): 310})
    run_billing(office, date(2023, 1, 1))
    build.history(client.meter_id, {date(2026, 10, 31): 400})
    assert run_billing(office, OCTOBER).billed == 1
    assert _lines(database, "water")[-1] == (date(2023, 2, 1), date(2026, 10, 31), 90)
    assert _lines(database, "standing")[-1] == (date(2023, 2, 1), date(2026, 10, 31), 45)


def test_a_new_meter_counts_from_its_first_day_after_a_skipped_period(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(
        tariff_group_id=build.tariff(), meter_removed_on=date(2026, 9, 12), meter_removed_state=118
    )
    build.history(client.meter_id, {date(2026, 7, 31): 100, date(2026, 8, 31): 110})
    run_billing(office, AUGUST)
    new = build.meter(client.point_id, "70000001", installed_on=date(2026, 9, 12), installed_state=2)
    build.history(new, {date(2026, 9, 30): 9, date(2026, 10, 31): 20})
    assert run_billing(office, OCTOBER).billed == 1
    # old 118 - 110, new 20 - 2
    assert _lines(database, "water")[-1] == (SEPTEMBER, date(2026, 10, 31), 26)


def test_a_second_estimate_goes_on_from_the_state_of_the_first(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 6, 30): 100, date(2026, 7, 31): 131})
    run_billing(office, date(2026, 7, 1))
    for month in (AUGUST, SEPTEMBER):
        assert run_billing(office, month, estimate=True).billed == 1
    settled = [(row["from_state"], row["to_state"]) for row in rows(database, "invoice_meter")]
    assert settled == [(100, 131), (131, 162), (162, 192)]
    build.history(client.meter_id, {date(2026, 10, 31): 180})
    assert run_billing(office, OCTOBER).billed == 1
    # 49 m3 since 31 July, 61 of them charged: 12 too many are given back, part by part
    assert sum(quantity for *_, quantity in _lines(database, "water")) == 31 + 49


def test_a_reading_inside_estimated_days_waits_for_one_behind_them(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 7, 31): 100, date(2026, 8, 31): 131})
    run_billing(office, AUGUST)
    run_billing(office, SEPTEMBER, estimate=True)
    build.history(client.meter_id, {date(2026, 9, 15): 140})
    assert run_billing(office, OCTOBER).reasons == {SkipReason.NO_READING: 1}
    build.history(client.meter_id, {date(2026, 10, 31): 165})
    assert run_billing(office, OCTOBER).billed == 1
    assert sum(quantity for *_, quantity in _lines(database, "water")) == 65


def test_estimates_across_a_price_change_are_settled_part_by_part(
    build: Builder, office: Office, database: Database
) -> None:
    prices = ((date(2020, 1, 1), "5.00", "7.00", "6"), (date(2026, 9, 11), "6.00", "7.00", "6"))
    client = build.client(tariff_group_id=build.tariff("G1", *prices))
    build.history(client.meter_id, {date(2026, 7, 31): 100, date(2026, 8, 31): 131})
    run_billing(office, AUGUST)
    run_billing(office, SEPTEMBER, estimate=True)
    build.history(client.meter_id, {date(2026, 10, 31): 192})
    run_billing(office, OCTOBER)
    assert _lines(database, "water") == [
        (AUGUST, date(2026, 8, 31), 31),
        (SEPTEMBER, date(2026, 9, 10), 10),
        (date(2026, 9, 11), date(2026, 9, 30), 20),
        (date(2026, 9, 11), date(2026, 10, 31), 31),
    ]


def test_a_reading_that_waits_and_lies_before_the_last_bill_holds_nothing_up(
    build: Builder, office: Office
) -> None:
    group = build.tariff()
    client, first = (build.client(tariff_group_id=group) for _ in range(2))
    build.history(client.meter_id, {date(2026, 8, 31): 10, date(2026, 9, 30): 15})
    run_billing(office, SEPTEMBER)
    build.reading(client.meter_id, date(2026, 9, 14), 900, needs_approval=True)
    for built, states in ((client, {date(2026, 10, 31): 20}), (first, {date(2025, 1, 1): 1, OCTOBER: 9})):
        build.history(built.meter_id, states)
    assert run_billing(office, OCTOBER).billed == 2


def test_what_a_stopped_run_had_skipped_and_then_billed_is_not_told_as_skipped(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client(tariff_group_id=build.tariff())
    build.history(client.meter_id, {date(2026, 9, 30): 10})
    start, order = office.do(start_run, OCTOBER, group=None, estimate=False)
    assert start.run_id is not None
    assert office.do(bill_chunk, order, start.run_id, 0).skipped == 1  # and here it was killed
    build.history(client.meter_id, {date(2026, 10, 31): 20})
    report = run_billing(office, OCTOBER)
    assert (report.billed, report.skipped, report.reasons) == (1, (), {})
    assert len(rows(database, "billing_run")) == 1


def test_a_run_that_estimates_does_not_go_on_with_one_that_did_not(
    build: Builder, office: Office, database: Database
) -> None:
    build.client(tariff_group_id=build.tariff())
    office.do(start_run, OCTOBER, group=None, estimate=False)
    run_billing(office, OCTOBER, estimate=True)
    assert [row["estimate"] for row in rows(database, "billing_run")] == [False, True]


def test_moving_a_client_to_another_group_leaves_what_was_before(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client("100001", tariff_group_id=build.tariff("G1"))
    other = build.client("100002")
    build.tariff("G2")
    assert office.do(assign_tariff, "G2", clients=("100001",), kind=ClientKind.PERSON) == 2
    moved, rest = (row for row in rows(database, "audit_entry") if row["action"] == "tariff.assigned")
    assert (moved["client_id"], json.loads(moved["before"])) == (client.id, {"tariff": ["G1"]})
    assert json.loads(moved["after"]) == {"tariff": "G2", "contracts": 1}
    assert (rest["client_id"], json.loads(rest["after"])["contracts"]) == (None, 1)
    groups = {row["client_id"]: row["tariff_group_id"] for row in rows(database, "contract")}
    assert groups[client.id] == groups[other.id]


def test_a_client_in_another_group_is_billed_once_whatever_groups_runs_name(
    build: Builder, office: Office, database: Database
) -> None:
    client = build.client("100001", tariff_group_id=build.tariff("G1"))
    build.tariff("G2")
    build.history(client.meter_id, {date(2026, 9, 30): 10, date(2026, 10, 31): 20})
    assert run_billing(office, OCTOBER, group="G1").billed == 1
    office.do(assign_tariff, "G2", clients=("100001",))
    assert run_billing(office, OCTOBER, group="G2").billed == run_billing(office, OCTOBER).billed == 0
