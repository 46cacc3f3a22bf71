"""The other ways of a message: request, complaint, answer, spam, closing, colleagues."""

from __future__ import annotations

from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.mail_answer import MailAnswerDialog
from bok_tui.dialogs.new_request import NewRequestDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.inbox import PAGE, InboxScreen
from bok_tui.widgets.row_list import RowList
from db.records.incoming import IncomingState, MailIntent
from db.records.requests import RequestKind
from tests.db.mailbag import mail, take_in, writer
from tests.tui.floor import Floor, flat, seen
from tests.tui.inbox_desk import at, states
from tests.tui.morning_mail import morning
from tests.tui.pilot import burst, keys_of, running, settle, type_keys


async def test_a_complaint_is_taken_in_with_its_words(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await at(app, 5)
        await type_keys(app, "enter")
        assert "It is a complaint: r takes it in." in flat(app)
        burst(app, "r", "enter", "enter", "enter")
        await settle(app)
        assert isinstance(app.screen, InboxScreen)
        assert "W/2026/00001" in flat(app)
    (request,) = floor.rows("request")
    assert (request["kind"], request["channel"].value) == (RequestKind.COMPLAINT, "email")
    assert states(floor)[5] is IncomingState.REQUEST


async def test_a_message_becomes_a_request_with_what_it_says(floor: Floor) -> None:
    writer(floor.builder, number="200000", address="k0@example.org")
    take_in(
        floor.house,
        mail(
            sender="k0@example.org",
            text="Mam nowy telefon 600 700 800",
            intent=MailIntent.DATA_CHANGE,
            phone="600700800",
            sufficient=False,
        ),
    )
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6", "enter")
        assert "w makes it a request" in flat(app)
        await type_keys(app, "w", "t", "enter")
        assert isinstance(app.screen, NewRequestDialog)
        assert "600700800" in seen(app)
        assert "Mam nowy telefon" in seen(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, InboxScreen)
    (request,) = floor.rows("request")
    assert (request["kind"], request["state"].value) == (RequestKind.PHONE, "submitted")


async def test_an_answer_is_shown_before_it_goes(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await at(app, 7)
        await type_keys(app, "s", "enter")
        assert isinstance(app.screen, MailAnswerDialog)
        assert "Press the digit of a text." in flat(app)
        await type_keys(app, "5")
        assert "Szanowni Państwo" in flat(app)
        await type_keys(app, "Dziękujemy.", "escape")
        assert isinstance(app.screen, ConfirmDialog)
        await type_keys(app, "n", "enter")
        assert isinstance(app.screen, InboxScreen)
    assert states(floor)[7] is IncomingState.ANSWERED
    (sent,) = floor.rows("outgoing_message")
    assert "Dziękujemy." in sent["body"]


async def test_spam_and_closing_are_undone(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6", "end", "delete")
        assert states(floor)[8] is IncomingState.SPAM
        await type_keys(app, "home", "z")
        assert states(floor)[0] is IncomingState.CLOSED
        await type_keys(app, "u")
        assert states(floor)[0] is IncomingState.NEW
        assert isinstance(app.screen, InboxScreen)
        await type_keys(app, "5")
        assert "[5 Spam]" in flat(app)
        await type_keys(app, "u")
        assert states(floor) == [IncomingState.NEW] * 9


async def test_views_and_taking(floor: Floor) -> None:
    morning(floor)
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6", "b")
        assert "You have the message." in flat(app)
        await type_keys(app, "3")
        assert "[3 Mine 1]" in flat(app)
        await type_keys(app, "b")
        assert "given back" in flat(app)
        await type_keys(app, "2")
        rows = app.screen.query_one("#items", RowList)
        assert len(rows.rows) == 7
        await type_keys(app, "right", "right")
        assert "[4 Done]" in flat(app)
        await type_keys(app, "1", "c")
        assert isinstance(app.screen, ClientScreen)
        await type_keys(app, "escape")
        assert isinstance(app.screen, InboxScreen)


async def test_a_message_is_given_to_a_colleague_and_taken_away(floor: Floor) -> None:
    morning(floor)
    floor.builder.staff(login="jan.nowy")
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6", "p")
        assert isinstance(app.screen, TextDialog)
        await type_keys(app, *"nikt", "enter")
        assert "There is no staff login nikt." in flat(app)
        burst(app, *["backspace"] * 4, *keys_of("jan.nowy"), "enter")
        await settle(app)
        assert "jan.nowy has the message." in flat(app)
        await type_keys(app, "p", "-", "enter")
        assert "given back" in flat(app)
        await type_keys(app, "p", "escape")
        assert isinstance(app.screen, InboxScreen)


async def test_the_next_page_is_read_when_the_list_runs_out(floor: Floor) -> None:
    writer(floor.builder, number="200000", address="k0@example.org")
    take_in(floor.house, *(mail(sender=f"x{at}@example.org", text="x") for at in range(PAGE + 5)))
    app = floor.app()
    async with running(app):
        await type_keys(app, "f6")
        rows = app.screen.query_one("#items", RowList)
        assert len(rows.rows) == PAGE
        burst(app, *(["delete"] * (PAGE + 5)))
        await settle(app)
        assert rows.rows == ()
    assert set(states(floor)) == {IncomingState.SPAM}
