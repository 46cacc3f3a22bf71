"""Doubtful messages: what is asked, and in how few keys it is settled."""

from __future__ import annotations

from datetime import date

import pytest

from bok_tui.dialogs.find_client import FindClientDialog
from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.screens.inbox import InboxScreen
from bok_tui.widgets.row_list import RowList
from db.records.incoming import IncomingState, MailIntent
from db.rules.reading_checks import REASON_LABELS, ReasonCode
from tests.db.mailbag import mail, state, take_in, writer
from tests.tui.floor import Floor, flat
from tests.tui.inbox_desk import at, writers
from tests.tui.morning_mail import morning
from tests.tui.pilot import burst, keys_of, running, settle, type_keys


async def test_red_digits_are_repaired_in_two_keys(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await at(app, 1)
        text = flat(app)
        assert "The dial has 5 black digits" in text
        assert "499,123 gives the state 499. F9" in text
        assert "Stan licznika «499123» pozdrawiam" in text
        await type_keys(app, "enter")
        assert floor.saved() == []
        assert "It cannot be saved like this: e corrects it." in flat(app)
        await type_keys(app, "f9", "enter")
        assert isinstance(app.screen, InboxScreen)
        assert "Accepted: 200001" in flat(app)
        assert app.screen.current is not None
        assert app.screen.current.sender.startswith("n"), "the next one is under the cursor"
    ((saved, day, channel, reason),) = floor.saved()
    assert (saved, day, channel, reason) == (499, date(2026, 11, 21), "email", None)


async def test_an_unknown_client_is_found_and_booked_in_four_keys_beside_the_number(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    script = ("k", "200006", "enter", "enter", "1")  # the digit is the reason: more is used than usual
    assert len(keys_of(*script)) - len("200006") == 4
    async with running(app):
        await at(app, 2)
        assert "client unknown" in flat(app)
        await type_keys(app, "enter")
        assert "It is not known whose it is: k looks for the client." in flat(app)
        burst(app, *script)
        await settle(app)
        text = flat(app)
    assert "Accepted: 200006" in text
    assert [row[0] for row in floor.saved()] == [511]


async def test_of_contradicting_numbers_the_agent_chooses(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await at(app, 3)
        assert "✗ contradiction" in flat(app)
        await type_keys(app, "enter")
        assert "Its numbers lead to different clients: k chooses one." in flat(app)
        assert floor.saved() == []
        await type_keys(app, "k")
        assert isinstance(app.screen, FindClientDialog)
        text = flat(app)
        assert "200002 Kowalska" in text
        assert "200003 Kowalska" in text
        rows = app.screen.query_one(RowList)
        await type_keys(app, *(["down"] * [row.key for row in rows.rows].index("200003")), "enter", "enter")
    assert [row[0] for row in floor.saved()] == [499]
    assert floor.rows("incoming_message")[3]["state"] is IncomingState.ACCEPTED


async def test_two_meters_are_booked_by_one_enter(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await at(app, 4)
        text = flat(app)
        assert "2: 499, 131" in text
        assert "70000001 garden: state 00131" in text
        await type_keys(app, "enter")
        assert "Accepted: 200004" in flat(app)
    assert sorted(row[0] for row in floor.saved()) == [131, 499]


async def test_what_is_blocked_waits_for_a_supervisor(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await at(app, 8)
        assert "✗ BLOCKED" in flat(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, PickDialog)
        assert "Only a supervisor may let this pass" in flat(app)
        await type_keys(app, "escape", "enter", "1")
        assert isinstance(app.screen, InboxScreen)
        assert "Accepted: 200007" in flat(app)
    (row,) = floor.rows("reading", "submission IS NOT NULL")
    assert (row["state"], row["needs_approval"]) == (640, True)


async def test_a_warning_asks_for_its_reason_with_a_digit(floor: Floor) -> None:
    built = writer(floor.builder, number="200000", address="k0@example.org")
    take_in(floor.house, mail(state("525"), sender="k0@example.org", text="stan 525"))
    app = floor.app()
    script = ("enter", "1")
    async with running(app):
        await type_keys(app, "f6")
        assert "! WARNING" in flat(app)
        burst(app, *script)
        await settle(app)
        assert f"Accepted: {built.number}" in flat(app)
    ((saved, _day, _channel, reason),) = floor.saved()
    assert saved == 525
    assert reason is not None


async def test_another_reason_needs_words(floor: Floor) -> None:
    writer(floor.builder, number="200000", address="k0@example.org")
    take_in(floor.house, mail(state("525"), sender="k0@example.org", text="stan 525"))
    app = floor.app()
    other = str(list(REASON_LABELS).index(ReasonCode.OTHER) + 1)
    async with running(app):
        await type_keys(app, "f6", "enter", other)
        assert isinstance(app.screen, TextDialog)
        await type_keys(app, "basen w ogrodzie", "enter")
        assert isinstance(app.screen, InboxScreen)
    (row,) = floor.rows("reading", "submission IS NOT NULL")
    assert (row["reason"], row["note"]) == ("other", "basen w ogrodzie")


async def test_a_likely_client_is_confirmed_in_three_keys(floor: Floor) -> None:
    (built,) = writers(floor, 1)
    text = f"licznik {built.meter} stan 499"
    take_in(
        floor.house,
        mail(state("499", built.meter), sender="syn@example.net", meters=(built.meter,), text=text),
    )
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6", "enter")
        assert "It is not sure whose it is: k confirms the client" in flat(app)
        assert floor.saved() == []
        burst(app, "k", "enter", "enter")
        await settle(app)
        assert "Accepted: 200000" in flat(app)
    assert [row[0] for row in floor.saved()] == [499]


async def test_whoever_wants_more_than_a_reading_is_not_booked_away(floor: Floor) -> None:
    writers(floor, 1)
    take_in(
        floor.house,
        mail(state("499"), sender="k0@example.org", intent=MailIntent.DATA_CHANGE, phone="600700800"),
    )
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6", "enter")
        assert "w takes it in; e books the reading alone" in flat(app)
        assert floor.saved() == []
        await type_keys(app, "e", "enter")
    assert [row[0] for row in floor.saved()] == [499]


async def test_what_was_booked_stands_with_a_message_that_is_done_with(floor: Floor) -> None:
    (written,) = writers(floor, 1)
    take_in(floor.house, mail(state("499"), sender="k0@example.org"))
    number = floor.rows("reading_notice")[0]["number"]
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6")
        assert "Booked: " not in flat(app)
        assert "Notice: " in flat(app)
        await type_keys(app, "enter", "4")
        text = flat(app)
        assert f"Booked: {written.meter} main: state 00499, day 21 Nov 2026, use 12 m³" in text
        assert f"Answers the notice {number}." in text
        assert "Accepted: Anna Nowak, " in text
        assert "Notice: none open" not in text
        assert "expected" not in text


async def test_the_counts_say_of_how_many_they_are(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.queries.inbox.JUDGED", 2)
    writers(floor, 4)
    take_in(
        floor.house,
        *(mail(state("9000" if at else "499"), sender=f"k{at}@example.org") for at in range(4)),
    )
    app = floor.app()
    async with running(app, (80, 24)):
        await type_keys(app, "f6")
        assert "[1 New ones 4] 2 Doubtful 1 of the oldest 2 3 Mine 4 Done 5 Spam" in flat(app)
        await type_keys(app, "n", "delete", "delete")
        assert "2 Doubtful 1 3 Mine" in flat(app), "where all are judged, nothing is to be said"
