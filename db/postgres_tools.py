"""PostgreSQL's own backup tools: found, called, and understood when they complain."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL

from db.engine import Database
from db.errors import DatabaseUnavailable
from db.faults import told_plainly
from db.system_words import why
from db.words import N_

PLACES = ("/usr/lib/postgresql", "/usr/pgsql-", "/opt/homebrew/opt", "/usr/local/opt")
"""Where distributions put the tools of each version, out of the PATH."""
LONGEST_VERSION = 10
"""Seconds that a tool may take to say its version."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool and its major version."""

    path: str
    major: int


def dump(database: Database, file: Path) -> None:
    """Write the whole database to `file` in PostgreSQL's custom format, from one snapshot.

    Raises DatabaseUnavailable when pg_dump is missing, older than the server, or fails.
    """
    tool = find("pg_dump", database)
    _run([tool.path, "--format=custom", "--no-owner", "--no-privileges", f"--file={file}"], database.url)


def load(database: Database, file: Path) -> None:
    """Load `file` into the empty database, all of it or nothing."""
    tool = find("pg_restore", database)
    options = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run([tool.path, *options, str(file)], database.url)


def tables_in(database: Database, file: Path) -> set[str]:
    """Return the names of the tables that a dump holds."""
    tool = find("pg_restore", database)
    listing = _run([tool.path, "--list", str(file)], None)
    return set(re.findall(r" TABLE \S+ (\S+) ", listing))


def find(name: str, database: Database) -> Tool:
    """Return the newest `pg_dump` or `pg_restore` of this machine.

    Raises DatabaseUnavailable when there is none, or none as new as the server.
    """
    server = _server_major(database)
    tools = [tool for path in _candidates(name) if (tool := _looked_at(path)) is not None]
    if not tools:
        raise DatabaseUnavailable(
            N_("%(name)s is not installed; install PostgreSQL's client tools (package postgresql-client)."),
            name=name,
        )
    newest = max(tools, key=lambda tool: tool.major)
    if newest.major < server:
        raise DatabaseUnavailable(
            N_("%(name)s is version %(found)s, the server %(server)s: install the tools of that version."),
            name=name,
            found=str(newest.major),
            server=str(server),
        )
    return newest


def _candidates(name: str) -> Iterator[str]:
    if found := shutil.which(name):
        yield found
    for place in PLACES:
        parent = Path(place).parent if place.endswith("-") else Path(place)
        pattern = f"{Path(place).name}*/bin/{name}" if place.endswith("-") else f"*/bin/{name}"
        if parent.is_dir():
            yield from (str(path) for path in parent.glob(pattern))


def _looked_at(path: str) -> Tool | None:
    try:
        answer = subprocess.run(  # noqa: S603 - a tool of PostgreSQL by its full path
            [path, "--version"], capture_output=True, text=True, check=True, timeout=LONGEST_VERSION
        )
    except (OSError, subprocess.SubprocessError):
        return None
    version = re.search(r"(\d+)(?:\.\d+)?", answer.stdout)
    return Tool(path, int(version[1])) if version else None


def _server_major(database: Database) -> int:
    with told_plainly(), database.reader.connect() as connection:
        number = connection.scalar(sa.text("SELECT current_setting('server_version_num')::int"))
    return int(str(number)) // 10_000


def _run(command: Sequence[str], url: URL | None) -> str:
    """Call a tool on the database at `url` and return what it prints.

    The password travels in the tool's environment, where only this user can see it.
    """
    environment = dict(os.environ)
    target: list[str] = []
    if url is not None:
        if url.password:
            environment["PGPASSWORD"] = str(url.password)
        address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
        target = [f"--dbname={address}", "--no-password"]
    try:
        done = subprocess.run(  # noqa: S603 - a tool of PostgreSQL by its full path
            [command[0], *target, *command[1:]],
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
        )
    except OSError as error:
        raise DatabaseUnavailable(
            N_("%(name)s cannot be started: %(why)s."), name=command[0], why=why(error)
        ).with_details(str(error)) from error
    if done.returncode != 0:
        name = Path(command[0]).name
        raise DatabaseUnavailable(N_("%(name)s could not do its work."), name=name).with_details(
            _first_error(done.stderr)
        )
    return done.stdout


def _first_error(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    errors = [line for line in lines if "error:" in line.lower()]
    return (errors or lines or ["?"])[0]
