"""What the tests of the screen share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bok_tui.i18n import choose_language
from db.office import House
from tests.tui.floor import Floor


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Speak the source language unless a test asks for another, and leave it so."""
    choose_language("en")
    yield
    choose_language("en")


@pytest.fixture
def floor(house: House, tmp_path: Path) -> Floor:
    """A floor of desks over a fresh database, on each of the two."""
    return Floor(house, tmp_path / "home")
