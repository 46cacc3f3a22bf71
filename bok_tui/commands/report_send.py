"""`bok report send REPORT --to ADDRESS`: a report as mail, its PDF with it."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.report import report_office, sender_of
from bok_tui.commands.report_group import REPORT_COMMANDS, ReportGroup, report_app
from bok_tui.commands.report_options import ASKED, Values, question_of, rows_at_most
from bok_tui.i18n import _
from bok_tui.options import FormOption
from db.words import N_
from reports.columns import Column
from reports.output import Form, write_rows
from reports.supervision.forms import ReportForm

if TYPE_CHECKING:
    from reports.supervision.definition import Definition

SEND_HELP = N_(
    "Queue a report as mail with its PDF, for bok mail send to hand over. It goes to addresses of the"
    " office's own domain alone, names in it stay masked, and it is logged like an export. A timer has no"
    " sign-in: with --unattended the program sends it, to whom a supervisor has sent a report before."
)
TO = Annotated[
    list[str], typer.Option("--to", metavar="ADDRESS", help=N_("Whom to write to; may be repeated."))
]
UNATTENDED = Annotated[bool, typer.Option("--unattended", help=N_("For a timer: without a sign-in."))]
QUEUED = (
    Column("message", N_("Message")),
    Column("address", N_("Address")),
    Column("subject", N_("Subject")),
)
_COMMON = (
    ("to", TO, inspect.Parameter.empty),
    ("unattended", UNATTENDED, False),
    *ASKED,
    ("form", FormOption, Form.TABLE),
)


class _Sendings(ReportGroup):
    table = REPORT_COMMANDS

    def app_of(self, definition: Definition) -> typer.Typer:
        """Return the command that sends one report."""
        example = N_("Example: bok report send %(name)s --to kierownik@example.pl")
        return report_app(definition, _send, text=SEND_HELP, example=example, common=_COMMON)


app = typer.Typer(
    cls=_Sendings,
    no_args_is_help=True,
    add_completion=False,
    help=SEND_HELP,
    epilog=N_("Example: bok report send daily --to kierownik@example.pl"),
)


@app.callback()
def _group() -> None:
    """Keep the group a group."""


def _send(definition: Definition, values: Values) -> None:
    office = report_office(unattended=values["unattended"])
    from db.clock import office_day
    from db.operations.report_mail import queue_report
    from db.queries.utility import utility
    from db.rules.report_addresses import office_address
    from reports.supervision.posting import as_mail
    from reports.supervision.running import run

    question = question_of(definition, values, today=office_day(office.house.clock()))
    own = office.read(utility).email
    for address in values["to"]:
        office_address(address, own)  # before anything is counted
    limit = rows_at_most(values, ReportForm.PDF)
    report = run(office, definition, question, sort=values["sort"], limit=limit)
    subject, text, file = as_mail(report, sender_of(office), _)
    scope = f"{definition.name} {report.view.key}"
    queued = office.do(queue_report, values["to"], scope, subject, text, file)
    rows = [{"message": str(key), "address": address, "subject": subject} for key, address in queued]
    write_rows(QUEUED, rows, form=values["form"], translate=_)
