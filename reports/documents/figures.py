"""Amounts, quantities and account numbers as a Polish office writes them."""

from __future__ import annotations

from decimal import Decimal

from db.rules.bank_account import NRB_DIGITS, format_nrb
from reports.documents.words import NBSP

MINUS = "−"


def figure(value: Decimal, places: int = 2) -> str:
    """Return `value` in groups of three with a comma and at least `places` decimals: `1 234,50`.

    Decimals beyond that stay when they are not 0: nothing is rounded.
    """
    whole, _, decimals = format(abs(value), "f").partition(".")
    decimals = decimals.rstrip("0").ljust(places, "0")
    grouped = f"{int(whole):,}".replace(",", NBSP)
    sign = MINUS if value < 0 else ""
    return f"{sign}{grouped},{decimals}" if decimals else f"{sign}{grouped}"


def money(value: Decimal) -> str:
    """Return `1 234,50 zł`."""
    return f"{figure(value)}{NBSP}zł"


def percent(rate: Decimal) -> str:
    """Return `8%` or `11,25%`."""
    return f"{figure(rate, 0)}%"


def account(nrb: str) -> str:
    """Return an account in the bank's groups, never torn apart; what is no NRB stays as it is."""
    return format_nrb(nrb).replace(" ", NBSP) if len(nrb) == NRB_DIGITS else nrb
