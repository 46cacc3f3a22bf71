"""An amount divided over services: whole grosze that always sum to the whole (largest remainder).

A document's gross is rounded once, so its services have no gross of their own: each gets its lines' net
with their VAT, cut off to the grosz, and the grosze that are missing go to what was cut off most. What
was paid of the document is divided in proportion to that: nothing of it goes to a service twice, and no
service gets more than its own.
"""

from __future__ import annotations

from collections.abc import Sequence

Shares = tuple[int, ...]
"""Grosze of each service, in the order in which they were given."""


def apportion(whole: int, exact: Sequence[int], unit: int) -> Shares:
    """Return whole numbers that sum to `whole`, each nearest below or above its exact part.

    `exact` are the parts in `unit`s to one: 12345 of 100 is 123.45. What is missing goes to the largest
    remainders, of equal ones to the first; a part of nothing takes no share. Parts whose sum is further
    off than rounding makes it take the rest evenly. Raises ValueError for a unit below 1.
    """
    if unit < 1:
        raise ValueError(f"{unit} is no unit")
    shares = [part // unit for part in exact]
    taking = [place for place, part in enumerate(exact) if part] or list(range(len(exact)))
    if not taking:
        return ()
    taking.sort(key=lambda place: -(exact[place] % unit))
    each, more = divmod(whole - sum(shares), len(taking))
    for rank, place in enumerate(taking):
        shares[place] += each + (rank < more)
    return tuple(shares)


def paid_shares(paid: int, gross: Sequence[int]) -> Shares:
    """Return what of `paid` went to each service of a document, in proportion to its `gross`.

    Both in grosze. The parts sum to `paid`, and each lies between nothing and the gross of its service,
    also where that is below zero, as in a correction. Raises ValueError for more than the document, for
    less than nothing, and for a document that asks for nothing.
    """
    whole = sum(gross)
    if not 0 <= paid <= whole:
        raise ValueError(f"{paid} of {whole} grosze cannot be paid")
    if not whole:
        return (0,) * len(gross)
    return apportion(paid, [paid * part for part in gross], whole)
