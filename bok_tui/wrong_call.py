"""What to say when a command was called wrongly: the sentence, the usage, where help is.

Typer's own sentences come in English alone: what happened is told from the error's parts.
"""

from __future__ import annotations

import re
from enum import Enum
from typing import Any

import typer

from bok_tui.i18n import _
from bok_tui.shell import say
from db.words import N_

SHOWN = 60
"""Characters of what was typed that a sentence repeats."""
_EXTRA = re.compile(r"Got unexpected extra arguments?(?:\(s\))? \((.*)\)", re.DOTALL)
_MEANT = re.compile(r"(.*) Did you mean (.*)\?", re.DOTALL)


def explain(error: typer.TyperException) -> None:
    """Write what is wrong with the call, in the chosen language."""
    context = getattr(error, "ctx", None)
    kind = type(error).__name__
    if kind == "NoArgsIsHelpError":
        typer.echo(error.message, err=True)
        return
    if context is not None:
        typer.echo(context.get_usage(), err=True)
    parameter = getattr(error, "param", None)
    option = getattr(error, "option_name", "")
    if kind == "NoSuchOption":
        say(N_("There is no option %(name)s."), name=option)
    elif kind == "MissingParameter" and parameter is not None:
        say(N_("%(name)s is missing."), name=_name(parameter))
    elif kind == "BadParameter" and parameter is not None:
        _explain_value(error, parameter)
    elif kind == "BadOptionUsage" and "does not take a value" in error.message:
        say(N_("The option %(name)s takes no value."), name=option)
    elif kind == "BadOptionUsage":
        say(N_("The option %(name)s needs a value."), name=option)
    else:
        _explain_words(error.format_message())
    if context is not None:
        typer.echo(_("Help: %(command)s --help") % {"command": context.command_path}, err=True)


def _explain_value(error: typer.TyperException, parameter: Any) -> None:
    """Say why the value of an option or an argument cannot be, and what it may be."""
    name, value = _name(parameter), _given(error)
    wanted = parameter.type_descriptor.annotation
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        choices = ", ".join(str(choice.value) for choice in wanted)
        say(
            N_("%(name)s cannot be %(value)s. Choose one of: %(choices)s."),
            name=name,
            value=value,
            choices=choices,
        )
    elif wanted is int and parameter.min is not None and parameter.max is not None:
        say(
            N_("%(name)s cannot be %(value)s: it needs a whole number from %(least)s to %(most)s."),
            name=name,
            value=value,
            least=parameter.min,
            most=parameter.max,
        )
    elif wanted is int and parameter.min is not None:
        say(
            N_("%(name)s cannot be %(value)s: it needs a whole number from %(least)s."),
            name=name,
            value=value,
            least=parameter.min,
        )
    elif wanted is int:
        say(N_("%(name)s cannot be %(value)s: it needs a whole number."), name=name, value=value)
    else:
        say(N_("%(name)s cannot be %(value)s."), name=name, value=value)


def _explain_words(message: str) -> None:
    """Say what Typer says without an error of its own kind."""
    if (extra := _EXTRA.fullmatch(message)) is not None:
        say(N_("The command takes fewer words; these are too many: %(words)s."), words=extra[1][:SHOWN])
    elif (meant := _MEANT.fullmatch(message)) is not None:
        say("%(text)s", text=meant[1])  # translated where it is made
        say(N_("Did you mean %(names)s?"), names=meant[2])
    else:
        say("%(text)s", text=message)


def _name(parameter: Any) -> str:
    return str(parameter.get_error_hint()).strip("'")


def _given(error: typer.TyperException) -> str:
    """Return the value that was refused, as it was typed."""
    reasons = getattr(error.__cause__, "errors", None)
    given = reasons()[0].get("input", "") if callable(reasons) else ""
    return repr(str(given)[:SHOWN])
