"""One meaning for each exit code, whichever command answers with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bok_tui.exit_codes import ExitCode
from tests.cli.conftest import ADMIN_PASSWORD, Bok
from tests.cli.shell_desk import PASSWORD, ShellDesk

AT_THE_DESK = (
    (ExitCode.NOT_FOUND, "client show 999999"),
    (ExitCode.NOT_FOUND, "client find nobody-of-that-name"),
    (ExitCode.NOT_FOUND, "reading list 00000000"),
    (ExitCode.NOT_FOUND, "reading add 00000000 5"),
    (ExitCode.NOT_FOUND, "reading void 999 --reason wrong"),
    (ExitCode.NOT_FOUND, "reading import {missing}"),
    (ExitCode.WRONG_CALL, "reading import {folder}"),
    (ExitCode.WRONG_CALL, "reading import {note}"),
    (ExitCode.WRONG_CALL, "reading add 00000000 half"),
    (ExitCode.WRONG_CALL, "reading add 00000000 5 --day 31.02"),
    (ExitCode.WRONG_CALL, "reading add 00000000 5 --channel pigeon"),
    (ExitCode.WRONG_CALL, "reading void 999"),
    (ExitCode.REFUSED, "reading import {good} --output {note}"),
    (ExitCode.UNAVAILABLE, "client find zolw --output {missing}/x.csv --format csv"),
    (ExitCode.NOT_ALLOWED, "staff list"),
    (ExitCode.NOT_ALLOWED, "db utility --name X"),
)
OF_THE_DATABASE = (
    (ExitCode.NOT_FOUND, "staff disable nobody"),
    (ExitCode.NOT_FOUND, "staff password nobody"),
    (ExitCode.NOT_FOUND, "db restore {missing}"),
    (ExitCode.WRONG_CALL, "db restore {folder}"),
    (ExitCode.REFUSED, "db restore {note}"),
    (ExitCode.REFUSED, "db backup {note}"),
    (ExitCode.REFUSED, "db backup {folder}"),
    (ExitCode.UNAVAILABLE, "db backup {missing}/x.bak"),
    (ExitCode.REFUSED, "db create --admin ewa"),
    (ExitCode.WRONG_CALL, "db create --admin not@login"),
    (ExitCode.REFUSED, "staff disable anna"),
    (ExitCode.NOT_ALLOWED, "client find zolw"),
    (ExitCode.DONE, "db check"),
)


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A file that is not there, a folder, a text, a file of readings."""
    (tmp_path / "note.txt").write_text("a note, not what was asked for")
    (tmp_path / "good.csv").write_text("meter;state;day\n1;2;2026-11-20\n")
    return {
        "missing": tmp_path / "missing",
        "folder": tmp_path,
        "note": tmp_path / "note.txt",
        "good": tmp_path / "good.csv",
    }


def _given(run: Bok, calls: tuple[tuple[ExitCode, str], ...], files: dict[str, Path]) -> list[str]:
    """Return the calls that were answered with another code, or with data beside it."""
    wrong = []
    for code, call in calls:
        answer = run(*call.format(**files).split(), stdin=f"{ADMIN_PASSWORD}\n")
        if answer.code != code or (code is not ExitCode.DONE and not answer.err):
            wrong.append(f"{call}: {answer.code} {answer.err}")
    return wrong


def test_codes_of_an_agents_commands(desk: ShellDesk, files: dict[str, Path]) -> None:
    desk.index()
    assert _given(desk.run, AT_THE_DESK, files) == []


def test_codes_of_an_administrators_commands(admin: Bok, files: dict[str, Path]) -> None:
    assert _given(admin, OF_THE_DATABASE, files) == []


def test_without_a_sign_in_nothing_is_allowed(desk: ShellDesk, files: dict[str, Path]) -> None:
    assert desk.run("sign-out").code == 0
    calls = [(ExitCode.NOT_ALLOWED, call) for code, call in AT_THE_DESK if code is ExitCode.NOT_FOUND]
    assert _given(desk.run, tuple(calls), files) == []
    assert desk.run("sign-in", "jan", stdin="something else\n").code == ExitCode.NOT_ALLOWED
    assert desk.run("sign-in", "jan").code == ExitCode.WRONG_CALL
    assert desk.run("sign-in", "jan", stdin=f"{PASSWORD}\n").code == ExitCode.DONE


def test_without_a_database_it_is_unavailable(bok: Bok, files: dict[str, Path]) -> None:
    calls = ("db check", "db upgrade", "db reindex", "db backup x", "db sample", "sign-in anna", "staff list")
    assert _given(bok, tuple((ExitCode.UNAVAILABLE, call) for call in calls), files) == []
