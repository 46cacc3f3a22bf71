"""The threads that ask the database: used again and again, and nobody has to wait for one to end."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

from bok_tui.asking import Asking
from bok_tui.looking import Looking
from bok_tui.screens.base import BokScreen
from bok_tui.threads import MOST, Daemons
from tests.tui.fakes import FakeOffice, desk_app
from tests.tui.pilot import PATIENCE, burst, running, until


def test_one_thread_after_the_other_is_the_same_thread() -> None:
    pool = Daemons()
    seen = set()
    for _ in range(20):
        seen.add(pool.submit(threading.get_ident).result(PATIENCE))
        free = pool._free
        assert free.acquire(timeout=PATIENCE), "it is free again"
        free.release()
    assert len(seen) == 1
    pool.shutdown()


def test_slow_work_is_done_side_by_side_and_all_of_it() -> None:
    pool, gate = Daemons(), threading.Event()
    meeting = threading.Barrier(3)
    together = [pool.submit(meeting.wait, PATIENCE) for _ in range(3)]
    assert sorted(one.result(PATIENCE) for one in together) == [0, 1, 2]
    stuck = [pool.submit(gate.wait, PATIENCE) for _ in range(MOST + 5)]
    gate.set()
    assert all(one.result(PATIENCE) for one in stuck)
    pool.shutdown()


def test_a_failure_reaches_whoever_asked() -> None:
    pool = Daemons()
    assert isinstance(pool.submit(int, "x").exception(PATIENCE), ValueError)
    assert pool.submit(int, "7").result(PATIENCE) == 7
    pool.shutdown()


def test_a_database_that_does_not_answer_keeps_the_program_from_nothing(tmp_path: Path) -> None:
    office, before = FakeOffice(), set(threading.enumerate())
    office.gates["k"] = gate = threading.Event()

    async def run() -> None:
        app = desk_app(tmp_path, office)
        async with running(app):
            burst(app, "k")
            await until(lambda: "k" in office.asked)

    asyncio.run(run())
    still = [thread for thread in set(threading.enumerate()) - before if thread.name.startswith("bok-")]
    assert still, "the search is under way, and the program over"
    gate.set()
    for thread in still:
        thread.join(PATIENCE)
        assert not thread.is_alive(), "its thread ends when it can"


class Form(BokScreen[None]):
    """A form that is left before its answer comes."""


async def test_of_a_list_that_is_read_again_only_the_last_answer_is_given(tmp_path: Path) -> None:
    """The first question is held back until the second one was answered."""
    app = desk_app(tmp_path)
    first, given = threading.Event(), list[str]()
    async with running(app):
        screen = app.screen
        assert isinstance(screen, Asking)

        def slow(_office: object) -> str:
            assert first.wait(20)
            return "late"

        screen.ask(slow, given.append, keys_wait=False, latest="list")
        screen.ask(lambda _office: "last", given.append, keys_wait=False, latest="list")
        screen.ask(lambda _office: "other", given.append, keys_wait=False, latest="another list")
        await until(lambda: set(given) == {"last", "other"})
        first.set()
        done: list[str] = []
        await app.workers.wait_for_complete()
        screen.ask(lambda _office: "end", done.append, keys_wait=False)
        await until(lambda: done == ["end"])
        assert set(given) == {"last", "other"}


async def test_keys_do_not_wait_for_a_look_up_that_failed_or_whose_form_is_gone(tmp_path: Path) -> None:
    app = desk_app(tmp_path)
    gone = threading.Event()
    async with running(app):
        shown: list[str | None] = []
        screen = app.screen
        assert isinstance(screen, Asking)

        def work(_office: object, question: str) -> str:
            if question == "fault":
                raise RuntimeError("a fault")
            assert gone.wait(20)
            return question

        failing = Looking(screen, work, shown.append)
        failing.ask("fault", None)
        await until(lambda: shown == [None])
        app.pop_screen()  # the dialog with the code
        await until(lambda: app.screen is screen and not app.type_ahead.held)
        form = Form()
        app.push_screen(form)
        await until(lambda: form.is_running)
        Looking(form, work, shown.append).ask("late", None)
        app.pop_screen()
        await until(lambda: not form.is_running)
        assert app.type_ahead.held
        gone.set()
        await until(lambda: app.type_ahead.idle)
        assert shown == [None], "nobody is there to be shown it"
