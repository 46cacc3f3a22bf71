"""Days as agents type them."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import WrongInput
from db.rules.day_entry import parse_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("", TODAY),
        ("  ", TODAY),
        ("d", TODAY),
        ("dziś", TODAY),
        ("DZIŚ", TODAY),
        ("d-1", date(2026, 11, 21)),
        ("D-10", date(2026, 11, 12)),
        ("-1", date(2026, 11, 21)),
        ("wczoraj", date(2026, 11, 21)),
        ("przedwczoraj", date(2026, 11, 20)),
        ("yesterday", date(2026, 11, 21)),
        ("22.11", TODAY),
        ("22.11.", TODAY),
        ("2211", TODAY),
        ("23.11", date(2025, 11, 23)),
        ("31.12", date(2025, 12, 31)),
        ("1.2", date(2026, 2, 1)),
        ("5/9", date(2026, 9, 5)),
        ("29.02", date(2024, 2, 29)),
        ("22.11.2026", TODAY),
        ("22-11-2026", TODAY),
        ("22 11 2026", TODAY),
        ("22.11.26", TODAY),
        ("22112026", TODAY),
        ("2026-11-22", TODAY),
        ("2026-1-2", date(2026, 1, 2)),
        ("23.11.2026", date(2026, 11, 23)),
    ],
)
def test_days(typed: str, day: date) -> None:
    assert parse_day(typed, today=TODAY) == day


@pytest.mark.parametrize(
    "typed",
    ["30.02", "3002", "32.1", "1.13", "0.1", "00.00", "30.02.2026", "2026-02-30", "29.02.2025", "01.01.0000"],
)
def test_days_that_do_not_exist(typed: str) -> None:
    with pytest.raises(WrongInput, match="There is no day"):
        parse_day(typed, today=TODAY)


def test_the_sentence_names_the_day() -> None:
    with pytest.raises(WrongInput, match=r"There is no day 30\.02 in any year"):
        parse_day("30.2", today=TODAY)


@pytest.mark.parametrize(
    "typed", ["jutro", "22", "221", "22.11.202", "22.11.20266", "d-", "d-1000", "a.b", "٢٢.١١"]
)
def test_not_a_day(typed: str) -> None:
    with pytest.raises(WrongInput, match="Type the day as"):
        parse_day(typed, today=TODAY)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_full_form_gives_the_same_day(day: date) -> None:
    for form in (f"{day:%d.%m.%Y}", f"{day:%d%m%Y}", day.isoformat()):
        assert parse_day(form, today=TODAY) == day


@given(st.dates(date(1910, 1, 1), date(2900, 12, 31)), st.dates(date(2000, 1, 1), date(2000, 12, 31)))
def test_a_day_without_a_year_is_never_in_the_future(today: date, day: date) -> None:
    found = parse_day(f"{day:%d%m}", today=today)
    assert found <= today
    assert (found.day, found.month) == (day.day, day.month)
    assert (today - found).days < 366 or (day.day, day.month) == (29, 2)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    with suppress(WrongInput):
        assert isinstance(parse_day(text, today=TODAY), date)
