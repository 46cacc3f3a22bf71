"""Bills computed by hand: what the meters show, and the ordinary bill.

Unless a bill says otherwise: 31 August to 31 October is 61 days (30 of September, 31 of October),
prices 5.12 / 7.80 / 6.40 (BEFORE) and from 1 October 5.60 / 8.20 / 6.90 (OCTOBER), VAT 8 %. In the
comments `x` is a product before rounding and `->` the rounding; spans of days hold both their ends.
"""

from __future__ import annotations

from tests.rules.charge_bills import BEFORE, OCTOBER, Bill, garden, main, meter

DRY = {"water": "8", "standing": "8"}
"""VAT of a point without sewage."""
PLAIN = main("08-31 487", "10-31 511")

# 511 - 487 = 24 m3: 24 x 5.12 = 122.88, 24 x 7.80 = 187.20; two whole months 2 x 6.40 = 12.80;
# net 322.88, VAT 322.88 x 0.08 = 25.8304 -> 25.83
ORDINARY = (
    "water 09-01..10-31 24.000 x 5.12 = 122.88 at 8",
    "sewage 09-01..10-31 24.000 x 7.80 = 187.20 at 8",
    "standing 09-01..10-31 2.0000 x 6.40 = 12.80 at 8",
    "8: 322.88 + 25.83 = 348.71",
)
# 20 m3: 102.40 and 156.00; with 12.80 net 271.20, VAT 21.696 -> 21.70
TWENTY = (
    "water 09-01..10-31 20.000 x 5.12 = 102.40 at 8",
    "sewage 09-01..10-31 20.000 x 7.80 = 156.00 at 8",
    "standing 09-01..10-31 2.0000 x 6.40 = 12.80 at 8",
    "8: 271.20 + 21.70 = 292.90",
)
# 24 x 30 / 61 = 11.80327.. -> 11.803, the rest 24 - 11.803 = 12.197;
# 11.803 x 5.12 = 60.43136 -> 60.43; 12.197 x 5.60 = 68.3032 -> 68.30;
# 11.803 x 7.80 = 92.0634 -> 92.06; 12.197 x 8.20 = 100.0154 -> 100.02; one month each: 6.40, 6.90;
# net 60.43 + 68.30 + 92.06 + 100.02 + 6.40 + 6.90 = 334.11, VAT 26.7288 -> 26.73
DIVIDED = (
    "water 09-01..09-30 11.803 x 5.12 = 60.43 at 8",
    "water 10-01..10-31 12.197 x 5.60 = 68.30 at 8",
    "sewage 09-01..09-30 11.803 x 7.80 = 92.06 at 8",
    "sewage 10-01..10-31 12.197 x 8.20 = 100.02 at 8",
    "standing 09-01..09-30 1.0000 x 6.40 = 6.40 at 8",
    "standing 10-01..10-31 1.0000 x 6.90 = 6.90 at 8",
    "8: 334.11 + 26.73 = 360.84",
)
# sewage of 24 - 4 = 20 m3: 156.00; net 122.88 + 156.00 + 12.80 = 291.68, VAT 23.3344 -> 23.33
FOUR_IN_THE_GARDEN = (
    "water 09-01..10-31 24.000 x 5.12 = 122.88 at 8",
    "sewage 09-01..10-31 20.000 x 7.80 = 156.00 at 8",
    "standing 09-01..10-31 2.0000 x 6.40 = 12.80 at 8",
    "8: 291.68 + 23.33 = 315.01",
)
# water and standing charge alone: net 122.88 + 12.80 = 135.68, VAT 10.8544 -> 10.85
WATER_ALONE = (
    "water 09-01..10-31 24.000 x 5.12 = 122.88 at 8",
    "standing 09-01..10-31 2.0000 x 6.40 = 12.80 at 8",
    "8: 135.68 + 10.85 = 146.53",
)

METER_BILLS: dict[str, tuple[Bill, tuple[str, ...]]] = {
    "the example of the format": (Bill((PLAIN,)), ORDINARY),
    "a price change inside": (Bill((PLAIN,), (BEFORE, OCTOBER)), DIVIDED),
    # sewage 20 m3 is divided by itself: 20 x 30 / 61 = 9.83606.. -> 9.836, the rest 10.164;
    # 9.836 x 7.80 = 76.7208 -> 76.72; 10.164 x 8.20 = 83.3448 -> 83.34;
    # net 60.43 + 68.30 + 76.72 + 83.34 + 13.30 = 302.09, VAT 24.1672 -> 24.17
    "a price change and a garden meter": (
        Bill((PLAIN, garden("08-31 10", "10-31 14")), (BEFORE, OCTOBER)),
        (
            *DIVIDED[:2],
            "sewage 09-01..09-30 9.836 x 7.80 = 76.72 at 8",
            "sewage 10-01..10-31 10.164 x 8.20 = 83.34 at 8",
            *DIVIDED[4:6],
            "8: 302.09 + 24.17 = 326.26",
        ),
    ),
    "no sewage": (Bill((PLAIN,), ("01-01 5.12 - 6.40",), sewage=False, vat=DRY), WATER_ALONE),
    "no sewage, its price and rate given all the same": (Bill((PLAIN,), sewage=False), WATER_ALONE),
    # standing 12.80 x 0.23 = 2.944 -> 2.94; water and sewage 310.08 x 0.08 = 24.8064 -> 24.81
    "23 % beside 8 %, the higher first": (
        Bill((PLAIN,), vat={"water": "8", "sewage": "8", "standing": "23"}),
        (
            *ORDINARY[:2],
            "standing 09-01..10-31 2.0000 x 6.40 = 12.80 at 23",
            "23: 12.80 + 2.94 = 15.74",
            "8: 310.08 + 24.81 = 334.89",
        ),
    ),
    # 187.20 x 0.23 = 43.056 -> 43.06; 12.80 x 0.08 = 1.024 -> 1.02; 122.88 x 0.05 = 6.144 -> 6.14
    "three rates": (
        Bill((PLAIN,), vat={"water": "5", "sewage": "23", "standing": "8"}),
        (
            "water 09-01..10-31 24.000 x 5.12 = 122.88 at 5",
            "sewage 09-01..10-31 24.000 x 7.80 = 187.20 at 23",
            "standing 09-01..10-31 2.0000 x 6.40 = 12.80 at 8",
            "23: 187.20 + 43.06 = 230.26",
            "8: 12.80 + 1.02 = 13.82",
            "5: 122.88 + 6.14 = 129.02",
        ),
    ),
    "a rate of 0 has its row": (
        Bill((PLAIN,), vat={"water": "8", "sewage": "0", "standing": "8"}),
        (
            ORDINARY[0],
            "sewage 09-01..10-31 24.000 x 7.80 = 187.20 at 0",
            ORDINARY[2],
            "8: 135.68 + 10.85 = 146.53",
            "0: 187.20 + 0.00 = 187.20",
        ),
    ),
    # one rate, however it is spelt
    "8 and 8.00 are one rate": (
        Bill((PLAIN,), vat={"water": "8", "sewage": "8.00", "standing": "8"}),
        (ORDINARY[0], "sewage 09-01..10-31 24.000 x 7.80 = 187.20 at 8.00", *ORDINARY[2:]),
    ),
    # old 496 - 487 = 9, new 15 - 0 = 15: 24 m3
    "an exchange": (Bill((main("08-31 487", "09-20 496"), main("09-20 0", "10-31 15"))), ORDINARY),
    "an exchange, the new meter named first": (
        Bill((main("09-20 0", "10-31 15"), main("08-31 487", "09-20 496"))),
        ORDINARY,
    ),
    # old 23 m3 up to the change, new 1 m3 after it: 24 m3 over the whole interval all the same
    "an exchange on the day of a price change": (
        Bill((main("08-31 487", "10-01 510"), main("10-01 0", "10-31 1")), (BEFORE, OCTOBER)),
        DIVIDED,
    ),
    "an exchange on the last day: the new meter has only its opening": (
        Bill((PLAIN, main("10-31 3"))),
        ORDINARY,
    ),
    # 104 - 99 = 5, 13 - 7 = 6, 9 - 0 = 9: 20 m3
    "exchanged twice": (
        Bill((main("08-31 99", "09-10 104"), main("09-10 7", "10-01 13"), main("10-01 0", "10-31 9"))),
        TWENTY,
    ),
    # 12 - 99990 + 100000 = 22 m3: 112.64, 171.60; with 12.80 net 297.04, VAT 23.7632 -> 23.76
    "a rollover": (
        Bill((main("08-31 99990", "10-31 12 over"),)),
        (
            "water 09-01..10-31 22.000 x 5.12 = 112.64 at 8",
            "sewage 09-01..10-31 22.000 x 7.80 = 171.60 at 8",
            ORDINARY[2],
            "8: 297.04 + 23.76 = 320.80",
        ),
    ),
    # 5 - 99980 + 100000 = 25, then 20 - 5 = 15: 40 m3: 204.80, 312.00; net 529.60, VAT 42.368 -> 42.37
    "a rollover between two more readings": (
        Bill((main("08-31 99980", "09-30 5 over", "10-31 20"),)),
        (
            "water 09-01..10-31 40.000 x 5.12 = 204.80 at 8",
            "sewage 09-01..10-31 40.000 x 7.80 = 312.00 at 8",
            ORDINARY[2],
            "8: 529.60 + 42.37 = 571.97",
        ),
    ),
    # old of four digits 3 - 9995 + 10000 = 8, new 10: 18 m3: 92.16, 140.40; net 245.36, VAT 19.6288 -> 19.63
    "a rollover on the closing state of an exchanged meter": (
        Bill((main("08-31 9995", "09-20 3 over", digits=4), main("09-20 0", "10-31 10"))),
        (
            "water 09-01..10-31 18.000 x 5.12 = 92.16 at 8",
            "sewage 09-01..10-31 18.000 x 7.80 = 140.40 at 8",
            ORDINARY[2],
            "8: 245.36 + 19.63 = 264.99",
        ),
    ),
    # digits are those before the point: 0.250 - 9.750 + 10 = 0.5 m3: 2.56, 3.90; net 19.26, VAT 1.5408 ->
    # 1.54
    "a rollover of a dial with decimals": (
        Bill((main("08-31 9.750", "10-31 0.25 over", digits=1),)),
        (
            "water 09-01..10-31 0.500 x 5.12 = 2.56 at 8",
            "sewage 09-01..10-31 0.500 x 7.80 = 3.90 at 8",
            ORDINARY[2],
            "8: 19.26 + 1.54 = 20.80",
        ),
    ),
    # 24 + 6 = 30 m3: 153.60, 234.00; net 400.40, VAT 32.032 -> 32.03
    "two main meters side by side": (
        Bill((PLAIN, main("08-31 100", "10-31 106"))),
        (
            "water 09-01..10-31 30.000 x 5.12 = 153.60 at 8",
            "sewage 09-01..10-31 30.000 x 7.80 = 234.00 at 8",
            ORDINARY[2],
            "8: 400.40 + 32.03 = 432.43",
        ),
    ),
    # 10, and beside it 4 before the exchange and 6 after it: 20 m3
    "two main meters, one of them exchanged": (
        Bill((main("08-31 487", "10-31 497"), main("08-31 50", "09-30 54"), main("09-30 0", "10-31 6"))),
        TWENTY,
    ),
    # 3 + 11 + 10 = 24 m3; readings on the way change nothing
    "readings in between": (
        Bill((main("08-31 487", "09-15 490", "10-07 501", "10-31 511"),), (BEFORE, OCTOBER)),
        DIVIDED,
    ),
    "a garden meter read once counts 0": (Bill((PLAIN, garden("09-20 33"))), ORDINARY),
    "a garden meter that nobody read counts 0": (Bill((PLAIN, garden())), ORDINARY),
    "a garden meter": (Bill((PLAIN, garden("08-31 10", "10-31 14"))), FOUR_IN_THE_GARDEN),
    "a garden meter read inside alone": (Bill((PLAIN, garden("09-05 10", "10-20 14"))), FOUR_IN_THE_GARDEN),
    "verified until the last of its own days": (
        Bill((PLAIN, garden("08-31 10", "10-15 14", verified="2026-10-15"))),
        FOUR_IN_THE_GARDEN,
    ),
    "verified until the day before: not deducted": (
        Bill((PLAIN, garden("08-31 10", "10-15 14", verified="2026-10-14"))),
        ORDINARY,
    ),
    "two garden meters, one of them expired": (
        Bill((PLAIN, garden("08-31 10", "10-31 14"), garden("08-31 1", "10-31 4", verified="2026-09-01"))),
        FOUR_IN_THE_GARDEN,
    ),
    "the main meter's own verification does not matter": (
        Bill((meter("main", "08-31 487", "10-31 511", verified="2020-01-01"),)),
        ORDINARY,
    ),
    # 13 - 10 = 3 and 2 - 0 = 2: sewage 24 - 5 = 19 m3: 148.20; net 283.88, VAT 22.7104 -> 22.71
    "a garden meter exchanged": (
        Bill((PLAIN, garden("08-31 10", "09-20 13"), garden("09-20 0", "10-31 2"))),
        (
            ORDINARY[0],
            "sewage 09-01..10-31 19.000 x 7.80 = 148.20 at 8",
            ORDINARY[2],
            "8: 283.88 + 22.71 = 306.59",
        ),
    ),
    # 24 - 30 is below 0: sewage 0, and its line is left out
    "more in the garden than in the house": (Bill((PLAIN, garden("08-31 10", "10-31 40"))), WATER_ALONE),
    # 511.5 - 487.125 = 24.375 x 5.12 = 124.80; 24.375 - (12.65 - 10.4 = 2.25) = 22.125 x 7.80 = 172.575 ->
    # 172.58; net 124.80 + 172.58 + 12.80 = 310.18, VAT 24.8144 -> 24.81
    "dials with decimals": (
        Bill((main("08-31 487.125", "10-31 511.5"), garden("08-31 10.4", "10-31 12.65"))),
        (
            "water 09-01..10-31 24.375 x 5.12 = 124.80 at 8",
            "sewage 09-01..10-31 22.125 x 7.80 = 172.58 at 8",
            ORDINARY[2],
            "8: 310.18 + 24.81 = 334.99",
        ),
    ),
}
