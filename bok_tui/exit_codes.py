"""What `bok` answers a shell."""

from __future__ import annotations

from enum import IntEnum

from db.errors import (
    BokError,
    CannotWrite,
    DatabaseUnavailable,
    MailServerUnavailable,
    NotAllowed,
    NotFound,
    WrongInput,
)


class ExitCode(IntEnum):
    """The exit codes; a script may rely on each."""

    DONE = 0
    REFUSED = 1
    """A rule of the trade said no, or a check found something."""
    WRONG_CALL = 2
    """The command or a value cannot be read as what is needed."""
    NOT_FOUND = 3
    """What was named does not exist: a client, a meter, a reading, a login, a file to be read."""
    NOT_ALLOWED = 4
    UNAVAILABLE = 5
    """The database or the mail server cannot be reached or is not ours; or a file cannot be written."""
    FAULT = 70
    """A fault of the program itself; the log has its traceback."""
    INTERRUPTED = 130
    """Ctrl+C."""
    PIPE_CLOSED = 141
    """The reader of the output went away."""


def exit_code_of(error: BokError) -> ExitCode:
    """Return the exit code that stands for `error`."""
    kinds: tuple[tuple[type[BokError], ExitCode], ...] = (
        (WrongInput, ExitCode.WRONG_CALL),
        (NotFound, ExitCode.NOT_FOUND),
        (NotAllowed, ExitCode.NOT_ALLOWED),
        (DatabaseUnavailable, ExitCode.UNAVAILABLE),
        (CannotWrite, ExitCode.UNAVAILABLE),
        (MailServerUnavailable, ExitCode.UNAVAILABLE),
    )
    return next((code for kind, code in kinds if isinstance(error, kind)), ExitCode.REFUSED)
