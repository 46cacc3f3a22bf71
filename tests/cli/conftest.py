"""Runs the real `bok` in this process, as a script would: no terminal, words in English."""

from __future__ import annotations

import io
import json
import logging
import shutil
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
from tests.cli.shell_desk import ready_towns as ready_towns
from tests.cli.shell_desk import town_of as town_of
from tests.conftest import PORTAL, create_postgres, drop_postgres

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


@dataclass(frozen=True)
class Made:
    """An installation to copy: its home, and its database where that is on the server."""

    home: Path
    server_database: str


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make hashing quick."""
    monkeypatch.setattr(passwords, "COST", CHEAP)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of this test's own for data, state and settings."""
    monkeypatch.setenv("BOK_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("BOK_LANG", "en")
    monkeypatch.setenv("BOK_PORTAL_LINK", PORTAL)
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


@pytest.fixture(scope="session")
def ready_made() -> Iterator[dict[str, Made]]:
    """The installations that this process has made, one on each database, to be copied for each test."""
    made: dict[str, Made] = {}
    yield made
    for one in made.values():
        if one.server_database:
            drop_postgres(one.server_database)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def installed(
    request: pytest.FixtureRequest,
    bok: Bok,
    home: Path,
    ready_made: dict[str, Made],
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Bok]:
    """`bok` over an installation with the administrator `anna`, on each of the two databases."""
    if request.param not in ready_made:
        folder = tmp_path_factory.mktemp("installation") / "home"
        with pytest.MonkeyPatch.context() as there:
            there.setenv("BOK_HOME", str(folder))
            ready_made[request.param] = _make(bok, folder, request.param, there)
    made, name = ready_made[request.param], ""
    if made.server_database:
        name = f"cli_{uuid.uuid4().hex}"
        monkeypatch.setenv("BOK_DATABASE_URL", create_postgres(name, template=made.server_database))
    shutil.copytree(made.home, home)
    _note_heads_of_the_copy()
    yield bok
    if name:
        drop_postgres(name)


def _make(bok: Bok, folder: Path, dialect: str, there: pytest.MonkeyPatch) -> Made:
    """Let the real `bok` make an installation."""
    name = ""
    if dialect == "postgresql":
        name = f"cli_template_{uuid.uuid4().hex}"
        there.setenv("BOK_DATABASE_URL", create_postgres(name))
    made = bok("db", "create", "--admin", "anna", stdin=f"{ADMIN_PASSWORD}\n")
    assert made.code == 0, made.err
    return Made(folder, name)


def _note_heads_of_the_copy() -> None:
    """Name the heads of the journal after the place of the copy, as `bok db create` had named them there."""
    from db.chain_key import HeadFile
    from db.engine import open_database
    from db.settings import load_settings

    settings = load_settings()
    (noted,) = (settings.folders.state / "heads").glob("*.json")
    noted.rename(HeadFile(noted.parent, open_database(settings.address).place).path)


@pytest.fixture
def admin(installed: Bok) -> Bok:
    """The same, with the administrator signed in to the shell."""
    assert installed("sign-in", "anna", stdin=f"{ADMIN_PASSWORD}\n").code == 0
    return installed
