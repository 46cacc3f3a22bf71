"""What to say when a command was called wrongly: the sentence, the usage, where help is."""

from __future__ import annotations

import typer

from bok_tui.i18n import _
from bok_tui.shell import say
from db.words import N_


def explain(error: typer.TyperException) -> None:
    """Write what is wrong with the call, in the chosen language where Typer lets us."""
    context = getattr(error, "ctx", None)
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        typer.echo(error.message, err=True)
        return
    if context is not None:
        typer.echo(context.get_usage(), err=True)
    if kind == "NoSuchOption":
        say(N_("There is no option %(name)s."), name=getattr(error, "option_name", ""))
    elif kind == "MissingParameter" and (parameter := getattr(error, "param", None)) is not None:
        say(N_("%(name)s is missing."), name=parameter.get_error_hint().strip("'"))
    else:
        say("%(text)s", text=error.format_message())
    if context is not None:
        typer.echo(_("Help: %(command)s --help") % {"command": context.command_path}, err=True)
