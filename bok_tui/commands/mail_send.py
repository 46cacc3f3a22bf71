"""`bok mail send`: what is due goes out."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.mail_rows import SENT, sent_row
from bok_tui.commands.progress import progress_bar
from bok_tui.exit_codes import ExitCode, exit_code_of
from bok_tui.i18n import _
from bok_tui.options import FormOption
from bok_tui.shell import open_shell, program_office, say, say_error
from db.records.mail import MailState
from db.words import N_
from reports.output import Form, write_record

if TYPE_CHECKING:
    from db.mail_settings import MailRoute
    from db.office import Office
    from reports.mailing.sending import MailReport

SEND_HELP = N_(
    "Send the messages that are due. Needs no sign-in: it is for cron or a systemd timer. It may be stopped,"
    " killed, or run twice at once: no message is handed over twice. One that the server may have taken when"
    " the line broke is in doubt and waits for bok mail resend. Exit code 1 when a message failed, came back"
    " or is in doubt; 5 when the mail server cannot be used."
)
LONGEST_PAUSE = 60.0
"""Seconds after which a waiting sender looks for new messages."""


def send(
    limit: Annotated[int, typer.Option(min=1, max=100_000, metavar="N", help=N_("Messages at most."))] = 1000,
    wait: Annotated[bool, typer.Option("--wait", help=N_("Stay until nothing waits any more."))] = False,
    form: FormOption = Form.TABLE,
) -> None:
    """Send what is due."""
    from db.mail_settings import route_of

    settings = open_shell()
    route = route_of(settings.mail)
    office = program_office(settings)
    from db.queries.mail import mail_counts

    queued = office.read(mail_counts)[MailState.QUEUED]
    with progress_bar(_("Sending")) as bar:
        tell = None if bar is None else lambda done: bar(done, min(limit, queued))
        report = send_all(office, route, limit=limit, wait=wait, tell=tell)
    write_record(SENT, sent_row(report), form=form, translate=_)
    if report.trouble is not None:
        say_error(report.trouble)
        raise typer.Exit(exit_code_of(report.trouble))
    if report.undelivered:
        say(N_("Not everything could be delivered: bok mail list --state failed (bounced, doubtful)"))
        raise typer.Exit(ExitCode.REFUSED)


def send_all(
    office: Office,
    route: MailRoute,
    *,
    limit: int,
    wait: bool = False,
    tell: Callable[[int], None] | None = None,
    pause: Callable[[float], None] = time.sleep,
) -> MailReport:
    """Send what is due; with `wait`, also what becomes due, until nothing waits or `limit` are tried."""
    from db.queries.mail import next_due
    from reports.mailing.sending import MailReport, send_outbox

    whole = MailReport()
    while True:
        part = send_outbox(office, route, most=limit - whole.tried, progress=tell)
        whole.counts += part.counts
        whole.trouble = part.trouble
        due = office.read(next_due) if wait and whole.tried < limit else None
        if due is None:
            return whole
        seconds = (due - office.house.clock()).total_seconds()
        pause(min(max(seconds, 1.0), LONGEST_PAUSE))
