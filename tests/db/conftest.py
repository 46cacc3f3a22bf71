"""What the tests of db/ share."""

from __future__ import annotations

import pytest

from db.office import House
from tests.db.builders import Builder


@pytest.fixture
def builder(house: House) -> Builder:
    """Writes rows into the test's own installation."""
    return Builder(house.database)
