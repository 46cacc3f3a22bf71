"""How fast a bank statement is read, how fast its lines are matched, and how much memory it takes.

    python -m tests.benchmarks.bench_bank
    python -m tests.benchmarks.bench_bank --movements 100000 --bank pko

The yardstick of the same run is the bare library: it parses the same text without our splitter of
the details, control sums, cleaning and keys.
"""

from __future__ import annotations

import argparse
import logging
import random
import resource
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import TypeVar

from mt940.models import Transactions

from db.rules.bank_files.reading import read_bank_file
from db.rules.payment_candidates import Candidates, ClientCandidate, InvoiceCandidate, wanted_by
from db.rules.payment_matching import match_line
from db.rules.text_encoding import decode
from tests.rules.bank_samples import PREFIX, ROUTING, Bank, Sent, encoded

T = TypeVar("T")
TITLES = (
    "FAK/202610/{serial:07d}/{client:06d}/20261105",
    "fak 202610 {serial:07d} {client:06d} 20261105 za wodę i ścieki",
    "Opłata za wodę, nr klienta {client:06d}",
    "{client:06d}/20261105",
    "faktura za październik, dziękuję",
)


def movements(count: int, seed: int) -> list[Sent]:
    """Return payments of as many clients; every third comes to the client's own account."""
    chance = random.Random(seed)
    return [
        Sent(
            amount=f"{chance.randrange(1, 90_000) / 100:.2f}",
            title=TITLES[number % len(TITLES)].format(serial=number, client=100_000 + number),
            name=f"KOWALSKI JAŹWA{number} UL. POLNA {number % 90} 43-400 CIESZYN",
            client=f"{100_000 + number}" if number % 3 == 0 else "",
        )
        for number in range(count)
    ]


def candidates_for(sent: Sequence[Sent]) -> Candidates:
    """Return a client and an open invoice for each payment."""
    clients, invoices = [], []
    for number, one in enumerate(sent):
        client = f"{100_000 + number}"
        clients.append(ClientCandidate(client, f"Kowalski Jaźwa{number}", Decimal(one.amount)))
        invoice = f"FAK/202610/{number:07d}/{client}/20261105"
        invoices.append(InvoiceCandidate(invoice, client, Decimal(one.amount)))
    return Candidates(clients, invoices)


def timed(what: str, count: int, work: Callable[[], T], rounds: int = 3) -> tuple[T, float]:
    """Do `work` and tell its best rate by processor time, which a busy machine changes least."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        result = work()
        best = min(best, time.process_time() - start)
    print(f"{what:<34}{count / best:>10,.0f} lines a second")
    return result, best


def main() -> None:
    """Print the rates beside the yardstick."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--movements", type=int, default=10_000)
    parser.add_argument("--bank", type=Bank, choices=list(Bank), default=Bank.PKO)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    sent = movements(options.movements, options.seed)
    data = encoded(options.bank, sent)
    count = len(sent)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    file, ours = timed("read and examined", count, lambda: read_bank_file(data))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    logging.getLogger("mt940").setLevel(logging.CRITICAL)
    text = decode(data).text
    _, bare = timed("yardstick: bare library", count, lambda: Transactions().parse(text))
    print(f"{'times the yardstick':<34}{ours / bare:>10.2f}")
    lines = list(file.lines)
    timed("what to fetch", count, lambda: wanted_by(lines, routing=ROUTING, prefix=PREFIX))
    known = candidates_for(sent)
    matches, _ = timed(
        "matched",
        count,
        lambda: [match_line(line, known, routing=ROUTING, prefix=PREFIX) for line in lines],
    )
    print(f"{'sure':<34}{sum(match.sure for match in matches) / count:>10.0%}")
    print(f"{len(data) / 2**20:.1f} MiB, reading it took {(peak - before) / 1024:.0f} MiB more")


if __name__ == "__main__":
    main()
