"""A town for tests of reports that ask no database anything of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from db.engine import open_database
from db.office import House
from db.policy import Policy
from tests.conftest import KEY, Template, TestClock, fresh_installation
from tests.reports.supervision.town import Town, build_town


@pytest.fixture(scope="module")
def town(templates: Callable[[str], Template], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A town in which every view has rows; SQLite alone, for those that never see the database."""
    with fresh_installation(templates("sqlite"), tmp_path_factory.mktemp("town")) as url:
        database = open_database(url)
        yield build_town(House(database=database, clock=TestClock(), policy=Policy(), key=KEY), 1)
        database.close()
