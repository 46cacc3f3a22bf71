"""What use is out of the ordinary for a meter, at its edges."""

from __future__ import annotations

import pytest

from db.rules.unusual_use import UnusualUse, unusual_use, usual_use


@pytest.mark.parametrize(
    ("days", "volume", "past_days", "usual"),
    [
        (30, 100, 27, None),
        (30, 28, 28, 30),
        (31, 365, 365, 31),
        (1, 20, 40, 1),
        (1, 19, 40, 0),
        (30, -50, 300, 0),
        (0, 100, 100, 0),
    ],
)
def test_the_usual_follows_the_pace_of_the_past(
    days: int, volume: int, past_days: int, usual: int | None
) -> None:
    assert usual_use(days, volume, past_days) == usual


@pytest.mark.parametrize(
    ("volume", "usual", "kind"),
    [
        (-1, None, UnusualUse.NEGATIVE),
        (0, None, UnusualUse.ZERO),
        (0, 100, UnusualUse.ZERO),
        (1000, None, None),
        (30, 10, UnusualUse.LEAK),
        (29, 10, None),
        (10, 0, UnusualUse.LEAK),
        (9, 0, None),
        (12, 4, None),
        (5, 15, UnusualUse.LOW),
        (6, 15, None),
        (4, 12, None),
    ],
)
def test_a_use_is_judged_by_times_and_by_room(
    volume: int, usual: int | None, kind: UnusualUse | None
) -> None:
    assert unusual_use(volume, usual) == kind


def test_a_leak_that_was_told_is_one_however_little_ran_out() -> None:
    assert unusual_use(11, 10, told=True) is UnusualUse.LEAK
    assert unusual_use(0, None, told=True) is UnusualUse.LEAK
    assert unusual_use(-3, None, told=True) is UnusualUse.NEGATIVE
