"""Runs the real `bok` in this process, as a script would: no terminal, words in English."""

from __future__ import annotations

import io
import json
import logging
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bok_tui.__main__ import main
from bok_tui.i18n import choose_language, current_language
from db import passwords
from tests.cli.shell_desk import desk as desk
from tests.conftest import create_postgres, drop_postgres

ADMIN_PASSWORD = "korekt koń bateria"
CHEAP = passwords.Cost(passes=1, memory_kib=8, lanes=1)
"""Tests that are not about the cost of a password do not pay it."""


@dataclass(frozen=True)
class Answer:
    """What a shell gets back."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output, which has to be JSON and nothing else."""
        return json.loads(self.out)


Bok = Callable[..., Answer]


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make hashing quick."""
    monkeypatch.setattr(passwords, "COST", CHEAP)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own for data, state and settings."""
    monkeypatch.setenv("BOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("BOK_LANG", "en")
    return tmp_path / "home"


@pytest.fixture
def bok(
    home: Path, cheap_passwords: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Bok]:
    """`bok("db", "create", stdin="...")` in this process."""
    language, handlers = current_language(), list(logging.getLogger().handlers)

    def run(*arguments: str, stdin: str | bytes = "") -> Answer:
        piped = io.StringIO(stdin) if isinstance(stdin, str) else io.TextIOWrapper(io.BytesIO(stdin))
        monkeypatch.setattr("sys.stdin", piped)
        capsys.readouterr()
        code = main(arguments)
        captured = capsys.readouterr()
        return Answer(int(code), captured.out, captured.err)

    yield run
    choose_language(language)
    logging.captureWarnings(False)
    logging.getLogger().handlers[:] = handlers


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def installed(request: pytest.FixtureRequest, bok: Bok, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bok]:
    """`bok` over an installation with the administrator `anna`, on each of the two databases."""
    name = ""
    if request.param == "postgresql":
        name = f"cli_{uuid.uuid4().hex}"
        monkeypatch.setenv("BOK_DATABASE_URL", create_postgres(name))
    made = bok("db", "create", "--admin", "anna", stdin=f"{ADMIN_PASSWORD}\n")
    assert made.code == 0, made.err
    yield bok
    if name:
        drop_postgres(name)


@pytest.fixture
def admin(installed: Bok) -> Bok:
    """The same, with the administrator signed in to the shell."""
    assert installed("sign-in", "anna", stdin=f"{ADMIN_PASSWORD}\n").code == 0
    return installed
