"""The inbox: ten sure messages in ten keys, doubtful ones in five, and nothing that a message says obeyed."""

from __future__ import annotations

from datetime import date

import pytest

from bok_tui.app import BokApp
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.find_client import FindClientDialog
from bok_tui.dialogs.help import HelpDialog
from bok_tui.dialogs.mail_answer import MailAnswerDialog
from bok_tui.dialogs.mail_reading import MailReadingDialog
from bok_tui.dialogs.new_request import NewRequestDialog
from bok_tui.dialogs.pick import PickDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.i18n import choose_language
from bok_tui.safe_text import HIDDEN
from bok_tui.screens import inbox_work
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.inbox import PAGE, InboxScreen
from bok_tui.widgets.key_hints import KeyHints
from bok_tui.widgets.row_list import RowList
from db.errors import DatabaseUnavailable
from db.office import Office
from db.operations.inbox import choose_mail_client, close_mail, mark_spam
from db.records.incoming import AttachedFile, InboxCounts, IncomingState, MailIntent, TextSpan
from db.records.requests import RequestKind
from db.rules.reading_checks import REASON_LABELS, ReasonCode
from db.words import N_
from tests.db.builders import BuiltClient
from tests.db.mailbag import mail, state, take_in, writer
from tests.tui.floor import Floor, flat, seen
from tests.tui.morning_mail import morning
from tests.tui.pilot import SIZES, burst, keys_of, running, settle, shown, type_keys


def writers(floor: Floor, count: int) -> list[BuiltClient]:
    """Add households, each with a confirmed address of its own and an open notice."""
    return [
        writer(floor.builder, number=f"{200000 + at}", address=f"k{at}@example.org") for at in range(count)
    ]


def states(floor: Floor) -> list[IncomingState]:
    return [row["state"] for row in floor.rows("incoming_message")]


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


async def at(app: BokApp, index: int) -> None:
    """Go to a message of the morning."""
    await type_keys(app, "f6", *(["n"] * index))


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


# -- doubtful ones


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


# -- from the card


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


# -- correcting


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


# -- the other ways


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


# -- how it looks


NASTY = "[red]x[/red] [@click=app.leave]x[/] x[/nope] \x1b]0;own\x07\x1b[2J \x9b6n \u202egnp.exe \u200b\x00"


@pytest.mark.parametrize("size", SIZES)
async def test_a_hostile_message_is_shown_letter_by_letter(floor: Floor, size: tuple[int, int]) -> None:
    writer(floor.builder, number="200000", address="k0@example.org")
    take_in(
        floor.house,
        mail(
            state("499"),
            sender="k0@example.org",
            text=NASTY + " stan 499 " + "a" * 50_000,
            used=(TextSpan(0, 12), TextSpan(5, 30), TextSpan(90_000, 90_010), TextSpan(40, 10)),
            said_subject=NASTY,
            said_sender_name=NASTY,
            said_quoted=NASTY * 100,
            said_files=(AttachedFile(NASTY, NASTY, 10**9),),
        ),
    )
    app = floor.app()
    async with running(app, size):
        for keys in (
            ("f6",),
            ("pagedown",),
            ("e",),
            ("escape", "k"),
            ("escape", "s", "1"),
            ("escape", "escape"),
        ):
            await type_keys(app, *keys)
            assert not HIDDEN.search(shown(app).replace("\n", ""))
        burst(app, *(["pagedown"] * 200))
        await settle(app)
        assert "more characters" in seen(app)
        await type_keys(app, "w", "escape", "r")
        assert not HIDDEN.search(shown(app).replace("\n", ""))


@pytest.mark.parametrize("language", ["en", "pl"])
@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_cut(floor: Floor, size: tuple[int, int], language: str) -> None:
    morning(floor)
    choose_language(language)
    app = floor.app()
    async with running(app, size):
        await type_keys(app, "f6")
        wide = size[0] >= 110
        for at in range(9):
            detail = app.screen.query_one("#detail")
            proposal, body = app.screen.query_one("#proposal"), app.screen.query_one("#body")
            hints = app.screen.query_one(KeyHints)
            assert all(len(line) <= size[0] for line in shown(app).splitlines())
            assert "…" not in "".join(shown(app).splitlines()[4:]) or not wide
            assert proposal.region.width + (body.region.width if wide else 0) <= size[0]
            assert (body.region.x > proposal.region.x) is wide
            assert ("PgDn" in shown(app)) is (detail.max_scroll_y > 0), f"message {at}"
            assert len(hints.ids) <= 6
            assert hints.region.bottom == size[1]
            await type_keys(app, "n")
        for key in ("e", "k", "s", "f1"):
            await type_keys(app, "home", key)
            assert app.screen is not app.screen_stack[-2]
            box = app.screen.query_one(".box")
            assert box.region.bottom <= size[1]
            assert box.region.right <= size[0]
            await type_keys(app, "escape")


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
