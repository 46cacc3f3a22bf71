"""`bok report`: what supervisors live in, in any form; each report is a command of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.report_group import REPORT_COMMANDS, ReportGroup, report_app
from bok_tui.commands.report_options import Values, question_of, rows_at_most
from bok_tui.i18n import _, current_language
from bok_tui.lazy import LazyCommand
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import keep_open, open_house, open_shell, read_token, require_room, say
from db.errors import NotFound
from db.words import N_
from reports.columns import Column
from reports.output import STDOUT, Form, write_rows
from reports.supervision.forms import ReportForm
from reports.supervision.registry import REPORTS, definition_of
from reports.supervision.wording import MORE

if TYPE_CHECKING:
    from db.office import Office
    from reports.supervision.definition import Definition, Report
    from reports.supervision.forms import Sender

LIST_HELP = N_("List all reports with one line each. Needs no sign-in.")
EXPLAIN_HELP = N_("Print what every column of a report means. Needs no sign-in.")
_LISTED = (Column("name", N_("Report")), Column("answers", N_("What it answers")))
_EXPLAINED = (
    Column("view", N_("View")),
    Column("key", N_("Key")),
    Column("label", N_("Column")),
    Column("meaning", N_("Meaning")),
)

list_app, explain_app = typer.Typer(add_completion=False), typer.Typer(add_completion=False)


_COMMANDS = {
    **REPORT_COMMANDS,
    "list": LazyCommand("bok_tui.commands.report", N_("List all reports."), "list_app"),
    "explain": LazyCommand("bok_tui.commands.report", N_("Say what each column means."), "explain_app"),
    "send": LazyCommand("bok_tui.commands.report_send", N_("Send a report by e-mail, as PDF.")),
    "schedule": LazyCommand(
        "bok_tui.commands.report_schedule", N_("Print what cron or systemd needs to send it every morning.")
    ),
}


class _Reports(ReportGroup):
    table = _COMMANDS

    def app_of(self, definition: Definition) -> typer.Typer:
        """Return the command that shows one report."""
        example = N_("Example: bok report %(name)s %(options)s")
        return report_app(definition, _run, text=definition.counted, example=example)


app = typer.Typer(
    cls=_Reports,
    no_args_is_help=True,
    add_completion=False,
    help=N_(
        "Reports for supervisors, as a table, json, csv, xlsx or pdf. Needs a sign-in; looks are logged."
    ),
    epilog=N_("Example: bok report receivables --as-of 2026-10-31 --format xlsx --output receivables.xlsx"),
)


@app.callback()
def _group() -> None:
    """Keep the group a group, whatever it holds."""


@list_app.command(help=LIST_HELP, epilog=N_("Example: bok report list"))
def list_command(form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False) -> None:
    """List reports."""
    rows = [{"name": name, "answers": _(answers)} for name, answers in REPORTS.items()]
    write_rows(_LISTED, rows, form=form, output=output, force=force, translate=_)


@explain_app.command(help=EXPLAIN_HELP, epilog=N_("Example: bok report explain receivables"))
def explain_command(
    name: Annotated[str, typer.Argument(metavar="REPORT", help=N_("Its name, as listed."))],
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Print definitions."""
    try:
        definition = definition_of(name.strip().lower())
    except KeyError:
        raise NotFound(N_("There is no report %(name)s. See: bok report list"), name=name[:40]) from None
    rows = [
        {"view": view.key, "key": column.key, "label": _(column.label), "meaning": _(column.meaning)}
        for view in definition.views
        for column in view.columns
    ]
    write_rows(_EXPLAINED, rows, form=form, output=output, force=force, translate=_)


def _run(definition: Definition, values: Values) -> None:
    office = report_office()
    from db.clock import office_day

    question = question_of(definition, values, today=office_day(office.house.clock()))
    require_room(values["output"], force=values["force"])
    from reports.supervision.passing import is_passed_on, write_passing
    from reports.supervision.running import run

    form, limit = values["form"], rows_at_most(values, values["form"])
    asked = {"sort": values["sort"], "limit": limit, "reveal": values["reveal"]}
    if is_passed_on(definition.view(question.by), form):
        to = {"output": values["output"], "force": values["force"]}
        report = write_passing(office, definition, question, form, translate=_, **asked, **to)
    else:
        report = run(office, definition, question, **asked)
        _hand_out(office, report, values)
    _tell(report, form)


def report_office(*, unattended: bool = False) -> Office:
    """Return the door of whoever is signed in, with the copy for reports where there is one.

    `unattended` is the program's own, for a timer. Raises NotAllowed, DatabaseUnavailable.
    """
    settings = open_shell()
    from db.house import with_reports
    from db.office import SYSTEM
    from db.sign_in import resume_session

    house = open_house(settings)
    member = SYSTEM if unattended else resume_session(house, read_token(settings))
    house = with_reports(house, settings)
    if house.reports is not None:
        keep_open(house.reports)
    return house.office(member)


def sender_of(office: Office) -> Sender:
    """Return who hands a report out, now, in the chosen language."""
    from db.operations.confirmation import letterhead_of
    from db.queries.utility import utility
    from reports.supervision.forms import Sender

    return Sender(letterhead_of(office.read(utility)), office.house.clock(), current_language())


def _hand_out(office: Office, report: Report, values: Values) -> None:
    from reports.supervision.forms import write_report

    sender = sender_of(office)
    write_report(report, values["form"], sender, translate=_, output=values["output"], force=values["force"])


def _tell(report: Report, form: ReportForm) -> None:
    """Say what the form itself does not: that there is nothing, and what was left out."""
    if not report.rows and not report.passed and form is not ReportForm.TABLE:
        say(report.empty)
    if report.more:
        say(MORE, count=report.passed or len(report.rows), more=report.more)
