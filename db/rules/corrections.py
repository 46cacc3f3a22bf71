"""The difference between two bills, as a correction invoice charges it (Art. 106j VAT act). Pure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from db.records.invoices import Bill, BilledLine, VatTotal

_ZERO = Decimal("0.00")


def difference(before: Bill, after: Bill) -> Bill:
    """Return `after` less `before`: the lines of `before` negated, then those of `after`.

    The VAT of a rate is the difference of both VATs, never computed from the difference of the
    nets: rounded twice, an invoice and its corrections could miss the last bill by a grosz.
    """
    were = {total.rate: total for total in before.vat_totals}
    are = {total.rate: total for total in after.vat_totals}
    totals = tuple(
        _less(rate, were.get(rate), are.get(rate)) for rate in sorted(were.keys() | are.keys(), reverse=True)
    )
    return Bill(
        lines=(*(negated(line) for line in before.lines), *after.lines),
        vat_totals=totals,
        net=after.net - before.net,
        vat=after.vat - before.vat,
        gross=after.gross - before.gross,
    )


def nothing_of(before: Bill) -> Bill:
    """Return the bill of an invoice that is taken back whole: its lines and rates, all of them zero."""
    return Bill(
        lines=tuple(replace(line, quantity=0 * line.quantity, net=_ZERO) for line in before.lines),
        vat_totals=tuple(VatTotal(total.rate, _ZERO, _ZERO, _ZERO) for total in before.vat_totals),
        net=_ZERO,
        vat=_ZERO,
        gross=_ZERO,
    )


def negated(line: BilledLine) -> BilledLine:
    """Return the line that takes `line` back."""
    return replace(line, quantity=-line.quantity, net=-line.net)


def _less(rate: Decimal, was: VatTotal | None, is_: VatTotal | None) -> VatTotal:
    empty = VatTotal(rate, _ZERO, _ZERO, _ZERO)
    was, is_ = was or empty, is_ or empty
    return VatTotal(rate, is_.net - was.net, is_.vat - was.vat, is_.gross - was.gross)
