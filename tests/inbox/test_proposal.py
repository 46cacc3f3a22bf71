"""Which meter a stated reading means: the table, and never a guess."""

from __future__ import annotations

import pytest

from db.records.clients import MeterRole
from db.records.incoming import StatedReading
from db.rules.inbox.proposal import MeterOption, assign, whole_state

MAIN, GARDEN = MeterRole.MAIN, MeterRole.GARDEN
ONE = MeterOption("81234567", MAIN, True)
WATERING = MeterOption("90000001", GARDEN, True)
OTHER = MeterOption("81234568", MAIN, True)
OLD = MeterOption("70000001", MAIN, False)


def said(state: str, meter: str | None = None, role: MeterRole | None = None) -> StatedReading:
    return StatedReading(meter, role, state, state)


@pytest.mark.parametrize(
    ("readings", "meters", "meant"),
    [
        ([said("487")], [ONE], [ONE]),
        ([said("487")], [ONE, OLD], [ONE]),
        ([said("487")], [], [None]),
        ([said("487")], [OLD], [None]),
        ([said("487")], [ONE, OTHER], [None]),
        ([said("487")], [ONE, WATERING], [None]),
        ([said("487", role=MAIN)], [ONE, WATERING], [ONE]),
        ([said("487", role=MAIN)], [ONE, OTHER], [None]),
        ([said("35", role=GARDEN)], [ONE], [None]),
        ([said("35", role=GARDEN)], [ONE, WATERING], [WATERING]),
        ([said("487", "8123 4567")], [ONE, WATERING], [ONE]),
        ([said("487", "70000001")], [ONE, OLD], [OLD]),
        ([said("487", "99999999")], [ONE], [None]),
        ([said("487", "81234567", GARDEN)], [ONE, WATERING], [None]),
        ([said("487"), said("35", role=GARDEN)], [ONE, WATERING], [ONE, WATERING]),
        ([said("35", "90000001"), said("487")], [ONE, WATERING], [WATERING, ONE]),
        ([said("487", role=MAIN), said("35")], [ONE, WATERING], [ONE, None]),
        ([said("487"), said("35", role=GARDEN)], [ONE, OTHER, WATERING], [None, WATERING]),
        ([said("487"), said("488")], [ONE], [None, None]),
        ([said("487"), said("487", "81234567")], [ONE], [ONE]),
    ],
)
def test_the_table(
    readings: list[StatedReading], meters: list[MeterOption], meant: list[MeterOption | None]
) -> None:
    assert [each.meter for each in assign(readings, meters)] == meant


def test_of_too_many_meters_only_a_named_one_is_meant() -> None:
    found = assign([said("487"), said("488", "81234567")], [ONE], all_known=False)
    assert [each.meter for each in found] == [None, ONE]


@pytest.mark.parametrize(
    ("stated", "state"),
    [("487", 487), ("487.35", 487), ("0", 0), ("487.", 487), ("", None), ("-3", None), ("48a", None),
     ("1" * 10, None), ("4,8", None), ("٤٨", None)],
)  # fmt: skip
def test_a_dial_counts_whole_cubic_metres(stated: str, state: int | None) -> None:
    assert whole_state(stated) == state
