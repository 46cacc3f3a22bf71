"""Correcting what was understood: nothing typed is lost, nobody books twice."""

from __future__ import annotations

from datetime import date

import pytest

from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.mail_reading import MailReadingDialog
from bok_tui.dialogs.pick import PickDialog
from bok_tui.screens import inbox_work
from bok_tui.screens.inbox import InboxScreen
from db.errors import DatabaseUnavailable
from db.office import Office
from db.operations.inbox import choose_mail_client, close_mail, mark_spam
from db.records.incoming import InboxCounts, IncomingState
from db.words import N_
from tests.db.mailbag import mail, state, take_in, writer
from tests.tui.floor import Floor, flat, seen
from tests.tui.inbox_desk import at, states, writers
from tests.tui.morning_mail import morning
from tests.tui.pilot import burst, running, settle, type_keys


async def test_a_photo_is_read_and_typed_in(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await at(app, 7)
        text = flat(app)
        assert "licznik.jpg (image/jpeg, 1 MB)" in text
        await type_keys(app, "enter")
        assert "No state was found in it: e types one" in flat(app)
        await type_keys(app, "e", "00497", "enter")
        assert "Accepted: 200006" in flat(app)
    assert [row[0] for row in floor.saved()] == [497]


async def test_wrong_input_is_told_and_nothing_typed_is_lost(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6", "e")
        dialog = app.screen
        assert isinstance(dialog, MailReadingDialog)
        await type_keys(app, "4x9", "enter")
        assert "digits only" in flat(app)
        await type_keys(app, "backspace", "backspace", "backspace", "enter")
        assert "Type the state of the dial" in flat(app)
        await type_keys(app, "501", "tab", *(["backspace"] * 10), "40.40", "enter")
        assert app.screen is dialog
        assert "✗" in seen(app)
        await type_keys(app, "escape")
        assert isinstance(app.screen, ConfirmDialog), "something was typed"
        await type_keys(app, "n")
        assert app.screen is dialog
        await type_keys(app, *(["backspace"] * 5), "20.11", "enter")
        assert isinstance(app.screen, InboxScreen)
    ((saved, day, _channel, _reason),) = floor.saved()
    assert (saved, day) == (501, date(2026, 11, 20))


async def test_a_refusal_keeps_what_is_typed(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    chief = floor.house.office(floor.chief)
    async with running(app):
        await type_keys(app, "f6", "e", "500")
        first = floor.rows("incoming_message")[0]["id"]
        chief.do(mark_spam, first)
        await type_keys(app, "enter")
        assert isinstance(app.screen, MailReadingDialog)
        assert "✗" in seen(app)
        assert "500" in seen(app)
    assert floor.saved() == []


async def test_one_of_two_states_is_left_out(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await at(app, 4)
        await type_keys(app, "e")
        assert "▸ " in seen(app)
        await type_keys(app, "down", *(["backspace"] * 3), "enter")
        assert isinstance(app.screen, InboxScreen)
    assert [row[0] for row in floor.saved()] == [499]


async def test_of_two_readings_the_doubtful_one_is_repaired_in_two_keys(floor: Floor) -> None:
    built = writer(floor.builder, number="200000", address="k0@example.org")
    floor.garden(built)
    meters = (built.meter, "70000001")
    said = (state("499", meters[0]), state("131123", meters[1]))
    take_in(floor.house, mail(*said, sender="k0@example.org", meters=meters))
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6", "enter")
        assert floor.saved() == []
        await type_keys(app, "f9")
        assert isinstance(app.screen, MailReadingDialog)
        assert "▸ 70000001 → 00131" in seen(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, PickDialog), "no notice was left at the garden's meter"
        await type_keys(app, "1")
        assert isinstance(app.screen, InboxScreen)
    assert sorted(row[0] for row in floor.saved()) == [131, 499]


async def test_somebody_else_was_faster(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    chief = floor.house.office(floor.chief)
    async with running(app):
        await type_keys(app, "f6")
        chief.do(close_mail, floor.rows("incoming_message")[0]["id"])
        burst(app, "enter", "enter", "enter")
        await settle(app)
        assert "Kazimierz Wzorcowy" in flat(app)
        assert floor.saved() == [], "the keys behind a refused one do nothing"
        assert "closed" in flat(app)
        await type_keys(app, "enter")
        assert "u makes it new again" in flat(app)


async def test_what_somebody_changed_meanwhile_is_not_booked_as_it_was(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Enter may book from the list, before the message is open: a colleague has just chosen its client."""
    written = writers(floor, 3)
    keys = take_in(floor.house, *(mail(state("499"), sender=f"k{at}@example.org") for at in range(2)))
    app = floor.app()
    chief = floor.house.office(floor.chief)

    def away(*_args: object, **_values: object) -> None:
        raise DatabaseUnavailable(N_("away"))

    async with running(app):
        await type_keys(app, "f6")
        chief.do(choose_mail_client, keys[1], written[2].number)
        monkeypatch.setattr(inbox_work, "look", away)
        await type_keys(app, "enter")
        assert len(floor.saved()) == 1
        await type_keys(app, "enter")
        assert len(floor.saved()) == 1
        assert written[2].number in flat(app), "it is shown as it is now"


async def test_counting_that_failed_once_is_done_again(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    writers(floor, 3)
    take_in(floor.house, *(mail(state("499"), sender=f"k{at}@example.org") for at in range(3)))
    app = floor.app()

    def away(_office: Office) -> InboxCounts:
        raise DatabaseUnavailable(N_("away"))

    async with running(app):
        await type_keys(app, "f6")
        with monkeypatch.context() as broken:
            broken.setattr(inbox_work, "counts", away)
            await type_keys(app, "enter")
        assert "[1 New ones 3]" in flat(app)
        await type_keys(app, "enter")
        assert "[1 New ones 1]" in flat(app)


async def test_a_fault_while_booking_or_answering_leaves_the_keys_free(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    writers(floor, 2)
    take_in(floor.house, *(mail(state("499"), sender=f"k{at}@example.org") for at in range(2)))
    app = floor.app()

    def faulty(*_args: object, **_values: object) -> None:
        raise RuntimeError("a fault of ours")

    async with running(app):
        await type_keys(app, "f6")
        for name, keys in (("answer", ("s", "1", "enter")), ("accept", ("e", "enter"))):
            with monkeypatch.context() as broken:
                broken.setattr(inbox_work, name, faulty)
                await type_keys(app, *keys)
            await type_keys(app, "escape", "enter")
            assert isinstance(app.screen, InboxScreen)
    assert states(floor) == [IncomingState.ANSWERED, IncomingState.ACCEPTED]
