"""Groups of commands that have one for each report, built from its definition."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from functools import partial
from typing import Any

import typer

from bok_tui.commands.report_options import COMMON, Parameters, Values, with_options
from bok_tui.i18n import _
from bok_tui.lazy import LazyCommand, LazyGroup, build
from reports.supervision.definition import Definition
from reports.supervision.registry import REPORTS, definition_of

REPORT_COMMANDS = {
    name: LazyCommand(f"reports.supervision.{name}", answers) for name, answers in REPORTS.items()
}

EXAMPLES = {
    "daily": "--as-of 2026-11-20 --format pdf --output daily.pdf",
    "receivables": "--bucket 91-180 --as-of 2026-10-31",
    "readings": "--from 2026-11-01 --by agent",
    "payments": "--by cash --from 2026-11-16 --to 2026-11-20",
    "revenue": "--by group --from 2026-10-01 --to 2026-10-31",
    "contacts": "--from 2026-11-01 --by hour",
    "access": "--client 100042 --from 2026-10-01",
    "agents": "--from 2026-11-16 --to 2026-11-20",
    "unread": "--periods 3 --street Długa --by meter",
    "meters": "--until 2026-12-31 --by list",
    "requests": "--by kind --from 2026-10-01 --to 2026-10-31",
    "complaints": "--by list --sort deadline",
    "einvoice": "--from 2026-10-01 --to 2026-10-31",
    "consumption": "--by losses --period 2026-10",
    "quality": "--by list --format csv --output quality.csv",
}
"""What each report is typically asked, as one types it: the same in every language."""


class ReportGroup(LazyGroup):
    """A group with a command for each report: `app_of` makes it of the definition."""

    @abstractmethod
    def app_of(self, definition: Definition) -> typer.Typer:
        """Return the command of a report; each group has its own."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Build the command of a report from its definition, or the one that the table names."""
        if cmd_name not in REPORTS:
            return super().get_command(ctx, cmd_name)
        command = build(self.app_of(definition_of(cmd_name)))
        command.name = cmd_name
        return command


def report_app(
    definition: Definition,
    run: Callable[[Definition, Values], None],
    *,
    text: str,
    example: str,
    common: Parameters = COMMON,
) -> typer.Typer:
    """Return the command that lets `run` do something with a report.

    `text` goes on below what the report answers and `example` names it as `name`, what it is typically
    asked as `options`, both `N_`-marked; `common` are the options beside its own.
    """
    own = typer.Typer(add_completion=False)
    own.command(
        help=f"{_(REPORTS[definition.name])}\n\n{_(text)}",
        epilog=_(example) % {"name": definition.name, "options": EXAMPLES[definition.name]},
    )(with_options(definition, partial(run, definition), common=common))
    return own
