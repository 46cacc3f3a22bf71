"""`bok payment import`: a file of the bank, tried or taken into the books."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.payment_rows import HOW
from bok_tui.commands.progress import progress_bar
from bok_tui.i18n import _
from bok_tui.options import FormOption
from bok_tui.shell import open_shell, read_input, say, signed_in_office
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import Form, write_record, write_rows

if TYPE_CHECKING:
    from db.office import Office
    from db.records.bank_file import BankFile
    from db.records.bank_import import BankImported, ImportPlan

IMPORT_HELP = N_(
    "Import a bank file: an MT940 statement or a CSV list of mass payments (- is standard input). What"
    " is sure is booked, the rest waits: bok payment waiting. The file is taken whole or not at all, and"
    " what came before is not booked again. For supervisors."
)
REPORT = (
    Column("file", N_("File")),
    Column("file_id", N_("Id")),
    Column("kind", N_("Kind")),
    Column("account", N_("Bank account")),
    Column("dry_run", N_("Trial"), Kind.FLAG),
    Column("lines", N_("Payments"), Kind.COUNT),
    Column("booked", N_("Booked"), Kind.COUNT),
    Column("waiting", N_("Waiting"), Kind.COUNT),
    Column("known", N_("Came before"), Kind.COUNT),
    Column("total", N_("Sum"), Kind.AMOUNT),
    Column("booked_total", N_("Booked sum"), Kind.AMOUNT),
    Column("others", N_("No payments"), Kind.COUNT),
    Column("repeated", N_("Imported before"), Kind.FLAG),
    Column("imported_at", N_("Imported at"), Kind.INSTANT),
    Column("taken_back", N_("Taken back by the bank")),
)
DECISIONS = {"booked": N_("booked"), "waiting": N_("waits"), "known": N_("came before")}
LINES = (
    Column("line", N_("Line"), Kind.COUNT),
    Column("day", N_("Day"), Kind.DAY),
    Column("amount", N_("Amount"), Kind.AMOUNT),
    Column("name", N_("Payer")),
    Column("title", N_("Title")),
    Column("decision", N_("Decision"), words=DECISIONS),
    Column("client", N_("Client")),
    Column("invoice", N_("Invoice")),
    Column("how", N_("Recognised by"), words=HOW),
)


def import_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The bank's file; - is standard input."))],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=N_("Only show what would be booked; nothing is written."))
    ] = False,
    form: FormOption = Form.TABLE,
) -> None:
    """Take a file in, or show what would be booked."""
    from db.rules.bank_files.limits import MOST_BYTES
    from db.rules.bank_files.reading import read_bank_file

    office = signed_in_office(open_shell())
    read = read_bank_file(read_input(file, MOST_BYTES + 1))
    name = Path(file).name or file
    plan = _planned(office, read)
    if dry_run:
        _try(office, read, plan, name, form)
        return
    report = _import(office, read, plan, name)
    write_record(REPORT, _report(report, dry_run=False), form=form, translate=_)
    _tell(report)


def _planned(office: Office, read: BankFile) -> ImportPlan:
    """Look for the payers, which takes seconds, while everybody else goes on working."""
    from db.queries.bank_import import plan_import

    with progress_bar(_("Looking for the payers")) as progress:
        return office.read(plan_import, read, progress=progress)


def _import(office: Office, read: BankFile, plan: ImportPlan, name: str) -> BankImported:
    from db.operations.bank_import import import_bank_file

    with progress_bar(_("Booking payments")) as progress:
        return office.do(import_bank_file, name, read, plan=plan, progress=progress)


def _try(office: Office, read: BankFile, plan: ImportPlan, name: str, form: Form) -> None:
    from db.queries.bank_import import note_plan

    report = office.read(note_plan, read, plan, name)
    lines = _lines(read, plan)
    if form is Form.JSON:
        columns = (*REPORT, Column("payments", N_("Payments")))
        payments = [{**line, "amount": f"{line['amount']:.2f}"} for line in lines]
        write_record(columns, {**_report(report, dry_run=True), "payments": payments}, form=form)
    else:
        write_rows(LINES, lines, form=form, translate=_)
    _tell(report)
    say(N_("This was a trial; nothing was booked."))


def _lines(read: BankFile, plan: ImportPlan) -> list[Row]:
    rows: list[Row] = []
    for line, found in zip(read.lines, plan.lines, strict=True):
        known = line.key in plan.known
        decision = "known" if known else "booked" if found else "waiting"
        rows.append(
            {
                "line": line.line,
                "day": line.day,
                "amount": line.amount,
                "name": line.name,
                "title": line.title,
                "decision": decision,
                "client": found.client_number if found and not known else None,
                "invoice": found.invoice_number if found and not known else None,
                "how": found.how if found and not known else None,
            }
        )
    return rows


def _report(report: BankImported, *, dry_run: bool) -> Row:
    back = [{**dataclasses.asdict(one), "amount": f"{one.amount:.2f}"} for one in report.taken_back]
    return {**dataclasses.asdict(report), "file": report.name, "dry_run": dry_run, "taken_back": back}


def _tell(report: BankImported) -> None:
    if report.repeated:
        from bok_tui.wording.figures import day_text
        from db.clock import office_day

        say(
            N_("This file was imported on %(day)s as %(name)s; nothing was booked again."),
            day=day_text(office_day(report.imported_at)),
            name=report.name,
        )
        return
    say(
        N_("Booked: %(booked)s of %(lines)s payments. Waiting: %(waiting)s. Came before: %(known)s."),
        booked=report.booked,
        lines=report.lines,
        waiting=report.waiting,
        known=report.known,
    )
    for back in report.taken_back:
        say(
            N_(
                "Line %(line)s: the bank took %(amount)s zł back (%(title)s). Find the payment in the"
                " client's list and take it back: bok payment void"
            ),
            line=back.line,
            amount=back.amount,
            title=back.title,
        )
