"""How many invoices a second are computed, to the grosz.

    python -m tests.benchmarks.bench_charges --contracts 100000

Households of a town with three price lists and a price change inside the period: most have one
meter read twice, some a garden meter, an exchange, a rollover, several readings or a contract that
began on the way. Only the computing is timed, from readings to lines and totals. The yardstick is a
bare loop in the same process that does the same number of Decimal products, each rounded half up.
With `--litres` the dials show litres, so that hardly a volume comes twice and little is remembered.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import partial

from db.records.charges import DialReading, MeterReadings, Prices, Terms, VatRates
from db.records.clients import MeterRole
from db.rules.charges import compute_charges
from db.rules.charges_consumption import measure
from db.rules.charges_tariff import Tariff

GROSZ = Decimal("0.01")
FIRST, LAST = date(2026, 9, 1), date(2026, 10, 31)
RUNNING = Terms(FIRST, LAST, date(2014, 3, 1), None, sewage=True)
VERIFIED = date(2029, 12, 31)

Contract = tuple[tuple[MeterReadings, ...], Terms, int]


def main() -> None:
    """Compute the same contracts in one process and in two."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--contracts", type=int, default=100_000)
    parser.add_argument("--changes", type=int, default=1, help="price changes inside the period: 0 or 1")
    parser.add_argument("--litres", action="store_true", help="volumes that hardly repeat")
    options = parser.parse_args()
    one = partial(work, changes=options.changes, places=3 if options.litres else 0)
    half = options.contracts // 2
    print(f"one process: {told([one(options.contracts, seed=1)])}")
    with ProcessPoolExecutor(2) as pool:
        halves = [pool.submit(one, half, seed=seed) for seed in (1, 2)]
        print(f"two processes: {told([each.result() for each in halves])}")


@dataclass(frozen=True)
class Run:
    """What one process did."""

    invoices: int
    wall: float
    processor: float
    """Seconds, which a busy machine does not change much."""
    products: float
    """The yardstick's products for a second of the processor."""


def told(runs: list[Run]) -> str:
    """Return the rates of processes that ran side by side, beside the yardstick's."""
    wall = sum(run.invoices for run in runs) / max(run.wall for run in runs)
    processor = sum(run.invoices / run.processor for run in runs)
    products = sum(run.products for run in runs)
    return (
        f"{wall:,.0f} invoices/s by the clock, {processor:,.0f} by the processor;"
        f" yardstick {products:,.0f} products/s, {products / processor:.0f} for an invoice"
    )


def work(contracts: int, *, changes: int, places: int, seed: int) -> Run:
    """Compute the invoices of a made-up town whose dials show `places` decimals."""
    chance = random.Random(seed)
    tariffs = [tariff(group, changes) for group in range(3)]
    town = [contract(chance, places) for _ in range(contracts)]
    gc.freeze()
    lines = 0
    wall, processor = time.perf_counter(), time.process_time()
    for meters, terms, group in town:
        lines += len(compute_charges(measure(meters), terms, tariffs[group]).lines)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    return Run(contracts, wall, processor, bare_rate(lines))


def bare_rate(products: int) -> float:
    """Return the products a second of a loop with nothing around them."""
    quantities = [Decimal(n % 50_000).scaleb(-3) for n in range(1000)]
    price = Decimal("5.1234")
    start = time.process_time()
    for _ in range(products // 1000):
        for quantity in quantities:
            (quantity * price).quantize(GROSZ, rounding=ROUND_HALF_UP)
    return products // 1000 * 1000 / (time.process_time() - start)


def tariff(group: int, changes: int) -> Tariff:
    """Return a group's prices, from which a run's contracts share what was worked out."""
    days = [date(2026, 1, 1), date(2026, 10, 1)][: 1 + changes]
    prices = [
        Prices(day, *(Decimal(units + 37 * at + 11 * group).scaleb(-2) for units in (512, 640, 780)))
        for at, day in enumerate(days)
    ]
    return Tariff(prices, VatRates(Decimal(8), Decimal(8), Decimal(8)))


def contract(chance: random.Random, places: int) -> Contract:
    """Return one contract's meters, terms and tariff group."""
    kind = chance.random()
    began, ended = FIRST - timedelta(days=chance.randint(1, 5)), LAST - timedelta(days=chance.randint(0, 5))
    whole = 10**places
    state, used = (Decimal(chance.randint(0, most * whole)) / whole for most in (90_000, 60))
    terms, meters = RUNNING, [main_meter((began, state), (ended, state + used))]
    if kind < 0.10:
        meters.append(meter(MeterRole.GARDEN, (began, 100), (ended, 100 + round(used / 4, places))))
    elif kind < 0.15:
        middle = began + timedelta(days=20)
        meters = [main_meter((began, state), (middle, state + used)), main_meter((middle, 0), (ended, 9))]
    elif kind < 0.20:
        middle = began + timedelta(days=30)
        meters = [main_meter((began, state), (middle, state + 1), (ended, state + 1 + used))]
    elif kind < 0.22:
        past = DialReading(ended, used, rollover=True)
        meters = [
            MeterReadings("1", MeterRole.MAIN, 5, VERIFIED, (DialReading(began, Decimal(99_990)), past))
        ]
    elif kind < 0.25:
        terms = Terms(FIRST, LAST, began + timedelta(days=1), None, sewage=True)
    elif kind < 0.35:
        terms = Terms(FIRST, LAST, date(2014, 3, 1), None, sewage=False)
    return tuple(meters), terms, chance.randrange(3)


def main_meter(*readings: tuple[date, Decimal | int]) -> MeterReadings:
    return meter(MeterRole.MAIN, *readings)


def meter(role: MeterRole, *readings: tuple[date, Decimal | int]) -> MeterReadings:
    """Return a meter of five digits with its readings."""
    shown: Sequence[DialReading] = [DialReading(day, Decimal(state)) for day, state in readings]
    return MeterReadings("1", role, 5, VERIFIED, tuple(shown))


if __name__ == "__main__":
    main()
