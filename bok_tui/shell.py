"""What the commands of the shell share: words on stderr, secrets, who is signed in."""

from __future__ import annotations

import os
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from bok_tui.guard import is_terminal
from bok_tui.i18n import _, translate_template
from db.errors import BokError, NotAllowed, Refused, WrongInput
from db.words import N_

if TYPE_CHECKING:
    from db.engine import Database
    from db.office import House, Office
    from db.settings import Settings

_OPENED = ExitStack()
STDIN = "-"
LONGEST_LINE = 8192
"""Characters read for one secret; a password has at most 1,024."""
SIGN_IN_FIRST = N_("You are not signed in. Type: bok sign-in LOGIN")


def say(message: str, **params: object) -> None:
    """Write a marked sentence to standard error; standard output is for data alone."""
    _write(translate_template(message, params))


def say_plainly(text: str) -> None:
    """Write words that are in the user's language already to standard error."""
    _write(text)


def say_error(error: BokError) -> None:
    """Write what was refused to standard error."""
    _write(translate_template(error.message, error.params))
    if error.details:
        say(N_("Details, in the system's own words: %(text)s"), text=error.details)


def open_shell() -> Settings:
    """Read the settings and send the log to its file."""
    from bok_tui.log import set_up
    from db.settings import load_settings

    settings = load_settings()
    set_up(settings.folders.log)
    return settings


def open_house(settings: Settings) -> House:
    """Open the installation until the command ends; raises DatabaseUnavailable."""
    from db import house

    opened = house.open_house(settings)
    keep_open(opened.database)
    return opened


def keep_open(database: Database) -> None:
    """Have the connections of `database` closed when the command ends."""
    _OPENED.callback(database.close)


def close_all() -> None:
    """Close what the command opened."""
    _OPENED.close()


def signed_in_office(settings: Settings) -> Office:
    """Return the door for whoever signed in to this shell.

    Raises NotAllowed when nobody did or it is over; DatabaseUnavailable.
    """
    from db.sign_in import resume_session

    house = open_house(settings)
    return house.office(resume_session(house, read_token(settings)))


def program_office(settings: Settings) -> Office:
    """Return the door of the program itself, for jobs that a timer starts: nobody signs in for them.

    Raises DatabaseUnavailable.
    """
    from db.office import SYSTEM

    return open_house(settings).office(SYSTEM)


def read_token(settings: Settings) -> str:
    """Return the shell's token; raises NotAllowed when there is none."""
    try:
        return settings.folders.token.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NotAllowed(SIGN_IN_FIRST) from error


def write_token(settings: Settings, token: str) -> None:
    """Keep the shell's token where only its owner may read it."""
    path = settings.folders.token
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(token + "\n")


def ask_secret(prompt: str) -> str:
    """Return a password: asked without echo on a terminal, else the next line of standard input.

    Raises WrongInput when standard input has no further line.
    """
    secret = read_secret(prompt)
    if secret is None:
        raise WrongInput(N_("A password is needed: on a terminal, or as a line of standard input."))
    return secret


def read_secret(prompt: str) -> str | None:
    """Like `ask_secret`, but None when standard input has no further line."""
    if is_terminal(sys.stdin):
        import getpass

        try:
            return getpass.getpass(f"{_(prompt)}: ", stream=sys.stderr)
        except EOFError:  # Ctrl+D
            return None
    if sys.stdin is None:  # closed by whoever called: `bok ... <&-`
        return None
    try:
        line = sys.stdin.readline(LONGEST_LINE)
    except UnicodeDecodeError as error:
        raise WrongInput(N_("The password on standard input is not UTF-8.")) from error
    return line.rstrip("\r\n") or None


def ask_new_secret() -> str:
    """Return a new password: asked twice on a terminal, one line of standard input otherwise."""
    secret = ask_secret(N_("New password"))
    if is_terminal(sys.stdin) and ask_secret(N_("Once more")) != secret:
        raise WrongInput(N_("The two passwords differ; nothing was changed."))
    return secret


def ask_yes() -> bool:
    """Ask on the terminal whether to go on with what was said before; False when there is no terminal.

    Anything but a clear yes, in either language, is a no.
    """
    if not is_terminal(sys.stdin):
        return False
    print(_("Go on? Type yes or no:"), end=" ", file=sys.stderr, flush=True)  # noqa: T201 - asks people
    try:
        answer = sys.stdin.readline(LONGEST_LINE)
    except UnicodeDecodeError:
        return False
    return answer.strip().lower() in ("y", "yes", "t", "tak")


def read_input(file: str, most: int) -> bytes:
    """Return the first `most` bytes of a file, of standard input for `-`; raises NotFound, WrongInput."""
    if file == STDIN and sys.stdin is None:
        raise WrongInput(N_("Standard input is closed: there is nothing to read. Name a file."))
    if file == STDIN:
        return sys.stdin.buffer.read(most)
    try:
        with Path(file).open("rb") as source:
            return source.read(most)
    except OSError as error:
        from db.system_words import cannot_read

        raise cannot_read(file, error) from error


def require_room(output: str, *, force: bool) -> None:
    """Raise WrongInput, Refused or CannotWrite before anything is done, when the answer had no place."""
    if output == STDIN:
        return
    from db.whole_files import require_place
    from reports.output import path_of

    path = path_of(output)
    require_place(path)  # a folder is no file that --force would replace
    if not force and path.exists():
        raise Refused(
            N_("%(path)s exists already. Choose another name, or --force to replace it."), path=output
        )


def _write(text: str) -> None:
    from db.rules.text import safe_terminal

    print(safe_terminal(text), file=sys.stderr)  # noqa: T201 - the shell's way to speak to people
