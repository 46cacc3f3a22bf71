"""`bok billing run`: the invoices of a period, with a protocol of who was left out and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.billing_entry import parse_period, skip_words
from bok_tui.commands.progress import progress_bar
from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, require_room, say, signed_in_office
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from db.records.billing import RunReport, SkippedContract

RUN_HELP = N_(
    "Issue the invoices of every contract whose billing period ends in a month that is over, and say who"
    " was left out and why. What is billed is never billed twice: run it again when readings have come"
    " in, or after it was stopped. With --dry-run nothing is written."
)
SKIPPED = (
    Column("contract", N_("Contract")),
    Column("client", N_("Client")),
    Column("reason", N_("Left out because")),
    Column("detail", N_("Details")),
)
REPORT = (
    Column("period", N_("Period")),
    Column("billed", N_("Billed"), Kind.COUNT),
    Column("by_email", N_("By e-mail"), Kind.COUNT),
    Column("gross", N_("Gross"), Kind.AMOUNT),
    Column("skipped", N_("Left out")),
    Column("skipped_count", N_("Left out"), Kind.COUNT),
    Column("reasons", N_("Reasons")),
    Column("dry_run", N_("Trial"), Kind.FLAG),
)

Period = Annotated[str, typer.Option(metavar="YYYY-MM", help=N_("The month in which the periods end."))]
Group = Annotated[str, typer.Option(metavar="CODE", help=N_("Only contracts of this tariff group."))]
Estimate = Annotated[
    bool, typer.Option("--estimate", help=N_("Charge the average where nobody read the meter."))
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=N_("Compute everything and write nothing."))]


def run_command(
    period: Period,
    group: Group = "",
    estimate: Estimate = False,
    dry_run: DryRun = False,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Bill a period, or try it."""
    month = parse_period(period)
    require_room(output, force=force)
    office = signed_in_office(open_shell())
    from db.billing_run import run_billing, try_billing

    bill = try_billing if dry_run else run_billing
    code = group.strip().upper() or None
    with progress_bar(_("Billing")) as progress:
        report = bill(office, month, group=code, estimate=estimate, progress=progress)
    _tell(report)
    if form is Form.JSON:
        write_record(REPORT, _report_row(report), form=form, output=output, force=force)
        return
    rows = [_skipped_row(line, form) for line in report.skipped]
    write_rows(SKIPPED, rows, form=form, output=output, force=force, translate=_)


def _report_row(report: RunReport) -> Row:
    return {
        "period": report.period,
        "billed": report.billed,
        "by_email": report.by_email,
        "gross": f"{report.gross:.2f}",
        "skipped": [_skipped_row(line, Form.JSON) for line in report.skipped],
        "skipped_count": report.skipped_count,
        "reasons": {reason.value: count for reason, count in sorted(report.reasons.items())},
        "dry_run": report.dry_run,
    }


def _skipped_row(line: SkippedContract, form: Form) -> Row:
    words, detail = skip_words(line.skipped)
    return {
        "contract": line.contract,
        "client": line.client_number,
        "reason": words if form is Form.TABLE else line.skipped.reason.value,
        "detail": detail,
    }


def _tell(report: RunReport) -> None:
    say(
        N_("%(period)s: invoices: %(billed)s, gross: %(gross)s zł, contracts left out: %(skipped)s."),
        period=report.period,
        billed=report.billed,
        gross=report.gross,
        skipped=report.skipped_count,
    )
    say(
        N_("By e-mail: %(mailed)s, on paper: %(printed)s."),
        mailed=report.by_email,
        printed=report.billed - report.by_email,
    )
    if report.dry_run:
        say(N_("This was a trial; nothing was written."))
    elif report.skipped_count > len(report.skipped):
        say(N_("The list shows the first %(count)s."), count=len(report.skipped))
