"""`bok jobs run`: what the calendar asks for, once a day or as often as one likes."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.i18n import _
from bok_tui.options import FormOption
from bok_tui.shell import open_shell, program_office, say, signed_in_office
from db.records.people import Role
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import Form, write_record

if TYPE_CHECKING:
    from datetime import date

    from db.office import Office
    from db.work import Work

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("Do what the calendar asks for. For cron or a systemd timer."),
    epilog=N_("Example: bok jobs run"),
)

RUN_HELP = N_(
    "Apply approved requests and start e-invoices whose day has come, note complaints that count as accepted,"
    " accept sure readings that came by e-mail where that is switched on, and say what is late. Run twice, it"
    " does nothing the second time. Needs no sign-in; only with --as-of a supervisor's."
)
REPORT = (
    Column("as_of", N_("As of"), Kind.DAY),
    Column("requests_applied", N_("Requests applied"), Kind.COUNT),
    Column("einvoices_started", N_("E-invoices started"), Kind.COUNT),
    Column("complaints_deemed", N_("Complaints deemed accepted"), Kind.COUNT),
    Column("mails_accepted", N_("Readings by e-mail accepted by themselves"), Kind.COUNT),
    Column("requests_overdue", N_("Requests past their deadline"), Kind.COUNT),
    Column("complaints_due", N_("Complaints due within three days or late"), Kind.COUNT),
)
NOON = time(11, 0, tzinfo=UTC)
"""An instant of the day that is asked for, whatever the season."""


@app.callback()
def jobs() -> None:
    """A group of its own, though it has one command."""


@app.command(help=RUN_HELP, epilog=N_("Example: bok jobs run --format json"))
def run(
    as_of: Annotated[
        str,
        typer.Option("--as-of", metavar="DAY", help=N_("As if it were this day: 2026-11-22, 22.11 or d-1.")),
    ] = "",
    form: FormOption = Form.TABLE,
) -> None:
    """Do what is due."""
    settings = open_shell()
    office = _on(signed_in_office(settings), as_of) if as_of else program_office(settings)
    row = run_jobs(office)
    write_record(REPORT, row, form=form, translate=_)
    if row["requests_overdue"] or row["complaints_due"]:
        say(N_("Something is late or soon will be: bok request list --overdue"))


def run_jobs(office: Office) -> Row:
    """Do what is due by the office's clock, and return how much of each there was."""
    from db.clock import office_day
    from db.operations.complaints import deem_complaints
    from db.operations.einvoice import activate_due
    from db.operations.inbox_auto import auto_accept_mail
    from db.operations.request_decisions import apply_due
    from db.queries.requests import request_counts

    done = {
        "as_of": office_day(office.house.clock()),
        # requests first: one of them may be for an e-invoice
        "requests_applied": _until_done(office, apply_due),
        "einvoices_started": _until_done(office, activate_due),
        "complaints_deemed": _until_done(office, deem_complaints),
        "mails_accepted": _until_done(office, auto_accept_mail) if office.actor.role is Role.SYSTEM else 0,
    }
    counts = office.read(request_counts)
    return {**done, "requests_overdue": counts.overdue, "complaints_due": counts.complaints_due}


def _until_done(office: Office, job: Callable[[Work], int]) -> int:
    """Run a job, a part a transaction, until nothing is left of it; return how much there was."""
    total = 0
    while part := office.do(job):
        total += part
    return total


def _on(office: Office, text: str) -> Office:
    """Return the same door on another day."""
    from bok_tui.commands.billing_entry import parse_known_day

    day: date = parse_known_day(office, text)
    house = dataclasses.replace(office.house, clock=lambda: datetime.combine(day, NOON))
    return dataclasses.replace(office, house=house)
