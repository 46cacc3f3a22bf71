"""How fast invoices are printed, beside ReportLab drawing the same page in the same run.

    python -m tests.benchmarks.bench_documents
    python -m tests.benchmarks.bench_documents --documents 5000 --folder /var/tmp/print

One page: processor time, the two in turns, so that other work on the machine counts as little as
may be. To disk: wall clock, temporary file, fsync and rename of each, one and two processes (start
included), and processor time, which other work changes less. Needs the extra `bench`.
"""

from __future__ import annotations

import argparse
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median

from db.records.documents import to_json
from db.whole_files import bring_names_to_disk
from reports.documents import invoice
from reports.documents.files import write_document
from reports.documents.printed import printed
from reports.documents.printing import BATCH, Printable, print_documents
from reports.documents.registry import render
from tests.benchmarks.reportlab_page import recorded, replay
from tests.reports.money_examples import INVOICE

PROJECTED = 100_000
AIM_MINUTES = 8
AIM_RATIO = 1.5


def numbered(count: int) -> Iterator[Printable]:
    """Yield invoices that differ in their number, one page each."""
    for number in range(count):
        snapshot = replace(INVOICE, number=f"FAK/202611/{number:07d}/123456/20261122")
        yield Printable(snapshot.number, snapshot.kind, to_json(snapshot))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rounds", type=int, default=60, help="pages of each engine, in turns")
    parser.add_argument("--documents", type=int, default=1_000, help="documents written to disk")
    parser.add_argument("--folder", type=Path, default=None, help="where to (default: a temporary folder)")
    parser.add_argument("--joint", type=int, default=0, help="documents in a joint file")
    options = parser.parse_args()
    one_page(options.rounds)
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        to_disk(options.documents, Path(folder), options.joint)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the leading process {peak:.0f} MB")


def one_page(rounds: int) -> None:
    """Print milliseconds of a page and the ratios to ReportLab."""
    stored = to_json(INVOICE)
    paper = invoice.paper(INVOICE)
    drawn, payload = recorded(paper)
    engines: dict[str, Callable[[], bytes]] = {
        "ReportLab, places given": lambda: replay(drawn, payload),
        "bok, drawing": lambda: printed(paper, stored),
        "bok, from the stored text": lambda: render(INVOICE.kind, stored),
        "bok, plain fpdf2 fonts": lambda: printed(paper, stored, prepared=False),
    }
    times: dict[str, list[float]] = {name: [] for name in engines}
    sizes = {name: len(engine()) for name, engine in engines.items()}
    for _ in range(rounds):
        for name, engine in engines.items():
            begun = time.process_time()
            engine()
            times[name].append((time.process_time() - begun) * 1000)
    base = times["ReportLab, places given"]
    print(f"{'one page, processor ms':28}{'min':>8}{'p50':>8}{'kB':>6}{'times ReportLab (min, p50)':>30}")
    for name, measured in times.items():
        ratio = f"{min(base) / min(measured):.2f}, {median(base) / median(measured):.2f}"
        size = sizes[name] / 1000
        print(f"{name:28}{min(measured):8.2f}{median(measured):8.2f}{size:6.0f}{ratio:>30}")
    print(f"aim: drawing {AIM_RATIO} times as fast as ReportLab")


def to_disk(count: int, folder: Path, joint: int) -> None:
    """Print pages a second to disk, in one and two processes."""
    print(f"\n{f'to disk, {count} pages':28}{'pages/s':>9}{'100,000 in':>12}{'processor ms a page':>22}")
    for processes in (1, 2):
        for name, run in (("ReportLab", by_reportlab), ("bok", by_bok)):
            begun, worked = time.perf_counter(), processor_seconds()
            run(count, folder / f"{name}-{processes}", processes, joint)
            rate = count / (time.perf_counter() - begun)
            work = (processor_seconds() - worked) * 1000 / count
            label = f"{name}, {processes} process{'es' if processes > 1 else ''}"
            print(f"{label:28}{rate:9.0f}{PROJECTED / rate / 60:8.1f} min{work:22.1f}")
    print(f"aim: 100,000 pages in {AIM_MINUTES} minutes with 2 processes, 9.6 processor ms a page on 2 cores")


def processor_seconds() -> float:
    """Return what this process and those it has waited for have worked."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def by_bok(count: int, folder: Path, processes: int, joint: int) -> None:
    """Print with the product's own printing run."""
    done = print_documents(numbered(count), folder, processes=processes, joint_size=joint)
    assert done.written == count


def by_reportlab(count: int, folder: Path, processes: int, _: int) -> None:
    """Print with ReportLab in the same batches, to files written in the same way."""
    tasks = [(start, min(BATCH, count - start), folder) for start in range(0, count, BATCH)]
    if processes == 1:
        for task in tasks:
            reportlab_batch(task)
        return
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        for _done in pool.map(reportlab_batch, tasks):
            pass


def reportlab_batch(task: tuple[int, int, Path]) -> None:
    """Draw and write one batch; the layout is recorded once."""
    start, count, folder = task
    drawn, payload = recorded(invoice.paper(INVOICE))
    for number in range(start, start + count):
        write_document(folder, f"invoice-{number:07d}-{folder.name}", replay(drawn, payload), name_later=True)
    bring_names_to_disk(folder)


if __name__ == "__main__":
    main()
