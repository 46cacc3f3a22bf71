"""`bok db`: the database's life."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.shell import ask_new_secret, open_shell, say
from db.records.people import NewStaff, Role
from db.words import N_

if TYPE_CHECKING:
    from db.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    help=N_("Create, upgrade, check, back up and restore the database."),
    epilog=N_("Example: bok db create --admin anna"),
)

CREATE_HELP = N_(
    "Make the database, this desk's journal key and the first administrator, whose password is asked"
    " or read from standard input."
)


@app.callback()
def database() -> None:
    """Keep this a group."""


@app.command(help=CREATE_HELP, epilog=N_("Example: bok db create --admin anna --name 'Anna Kowalska'"))
def create(
    admin: Annotated[str, typer.Option(metavar="LOGIN", help=N_("Login of the first administrator."))],
    name: Annotated[str, typer.Option(help=N_("First and last name; the login without it."))] = "",
) -> None:
    """Make a new installation; an existing one is left as it is."""
    settings = open_shell()
    from db.installing import new_installation, require_room
    from db.operations.staff import clean_login
    from db.passwords import require_acceptable

    login = clean_login(admin)
    require_room(settings)
    password = ask_new_secret()
    require_acceptable(password, (login, name))
    new_installation(settings, NewStaff(login, name or login, Role.ADMIN, password))
    say(N_("The database %(place)s is ready."), place=_place(settings))
    say(
        N_("Its journal is signed with %(file)s: keep a copy of that file apart from the backups."),
        file=settings.chain_key,
    )
    say(N_("Next: bok sign-in %(login)s, then bok staff add ..."), login=login)


def _place(settings: Settings) -> str:
    from db.engine import open_database

    return open_database(settings.address).shown_url
