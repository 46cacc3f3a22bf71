"""A batch screen whose sheet is full: nothing more fits, and nothing that is there is out of reach."""

from __future__ import annotations

import pytest

from bok_tui.screens import reading_batch_entry
from db.operations import batch_settling
from tests.tui.floor import Floor, seen
from tests.tui.pilot import running, type_keys
from tests.tui.test_reading_batch import OPEN, sheet, standings, typed_row

MOST = 3


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a batch be full with three rows."""
    for module in (reading_batch_entry, batch_settling):
        monkeypatch.setattr(module, "MOST_ROWS", MOST)


async def test_a_row_beyond_the_last_is_refused_and_stops_nothing(floor: Floor) -> None:
    meters = [floor.client(f"12345{at}", notice=False).meter for at in range(4)]
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN)
        for meter in meters[:MOST]:
            await type_keys(app, *typed_row(meter, "497"))
        await type_keys(app, meters[3], "enter")
        assert "at most 3 rows" in seen(app)
        assert sheet(app).sheet.unkept == 0
        assert not sheet(app).away
        await type_keys(app, "ctrl+s")
        assert sorted(state for state, *_ in floor.saved()) == [497, 497, 497]
        assert sheet(app).field("place").value == meters[3]
        await type_keys(app, "enter", "498", "enter", "enter")
        assert standings(app) == {1: "good"}


async def test_a_doubtful_row_of_a_full_batch_is_corrected(floor: Floor) -> None:
    meters = [floor.client(f"12345{at}", notice=False).meter for at in range(3)]
    app = floor.app(floor.chief)
    async with running(app):
        await type_keys(app, *OPEN, *typed_row(meters[0], "9"))
        for meter in meters[1:]:
            await type_keys(app, *typed_row(meter, "497"))
        assert standings(app) == {1: "doubtful", 2: "good", 3: "good"}
        await type_keys(app, "down", "enter", "backspace", "496", "enter", "enter")
        assert standings(app) == {1: "good", 2: "good", 3: "good"}
