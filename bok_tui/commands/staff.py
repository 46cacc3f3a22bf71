"""`bok staff`: who works here."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.guard import is_terminal
from bok_tui.i18n import _
from bok_tui.options import FormOption
from bok_tui.shell import ask_new_secret, ask_secret, open_shell, read_secret, say, signed_in_office
from db.records.people import ROLE_WORDS, NewStaff, Role, StaffMember
from db.words import N_
from reports.columns import Column, Kind
from reports.output import Form, write_rows

if TYPE_CHECKING:
    from db.office import Office

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("Add, list and disable staff; set passwords. Needs an administrator, signed in to the shell."),
    epilog=N_("Example: bok staff add anna --name 'Anna Kowalska' --role agent"),
)


class Hired(StrEnum):
    """The roles that somebody can be given; the program's own is not among them."""

    AGENT = Role.AGENT
    SUPERVISOR = Role.SUPERVISOR
    ADMIN = Role.ADMIN


COLUMNS = (
    Column("login", N_("Login")),
    Column("name", N_("Name")),
    Column("role", N_("Role"), words={role.value: words for role, words in ROLE_WORDS.items()}),
    Column("active", N_("Active"), Kind.FLAG),
    Column("must_change_password", N_("New password due"), Kind.FLAG),
    Column("last_sign_in", N_("Last sign-in"), Kind.INSTANT),
)
Login = Annotated[str, typer.Argument(metavar="LOGIN", help=N_("The login of the member of staff."))]
MustChange = Annotated[
    bool,
    typer.Option("--must-change", help=N_("The password from standard input is to be changed at first use.")),
]
ADD_HELP = N_(
    "Add a member of staff. On a terminal the program makes a random password, shows it once and has"
    " it changed at the first sign-in; without one, the password is a line of standard input."
)
PASSWORD_HELP = N_(
    "Change your own password (the old and the new one are asked, or two lines of standard input),"
    " or give somebody else a new one as `bok staff add` does."
)


@app.command(help=ADD_HELP, epilog=N_("Example: bok staff add anna --name 'Anna Kowalska' --role agent"))
def add(
    login: Login,
    name: Annotated[str, typer.Option(help=N_("First and last name."))],
    role: Annotated[Hired, typer.Option(metavar="ROLE", help=N_("agent, supervisor or admin."))],
    must_change: MustChange = False,
) -> None:
    """Add a member of staff with a password of the moment."""
    office = signed_in_office(open_shell())
    from db.operations.staff import add_staff, clean_login
    from db.passwords import hash_password

    new = NewStaff(clean_login(login), name, Role(role), "")
    password, made = _password_for((new.login, name))
    member = office.do(add_staff, new, hash_password(password), must_change=made or must_change)
    say(N_("%(name)s can sign in as %(login)s."), name=member.name, login=member.login)
    _show_once(password, made)


@app.command("list", help=N_("List the staff."), epilog=N_("Example: bok staff list --format json"))
def list_command(form: FormOption = Form.TABLE) -> None:
    """List everybody who may or might sign in."""
    office = signed_in_office(open_shell())
    from db.queries.staff import list_staff

    rows = [_as_row(member) for member in office.read(list_staff)]
    write_rows(COLUMNS, rows, form=form, translate=_)


@app.command(help=N_("Let somebody in no more."), epilog=N_("Example: bok staff disable anna"))
def disable(login: Login) -> None:
    """Disable an account and end its sessions."""
    office = signed_in_office(open_shell())
    from db.operations.staff import disable_staff

    member = office.do(disable_staff, login)
    say(N_("%(login)s cannot sign in any more."), login=member.login)


@app.command(help=N_("Let somebody in again."), epilog=N_("Example: bok staff enable anna"))
def enable(login: Login) -> None:
    """Undo `disable`."""
    office = signed_in_office(open_shell())
    from db.operations.staff import enable_staff

    member = office.do(enable_staff, login)
    say(N_("%(login)s can sign in again."), login=member.login)


@app.command(help=PASSWORD_HELP, epilog=N_("Example: bok staff password anna"))
def password(
    login: Annotated[str, typer.Argument(metavar="[LOGIN]", help=N_("Whose; your own without."))] = "",
    must_change: MustChange = False,
) -> None:
    """Change one's own password or reset somebody's."""
    office = signed_in_office(open_shell())
    if not login or login.strip().lower() == office.actor.login:
        _change_own(office)
        return
    from db.operations.staff import set_password
    from db.passwords import hash_password
    from db.queries.staff import staff_member

    member = office.read(staff_member, login)
    secret, made = _password_for((member.login, member.name))
    office.do(set_password, member.login, hash_password(secret), must_change=made or must_change)
    say(N_("%(login)s has a new password and is signed out everywhere."), login=member.login)
    _show_once(secret, made)


def _change_own(office: Office) -> None:
    from db.sign_in import change_own_password

    old = ask_secret(N_("Old password"))
    change_own_password(office.house, office.actor, old, ask_new_secret())
    say(N_("Your password is changed; sign in again."))


def _password_for(own_words: tuple[str, ...]) -> tuple[str, bool]:
    """Return a password and whether the program made it."""
    from db.passwords import new_initial_password, require_acceptable

    given = None if is_terminal(sys.stdin) else read_secret("")
    if given is None:
        return new_initial_password(), True
    require_acceptable(given, own_words)
    return given, False


def _show_once(password: str, made: bool) -> None:
    if made:
        say(N_("Initial password, shown only now, to be changed at the first sign-in:"))
        typer.echo(password)


def _as_row(member: StaffMember) -> dict[str, object]:
    return {
        "login": member.login,
        "name": member.name,
        "role": member.role.value,
        "active": member.active,
        "must_change_password": member.must_change_password,
        "last_sign_in": member.last_sign_in,
    }
