"""`bok db`: creating, checking, backing up, restoring, and every place that cannot be used."""

from __future__ import annotations

import logging
import os
import resource
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from db.engine import open_database
from db.errors import DatabaseUnavailable
from db.postgres_tools import find
from tests.cli.conftest import ADMIN_PASSWORD, Bok

NO_SERVER = "postgresql://nobody:tajne@127.0.0.1:1/nothing"


def _url(home: Path) -> str:
    return os.environ.get("BOK_DATABASE_URL") or f"sqlite:///{home / 'data' / 'bok.sqlite3'}"


def _run(home: Path, *statements: str) -> None:
    database = open_database(_url(home))
    with database.writer.connect() as connection, connection.begin():
        for statement in statements:
            connection.execute(sa.text(statement))
    database.close()


def _needs_tools(home: Path) -> None:
    database = open_database(_url(home))
    try:
        if database.dialect == "postgresql":
            find("pg_dump", database)
    except DatabaseUnavailable as missing:
        pytest.skip(str(missing))
    finally:
        database.close()


def test_a_database_is_made_once(installed: Bok) -> None:
    again = installed("db", "create", "--admin", "ewa", stdin=f"{ADMIN_PASSWORD}\n")
    assert (again.code, again.out) == (1, "")
    assert "nothing was changed" in again.err
    assert installed("sign-in", "anna", stdin=f"{ADMIN_PASSWORD}\n").code == 0


@pytest.mark.parametrize(
    ("arguments", "stdin", "code"),
    [
        (("--admin", "anna"), "", 2),
        (("--admin", "anna"), "short\n", 2),
        (("--admin", "anna"), "password1\n", 2),
        (("--admin", "../anna"), f"{ADMIN_PASSWORD}\n", 2),
        ((), f"{ADMIN_PASSWORD}\n", 2),
    ],
)
def test_what_is_refused_makes_nothing(
    bok: Bok, home: Path, arguments: tuple[str, ...], stdin: str, code: int
) -> None:
    answer = bok("db", "create", *arguments, stdin=stdin)
    assert (answer.code, answer.out) == (code, "")
    assert answer.err
    assert not (home / "data").exists()
    assert not (home / "state" / "chain.key").exists()


def test_an_installation_that_lacks_its_administrator_is_finished(installed: Bok, home: Path) -> None:
    _run(home, "DELETE FROM staff_session", "DELETE FROM staff")
    assert installed("db", "create", "--admin", "ewa", stdin=f"{ADMIN_PASSWORD}\n").code == 0
    assert installed("sign-in", "ewa", stdin=f"{ADMIN_PASSWORD}\n").code == 0


def test_a_sound_database_passes(installed: Bok) -> None:
    answer = installed("db", "check", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json["ok"] is True
    names = [check["name"] for check in answer.json["checks"]]
    assert {"schema", "guards", "audit_log", "access_log", "consumption", "numbering"} <= set(names)
    assert all(set(check) == {"name", "ok", "detail"} for check in answer.json["checks"])
    assert installed("db", "check").code == 0
    assert installed("db", "check", "--format", "csv").out.startswith("name,ok,detail")


def test_a_fault_is_told_and_answered_with_1(installed: Bok, home: Path) -> None:
    _run(home, "UPDATE staff SET active = false")
    answer = installed("db", "check", "--format", "json")
    assert answer.code == 1
    assert answer.json["ok"] is False
    (fault,) = [check for check in answer.json["checks"] if not check["ok"]]
    assert fault == {"name": "administrator", "ok": False, "detail": "There is no active administrator."}


def test_grants_are_written_as_sql(bok: Bok) -> None:
    answer = bok("db", "grants", "--role", 'de"sk')
    assert (answer.code, answer.err) == (0, "")
    assert all(line.endswith(";") and '"de""sk"' in line for line in answer.out.splitlines())
    assert bok("db", "grants", "--role", "").code == 2


def test_a_cut_tail_is_found_by_the_next_check(installed: Bok, home: Path) -> None:
    _run(
        home,
        *(
            [f"DROP TRIGGER audit_entry_no_{event}" for event in ("update", "delete")]
            if "sqlite" in _url(home)
            else ["ALTER TABLE audit_entry DISABLE TRIGGER USER"]
        ),
        "UPDATE chain_head SET seq = 1, mac = (SELECT mac FROM audit_entry WHERE seq = 1)"
        " WHERE log = 'audit'",
        "DELETE FROM audit_entry WHERE seq > 1",
    )
    answer = installed("db", "check", "--format", "json")
    assert answer.code == 1
    assert "cut off" in next(c["detail"] for c in answer.json["checks"] if c["name"] == "audit_log")


def test_backup_and_restore(installed: Bok, home: Path, tmp_path: Path) -> None:
    _needs_tools(home)
    file = tmp_path / "x.bak"
    made = installed("db", "backup", str(file))
    assert (made.code, made.out) == (0, "")
    assert "chain.key" in made.err
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert installed("db", "backup", str(file)).code == 1
    assert installed("db", "backup", str(file), "--force").code == 0
    assert installed("db", "restore", str(file)).code == 1
    if "sqlite" in _url(home):
        (home / "data").rename(home / "gone")
        restored = installed("db", "restore", str(file), "--format", "json")
        assert restored.code == 0
        assert restored.json["ok"] is True
        assert installed("db", "check").code == 0
        assert installed("sign-in", "anna", stdin=f"{ADMIN_PASSWORD}\n").code == 0


def test_an_upgrade_of_a_current_database_changes_nothing(installed: Bok, home: Path) -> None:
    assert installed("db", "upgrade").code == 0
    assert installed("db", "check").code == 0
    assert list(home.glob("data/*before-upgrade*")) == []


def test_an_older_schema_is_refused_upgraded_and_was_backed_up(installed: Bok, home: Path) -> None:
    from db import schema

    older = sorted(schema.known_revisions())[0]
    if older == schema.HEAD:
        return
    database = open_database(_url(home))
    schema.downgrade(database, older)
    database.close()
    refused = installed("staff", "list")
    assert refused.code == 5
    assert "bok db upgrade" in refused.err
    assert installed("db", "upgrade").code == 0
    assert installed("db", "check").code == 0
    if "sqlite" in _url(home):
        (copy,) = home.glob("data/*before-upgrade*")
        assert stat.S_IMODE(copy.stat().st_mode) == 0o600


COMMANDS = [
    ("db", "check"),
    ("db", "upgrade"),
    ("db", "backup", "x.bak"),
    ("staff", "list"),
    ("sign-in", "anna"),
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
class TestPlacesThatCannotBeUsed:
    """Each is a sentence on standard error, exit code 5 and nothing written."""

    def _refused(self, bok: Bok, command: tuple[str, ...], said: str) -> None:
        answer = bok(*command, stdin=f"{ADMIN_PASSWORD}\n")
        assert (answer.code, answer.out) == (5, "")
        assert said in answer.err
        assert "Traceback" not in answer.err
        assert "tajne" not in answer.err

    def test_no_database(self, bok: Bok, home: Path, command: tuple[str, ...]) -> None:
        self._refused(bok, command, "bok db create")
        assert not (home / "data").exists()

    def test_a_mistyped_file(
        self, bok: Bok, tmp_path: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("BOK_DATABASE_URL", f"sqlite:///{tmp_path / 'mistyped.sqlite3'}")
        self._refused(bok, command, "mistyped.sqlite3")
        assert not (tmp_path / "mistyped.sqlite3").exists()

    def test_a_file_that_is_no_database(self, bok: Bok, home: Path, command: tuple[str, ...]) -> None:
        (home / "data").mkdir(parents=True)
        (home / "data" / "bok.sqlite3").write_text("Dear diary, " * 500)
        self._refused(bok, command, "not a database of bok")

    def test_somebody_elses_database(self, bok: Bok, home: Path, command: tuple[str, ...]) -> None:
        (home / "data").mkdir(parents=True)
        with closing(sqlite3.connect(home / "data" / "bok.sqlite3")) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")
            other.commit()
        self._refused(bok, command, "not a database of bok; nothing was touched")

    def test_no_server(self, bok: Bok, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("BOK_DATABASE_URL", NO_SERVER)
        self._refused(bok, command, "server cannot be reached")

    def test_an_address_that_is_none(
        self, bok: Bok, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("BOK_DATABASE_URL", "mysql://root:tajne@host/db")
        self._refused(bok, command, "not supported")

    def test_a_newer_schema(self, installed: Bok, home: Path, command: tuple[str, ...]) -> None:
        _run(home, "UPDATE alembic_version SET version_num = '9999'")
        if command[1] == "backup":
            return  # a backup needs no understanding
        self._refused(installed, command, "newer than this program")

    def test_the_key_is_missing(self, installed: Bok, home: Path, command: tuple[str, ...]) -> None:
        if command[0] == "db" and command[1] != "check":
            return
        (home / "state" / "chain.key").unlink()
        self._refused(installed, command, "chain.key")

    def test_the_key_is_readable_by_others(
        self, installed: Bok, home: Path, command: tuple[str, ...]
    ) -> None:
        if command[0] == "db" and command[1] != "check":
            return
        (home / "state" / "chain.key").chmod(0o644)
        self._refused(installed, command, "chmod 600")


@pytest.mark.parametrize("place", ["/proc/bok", "/dev/null/bok"])
def test_a_home_that_cannot_be_written(bok: Bok, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOK_HOME", place)
    answer = bok("db", "create", "--admin", "anna", stdin=f"{ADMIN_PASSWORD}\n")
    assert (answer.code, answer.out) == (5, "")
    assert place in answer.err


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for the superuser")
def test_a_read_only_folder(bok: Bok, home: Path) -> None:
    home.mkdir(mode=0o555)
    answer = bok("db", "create", "--admin", "anna", stdin=f"{ADMIN_PASSWORD}\n")
    home.chmod(0o755)
    assert (answer.code, answer.out) == (5, "")
    assert str(home) in answer.err


@contextmanager
def _no_file_beyond(size: int) -> Iterator[None]:
    """Refuse every byte past `size` of any file, as a full disk does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("largest", [20_000, 150_000])
def test_a_full_disk_leaves_room_for_another_try(bok: Bok, home: Path, largest: int) -> None:
    with _no_file_beyond(largest):
        full = bok("db", "create", "--admin", "anna", stdin=f"{ADMIN_PASSWORD}\n")
    assert (full.code, full.out) == (5, "")
    assert "disk" in full.err.lower()
    again = bok("db", "create", "--admin", "anna", stdin=f"{ADMIN_PASSWORD}\n")
    assert (again.code, again.out) == (0, ""), again.err
    assert bok("db", "check").code == 0


def test_a_full_disk_during_a_backup_leaves_no_file(bok: Bok, home: Path, tmp_path: Path) -> None:
    bok("db", "create", "--admin", "anna", stdin=f"{ADMIN_PASSWORD}\n")
    with _no_file_beyond(100_000):
        full = bok("db", "backup", str(tmp_path / "x.bak"))
    assert full.code == 5
    assert "disk is full" in full.err
    assert [path.name for path in tmp_path.iterdir()] == [home.name]


def test_a_database_file_that_may_not_grow_says_so(
    installed: Bok, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk full in the middle of work: a sentence, nothing half-done, whole afterwards."""
    if "sqlite" not in _url(home):
        return
    from db import engine

    def small(connection: object, record: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # type: ignore[attr-defined]  # sqlite3's own

    real = engine._open_sqlite

    def opened(url: sa.URL) -> engine.Database:
        database = real(url)
        sa.event.listen(database.reader, "connect", small)
        return database

    _run(home, "CREATE TABLE filler (x TEXT)", "INSERT INTO filler VALUES ('x')")
    monkeypatch.setattr(engine, "_open_sqlite", opened)
    before = _count(home)
    codes = {installed("sign-in", "anna", stdin=f"{ADMIN_PASSWORD}\n").code for _ in range(30)}
    assert codes <= {0, 5}
    assert 5 in codes
    monkeypatch.undo()
    assert _count(home) >= before


def _count(home: Path) -> int:
    with closing(sqlite3.connect(home / "data" / "bok.sqlite3")) as connection:
        return int(connection.execute("SELECT count(*) FROM audit_entry").fetchone()[0])


def test_every_file_is_its_owners_alone(bok: Bok, home: Path) -> None:
    """T29: under umask 022, with the database open so that -wal and -shm exist."""
    umask = os.umask(0o022)
    try:
        assert bok("db", "create", "--admin", "anna", stdin=f"{ADMIN_PASSWORD}\n").code == 0
        assert bok("sign-in", "anna", stdin=f"{ADMIN_PASSWORD}\n").code == 0
        assert bok("db", "backup", str(home / "data" / "x.bak")).code == 0
        logging.getLogger("bok").error("something")
        database = open_database(_url(home))
        with database.writer.connect() as connection, connection.begin():
            connection.execute(sa.text("UPDATE staff SET version = version + 1"))
            found = {path.relative_to(home).as_posix(): path for path in home.rglob("*")}
            modes = {name: oct(stat.S_IMODE(path.stat().st_mode)) for name, path in found.items()}
        database.close()
    finally:
        os.umask(umask)
    assert {"data/bok.sqlite3", "data/bok.sqlite3-wal", "data/bok.sqlite3-shm", "data/x.bak"} <= set(modes)
    assert {"state/chain.key", "state/session.token", "state/heads", "state/bok.log"} <= set(modes)
    folders = {name for name, path in found.items() if path.is_dir()}
    assert {modes[name] for name in folders} == {"0o700"}
    assert {mode for name, mode in modes.items() if name not in folders} == {"0o600"}


def test_without_care_a_file_is_everybodys(tmp_path: Path) -> None:
    """The control of T29: what SQLite makes by itself under umask 022."""
    umask = os.umask(0o022)
    with closing(sqlite3.connect(tmp_path / "x")) as connection:
        connection.execute("PRAGMA user_version=1")
    os.umask(umask)
    assert stat.S_IMODE((tmp_path / "x").stat().st_mode) == 0o644
