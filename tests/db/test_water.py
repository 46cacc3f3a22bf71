"""Water put into the network: entered, entered again, listed, kept; the sample town's own figures."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db import schema
from db.clock import office_day
from db.engine import Database
from db.errors import NotAllowed, NotFound, Refused, WrongInput
from db.evidence import contradictions
from db.migrations import guards
from db.office import House, Office
from db.operations.water import enter_water, import_water
from db.queries.reports.losses import losses
from db.queries.water import water_entries
from db.records.people import Role
from db.records.reports import Found, Question
from db.records.water import WaterFigure, WaterResult
from db.sample.town import make_town
from tests.conftest import TestClock
from tests.db.builders import TODAY, Builder, counted, desk, rows

OCTOBER, SEPTEMBER = date(2026, 10, 1), date(2026, 9, 1)
TOWN = "Przykładowo"


@pytest.fixture
def chief(house: House, builder: Builder) -> Office:
    """A supervisor; somebody is supplied in Przykładowo."""
    builder.client("100001")
    return desk(house, builder, Role.SUPERVISOR)


def figure(volume: int, month: date = OCTOBER, town: str = TOWN, note: str = "") -> WaterFigure:
    return WaterFigure(town, month, volume, note)


def test_a_later_entry_counts_and_nothing_is_changed(
    database: Database, house: House, builder: Builder, chief: Office, clock: TestClock
) -> None:
    first = chief.do(enter_water, figure(12500, note="SUW\u202e Leśna\n"))
    assert (first.result, first.before, first.figure.note) == (WaterResult.ENTERED, None, "SUW Leśna")
    again = chief.do(enter_water, figure(12500, note="SUW Leśna"))
    assert (again.result, again.before) == (WaterResult.UNCHANGED, 12500)
    clock.forward(days=1)
    admin = desk(house, builder, Role.ADMIN)
    later = admin.do(enter_water, figure(12600, town=" PRZYKLADOWO ", note="po korekcie"))
    assert (later.result, later.before, later.figure.town) == (WaterResult.REPLACED, 12500, TOWN)
    chief.do(enter_water, figure(9000, SEPTEMBER))
    assert [row["volume"] for row in rows(database, "water_input")] == [12500, 12600, 9000]
    told = [row for row in rows(database, "audit_entry") if row["action"] == "water.entered"]
    assert ['"m3": 12600' in row["after"] for row in told] == [False, True, False]
    counting = chief.read(water_entries)
    assert [(one.month, one.volume, one.entered_by) for one in counting] == [
        ("202609", 9000, chief.actor.login),
        ("202610", 12600, admin.actor.login),
    ]
    assert [one.replaced for one in chief.read(water_entries, since="202610", every=True)] == [True, False]
    assert [one.volume for one in chief.read(water_entries, until="202609")] == [9000]


def test_what_cannot_be_is_refused(chief: Office, builder: Builder, database: Database) -> None:
    for month in (date(2026, 11, 1), date(2026, 12, 1)):
        with pytest.raises(WrongInput, match="not over"):
            chief.do(enter_water, figure(5, month))
    with pytest.raises(WrongInput, match="below zero"):
        chief.do(enter_water, figure(-5))
    with pytest.raises(NotFound, match=r"in a town Atlantyda\. Towns on file: Przykładowo"):
        chief.do(enter_water, figure(5, town="Atlantyda"))
    with pytest.raises(WrongInput, match="Name the town"):
        chief.do(enter_water, figure(5, town=" "))
    with pytest.raises(WrongInput, match="Too long"):
        chief.do(enter_water, figure(5, note="x" * 161))
    built = builder.client("100002")
    builder.point(built.id, built.contract_id, town="Przykladowo")
    with pytest.raises(WrongInput, match="may be each of"):
        chief.do(enter_water, figure(5, town="przykladowo"))
    assert chief.do(enter_water, figure(5, town="Przykladowo")).figure.town == "Przykladowo"
    assert len(rows(database, "water_input")) == 1


def test_an_agent_neither_enters_nor_sees(house: House, builder: Builder, chief: Office) -> None:
    agent = desk(house, builder)
    for call in (
        lambda: agent.do(enter_water, figure(5)),
        lambda: agent.do(import_water, (figure(5),)),
        lambda: agent.read(water_entries),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_many_are_entered_at_once_and_each_says_what_became_of_it(chief: Office, database: Database) -> None:
    chief.do(enter_water, figure(9000, SEPTEMBER))
    given = (
        figure(9000, SEPTEMBER),
        figure(12500),
        figure(5, town="Atlantyda"),
        figure(12600),
        figure(5, date(2026, 11, 1)),
    )
    done = chief.do(import_water, given)
    assert [one.result.value for one in done] == ["unchanged", "entered", "refused", "replaced", "refused"]
    assert "Nobody is supplied" in done[2].message
    assert [row["volume"] for row in rows(database, "water_input")] == [9000, 12500, 12600]
    assert [one.result.value for one in chief.do(import_water, (figure(12600),))] == ["unchanged"]


def test_what_is_far_from_usual_waits_until_somebody_is_sure(chief: Office, database: Database) -> None:
    chief.do(enter_water, figure(90_000_000, date(2025, 10, 1)))
    assert chief.do(enter_water, figure(10_000, date(2025, 11, 1))).result is WaterResult.ENTERED
    chief.do(enter_water, figure(12_000, SEPTEMBER))
    far = chief.do(enter_water, figure(125_000))
    assert (far.result, far.before, far.params) == (
        *(WaterResult.DOUBTFUL, None),
        {"town": TOWN, "usual": 11_000, "month": "2026-10", "volume": 125_000},
    ), "of the last 12 months, not of the one before them"
    done = chief.do(
        import_water, (figure(3_000), figure(11_500, date(2026, 8, 1)), figure(12_000, SEPTEMBER))
    )
    assert [one.result.value for one in done] == ["doubtful", "entered", "unchanged"]
    assert len(rows(database, "water_input")) == 4
    assert chief.do(enter_water, figure(125_000), sure=True).result is WaterResult.ENTERED
    again = chief.do(enter_water, figure(125_000))
    assert again.result is WaterResult.UNCHANGED, "what is on file is not asked about again"
    (sure,) = chief.do(import_water, (figure(3_000),), sure=True)
    assert (sure.result, sure.before) == (WaterResult.REPLACED, 125_000)


def test_the_schema_goes_down_and_up_but_loses_no_figure(database: Database, chief: Office) -> None:
    schema.downgrade(database, "0008")
    schema.upgrade(database)
    chief.do(enter_water, figure(12500))
    with pytest.raises(Refused, match="would lose them"):
        schema.downgrade(database, "0008")
    schema.require_current(database)
    assert len(rows(database, "water_input")) == 1


def test_a_figure_that_was_edited_is_found(database: Database, chief: Office) -> None:
    chief.do(enter_water, figure(12500))
    with Session(database.reader) as session:
        assert list(contradictions(session)) == []
    with database.writer.begin() as connection:
        guards.remove(connection)
        connection.exec_driver_sql("UPDATE water_input SET volume = 9000000")
        guards.install(connection)
    with Session(database.reader) as session:
        assert list(contradictions(session)) == ["water 1"]


def billed(builder: Builder, period: str, town: str, volume: int, *, months: int = 1) -> None:
    """Let a new client of a town have an invoice of a period that settled so many m³, and the run be over."""
    at = builder.next()
    built = builder.client(f"{300000 + at}", period_months=months)
    point = builder.point(built.id, built.contract_id, town=town, town_key=town.lower())
    meter = builder.meter(point, f"9{at:07d}")
    day = date(int(period[:4]), int(period[4:]), 28)
    noon = TestClock()()
    staff = builder.staff().id
    document = builder.add(
        "issued_document", kind="invoice", serial=at, number=f"D/{at}", client_id=built.id, snapshot="{}",
        snapshot_sha256="0" * 64, staff_id=staff, issued_at=noon,
    )  # fmt: skip
    invoice = builder.add(
        "invoice", number=f"F/{at}", kind="invoice", period=period, serial=at, client_id=built.id,
        contract_id=built.contract_id, round=1, starts_on=day.replace(day=1), ends_on=day,
        issued_on=min(day, TODAY), due_on=max(day, TODAY), net=0, vat=0, gross=0, estimated=False,
        voids=False, by_email=False, document_id=document,
    )  # fmt: skip
    builder.add(
        "invoice_meter", invoice_id=invoice, meter_id=meter, role="main", from_day=day, from_state=0,
        to_day=day, to_state=volume, consumption=volume, estimated=False,
    )  # fmt: skip
    builder.add("billing_run", period=period, estimate=False, started_at=noon, finished_at=noon)


def ask(office: Office, period: str = "202610", as_of: date = TODAY) -> Found:
    question = Question(as_of=as_of, since=as_of, until=as_of, by="losses", period=period)
    return office.read(losses, question)


def told(found: Found) -> list[tuple[Any, ...]]:
    keys = ("town", "put_in", "volume", "losses", "missing")
    return [tuple(row[key] for key in keys) for row in found.rows]


def test_losses_are_what_went_in_less_what_was_invoiced(
    chief: Office, builder: Builder, database: Database
) -> None:
    billed(builder, "202610", "Wola", 90)
    billed(builder, "202610", "Nibylas", 40)
    chief.do(enter_water, figure(100, town="Wola"))
    assert told(ask(chief)) == [
        ("Nibylas", None, 40, None, "2026-10"),
        ("Wola", 100, 90, 10, ""),
    ], "a town without a figure says so"
    assert ask(chief).totals == {"volume": 130}, "and there is no sum without it"
    chief.do(enter_water, figure(0, town="Nibylas"))
    found = ask(chief)
    assert [row["percent"] for row in found.rows] == [None, 10]
    assert (found.totals["put_in"], found.totals["losses"], str(found.totals["percent"])) == (
        100,
        -30,
        "-30.0",
    )
    assert told(ask(chief, "202609")) == []
    with counted(database) as statements:
        ask(chief)
    assert len(statements) <= 12


def test_months_are_those_that_hold_whole_periods_of_all(chief: Office, builder: Builder) -> None:
    billed(builder, "202609", "Wola", 90, months=3)
    billed(builder, "202608", "Wola", 50, months=2)
    for month in range(5, 11):
        chief.do(enter_water, figure(100, date(2026, month, 1), "Wola"))
    (row,) = ask(chief).rows
    assert (row["from"], row["put_in"], row["volume"], row["losses"]) == ("2026-05", 600, None, None)
    assert row["missing"] == "2026-05, 2026-06, 2026-07, 2026-10", "a contract of one month is due in each"
    for period in ("202605", "202606", "202607", "202610"):
        billed(builder, period, "Wola", 20)
    (row,) = ask(chief).rows
    assert (row["put_in"], row["volume"], row["losses"], row["missing"]) == (600, 220, 380, "")
    assert str(row["percent"]) == "63.3"


def test_a_month_is_billed_when_each_group_is(chief: Office, builder: Builder, database: Database) -> None:
    """One run bills all groups, or several bill one each; what a run has not reached is no loss."""
    home, firms = builder.tariff("G1"), builder.tariff("G3")
    built = [builder.client(tariff_group_id=key) for key in (home, firms)]
    for one in built:
        builder.point(one.id, one.contract_id, town="Wola")
    chief.do(enter_water, figure(100, town="Wola"))
    noon = TestClock()()
    run = {"period": "202610", "estimate": False, "started_at": noon}

    def missing() -> str:
        (row,) = ask(chief).rows
        return str(row["missing"])

    assert missing() == "2026-10"
    builder.add("billing_run", group_id=home, finished_at=noon, **run)
    assert missing() == "2026-10"
    builder.add("billing_run", group_id=firms, finished_at=None, **run)
    assert missing() == "2026-10", "a run that goes on"
    builder.add("tariff_assignment", contract_id=built[1].contract_id, starts_on=TODAY, group_id=home)
    assert missing() == "", "nobody is left in the other group"
    builder.client(tariff_group_id=firms)
    assert missing() == "2026-10"
    builder.add("billing_run", group_id=None, finished_at=noon, **run)
    assert missing() == ""


def test_what_was_entered_later_is_not_known_before(
    chief: Office, builder: Builder, clock: TestClock
) -> None:
    billed(builder, "202610", "Wola", 90)
    chief.do(enter_water, figure(100, town="Wola"))
    clock.forward(days=1)
    chief.do(enter_water, figure(120, town="Wola"))
    assert [row["losses"] for row in ask(chief).rows] == [10]
    assert [row["losses"] for row in ask(chief, as_of=office_day(clock())).rows] == [30]


def test_the_sample_town_loses_what_a_utility_loses(house: House, builder: Builder) -> None:
    make_town(house, clients=60, years=1, seed=7)
    found = ask(desk(house, builder, Role.SUPERVISOR))
    assert len(found.rows) >= 4
    assert all(row["missing"] == "" for row in found.rows)
    assert 8 <= found.totals["percent"] <= 18
    assert all(6 <= row["percent"] <= 18 for row in found.rows), "a small village's figures are round"
    entered = rows(house.database, "water_input")
    assert {row["month"] for row in entered} == {f"2026{month:02}" for month in range(5, 11)}
    assert {row["staff_id"] for row in entered} == {None}
    assert max(row["entered_at"] for row in entered).date() == date(2026, 11, 6)


def test_a_town_that_is_not_billed_has_no_figures(house: House) -> None:
    make_town(house, clients=20, years=1, seed=7, billed=0)
    assert rows(house.database, "water_input") == []
