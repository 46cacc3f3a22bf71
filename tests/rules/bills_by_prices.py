"""Bills computed by hand: prices, part months, and rounding.

Unless a bill says otherwise: 31 August to 31 October is 61 days (30 of September, 31 of October),
prices 5.12 / 7.80 / 6.40 (BEFORE) and from 1 October 5.60 / 8.20 / 6.90 (OCTOBER), VAT 8 %. In the
comments `x` is a product before rounding and `->` the rounding; spans of days hold both their ends.
"""

from __future__ import annotations

from tests.rules.bills_by_meters import DIVIDED, DRY, ORDINARY, PLAIN
from tests.rules.charge_bills import BEFORE, OCTOBER, Bill, main

PRICE_BILLS: dict[str, tuple[Bill, tuple[str, ...]]] = {
    # 12.80 x 0.08 = 1.024 -> 1.02
    "nothing taken: one line of water stays": (
        Bill((main("08-31 487", "10-31 487"),)),
        ("water 09-01..10-31 0.000 x 5.12 = 0.00 at 8", ORDINARY[2], "8: 12.80 + 1.02 = 13.82"),
    ),
    # at the price of the last day; 6.40 + 6.90 = 13.30 x 0.08 = 1.064 -> 1.06
    "nothing taken over a price change": (
        Bill((main("08-31 487", "10-31 487"),), (BEFORE, OCTOBER)),
        (
            "water 09-01..10-31 0.000 x 5.60 = 0.00 at 8",
            "standing 09-01..09-30 1.0000 x 6.40 = 6.40 at 8",
            "standing 10-01..10-31 1.0000 x 6.90 = 6.90 at 8",
            "8: 13.30 + 1.06 = 14.36",
        ),
    ),
    # 12.80 x 0.23 = 2.944 -> 2.94
    "a rate whose lines sum to 0 keeps its row, one without a line has none": (
        Bill((main("08-31 487", "10-31 487"),), vat={"water": "8", "sewage": "5", "standing": "23"}),
        (
            "water 09-01..10-31 0.000 x 5.12 = 0.00 at 8",
            "standing 09-01..10-31 2.0000 x 6.40 = 12.80 at 23",
            "23: 12.80 + 2.94 = 15.74",
            "8: 0.00 + 0.00 = 0.00",
        ),
    ),
    # 10 days, 10 days, 41 days: 24 x 10 / 61 = 3.93442.. -> 3.934; 24 x 20 / 61 = 7.86885.. -> 7.869, so
    # 3.935; the rest 16.131. 3.934 x 5.12 = 20.14208 -> 20.14; 3.935 x 6 = 23.61; 16.131 x 5.12 = 82.59072
    # -> 82.59; net 20.14 + 23.61 + 82.59 + 12.80 = 139.14, VAT 11.1312 -> 11.13
    "a price that returns is a new line": (
        Bill((PLAIN,), (BEFORE, "09-11 6.00 7.80 6.40", "09-21 5.12 7.80 6.40"), sewage=False),
        (
            "water 09-01..09-10 3.934 x 5.12 = 20.14 at 8",
            "water 09-11..09-20 3.935 x 6.00 = 23.61 at 8",
            "water 09-21..10-31 16.131 x 5.12 = 82.59 at 8",
            ORDINARY[2],
            "8: 139.14 + 11.13 = 150.27",
        ),
    ),
    # water and sewage keep their amounts, the standing charge changes: net 122.88 + 187.20 + 13.30 = 323.38,
    # VAT 25.8704 -> 25.87
    "only an amount that changes divides, and 5.120 is 5.12": (
        Bill((PLAIN,), (BEFORE, "10-01 5.120 7.8 6.90")),
        (*ORDINARY[:2], *DIVIDED[4:6], "8: 323.38 + 25.87 = 349.25"),
    ),
    # water divided on 1 October as above; sewage on 16 September: 24 x 15 / 61 = 5.90163.. -> 5.902, the rest
    # 18.098; 5.902 x 7.80 = 46.0356 -> 46.04; 18.098 x 8 = 144.784 -> 144.78;
    # net 60.43 + 68.30 + 46.04 + 144.78 + 12.80 = 332.35, VAT 26.588 -> 26.59
    "each service at its own changes": (
        Bill((PLAIN,), (BEFORE, "09-16 5.12 8.00 6.40", "10-01 5.60 8.00 6.40")),
        (
            *DIVIDED[:2],
            "sewage 09-01..09-15 5.902 x 7.80 = 46.04 at 8",
            "sewage 09-16..10-31 18.098 x 8.00 = 144.78 at 8",
            ORDINARY[2],
            "8: 332.35 + 26.59 = 358.94",
        ),
    ),
    # 24 x 5.60 = 134.40; 24 x 8.20 = 196.80; 2 x 6.90 = 13.80; net 345.00, VAT 27.60
    "a change on the first day of the interval": (
        Bill((PLAIN,), (BEFORE, "09-01 5.60 8.20 6.90")),
        (
            "water 09-01..10-31 24.000 x 5.60 = 134.40 at 8",
            "sewage 09-01..10-31 24.000 x 8.20 = 196.80 at 8",
            "standing 09-01..10-31 2.0000 x 6.90 = 13.80 at 8",
            "8: 345.00 + 27.60 = 372.60",
        ),
    ),
    "a change on the day after the last": (Bill((PLAIN,), (BEFORE, "11-01 5.60 8.20 6.90")), ORDINARY),
    # 24 x 60 / 61 = 23.60655.. -> 23.607, the last day 0.393; 23.607 x 5.12 = 120.86784 -> 120.87; 0.393 x
    # 5.60 = 2.2008 -> 2.20; 23.607 x 7.80 = 184.1346 -> 184.13; 0.393 x 8.20 = 3.2226 -> 3.22; months 1 +
    # 30/31 = 1.96774.. -> 1.9677, the last day 2 - 1.9677 = 0.0323; 1.9677 x 6.40 = 12.59328 -> 12.59;
    # 0.0323 x 6.90 = 0.22287 -> 0.22; net 323.23, VAT 25.8584 -> 25.86
    "a change on the last day": (
        Bill((PLAIN,), (BEFORE, "10-31 5.60 8.20 6.90")),
        (
            "water 09-01..10-30 23.607 x 5.12 = 120.87 at 8",
            "water 10-31..10-31 0.393 x 5.60 = 2.20 at 8",
            "sewage 09-01..10-30 23.607 x 7.80 = 184.13 at 8",
            "sewage 10-31..10-31 0.393 x 8.20 = 3.22 at 8",
            "standing 09-01..10-30 1.9677 x 6.40 = 12.59 at 8",
            "standing 10-31..10-31 0.0323 x 6.90 = 0.22 at 8",
            "8: 323.23 + 25.86 = 349.09",
        ),
    ),
    # 0.010 x 60 / 61 = 0.00983.. -> 0.010, so nothing is left for the last day: its line is left out.
    # 0.010 x 5.12 = 0.0512 -> 0.05; net 0.05 + 12.59 + 0.22 = 12.86, VAT 1.0288 -> 1.03
    "a part of 0 is left out": (
        Bill((main("08-31 0", "10-31 0.010"),), (BEFORE, "10-31 5.60 8.20 6.90"), sewage=False),
        (
            "water 09-01..10-30 0.010 x 5.12 = 0.05 at 8",
            "standing 09-01..10-30 1.9677 x 6.40 = 12.59 at 8",
            "standing 10-31..10-31 0.0323 x 6.90 = 0.22 at 8",
            "8: 12.86 + 1.03 = 13.89",
        ),
    ),
    # two days, 0.003 x 1 / 2 = 0.0015 -> 0.002 half up, the rest 0.001; 0.002 x 100 = 0.20, 0.001 x 200 =
    # 0.20; 2/30 = 0.06666.. -> 0.0667 x 6.40 = 0.42688 -> 0.43; net 0.83, VAT 0.0664 -> 0.07
    "half a litre goes to the earlier part": (
        Bill(
            (main("08-31 0", "09-02 0.003"),),
            ("01-01 100 1 6.40", "09-02 200 1 6.40"),
            period="09-01..09-02",
            sewage=False,
        ),
        (
            "water 09-01..09-01 0.002 x 100 = 0.20 at 8",
            "water 09-02..09-02 0.001 x 200 = 0.20 at 8",
            "standing 09-01..09-02 0.0667 x 6.40 = 0.43 at 8",
            "8: 0.83 + 0.07 = 0.90",
        ),
    ),
    # 12 to 30 September are 19 days: 19/30 + 1 = 1.63333.. -> 1.6333 x 6.40 = 10.45312 -> 10.45;
    # net 122.88 + 187.20 + 10.45 = 320.53, VAT 25.6424 -> 25.64
    "a contract that begins inside the period": (
        Bill((main("09-11 487", "10-31 511"),), contract="09-12.."),
        (
            "water 09-12..10-31 24.000 x 5.12 = 122.88 at 8",
            "sewage 09-12..10-31 24.000 x 7.80 = 187.20 at 8",
            "standing 09-12..10-31 1.6333 x 6.40 = 10.45 at 8",
            "8: 320.53 + 25.64 = 346.17",
        ),
    ),
    # 1 + 20/31 = 1.64516.. -> 1.6452 x 6.40 = 10.52928 -> 10.53; net 320.61, VAT 25.6488 -> 25.65
    "a contract that ends inside the period": (
        Bill((main("08-31 487", "10-20 511"),), contract="2014-03-01..10-20"),
        (
            "water 09-01..10-20 24.000 x 5.12 = 122.88 at 8",
            "sewage 09-01..10-20 24.000 x 7.80 = 187.20 at 8",
            "standing 09-01..10-20 1.6452 x 6.40 = 10.53 at 8",
            "8: 320.61 + 25.65 = 346.26",
        ),
    ),
    # 20/30 + 20/31 = 1.31182.. -> 1.3118 (month by month it would be 0.6667 + 0.6452 = 1.3119);
    # 1.3118 x 6.40 = 8.39552 -> 8.40; net 318.48, VAT 25.4784 -> 25.48
    "part months are rounded once": (
        Bill((main("09-10 487", "10-20 511"),), contract="09-11..10-20"),
        (
            "water 09-11..10-20 24.000 x 5.12 = 122.88 at 8",
            "sewage 09-11..10-20 24.000 x 7.80 = 187.20 at 8",
            "standing 09-11..10-20 1.3118 x 6.40 = 8.40 at 8",
            "8: 318.48 + 25.48 = 343.96",
        ),
    ),
    # running 20/30 + 10/31 = 0.98924.. -> 0.9892; + 10/31 = 1.31182.. -> 1.3118, so 0.3226; + 11/31 =
    # 1.66666.. -> 1.6667, so 0.3549 (11/31 alone would be 0.3548). 0.9892 x 6.40 = 6.33088 -> 6.33; 0.3226
    # x 6.90 = 2.22594 -> 2.23; 0.3549 x 7.10 = 2.51979 -> 2.52; net 133.96, VAT 10.7168 -> 10.72
    "a standing charge with three prices": (
        Bill(
            (main("09-10 487", "10-31 511"),),
            (BEFORE, "10-11 5.12 7.80 6.90", "10-21 5.12 7.80 7.10"),
            contract="09-11..",
            sewage=False,
        ),
        (
            "water 09-11..10-31 24.000 x 5.12 = 122.88 at 8",
            "standing 09-11..10-10 0.9892 x 6.40 = 6.33 at 8",
            "standing 10-11..10-20 0.3226 x 6.90 = 2.23 at 8",
            "standing 10-21..10-31 0.3549 x 7.10 = 2.52 at 8",
            "8: 133.96 + 10.72 = 144.68",
        ),
    ),
    # February of a leap year has 29 days: 10/29 = 0.34482.. -> 0.3448 x 6.40 = 2.20672 -> 2.21;
    # 3 x 5.12 = 15.36, 3 x 7.80 = 23.40; net 40.97, VAT 3.2776 -> 3.28
    "ten days of a leap February": (
        Bill(
            (main("2028-02-09 5", "2028-02-19 8"),),
            period="2028-02-01..2028-02-29",
            contract="2028-02-10..2028-02-19",
        ),
        (
            "water 2028-02-10..2028-02-19 3.000 x 5.12 = 15.36 at 8",
            "sewage 2028-02-10..2028-02-19 3.000 x 7.80 = 23.40 at 8",
            "standing 2028-02-10..2028-02-19 0.3448 x 6.40 = 2.21 at 8",
            "8: 40.97 + 3.28 = 44.25",
        ),
    ),
    # 0.500 x 0.01 = 0.005 -> 0.01; 2 x 0.245 = 0.49; net 0.50 x 0.23 = 0.115 -> 0.12
    "half a grosz goes up, in a line and in VAT": (
        Bill(
            (main("08-31 0", "10-31 0.5"),),
            ("01-01 0.01 - 0.245",),
            sewage=False,
            vat={"water": "23", "standing": "23"},
        ),
        (
            "water 09-01..10-31 0.500 x 0.01 = 0.01 at 23",
            "standing 09-01..10-31 2.0000 x 0.245 = 0.49 at 23",
            "23: 0.50 + 0.12 = 0.62",
        ),
    ),
    # 24 x 5.1234 = 122.9616 -> 122.96; 2 x 6.4567 = 12.9134 -> 12.91; net 135.87, VAT 10.8696 -> 10.87
    "prices of four decimals": (
        Bill((PLAIN,), ("01-01 5.1234 - 6.4567",), sewage=False, vat=DRY),
        (
            "water 09-01..10-31 24.000 x 5.1234 = 122.96 at 8",
            "standing 09-01..10-31 2.0000 x 6.4567 = 12.91 at 8",
            "8: 135.87 + 10.87 = 146.74",
        ),
    ),
    # 31 July to 31 October are 92 days, 61 of them before October: 24 x 61 / 92 = 15.91304.. -> 15.913, the
    # rest 8.087; 15.913 x 5.12 = 81.47456 -> 81.47; 8.087 x 5.60 = 45.2872 -> 45.29; 15.913 x 7.80 =
    # 124.1214 -> 124.12; 8.087 x 8.20 = 66.3134 -> 66.31; standing of the period 13.30; net 330.49, VAT
    # 26.4392 -> 26.44
    "an interval unlike the billing period": (
        Bill((main("07-31 487", "10-31 511"),), (BEFORE, OCTOBER)),
        (
            "water 08-01..09-30 15.913 x 5.12 = 81.47 at 8",
            "water 10-01..10-31 8.087 x 5.60 = 45.29 at 8",
            "sewage 08-01..09-30 15.913 x 7.80 = 124.12 at 8",
            "sewage 10-01..10-31 8.087 x 8.20 = 66.31 at 8",
            *DIVIDED[4:6],
            "8: 330.49 + 26.44 = 356.93",
        ),
    ),
    # 1/30 = 0.03333.. -> 0.0333 x 6.40 = 0.21312 -> 0.21; net 5.12 + 7.80 + 0.21 = 13.13, VAT 1.0504 -> 1.05
    "one day": (
        Bill((main("08-31 487", "09-01 488"),), period="09-01..09-01"),
        (
            "water 09-01..09-01 1.000 x 5.12 = 5.12 at 8",
            "sewage 09-01..09-01 1.000 x 7.80 = 7.80 at 8",
            "standing 09-01..09-01 0.0333 x 6.40 = 0.21 at 8",
            "8: 13.13 + 1.05 = 14.18",
        ),
    ),
    # a price of 0 is a price: 24 x 0 = 0.00; VAT of 135.68 as without sewage
    "a service that costs nothing has its line": (
        Bill((PLAIN,), ("01-01 5.12 0 6.40",)),
        (
            ORDINARY[0],
            "sewage 09-01..10-31 24.000 x 0 = 0.00 at 8",
            ORDINARY[2],
            "8: 135.68 + 10.85 = 146.53",
        ),
    ),
}
