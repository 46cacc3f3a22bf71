"""`bok info`: versions, places and what is wrong with them."""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bok_tui.i18n import _, translate_template
from bok_tui.options import FormOption
from bok_tui.shell import keep_open, open_shell
from db.errors import BokError
from db.words import N_
from reports.columns import Column
from reports.output import Form, write_record

if TYPE_CHECKING:
    from db.engine import Database
    from db.settings import Settings

app = typer.Typer(add_completion=False)

COLUMNS = (
    Column("bok", N_("bok")),
    Column("python", N_("Python")),
    Column("libraries", N_("Libraries")),
    Column("sqlite", N_("SQLite")),
    Column("database", N_("Database")),
    Column("schema", N_("Schema")),
    Column("data_folder", N_("Data")),
    Column("state_folder", N_("State")),
    Column("settings_file", N_("Settings")),
    Column("documents_folder", N_("Documents")),
    Column("journal_key", N_("Journal key")),
    Column("log_file", N_("Log")),
    Column("mail_server", N_("Mail server")),
    Column("language", N_("Language")),
    Column("terminal", N_("Terminal")),
    Column("warnings", N_("To be mended")),
)
LIBRARIES = ("textual", "typer", "sqlmodel", "sqlalchemy", "alembic", "fpdf2", "psycopg")
COMPILED = ("textual", "sqlalchemy", "sqlmodel", "pydantic", "fpdf", "typer")
"""Packages whose compiled form decides how fast `bok` starts."""


@app.command(help=N_("Versions, places and what is wrong with them."), epilog=N_("Example: bok info"))
def info(form: FormOption = Form.TABLE) -> None:
    """Show where everything is, also when the database cannot be used."""
    settings = open_shell()
    write_record(COLUMNS, _facts(settings), form=form, translate=_)


def _facts(settings: Settings) -> dict[str, object]:
    from db.mail_settings import shown_route
    from db.settings import FILE_NAME

    place, schema_found, warnings = _database(settings)
    terminal = _terminal_fault()
    warnings += [terminal] if terminal else []
    warnings += list(_slow_start())
    return {
        "bok": version("bok-tui"),
        "python": f"{platform.python_version()} ({sys.executable})",
        "libraries": ", ".join(f"{name} {_version(name)}" for name in LIBRARIES),
        "sqlite": _sqlite(),
        "database": place,
        "schema": schema_found,
        "data_folder": str(settings.folders.data),
        "state_folder": str(settings.folders.state),
        "settings_file": str(settings.folders.config / FILE_NAME),
        "documents_folder": str(settings.documents),
        "journal_key": str(settings.chain_key),
        "log_file": str(settings.folders.log),
        "mail_server": shown_route(settings.mail),
        "language": settings.lang,
        "terminal": _terminal(),
        "warnings": warnings,
    }


def _database(settings: Settings) -> tuple[str, str, list[str]]:
    """Return the database's address without its password, its schema, and what is wrong."""
    from db.engine import open_database, sqlite_driver, sqlite_is_sound
    from db.house import open_house

    try:
        database = open_database(settings.address)
        keep_open(database)
    except BokError as error:
        return "", "", [translate_template(error.message, error.params)]
    warnings = []
    if database.dialect == "sqlite" and not sqlite_is_sound(sqlite_driver().sqlite_version_info):
        warnings.append(
            _("This SQLite has the WAL-reset fault: a slower way of writing is used. Install pysqlite3.")
        )
    try:
        found = _schema(database)
        open_house(settings).database.close()
    except BokError as error:
        return database.shown_url, "", [*warnings, translate_template(error.message, error.params)]
    return database.shown_url, found, [*warnings, *_share(database)]


def _schema(database: Database) -> str:
    from db.house import is_missing
    from db.schema import HEAD, current_revision

    if is_missing(database):
        return ""
    return _("%(found)s (this program: %(needed)s)") % {"found": current_revision(database), "needed": HEAD}


def _share(database: Database) -> Iterator[str]:
    from db.network_share import share_of

    if database.dialect == "sqlite" and (kind := share_of(Path(str(database.url.database)).absolute())):
        yield _("The database lies on a network share (%(kind)s): use PostgreSQL there.") % {"kind": kind}


def _sqlite() -> str:
    from db.engine import sqlite_driver, sqlite_is_sound

    driver = sqlite_driver()
    sound = sqlite_is_sound(driver.sqlite_version_info)
    verdict = _("sound") if sound else _("has the WAL-reset fault")
    return f"{driver.sqlite_version} ({driver.__name__}): {verdict}"


def _terminal() -> str:
    size = shutil.get_terminal_size()
    encoding = getattr(sys.stdout, "encoding", "") or "?"
    return f"TERM={os.environ.get('TERM', '')} {size.columns}x{size.lines} {encoding}"


def _terminal_fault() -> str:
    """Return what keeps the agents' screen from this terminal; nothing where there is none."""
    from bok_tui.guard import check_terminal, is_terminal

    if not all(is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return ""  # it is this call that goes elsewhere, not the terminal that is at fault
    try:
        check_terminal(dict(os.environ))
    except BokError as error:
        return translate_template(error.message, error.params)
    return ""


def _slow_start() -> Iterator[str]:
    missing = [name for name in COMPILED if not _is_compiled(name)]
    if missing:
        yield _("No compiled bytecode for %(names)s: every start takes seconds. Type: %(command)s") % {
            "names": ", ".join(missing),
            "command": f"{sys.executable} -m compileall -q {sysconfig.get_path('purelib')}",
        }


def _is_compiled(name: str) -> bool:
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None or not spec.origin.endswith(".py"):
        return True
    return Path(importlib.util.cache_from_source(spec.origin)).exists()


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError

    try:
        return version(name)
    except PackageNotFoundError:
        return "-"
