"""The law of the sample town's readings, and what each of the cast promises."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest

from db.queries.finding_text import load_findings
from db.records.clients import MeterRole
from db.records.people import Channel
from db.rules.levels import Level, worst
from db.rules.reading_checks import (
    MeterFacts,
    NoticeFacts,
    PastReading,
    ReadingContext,
    ReadingEntry,
    check_reading,
)
from db.sample import cast
from db.sample.batch import COLUMNS
from db.sample.town import fill

TODAY = date(2026, 11, 22)
Row = dict[str, Any]
LITRES = 1000


class Town:
    """The rows of a drawn town, looked up as a test needs them."""

    def __init__(self, *, clients: int, years: int, seed: int = 5, staff: tuple[int, ...] = (1, 2)) -> None:
        self.tables: dict[str, list[Row]] = defaultdict(list)
        for tally in fill(clients, years=years, seed=seed, today=TODAY, staff=staff):
            for table, rows in tally.batch.rows.items():
                self.tables[table] += [dict(zip(COLUMNS[table], row, strict=True)) for row in rows]
                rows.clear()
        self.readings = self._by("reading", "meter_id")
        self.notices = self._by("reading_notice", "meter_id")
        self.meters = {row["id"]: row for row in self.tables["meter"]}
        self.voided = {row["reading_id"] for row in self.tables["reading_decision"]}
        self._contracts = self._by("contract", "client_id")
        self._points = self._by("supply_point", "contract_id")
        self._at_point = self._by("meter", "supply_point_id")

    def _by(self, table: str, column: str) -> dict[int, list[Row]]:
        found: dict[int, list[Row]] = defaultdict(list)
        for row in self.tables[table]:
            found[row[column]].append(row)
        return found

    def client(self, number: str) -> Row:
        return next(row for row in self.tables["client"] if row["number"] == number)

    def contracts_of(self, number: str) -> list[Row]:
        return self._contracts[self.client(number)["id"]]

    def points_of(self, number: str) -> list[Row]:
        return [point for contract in self.contracts_of(number) for point in self._points[contract["id"]]]

    def meters_of(self, number: str) -> list[Row]:
        found = [meter for point in self.points_of(number) for meter in self._at_point[point["id"]]]
        return sorted(found, key=lambda meter: int(meter["id"]))

    def of_client(self, table: str, number: str) -> list[Row]:
        return [row for row in self.tables[table] if row["client_id"] == self.client(number)["id"]]

    def open_notices(self, number: str) -> list[Row]:
        answered = {row["notice_id"] for row in self.tables["reading"]}
        return [
            notice
            for meter in self.meters_of(number)
            for notice in self.notices[meter["id"]]
            if notice["id"] not in answered and notice["deadline"] >= TODAY.isoformat()
        ]


@pytest.fixture(scope="module")
def town() -> Town:
    """Two thousand clients over three years."""
    return Town(clients=2_000, years=3)


def test_consumption_is_what_ran_through_the_meter(town: Town) -> None:
    """Since the last real reading that counts, or the opening state, across the dial's end too."""
    seen = 0
    for meter in town.meters.values():
        turn = 10 ** meter["digits"] * LITRES
        last = meter["installed_state"]
        for reading in town.readings[meter["id"]]:
            used = reading["consumption"]
            assert reading["state"] < turn
            if reading["needs_approval"]:
                continue
            assert used == reading["state"] - last + turn * reading["rollover"]
            assert used >= 0
            seen += 1
            if reading["id"] not in town.voided and not reading["estimated"]:
                last = reading["state"]
        if meter["removed_on"]:
            assert meter["removed_state"] >= last or meter["removed_state"] < 100 * LITRES
    assert seen > 20_000


def test_days_of_a_meter_follow_one_another(town: Town) -> None:
    for meter in town.meters.values():
        days = [r["day"] for r in town.readings[meter["id"]] if r["id"] not in town.voided]
        assert days == sorted(set(days))
        if days:
            assert meter["installed_on"] < days[0]
            assert days[-1] < (meter["removed_on"] or TODAY.isoformat())


def test_a_million_readings_have_room_for_a_summer(town: Town) -> None:
    by_month: dict[str, list[float]] = defaultdict(list)
    for meter in town.meters.values():
        real = [r for r in town.readings[meter["id"]] if not (r["needs_approval"] or r["estimated"])]
        for before, reading in pairwise(real):
            days = (date.fromisoformat(reading["day"]) - date.fromisoformat(before["day"])).days
            if 0 < days < 100 and meter["digits"] == 5:
                by_month[reading["day"][5:7]].append(reading["consumption"] / days)
    mean = {month: sum(values) / len(values) for month, values in by_month.items()}
    assert mean["08"] > 1.1 * mean["03"]


def test_most_readings_are_the_meter_readers(town: Town) -> None:
    channels = [reading["channel"] for reading in town.tables["reading"]]
    assert 0.8 < channels.count("field") / len(channels) < 0.95
    assert {"phone", "email", "ebok", "in_person"} <= set(channels)


def test_clients_read_their_meters_on_a_notice(town: Town) -> None:
    notices = {row["id"]: row for row in town.tables["reading_notice"]}
    for reading in town.tables["reading"]:
        if reading["channel"] == "field" or reading["needs_approval"] or reading["id"] in town.voided:
            continue
        notice = notices[reading["notice_id"]]
        assert notice["meter_id"] == reading["meter_id"]
        assert notice["left_on"] <= reading["day"] <= notice["deadline"]


def test_garden_use_stays_within_the_main_meters(town: Town) -> None:
    """Over the same days, for two dials that both cut off their decimals."""
    mains = {
        (meter["supply_point_id"], reading["day"]): reading["consumption"]
        for meter in town.meters.values()
        if meter["role"] == "main" and meter["replaces_id"] is None and not meter["removed_on"]
        for reading in town.readings[meter["id"]]
        if reading["id"] not in town.voided
    }
    compared = 0
    for meter in town.meters.values():
        for reading in town.readings[meter["id"]] if meter["role"] == "garden" else ():
            main = mains.get((meter["supply_point_id"], reading["day"]))
            if main is not None:
                assert reading["consumption"] <= main
                compared += 1
    assert compared > 500


def test_an_exchange_closes_one_meter_and_opens_the_next(town: Town) -> None:
    replaced = [meter for meter in town.meters.values() if meter["replaces_id"]]
    assert len(replaced) > 100
    for meter in replaced:
        old = town.meters[meter["replaces_id"]]
        assert old["removed_on"] == meter["installed_on"]
        assert old["supply_point_id"] == meter["supply_point_id"]


def test_pending_readings_say_what_blocks_them(town: Town) -> None:
    pending = [row for row in town.tables["reading"] if row["needs_approval"]]
    assert len(pending) >= 3
    for reading in pending:
        assert worst(load_findings(reading["findings"])) is Level.BLOCK
        assert reading["day"] == (TODAY - timedelta(days=1)).isoformat()
    assert all(json.loads(row["findings"]) == [] for row in town.tables["reading"] if row not in pending)


def test_nothing_happens_in_the_future(town: Town) -> None:
    today = TODAY.isoformat()
    assert all(row["recorded_at"][:10] < today for row in town.tables["reading"])
    assert all(row["started_at"] < row["ended_at"] < today for row in town.tables["contact"])


def test_without_staff_nobody_took_a_call() -> None:
    town = Town(clients=100, years=1, staff=())
    assert not town.tables["contact"]
    assert not town.tables["reading_decision"]
    assert {row["staff_id"] for row in town.tables["reading"]} == {None}


def _plain(town: Town, number: str) -> bool:
    (meter,) = town.meters_of(number)
    return len(town.open_notices(number)) == 1 and len(town.readings[meter["id"]]) >= 15


def _last_three_by_client(town: Town, number: str) -> bool:
    (meter,) = town.meters_of(number)
    channels = [reading["channel"] for reading in town.readings[meter["id"]]]
    return len(town.open_notices(number)) == 1 and "field" not in channels[-3:]


def _rolled_over(town: Town, number: str) -> bool:
    (meter,) = town.meters_of(number)
    return [reading["rollover"] for reading in town.readings[meter["id"]]].count(1) == 1


def _exchanged(town: Town, number: str) -> bool:
    old, new = town.meters_of(number)
    return bool(old["removed_on"] == new["installed_on"] == "2026-06-25" and town.readings[new["id"]])


def _ended(town: Town, number: str) -> bool:
    (contract,) = town.contracts_of(number)
    (meter,) = town.meters_of(number)
    return bool(contract["ends_on"] == "2026-10-13" and meter["removed_on"] is None)


def _expired(town: Town, number: str, role: str) -> bool:
    (meter,) = (m for m in town.meters_of(number) if m["role"] == role)
    return bool(meter["verified_until"] < TODAY.isoformat())


def _overdue(town: Town, number: str) -> bool:
    (meter,) = town.meters_of(number)
    last = town.notices[meter["id"]][-1]
    return bool(last["deadline"] < TODAY.isoformat() and not town.open_notices(number)) and not any(
        reading["notice_id"] == last["id"] for reading in town.readings[meter["id"]]
    )


def _second_party(town: Town, number: str) -> Row:
    contract = town.contracts_of(number)[0]["id"]
    return next(
        row
        for row in town.tables["contract_party"]
        if row["contract_id"] == contract and row["position"] == 2
    )


PROMISES: dict[str, Callable[[Town], bool]] = {
    "123456": lambda t: _plain(t, "123456") and t.meters_of("123456")[0]["number"] == "81234567",
    "123457": lambda t: (
        [m["role"] for m in t.meters_of("123457")] == ["main", "main"] and len(t.contracts_of("123457")) == 2
    ),
    "123458": lambda t: (
        sorted(m["role"] for m in t.meters_of("123458")) == ["garden", "main"]
        and len(t.open_notices("123458")) == 2
    ),
    "123459": lambda t: _rolled_over(t, "123459"),
    "123460": lambda t: _exchanged(t, "123460"),
    "123461": lambda t: _expired(t, "123461", "main"),
    "123462": lambda t: t.client("123462")["pesel"] is None,
    "123463": lambda t: not t.of_client("contact_point", "123463"),
    "123464": lambda t: _ended(t, "123464"),
    "123465": lambda t: _second_party(t, "123465")["last_name"] == "Dębski",
    "123466": lambda t: t.client("123466")["name_key"] == t.client("123467")["name_key"],
    "123467": lambda t: t.client("123466")["pesel"] != t.client("123467")["pesel"],
    "123468": lambda t: bool(t.readings[t.meters_of("123468")[0]["id"]][-1]["needs_approval"]),
    "123469": lambda t: any(r["id"] in t.voided for r in t.readings[t.meters_of("123469")[0]["id"]]),
    "123470": lambda t: _last_three_by_client(t, "123470"),
    "123471": lambda t: not t.open_notices("123471") and len(t.meters_of("123471")) == 1,
    "123472": lambda t: _overdue(t, "123472"),
    "123473": lambda t: len(t.of_client("contact", "123473")) >= 8,
    "123474": lambda t: _expired(t, "123474", "garden") and not _expired(t, "123474", "main"),
    "123475": lambda t: t.of_client("address", "123475")[0]["street"] is None,
    "123476": lambda t: t.client("123476")["mailing_address_id"] is not None,
    "123480": lambda t: t.client("123480")["last_name"] == "[/x]",
    "123481": lambda t: t.client("123481")["last_name"] == "=1+1",
    "123482": lambda t: "\x1b" in t.client("123482")["last_name"],
    "123483": lambda t: len(t.client("123483")["last_name"]) == 120,
    "000042": lambda t: t.client("000042")["kind"] == "person",
    "1234": lambda t: t.client("1234")["nip"] is not None and bool(t.open_notices("1234")),
    "1235": lambda t: len(t.points_of("1235")) == 3 and len(t.contracts_of("1235")) == 1,
    "0007": lambda t: t.client("0007")["kind"] == "business",
}


def test_every_promise_is_tested() -> None:
    assert set(PROMISES) == cast.NUMBERS


@pytest.mark.parametrize("number", sorted(PROMISES))
def test_the_cast_keeps_its_promises(town: Town, number: str) -> None:
    assert PROMISES[number](town)


def test_the_whole_cast_lives_in_a_small_town() -> None:
    small = Town(clients=cast.WHOLE_CAST, years=1)
    assert {row["number"] for row in small.tables["client"]} >= cast.NUMBERS
    hero = small.client(cast.HERO)
    assert (hero["last_name"], hero["first_name"]) == ("Żółw", "Łukasz")
    assert len(small.open_notices(cast.HERO)) == 1
    assert _exchanged(small, "123460")
    assert _rolled_over(small, "123459")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("years", [1, 3])
def test_487_is_a_plausible_state_of_the_hero(seed: int, years: int) -> None:
    """The state that help texts and examples give."""
    town = Town(clients=1, years=years, seed=seed)
    (row,) = town.meters.values()
    meter = MeterFacts(
        number=row["number"],
        role=MeterRole.MAIN,
        digits=row["digits"],
        installed_on=date.fromisoformat(row["installed_on"]),
        installed_state=row["installed_state"] // LITRES,
    )
    history = tuple(
        PastReading(
            day=date.fromisoformat(reading["day"]),
            state=reading["state"] // LITRES,
            consumption=reading["consumption"] // LITRES,
            real=True,
            channel=Channel(reading["channel"]),
            meter_number=meter.number,
        )
        for reading in town.tables["reading"]
    )
    (notice,) = town.open_notices(cast.HERO)
    slip = NoticeFacts(
        notice["number"], *(date.fromisoformat(notice[day]) for day in ("left_on", "deadline"))
    )
    context = ReadingContext(meter=meter, today=TODAY, history=history, notice=slip)
    assert check_reading(ReadingEntry(487, TODAY, Channel.PHONE), context).level is Level.OK
