"""A bill from what was taken, prices and terms, to the grosz. Pure: no database, no clock.

The invoice, "what would the bill be" and `bok billing quote` compute with these functions alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from db.records.charges import (
    ChargeInput,
    ChargeLine,
    Charges,
    Service,
    Taken,
    Terms,
    Totals,
    Unit,
    VatRow,
)
from db.refusals import ChargeRefused
from db.rules.charges_consumption import measure
from db.rules.charges_exact import FINE, GROSZE, LITRES, divided, from_units, to_units
from db.rules.charges_tariff import Charged, Piece, Tariff, charge, divide
from db.words import N_


def quote(bill: ChargeInput) -> Charges:
    """Return the bill that `bill` describes; raises ChargeRefused where the rules do not give one."""
    tariff = Tariff(bill.prices, bill.vat)
    return compute_charges(measure(bill.meters), bill.terms, tariff)


def compute_charges(
    taken: Taken, terms: Terms, tariff: Tariff, *, estimated: Sequence[ChargeLine] = ()
) -> Charges:
    """Return the lines and totals for what one interval took.

    `estimated` are the lines already charged by estimates since the last real reading, where
    `taken` reaches back to it: their m³ are subtracted part by part, and a line may fall below 0.
    Raises ChargeRefused for an interval outside the contract, a contract with no day in the
    period, a day without a price, or an estimate that fits no part.
    """
    _require_within_contract(taken, terms)
    water = _volume(Service.WATER, taken.water, taken, tariff, estimated)
    charged = [water if water.lines else _nothing_taken(taken, tariff)]
    if terms.sewage:
        charged.append(_volume(Service.SEWAGE, taken.sewage, taken, tariff, estimated))
    charged.append(tariff.standing(*_days_in_force(terms)))
    nets: dict[Decimal, int] = {}
    lines: tuple[ChargeLine, ...] = ()
    for part in charged:
        if part.lines:
            lines += part.lines
            nets[part.vat_rate] = nets.get(part.vat_rate, 0) + part.net
    return Charges(lines, _totals(nets), taken.days, taken.estimated)


def add_up(lines: Sequence[ChargeLine]) -> Totals:
    """Return the totals of `lines`: VAT on the net of each rate, rounded half away from zero.

    The rates come from the highest down (Art. 106e VAT act: net and tax per rate).
    """
    nets: dict[Decimal, int] = {}
    for line in lines:
        nets[line.vat_rate] = nets.get(line.vat_rate, 0) + to_units(line.net, GROSZE)
    return _totals(nets)


def _totals(nets: Mapping[Decimal, int]) -> Totals:
    """Return the totals of what was charged at each rate, in grosze."""
    if len(nets) == 1:  # nearly every bill
        ((rate, only),) = nets.items()
        row = _row(rate, only)
        return Totals((row,), row.net, row.vat, row.gross)
    rows = [_row(rate, nets[rate]) for rate in sorted(nets, reverse=True)]
    net = sum(nets.values())
    vat = sum([to_units(row.vat, GROSZE) for row in rows])
    return Totals(
        tuple(rows), from_units(net, GROSZE), from_units(vat, GROSZE), from_units(net + vat, GROSZE)
    )


def _row(rate: Decimal, net: int) -> VatRow:
    """Return the totals of a rate: VAT on its net, rounded once."""
    vat = divided(net * _fine(rate), 100 * 10**FINE)
    return VatRow(rate, from_units(net, GROSZE), from_units(vat, GROSZE), from_units(net + vat, GROSZE))


@lru_cache(maxsize=64)
def _fine(rate: Decimal) -> int:
    return to_units(rate, FINE)


def _volume(
    service: Service, litres: int, taken: Taken, tariff: Tariff, estimated: Sequence[ChargeLine]
) -> Charged:
    """Return water or sewage, lines of quantity 0 left out."""
    if not estimated:
        return tariff.volume(service, taken.first, taken.last, litres)
    pieces = tariff.pieces(service, taken.first, taken.last)
    parts = divide(litres, pieces, taken.days)
    _subtract(parts, pieces, service, estimated)
    return charge(service, pieces, parts, tariff.rate(service))


def _nothing_taken(taken: Taken, tariff: Tariff) -> Charged:
    """Return the one line of a bill without water: the whole interval at the price of its last day."""
    price = tariff.pieces(Service.WATER, taken.first, taken.last)[-1].price
    line = ChargeLine(
        service=Service.WATER,
        first=taken.first,
        last=taken.last,
        quantity=from_units(0, LITRES),
        unit=Unit.M3,
        price=price,
        net=from_units(0, GROSZE),
        vat_rate=tariff.rate(Service.WATER),
    )
    return Charged((line,), line.vat_rate, 0)


def _subtract(
    parts: list[int], pieces: Sequence[Piece], service: Service, estimated: Sequence[ChargeLine]
) -> None:
    """Take from each part what estimates have charged in its days at its price."""
    for at, line in enumerate(estimated):
        if line.service != service or not line.quantity:
            continue  # the line of an estimate of 0 has the price of its last day alone
        for place, piece in enumerate(pieces):
            if piece.first <= line.first and line.last <= piece.last and piece.price == line.price:
                parts[place] -= to_units(line.quantity, LITRES)
                break
        else:
            raise ChargeRefused(
                f"estimated[{at}]", _NO_PART, first=line.first.isoformat(), last=line.last.isoformat()
            )


def _require_within_contract(taken: Taken, terms: Terms) -> None:
    if taken.first < terms.contract_first:
        raise ChargeRefused(
            "contract.from",
            _BEFORE_CONTRACT,
            first=taken.first.isoformat(),
            contract=terms.contract_first.isoformat(),
        )
    if terms.contract_last is not None and taken.last > terms.contract_last:
        raise ChargeRefused(
            "contract.to",
            _AFTER_CONTRACT,
            last=taken.last.isoformat(),
            contract=terms.contract_last.isoformat(),
        )


def _days_in_force(terms: Terms) -> tuple[date, date]:
    """Return the first and the last day of the period on which the contract is in force."""
    if terms.period_last < terms.period_first:
        raise ChargeRefused("period.to", _PERIOD_ENDS_FIRST)
    first = max(terms.period_first, terms.contract_first)
    last = terms.period_last if terms.contract_last is None else min(terms.period_last, terms.contract_last)
    if last < first:
        raise ChargeRefused("contract", _NOT_IN_FORCE)
    return first, last


_NO_PART = N_(
    "%(field)s: the estimate of %(first)s to %(last)s was charged at a price that is no longer that of"
    " its days; correct its invoice first."
)
_BEFORE_CONTRACT = N_(
    "%(field)s: the readings are settled from %(first)s, and the contract begins on %(contract)s."
)
_AFTER_CONTRACT = N_(
    "%(field)s: the readings are settled to %(last)s, and the contract ended on %(contract)s."
)
_PERIOD_ENDS_FIRST = N_("%(field)s: the period ends before it begins.")
_NOT_IN_FORCE = N_("%(field)s: the contract is not in force on any day of the period.")
