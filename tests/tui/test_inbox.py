"""The inbox: ten sure messages in ten keys, two desks, and the way from the desk."""

from __future__ import annotations

import pytest

from bok_tui.dialogs.help import HelpDialog
from bok_tui.screens.inbox import InboxScreen
from db.records.incoming import IncomingState
from tests.db.mailbag import mail, state, take_in
from tests.tui.floor import Floor, flat
from tests.tui.inbox_desk import states, writers
from tests.tui.morning_mail import morning
from tests.tui.pilot import SIZES, burst, keys_of, running, settle, type_keys


@pytest.mark.parametrize("size", SIZES)
async def test_ten_sure_messages_in_ten_keys(floor: Floor, size: tuple[int, int]) -> None:
    written = writers(floor, 10)
    take_in(floor.house, *(mail(state(f"{499 + at}"), sender=f"k{at}@example.org") for at in range(10)))
    app = floor.app()
    script = ["enter"] * 10
    assert len(keys_of(*script)) == 10
    async with running(app, size):
        await type_keys(app, "f6")
        assert isinstance(app.screen, InboxScreen)
        assert "[1 New ones 10]" in flat(app)
        assert f"{written[0].meter} → 499" in flat(app)
        burst(app, *script)
        await settle(app)
        assert "no message is to be seen here" in flat(app)
    assert sorted(floor.saved()) == sorted(
        (499 + at, *saved[1:]) for at, saved in enumerate(floor.saved())
    ), "each of them once"
    assert len(floor.saved()) == 10
    assert {row["channel"].value for row in floor.rows("reading", "submission IS NOT NULL")} == {"email"}
    assert states(floor) == [IncomingState.ACCEPTED] * 10
    assert len(floor.rows("outgoing_message")) == 10, "the client of each is told"


async def test_a_doubtful_one_stops_a_burst(floor: Floor) -> None:
    writers(floor, 4)
    take_in(
        floor.house,
        *(
            mail(state(value), sender=f"k{at}@example.org")
            for at, value in enumerate(["499", "9000", "501", "502"])
        ),
    )
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6")
        burst(app, *(["enter"] * 4))
        await settle(app)
        assert [row[0] for row in floor.saved()] == [499], "nothing is booked by a key meant for another"
        await type_keys(app, "escape", "n")
        burst(app, *(["enter"] * 2))
        await settle(app)
    assert [row[0] for row in floor.saved()] == [499, 501, 502]


async def test_two_desks_book_a_message_once(floor: Floor) -> None:
    writers(floor, 1)
    take_in(floor.house, mail(state("499"), sender="k0@example.org"))
    first, second = floor.app(), floor.app(floor.chief)
    async with running(first):
        await type_keys(first, "f6")
        async with running(second):
            await type_keys(second, "f6", "enter")
            assert "Accepted: 200000" in flat(second)
        await type_keys(first, "enter")
        assert "accepted before" in flat(first)
    assert len(floor.saved()) == 1
    assert len(floor.rows("outgoing_message")) == 1


async def test_the_desk_tells_of_new_mail_and_a_code_opens_it(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        assert "mail 9 new" in flat(app)
        assert "F6 Mail" in flat(app)
        await type_keys(app, "p", "enter")
        assert isinstance(app.screen, InboxScreen)
        await type_keys(app, "f1")
        assert isinstance(app.screen, HelpDialog)
        await type_keys(app, "escape", "f2", "?")
        assert "opens the mail that came in" in flat(app)
