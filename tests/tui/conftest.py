"""What the tests of the screen share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bok_tui.i18n import choose_language
from db.office import House
from tests.tui.floor import Floor

ON_BOTH = ("test_call", "test_sign_in")
"""Screens know no database: whole calls are worked on both, the rest on the embedded one."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the second database where only the screen is looked at."""
    here = Path(__file__).parent
    left_out = [
        item
        for item in items
        if here in item.path.parents and item.path.stem not in ON_BOTH and "postgresql" in item.name
    ]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


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
