"""What the tests of db/ share."""

from __future__ import annotations

import pytest

from db.check import check_database
from db.office import House
from tests.db.builders import Builder


@pytest.fixture
def builder(house: House) -> Builder:
    """Writes rows into the test's own installation."""
    return Builder(house.database)


def faults(house: House) -> list[str]:
    """Return what a check finds wrong, but for the index: builders enter nobody in it."""
    return [f"{c.name}: {c.detail}" for c in check_database(house).checks if not c.ok and c.name != "search"]
