"""A long list that ends halfway leaves nothing, and what is seen of one is logged before it is seen."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bok_tui.exit_codes import ExitCode
from db.doors import DOORS
from db.engine import Database
from db.queries.reports import noting
from tests.cli.shell_desk import ShellDesk, Towns
from tests.db.builders import rows
from tests.one_database import ON_POSTGRES
from tests.together import PATIENCE

CALL = ("report", "readings", "--by", "list", "--from", "2026-01-01", "--reveal", "--format", "json")
PROCESS = """
import os, resource, signal, sys
from datetime import UTC, datetime
from bok_tui.__main__ import main
from db.house import open_house
from db.queries.reports import common, long_lists

def halfway(session, statement):
    parts = iter(whole(session, statement))
    yield next(parts)
    {happens}
    yield from parts

whole, long_lists.streamed, common.AT_A_TIME = long_lists.streamed, halfway, 10
open_house.__kwdefaults__["clock"] = lambda: datetime(2026, 11, 22, 9, tzinfo=UTC)
sys.exit(main(sys.argv[1:]))
"""
FULL = "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))"
ENDED = "from tests.cli.test_report_bad_input import end_of; end_of(session.connection())"
KILL = "os.kill(os.getpid(), signal.{name})"


@pytest.fixture
def town(town_of: Towns) -> ShellDesk:
    """A small town, and the supervisor signed in."""
    return town_of(12)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the list goes, and temporary files too."""
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def process(town: ShellDesk, happens: str, *more: str, **how: Any) -> subprocess.CompletedProcess[str]:
    """Ask for the list in a process of its own, to which something happens after the first rows."""
    environment = {**os.environ, "BOK_DATABASE_URL": town.database.url.render_as_string(hide_password=False)}
    return subprocess.run(
        [sys.executable, "-c", PROCESS.format(happens=happens), *CALL, *more],
        stderr=subprocess.PIPE, text=True, check=False, timeout=PATIENCE, env=environment,
        **{"stdout": subprocess.PIPE, **how},
    )  # fmt: skip


def revealed(database: Database) -> int:
    """Return how many clients' logs tell of a look at their data."""
    return sum(row["action"] == "REVEAL" for row in rows(database, "access_entry"))


@pytest.mark.parametrize(("name", "to"), [("SIGTERM", "list.json"), ("SIGKILL", "-")])
def test_a_killed_run_leaves_nothing(town: ShellDesk, folder: Path, name: str, to: str) -> None:
    done = process(town, KILL.format(name=name), "--output", to if to == "-" else str(folder / to))
    assert (done.returncode, done.stdout) == (-getattr(signal, name), ""), done.stderr
    assert list(folder.iterdir()) == []
    assert revealed(town.database) == 0


def test_the_look_is_logged_before_the_list_has_a_name(
    town: ShellDesk, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen, path = [], folder / "list.json"
    own = noting.note_revealed

    def noted(*what: Any) -> None:
        seen.append(list(folder.iterdir()))
        own(*what)

    monkeypatch.setitem(DOORS, noted, DOORS[own])
    monkeypatch.setattr(noting, "note_revealed", noted)
    assert town.run(*CALL, "--output", str(path)).code == 0
    assert seen == [[]]
    assert list(folder.iterdir()) == [path]
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_look_at_a_list_in_clear_stands_in_the_log_of_each_client(town: ShellDesk, folder: Path) -> None:
    told = town.run(*CALL).json["rows"]
    clients = {row["client"] for row in told}
    assert len(clients) > 3
    assert revealed(town.database) == len(clients)
    first = town.run(*CALL, "--limit", "2", "--output", str(folder / "list.json"))
    assert first.code == 0
    assert first.err == f"These are the first 2; {len(told) - 2} more were left out.\n"
    found = json.loads((folder / "list.json").read_text())
    assert (found["rows"], found["more"]) == (told[:2], len(told) - 2)
    assert revealed(town.database) == len(clients) + len({row["client"] for row in told[:2]})


def test_a_reader_that_has_gone_away_has_looked(town: ShellDesk, folder: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = process(town, "pass", stdout=writing)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (ExitCode.PIPE_CLOSED, "")
    assert list(folder.iterdir()) == []
    assert revealed(town.database) > 3


def test_a_disk_that_is_full_halfway_is_told(town: ShellDesk, folder: Path) -> None:
    for to, said in (
        (str(folder / "list.json"), f"{folder}/list.json was not"),
        ("-", f"{folder}, does not"),
    ):
        done = process(town, FULL, "--output", to)
        assert (done.returncode, done.stdout) == (ExitCode.UNAVAILABLE, "")
        assert said in done.stderr
        assert "disk is full" in done.stderr
        assert list(folder.iterdir()) == []
    assert revealed(town.database) == 0


@ON_POSTGRES
def test_a_server_that_ends_halfway_is_told(town: ShellDesk, folder: Path) -> None:
    done = process(town, ENDED, "--output", str(folder / "list.json"))
    assert (done.returncode, done.stdout) == (ExitCode.UNAVAILABLE, "")
    assert "database server cannot be reached" in done.stderr
    assert list(folder.iterdir()) == []
    assert revealed(town.database) == 0
