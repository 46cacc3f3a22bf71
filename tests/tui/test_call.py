"""A call from start to end, by its keys, at the two sizes that are promised."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest

from bok_tui.dialogs.end_contact import EndContactDialog
from bok_tui.dialogs.verification import VerificationDialog
from bok_tui.i18n import choose_language
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.desk import DeskScreen
from bok_tui.screens.reading import ReadingScreen
from db.records.contacts import Outcome, Purpose
from tests.db.builders import TODAY
from tests.tui.floor import NUMBER, PASSWORD, Floor, seen
from tests.tui.pilot import SIZES, burst, keys_of, running, settle, type_keys

CALL = (NUMBER, "enter", "f3", "00502", "enter")
"""A plausible reading by phone on an open notice, from the command line to saved."""


def pdfs(floor: Floor) -> list[bytes]:
    """Return the documents that were written."""
    return [path.read_bytes() for path in sorted(floor.settings.documents.glob("*.pdf"))]


@pytest.mark.parametrize("size", SIZES)
async def test_from_signing_in_to_the_confirmation(floor: Floor, size: tuple[int, int]) -> None:
    from db.passwords import hash_password

    built = floor.client()
    floor.set_password(floor.anna, hash_password(PASSWORD))
    app = floor.at_sign_in()
    async with running(app, size):
        await type_keys(app, "anna", "enter", PASSWORD, "enter")
        assert isinstance(app.screen, DeskScreen)
        await type_keys(app, NUMBER, "enter")
        assert isinstance(app.screen, ClientScreen)
        await type_keys(
            app, "f7", "1", NUMBER, "enter", "4", built.meter, "enter", "3", "Żaneta Kowalska", "enter"
        )
        assert "YES" in seen(app)
        await type_keys(app, "escape", "f3", "00502", "enter")
        assert isinstance(app.screen, ClientScreen)
        assert "Saved: state 00502" in seen(app)
        assert "Art. 7" in seen(app)
        await type_keys(app, "f4")
        assert "P/2026/0000001" in seen(app)
        await type_keys(app, "escape", "enter")
        assert isinstance(app.screen, DeskScreen)
    assert floor.saved() == [(502, TODAY, "phone", None)]
    (document,) = floor.rows("issued_document")
    (paper,) = pdfs(floor)
    assert paper.startswith(b"%PDF-")
    assert hashlib.sha256(paper).hexdigest() == floor.rows("document_rendering")[0]["pdf_sha256"]
    (contact,) = floor.rows("contact")
    assert (
        document["contact_id"]
        == contact["id"]
        == floor.rows("reading", "submission IS NOT NULL")[0]["contact_id"]
    )
    assert (contact["purpose"], contact["outcome"]) == (Purpose.READING, Outcome.SOLVED)


def test_a_reading_by_phone_takes_fourteen_keys() -> None:
    assert len(keys_of(*CALL)) == 14


@pytest.mark.parametrize("fast", [True, False])
async def test_fourteen_keys_save_the_reading_however_they_come(floor: Floor, fast: bool) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        if fast:
            burst(app, *CALL)
            await settle(app)
        else:
            await type_keys(app, *CALL)
        assert isinstance(app.screen, ClientScreen)
        assert "Saved: state 00502 of 22 Nov 2026, use 15 m³" in seen(app)
    (row,) = floor.rows("reading", "submission IS NOT NULL")
    assert (row["state"], row["day"], row["consumption"], row["needs_approval"]) == (502, TODAY, 15, False)
    assert row["notice_id"] is not None


async def test_a_second_enter_saves_nothing_more(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        burst(app, *CALL, "enter", "enter")
        await settle(app)
    assert len(floor.saved()) == 1


async def test_two_whole_calls_typed_in_one_breath(floor: Floor) -> None:
    floor.client()
    floor.client("654321", first_name="Wiesław")
    app = floor.app()
    async with running(app):
        burst(app, *CALL, "f2", "654321", "enter", "f3", "498", "enter")
        await settle(app)
        assert isinstance(app.screen, ClientScreen)
        assert app.screen.number == "654321"
    assert [state for state, *_ in floor.saved()] == [502, 498]
    first, second = floor.rows("contact")
    assert (first["purpose"], first["outcome"]) == (Purpose.READING, Outcome.SOLVED), (
        "the first call was over"
    )
    assert second["ended_at"] is None


async def test_the_contact_goes_on_after_a_look_at_the_desk(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "f7", "1", NUMBER, "enter", "escape", "f2", NUMBER, "enter")
        assert isinstance(app.screen, ClientScreen)
        assert app.screen.contact is not None
        assert app.screen.contact.answered == (("client_number", True),)
    assert len(floor.rows("contact")) == 1


async def test_leaving_a_card_where_nothing_was_done_asks_nothing(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "escape")
        assert isinstance(app.screen, DeskScreen)
    (contact,) = floor.rows("contact")
    assert (contact["purpose"], contact["outcome"]) == (Purpose.INFORMATION, Outcome.SOLVED)


@pytest.mark.parametrize(
    ("keys", "purpose", "outcome"),
    [
        (("escape", "enter"), Purpose.READING, Outcome.SOLVED),
        (("escape", "2"), Purpose.READING, Outcome.PASSED_ON),
        (("f7", "f7", "5"), Purpose.READING, Outcome.DROPPED),
        (("escape", "right", "3"), Purpose.DOCUMENT, Outcome.CALL_BACK),
    ],
)
async def test_a_contact_is_ended_in_at_most_three_keys(
    floor: Floor, keys: tuple[str, ...], purpose: Purpose, outcome: Outcome
) -> None:
    assert len(keys) <= 3
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *CALL, *keys)
        assert isinstance(app.screen, DeskScreen)
    (contact,) = floor.rows("contact")
    assert (contact["purpose"], contact["outcome"]) == (purpose, outcome)
    assert contact["ended_at"] is not None


async def test_esc_in_the_end_of_a_contact_goes_on_with_it(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *CALL, "escape")
        assert isinstance(app.screen, EndContactDialog)
        await type_keys(app, "escape")
        assert isinstance(app.screen, ClientScreen)
    assert floor.rows("contact")[0]["ended_at"] is None


async def test_a_reading_code_opens_the_form_with_its_state(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, f"o {NUMBER} 502", "enter")
        assert isinstance(app.screen, ReadingScreen)
        assert "15 m³" in seen(app)
        await type_keys(app, "enter")
    assert floor.saved() == [(502, TODAY, "phone", None)]


async def test_an_unknown_number_leaves_the_desk_as_it_is(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        burst(app, "999999", "enter", "f3", "00502", "enter")
        await settle(app)
        assert not isinstance(app.screen, ReadingScreen | VerificationDialog)
        assert "999999" in seen(app)
    assert floor.saved() == []
    assert floor.rows("contact") == []


async def test_the_day_and_the_channel_are_saved_as_chosen(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "f3", "00502", "tab", "d-1", "tab", "e", "enter")
    assert floor.saved() == [(502, date(2026, 11, 21), "email", None)]


async def test_the_call_in_polish(floor: Floor) -> None:
    choose_language("pl")
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        assert "ROZMÓWCA NIEZWERYFIKOWANY" in seen(app)
        await type_keys(app, "f3", "487,5")
        assert "tylko czarne cyfry" in seen(app).casefold()
        await type_keys(app, *["backspace"] * 5, "00502", "enter")
        assert "Zapisano: stan 00502 z 22.11.2026, zużycie 15 m³." in seen(app)
        assert "Do odczytania: podanie stanu nie zwalnia z obowiązku dopuszczenia" in seen(app)
