"""Amounts of money as people type them."""

from __future__ import annotations

import re
from decimal import Decimal

from db.errors import WrongInput
from db.words import N_

MOST_DIGITS = 12
"""Digits of whole zlotys."""

_UNIT = re.compile(r"\s*(?:zł|zl|pln)\.?$", re.I)
_NEGATIVE = re.compile(r"[-−–]\s*\d")
_GROUPED = re.compile(r"\d{1,3}(?: \d{3})+")
_AMOUNT = re.compile(rf"(\d{{1,{MOST_DIGITS}}})(?:[.,](\d{{1,2}}))?", re.A)
_TOO_LARGE = re.compile(rf"\d{{{MOST_DIGITS + 1},}}(?:[.,]\d{{1,2}})?", re.A)
_THOUSANDS = re.compile(r"\d+[.,]\d{3}(?:[.,]\d+)*", re.A)


def parse_amount(text: str) -> Decimal:
    """Return zlotys with two places from what was typed: `12`, `12,50`, `12.50`, `1 234,56`, `12,50 zł`.

    Raises WrongInput for anything else: three digits behind a comma or a dot, `1,234`, may be a
    thousand or a little more than one zloty, and are never guessed.
    """
    typed = _UNIT.sub("", " ".join(text.split()))
    if not typed:
        raise WrongInput(N_("Type the amount: 12,50."))
    if _NEGATIVE.match(typed):
        raise WrongInput(N_("An amount is above zero. Type it without a sign."))
    whole = re.split("[.,]", typed)[0]
    plain = typed.replace(" ", "") if _GROUPED.fullmatch(whole) and " " not in typed[len(whole) :] else typed
    if _THOUSANDS.fullmatch(plain):
        raise WrongInput(
            N_("%(amount)s can be read in two ways: write thousands with a space, grosze with two digits."),
            amount=typed[:40],
        )
    if _TOO_LARGE.fullmatch(plain):
        raise WrongInput(N_("That is more than any amount here: at most %(most)s digits."), most=MOST_DIGITS)
    found = _AMOUNT.fullmatch(plain)
    if found is None:
        raise WrongInput(N_("The amount cannot be read. Amounts look like 1 234,56."))
    return Decimal(f"{found[1]}.{found[2] or '':0<2}")
