"""Dial states of a water meter: whole m³, the black digits only."""

from __future__ import annotations

import re

from db.errors import WrongInput
from db.words import N_

LONGEST_STATE = 9
"""Digits: the longest dials have 6 to 8 black ones; red digits read too still fit here, so that
the diagnosis can name them."""

_NEGATIVE = re.compile(r"[-−–]\s*\d")
_GROUPS = re.compile(r"\d{1,3}(?: \d{3})*")
_GROUPS_BEGUN = re.compile(r"\d{1,3}(?: \d{3})* \d{1,2}")
_DECIMAL = re.compile(r"[\d ]*[.,][\d ]*")


def parse_state(text: str) -> int:
    """Return the dial state in whole m³ from what was typed: `00487`, `487`, `1 234`.

    Raises WrongInput for anything else. A comma or dot is refused and never skipped: `12,5` read
    as 125 would be a tenfold state. So is a space elsewhere than before groups of three: `2 95`.
    """
    typed = " ".join(text.split())
    digits = typed.replace(" ", "")
    if not digits:
        raise WrongInput(N_("Type the state of the dial: the black digits, whole m³."))
    if _NEGATIVE.match(typed):
        raise WrongInput(N_("A dial never shows a negative state. Type the black digits."))
    if _DECIMAL.fullmatch(typed):
        raise WrongInput(N_("Black digits only, whole m³: leave out the comma and the red digits."))
    if not (digits.isascii() and digits.isdigit()):
        raise WrongInput(N_("The state takes digits only: whole m³, as on the black part of the dial."))
    if len(digits) > LONGEST_STATE:
        raise WrongInput(
            N_("%(count)s digits are more than any dial has. Type the black digits."), count=len(digits)
        )
    if " " in typed and not _GROUPS.fullmatch(typed):
        raise WrongInput(N_("Two numbers? Write the state without spaces, or in groups of three: 1 234."))
    return int(digits)


def may_go_on(text: str) -> bool:
    """Tell whether a state typed so far, which cannot be read yet, may become groups of three: `1 23`."""
    typed = " ".join(text.split())
    return bool(_GROUPS_BEGUN.fullmatch(typed)) and len(typed.replace(" ", "")) <= LONGEST_STATE


def format_state(state: int, digits: int) -> str:
    """Write `state` as the dial shows it, with its leading zeros: 487 on 5 digits is `00487`."""
    return f"{state:0{digits}d}"


def dial_size(digits: int) -> int:
    """Return the first state in m³ that a dial of `digits` black digits cannot show."""
    return int(10**digits)


def rollover_consumption(previous: int, state: int, digits: int) -> int:
    """Return the whole m³ used when the dial passed its highest number once since `previous`."""
    return state + dial_size(digits) - previous
