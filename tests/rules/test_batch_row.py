"""Rows of a batch as they are typed or pasted: days that last, nothing lost, nothing raised."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.records.reading_batch import DAY_LENGTH, PLACE_LENGTH, STATE_LENGTH, BatchRow
from db.rules.batch_row import kept_day, pasted_rows, read_row
from db.rules.levels import Level
from tests.rules.town import TODAY

ABOVE = date(2026, 11, 3)
FIELD = st.text(max_size=40)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", "2026-11-03"),
        ("  ", "2026-11-03"),
        ("20.11", "2026-11-20"),
        ("2011", "2026-11-20"),
        ("d-1", "2026-11-21"),
        ("30.02", "30.02"),
        ("jutro ", "jutro"),
    ],
)
def test_a_day_is_kept_so_that_it_means_the_same_tomorrow(typed: str, kept: str) -> None:
    assert date(2026, 11, 22) == TODAY
    assert kept_day(typed, today=TODAY, above=ABOVE) == kept


@given(FIELD, FIELD, FIELD, st.text(max_size=24), FIELD)
def test_nothing_typed_raises_and_what_is_wrong_refuses(
    place: str, state: str, day: str, reason: str, note: str
) -> None:
    read = read_row(BatchRow(1, place, state, day, reason, note), today=TODAY)
    assert all(finding.level is Level.REFUSE for finding in read.wrong)
    assert bool(read.wrong) or (read.place and read.state is not None and read.day is not None)


def test_lines_of_a_spreadsheet_or_a_list_are_rows() -> None:
    text = "81234567\t00487\t20.11.2026\r\n\r\n123456; 12,5 ;19.11\n 81234568  502 \n81234569\n\t\t\n"
    rows = pasted_rows(text, first=7, today=TODAY, above=ABOVE)
    assert [(row.line, row.place, row.state, row.day) for row in rows] == [
        (7, "81234567", "00487", "2026-11-20"),
        (8, "123456", "12,5", "2026-11-19"),
        (9, "81234568", "502", "2026-11-19"),
        (10, "81234569", "", "2026-11-19"),
    ]


@given(st.text(max_size=300))
def test_whatever_is_pasted_fits_the_fields(text: str) -> None:
    rows = pasted_rows(text, first=1, today=TODAY, above=ABOVE)
    assert [row.line for row in rows] == list(range(1, len(rows) + 1))
    for row in rows:
        assert len(row.place) <= PLACE_LENGTH
        assert len(row.state) <= STATE_LENGTH
        assert len(row.day) <= DAY_LENGTH
