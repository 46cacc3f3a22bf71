"""`bok billing invoice`, `correct`, `to-correct` and `settle`: one invoice at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.billing_entry import skip_words
from bok_tui.exit_codes import ExitCode
from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, require_room, say, signed_in_office
from db.errors import WrongInput
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from db.office import Office
    from db.records.billing import ContractBilled
    from db.records.issued import IssuedDocumentView

INVOICE_HELP = N_(
    "Show an invoice or a correction as it was issued, or write its paper with --pdf. The last segments of"
    " the number are enough where no other ends so: 118/123456/20261122. Every look is logged."
)
CORRECT_HELP = N_(
    "Correct an invoice: reading computes its days anew from the readings that count today, price by"
    " today's tariff or by --group, buyer takes over the client's data, void takes it back whole, so that"
    " its period can be billed anew. Later invoices that went on from it are corrected with it. For"
    " supervisors; exit code 1 when nothing differs."
)
TO_CORRECT_HELP = N_("List the invoices that settled a reading which was voided since. For supervisors.")
SETTLE_HELP = N_(
    "Bill one contract: one that has ended to its last day, a running one for the last period that is"
    " over. For supervisors. Exit code 1 when there is no invoice, with the reason."
)
LINES = (
    Column("service", N_("Service")),
    Column("starts_on", N_("From")),
    Column("ends_on", N_("To")),
    Column("quantity", N_("Quantity")),
    Column("price", N_("Net price")),
    Column("net", N_("Net")),
    Column("vat_rate", N_("VAT %")),
)
CORRECTIONS = (
    Column("number", N_("Correction")),
    Column("corrects", N_("Corrects")),
    Column("before", N_("Before"), Kind.AMOUNT),
    Column("after", N_("After"), Kind.AMOUNT),
    Column("difference", N_("Difference"), Kind.AMOUNT),
)
WRONG = (
    Column("number", N_("Invoice")),
    Column("client", N_("Client")),
    Column("meter", N_("Meter")),
    Column("day", N_("Voided reading of"), Kind.DAY),
    Column("state", N_("State"), Kind.VOLUME),
    Column("gross", N_("Gross"), Kind.AMOUNT),
)
SETTLED = (
    Column("contract", N_("Contract")),
    Column("client", N_("Client")),
    Column("from", N_("From"), Kind.DAY),
    Column("to", N_("To"), Kind.DAY),
    Column("invoice", N_("Invoice")),
    Column("gross", N_("Gross"), Kind.AMOUNT),
    Column("reason", N_("Left out because")),
    Column("detail", N_("Details")),
)

Number = Annotated[str, typer.Argument(metavar="NUMBER", help=N_("FAK/..., KOR/..., or its last segments."))]


def invoice_command(
    number: Number,
    pdf: Annotated[str, typer.Option("--pdf", metavar="FILE", help=N_("Write the paper to this file."))] = "",
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Show one invoice."""
    if pdf:
        require_room(pdf, force=force)
    office = signed_in_office(open_shell())
    from db.queries.documents import document
    from db.queries.invoices import invoice_number

    view = office.read(document, office.read(invoice_number, number))
    if pdf:
        _write_paper(office, view, pdf, force=force)
    else:
        _show(view, form, output, force=force)


def _write_paper(office: Office, view: IssuedDocumentView, pdf: str, *, force: bool) -> None:
    """Write the first paper that was made, or make it and have it kept."""
    from db.operations.documents import note_rendering
    from db.queries.documents import rendered_pdf
    from db.whole_files import save

    data = office.read(rendered_pdf, view.number) if view.pdf_sha256 else None
    if data is None:
        from reports.documents.registry import render

        data = render(view.kind, view.snapshot)
        office.do(note_rendering, view.id, data)
    save(Path(pdf), data, force=force)
    say(N_("%(number)s: %(path)s"), number=view.number, path=pdf)


def _show(view: IssuedDocumentView, form: Form, output: str, *, force: bool) -> None:
    said = json.loads(view.snapshot)
    if form is Form.JSON:
        columns = tuple(Column(key, key) for key in said)
        write_record(columns, said, form=form, output=output, force=force)
    elif form is Form.CSV:
        bill = said["bill"] if "bill" in said else said["difference"]
        write_rows(LINES, bill["lines"], form=form, output=output, force=force)
    else:
        from reports.documents.as_text import as_text
        from reports.output import write_text

        write_text(as_text(view.kind, view.snapshot), output=output, force=force)


def correct_command(
    number: Number,
    reason: Annotated[str, typer.Option(metavar="KIND", help=N_("reading, price, buyer or void."))],
    why: Annotated[str, typer.Option(metavar="TEXT", help=N_("What happened, as the letter says it."))],
    group: Annotated[
        str, typer.Option(metavar="CODE", help=N_("Of a wrong price: the right tariff group."))
    ] = "",
    form: FormOption = Form.TABLE,
) -> None:
    """Correct one invoice, and those that went on from it."""
    from db.records.corrections import CorrectionKind, CorrectionOrder

    kinds = {kind.value: kind for kind in CorrectionKind}
    if (kind := kinds.get(reason.strip().casefold())) is None:
        raise WrongInput(N_("A reason is one of: %(kinds)s."), kinds=", ".join(kinds))
    if group and kind is not CorrectionKind.PRICE:
        raise WrongInput(N_("--group goes with --reason price only."))
    office = signed_in_office(open_shell())
    from db.operations.corrections import correct_invoice
    from db.queries.invoices import invoice_number

    order = CorrectionOrder(kind, why, group.strip().upper())
    done = office.do(correct_invoice, office.read(invoice_number, number), order)
    rows: list[Row] = [
        {
            "number": one.number,
            "corrects": one.corrects,
            "before": one.before,
            "after": one.after,
            "difference": one.difference,
        }
        for one in done
    ]
    write_rows(CORRECTIONS, rows, form=form, translate=_)


def to_correct_command(form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False) -> None:
    """List what waits to be corrected; an empty list is a good day."""
    office = signed_in_office(open_shell())
    from db.queries.invoices import invoices_to_correct

    rows: list[Row] = [
        {
            "number": one.number,
            "client": one.client_number,
            "meter": one.meter,
            "day": one.day,
            "state": one.state,
            "gross": one.gross,
        }
        for one in office.read(invoices_to_correct)
    ]
    write_rows(WRONG, rows, form=form, output=output, force=force, translate=_)
    if not rows:
        say(N_("No invoice waits to be corrected."))


def settle_command(
    contract: Annotated[
        str, typer.Argument(metavar="CONTRACT", help=N_("Contract, or a client who has only one."))
    ],
    estimate: Annotated[
        bool, typer.Option("--estimate", help=N_("Charge the average where nobody read the meter."))
    ] = False,
    form: FormOption = Form.TABLE,
) -> None:
    """Bill one contract."""
    office = signed_in_office(open_shell())
    from db.operations.settlement import bill_contract

    done = office.do(bill_contract, contract, estimate=estimate)
    write_record(SETTLED, _settled_row(done, form), form=form, translate=_)
    if done.skipped is not None:
        say(N_("There is no invoice: %(why)s."), why=skip_words(done.skipped)[0])
        raise typer.Exit(ExitCode.REFUSED)


def _settled_row(done: ContractBilled, form: Form) -> Row:
    reason = detail = None
    if done.skipped is not None:
        words, detail = skip_words(done.skipped)
        reason = words if form is Form.TABLE else done.skipped.reason.value
    return {
        "contract": done.contract,
        "client": done.client_number,
        "from": done.window.first,
        "to": done.window.last,
        "invoice": done.invoice,
        "gross": done.gross,
        "reason": reason,
        "detail": detail,
    }
