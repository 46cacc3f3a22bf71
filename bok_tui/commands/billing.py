"""`bok billing`: bill a period, correct an invoice, print, prices; and what a bill comes to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.billing_invoice import (
    CORRECT_HELP,
    INVOICE_HELP,
    SETTLE_HELP,
    TO_CORRECT_HELP,
    correct_command,
    invoice_command,
    settle_command,
    to_correct_command,
)
from bok_tui.commands.billing_print import PRINT_HELP, print_command
from bok_tui.commands.billing_run import RUN_HELP, run_command
from bok_tui.commands.billing_tariff import rates_app, tariff_app
from bok_tui.i18n import _
from bok_tui.options import FormOption
from bok_tui.shell import read_input
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import Form, write_record, write_rows

if TYPE_CHECKING:
    from db.records.charges import ChargeLine, Charges, Totals

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("Bill, correct and print. Needs a sign-in, but for quote; everything is logged."),
    epilog=N_("Example: bok billing run --period 2026-10 --dry-run"),
)

QUOTE_HELP = N_(
    "Compute a bill from a description alone: period, contract, prices, VAT rates and readings as JSON"
    " (- is standard input). Needs no database and no sign-in, and writes nothing. Exit code 1 when the"
    " description gives no bill; 2 when it is not JSON of the right shape."
)

SERVICES = {"water": N_("water"), "sewage": N_("sewage"), "standing": N_("standing charge")}
UNITS = {"m3": N_("m³"), "month": N_("month")}
LINES = (
    Column("service", N_("Service"), words=SERVICES),
    Column("from", N_("From"), Kind.DAY),
    Column("to", N_("To"), Kind.DAY),
    Column("quantity", N_("Quantity"), Kind.VOLUME),
    Column("unit", N_("Unit"), words=UNITS),
    Column("price", N_("Net price"), Kind.VOLUME),
    Column("net", N_("Net"), Kind.AMOUNT),
    Column("vat_rate", N_("VAT %"), Kind.VOLUME),
)
VAT = (
    Column("rate", N_("VAT %"), Kind.VOLUME),
    Column("net", N_("Net"), Kind.AMOUNT),
    Column("vat", N_("VAT"), Kind.AMOUNT),
    Column("gross", N_("Gross"), Kind.AMOUNT),
)
BILL = (
    Column("lines", N_("Lines")),
    Column("vat", N_("VAT")),
    Column("net", N_("Net"), Kind.AMOUNT),
    Column("vat_total", N_("VAT in all"), Kind.AMOUNT),
    Column("gross", N_("Gross"), Kind.AMOUNT),
    Column("days", N_("Days"), Kind.COUNT),
)
SUMS = BILL[2:]


@app.command("quote", help=QUOTE_HELP, epilog=N_("Example: bok billing quote bill.json --format json"))
def quote_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The description; - is standard input."))],
    form: FormOption = Form.TABLE,
) -> None:
    """Compute one bill."""
    from db.rules.charges import quote
    from db.rules.charges_description import MOST_BYTES, parse_description

    charges = quote(parse_description(read_input(file, MOST_BYTES + 1)))
    lines = [_line_row(line) for line in charges.lines]
    if form is Form.CSV:
        write_rows(LINES, lines, form=form)
        return
    rates = _vat_rows(charges.totals)
    bill: Row = {"lines": lines, "vat": rates, **_sums(charges)}
    if form is Form.JSON:
        write_record(BILL, bill, form=form)
        return
    write_rows(LINES, lines, form=form, translate=_)
    typer.echo()
    write_rows(VAT, rates, form=form, translate=_)
    typer.echo()
    write_record(SUMS, bill, form=form, translate=_)


app.command("run", help=RUN_HELP, epilog=N_("Example: bok billing run --period 2026-10"))(run_command)
app.command(
    "invoice",
    help=INVOICE_HELP,
    epilog=N_("Example: bok billing invoice 118/123456/20261122 --pdf invoice.pdf"),
)(invoice_command)
app.command(
    "print", help=PRINT_HELP, epilog=N_("Example: bok billing print --period 2026-10 --output october")
)(print_command)
app.command(
    "correct",
    help=CORRECT_HELP,
    epilog=N_("Example: bok billing correct 118/123456/20261122 --reason reading --why 'zły odczyt'"),
)(correct_command)
app.command("to-correct", help=TO_CORRECT_HELP, epilog=N_("Example: bok billing to-correct --format csv"))(
    to_correct_command
)
app.command("settle", help=SETTLE_HELP, epilog=N_("Example: bok billing settle U/2014/004512"))(
    settle_command
)
app.add_typer(tariff_app, name="tariff")
app.add_typer(rates_app, name="rates")


def _line_row(line: ChargeLine) -> Row:
    return {
        "service": line.service.value,
        "from": line.first,
        "to": line.last,
        "quantity": line.quantity,
        "unit": line.unit.value,
        "price": line.price,
        "net": line.net,
        "vat_rate": line.vat_rate,
    }


def _vat_rows(totals: Totals) -> list[Row]:
    return [{"rate": row.rate, "net": row.net, "vat": row.vat, "gross": row.gross} for row in totals.vat]


def _sums(charges: Charges) -> dict[str, object]:
    totals = charges.totals
    return {
        "net": totals.net,
        "vat_total": totals.vat_total,
        "gross": totals.gross,
        "days": charges.days,
    }
