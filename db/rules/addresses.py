"""Addresses as people type them, in the one form that is stored, and the keys they are found by."""

from __future__ import annotations

from dataclasses import dataclass

from db.records.clients import Address
from db.rules.text import fold

_PREFIXES = {
    "ul": "ul.",
    "ulica": "ul.",
    "al": "al.",
    "aleja": "al.",
    "aleje": "al.",
    "os": "os.",
    "osiedle": "os.",
    "pl": "pl.",
    "plac": "pl.",
}
_WITHOUT = frozenset({"rynek", "rondo", "zaulek", "bulwar", "bulwary", "skwer", "park", "wybrzeze"})
"""First words of streets that have no prefix before them."""


@dataclass(frozen=True, slots=True)
class AddressKeys:
    """The folded forms of an address."""

    street: str
    """Without its prefix; the town where there is no street."""
    number: str
    town: str


def street_of(text: str, town: str) -> str | None:
    """Return a street as it is filed: `Lipowa` and `Ulica Lipowa` are both `ul. Lipowa`.

    None where there is no street, or where the village's own name was typed for it.
    """
    typed = " ".join(text.split())
    if not typed or fold(typed) == fold(town):
        return None
    first, _, rest = typed.partition(" ")
    if "." in first[:-1]:  # `ul.Lipowa`
        first, _, glued = typed.partition(".")
        rest = glued.strip()
    prefix = _PREFIXES.get(first.rstrip(".").casefold())
    if prefix is not None and rest:
        return f"{prefix} {rest}"
    return typed if fold(first) in _WITHOUT else f"ul. {typed}"


def street_key(text: str) -> str:
    """Return a street, or the beginning of one, folded and without its prefix."""
    first, _, rest = fold(text).partition(" ")
    return rest if first in _PREFIXES and rest else fold(text)


def keys_of(address: Address) -> AddressKeys:
    """Return what an address is found by."""
    number = f"{address.house}/{address.flat}" if address.flat else address.house
    town = fold(address.town)
    return AddressKeys(street_key(address.street) if address.street else town, fold(number), town)
