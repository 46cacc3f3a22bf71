"""Writers in processes of their own: real operations through `Office`, acknowledged over a pipe.

A writer says `BEGUN` before it calls the operation and `DONE` after it returned, as a screen
would show "saved": what it said is what the test holds the database to. A pipe keeps what was
written to it when the writer is killed.
"""

from __future__ import annotations

import dataclasses
import os
import signal
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, NoReturn

import sqlalchemy as sa

from db.chain_key import HeadFile
from db.doors import DESK, operation
from db.engine import open_database
from db.errors import BokError, Stale
from db.office import House, Office
from db.operations.documents import issue_reading_confirmation
from db.operations.readings import record_reading
from db.policy import Policy
from db.records.people import Channel, StaffMember
from db.records.readings import ReadingInput, RecordedReading
from db.rules.reading_checks import ReasonCode
from db.work import Work
from tests.conftest import KEY, TestClock
from tests.together import CONTEXT

BEGUN, DONE, STALE, REFUSED, FAULT, SPENT = "begun", "done", "stale", "refused", "fault", "spent"
PATIENCE = 240.0
"""Seconds after which a writer that says nothing fails the test."""
STEP = 12
"""m³ between two readings of a meter."""


@dataclass(frozen=True)
class Place:
    """The installation as another process opens it."""

    url: str
    state: str
    """Folder of the journal heads."""
    now: datetime

    def house(self, *, deferred: bool = False) -> House:
        """Open it; `deferred` leaves out BEGIN IMMEDIATE, as a control."""
        database = open_database(self.url)
        if deferred:
            database = dataclasses.replace(database, writer=database.reader)
        heads = HeadFile(Path(self.state) / "heads", database.place)
        return House(database, TestClock(self.now), Policy(), KEY, heads)


@dataclass(frozen=True)
class Said:
    """One thing a writer said: what it is about, and what came of it."""

    word: str
    about: str
    detail: str = ""


@dataclass(frozen=True)
class Task:
    """What one writer does."""

    place: Place
    agent: StaffMember
    entries: tuple[ReadingInput, ...]
    supervisor: StaffMember | None = None
    """Issues a confirmation of every `confirm_every`-th reading, where there is one."""
    confirm_every: int = 3
    deferred: bool = False
    kill_before: int | None = None
    """The process kills itself before this statement of the operation; the last but one is COMMIT."""
    early: bool = False
    """The mutant: acknowledges before the commit."""


def entry_for(meter: str, turn: int, today: date, submission: str) -> ReadingInput:
    """Return the reading no. `turn` of a meter: plausible enough to need no more than a reason."""
    return ReadingInput(
        meter=meter,
        state=STEP * (turn + 1),
        day=today - timedelta(days=400 - 5 * turn),
        channel=Channel.PHONE,
        submission=submission,
        reason=ReasonCode.RECHECKED.value,
    )


# -- in the writer's process


@operation(roles=DESK)
def record_and_say_so(work: Work, entry: ReadingInput, say: Callable[[], None]) -> RecordedReading:
    """The mutant of T3: the agent is told "saved" while the transaction is still open."""
    saved = record_reading(work, entry)
    say()
    return saved


def write(task: Task, pipe: Connection) -> None:
    """Do every write of `task`, saying so."""
    house = task.place.house(deferred=task.deferred)
    office = house.office(task.agent)
    with house.database.reader.connect():
        pass  # connect before the others are let go
    pipe.send(Said(BEGUN, "ready"))
    pipe.recv()
    for turn, entry in enumerate(task.entries):
        saved = attempt(pipe, entry.submission, partial(_record, task, office, entry, pipe))
        if saved is not None and task.supervisor is not None and turn % task.confirm_every == 0:
            chief = house.office(task.supervisor)
            confirm = partial(chief.do, issue_reading_confirmation, saved.id)
            attempt(pipe, f"confirmation {saved.id}", confirm)
    house.database.close()
    pipe.send(Said(SPENT, f"{time.process_time():.3f}"))
    pipe.close()


def _record(task: Task, office: Office, entry: ReadingInput, pipe: Connection) -> RecordedReading:
    if task.kill_before is not None:
        arm(office.house, task.kill_before)
    if task.early:
        return office.do(record_and_say_so, entry, lambda: pipe.send(Said(DONE, entry.submission)))
    return office.do(record_reading, entry)


def attempt(pipe: Connection, about: str, work: Callable[[], Any]) -> Any:
    """Do `work` and say so; return what it returns, or None when it was refused."""
    pipe.send(Said(BEGUN, about))
    try:
        result = work()
    except Stale as error:
        pipe.send(Said(STALE, about, str(error)))
    except BokError as error:
        pipe.send(Said(REFUSED, about, str(error)))
    except sa.exc.SQLAlchemyError as error:
        pipe.send(Said(FAULT, about, type(error).__name__))
    else:
        pipe.send(Said(DONE, about, str(getattr(result, "id", ""))))
        return result
    return None


def arm(house: House, statement: int) -> None:
    """Kill this process with SIGKILL before its `statement`-th statement from now.

    COMMIT counts as one, and so does what follows it: giving the connection back.
    """
    seen = 0

    def strike(*_: object) -> None:
        nonlocal seen
        if seen == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        seen += 1

    engine = house.database.reader  # the writer shares its events
    sa.event.listen(engine, "before_cursor_execute", strike)
    sa.event.listen(engine, "commit", strike)
    sa.event.listen(engine, "checkin", strike)


# -- in the test's process


@dataclass
class Writer:
    """A running writer and what it said so far."""

    process: Any
    pipe: Connection
    said: list[Said] = field(default_factory=list)
    over: bool = False
    killed: bool = False

    def heard(self, word: str) -> list[Said]:
        """Return what it said of this kind."""
        return [said for said in self.said if said.word == word]

    @property
    def acknowledged(self) -> set[str]:
        """What it called done."""
        return {said.about for said in self.heard(DONE)}

    @property
    def seconds(self) -> float:
        """Processor time it took, if it came to its end."""
        return sum(float(said.about) for said in self.heard(SPENT))

    @property
    def in_flight(self) -> bool:
        """Whether it stopped in the middle of an operation."""
        return bool(self.said) and self.said[-1].word == BEGUN


def start(tasks: Sequence[Any], target: Callable[[Any, Connection], None] = write) -> list[Writer]:
    """Start one process a task and let them all go at the same moment; each runs `target`."""
    writers = []
    for task in tasks:
        here, there = CONTEXT.Pipe()
        process = CONTEXT.Process(target=target, args=(task, there), daemon=True)
        process.start()
        there.close()
        writers.append(Writer(process, here))
    for writer in writers:
        if not writer.pipe.poll(PATIENCE):
            give_up(writers, "a writer does not start")
        writer.pipe.recv()
    for writer in writers:
        writer.pipe.send("go")
    return writers


def listen(writers: Sequence[Writer]) -> Iterator[tuple[Writer, Said]]:
    """Yield what the writers say until all are over, alive or killed."""
    while running := {writer.pipe: writer for writer in writers if not writer.over}:
        ready = wait(list(running), PATIENCE)
        if not ready:
            give_up(writers, "the writers have fallen silent")
        for pipe in ready:
            writer = running[pipe]  # type: ignore[index]  # one of those we waited for
            try:
                said = writer.pipe.recv()
            except (EOFError, OSError):
                writer.over = True
                continue
            writer.said.append(said)
            yield writer, said


def finish(writers: Sequence[Writer]) -> None:
    """Listen to the end and see every process off."""
    for _ in listen(writers):
        pass
    for writer in writers:
        writer.process.join(PATIENCE)
        if writer.process.exitcode is None:
            give_up(writers, "a writer does not end")
        writer.pipe.close()
        if writer.process.exitcode not in (0, -signal.SIGKILL):
            raise RuntimeError(f"a writer failed: exit code {writer.process.exitcode}")


def kill(writer: Writer) -> None:
    """SIGKILL, once: the number may be somebody else's later. What it had said stays in the pipe."""
    if writer.killed or writer.over:
        return
    writer.killed = True
    with suppress(ProcessLookupError):
        os.kill(writer.process.pid, signal.SIGKILL)


def give_up(writers: Sequence[Writer], why: str) -> NoReturn:
    """Fail, and leave no writer behind that would wait or write for ever."""
    for writer in writers:
        kill(writer)
    raise TimeoutError(why)
