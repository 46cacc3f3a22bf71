"""The terminal is looked at before Textual is imported."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from bok_tui.guard import check_terminal, prepare_environment
from db.errors import WrongInput
from db.settings import Settings, load_settings

ROOT = Path(__file__).parent.parent.parent


class Tty(StringIO):
    def __init__(self, tty: bool = True) -> None:
        super().__init__()
        self._tty = tty

    def isatty(self) -> bool:
        return self._tty


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"BOK_HOME": str(tmp_path)})


@pytest.mark.parametrize(("stdin", "stdout"), [(False, True), (True, False), (False, False)])
def test_without_a_terminal_one_sentence(stdin: bool, stdout: bool) -> None:
    with pytest.raises(WrongInput, match="needs a terminal"):
        check_terminal({"TERM": "xterm"}, stdin=Tty(stdin), stdout=Tty(stdout), stderr=Tty())


def test_a_screen_that_would_be_painted_into_a_file_is_refused() -> None:
    with pytest.raises(WrongInput, match="standard error"):
        check_terminal({"TERM": "xterm"}, stdin=Tty(), stdout=Tty(), stderr=Tty(False))


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_terminal_that_cannot_draw(term: str) -> None:
    with pytest.raises(WrongInput, match="cannot show a screen"):
        check_terminal({"TERM": term}, stdin=Tty(), stdout=Tty(), stderr=Tty())


@pytest.mark.parametrize(("encoding", "good"), [("utf-8", True), ("UTF8", True), ("iso-8859-2", False)])
def test_the_encoding_must_be_utf8(monkeypatch: pytest.MonkeyPatch, encoding: str, good: bool) -> None:
    monkeypatch.setattr(sys, "stderr", SimpleNamespace(encoding=encoding, isatty=lambda: True))
    if good:
        check_terminal({"TERM": "xterm"}, stdin=Tty(), stdout=Tty())
    else:
        with pytest.raises(WrongInput) as caught:
            check_terminal({"TERM": "xterm"}, stdin=Tty(), stdout=Tty())
        assert "LANG=C.UTF-8" in str(caught.value)


def test_polish_capitals_arrive_because_the_kitty_protocol_is_off(settings: Settings) -> None:
    environment: dict[str, str] = {}
    prepare_environment(environment, settings)
    assert environment["TEXTUAL_DISABLE_KITTY_KEY"] == "1"
    assert environment["TEXTUAL_FPS"] == "250"
    assert environment["TEXTUAL_ANIMATIONS"] == "none"
    prepare_environment(environment, replace(settings, kitty_keys=True))
    assert "TEXTUAL_DISABLE_KITTY_KEY" not in environment


def test_what_the_user_set_stays(settings: Settings) -> None:
    environment = {
        "TEXTUAL_FPS": "30",
        "TEXTUAL_COLOR_SYSTEM": "truecolor",
        "TERM": "xterm",
        "SSH_TTY": "/dev/pts/1",
    }
    prepare_environment(environment, settings)
    assert environment["TEXTUAL_FPS"] == "30"
    assert environment["TEXTUAL_COLOR_SYSTEM"] == "truecolor"


@pytest.mark.parametrize(
    ("environment", "colours"),
    [
        ({"TERM": "xterm", "SSH_CONNECTION": "a"}, "256"),
        ({"TERM": "xterm"}, None),
        ({"TERM": "xterm-256color", "SSH_CONNECTION": "a"}, None),
        ({"TERM": "xterm", "SSH_CONNECTION": "a", "COLORTERM": "truecolor"}, None),
    ],
)
def test_putty_gets_its_256_colours(
    settings: Settings, environment: dict[str, str], colours: str | None
) -> None:
    prepare_environment(environment, settings)
    assert environment.get("TEXTUAL_COLOR_SYSTEM") == colours


def test_a_pipe_ends_with_status_two_and_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bok_tui"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "BOK_HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "terminala" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Textual draws on standard output there")
def test_standard_error_in_a_file_stays_free_of_the_screen(tmp_path: Path) -> None:
    """With a terminal under the other two: one sentence in the file, and nothing painted."""
    import pty

    holder, terminal = pty.openpty()
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bok_tui", "demo"],
            cwd=ROOT,
            env={"PATH": "/usr/bin:/bin", "BOK_HOME": str(tmp_path), "LANG": "C.UTF-8", "TERM": "xterm"},
            stdin=terminal,
            stdout=terminal,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    finally:
        os.close(terminal)
        os.close(holder)
    assert done.returncode == 2
    assert done.stderr.count(b"\n") == 1
    assert b"\x1b" not in done.stderr
    assert not (tmp_path / "data").exists()


def imported_by(code: str, tmp_path: Path) -> set[str]:
    """Return the modules that a fresh interpreter has loaded after `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\nimport sys; print(*sys.modules)"],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "BOK_HOME": str(tmp_path), "TERM": "xterm", "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return cast("set[str]", set(done.stdout.split("\n")[-2].split()))


HEAVY = (
    "sqlalchemy",
    "sqlmodel",
    "alembic",
    "fpdf",
    "pydantic",
    "babel",
    "stdnum",
    "phonenumbers",
    "holidays",
    "pwdlib",
)


def test_the_screens_before_the_first_paint_load_no_database(tmp_path: Path) -> None:
    loaded = imported_by("import bok_tui.app", tmp_path)
    assert sorted(name for name in HEAVY if name in loaded) == []
    assert "bok_tui.screens.client" not in loaded


def test_the_first_paint_itself_loads_no_database(tmp_path: Path) -> None:
    """Mounts and paints the desk; the thread that opens the database begins after that."""
    code = """
import asyncio, sys
from pathlib import Path
from db.errors import Refused
from db.settings import load_settings
from db.records.people import Role, StaffMember
from bok_tui.app import BokApp
from bok_tui.workplace import Workplace
HEAVY = @HEAVY@
seen = []
def house():
    raise Refused("not now")
class First(BokApp):
    def _display(self, screen, renderable):
        if not seen:
            seen.append(sorted(name for name in HEAVY if name in sys.modules))
        super()._display(screen, renderable)
async def main():
    app = First(Workplace(load_settings(), house, staff=StaffMember(1, "a", "A", Role.AGENT)))
    async with app.run_test():
        pass
asyncio.run(main())
assert seen == [[]], seen
""".replace("@HEAVY@", repr(HEAVY))
    imported_by(code, tmp_path)


def test_help_of_the_shell_loads_typer_and_little_else(tmp_path: Path) -> None:
    code = """
import sys
from bok_tui.__main__ import main
sys.argv = ["bok", "--help"]
try:
    main()
except SystemExit:
    pass
"""
    loaded = imported_by(code, tmp_path)
    assert (
        sorted(name for name in ("textual", "rich", "db.engine", "reports.output", *HEAVY) if name in loaded)
        == []
    )
    assert len(loaded) < 260
