"""`bok`: the agents' screen, and the commands of the shell.

Whatever happens, a person reads one sentence and a script an exit code; a traceback goes to
the log alone.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from bok_tui.exit_codes import ExitCode, exit_code_of
from bok_tui.i18n import choose_language
from bok_tui.lazy import LazyCommand, LazyGroup, build
from bok_tui.shell import close_all, say, say_error
from db.errors import BokError, CannotWrite, DatabaseUnavailable
from db.words import N_

COMMANDS = {
    "demo": LazyCommand("bok_tui.commands.demo", N_("Open the agents' screen over a made-up town.")),
    "client": LazyCommand("bok_tui.commands.client", N_("Find clients and show them.")),
    "reading": LazyCommand("bok_tui.commands.reading", N_("Record, list, void and import meter readings.")),
    "payment": LazyCommand(
        "bok_tui.commands.payment", N_("Take payments, import bank files, match what is left.")
    ),
    "billing": LazyCommand("bok_tui.commands.billing", N_("Bill, correct and print; prices and rates.")),
    "water": LazyCommand("bok_tui.commands.water", N_("Water put into the network, for its losses.")),
    "request": LazyCommand(
        "bok_tui.commands.request", N_("The queue of requests; take in the portal's batch.")
    ),
    "ebok": LazyCommand(
        "bok_tui.commands.ebok", N_("Accounts in the portal e-BOK: show, register, send the link, lock.")
    ),
    "jobs": LazyCommand("bok_tui.commands.jobs", N_("Do what the calendar asks for; for cron.")),
    "mail": LazyCommand("bok_tui.commands.mail", N_("Send queued mail; look after what came back.")),
    "report": LazyCommand("bok_tui.commands.report", N_("Reports for supervisors, in any form.")),
    "sign-in": LazyCommand("bok_tui.commands.sign_in", N_("Sign in to the shell for a working day.")),
    "sign-out": LazyCommand("bok_tui.commands.sign_in", N_("End the shell's sign-in."), "sign_out_app"),
    "staff": LazyCommand("bok_tui.commands.staff", N_("Add, list and disable staff; set passwords.")),
    "db": LazyCommand("bok_tui.commands.database", N_("Create, upgrade, check, back up, restore.")),
    "info": LazyCommand("bok_tui.commands.info", N_("Versions, places and what is wrong with them.")),
}
EPILOG = N_("Without a command, bok opens the agents' screen. Example: bok demo")


class _Root(LazyGroup):
    table = COMMANDS


app = typer.Typer(
    cls=_Root,
    name="bok",
    help=N_("The back office of a water utility: find the client, take the reading, hand over the PDF."),
    epilog=EPILOG,
    invoke_without_command=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def root(
    context: typer.Context,
    lang: Annotated[str, typer.Option(help=N_("Language: pl or en."), metavar="LANG")] = "",
    version: Annotated[bool, typer.Option("--version", help=N_("Show the version and exit."))] = False,
) -> None:
    """Open the agents' screen unless a command was named."""
    if lang:
        os.environ["BOK_LANG"] = lang
    if version:
        from importlib.metadata import version as version_of

        typer.echo(version_of("bok-tui"))
    elif context.invoked_subcommand is None:
        _open_screen()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `bok` with `arguments` (the process's own by default) and return its exit code."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        choose_language(language_of(arguments, os.environ))
        code = _run(list(arguments))
        if sys.stdout is not None:
            sys.stdout.flush()
    except BokError as error:
        return _tell(error)
    except (KeyboardInterrupt, typer.Abort):
        say(N_("Stopped. What was finished by then stays done."))
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        return ExitCode.PIPE_CLOSED
    except OSError as error:
        return _cannot_use(error)
    except Exception as error:  # the last resort: logged whole, told in one line
        return _confess(error)
    finally:
        close_all()
        _let_go_of_output()
    return code


def language_of(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return the language that `--lang`, the environment or the settings file asks for."""
    for place, argument in enumerate(arguments):
        if argument == "--lang" and place + 1 < len(arguments):
            return arguments[place + 1]
        if argument.startswith("--lang="):
            return argument.removeprefix("--lang=")
        if not argument.startswith("-"):
            break
    if lang := environment.get("BOK_LANG"):
        return lang
    from db.settings import FILE_NAME, find_folders, load_settings

    if not (find_folders(environment).config / FILE_NAME).exists():
        return "pl"
    try:
        return load_settings(environment).lang
    except BokError:
        return "pl"  # whoever needs the settings will say what is wrong with them


def _run(arguments: list[str]) -> int:
    command = build(app)
    try:
        with command.make_context("bok", arguments) as context:
            command.invoke(context)
    except typer.Exit as done:
        return done.exit_code
    except typer.TyperException as error:
        from bok_tui.wrong_call import explain

        explain(error)
        return error.exit_code
    return ExitCode.DONE


def _open_screen() -> None:
    from bok_tui.log import set_up
    from bok_tui.start import run_agents_screen
    from db.settings import load_settings

    settings = load_settings()
    set_up(settings.folders.log)
    run_agents_screen(settings)


def _tell(error: BokError) -> int:
    say_error(error)
    if isinstance(error, CannotWrite | DatabaseUnavailable) and error.__cause__ is not None:
        import logging

        # what the driver or the system said of it
        logging.getLogger("bok.refused").info("%s", error.message, exc_info=error.__cause__)
    return exit_code_of(error)


def _let_go_of_output() -> None:
    """Python flushes standard output once more at exit; what cannot be written goes nowhere then."""
    if sys.stdout is None:  # closed by whoever called
        return
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _cannot_use(error: OSError) -> int:
    """Tell which file of ours cannot be used; a fault that names none is the program's."""
    if error.errno == errno.ENOSPC and not error.filename:
        from reports.output import NO_ROOM

        say(NO_ROOM)
        return ExitCode.UNAVAILABLE
    if not error.filename:
        return _confess(error)
    from db.system_words import told, why

    unusable = CannotWrite(N_("%(file)s cannot be used: %(why)s."), file=error.filename, why=why(error))
    return _tell(told(unusable, error))


def _confess(error: Exception) -> int:
    from bok_tui.log import keep_traceback

    code, file = keep_traceback(error)
    say(N_("Something in the program went wrong. Error %(code)s; details: %(file)s"), code=code, file=file)
    return ExitCode.FAULT


if __name__ == "__main__":
    sys.exit(main())
