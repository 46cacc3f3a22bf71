"""Reports that are called wrongly, cannot be written, or lose their reader or their database halfway."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from bok_tui.exit_codes import ExitCode
from db.engine import sqlite_driver
from db.sample.town import make_town
from reports.supervision import running
from reports.supervision.definition import Option
from reports.supervision.registry import REPORTS, definition_of
from tests.cli.shell_desk import ShellDesk
from tests.cli.test_goldens import Screen
from tests.together import PATIENCE

FORMS = ("table", "json", "csv", "xlsx", "pdf")


@pytest.fixture
def supervised(desk: ShellDesk) -> ShellDesk:
    """The supervisor signed in, and one client with a meter."""
    desk.build.client()
    desk.sign_in("ewa")
    return desk


def wrong_calls() -> Iterator[tuple[str, int]]:
    """Yield calls of every report and the code that each is answered with."""
    for name in REPORTS:
        options = definition_of(name).options
        yield f"{name} --as-of 2026-02-30", 2
        yield f"{name} --as-of soon", 2
        yield f"{name} --as-of 2026-11-23", 2
        yield f"{name} --sort nothing", 2
        yield f"{name} --limit -1", 2
        yield f"{name} --limit many", 2
        yield f"{name} --format odt", 2
        yield f"{name} --nothing", 2
        yield f"{name} extra", 2
        if Option.BY in options:
            yield f"{name} --by nothing", 2
        if Option.PERIOD_OF_DAYS in options:
            yield f"{name} --from 2026-11-10 --to 2026-11-09", 2
            yield f"{name} --from 2026-02-30", 2
            yield f"{name} --to 2026-02-30", 2
            yield f"{name} --to 2026-11-10 --as-of 2026-11-09", 2
            yield f"{name} --from 0001-01-01", 2
        if Option.PERIOD in options:
            yield f"{name} --period 2026-13", 2
            yield f"{name} --period november", 2
    yield from (
        ("consumption --kind odd", 2),
        ("receivables --bucket 2", 2),
        ("receivables --top -1", 2),
        ("unread --periods 0", 2),
        ("unread --street Nowhere", 3),
        ("meters --until 2026-11-01", 2),
        ("meters --until 2026-02-30", 2),
        ("access --client 999999", 3),
        ("access --agent nobody", 3),
        ("daily --as-of 0001-01-01", 2),
        ("nothing", 2),
        ("explain nothing", 3),
    )


def test_a_wrong_call_of_any_report_is_told(supervised: ShellDesk) -> None:
    wrong = []
    for call, code in wrong_calls():
        answer = supervised.run("report", *call.split())
        if (answer.code, answer.out) != (code, "") or not answer.err or "Traceback" in answer.err:
            wrong.append((call, answer))
    assert wrong == []


@pytest.mark.parametrize("form", FORMS)
def test_a_place_that_cannot_be_written_is_told_and_nothing_is_left(
    supervised: ShellDesk, tmp_path: Path, form: str
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    there = folder / "there"
    there.write_text("mine")
    cases = (
        (there, 1),
        (folder, 1),
        (folder / "no" / "file", 5),
        (there / "file", 5),
        (folder / ("long" * 100), 5),
    )
    for place, code in cases:
        answer = supervised.run("report", "daily", "--format", form, "--output", str(place))
        assert (answer.code, answer.out) == (code, ""), answer.err
        assert str(place)[-20:] in answer.err or str(place.parent) in answer.err
    assert [path.name for path in folder.iterdir()] == ["there"]
    assert there.read_text() == "mine"


def test_what_no_terminal_can_show_is_not_sent_to_one(real_time: ShellDesk) -> None:
    ours, theirs = pty.openpty()
    try:
        done = shell(real_time, "report", "daily", "--format", "xlsx", stdout=theirs)
    finally:
        os.close(theirs)
        os.close(ours)
    assert done.returncode == 2
    assert "--output" in done.stderr


def shell(desk: ShellDesk, *arguments: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """Run `bok` in a process of its own over the same database."""
    url = desk.database.url.render_as_string(hide_password=False)
    environment = {**os.environ, "BOK_DATABASE_URL": url, **how.pop("environment", {})}
    how = {"stdout": subprocess.PIPE, "stdin": subprocess.DEVNULL, **how}
    return subprocess.run(
        [sys.executable, "-m", "bok_tui", *arguments],
        stderr=subprocess.PIPE, text=True, check=False, timeout=PATIENCE, env=environment, **how,
    )  # fmt: skip


@pytest.fixture
def real_time(desk: ShellDesk, monkeypatch: pytest.MonkeyPatch) -> ShellDesk:
    """The supervisor signed in by the machine's own clock, which processes of their own go by."""
    from datetime import UTC, datetime

    from db.house import open_house

    monkeypatch.setitem(open_house.__kwdefaults__ or {}, "clock", lambda: datetime.now(UTC))
    desk.sign_in("ewa")
    return desk


@pytest.mark.parametrize("form", ["csv", "pdf"])
def test_a_reader_that_has_gone_away_is_no_error_worth_a_word(real_time: ShellDesk, form: str) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = shell(real_time, "report", "daily", "--format", form, stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (ExitCode.PIPE_CLOSED, "")


def test_the_first_line_alone_through_a_real_pipe(real_time: ShellDesk) -> None:
    for number in range(3000):
        real_time.build.add(
            "access_entry", seq=100 + number, at=real_time.house.clock(), staff_id=1, staff_login="jan",
            action="VIEW", scope=f"a card that fills the pipe {number}", mac="0" * 64,
        )  # fmt: skip
    url = real_time.database.url.render_as_string(hide_password=False)
    report = f"{sys.executable} -m bok_tui report access --by client --format csv --from 2026-01-01"
    done = subprocess.run(
        ["bash", "-c", f'{report} | head -1; echo "${{PIPESTATUS[0]}}"'],
        capture_output=True, text=True, check=False, timeout=PATIENCE,
        env={**os.environ, "BOK_DATABASE_URL": url},
    )  # fmt: skip
    first, code = done.stdout.splitlines()
    assert first == "at,agent,client,action,scope,contact"
    assert int(code) in (ExitCode.DONE, ExitCode.PIPE_CLOSED)
    assert "Traceback" not in done.stderr


@contextmanager
def at_statement(number: int, happens: Callable[[sa.Connection], None]) -> Iterator[list[int]]:
    """Have something happen right before a report sends its statement of this number; yields how many."""
    asking, sent = [False], [0]

    def before(connection: sa.Connection, _cursor: Any, _s: str, _p: Any, _c: Any, _m: bool) -> None:
        if asking[0]:
            sent[0] += 1
            if sent[0] == number:
                happens(connection)

    def ask(*arguments: Any) -> Any:
        asking[0] = True
        try:
            return own(*arguments)
        finally:
            asking[0] = False

    own = running._ask
    sa.event.listen(sa.Engine, "before_cursor_execute", before)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running, "_ask", ask)
        yield sent
    sa.event.remove(sa.Engine, "before_cursor_execute", before)


def end_of(connection: sa.Connection) -> None:
    """Have the server end this very connection, as it does when it is stopped."""
    import psycopg

    raw: Any = connection.connection.driver_connection
    url = connection.engine.url.render_as_string(hide_password=False).replace("+psycopg", "", 1)
    with psycopg.connect(url, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (raw.info.backend_pid,))


@pytest.mark.parametrize("number", [2, 3])  # the first one asks the server for patience
def test_a_server_that_ends_halfway_leaves_no_half_report(
    supervised: ShellDesk, tmp_path: Path, number: int
) -> None:
    if supervised.database.dialect != "postgresql":
        pytest.skip("a file has no server")
    wrong = []
    for place, name in enumerate(REPORTS):
        path = tmp_path / name
        form = FORMS[place % len(FORMS)]
        with at_statement(number, end_of) as sent:
            answer = supervised.run("report", name, "--format", form, "--output", str(path))
        told = "database server cannot be reached" in answer.err
        if sent[0] < number or (answer.code, answer.out) != (5, "") or not told or "Traceback" in answer.err:
            wrong.append((name, sent, answer))
    assert wrong == []
    assert [path.name for path in tmp_path.iterdir() if path.name in REPORTS] == []
    assert supervised.run("report", "daily").code == 0


def test_a_file_that_goes_away_halfway_gives_a_whole_report_or_none(supervised: ShellDesk) -> None:
    if supervised.database.dialect != "sqlite":
        pytest.skip("a server keeps its files")
    whole = supervised.run("report", "receivables", "--format", "csv").out
    file = Path(str(supervised.database.url.database))
    with at_statement(2, lambda _: file.unlink()) as sent:
        answer = supervised.run("report", "receivables", "--format", "csv")
    assert sent[0] >= 2
    assert (answer.code, answer.out) in ((0, whole), (5, ""))
    gone = supervised.run("report", "receivables")
    assert (gone.code, gone.out) == (5, "")
    assert gone.err
    assert "Traceback" not in gone.err


def test_a_file_that_somebody_locks_is_told(supervised: ShellDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    if supervised.database.dialect != "sqlite":
        pytest.skip("a server locks rows")
    supervised.database.close()
    monkeypatch.setattr("db.engine.BUSY_SECONDS", 0)
    lock = sqlite_driver().connect(str(supervised.database.url.database), isolation_level=None)
    try:
        for statement in ("PRAGMA locking_mode=EXCLUSIVE", "BEGIN EXCLUSIVE"):
            lock.execute(statement)
        answer = supervised.run("report", "daily")
    finally:
        lock.close()
    assert (answer.code, answer.out) == (5, "")
    assert "busy" in answer.err


def test_a_server_that_is_not_there_is_told(supervised: ShellDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOK_REPORTS_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    for name in REPORTS:
        answer = supervised.run("report", name)
        assert (answer.code, answer.out) == (5, "")
        assert "cannot be reached" in answer.err
        assert "BOK_REPORTS_DATABASE_URL" in answer.err
        assert "and BOK_DATABASE_URL" not in answer.err


def test_without_a_terminal_or_its_particulars_a_report_is_whole(real_time: ShellDesk) -> None:
    bare = {"TERM": "", "COLUMNS": "", "LANG": "C", "LC_ALL": "C"}
    for environment in (bare, {**bare, "TERM": "dumb"}, {"COLUMNS": "nonsense"}):
        done = shell(real_time, "report", "daily", environment=environment, stdin=None)
        assert done.returncode == 0, done.stderr
        assert "open requests past their deadline" in done.stdout


def test_no_line_is_longer_than_the_terminal_is_wide(
    desk: ShellDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_town(desk.house, clients=12, years=1, seed=3)
    desk.sign_in("ewa")
    monkeypatch.setattr("reports.supervision.forms.screen_of", lambda *_: Screen())
    wider = []
    for name in REPORTS:
        for view in definition_of(name).views:
            by = ("--by", view.key) if len(definition_of(name).views) > 1 else ()
            for width in (20, 40):
                monkeypatch.setenv("COLUMNS", str(width))
                answer = desk.run("report", name, *by, "--limit", "5")
                if answer.code != 0 or max(map(len, answer.out.splitlines())) > width:
                    wider.append((name, view.key, width, answer.err))
    assert wider == []


def test_a_real_terminal_of_forty_columns(real_time: ShellDesk) -> None:
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 40, 0, 0))
    environment = dict.fromkeys(("COLUMNS", "LINES"), "")
    done = shell(real_time, "report", "readings", "--by", "day", stdout=theirs, environment=environment)
    os.close(theirs)
    text = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0, done.stderr
    assert max(len(line) for line in text.splitlines()) <= 40
