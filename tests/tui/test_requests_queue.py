"""The queue of requests: approved in three keys, rejected, asked about, taken, undone, changed meanwhile."""

from __future__ import annotations

import pytest

from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.decide import ApproveDialog
from bok_tui.dialogs.paper import PaperDialog
from bok_tui.dialogs.reject import RejectDialog
from bok_tui.dialogs.text import TextDialog
from bok_tui.safe_text import HIDDEN, visible
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.requests import PAGE, RequestScreen
from bok_tui.widgets.row_list import RowList
from db.operations.request_decisions import withdraw_request
from db.operations.requests import submit_request
from db.records.documents import DocumentKind
from db.records.people import Channel, Role, StaffMember
from db.records.request_views import RequestView
from db.records.requests import (
    ComplaintAbout,
    ComplaintSubject,
    NewRequest,
    RequestField,
    RequestKind,
    RequestState,
)
from tests.reports.hostile import HOSTILE
from tests.tui.floor import NUMBER, Floor, flat, seen
from tests.tui.pilot import SIZES, burst, keys_of, running, settle, shown, type_keys

F, K = RequestField, RequestKind
TEXTS = [text for text in HOSTILE if 3 < len(text) <= 60 and text.isprintable()]


def asked(
    floor: Floor,
    kind: RequestKind = K.NAME,
    values: dict[RequestField, str] | None = None,
    *,
    number: str = NUMBER,
    by: StaffMember | None = None,
) -> RequestView:
    """Take a request in by letter, by Anna unless another is named."""
    new = NewRequest(
        number, kind, {F.LAST_NAME: "Nowak-Żółć"} if values is None else values, channel=Channel.LETTER
    )
    return floor.house.office(by or floor.anna).do(submit_request, new)


def states(floor: Floor) -> list[RequestState]:
    return [row["state"] for row in floor.rows("request")]


@pytest.mark.parametrize("size", SIZES)
async def test_a_request_is_approved_in_three_keys(floor: Floor, size: tuple[int, int]) -> None:
    floor.client()
    floor.client("222222")
    asked(floor)
    asked(floor, number="222222")
    app = floor.app(floor.chief)
    script = ("f5", "a", "enter")
    assert len(keys_of(*script)) == 3
    async with running(app, size):
        await type_keys(app, "f5")
        text = flat(app)
        assert "[1 To decide 2]" in text
        assert "W/2026/00001 name change (4)" in text
        assert "last name Kowalska → Nowak-Żółć change" in text
        assert "Anna Nowak, letter" in text
        await type_keys(app, "escape")
        burst(app, *script)
        await settle(app)
        assert isinstance(app.screen, RequestScreen)
        assert "W/2026/00001 name: applied." in flat(app)
        assert app.screen.current is not None
        assert app.screen.current.number == "W/2026/00002", "the cursor is on the next one"
        await type_keys(app, "f4")
        assert "/2026/0000001:" in flat(app)
    assert states(floor) == [RequestState.APPLIED, RequestState.SUBMITTED]
    (paper,) = floor.rows("issued_document")
    assert paper["request_id"] == 1, "F4 meant the one that was decided"


async def test_nobody_approves_what_they_took_in(floor: Floor) -> None:
    floor.client()
    asked(floor, by=floor.chief)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5")
        assert "you took it in" in flat(app)
        await type_keys(app, "a", "enter", "o", "1", "enter")
    assert states(floor) == [RequestState.SUBMITTED]
    second = floor.builder.staff(Role.SUPERVISOR, login="szefowa")
    app = floor.app(second)
    async with running(app):
        await type_keys(app, "f5", "a")
        assert isinstance(app.screen, ApproveDialog)
        await type_keys(app, "enter")
    assert states(floor) == [RequestState.APPLIED]


async def test_an_agent_sees_that_a_supervisor_decides(floor: Floor) -> None:
    floor.client()
    asked(floor, by=floor.chief)
    app = floor.app()
    async with running(app):
        burst(app, "f5", "a", "enter", "enter")
        await settle(app)
        assert isinstance(app.screen, RequestScreen), "the keys behind a refused one open nothing"
        assert "a supervisor decides" in flat(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, ClientScreen)


async def test_a_request_is_rejected_with_a_reason_and_its_letter_read(floor: Floor) -> None:
    floor.client()
    asked(floor)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5", "o")
        assert isinstance(app.screen, RejectDialog)
        await type_keys(app, "enter")
        assert "Press the digit of a reason" in flat(app)
        await type_keys(app, "6", "enter")
        assert isinstance(app.screen, RejectDialog), "another reason needs words"
        await type_keys(app, "escape", "2", "brak odpisu aktu", "enter")
        assert "W/2026/00001 name: rejected." in flat(app)
        await type_keys(app, "t")
        assert isinstance(app.screen, PaperDialog)
        assert "rozpatrzony odmownie" in flat(app)
        await type_keys(app, "f4")
        assert "/2026/0000001" in flat(app)
    assert "brak odpisu aktu" in floor.rows("issued_document")[0]["snapshot"]
    (step,) = floor.rows("request_step", "event = 'reject'")
    assert (step["reason"], step["note"]) == ("not_proved", "brak odpisu aktu")


async def test_the_client_is_asked_and_the_answer_noted(floor: Floor) -> None:
    floor.client()
    asked(floor)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5", "i", "1")
        assert "W/2026/00001" in flat(app)
        await type_keys(app, "Proszę o odpis.", "enter")
        assert "waits for information" in flat(app)
        await type_keys(app, "5")
        assert "Wzorcowy: document that shows the change of name – Proszę" in flat(app)
        await type_keys(app, "i")
        await type_keys(app, "przyszedł", "enter")
    assert states(floor) == [RequestState.SUBMITTED]
    events = [row["event"].value for row in floor.rows("request_step")]
    assert events == ["submit", "ask_info", "info_came"]


async def test_taken_given_back_and_released_when_the_agent_goes(floor: Floor) -> None:
    floor.client()
    asked(floor)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5", "b")
        assert "you have it" in flat(app)
        await type_keys(app, "2")
        assert "[2 Mine 1]" in flat(app)
        await type_keys(app, "b")
        assert "given back" in flat(app)
        await type_keys(app, "1", "b")
        assert floor.rows("request")[0]["assignee_id"] == floor.chief.id
        await type_keys(app, "ctrl+o")
        await settle(app)
    assert floor.rows("request")[0]["assignee_id"] is None


async def test_a_card_that_moved_is_shown_and_asked_about(floor: Floor) -> None:
    floor.client()
    asked(floor, K.REFUND_ACCOUNT, {F.REFUND_ACCOUNT: "61109010140000071219812874"})
    floor.set("client", "refund_account = '27114020040000300201355387'")
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5")
        assert "changed meanwhile" in flat(app)
        await type_keys(app, "a", "enter")
        assert isinstance(app.screen, ConfirmDialog)
        assert "the card was changed meanwhile" in flat(app)
        await type_keys(app, "n")
        assert "the request stays open" in flat(app)
        assert states(floor) == [RequestState.SUBMITTED]
        await type_keys(app, "a", "enter", "y")
    assert states(floor) == [RequestState.APPLIED]


async def test_two_approvers_and_the_second_is_told(floor: Floor) -> None:
    floor.client()
    asked(floor)
    second = floor.builder.staff(Role.SUPERVISOR, login="szefowa", name="Ewa Druga")
    first_app, second_app = floor.app(floor.chief), floor.app(second)
    async with running(first_app):
        await type_keys(first_app, "f5", "a")
        async with running(second_app):
            await type_keys(second_app, "f5", "a", "enter")
            assert "applied" in flat(second_app)
        await type_keys(first_app, "enter")
        assert "Ewa Druga" in flat(first_app) or "already" in flat(first_app)
        assert "✗" in seen(first_app)
    assert len(floor.rows("request_step", "event = 'approve'")) == 1


async def test_the_list_narrows_and_pages(floor: Floor) -> None:
    for at in range(PAGE + 2):
        floor.builder.client(f"{200000 + at}")
        asked(floor, number=f"{200000 + at}")
    app = floor.app()
    async with running(app):
        await type_keys(app, "f5")
        rows = app.screen.query_one("#items", RowList)
        assert len(rows.rows) == PAGE
        await type_keys(app, "end", "n")
        assert len(rows.rows) == PAGE + 2
        assert rows.cursor == PAGE
        await type_keys(app, "k", "phone", "enter")
        assert "no request is to be seen here" in flat(app)
        await type_keys(app, "k", "1", "s", "3")
        assert "in review" in flat(app)
        await type_keys(app, "s", "1", "d", "2")
        assert "older than 3 days" in flat(app)
        await type_keys(app, "6")
        assert "[6 Closed]" in flat(app)


async def test_a_request_is_opened_by_its_number_and_undone(floor: Floor) -> None:
    floor.client()
    asked(floor)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "w 1", "enter")
        assert isinstance(app.screen, RequestScreen)
        assert "W/2026/00001 · name" in flat(app)
        assert "a Approve o Reject i Ask" in flat(app)
        await type_keys(app, "a", "enter")
        assert "u Undo F4 Print m E-mail t Text n Next" in flat(app)
        await type_keys(app, "u")
        assert isinstance(app.screen, ConfirmDialog)
        await type_keys(app, "enter")
        assert app.screen.current.number == "W/2026/00002", "the cursor is on the inverse request"
        assert "a Approve o Reject i Ask" in flat(app)
        await type_keys(app, "f4")
    assert states(floor) == [RequestState.APPLIED, RequestState.SUBMITTED]
    (paper,) = floor.rows("issued_document")
    assert (paper["request_id"], paper["kind"]) == (2, DocumentKind.REQUEST_CONFIRMATION), "not decided yet"


async def test_hostile_words_of_a_client_are_shown_letter_by_letter(floor: Floor) -> None:
    floor.client()
    for at, text in enumerate(TEXTS[:24]):
        new = NewRequest(
            NUMBER,
            K.COMPLAINT,
            note=text,
            channel=Channel.LETTER,
            complaint=ComplaintAbout(ComplaintSubject.SERVICE),
            external_id=f"{at}",
        )
        floor.house.office(floor.anna).do(submit_request, new)
    app = floor.app(floor.chief)
    async with running(app, (120, 35)):
        await type_keys(app, "f5")
        for text in TEXTS[:24]:
            assert not HIDDEN.search(shown(app).replace("\n", ""))
            assert " ".join(visible(text).split())[:30] in flat(app)
            await type_keys(app, "a")
            assert not HIDDEN.search(shown(app).replace("\n", ""))
            await type_keys(app, "escape", "n")


async def test_a_number_that_is_not_there(floor: Floor) -> None:
    app = floor.app()
    async with running(app):
        await type_keys(app, "w 77", "enter")
        assert "There is no request W/2026/00077" in flat(app)


async def test_a_letter_is_issued_once_for_each_step(floor: Floor) -> None:
    floor.client()
    asked(floor)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5", "f4", "f4", "b", "f4", "m")
        assert [row["kind"] for row in floor.rows("issued_document")] == ["request_confirmation"]
        await type_keys(app, "a", "enter", "6", "f4", "f4", "m", "t")
        assert isinstance(app.screen, PaperDialog)
    papers = [row["kind"] for row in floor.rows("issued_document")]
    assert papers == ["request_confirmation", "request_decision"]


async def test_an_answer_that_is_refused_is_not_lost(floor: Floor) -> None:
    floor.client()
    new = NewRequest(
        NUMBER,
        K.COMPLAINT,
        note="zalało mnie",
        channel=Channel.LETTER,
        complaint=ComplaintAbout(ComplaintSubject.SERVICE),
    )
    office = floor.house.office(floor.anna)
    view = office.do(submit_request, new)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5", "a", "enter")
        assert isinstance(app.screen, TextDialog), "an answer has words"
        await type_keys(app, "Naprawimy.")
        office.do(withdraw_request, view.line.id, "")
        await type_keys(app, "enter")
        assert isinstance(app.screen, TextDialog)
        assert "✗" in seen(app)
        assert "Naprawimy." in seen(app)


async def test_a_paragraph_is_added_before_the_letter_is_printed(floor: Floor) -> None:
    floor.client()
    asked(floor)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5", "o", "2", "brak odpisu", "enter", "t")
        assert "d Add" in flat(app)
        await type_keys(app, "d", "Czekamy do piątku.", "enter")
        assert isinstance(app.screen, PaperDialog)
        assert "Czekamy do piątku." in app.screen._text
        assert floor.rows("issued_document") == []
        await type_keys(app, "f4", "6", "f4", "t")
        assert "Czekamy do piątku." in app.screen._text, "the same letter is printed and read again"
    (paper,) = floor.rows("issued_document")
    assert "brak odpisu" in paper["snapshot"]
    assert "Czekamy do piątku." in paper["snapshot"]


async def test_a_paragraph_outlives_the_closing_of_the_letter(floor: Floor) -> None:
    floor.client()
    asked(floor)
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, "f5", "o", "2", "brak odpisu", "enter", "t", "d", "Czekamy do piątku.", "enter")
        await type_keys(app, "escape")
        assert isinstance(app.screen, RequestScreen)
        assert "Your paragraph is kept" in flat(app)
        await type_keys(app, "escape")
        assert isinstance(app.screen, ConfirmDialog), "leaving the queue would lose it"
        await type_keys(app, "escape", "t")
        assert isinstance(app.screen, PaperDialog)
        assert "Czekamy do piątku." in app.screen._text
        await type_keys(app, "escape", "f4", "escape")
        assert not isinstance(app.screen, RequestScreen), "it stands in the letter: nothing would be lost"
    (paper,) = floor.rows("issued_document")
    assert "Czekamy do piątku." in paper["snapshot"]


async def test_only_a_complaint_about_a_reading_is_accepted_with_its_void(floor: Floor) -> None:
    floor.client()
    about = ComplaintAbout(ComplaintSubject.SERVICE)
    new = NewRequest(NUMBER, K.COMPLAINT, note="zalało mnie", channel=Channel.LETTER, complaint=about)
    floor.house.office(floor.anna).do(submit_request, new)
    app = floor.app(floor.chief)
    async with running(app):
        burst(app, "f5", "v", "enter", "enter")
        await settle(app)
        assert isinstance(app.screen, RequestScreen)
        assert "W/2026/00001 is not about a reading: a accepts it." in flat(app)
    assert states(floor) == [RequestState.SUBMITTED]
