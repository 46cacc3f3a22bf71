"""A small town for many writers."""

from __future__ import annotations

import pytest

from db.office import House
from tests.conftest import TestClock
from tests.trust.town import Town, build


@pytest.fixture
def town(house: House, database_url: str, clock: TestClock, tmp_path_factory: pytest.TempPathFactory) -> Town:
    """Staff of every role and no clients yet; the journal's heads are noted as in real life."""
    return build(house, database_url, clock, tmp_path_factory.mktemp("state"))
