"""The reading form: what it says while one types, what it asks for, and that it loses nothing."""

from __future__ import annotations

import asyncio
from datetime import date
from functools import partial

import pytest
from textual.widgets import Input

from bok_tui.app import BokApp
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.sign_off import SignOffDialog
from bok_tui.i18n import choose_language
from bok_tui.screens import client_work
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.reading import ReadingScreen
from bok_tui.widgets.message_line import MessageLine
from db.errors import DatabaseUnavailable
from db.operations.readings import record_reading
from db.records.readings import ReadingInput, RecordedReading
from db.rules.reading_checks import REASON_LABELS, ReasonCode
from tests.db.builders import TODAY, entry
from tests.tui.floor import NUMBER, PASSWORD, Floor, flat, seen
from tests.tui.pilot import burst, running, settle, type_keys

FORM = (NUMBER, "enter", "f3")


def typed(app: BokApp, name: str = "state") -> str:
    """Return what stands in a field of the form."""
    return app.screen.query_one(f"#{name}", Input).value


def said(app: BokApp) -> str:
    """Return what is said at the foot of the form."""
    return app.screen.query_one("#said", MessageLine).words


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ("00502", "✓ IN ORDER: the use is as expected"),
        ("548", "! WARNING: High: 61 m³"),
        ("987", "✗ BLOCKED: Far too high"),
        ("400", "✗ BLOCKED: Below 487"),
        ("487123", "? Red digits read too? 487,123 gives the state 487.  F9"),
        ("487", "! WARNING: The dial has not moved"),
        ("12,5", "✗ Black digits only, whole m³: leave out the comma"),
        ("12.5", "✗ Black digits only, whole m³: leave out the comma"),
        ("-5", "✗ A dial never shows a negative state"),
        ("4o7", "✗ The state takes digits only"),
        ("zażółć", "✗ The state takes digits only"),
        ("2 95", "… black digits, to the end"),
        ("2 950", "✗ BLOCKED: Far too high"),
        ("48 7 ", "… black digits, to the end"),
        ("2 9 5", "✗ Two numbers? Write the state without spaces"),
        ("1000000000", "✗ 10 digits are more than any dial has"),
        ("0", "… black digits, to the end"),
        ("4", "… black digits, to the end"),
    ],
)
async def test_the_finding_stands_beside_the_field_while_typing(floor: Floor, keys: str, words: str) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, keys)
        assert words in seen(app)
        assert typed(app) == keys


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("d-1", "yesterday, Saturday 21 Nov 2026"),
        ("20.11", "Friday 20 Nov 2026"),
        ("30.02", "There is no day 30.02"),
        ("23.11.2026", "The day has not come yet"),
        ("jutro", "Type the day as 22.11"),
    ],
)
async def test_the_day_is_echoed_as_it_is_understood(floor: Floor, day: str, words: str) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "502", "tab", day)
        assert words in seen(app)


@pytest.mark.parametrize("keys", ["12,5", "4o7", "-5", "487123", "", "502 tab 30.02", "502 tab 23.11.2026"])
async def test_what_cannot_be_read_is_neither_saved_nor_lost(floor: Floor, keys: str) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, *keys.split(), "enter")
        assert isinstance(app.screen, ReadingScreen)
        assert said(app)
        assert typed(app) == keys.split()[0] if keys else not typed(app)
        assert floor.saved() == []


async def test_a_short_state_is_judged_by_enter_before_anything_is_asked(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "15", "enter")
        assert isinstance(app.screen, ReadingScreen)
        assert "✗ BLOCKED: Below 487" in seen(app)
        assert "F9" in seen(app), "15 m³ are the use, the state is 502"
        await type_keys(app, "f9", "enter")
        assert floor.rows("reading")[-1]["state"] == 502
    assert floor.rows("reading")[-1]["submission"] is not None


async def test_f9_takes_the_repair(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "502123", "f9")
        assert typed(app) == "00502"
        await type_keys(app, "enter")
    assert floor.saved() == [(502, TODAY, "phone", None)]


@pytest.mark.parametrize("reason", [ReasonCode.RECHECKED, ReasonCode.LEAK])
async def test_a_warning_is_saved_with_a_reason_by_one_key(floor: Floor, reason: ReasonCode) -> None:
    floor.client()
    app = floor.app()
    digit = str(list(REASON_LABELS).index(reason) + 1)
    async with running(app):
        await type_keys(app, *FORM, "548", "enter", digit)
        assert isinstance(app.screen, ClientScreen)
    assert floor.saved() == [(548, TODAY, "phone", reason)]


async def test_a_second_enter_never_chooses_a_reason(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        burst(app, *FORM, "548", "enter", "enter", "enter")
        await settle(app)
        assert isinstance(app.screen, PickDialog)
        assert floor.saved() == []
        await type_keys(app, "escape")
        assert typed(app) == "548"


async def test_another_reason_is_written_into_the_note(floor: Floor) -> None:
    floor.client(notice=False)
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "502", "enter", "9")
        assert isinstance(app.screen, ReadingScreen)
        assert floor.saved() == []
        await type_keys(app, "zażółć gęślą jaźń ŁÓDŹ", "enter")
    (row,) = floor.rows("reading", "submission IS NOT NULL")
    assert (row["reason"], row["note"]) == (ReasonCode.OTHER, "zażółć gęślą jaźń ŁÓDŹ")


async def test_without_a_notice_a_reason_is_asked_for(floor: Floor) -> None:
    floor.client(notice=False)
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "502")
        assert "none open: a reason will be asked for" in seen(app)
        await type_keys(app, "enter", "3")
    assert floor.saved() == [(502, TODAY, "phone", ReasonCode.PROPERTY_SALE)]


async def test_what_is_blocked_can_be_held_for_a_supervisor(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "987", "enter", "2")
        assert "Held for a supervisor" in seen(app)
        assert "waits for a supervisor" in seen(app)
    assert [row["needs_approval"] for row in floor.rows("reading", "submission IS NOT NULL")] == [True]


async def test_a_supervisor_signs_at_the_agents_desk(floor: Floor) -> None:
    floor.client()
    chief = floor.chief
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "987", "enter", "1", "szef", "enter", "falsz", "enter")
        assert isinstance(app.screen, SignOffDialog)
        assert "wrong" in seen(app)
        assert floor.saved() == []
        await type_keys(app, PASSWORD, "enter")
        assert isinstance(app.screen, ClientScreen)
    (row,) = floor.rows("reading", "submission IS NOT NULL")
    assert (row["state"], row["needs_approval"], row["approved_by_id"]) == (987, False, chief.id)


async def test_an_agent_cannot_sign(floor: Floor) -> None:
    from db.passwords import hash_password

    floor.client()
    floor.set_password(floor.anna, hash_password(PASSWORD))
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "987", "enter", "1", "anna", "enter", PASSWORD, "enter")
        assert isinstance(app.screen, SignOffDialog)
        assert "anna is no supervisor" in seen(app)
    assert floor.saved() == []


async def test_water_that_flows_back_is_not_offered_for_a_signature(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "400", "enter")
        assert isinstance(app.screen, PickDialog)
        assert "signs here and now" not in seen(app)
        assert "nobody may sign for that" in seen(app)
        await type_keys(app, "2")
        assert typed(app) == "400", "back in the form, to be corrected"
        await type_keys(app, "enter", "1")
        assert isinstance(app.screen, ClientScreen)
    assert [row["needs_approval"] for row in floor.rows("reading", "submission IS NOT NULL")] == [True]


async def test_a_state_with_a_gap_is_two_numbers_and_never_one(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "4 95", "enter")
        assert "Write the state without spaces" in said(app)
        assert typed(app) == "4 95"
    assert floor.saved() == []


async def test_what_was_said_about_the_meter_goes_when_one_is_chosen(floor: Floor) -> None:
    floor.garden(floor.client())
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "548", "enter")
        assert "Choose the meter first" in said(app)
        await type_keys(app, "down")
        assert said(app) == ""


async def test_long_names_take_no_room_from_the_deadline(floor: Floor) -> None:
    built = floor.client(last_name="Brzęczyszczykiewicz-" * 3, first_name="Grzegorz Wiktoriusz " * 3)
    floor.garden(built)
    choose_language("pl")
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        assert "podać do 25.11.2026" in flat(app)
        await type_keys(app, "f3", "down", "987")
        assert "podać do 25.11.2026: w terminie" in seen(app)
        assert "Esc Wróć" in seen(app)


async def test_esc_asks_only_when_something_was_typed(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "escape")
        assert isinstance(app.screen, ClientScreen)
        await type_keys(app, "f3", "502", "escape")
        assert isinstance(app.screen, ConfirmDialog)
        await type_keys(app, "escape")
        assert typed(app) == "502"
        await type_keys(app, "escape", "enter")
        assert isinstance(app.screen, ClientScreen)
    assert floor.saved() == []


async def test_another_agent_came_first(floor: Floor) -> None:
    built = floor.client()
    piotr = floor.builder.staff(login="piotr", name="Piotr Żak")
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "502")
        floor.house.office(piotr).do(record_reading, entry(built.meter, 500))
        await type_keys(app, "enter")
        assert isinstance(app.screen, ReadingScreen)
        assert "Piotr Żak" in seen(app)
        assert "500" in said(app)
        assert typed(app) == "502", "nothing typed is lost"
        assert "This day already has the state 500" in seen(app), "the form knows by now"
    assert [state for state, *_ in floor.saved()] == [500]


async def test_two_desks_press_enter_at_once(floor: Floor) -> None:
    floor.client()
    piotr = floor.builder.staff(login="piotr", name="Piotr Żak")
    first, second = floor.app(), floor.app(piotr)
    async with running(first), running(second):
        await type_keys(first, *FORM, "502")
        await type_keys(second, *FORM, "503")
        burst(first, "enter")
        burst(second, "enter")
        await asyncio.gather(settle(first), settle(second))
        forms = [app for app in (first, second) if isinstance(app.screen, ReadingScreen)]
        assert len(forms) == 1, "one is saved, the other is told"
        assert "Nothing was added" in said(forms[0])
    assert len(floor.saved()) == 1


async def test_a_database_that_went_away_loses_nothing_typed(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor.client()
    app = floor.app()
    save = client_work.save_reading
    sent: list[str] = []

    def once(office: object, entry: ReadingInput, approval: None = None) -> RecordedReading:
        sent.append(entry.submission)
        monkeypatch.setattr(client_work, "save_reading", save)
        raise DatabaseUnavailable("The database does not answer.")

    monkeypatch.setattr(client_work, "save_reading", once)
    async with running(app):
        await type_keys(app, *FORM, "502", "enter")
        assert isinstance(app.screen, ReadingScreen)
        assert "does not answer" in seen(app)
        assert typed(app) == "502"
        await type_keys(app, "enter")
        assert isinstance(app.screen, ClientScreen)
    (row,) = floor.rows("reading", "submission IS NOT NULL")
    assert [row["submission"]] == sent, "one form, one submission"


async def test_a_form_sent_twice_is_saved_once(floor: Floor) -> None:
    """The answer was lost on the way, not the reading: the same form is sent again."""
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "502")
        form = app.screen
        assert isinstance(form, ReadingScreen)
        assert form.draft is not None
        sent = ReadingInput(
            meter=form.draft.form.meter,
            state=502,
            day=date(2026, 11, 22),
            channel=form.contact.channel,
            submission=form.submission,
        )
        office = floor.house.office(floor.anna).for_contact(form.contact.id)
        await asyncio.get_running_loop().run_in_executor(None, partial(office.do, record_reading, sent))
        await type_keys(app, "enter")
        assert isinstance(app.screen, ClientScreen)
        assert "Saved" in seen(app)
    assert len(floor.saved()) == 1


async def test_with_several_meters_the_state_is_judged_for_each(floor: Floor) -> None:
    built = floor.client()
    floor.garden(built)
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "00502")
        assert "choose the meter" in seen(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, ReadingScreen)
        assert floor.saved() == []
        assert f"fits only the meter {built.meter}" in seen(app)
        await type_keys(app, "f9", "enter")
    (row,) = floor.rows("reading", "submission IS NOT NULL")
    assert row["meter_id"] == built.meter_id


async def test_the_arrows_choose_the_meter(floor: Floor) -> None:
    built = floor.client()
    garden = floor.garden(built)
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM, "down", "down", "122", "enter", "1")
        assert isinstance(app.screen, ClientScreen)
    (row,) = floor.rows("reading", "submission IS NOT NULL")
    assert row["meter_id"] == garden


async def test_a_client_without_a_meter_is_told_so(floor: Floor) -> None:
    floor.builder.client(NUMBER, meter_removed_on=date(2026, 1, 1), meter_removed_state=10)
    app = floor.app()
    async with running(app):
        await type_keys(app, *FORM)
        assert "no meter to read" in seen(app)
