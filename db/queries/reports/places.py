"""Where a meter is, as reports list it: by town, street and house, the way a reader walks."""

from __future__ import annotations

import re
from typing import Any

from sqlmodel import col

from db.models import AddressRow
from db.rules.text import fold, polish_key

_PREFIX = re.compile(r"^(ul|al|os|pl) ")
_NUMBER = re.compile(r"\d+")


def place_columns() -> tuple[Any, ...]:
    """Return the columns that `place` puts together."""
    return (col(AddressRow.town), col(AddressRow.street), col(AddressRow.house), col(AddressRow.flat))


def place(town: str, street: str | None, house: str, flat: str | None) -> dict[str, str]:
    """Return town, street and house of a line."""
    return {"town": town, "street": street or "", "house": f"{house}/{flat}" if flat else house}


def way(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return the order of a walk: streets by the alphabet, houses by their numbers."""
    number = _NUMBER.search(row.get("house", ""))
    return (
        *(polish_key(row["town"]), polish_key(row["street"]), int(number[0]) if number else 0),
        *(row.get("house", ""), row.get("meter", "")),
    )


def street_key(street: str) -> str:
    """Return the key under which a street is filed, however it was typed."""
    return _PREFIX.sub("", fold(street))
