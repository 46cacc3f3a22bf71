"""The company's own particulars."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class UtilityParticulars:
    """The utility as it stands on its letterhead."""

    name: str
    short_name: str
    street: str
    postal_code: str
    town: str
    nip: str
    regon: str
    krs: str | None
    phone: str
    email: str
    bank_account: str | None = None
    """NRB of the collective account, 26 digits."""
    routing_number: str | None = None
    """The bank's 8 digits in the clients' own account numbers (mass payments)."""
    account_prefix: str | None = None
    """The 4 digits by which the bank knows the utility there."""


EXAMPLE_UTILITY = UtilityParticulars(
    name="Wodociągi Przykładowa sp. z o.o.",
    short_name="Wody Przykładowa",
    street="ul. Źródlana 1",
    postal_code="43-400",
    town="Przykładowo",
    nip="1111111111",
    regon="123456785",
    krs=None,
    phone="+48335550100",
    email="bok@example.pl",
)
"""What a new installation holds until an administrator puts the real particulars in."""

_FICTITIOUS = ("name", "short_name", "street", "town", "nip", "regon", "phone", "email")


def fictitious(own: UtilityParticulars) -> tuple[str, ...]:
    """Return the names of the particulars that are still those of the example.

    Its postal code exists, and a utility may have no KRS: they tell nothing.
    """
    return tuple(name for name in _FICTITIOUS if getattr(own, name) == getattr(EXAMPLE_UTILITY, name))
