"""Whoever signs out while the database is at work leaves free keys, and nothing in the next one's name."""

from __future__ import annotations

import threading

import pytest

import db.search
from bok_tui.asking import Asking
from bok_tui.screens.desk import DeskScreen
from bok_tui.threads import MOST
from db import doors
from db.office import Office
from db.passwords import hash_password
from db.records.clients import SearchAnswer
from db.work import Work
from tests.tui.floor import PASSWORD, Floor
from tests.tui.pilot import PATIENCE, burst, running, settle, until


async def test_what_somebody_asked_for_is_not_done_as_the_next_person(floor: Floor) -> None:
    """Every thread is busy, so that the question waits; meanwhile the supervisor sits down."""
    floor.set_password(floor.anna, hash_password(PASSWORD))
    app, gate, busy = floor.at_sign_in(), threading.Event(), threading.Semaphore(0)
    asked_as: list[str] = []

    def stuck() -> None:
        busy.release()
        assert gate.wait(PATIENCE)

    def ask(office: Office) -> None:
        asked_as.append(office.actor.login)

    async with running(app):
        burst(app, "anna", "enter", PASSWORD, "enter")
        await settle(app)
        desk = app.screen
        assert isinstance(desk, Asking)
        for _ in range(MOST):
            desk.in_thread(stuck, lambda _done: None, keys_wait=False)
        taken = 0

        def all_taken() -> bool:
            nonlocal taken
            taken += busy.acquire(blocking=False)
            return taken == MOST

        await until(all_taken)
        desk.ask(ask, lambda _done: None, keys_wait=False)
        app.sign_out()
        app.begin_work(floor.chief)
        done: list[None] = []
        chiefs = app.screen
        assert isinstance(chiefs, Asking)
        chiefs.ask(ask, done.append, keys_wait=False)
        gate.set()
        await until(lambda: done)
        await settle(app)
    assert asked_as == [floor.chief.login]


async def test_a_search_under_way_holds_no_key_of_the_next_person(
    floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    floor.set_password(floor.anna, hash_password(PASSWORD))
    gate, begun = threading.Event(), threading.Event()
    real = db.search.search_clients

    def slow(work: Work, text: str) -> SearchAnswer:
        begun.set()
        assert gate.wait(PATIENCE)
        return real(work, text)

    monkeypatch.setitem(doors.DOORS, slow, doors.DOORS[real])
    app = floor.at_sign_in()
    async with running(app):
        burst(app, "anna", "enter", PASSWORD, "enter")
        await settle(app)
        monkeypatch.setattr(db.search, "search_clients", slow)
        burst(app, "k")
        await until(begun.is_set)
        assert app.type_ahead.held
        app.sign_out()
        await until(lambda: not app.type_ahead.held)
        monkeypatch.setattr(db.search, "search_clients", real)
        burst(app, "anna", "enter", PASSWORD, "enter")
        await until(lambda: isinstance(app.screen, DeskScreen))
        gate.set()
        await settle(app)
