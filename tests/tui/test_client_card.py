"""The client card: what it shows, what it hides, what its keys do."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from bok_tui.app import BokApp
from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.desk import DeskScreen
from bok_tui.widgets.told_line import ToldLine
from db.operations.readings import record_reading
from db.records.people import Channel
from tests.conftest import START
from tests.db.builders import PESEL, entry
from tests.tui.floor import NUMBER, PASSWORD, Floor, flat, seen
from tests.tui.pilot import SIZES, running, settle, type_keys, until

VERIFIED = ("f7", "1", NUMBER, "enter", "3", "Żaneta Kowalska", "enter", "5", "15.12.2014", "enter", "escape")
"""Score 4: level 2."""


def told(app: BokApp) -> str:
    """Return how the last thing went."""
    return app.screen.query_one("#told", ToldLine).words


@pytest.mark.parametrize("size", SIZES)
async def test_the_card_answers_most_calls_by_itself(floor: Floor, size: tuple[int, int]) -> None:
    built = floor.client()
    app = floor.app()
    async with running(app, size):
        await type_keys(app, NUMBER, "enter")
        text = seen(app)
    for words in (
        "123456 · KOWALSKA ŻANETA · natural person",
        "CALLER NOT VERIFIED",
        "phone 00:0",
        "ul. Lipowa 4/12, 43-400 Przykładowo",
        "PESEL 44*******59",
        "600 *** 456",
        "z***@example.com (unconfirmed)",
        built.meter,
        "00487",
        "31 Aug 2026",
        "peak",
        "year to 31 Aug 2026: 47",
        "the year before:",
        "· no reading",
        "reading wanted by 25 Nov 2026",
    ):
        assert words in text
    assert PESEL not in text
    assert "zaneta@" not in text
    assert re.search("[▁▂▃▄▅▆▇█]", text)
    assert max(map(len, text.splitlines())) <= size[0]
    assert len(text.splitlines()) <= size[1]


async def test_the_time_line_stands_beside_the_card_where_there_is_room(floor: Floor) -> None:
    floor.client()
    for size, beside in (((80, 24), False), ((120, 35), True)):
        app = floor.app()
        async with running(app, size):
            await type_keys(app, NUMBER, "enter")
            assert ("contact K/2026/0000001" in flat(app)) is beside
            await type_keys(app, "7")
            assert "meter 80000001: reading 487, 12 m³, meter reader" in seen(app)


async def test_the_tabs_by_digit_and_by_arrow(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "escape", NUMBER, "enter")
        for key, tab in (
            ("5", "[5 Calls]"),
            ("right", "[6 Papers]"),
            ("7", "[7 Events]"),
            ("left", "[6 Papers]"),
        ):
            await type_keys(app, key)
            assert tab in seen(app)
        await type_keys(app, "5")
        assert "phone information, solved Anna Nowak" in flat(app)


async def test_opening_the_card_is_a_logged_look_tied_to_the_contact(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
    (contact,) = floor.rows("contact")
    looks = [row for row in floor.rows("access_entry") if row["scope"].startswith("client card")]
    assert [row["contact_id"] for row in looks] == [contact["id"]]


async def test_a_masked_value_is_shown_by_a_key_and_masked_again(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "r")
        assert isinstance(app.screen, PickDialog)
        await type_keys(app, "2")
        card = app.screen
        assert isinstance(card, ClientScreen)
        assert "600 123 456" in seen(app)
        assert PESEL not in seen(app)
        assert floor.seen("REVEAL") == ["phone 1"]
        card.mask_again()
        await settle(app)
        assert "600 123 456" not in seen(app)


async def test_the_mask_comes_back_by_itself(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        card = app.screen
        assert isinstance(card, ClientScreen)
        card.masked_again_after = 0.05
        await type_keys(app, "r", "1")
        assert floor.seen("REVEAL") == ["pesel"]
        await until(lambda: not card.revealed)
        await settle(app)
        assert PESEL not in seen(app)


async def test_a_verified_caller_unmasks_phone_and_email_but_not_the_pesel(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", *VERIFIED)
        text = seen(app)
    assert "VERIFIED, LEVEL 2" in text
    assert "600 123 456" in text
    assert "zaneta@example.com" in text
    assert PESEL not in text


@pytest.mark.parametrize(
    ("digit", "copied"), [("1", NUMBER), ("2", "80000001"), ("3", "ul. Lipowa 4/12, 43-400 Przykładowo")]
)
async def test_numbers_and_the_address_are_copied(floor: Floor, digit: str, copied: str) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "c", digit)
        assert app.clipboard == copied
        assert copied in told(app), "and shown, for terminals that refuse the clipboard"


async def test_the_channel_changes_by_a_key(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "k")
        assert "e-mail 00:0" in seen(app)
        await type_keys(app, "f3")
        assert "‹ e-mail ›" in seen(app), "the reading comes in the same way"
    assert floor.rows("contact")[0]["channel"] is Channel.EMAIL


async def test_the_channel_can_be_kept_for_the_contacts_to_come(floor: Floor) -> None:
    floor.client()
    other = floor.client("117733")
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "k", "K")
        assert "Your contacts start with: e-mail" in seen(app)
        await type_keys(app, "escape", other.number, "enter")
        assert "e-mail 00:0" in seen(app)
    assert [row["channel"] for row in floor.rows("contact")] == [Channel.EMAIL, Channel.EMAIL]
    assert Channel.EMAIL in [row["channel"] for row in floor.rows("staff")]


async def test_a_reading_of_today_is_voided_with_a_reason(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "f3", "502", "enter", "v")
        assert isinstance(app.screen, TextDialog)
        await type_keys(app, "enter")
        assert isinstance(app.screen, TextDialog), "a reason is needed"
        await type_keys(app, "zły klient", "enter")
        assert "Voided: state 502" in told(app)
        assert "voided" in seen(app)
        await type_keys(app, "f3", "503", "enter")
        assert "Saved: state 00503" in told(app)
    (decision,) = floor.rows("reading_decision")
    assert (decision["kind"], decision["reason"]) == ("voided", "zły klient")


async def test_somebody_elses_reading_is_voided_with_a_signature(floor: Floor) -> None:
    built = floor.client()
    chief = floor.chief
    piotr = floor.builder.staff(login="piotr", name="Piotr Żak")
    floor.house.office(piotr).do(record_reading, entry(built.meter, 500))
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "v", "pomyłka", "enter")
        await type_keys(app, chief.login, "enter", PASSWORD, "enter")
        assert "Voided: state 500" in told(app)


async def test_nothing_of_today_to_void(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "v")
        assert isinstance(app.screen, ClientScreen)
        assert "older ones are for a supervisor" in told(app)


async def test_exchanged_meters_stay_on_the_card(floor: Floor) -> None:
    built = floor.client()
    floor.builder.meter(
        built.point_id,
        "90000002",
        installed_on=date(2026, 9, 1),
        installed_state=3,
        replaces_id=built.meter_id,
    )
    with floor.database.writer.connect() as connection, connection.begin():
        from sqlalchemy import text

        connection.execute(
            text("UPDATE meter SET removed_on = '2026-09-01', removed_state = 488000 WHERE id = :id"),
            {"id": built.meter_id},
        )
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        text_ = seen(app)
        assert "since 1 Sep 2026 in place of 80000001" in text_
        assert "removed 1 Sep 2026" in text_
        await type_keys(app, "f3", "15", "enter")
        assert isinstance(app.screen, ClientScreen | PickDialog)


async def test_the_card_that_is_left_does_not_stay_in_anybodys_way(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "f8")
        await type_keys(app, "escape")
        assert isinstance(app.screen, DeskScreen)
        assert len(app.screen_stack) == len({type(screen) for screen in app.screen_stack})


async def test_the_call_clock_counts_by_the_clock_of_the_office(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        assert "phone 00:00" in seen(app)
        app.workplace.clock.now = START + timedelta(seconds=83)  # type: ignore[attr-defined]  # the test's clock
        app.screen.query_one("CallClock").refresh()
        await settle(app)
        assert "phone 01:23" in seen(app)


async def test_the_mouse_changes_tabs_and_picks(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app) as pilot:
        await type_keys(app, NUMBER, "enter")
        await pilot.click("#tabs", offset=(14, 0))
        await settle(app)
        assert "[2 Bills]" in seen(app)
        await type_keys(app, "c")
        await pilot.click(".options", offset=(8, 0))
        await settle(app)
        assert app.clipboard == NUMBER
