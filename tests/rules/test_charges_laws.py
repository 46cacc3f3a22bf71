"""What holds for every bill, checked against a slow second opinion that goes day by day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.records.charges import (
    ChargeInput,
    ChargeLine,
    Charges,
    DialReading,
    MeterReadings,
    Prices,
    Service,
    Taken,
    Terms,
    VatRates,
)
from db.records.clients import MeterRole
from db.rules.charges import add_up, compute_charges, quote
from db.rules.charges_consumption import measure
from db.rules.charges_exact import divided, from_units, to_units
from db.rules.charges_tariff import MONTH, Piece, Tariff, charge, divide, month_parts
from tests.rules.charge_bills import FAR, half_up, plain_months, plain_split, require_sound

START = date(2026, 1, 1)
EIGHT = Decimal(8)
VAT = VatRates(EIGHT, Decimal(23), EIGHT)

days_ahead = st.integers(0, 500)
amounts = st.decimals("0", "99.9999", places=4)
volumes = st.decimals("0", "999.999", places=3)


@st.composite
def price_rows(draw: st.DrawFn) -> tuple[Prices, ...]:
    """Prices from before the first day on, few enough amounts that some return."""
    few = st.sampled_from(draw(st.lists(amounts, min_size=1, max_size=3)))
    begins = sorted(draw(st.sets(days_ahead, max_size=5)) - {0})
    days = [START - timedelta(days=40), *(START + timedelta(days=ahead) for ahead in begins)]
    return tuple(Prices(day, draw(few), draw(few), draw(few)) for day in days)


@st.composite
def bills(draw: st.DrawFn) -> ChargeInput:
    """A main meter, perhaps a garden meter, any prices, any part of a contract."""
    days = sorted(draw(st.sets(days_ahead, min_size=2, max_size=6)))
    state = draw(volumes)
    readings = [DialReading(START + timedelta(days=days[0]), state)]
    for ahead in days[1:]:
        state += draw(volumes)
        readings.append(DialReading(START + timedelta(days=ahead), state))
    meters = [MeterReadings("1", MeterRole.MAIN, 6, FAR, tuple(readings))]
    if draw(st.booleans()):
        ends = (DialReading(readings[0].day, Decimal(0)), DialReading(readings[-1].day, draw(volumes)))
        meters.append(MeterReadings("2", MeterRole.GARDEN, 6, FAR, ends))
    first = START + timedelta(days=draw(days_ahead))
    terms = Terms(first, first + timedelta(days=draw(st.integers(0, 120))), START, None, draw(st.booleans()))
    return ChargeInput(terms, draw(price_rows()), VAT, tuple(meters))


@given(bills())
def test_every_bill_is_what_going_day_by_day_gives(bill: ChargeInput) -> None:
    charges = quote(bill)
    require_sound(charges)
    main = bill.meters[0].readings
    water = main[-1].state - main[0].state
    garden = bill.meters[1].readings[-1].state if len(bill.meters) > 1 else Decimal(0)
    days = every_day(main[0].day + timedelta(days=1), main[-1].day)
    expected = non_zero(Service.WATER, water, bill, days)
    if not expected:
        expected = [(Service.WATER, Decimal(0), price_on(bill, Service.WATER, days[-1]))]
    if bill.terms.sewage:
        expected += non_zero(Service.SEWAGE, max(Decimal(0), water - garden), bill, days)
    expected += plain_standing(bill)
    found = [(line.service, line.quantity, line.price) for line in charges.lines]
    assert found == expected
    for rate, row in {row.rate: row for row in charges.totals.vat}.items():
        net = sum(Fraction(line.net) for line in charges.lines if line.vat_rate == rate)
        assert row.vat == half_up(net * Fraction(rate) / 100, 2)


@given(bills())
def test_lines_of_a_service_follow_one_another_and_cover_what_they_charge(bill: ChargeInput) -> None:
    charges = quote(bill)
    main = bill.meters[0].readings
    for service in Service:
        lines = [line for line in charges.lines if line.service is service]
        for before, after in pairwise(lines):
            assert before.last < after.first
            assert before.price != after.price or before.last + timedelta(days=1) < after.first
        assert all(line.quantity >= 0 for line in lines)
    standing = [line for line in charges.lines if line.service is Service.STANDING]
    assert (standing[0].first, standing[-1].last) == (bill.terms.period_first, bill.terms.period_last)
    for line in charges.lines:
        if line.service is not Service.STANDING:
            assert main[0].day < line.first <= line.last <= main[-1].day


@given(bills())
def test_readings_in_between_change_nothing(bill: ChargeInput) -> None:
    meter = bill.meters[0]
    ends = replace(meter, readings=(meter.readings[0], meter.readings[-1]))
    assert quote(replace(bill, meters=(ends, *bill.meters[1:]))) == quote(bill)


@given(bills(), st.data())
def test_an_exchange_changes_nothing(bill: ChargeInput, data: st.DataObject) -> None:
    meter = bill.meters[0]
    at = data.draw(st.integers(1, len(meter.readings) - 1))
    opening, offset = meter.readings[at], data.draw(volumes)
    newer = tuple(
        replace(reading, state=reading.state - opening.state + offset) for reading in meter.readings[at:]
    )
    exchanged = (replace(meter, readings=meter.readings[: at + 1]), replace(meter, readings=newer))
    assert quote(replace(bill, meters=(*exchanged, *bill.meters[1:]))) == quote(bill)


@given(bills())
def test_one_tariff_serves_many_bills(bill: ChargeInput) -> None:
    tariff = Tariff(bill.prices, bill.vat)
    once = [compute_charges(measure(bill.meters), bill.terms, tariff) for _ in range(2)]
    assert once == [quote(bill)] * 2


@given(bills())
def test_the_context_of_the_caller_does_not_matter(bill: ChargeInput) -> None:
    with localcontext() as context:
        context.prec = 3
        narrow: Charges = quote(bill)
    assert narrow == quote(bill)


@given(st.integers(0, 10**9), st.lists(st.integers(1, 400), min_size=1, max_size=8))
def test_parts_add_up_and_none_is_below_zero(litres: int, lengths: list[int]) -> None:
    prices = []
    begins = START
    for at, length in enumerate(lengths):
        prices.append(Prices(begins, Decimal(at), EIGHT))
        begins += timedelta(days=length)
    last = begins - timedelta(days=1)
    pieces = Tariff(prices, VAT).pieces(Service.WATER, START, last)
    parts = divide(litres, pieces, sum(lengths))
    assert sum(parts) == litres
    assert min(parts) >= 0
    assert divide(-litres, pieces, sum(lengths)) == [-part for part in parts]
    volume = from_units(litres, 3)
    daily = [str(at) for at, length in enumerate(lengths) for _ in range(length)]
    assert [from_units(part, 3) for part in parts] == [
        part for part, _ in plain_split(volume, daily, every_day(START, last))
    ]


@given(st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(0, 800))
def test_months_are_added_up_day_by_day(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    assert Fraction(month_parts(first, last), MONTH) == plain_months(first, last)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_whole_month_counts_exactly_one(month: int) -> None:
    for year in (2026, 2028):
        first = date(year, month, 1)
        last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
        assert month_parts(first, last) == MONTH


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**9))
def test_the_quotient_is_the_nearest_whole_number_and_a_half_goes_away_from_zero(
    over: int, under: int
) -> None:
    assert divided(over, under) == half_up(Fraction(over, under), 0)
    assert divided(-over, under) == -divided(over, under)


@given(bills(), st.sampled_from([Decimal(8), Decimal("8.0"), Decimal(23), Decimal("5.25")]))
def test_a_correction_mirrors_its_original(bill: ChargeInput, rate: Decimal) -> None:
    lines = [replace(line, vat_rate=rate) for line in quote(bill).lines]
    mirror = [
        mirrored_line
        for line in lines
        for mirrored_line in charge(line.service, [piece_of(line)], [-units(line.quantity)], rate).lines
    ]
    lines = [line for line in lines if line.quantity]
    assert [line.net for line in mirror] == [-line.net for line in lines]
    totals, mirrored = add_up(lines), add_up(mirror)
    assert (mirrored.net, mirrored.vat_total, mirrored.gross) == (
        -totals.net,
        -totals.vat_total,
        -totals.gross,
    )


@given(bills(), st.data())
def test_estimate_and_settlement_together_are_the_bill_without_the_estimate(
    bill: ChargeInput, data: st.DataObject
) -> None:
    tariff, whole = Tariff(bill.prices, bill.vat), measure(bill.meters)
    days = data.draw(st.integers(1, whole.days))
    litres = 1000 * data.draw(st.integers(0, 5000))
    until = whole.first + timedelta(days=days - 1)
    guess = Taken(whole.first, until, days, litres, litres, estimated=True)
    estimate = compute_charges(guess, bill.terms, tariff)
    settled = compute_charges(whole, bill.terms, tariff, estimated=estimate.lines)
    direct = compute_charges(whole, bill.terms, tariff)
    for service in (Service.WATER, Service.SEWAGE):
        for piece in tariff.pieces(service, whole.first, whole.last):
            both = taken_in(piece, service, estimate) + taken_in(piece, service, settled)
            assert both == taken_in(piece, service, direct)


def test_more_decimals_than_a_unit_has_are_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="more than 3 decimals"):
        to_units(Decimal("0.0001"), 3)


@settings(max_examples=25)
@given(st.integers(10**30, 10**40))
def test_figures_beyond_the_ordinary_precision_stay_exact(price: int) -> None:
    piece = Piece(START, START, 1, Decimal(price), to_units(Decimal(price), 4))
    (line,) = charge(Service.WATER, [piece], [1], EIGHT).lines
    assert line.net == half_up(Fraction(price, 1000), 2)


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]


def price_on(bill: ChargeInput, service: Service, day: date) -> Decimal:
    (*_, row) = [row for row in bill.prices if row.valid_from <= day]
    amount: Decimal = getattr(row, service.value)
    return amount


def non_zero(
    service: Service, quantity: Decimal, bill: ChargeInput, days: list[date]
) -> list[tuple[Service, Decimal, Decimal]]:
    daily = [str(price_on(bill, service, day)) for day in days]
    parts = plain_split(quantity, daily, days)
    return [(service, part, Decimal(amount)) for part, amount in parts if part]


def plain_standing(bill: ChargeInput) -> list[tuple[Service, Decimal, Decimal]]:
    days = every_day(bill.terms.period_first, bill.terms.period_last)
    daily = [price_on(bill, Service.STANDING, day) for day in days]
    found, done = [], Decimal(0)
    for at, amount in enumerate(daily, 1):
        if at == len(daily) or daily[at] != amount:
            total = half_up(plain_months(days[0], days[at - 1]), 4)
            found.append((Service.STANDING, total - done, amount))
            done = total
    return found


def taken_in(piece: Piece, service: Service, charges: Charges) -> Decimal:
    inside = [
        line.quantity
        for line in charges.lines
        if line.service is service and piece.first <= line.first and line.last <= piece.last
    ]
    return sum(inside, Decimal(0))


def piece_of(line: ChargeLine) -> Piece:
    return Piece(line.first, line.last, 1, line.price, to_units(line.price, 4))


def units(quantity: Decimal) -> int:
    exponent = quantity.as_tuple().exponent
    assert isinstance(exponent, int)
    return to_units(quantity, -exponent)
