"""Printing a whole period: many documents into one folder, by several processes, to be resumed.

A file that is there is whole, for it gets its name last; it names its snapshot in its metadata,
so that a second run knows it and goes on where the first one stopped.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from db.errors import BokError, CannotWrite, WrongInput
from db.records.documents import DocumentKind
from db.whole_files import bring_names_to_disk
from db.words import N_
from reports.documents.files import find_document, write_document
from reports.documents.printed import identifier_of, joint_identifier, printed_together
from reports.documents.registry import paper_of, render

BATCH = 50
"""Documents that a process takes at once when no joint files are made."""
MOST_JOINT = 1_000
"""Documents in one joint file at most: it is made in memory."""
MOST_FAILURES = 1_000
"""Failures that are kept one by one; more are only counted."""

_AHEAD = 2
"""Batches that wait for each process, so that none is idle and memory stays bounded."""
_WRITERS = 2
"""Threads of a process that wait for the disk while the next paper is drawn: a third of the time."""
_UNWRITTEN = 8
"""Finished papers that wait for them at most."""


@dataclass(frozen=True, slots=True)
class Printable:
    """A document to print."""

    number: str
    """Names the file."""
    kind: DocumentKind
    snapshot: str
    """Canonical JSON, as stored."""
    pdf: bytes | None = None
    """The paper that was made first, where one is stored: it comes out as it is."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be printed, and why."""

    number: str
    error: BokError


@dataclass(frozen=True, slots=True)
class Printed:
    """What was done, so far or in all."""

    written: int = 0
    kept: int = 0
    """Files of an earlier run, whole and of the same content."""
    failed: int = 0
    failures: tuple[Failure, ...] = ()
    joint: tuple[str, ...] = ()
    """Names of the joint files, in order, of this run and earlier ones."""

    def plus(self, other: Printed) -> Printed:
        """Return both together."""
        return Printed(
            self.written + other.written,
            self.kept + other.kept,
            self.failed + other.failed,
            (self.failures + other.failures)[:MOST_FAILURES],
            self.joint + other.joint,
        )


def print_documents(
    documents: Iterable[Printable],
    folder: Path,
    *,
    processes: int = 2,
    joint_size: int = 0,
    progress: Callable[[Printed], None] | None = None,
) -> Printed:
    """Print `documents` into `folder`, one file each, and say what was done.

    `joint_size` documents at a time also go into a joint file for the print shop, in their order
    (0: none). `progress` hears the sums after every batch. A document that cannot be read is
    counted and does not hold the others up. Memory does not grow with the number of documents.
    Raises CannotWrite for a folder that is full, read-only or none, WrongInput for a joint size
    beyond `MOST_JOINT`; run again, it goes on.
    """
    if not 0 <= joint_size <= MOST_JOINT:
        raise WrongInput(N_("A joint file holds 1 to %(most)s documents."), most=MOST_JOINT)
    work = _batches(documents, folder, joint_size)
    results = map(_print_batch, work) if processes <= 1 else _in_processes(work, processes)
    done = Printed()
    for result in results:
        done = done.plus(result)
        if progress is not None:
            progress(done)
    return done


@dataclass(frozen=True, slots=True)
class _Batch:
    number: int
    documents: tuple[Printable, ...]
    folder: Path
    joint: bool


def _batches(documents: Iterable[Printable], folder: Path, joint_size: int) -> Iterator[_Batch]:
    rest = iter(documents)
    number = 0
    while taken := tuple(islice(rest, joint_size or BATCH)):
        number += 1
        yield _Batch(number, taken, folder, bool(joint_size))


def _in_processes(work: Iterator[_Batch], processes: int) -> Iterator[Printed]:
    """Yield the results in order, with a few batches under way."""
    waiting: deque[Future[Printed]] = deque()
    # a fresh interpreter: a fork would copy the threads and the open database of ours
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_ignore_interrupts)
    try:
        for batch in work:
            waiting.append(pool.submit(_print_batch, batch))
            if len(waiting) >= processes * (1 + _AHEAD):
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise CannotWrite(
            N_("A printing process was ended from outside. Print again: it goes on where it stopped.")
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _ignore_interrupts() -> None:
    """Leave Ctrl+C to the process that leads."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _print_batch(batch: _Batch) -> Printed:
    """Print one batch and its joint file, in whichever process."""
    done = Printed()
    with ThreadPoolExecutor(_WRITERS) as threads:
        writer = _Writer(threads, batch.folder)
        for document in batch.documents:
            done = done.plus(_print_one(document, writer))
        writer.wait()
    if done.written:
        bring_names_to_disk(batch.folder)
    if batch.joint:
        failed = {failure.number for failure in done.failures}
        sound = [document for document in batch.documents if document.number not in failed]
        if sound:
            done = done.plus(Printed(joint=(_print_together(batch, sound),)))
    return done


class _Writer:
    """Brings papers to the disk in threads while the next ones are drawn."""

    def __init__(self, threads: ThreadPoolExecutor, folder: Path) -> None:
        self._threads, self.folder = threads, folder
        self._waiting: deque[Future[Path]] = deque()

    def write(self, name: str, data: bytes) -> None:
        """Take a paper; raises CannotWrite for one that was taken before."""
        self.wait(_UNWRITTEN - 1)
        self._waiting.append(self._threads.submit(write_document, self.folder, name, data, name_later=True))

    def wait(self, left: int = 0) -> None:
        """Wait until no more than `left` are unwritten. Raises CannotWrite."""
        while len(self._waiting) > left:
            self._waiting.popleft().result()


def _print_one(document: Printable, writer: _Writer) -> Printed:
    mark = identifier_of(document.snapshot).encode()
    if document.pdf is None and find_document(writer.folder, document.number, mark) is not None:
        return Printed(kept=1)
    try:
        data = document.pdf or render(document.kind, document.snapshot)
    except WrongInput as error:
        return Printed(failed=1, failures=(Failure(document.number, error),))
    writer.write(document.number, data)
    return Printed(written=1)


def _print_together(batch: _Batch, documents: Sequence[Printable]) -> str:
    """Make the joint file unless it is there, and return its name."""
    name = f"zbiorczy-{batch.number:05d}"
    mark = joint_identifier(identifier_of(document.snapshot) for document in documents)
    path = find_document(batch.folder, name, mark.encode())
    if path is None:
        papers = [(paper_of(document.kind, document.snapshot), document.snapshot) for document in documents]
        title = f"Wydruk zbiorczy {batch.number}: {documents[0].number} – {documents[-1].number}"
        path = write_document(batch.folder, name, printed_together(papers, title=title))
    return path.name
