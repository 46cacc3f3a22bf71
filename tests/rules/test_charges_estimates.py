"""Estimates computed by hand, and the real readings that settle them part by part.

Prices: 5.12 / 7.80 / 6.40 (BEFORE) and from 1 October 5.60 / 8.20 / 6.90 (OCTOBER); VAT 8 %.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from db.records.charges import (
    ChargeLine,
    Charges,
    MeterReadings,
    Prices,
    Service,
    SettledInterval,
    Taken,
    Terms,
    VatRates,
)
from db.refusals import ChargeRefused
from db.rules.charges import compute_charges
from db.rules.charges_consumption import measure
from db.rules.charges_estimate import estimate_taken
from db.rules.charges_tariff import Tariff
from tests.rules.charge_bills import BEFORE, OCTOBER, day, garden, main, require_sound, shown_line, shown_vat

VAT = VatRates(water=Decimal(8), standing=Decimal(8), sewage=Decimal(8))


def tariff(*rows: str) -> Tariff:
    """Return a tariff of rows such as `"01-01 5.12 7.80 6.40"`."""
    prices = []
    for row in rows:
        begins, water, sewage, standing = row.split()
        prices.append(Prices(day(begins), Decimal(water), Decimal(standing), Decimal(sewage)))
    return Tariff(prices, VAT)


def terms(first: str, last: str, *, sewage: bool) -> Terms:
    return Terms(day(first), day(last), date(2014, 3, 1), None, sewage)


def history(*intervals: tuple[int, str]) -> list[SettledInterval]:
    """Return intervals of days and m³, oldest first."""
    return [SettledInterval(days, Decimal(volume)) for days, volume in intervals]


def spelt(charges: Charges) -> list[str]:
    require_sound(charges)
    return [*map(shown_line, charges.lines), *shown_vat(charges.totals)]


def autumn(prices: Tariff, *, sewage: bool) -> Charges:
    """Return the bill of an estimated 24 m³ for 1 September to 31 October."""
    taken = estimate_taken(history((61, "24")), previous=day("08-31"), until=day("10-31"))
    return compute_charges(taken, terms("09-01", "10-31", sewage=sewage), prices)


def settled(
    prices: Tariff, last: str, meters: list[MeterReadings], *estimates: Charges, sewage: bool
) -> Charges:
    """Return the bill of the real reading at the end of the month of `last`."""
    lines = [line for charges in estimates for line in charges.lines]
    month = f"{day(last):%m}-01"
    return compute_charges(measure(meters), terms(month, last, sewage=sewage), prices, estimated=lines)


@pytest.mark.parametrize(
    ("intervals", "until", "water"),
    [
        # (12 + 13 + 11) / (30 + 31 + 30) x 61 = 36 x 61 / 91 = 24.13..
        ([(30, "12"), (31, "13"), (30, "11")], "10-31", 24),
        # the oldest of four does not count
        ([(30, "900"), (30, "12"), (31, "13"), (30, "11")], "10-31", 24),
        # two: 20 x 61 / 60 = 20.33..
        ([(30, "8"), (30, "12")], "10-31", 20),
        # one, long: 120 x 30 / 365 = 9.86..
        ([(365, "120")], "09-30", 10),
        # 5 x 61 / 10 = 30.5, half up
        ([(10, "5")], "10-31", 31),
        # 30.493 is below the half: 4.999 x 61 / 10
        ([(10, "4.999")], "10-31", 30),
        # not the average of averages: (1 + 300) / (1 + 100) x 61 = 181.79.., and not (1 + 3) / 2 x 61 = 122
        ([(1, "1"), (100, "300")], "10-31", 182),
        ([(30, "0"), (31, "0")], "10-31", 0),
    ],
)
def test_the_average_of_the_last_three_real_intervals(
    intervals: list[tuple[int, str]], until: str, water: int
) -> None:
    taken = estimate_taken(history(*intervals), previous=day("08-31"), until=day(until))
    days = (day(until) - day("08-31")).days
    assert taken == Taken(day("09-01"), day(until), days, 1000 * water, 1000 * water, estimated=True)


def test_an_estimate_is_divided_like_a_reading_and_marked() -> None:
    # 24 x 30 / 61 = 11.80.. -> 11.803, the rest 12.197: the bill of the example, but an estimate
    charges = autumn(tariff(BEFORE, OCTOBER), sewage=False)
    assert charges.estimated
    assert spelt(charges) == [
        "water 09-01..09-30 11.803 x 5.12 = 60.43 at 8",
        "water 10-01..10-31 12.197 x 5.60 = 68.30 at 8",
        "standing 09-01..09-30 1.0000 x 6.40 = 6.40 at 8",
        "standing 10-01..10-31 1.0000 x 6.90 = 6.90 at 8",
        "8: 142.03 + 11.36 = 153.39",
    ]


def test_the_next_reading_settles_part_by_part() -> None:
    # 40 m3 in the 91 days to 30 November: 40 x 30 / 91 = 13.186.. -> 13.187, the rest 26.813;
    # less 11.803 and 12.197: 1.384 x 5.12 = 7.08608 -> 7.09; 14.616 x 5.60 = 81.8496 -> 81.85;
    # November 6.90; net 95.84, VAT 7.6672 -> 7.67
    prices = tariff(BEFORE, OCTOBER)
    bill = settled(
        prices, "11-30", [main("08-31 487", "11-30 527")], autumn(prices, sewage=False), sewage=False
    )
    assert not bill.estimated
    assert bill.days == 91
    assert spelt(bill) == [
        "water 09-01..09-30 1.384 x 5.12 = 7.09 at 8",
        "water 10-01..11-30 14.616 x 5.60 = 81.85 at 8",
        "standing 11-01..11-30 1.0000 x 6.90 = 6.90 at 8",
        "8: 95.84 + 7.67 = 103.51",
    ]


def test_an_estimate_too_high_leaves_a_part_below_zero() -> None:
    # 20 x 30 / 91 = 6.593.. -> 6.593, the rest 13.407; less 11.803 and 12.197: -5.210 and 1.210;
    # -5.210 x 5.12 = -26.6752 -> -26.68; 1.210 x 5.60 = 6.776 -> 6.78; 6.90; net -13.00, VAT -1.04
    prices = tariff(BEFORE, OCTOBER)
    bill = settled(
        prices, "11-30", [main("08-31 487", "11-30 507")], autumn(prices, sewage=False), sewage=False
    )
    assert spelt(bill) == [
        "water 09-01..09-30 -5.210 x 5.12 = -26.68 at 8",
        "water 10-01..11-30 1.210 x 5.60 = 6.78 at 8",
        "standing 11-01..11-30 1.0000 x 6.90 = 6.90 at 8",
        "8: -13.00 + -1.04 = -14.04",
    ]


def test_half_a_grosz_below_zero_rounds_away_from_zero() -> None:
    # estimated 1 m3, taken 0.5: -0.500 x 0.01 = -0.005 -> -0.01; VAT of -0.01 + 6.26 = 6.25 is 0.50
    prices = tariff("01-01 0.01 7.80 6.26")
    taken = estimate_taken(history((61, "1")), previous=day("08-31"), until=day("10-31"))
    estimate = compute_charges(taken, terms("09-01", "10-31", sewage=False), prices)
    bill = settled(prices, "11-30", [main("08-31 0", "11-30 0.5")], estimate, sewage=False)
    assert spelt(bill) == [
        "water 09-01..11-30 -0.500 x 0.01 = -0.01 at 8",
        "standing 11-01..11-30 1.0000 x 6.26 = 6.26 at 8",
        "8: 6.25 + 0.50 = 6.75",
    ]


def test_an_estimate_that_was_right_leaves_one_line_of_water() -> None:
    # 511 - 487 - 24 = 0 m3; 6.40 x 0.08 = 0.512 -> 0.51
    prices = tariff(BEFORE)
    bill = settled(
        prices, "11-30", [main("08-31 487", "11-30 511")], autumn(prices, sewage=True), sewage=True
    )
    assert spelt(bill) == [
        "water 09-01..11-30 0.000 x 5.12 = 0.00 at 8",
        "standing 11-01..11-30 1.0000 x 6.40 = 6.40 at 8",
        "8: 6.40 + 0.51 = 6.91",
    ]


def test_an_estimate_of_nothing_over_a_price_change_is_settled_too() -> None:
    # its one line has the price of its last day and nothing to subtract; 13 m3 in 91 days:
    # 13 x 30 / 91 = 4.2857.. -> 4.286, the rest 8.714; 4.286 x 5.12 = 21.94432 -> 21.94;
    # 8.714 x 5.60 = 48.7984 -> 48.80; November 6.90; net 77.64, VAT 6.2112 -> 6.21
    prices = tariff(BEFORE, OCTOBER)
    nothing = estimate_taken(history((61, "0")), previous=day("08-31"), until=day("10-31"))
    estimate = compute_charges(nothing, terms("09-01", "10-31", sewage=False), prices)
    assert shown_line(estimate.lines[0]) == "water 09-01..10-31 0.000 x 5.60 = 0.00 at 8"
    bill = settled(prices, "11-30", [main("08-31 487", "11-30 500")], estimate, sewage=False)
    assert spelt(bill) == [
        "water 09-01..09-30 4.286 x 5.12 = 21.94 at 8",
        "water 10-01..11-30 8.714 x 5.60 = 48.80 at 8",
        "standing 11-01..11-30 1.0000 x 6.90 = 6.90 at 8",
        "8: 77.64 + 6.21 = 83.85",
    ]


def test_two_estimates_in_a_row_and_a_garden() -> None:
    # estimated 24 and, for November, 24 x 30 / 61 = 11.8.. -> 12; taken to 31 December 40, in the garden 6.
    # water 40 - 36 = 4: 20.48; sewage 34 - 36 = -2: -15.60; December 6.40; net 11.28, VAT 0.9024 -> 0.90
    prices = tariff(BEFORE)
    taken = estimate_taken(history((61, "24")), previous=day("10-31"), until=day("11-30"))
    november = compute_charges(taken, terms("11-01", "11-30", sewage=True), prices)
    bill = settled(
        prices,
        "12-31",
        [main("08-31 487", "12-31 527"), garden("08-31 10", "12-31 16")],
        autumn(prices, sewage=True),
        november,
        sewage=True,
    )
    assert spelt(bill) == [
        "water 09-01..12-31 4.000 x 5.12 = 20.48 at 8",
        "sewage 09-01..12-31 -2.000 x 7.80 = -15.60 at 8",
        "standing 12-01..12-31 1.0000 x 6.40 = 6.40 at 8",
        "8: 11.28 + 0.90 = 12.18",
    ]


def test_a_part_that_comes_to_zero_is_left_out() -> None:
    # 30 m3 in 91 days, the change after 30: 30 x 30 / 91 = 9.890.. -> 9.890; charged 9.890 of it before
    prices = tariff(BEFORE, OCTOBER)
    charged = ChargeLine(
        *(Service.WATER, day("09-01"), day("09-30"), Decimal("9.890")),
        *(autumn(prices, sewage=False).lines[0].unit, Decimal("5.12"), Decimal("50.64"), Decimal(8)),
    )
    taken = measure([main("08-31 0", "11-30 30")])
    bill = compute_charges(taken, terms("11-01", "11-30", sewage=False), prices, estimated=[charged])
    assert [shown_line(line) for line in bill.lines][:1] == ["water 10-01..11-30 20.110 x 5.60 = 112.62 at 8"]


def test_an_estimate_of_days_whose_price_was_changed_since_is_refused() -> None:
    estimate = autumn(tariff(BEFORE), sewage=False)
    for changed in (tariff(BEFORE, OCTOBER), tariff("01-01 5.13 7.80 6.40")):
        with pytest.raises(ChargeRefused, match="correct its invoice first") as refused:
            settled(changed, "11-30", [main("08-31 487", "11-30 511")], estimate, sewage=False)
        assert refused.value.field == "estimated[0]"


def test_an_estimate_from_before_the_last_real_reading_is_refused() -> None:
    prices = tariff(BEFORE)
    with pytest.raises(ChargeRefused):
        settled(prices, "11-30", [main("09-15 487", "11-30 511")], autumn(prices, sewage=False), sewage=False)


@pytest.mark.parametrize(
    ("intervals", "until", "field"), [([], "10-31", "history"), ([(30, "12")], "08-31", "until")]
)
def test_refused(intervals: list[tuple[int, str]], until: str, field: str) -> None:
    with pytest.raises(ChargeRefused) as refused:
        estimate_taken(history(*intervals), previous=day("08-31"), until=day(until))
    assert refused.value.field == field
    assert str(refused.value).startswith(f"{field}: ")
