"""Requests taken in from the card: fields, suggestions, verification, letters; the keys are counted."""

from __future__ import annotations

import pytest
from textual.widgets import Input

from bok_tui.app import BokApp
from bok_tui.dialogs.new_request import NewRequestDialog
from bok_tui.dialogs.request_kind import KindDialog
from bok_tui.dialogs.verification import VerificationDialog
from bok_tui.screens.client import ClientScreen
from bok_tui.screens.requests import RequestScreen
from db.records.documents import DocumentKind
from db.records.requests import RequestKind, RequestState
from tests.db.builders import PESEL
from tests.tui.floor import NUMBER, Floor, flat, seen
from tests.tui.pilot import SIZES, burst, keys_of, running, settle, type_keys

METER = "80000001"
ADDRESS = (
    "f5",
    "a",
    "enter",
    "43-400",
    "enter",
    "Wola",
    "enter",
    "Żółwia",
    "enter",
    "7",
    "enter",
    "2",
    "enter",
)
TYPED = ("43-400", "Wola", "Żółwia", "7", "2")


async def verify(app: BokApp) -> None:
    """Let the caller prove enough for a change of data, by the digits of the PESEL among others."""
    await type_keys(app, "f7")
    dialog = app.screen
    assert isinstance(dialog, VerificationDialog)
    places = dialog._contact.pesel_positions
    digits = "".join(PESEL[place - 1] for place in places)
    await type_keys(app, "1", NUMBER, "enter", "3", "Żaneta Kowalska", "enter", "4", METER, "enter")
    await type_keys(app, "6", digits, "enter", "escape")


def pressed(*script: str, typed: tuple[str, ...] = ()) -> int:
    """Return how many keys a script takes beside what is typed."""
    return len(keys_of(*script)) - sum(len(keys_of(text)) for text in typed)


@pytest.mark.parametrize("size", SIZES)
async def test_an_address_is_changed_and_its_letter_printed(floor: Floor, size: tuple[int, int]) -> None:
    script = (*ADDRESS, "f4")
    assert pressed(*script, typed=TYPED) <= 12
    floor.client(meter=METER)
    app = floor.app()
    async with running(app, size):
        await type_keys(app, NUMBER, "enter")
        await verify(app)
        burst(app, *script)
        await settle(app)
        assert isinstance(app.screen, ClientScreen)
        assert "mailing address, applied" in flat(app) or ".pdf" in flat(app)
        assert ".pdf" in flat(app)
        await type_keys(app, "8")
        assert "W/2026/00001" in seen(app)
    (request,) = floor.rows("request")
    assert request["state"] is RequestState.APPLIED
    (paper,) = floor.rows("issued_document")
    assert paper["request_id"] == request["id"]
    assert paper["kind"] == DocumentKind.REQUEST_DECISION, "what was applied is not confirmed as taken in"
    assert "Rozstrzygnięcie wniosku" in paper["snapshot"]


async def test_an_unverified_caller_loses_nothing_typed(floor: Floor) -> None:
    floor.client(meter=METER)
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", *ADDRESS)
        assert isinstance(app.screen, NewRequestDialog)
        assert "F7" in flat(app)
        assert floor.rows("request") == []
        await verify(app)
        assert isinstance(app.screen, NewRequestDialog)
        assert "Żółwia" in seen(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, ClientScreen)
    assert len(floor.rows("request")) == 1


async def test_a_wrong_postal_code_is_told_while_it_is_typed_and_holds_the_cursor(floor: Floor) -> None:
    floor.client(meter=METER)
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "f5", "a", "enter", "43-4")
        assert "A postal code has 5 digits" in flat(app)
        await type_keys(app, "enter", "00", "enter", "Wola")
        assert isinstance(app.screen, NewRequestDialog)
        assert app.screen.focused is not None
        assert app.screen.focused.id == "f-town"
        await type_keys(app, "escape")
        assert "not saved" in flat(app)
        await type_keys(app, "escape", "escape", "enter")
        assert isinstance(app.screen, ClientScreen)


async def test_a_place_on_file_is_taken_by_one_key(floor: Floor) -> None:
    floor.client(meter=METER)
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        await verify(app)
        burst(app, "f5", "a", "enter", "43", "f9", "9", "enter", "enter")
        await settle(app)
        assert isinstance(app.screen, ClientScreen)
    new = {row["field"].value: row["new"] for row in floor.rows("request_item")}
    assert (new["street"], new["house"], new["town"]) == ("ul. Lipowa", "9", "Przykładowo")


async def test_the_kinds_narrow_while_letters_are_typed(floor: Floor) -> None:
    floor.client(meter=METER)
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "f5", "acc")
        assert isinstance(app.screen, KindDialog)
        assert "account for refunds" in seen(app)
        assert "complaint" not in seen(app)
        await type_keys(app, "zzz")
        assert "no such kind" in seen(app)
        await type_keys(app, "enter")
        assert isinstance(app.screen, KindDialog)
        await type_keys(app, "backspace", "backspace", "backspace")
        await type_keys(app, "1")
        assert isinstance(app.screen, NewRequestDialog)
        assert "account for refunds" in seen(app)


async def test_four_eyes_are_told_of(floor: Floor) -> None:
    floor.client(meter=METER)
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        await verify(app)
        await type_keys(app, "8", "f5", "n", "enter", "Nowak", "enter", "enter")
        assert isinstance(app.screen, ClientScreen)
        assert "a supervisor" in flat(app)
        assert seen(app).count("W/2026/00001") == 2, "the open tab shows it beside what is told"
        await type_keys(app, "f4")
        assert ".pdf" in flat(app)
    (request,) = floor.rows("request")
    assert request["state"] is RequestState.SUBMITTED
    (paper,) = floor.rows("issued_document")
    assert paper["kind"] == DocumentKind.REQUEST_CONFIRMATION


async def test_a_phone_replaces_the_one_on_the_card_or_is_added(floor: Floor) -> None:
    floor.client(meter=METER)
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        await verify(app)
        await type_keys(app, "f5", "t", "enter", "600 200 30")
        assert "✓" not in flat(app).split("phone ·")[1]
        await type_keys(app, "0")
        assert "✓ 600 200 300" in flat(app)
        await type_keys(app, "enter")
        assert "tel. 600 200 300" in seen(app)
        assert "600 123 456" not in seen(app)
        await type_keys(app, "f5", "t", "enter", "500 200 300", "tab", "right", "tab", "enter")
        assert isinstance(app.screen, ClientScreen)
    phones = floor.rows("contact_point", "kind = 'phone'", "removed_on IS NULL")
    assert {row["value"] for row in phones} == {"+48600200300", "+48500200300"}


async def test_by_e_mail_nobody_is_verified_and_somebody_else_decides(floor: Floor) -> None:
    floor.client(meter=METER)
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter", "k", "f5", "t", "enter")
        assert "Nobody is verified by e-mail" in flat(app)
        await type_keys(app, "600 200 300", "enter")
        assert "it waits in the queue" in flat(app)
        await type_keys(app, "8", "enter")
        assert isinstance(app.screen, RequestScreen)
        assert "somebody else has to decide" in flat(app)
        await type_keys(app, "w", "enter")
        assert "withdrawn" in flat(app)
        await type_keys(app, "f4")
        await type_keys(app, "escape")
        assert isinstance(app.screen, ClientScreen)
        assert "withdrawn" in flat(app)
    (paper,) = floor.rows("issued_document")
    assert paper["kind"] == DocumentKind.REQUEST_DECISION
    assert "potwierdzamy wycofanie" in paper["snapshot"]


async def test_the_letter_is_e_mailed_by_one_key(floor: Floor) -> None:
    floor.client(meter=METER)
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        await verify(app)
        await type_keys(app, *ADDRESS, "m")
        assert "waits to be sent to zaneta@example.com" in flat(app)
    assert len(floor.rows("issued_document")) == 1


async def test_a_second_party_is_taken_in_by_keys(floor: Floor) -> None:
    floor.client(meter=METER)
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        await verify(app)
        await type_keys(app, "f5", "second", "enter")
        assert isinstance(app.screen, NewRequestDialog)
        burst(app, "Kowalski", "enter", "Jan", "enter", "enter")
        await settle(app)
        assert isinstance(app.screen, ClientScreen)
        assert "W/2026/00001: second party" in flat(app)
    new = {row["field"].value: row["new"] for row in floor.rows("request_item")}
    assert (new["party_last_name"], new["party_first_name"]) == ("Kowalski", "Jan")
    (request,) = floor.rows("request")
    assert (request["kind"], request["state"]) == (RequestKind.SECOND_PARTY, RequestState.APPLIED)
    assert len(floor.rows("contract_party")) == 2


async def test_a_hand_over_is_taken_in_by_keys_and_a_wrong_day_is_told_at_once(floor: Floor) -> None:
    floor.client(meter=METER)
    floor.client("222222")
    app = floor.app()
    async with running(app):
        await type_keys(app, NUMBER, "enter")
        await verify(app)
        await type_keys(app, "f5", "hand", "enter")
        assert isinstance(app.screen, NewRequestDialog)
        fields = [field.id for field in app.screen.query(Input) if field.id]
        assert fields == ["f-new_client", "f-handover_day", "f-meter", "f-state", "note"]
        await type_keys(app, "222222", "enter", "32.11")
        await type_keys(app, "enter")
        assert app.screen.focused is not None
        assert app.screen.focused.id == "f-handover_day", "what cannot be read holds the cursor"
        await type_keys(app, *["backspace"] * 5, "d", "enter")
        assert app.screen.query_one("#f-meter", Input).value == METER, "the meter of the card stands there"
        await type_keys(app, "enter", "498", "enter")
        assert isinstance(app.screen, ClientScreen)
        assert "W/2026/00001" in flat(app)
    new = {row["field"].value: row["new"] for row in floor.rows("request_item")}
    assert (new["new_client"], new["handover_day"], new["meter"], new["state"]) == (
        *("222222", "2026-11-22"),
        *(METER, "498"),
    )
