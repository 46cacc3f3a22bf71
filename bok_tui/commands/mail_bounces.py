"""`bok mail bounces`: notifications that mail could not be delivered."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.mail_rows import BOUNCES
from bok_tui.exit_codes import ExitCode
from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, program_office, say_error
from db.errors import NotFound, WrongInput
from db.words import N_
from reports.columns import Row
from reports.output import STDOUT, Form, write_rows

if TYPE_CHECKING:
    from db.office import Office

BOUNCES_HELP = N_(
    "Read notifications that mail came back, a file (.eml) or a folder of them: the messages are marked, and"
    " the addresses on the clients' cards. Needs no sign-in. The files stay where they are; reading them"
    " again changes nothing. Exit code 1 when a file cannot be read as a mail."
)
MOST_FILES = 10_000
UNREADABLE, OTHER = "unreadable", "other"


def bounces(
    path: Annotated[str, typer.Argument(metavar="PATH", help=N_("A mail file, or a folder of them."))],
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Take in what came back."""
    files = _mail_files(Path(path))
    office = program_office(open_shell())
    rows = [_take_in(office, file) for file in files]
    write_rows(BOUNCES, rows, form=form, output=output, force=force, translate=_)
    if any(row["result"] == UNREADABLE for row in rows):
        raise typer.Exit(ExitCode.REFUSED)


def _mail_files(path: Path) -> list[Path]:
    """Return the file, or those right in the folder, without links. Raises NotFound, WrongInput."""
    if not path.exists():
        raise NotFound(N_("There is no file %(file)s."), file=path)
    if not path.is_dir():
        return [path]
    try:
        files = sorted(file for file in path.iterdir() if file.is_file() and not file.is_symlink())
    except OSError as error:
        from db.system_words import cannot_read

        raise cannot_read(path, error) from error
    if len(files) > MOST_FILES:
        raise WrongInput(N_("%(folder)s holds more than %(most)s files."), folder=path, most=MOST_FILES)
    return files


def _take_in(office: Office, file: Path) -> Row:
    from db.operations.mail_decisions import note_bounce
    from db.rules.bounces import MOST_BYTES, read_bounce

    row: dict[str, object] = {"file": file.name}
    try:
        with file.open("rb") as opened:
            found = read_bounce(opened.read(MOST_BYTES + 1))
    except WrongInput as error:
        say_error(error)
        return {**row, "result": UNREADABLE}
    except OSError as error:
        from db.system_words import cannot_read

        say_error(cannot_read(file, error))
        return {**row, "result": UNREADABLE}
    if found is None:
        return {**row, "result": OTHER}
    result = office.do(note_bounce, found)
    about = {"message_id": found.message_id, "status": found.status, "reason": found.reason}
    return {**row, "result": result.value, **about}
