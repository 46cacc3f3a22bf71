"""From the card of a client to the messages and back."""

from __future__ import annotations

from bok_tui.screens.client import ClientScreen
from bok_tui.screens.inbox import InboxScreen
from bok_tui.widgets.row_list import RowList
from db.records.incoming import MailIntent
from tests.db.mailbag import mail, state, take_in
from tests.tui.floor import Floor, flat
from tests.tui.inbox_desk import writers
from tests.tui.pilot import running, type_keys


async def test_a_message_is_opened_from_the_card_of_its_client(floor: Floor) -> None:
    written = writers(floor, 2)
    first, other, _last = take_in(
        floor.house,
        mail(state("499"), sender="k0@example.org", said_subject="Stan [/x] licznika"),
        mail(state("499"), sender="k1@example.org", said_subject="czyjaś inna"),
        mail(sender="k0@example.org", said_subject="Reklamacja", intent=MailIntent.COMPLAINT),
    )
    app = floor.app()
    async with running(app):
        await type_keys(app, written[0].number, "enter", "7")
        text = flat(app)
        assert "Enter opens an e-mail that was received" in text
        assert "e-mail received, still open: Stan [/x] licznika" in text
        assert "e-mail received, still open: Reklamacja" in text
        assert "czyjaś" not in text
        events = [row.text for row in app.screen.query_one("#timeline", RowList).rows]
        at = next(index for index, words in enumerate(events) if "Stan [/x]" in words)
        await type_keys(app, *(["down"] * at), "enter")
        assert isinstance(app.screen, InboxScreen)
        assert app.screen.current is not None
        assert app.screen.current.id == first
        text = flat(app)
        assert f"client {written[0].number}" in text
        assert "czyjaś" not in text
        (contact,) = floor.rows("contact")
        looks = {row["scope"]: row for row in floor.rows("access_entry")}
        assert looks[f"incoming mail {first}"]["contact_id"] == contact["id"]
        assert looks[f"incoming mail {first}"]["client_id"] == written[0].id
        await type_keys(app, "enter")
        assert app.screen.current is not None
        assert app.screen.current.id == first, "it stays, as it is now"
        assert "Booked: " in flat(app)
        await type_keys(app, "c")
        assert isinstance(app.screen, ClientScreen), "the card lies below"
        assert "e-mail received, accepted: Stan [/x] licznika" in flat(app)
        assert len(floor.rows("contact")) == 1
    assert f"incoming mail {other}" not in floor.seen("VIEW")


async def test_an_event_that_is_no_message_opens_nothing(floor: Floor) -> None:
    writers(floor, 1)
    app = floor.app()
    async with running(app):
        await type_keys(app, "200000", "enter", "7", "enter")
        assert isinstance(app.screen, ClientScreen)
        assert "nothing more to be shown" in flat(app)


async def test_digits_leave_the_messages_of_one_client(floor: Floor) -> None:
    writers(floor, 2)
    take_in(floor.house, *(mail(state("499"), sender=f"k{at}@example.org") for at in range(2)))
    app = floor.app()
    async with running(app):
        await type_keys(app, "200000", "enter", "7", "down", "enter")
        assert isinstance(app.screen, InboxScreen)
        assert len(app.screen.rows.rows) == 1
        await type_keys(app, "1")
        assert isinstance(app.screen, InboxScreen)
        assert len(app.screen.rows.rows) == 2
        before = len(floor.rows("access_entry"))
        await type_keys(app, "n")
        assert {row["contact_id"] for row in floor.rows("access_entry")[before:]} == {None}
