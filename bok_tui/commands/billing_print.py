"""`bok billing print`: the papers of a whole period into one folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.billing_entry import parse_period
from bok_tui.commands.progress import progress_bar
from bok_tui.exit_codes import ExitCode
from bok_tui.i18n import _
from bok_tui.options import FormOption
from bok_tui.shell import open_shell, say, say_error, signed_in_office
from db.errors import Refused, WrongInput
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import Form, write_record

if TYPE_CHECKING:
    from db.office import Office
    from reports.documents.printing import Printable, Printed

PRINT_HELP = N_(
    "Write the papers of the invoices and corrections of a period into a folder, a file each; those that"
    " go by e-mail are left out, unless --all asks for them. Run again"
    " after it was stopped, it goes on: what is there and whole stays. With --joint N, N papers at a time"
    " also go into one file for the print shop. For supervisors; exit code 5 when the folder is full or"
    " cannot be written."
)
MOST_PROCESSES = 8
MOST_TOLD = 20
"""Papers that failed and are told one by one."""
REPORT = (
    Column("period", N_("Period")),
    Column("documents", N_("Documents"), Kind.COUNT),
    Column("written", N_("Written"), Kind.COUNT),
    Column("kept", N_("There before"), Kind.COUNT),
    Column("failed", N_("Failed"), Kind.COUNT),
    Column("joint", N_("Joint files")),
    Column("folder", N_("Folder")),
)


def print_command(
    period: Annotated[str, typer.Option(metavar="YYYY-MM", help=N_("The month of the invoices."))],
    output: Annotated[str, typer.Option("--output", metavar="DIR", help=N_("The folder; made if missing."))],
    joint: Annotated[
        int, typer.Option(min=0, max=1000, metavar="N", help=N_("Papers in one joint file; 0 for none."))
    ] = 0,
    processes: Annotated[
        int, typer.Option(min=0, max=MOST_PROCESSES, metavar="N", help=N_("Processes; 0 for one a core."))
    ] = 0,
    everything: Annotated[
        bool, typer.Option("--all", help=N_("Print the invoices that go by e-mail, too."))
    ] = False,
    form: FormOption = Form.TABLE,
) -> None:
    """Print a period."""
    if not output.strip():
        raise WrongInput(N_("Name the folder for the papers: an empty name is none; a dot is this folder."))
    month = f"{parse_period(period):%Y%m}"
    office = signed_in_office(open_shell())
    from reports.documents.printing import print_documents

    total = _total(office, month, everything=everything)
    folder = Path(output)
    with progress_bar(_("Printing")) as bar:

        def tell(so_far: Printed) -> None:
            if bar is not None:
                bar(so_far.written + so_far.kept + so_far.failed, total)

        workers = min(processes or os.cpu_count() or 1, MOST_PROCESSES)
        done = print_documents(
            documents_of(office, month, by_email=everything),
            folder,
            processes=workers,
            joint_size=joint,
            progress=tell,
        )
    _write(period, total, done, folder, form)
    if done.failed:
        for failure in done.failures[:MOST_TOLD]:
            say_error(failure.error)
        raise typer.Exit(ExitCode.REFUSED)


def _total(office: Office, month: str, *, everything: bool) -> int:
    """Return how many papers there are to print; raises Refused, saying why there are none."""
    from db.queries.print_queue import count_of_period

    total = office.read(count_of_period, month, by_email=everything)
    if total:
        return total
    period = f"{month[:4]}-{month[4:]}"
    if office.read(count_of_period, month):
        raise Refused(
            N_("All invoices of %(period)s go by e-mail; to print them nevertheless, add --all."),
            period=period,
        )
    raise Refused(N_("There are no invoices of %(period)s."), period=period)


def documents_of(office: Office, period: str, *, by_email: bool = True) -> Iterator[Printable]:
    """Yield the documents of a period, a few hundred in memory at a time."""
    from db.queries.print_queue import documents_of_period
    from db.records.money import InvoiceKind
    from reports.documents.printing import Printable

    for kind in InvoiceKind:
        after = 0
        while part := office.read(documents_of_period, period, kind, after=after, by_email=by_email):
            for one in part:
                yield Printable(one.number, one.kind, one.snapshot, one.pdf)
            after = part[-1].serial


def _write(period: str, total: int, done: Printed, folder: Path, form: Form) -> None:
    row: Row = {
        "period": period,
        "documents": total,
        "written": done.written,
        "kept": done.kept,
        "failed": done.failed,
        "joint": list(done.joint),
        "folder": str(folder),
    }
    write_record(REPORT, row, form=form, translate=_)
    say(
        N_("%(written)s written, %(kept)s there before, %(failed)s failed: %(folder)s"),
        written=done.written,
        kept=done.kept,
        failed=done.failed,
        folder=folder,
    )
