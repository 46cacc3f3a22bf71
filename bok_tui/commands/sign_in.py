"""`bok sign-in` and `bok sign-out`: who is at this shell."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.guard import is_terminal
from bok_tui.i18n import _
from bok_tui.shell import (
    ask_new_secret,
    ask_secret,
    open_house,
    open_shell,
    read_secret,
    read_token,
    say,
    write_token,
)
from db.errors import NotAllowed
from db.records.people import ROLE_WORDS
from db.words import N_

if TYPE_CHECKING:
    from db.office import House
    from db.records.people import StaffMember

app = typer.Typer(add_completion=False)
sign_out_app = typer.Typer(add_completion=False)

SIGN_IN_HELP = N_(
    "Sign in to the shell. The password is asked, or read from standard input where there is no"
    " terminal; a second line is the new one where a new one is due. Good for a working day."
)


@app.command(help=SIGN_IN_HELP, epilog=N_("Example: bok sign-in anna"))
def sign_in(login: Annotated[str, typer.Argument(metavar="LOGIN", help=N_("Your login."))]) -> None:
    """Check the password and keep a token for the commands that follow."""
    settings = open_shell()
    from db import sign_in as door

    house = open_house(settings)
    password = ask_secret(N_("Password"))
    staff = door.sign_in(house, login, password)
    if staff.must_change_password:
        staff = _choose_own(house, staff, password)
    write_token(settings, door.open_session(house, staff))
    say(
        N_("Signed in as %(name)s (%(role)s) for %(hours)s hours."),
        name=staff.name,
        role=_(ROLE_WORDS[staff.role]),
        hours=settings.policy.session_hours,
    )


@sign_out_app.command(help=N_("End the shell's sign-in."), epilog=N_("Example: bok sign-out"))
def sign_out() -> None:
    """End the session and forget the token."""
    settings = open_shell()
    from db.sign_in import end_session

    try:
        token = read_token(settings)
    except NotAllowed:
        say(N_("Nobody was signed in."))
        return
    end_session(open_house(settings), token)
    settings.folders.token.unlink(missing_ok=True)
    say(N_("Signed out."))


def _choose_own(house: House, staff: StaffMember, old: str) -> StaffMember:
    """Have an initial password replaced before anything else is done with it."""
    from db.sign_in import change_own_password

    if is_terminal(sys.stdin):
        say(N_("This password was made for you; choose one of your own now."))
        return change_own_password(house, staff, old, ask_new_secret())
    new = read_secret("")
    if new is None:
        raise NotAllowed(
            N_("This password was made for you and has to be changed: give the new one as the second line.")
        )
    return change_own_password(house, staff, old, new)
