"""`bok db`: the database's life."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands import utility
from bok_tui.exit_codes import ExitCode
from bok_tui.i18n import _, translate_template
from bok_tui.options import Force, FormOption
from bok_tui.shell import ask_new_secret, keep_open, open_house, open_shell, say
from db.records.people import NewStaff, Role
from db.words import N_
from reports.columns import Column, Kind
from reports.output import Form, write_record, write_rows

if TYPE_CHECKING:
    from db.records.checks import CheckReport

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("Create, upgrade, check, back up and restore the database."),
    epilog=N_("Example: bok db create --admin anna"),
)

CREATE_HELP = N_(
    "Make the database, this desk's journal key and the first administrator, whose password is asked"
    " or read from standard input."
)
UPGRADE_HELP = N_(
    "Bring an older database up to this program; an SQLite file is backed up beside itself first."
)
CHECK_HELP = N_("Prove that everything that is always true is true. Exit code 1 when something is not.")
BACKUP_HELP = N_("Write the whole database to a file, while everybody goes on working.")
RESTORE_HELP = N_("Restore a backup into an empty place, and check it.")
GRANTS_HELP = N_(
    "Write the SQL that gives a PostgreSQL role what a desk needs and nothing else: it cannot change"
    " or remove what is append-only. Run it again after every upgrade."
)
SCRUB_HELP = N_(
    "Write anew the files in which erased data may still stand. bok client anonymise does it by itself;"
    " this is for when others used the database just then."
)
REINDEX_HELP = N_("Make the search index anew, when bok db check says that it does not fit.")
SAMPLE_HELP = N_("Fill an empty database with a made-up town: to look around, to measure, to teach.")
COLUMNS = (
    Column("name", N_("Check")),
    Column("ok", N_("In order"), Kind.FLAG),
    Column("detail", N_("What was found")),
)
JSON = (Column("ok", N_("In order"), Kind.FLAG), Column("checks", N_("Check")))


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
    house = new_installation(settings, NewStaff(login, name or login, Role.ADMIN, password))
    keep_open(house.database)
    say(N_("The database %(place)s is ready."), place=house.database.shown_url)
    say(
        N_("Its journal is signed with %(file)s: keep a copy of that file apart from the backups."),
        file=settings.chain_key,
    )
    say(N_("Next: bok sign-in %(login)s, then bok staff add ..."), login=login)
    say(N_("Letters need your own letterhead: bok db utility --name ... --nip ... (--help lists the rest)"))


app.command("utility", help=utility.UTILITY_HELP, epilog=utility.UTILITY_EXAMPLE)(utility.utility)


@app.command(help=GRANTS_HELP, epilog=N_("Example: bok db grants --role desk | psql -d bok"))
def grants(
    role: Annotated[str, typer.Option(metavar="ROLE", help=N_("The desks' role in PostgreSQL."))],
) -> None:
    """Write the statements that the owner of the database is to run."""
    from db.grants import desk_grants

    for statement in desk_grants(role):
        typer.echo(f"{statement};")


@app.command(help=UPGRADE_HELP, epilog=N_("Example: bok db upgrade"))
def upgrade() -> None:
    """Run the migrations that are due."""
    settings = open_shell()
    from db.backup import upgrade as upgrade_schema

    if copy := upgrade_schema(settings):
        say(N_("The database as it was: %(file)s"), file=copy)
    say(N_("The database is up to date with this program."))


@app.command(help=CHECK_HELP, epilog=N_("Example: bok db check --format json"))
def check(form: FormOption = Form.TABLE) -> None:
    """Run every check and say what does not hold."""
    settings = open_shell()
    from db.check import check_database

    _show(check_database(open_house(settings)), form)


@app.command(help=BACKUP_HELP, epilog=N_("Example: bok db backup /backup/bok-2026-11-22.bak"))
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("File to write."))],
    force: Force = False,
) -> None:
    """Back the database up."""
    settings = open_shell()
    from db.backup import back_up
    from db.house import existing_database

    database = existing_database(settings)
    keep_open(database)
    back_up(database, file, force=force)
    say(N_("Backed up to %(file)s. It restores with this key: %(key)s"), file=file, key=settings.chain_key)


@app.command(help=RESTORE_HELP, epilog=N_("Example: bok db restore /backup/bok-2026-11-22.bak"))
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("Backup to restore."))],
    form: FormOption = Form.TABLE,
) -> None:
    """Restore a backup and check what came of it."""
    settings = open_shell()
    from db.backup import restore as restore_file

    report = restore_file(settings, file)
    say(N_("Restored from %(file)s."), file=file)
    _show(report, form)


@app.command(help=SCRUB_HELP, epilog=N_("Example: bok db scrub"))
def scrub() -> None:
    """Write the files anew."""
    settings = open_shell()
    from db.scrubbing import scrub as write_anew

    write_anew(open_house(settings).database)
    say(N_("What was erased stands in the files of the database no more."))


@app.command(help=REINDEX_HELP, epilog=N_("Example: bok db reindex"))
def reindex() -> None:
    """Make the search index anew."""
    house = open_house(open_shell())
    from bok_tui.commands.progress import progress_bar
    from db.search import rebuild_index

    with progress_bar(_("Search index")) as progress:
        rebuild_index(house.database, progress)
    say(N_("The search index is made anew."))


@app.command(help=SAMPLE_HELP, epilog=N_("Example: bok db sample --clients 3000 --years 3"))
def sample(
    clients: Annotated[int, typer.Option(min=1, help=N_("How many clients."))] = 3000,
    years: Annotated[int, typer.Option(min=1, help=N_("Years of readings."))] = 3,
    seed: Annotated[int, typer.Option(help=N_("The same seed gives the same town."))] = 1,
    billed: Annotated[
        int | None,
        typer.Option(
            min=0, help=N_("Months that are billed; 6 by default, none in a town of over 20 000 clients.")
        ),
    ] = None,
) -> None:
    """Fill an empty database with the sample town."""
    settings = open_shell()
    from bok_tui.commands.sample_town import run_sample

    run_sample(settings, clients=clients, years=years, seed=seed, billed=billed)


def _show(report: CheckReport, form: Form) -> None:
    """Write a report of checks; exit code 1 when one does not hold."""
    rows = [
        {"name": check.name, "ok": check.ok, "detail": translate_template(check.message, check.params)}
        for check in report.checks
    ]
    if form is Form.JSON:
        write_record(JSON, {"ok": report.ok, "checks": rows}, form=form)
    else:
        write_rows(COLUMNS, rows, form=form, translate=_)
    if not report.ok:
        say(N_("Not everything holds."))
        raise typer.Exit(ExitCode.REFUSED)
