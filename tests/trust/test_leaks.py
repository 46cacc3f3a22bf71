"""T27 in a first form: real flows, faults and crashes with seeded secrets; then every trace is searched."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from textual.app import App

from bok_tui.app import BokApp
from bok_tui.dialogs.error import ErrorDialog
from bok_tui.exit_codes import ExitCode
from bok_tui.log import JsonLines
from bok_tui.screens.client import ClientScreen
from bok_tui.workplace import Workplace
from db import postgres_tools
from db.doors import DESK, operation, query
from db.engine import Database
from db.errors import DatabaseUnavailable
from db.models import Client
from db.office import Office
from db.queries import clients
from db.records.people import Role
from db.sample.town import make_town
from db.settings import load_settings
from db.sign_in import sign_in
from db.work import Work
from tests.cli.conftest import bok, cheap_passwords, home
from tests.cli.shell_desk import PASSWORD, ShellDesk, desk
from tests.db.builders import TODAY, rows
from tests.trust.leaks import Secrets
from tests.tui.pilot import running, settle, shown, type_keys, until

__all__ = ["bok", "cheap_passwords", "desk", "home"]

CLIENTS = 200
"""People of the sample town, nearly each with a PESEL and a phone."""
MADE_UP = {
    "PESEL": "02070803628",
    "phone": "+48601234567",
    "e-mail": "wiktor@example.net",
    "name": "Żmijewski",
}
"""Of a client who is not in the database yet: what an operation was given when it broke."""
WRONG = "nie to haslo 4"


@pytest.fixture
def secrets(desk: ShellDesk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Secrets:
    """A town, and everything about its people that must stay in the database."""
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    make_town(desk.house, clients=CLIENTS, years=1, seed=27, billed=1)
    desk.index()
    desk.hire("anna", Role.ADMIN)
    found = Secrets()
    found.add_people(desk.database)
    for password in (PASSWORD, WRONG):
        found.add("password", password)
    for what, value in MADE_UP.items():
        found.add(what, value)
    assert len(found.forms) > CLIENTS
    return found


def person(desk: ShellDesk) -> dict[str, Any]:
    """Return somebody with a PESEL and a contract."""
    return next(row for row in rows(desk.database, "client") if row["pesel"])


def meter_of(desk: ShellDesk, client: dict[str, Any]) -> str:
    """Return a meter that is installed at this client's."""
    statement = sa.text(
        "SELECT m.number FROM meter m JOIN supply_point p ON p.id = m.supply_point_id"
        " JOIN contract c ON c.id = p.contract_id WHERE c.client_id = :id AND m.removed_on IS NULL"
    )
    with desk.database.reader.connect() as connection:
        return str(connection.execute(statement, {"id": client["id"]}).scalars().first())


# -- what breaks, with somebody's data in its hands


def fault(pesel: str, phone: str, email: str) -> None:
    """Break as code does: with data in the message, in the locals and in the frames between."""
    record = {"pesel": pesel, "phone": phone, "email": email}
    raise ValueError(f"cannot work with {record}")


@operation(roles=DESK)
def break_down(work: Work) -> None:
    fault(MADE_UP["PESEL"], MADE_UP["phone"], MADE_UP["e-mail"])


@query(roles=DESK, discloses=True)
def look_and_break(work: Work, number: str) -> None:
    fault(MADE_UP["PESEL"], MADE_UP["phone"], MADE_UP["e-mail"])


@operation(roles=DESK)
def insert_half_a_client(work: Work) -> None:
    """A statement that the database refuses, PESEL and name among its parameters."""
    values = {
        "number": "999999",
        "kind": "person",
        "last_name": MADE_UP["name"],
        "name_key": "x",
        "version": 1,
    }
    work.session.execute(sa.insert(Client).values(**values, pesel=MADE_UP["PESEL"], created_at=work.now))


def run_operation(broken: Callable[[Work], None], office: Office) -> None:
    office.do(broken)


# -- flows


def can_dump(database: Database) -> bool:
    """Tell whether there is a backup to be had: a server's `pg_dump` is no Python package."""
    if database.dialect != "postgresql":
        return True
    try:
        postgres_tools.find("pg_dump", database)
    except DatabaseUnavailable:
        return False
    return True


def use_the_shell(desk: ShellDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Do a day's work in the shell, mistakes included; return what went to standard error."""
    who = person(desk)
    meter = meter_of(desk, who)
    table = tmp_path / "readings.csv"
    table.write_text(f"meter;state;day\n{meter};x{who['pesel']};{TODAY}\n99999999;1;{TODAY}\n")
    answers = [
        desk.run(*arguments, stdin=stdin)
        for arguments, stdin in (
            (("sign-in", "jan"), f"{WRONG}\n"),
            (("sign-in", "jan"), f"{PASSWORD}\n"),
            (("client", "find", who["pesel"]), ""),
            (("client", "find", who["last_name"] or "", "--format", "json"), ""),
            (("client", "show", who["number"]), ""),
            (("reading", "add", meter, "1", "--note", f"PESEL {who['pesel']}"), ""),
            (("reading", "add", meter, "99999", "--reason", "rechecked", "--hold"), ""),
            (("reading", "list", meter), ""),
            (("reading", "import", str(table)), ""),
            (("sign-in", "anna"), f"{PASSWORD}\n"),
            (("staff", "add", "nowa", "--name", "Nowa Osoba", "--role", "agent"), f"{WRONG}\n"),
            (("staff", "list"), ""),
            (("db", "check"), ""),
            (("db", "backup", str(tmp_path / "backup.bok")), ""),
            (("info",), ""),
            (("sign-out",), ""),
        )
    ]
    codes = [answer.code for answer in answers]
    backup = 0 if can_dump(desk.database) else ExitCode.UNAVAILABLE
    assert codes == [4, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, backup, 0, 0], answers
    with monkeypatch.context() as broken:
        broken.setattr(clients, "client_card", look_and_break)
        desk.sign_in("jan")
        answer = desk.run("client", "show", who["number"])
        assert answer.code == ExitCode.FAULT
    return [given.err for given in (*answers, answer)]


def at_the_screen(desk: ShellDesk, app: type[BokApp] = BokApp) -> BokApp:
    """Return a desk at which a supervisor sits."""
    staff = sign_in(desk.house, "ewa", PASSWORD)
    return app(Workplace(load_settings(), lambda: desk.house, clock=desk.house.clock, staff=staff))


async def use_the_screen(desk: ShellDesk) -> None:
    """Work a call to its confirmation, then let an operation and a statement break."""
    who = desk.build.household("999998", meter="99999998", pesel=MADE_UP["PESEL"], last_name="Wąs")
    desk.build.notice(who.meter_id, TODAY, TODAY)
    desk.build.contact_point(who.id, "phone", MADE_UP["phone"])
    app = at_the_screen(desk)
    async with running(app):
        await type_keys(app, who.number, "enter")
        assert isinstance(app.screen, ClientScreen), shown(app)
        await type_keys(app, "f7", "1", who.number, "enter", "escape", "f3", "502", "enter", "f4")
        for broken in (break_down, insert_half_a_client):
            screen = app.screen
            assert isinstance(screen, ClientScreen)
            screen.ask(partial(run_operation, broken), lambda _: None)
            await settle(app)
            assert isinstance(app.screen, ErrorDialog)
            assert "F-" in shown(app)
            await type_keys(app, "escape")


async def crash(app: BokApp, capsys: pytest.CaptureFixture[str]) -> str:
    """Let a handler of the screen break; return what the terminal shows at the end."""

    def handler() -> None:
        fault(MADE_UP["PESEL"], MADE_UP["phone"], MADE_UP["e-mail"])

    async def run() -> None:
        async with running(app):
            app.call_later(handler)
            await until(lambda: app._exception)

    capsys.readouterr()
    with pytest.raises(ValueError, match="cannot work with"):
        await run()
    return capsys.readouterr().err


# -- the scan


async def test_nothing_of_anybody_is_left_outside_the_database(
    desk: ShellDesk,
    secrets: Secrets,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """T27: log, crash report, standard error, state folder, papers and temporary files."""
    said = use_the_shell(desk, tmp_path, monkeypatch)
    await use_the_screen(desk)
    out, err = capsys.readouterr()
    last_words = await crash(at_the_screen(desk), capsys)
    texts = {f"standard error {at}": text for at, text in enumerate(said)}
    texts |= {"last words": last_words, "output of the screen": out, "error of the screen": err}
    log = load_settings().folders.log.read_text()
    assert log.count("ValueError: cannot work with") == 3, "the faults are in the log"
    assert "IntegrityError" in log
    assert "ValueError" in last_words
    assert list(load_settings().documents.glob("*.pdf")), "a paper was made"
    (tmp_path / "readings.csv").unlink()
    assert secrets.scan(texts, [tmp_path]) == []


async def test_textuals_own_crash_screen_would_tell(
    desk: ShellDesk, secrets: Secrets, capsys: pytest.CaptureFixture[str]
) -> None:
    """The control of T27: the default handler shows local variables, PESEL included."""

    class Careless(BokApp):
        _fatal_error = App._fatal_error

    told = secrets.scan({"last words": await crash(at_the_screen(desk, Careless), capsys)}, [])
    assert f"last words: PESEL {MADE_UP['PESEL']}" in told


async def test_a_log_without_its_filter_would_tell(
    desk: ShellDesk,
    secrets: Secrets,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The control of T27: what is logged holds the data, and only the filter keeps it out."""
    monkeypatch.setattr(JsonLines, "format", lambda self, record: logging.Formatter().format(record))
    await crash(at_the_screen(desk), capsys)
    log = load_settings().folders.log
    assert f"{log}: PESEL {MADE_UP['PESEL']}" in secrets.scan({}, [tmp_path])
