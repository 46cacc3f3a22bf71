"""Whether a billing run and printing take the same memory in a small town and in a large one.

    python -m tests.benchmarks.bench_memory
    python -m tests.benchmarks.bench_memory --clients 10000 --folder /var/tmp --postgres URL

For each size a town is made, a month billed and its papers printed, each by a process of its own,
whose high water is printed: its own memory, and all that is resident, mapped pages of the database
file among it; and its own memory after each quarter of its time. About half of the clients are
billed in a month. Without `--postgres` SQLite files in a temporary folder; with it an empty database
at that address, of one size.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event, Thread

from bok_tui.commands.billing_print import documents_of
from db.billing_run import run_billing
from db.engine import open_database
from db.office import SYSTEM, House, Office
from db.operations.installation import create_installation
from db.policy import Policy
from db.rules.months import month_after
from db.sample.town import make_town
from reports.documents.printing import print_documents
from tests.benchmarks.bench_sample import own_memory

KEY = bytes(32)
MONTHS_AGO = 3
PROCESSES = 2
EVERY = 0.02
"""Seconds between two looks at the memory."""


def main() -> None:
    """Run every size and print what each step took, or run one step of one size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clients", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--folder", type=Path, default=None, help="where to (default: a temporary folder)")
    parser.add_argument("--postgres", metavar="URL", default="")
    parser.add_argument("--step", choices=sorted(STEPS), help=argparse.SUPPRESS)
    parser.add_argument("--database", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        watched(options.step, options.database, options.clients[0], options.folder)
        return
    print(
        f"{'clients':>9} {'step':6}{'own MiB':>9}{'resident':>9}{'worker':>8}"
        f"  {'own by quarters':19}{'processor s':>13}  what"
    )
    for clients in options.clients:
        with tempfile.TemporaryDirectory(prefix="bok-bench-", dir=options.folder) as folder:
            one_town(clients, Path(folder), options.postgres)


def one_town(clients: int, folder: Path, server: str) -> None:
    """Take a town of `clients` clients through all steps, each in a process of its own."""
    url = server or f"sqlite:///{folder}/bok.sqlite3"
    command = [sys.executable, "-m", "tests.benchmarks.bench_memory", "--clients", str(clients)]
    for step in STEPS:
        own = ["--step", step, "--database", url, "--folder", str(folder)]
        subprocess.run([*command, *own], check=True)


def watched(step: str, url: str, clients: int, folder: Path) -> None:
    """Do one step and print its high water."""
    seen, ended = [own_memory()], Event()

    def look() -> None:
        while not ended.wait(EVERY):
            seen.append(own_memory())

    watcher = Thread(target=look)
    watcher.start()
    begun = time.process_time()
    try:
        what = STEPS[step](url, clients, folder)
    finally:
        ended.set()
        watcher.join()
    own = resource.getrusage(resource.RUSAGE_SELF)
    workers = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = time.process_time() - begun + workers.ru_utime + workers.ru_stime
    resident, worker = own.ru_maxrss // 1024, workers.ru_maxrss // 1024
    quarters = " ".join(f"{seen[(len(seen) - 1) * quarter // 4]:4}" for quarter in range(1, 5))
    print(
        f"{clients:9,} {step:6}{max(seen):9}{resident:9}{worker:8}  {quarters}{spent:13.0f}  {what}",
        flush=True,
    )


def town(url: str, clients: int, _: Path) -> str:
    """Make the town; nothing of it is billed yet."""
    database = open_database(url)
    house = create_installation(database, key=KEY, clock=now, demo=True)
    made = make_town(house, clients=clients, years=1, seed=1, billed=0)
    database.close()
    return f"{made.readings:,} readings"


def bill(url: str, _clients: int, _: Path) -> str:
    """Bill one month."""
    office = opened(url)
    report = run_billing(office, month())
    return f"{report.billed:,} invoices, {report.skipped_count:,} left out"


def print_(url: str, _clients: int, folder: Path) -> str:
    """Print that month, as `bok billing print` does."""
    office = opened(url)
    documents = documents_of(office, f"{month():%Y%m}")
    done = print_documents(documents, folder / "papers", processes=PROCESSES)
    return f"{done.written:,} papers"


def opened(url: str) -> Office:
    """Return the program's own office in the town's database."""
    return House(open_database(url), now, Policy(), KEY).office(SYSTEM)


def now() -> datetime:
    return datetime.now(UTC)


def month() -> date:
    """Return the first day of the month that is billed."""
    return month_after(now().date(), -MONTHS_AGO)


STEPS: dict[str, Callable[[str, int, Path], str]] = {"town": town, "bill": bill, "print": print_}

if __name__ == "__main__":
    main()
