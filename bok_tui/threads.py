"""The threads in which the database is asked: none of them keeps the program from ending.

Python waits at its end, without a limit, for the threads of an ordinary pool. Whoever quits
because the database does not answer would sit before a dead terminal until it does.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


MOST = 32
"""Threads of a pool; work beyond them waits for one to come free."""


class Daemons(ThreadPoolExecutor):
    """A pool of daemon threads that live on for the next piece of work; `shutdown` waits for nobody.

    Starting a thread makes its starter wait until it runs, for several milliseconds while others
    are busy. It derives from Python's pool because asyncio takes nothing else as its default.
    """

    def __init__(self) -> None:
        super().__init__(MOST)
        self._tasks: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._free = threading.Semaphore(0)
        self._begun = 0

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Have one of the threads do `fn`; call it from one and the same thread."""
        future: Future[T] = Future()

        def work() -> None:
            if not future.set_running_or_notify_cancel():
                return
            try:
                result = fn(*args, **kwargs)
            except BaseException as error:
                future.set_exception(error)
            else:
                future.set_result(result)

        self._tasks.put(work)
        if not self._free.acquire(blocking=False) and self._begun < MOST:
            self._begun += 1
            threading.Thread(target=self._toil, name=f"bok-{self._begun}", daemon=True).start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the threads end when they are done, and wait for none, whatever is asked."""
        for _ in range(self._begun):
            self._tasks.put(None)
        super().shutdown(wait=False, cancel_futures=cancel_futures)

    def _toil(self) -> None:
        while (work := self._tasks.get()) is not None:
            work()
            self._free.release()
