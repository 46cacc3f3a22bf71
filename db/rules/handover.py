"""The final states of a property's meters, as an agent types them when it changes hands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from db.errors import WrongInput
from db.words import N_

_PART = re.compile(r"(?:(?P<meter>[^\s=:]+)\s*[ =:]\s*)?(?P<state>\d{1,9})")


@dataclass(frozen=True, slots=True)
class FinalState:
    """What a meter showed when the property changed hands, in whole m³."""

    meter: str
    state: int


def final_states(text: str, meters: Sequence[str]) -> tuple[FinalState, ...]:
    """Read `502`, or `81234567 502, 81234568 12`, into the state of each of `meters`, in their order.

    Raises WrongInput unless every meter has exactly one state.
    """
    parts = [part.strip() for part in re.split(r"[,;\n]", text) if part.strip()]
    found: dict[str, int] = {}
    for part in parts:
        match = _PART.fullmatch(part)
        if match is None:
            raise WrongInput(_HOW, wrong=part[:40], meters=", ".join(meters))
        meter = match["meter"] or (meters[0] if len(meters) == 1 else "")
        if meter not in meters or meter in found:
            raise WrongInput(_HOW, wrong=part[:40], meters=", ".join(meters))
        found[meter] = int(match["state"])
    if missing := [meter for meter in meters if meter not in found]:
        raise WrongInput(N_("The final state of meter %(meter)s is missing."), meter=missing[0])
    return tuple(FinalState(meter, found[meter]) for meter in meters)


_HOW = N_(
    "%(wrong)s: type the final state, or each meter with its state: 81234567 502, 81234568 12."
    " Meters here: %(meters)s."
)
