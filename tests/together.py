"""Work beside a test, in threads and processes, none of which it waits for without a limit.

What never ends fails its test by name instead of keeping the whole run waiting.
"""

from __future__ import annotations

import multiprocessing
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from typing import Any, TypeVar

T = TypeVar("T")
CONTEXT = multiprocessing.get_context("forkserver")
"""Forks from a process that has imported everything and has neither threads nor connections."""
CONTEXT.set_forkserver_preload(
    ["pytest", "tests.conftest", "tests.trust.workers", "tests.trust.mail_workers"]
)
PATIENCE = 120.0
"""Seconds after which work that has not ended fails the test: much more than a busy machine needs."""


def barrier(parties: int) -> threading.Barrier:
    """Return a barrier that breaks, for everybody, when one of them never comes."""
    return threading.Barrier(parties, timeout=30)


def threads_of(*works: Callable[[], object]) -> list[threading.Thread]:
    """Return a thread for each, not yet started; one that is stuck does not keep the program from ending."""
    return [threading.Thread(target=work, daemon=True) for work in works]


def see_off(threads: Iterable[threading.Thread]) -> None:
    """Wait for the end of `threads`; fail when one does not come to it."""
    deadline = time.monotonic() + PATIENCE
    for thread in threads:
        thread.join(max(0.0, deadline - time.monotonic()))
        assert not thread.is_alive(), f"{thread.name} does not end"


def in_processes(work: Callable[..., T], tasks: Sequence[tuple[Any, ...]], *, processes: int) -> list[T]:
    """Return what `work` returns for each of `tasks`, done in that many fresh processes.

    A process that dies fails the test (a `multiprocessing.Pool` would wait for its answer for ever).
    """
    with ProcessPoolExecutor(processes, mp_context=CONTEXT) as pool:
        answers = [pool.submit(work, *task) for task in tasks]
        late = wait(answers, PATIENCE).not_done
        if late:
            for child in multiprocessing.active_children():
                child.kill()
        assert not late, f"{len(late)} of {len(tasks)} tasks do not end"
        return [answer.result() for answer in answers]
