"""An amount in Polish words, as an invoice shows it beside the figures."""

from __future__ import annotations

from decimal import Decimal

from db.rules.grosze import to_grosze


def amount_in_words(amount: Decimal) -> str:
    """Return `amount` in zlotys as Polish words: `sto złotych, pięćdziesiąt sześć groszy`.

    Below zero begins with `minus`. Raises ValueError for a part of a grosz.
    """
    from num2words import num2words  # 19 ms

    # never -0.00, and always both places: the words name the grosze too
    exact = Decimal(to_grosze(amount)) / 100
    return str(num2words(exact.quantize(Decimal("0.01")), lang="pl", to="currency", currency="PLN"))
