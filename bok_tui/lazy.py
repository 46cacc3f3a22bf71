"""Commands that are loaded when they are called and speak the chosen language.

Typer's own classes, with two additions. The root knows its commands by name and one line of
help, so that `bok --help` imports none of them. And every help text, marked with `N_` where it
is written, is translated when the command is built: importing a module fixes no language.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

import typer
import typer.main
from typer.core import TyperCommand, TyperGroup

from bok_tui.i18n import _
from db.words import N_

HELP_OPTION = N_("Show this message and exit.")
TYPER_WORDS = (
    N_("Options"),
    N_("Arguments"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
    N_("env var: {var}"),
    N_("Missing command."),
    N_("No such command {name!r}."),
)
"""What Typer itself would say in English."""
USAGE_WORDS = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))
"""What Typer writes into the line of usage in English."""
LONGEST_LINE = 400
"""Characters of a command's line of help before it is cut."""


@dataclass(frozen=True, slots=True)
class LazyCommand:
    """Where a command lives and what its line in the list of commands says."""

    module: str
    """Module whose `attribute` is the command or group: a `typer.Typer`."""
    help: str
    """`N_`-marked."""
    attribute: str = "app"


class Command(TyperCommand):
    """A command in the chosen language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write `Usage:` in the chosen language."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help` with its text in the chosen language."""
        return _translated_help(super().get_help_option(ctx))


class Group(TyperGroup):
    """A group of commands in the chosen language."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write `Usage:` in the chosen language."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: Any) -> Any:
        """Return `--help` with its text in the chosen language."""
        return _translated_help(super().get_help_option(ctx))

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the first sentence of every command's help, whole: long ones go on in the next line."""
        with formatter.section(_("Commands")):
            formatter.write_dl(
                [(name, command.get_short_help_str(LONGEST_LINE)) for name, command in self.commands.items()]
            )


class LazyGroup(Group):
    """A group that knows its commands by name and imports the one that is called."""

    table: Mapping[str, LazyCommand] = {}

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        for name in self.table:
            self.commands[name] = Command(name)

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import the command's module and build the command; None for an unknown name."""
        place = self.table.get(cmd_name)
        if place is None:
            return None
        command = build(getattr(importlib.import_module(place.module), place.attribute))
        command.name = cmd_name
        return command

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the list of commands from the table alone."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(place.help)) for name, place in self.table.items()])


def build(app: typer.Typer) -> Any:
    """Return the command that `app` describes, its texts in the chosen language."""
    # Typer marks its own words for gettext, but binds the system's catalogue at import.
    typer.core._ = _  # type: ignore[attr-defined]  # the name is Typer's own, not exported
    _speak_our_language(app)
    command = typer.main.get_command(app)
    _translate(command)
    return command


def _speak_our_language(app: typer.Typer) -> None:
    app.rich_markup_mode = None
    for info in app.registered_commands:
        if not (isinstance(info.cls, type) and issubclass(info.cls, Command)):
            info.cls = Command
    for group in app.registered_groups:
        if group.typer_instance is not None:
            _speak_our_language(group.typer_instance)
    if not (isinstance(app.info.cls, type) and issubclass(app.info.cls, Group)):
        app.info.cls = Group


def _translate(command: Any) -> None:
    for name in ("help", "short_help", "epilog"):
        if text := getattr(command, name):
            setattr(command, name, _(text))
    for parameter in command.params:
        if parameter.help:
            parameter.help = _(parameter.help)
    if isinstance(command, TyperGroup) and not isinstance(command, LazyGroup):
        for child in cast(Iterable[Any], command.commands.values()):
            _translate(child)


def _write_usage(command: Any, ctx: Any, formatter: Any) -> None:
    pieces: Sequence[str] = command.collect_usage_pieces(ctx)
    words = (_(piece) if piece in USAGE_WORDS else piece for piece in pieces)
    formatter.write_usage(ctx.command_path, " ".join(words), prefix=_("Usage:") + " ")


def _translated_help(option: Any) -> Any:
    if option is not None:
        option.help = _(HELP_OPTION)
    return option
