"""Controls for tests that stand elsewhere: what they guard against really is there without the guard."""

from __future__ import annotations

import dataclasses

import pytest

from bok_tui.dialogs.error import ErrorDialog
from db import passwords
from db.errors import NotAllowed
from db.office import SYSTEM, House
from db.operations.staff import add_staff
from db.policy import Policy
from db.records.people import NewStaff, Role
from db.sign_in import sign_in
from tests.cli.conftest import CHEAP
from tests.conftest import TestClock
from tests.tui.conftest import floor
from tests.tui.floor import NUMBER, Floor, seen
from tests.tui.pilot import running, settle, type_keys

__all__ = ["floor"]


def test_without_a_growing_wait_every_guess_is_looked_at(
    house: House, clock: TestClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of T25: a policy that never lets anybody wait looks at all 60 guesses of a minute."""
    monkeypatch.setattr(passwords, "COST", CHEAP)
    careless = dataclasses.replace(house, policy=Policy(sign_in_failures=10**6))
    new = NewStaff("anna", "Anna Nowak", Role.AGENT, "zielony rower 7")
    house.office(SYSTEM).do(add_staff, new, passwords.hash_password(new.password))
    looked_at = []
    verify = passwords.verify_password

    def counting(password: str, stored: str) -> bool:
        looked_at.append(password)
        return verify(password, stored)

    monkeypatch.setattr(passwords, "verify_password", counting)
    for number in range(60):
        with pytest.raises(NotAllowed):
            sign_in(careless, "anna", f"guess {number}")
        clock.forward(seconds=1)
    assert len(looked_at) == 60


async def test_a_mere_dialog_over_the_card_would_let_it_be_read(floor: Floor) -> None:
    """The control of T28: what lies under an ordinary dialog is still on the screen."""
    floor.client()
    app = floor.app()
    async with running(app, (120, 35)):
        await type_keys(app, NUMBER, "enter")
        app.push_screen(ErrorDialog("locked"))
        await settle(app)
        assert NUMBER in seen(app)
        assert "kowalsk" in seen(app).lower()
