"""Final states as they are typed when a property changes hands."""

from __future__ import annotations

import pytest

from db.errors import WrongInput
from db.rules.handover import final_states

BOTH = ("81234567", "81234568")


@pytest.mark.parametrize(
    ("text", "meters", "states"),
    [
        ("502", ("81234567",), [502]),
        ("81234567 00502", ("81234567",), [502]),
        ("81234567 502, 81234568 12", BOTH, [502, 12]),
        ("81234568=12; 81234567: 502", BOTH, [502, 12]),
        ("81234567 502\n81234568 12\n", BOTH, [502, 12]),
        ("", (), []),
    ],
)
def test_states_are_read_in_the_order_of_the_meters(
    text: str, meters: tuple[str, ...], states: list[int]
) -> None:
    found = final_states(text, meters)
    assert [state.state for state in found] == states
    assert tuple(state.meter for state in found) == meters


@pytest.mark.parametrize(
    ("text", "meters", "why"),
    [
        ("", BOTH, "81234567 is missing"),
        ("502", BOTH, "type the final state"),
        ("81234567 502", BOTH, "81234568 is missing"),
        ("81234567 502, 81234567 503", BOTH, "type the final state"),
        ("90000000 502", ("81234567",), "type the final state"),
        ("502,5", ("81234567",), "type the final state"),
        ("-5", ("81234567",), "type the final state"),
        ("pięćset", ("81234567",), "type the final state"),
    ],
)
def test_what_does_not_name_each_meter_once_is_refused(text: str, meters: tuple[str, ...], why: str) -> None:
    with pytest.raises(WrongInput) as caught:
        final_states(text, meters)
    assert why in str(caught.value)
