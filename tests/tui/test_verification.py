"""Verifying the caller: only yes or no, nothing stored is shown, and too many wrong answers lock."""

from __future__ import annotations

from bok_tui.app import BokApp
from bok_tui.dialogs.confirm import ConfirmDialog
from bok_tui.dialogs.verification import VerificationDialog
from bok_tui.screens.client import ClientScreen
from tests.db.builders import PESEL
from tests.tui.floor import NUMBER, Floor, flat, seen
from tests.tui.pilot import burst, running, settle, type_keys

OPEN = (NUMBER, "enter", "f7")


def box(app: BokApp) -> str:
    """Return what the dialog itself says, without the card behind it."""
    lines = seen(app).splitlines()
    return "\n".join(line for line in lines if line.startswith(("│", "┌", "└")))


async def test_each_answer_is_yes_or_no(floor: Floor) -> None:
    built = floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *OPEN)
        assert "level 1, a reading may be taken: ask 1 + 4" in seen(app)
        await type_keys(app, "1", NUMBER, "enter")
        assert "✓ YES: client number" in seen(app)
        await type_keys(app, "4", "11111111", "enter")
        assert "✗ NO: meter number" in seen(app)
        assert built.meter not in box(app)
        assert "11111111" not in box(app), "what was said is gone at once"
    answers = floor.rows("verification_answer")
    assert [(row["question"], row["correct"]) for row in answers] == [
        ("client_number", True),
        ("meter_number", False),
    ]


async def test_nothing_on_file_is_ever_shown(floor: Floor) -> None:
    built = floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *OPEN)
        for digit in "1234567":
            await type_keys(app, digit, "nie wiem", "enter")
            text = box(app)
            for stored in (PESEL, built.meter, "Lipowa", "Kowalska", "600123456", "2014"):
                assert stored not in text


async def test_three_wrong_answers_lock_the_client(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *OPEN, "1", "x", "enter", "2", "x", "enter", "3", "x", "enter")
        assert "Disclose nothing until tomorrow" in flat(app)
        assert "Press the digit" not in flat(app)
        await type_keys(app, "4", "80000001", "enter")
        assert len(floor.rows("verification_answer")) == 3, "a locked client is asked nothing more"
        await type_keys(app, "escape")
        assert isinstance(app.screen, ClientScreen)
        assert "LOCKED: DISCLOSE NOTHING" in seen(app)
        await type_keys(app, "r", "1")
        assert PESEL not in seen(app)
    assert floor.seen("REVEAL") == []


async def test_a_burst_of_answers(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        burst(app, *OPEN, "1", NUMBER, "enter", "3", "kowalska zaneta", "enter", "5", "15.12.2014", "enter")
        await settle(app)
        assert "✓ level 2, balance and documents" in seen(app)
        burst(app, "escape", "f3", "00502", "enter", "f4")
        await settle(app)
        assert "P/2026/0000001" in seen(app)


async def test_what_was_mistyped_stays_to_be_corrected(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *OPEN, "5", "15.12", "enter")
        assert "Type the whole day with its year" in flat(app)
        assert "15.12" in box(app)
        assert floor.rows("verification_answer") == []
        await type_keys(app, ".2014", "enter")
        assert "✓ YES: date of the contract" in seen(app)
    assert [row["correct"] for row in floor.rows("verification_answer")] == [True]


async def test_a_question_is_asked_only_once(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *OPEN, "1", "x", "enter", "1", NUMBER, "enter")
        assert "already answered" in seen(app)
    assert len(floor.rows("verification_answer")) == 1


async def test_questions_without_an_answer_on_file_are_not_offered(floor: Floor) -> None:
    floor.client(pesel=None)
    app = floor.app()
    async with running(app):
        await type_keys(app, *OPEN)
        assert "PESEL" not in box(app)
        assert "6  call back to the stored number" in seen(app)


async def test_esc_leaves_the_question_then_the_dialog(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *OPEN, "3", "Zażółć gęślą", "escape")
        assert isinstance(app.screen, VerificationDialog)
        assert not isinstance(app.screen, ConfirmDialog)
        await type_keys(app, "escape")
        assert isinstance(app.screen, ClientScreen)
    assert floor.rows("verification_answer") == []


async def test_digits_are_typed_into_an_answer_and_pick_no_question(floor: Floor) -> None:
    floor.client()
    app = floor.app()
    async with running(app):
        await type_keys(app, *OPEN, "5", "15.12.2014", "enter", "2", "Lipowa 4 m 12", "enter")
    assert [row["correct"] for row in floor.rows("verification_answer")] == [True, True]
