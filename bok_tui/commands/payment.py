"""`bok payment`: take money in, import what the bank says, match what is left."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.payment_cash import app as cash_app
from bok_tui.commands.payment_import import IMPORT_HELP, import_file
from bok_tui.commands.payment_rows import (
    METHODS,
    PAYMENTS,
    TAKEN,
    WAITING,
    WAITING_FIELDS,
    payment_row,
    taken_row,
    tell_taken,
    waiting_row,
)
from bok_tui.commands.reading import LONGEST_KEY, FiguresCommand
from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, say, signed_in_office
from db.errors import WrongInput
from db.words import N_
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from datetime import date

    from db.office import Office
    from db.records.ledger import PaymentTaken
    from db.records.money import PaymentMethod

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("Take payments, import bank files, match what is left. Needs a sign-in; everything is logged."),
    epilog=N_("Example: bok payment import statement.sta --dry-run"),
)

ADD_HELP = N_(
    "Book money taken at the desk, or a transfer entered by hand; cash and card get a receipt. It pays"
    " the invoice that is named, then what has been due the longest; the rest is an overpayment."
)
WAITING_HELP = N_(
    "List the payments of bank files that nobody has matched, the oldest first, with the clients whose"
    " they may be."
)
MATCH_HELP = N_(
    "Book a waiting payment for a client. Exit code 1 when somebody has decided about it meanwhile."
)
DISMISS_HELP = N_("Take a waiting payment off the list that is no client's. For supervisors.")
VOID_HELP = N_(
    "Take back a payment that was booked by mistake: it stays on record, and a second entry cancels it."
    " For supervisors. Money of a bank file is then booked for the right client with bok payment add."
)
REFUND_HELP = N_("Send an overpayment back, at most what is overpaid today. For supervisors.")
SAMPLE_HELP = N_(
    "Write a bank statement that pays the demo's open invoices, to try the import with. Only in a demo."
)

Client = Annotated[str, typer.Argument(metavar="CLIENT", help=N_("The client number."))]
Amount = Annotated[
    str, typer.Argument(metavar="AMOUNT", help=N_("Złoty: 12,50 or 12.50 or 1 234,56; never 1,234."))
]
Invoice = Annotated[str, typer.Option(metavar="NUMBER", help=N_("The invoice that the payer names: FAK/..."))]


@app.command(
    cls=FiguresCommand, help=ADD_HELP, epilog=N_("Example: bok payment add 123456 146,45 --method cash")
)
def add(
    client: Client,
    amount: Amount,
    method: Annotated[str, typer.Option(metavar="METHOD", help=N_("cash, card, transfer or online."))],
    invoice: Invoice = "",
    day: Annotated[
        str, typer.Option(metavar="DAY", help=N_("When it came: 2026-11-22, 22.11 or d-1; today without."))
    ] = "",
    title: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("What it is for, in the payer's words."))
    ] = "",
    payer: Annotated[str, typer.Option(metavar="NAME", help=N_("Who pays, when it is not the client."))] = "",
    submission: Annotated[
        str, typer.Option(metavar="KEY", help=N_("Books once, however often the same key is sent."))
    ] = "",
    form: FormOption = Form.TABLE,
) -> None:
    """Book one payment."""
    from db.operations.payments import take_payment
    from db.records.ledger import DeskPayment
    from db.rules.amount_entry import parse_amount

    zlotys = parse_amount(amount)
    by = _method(method)
    key = _key(submission)
    office = signed_in_office(open_shell())
    arrived = _day(office, day) if day else None
    payment = DeskPayment(client, zlotys, by, key, invoice, title, payer, arrived)
    _write_taken(office.do(take_payment, payment), form)


@app.command(
    "list",
    help=N_("List a client's payments and what each paid, newest first."),
    epilog=N_("Example: bok payment list 123456 --format csv"),
)
def list_command(
    client: Client, form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False
) -> None:
    """List payments, those taken back and refunds included."""
    office = signed_in_office(open_shell())
    from db.queries.ledger import account_view

    account = office.read(account_view, client)
    rows = [payment_row(line, form) for line in account.payments]
    write_rows(PAYMENTS, rows, form=form, output=output, force=force, translate=_)
    if account.more:
        say(N_("These are the first %(count)s; there are more: narrow it down."), count=len(rows))


@app.command(help=WAITING_HELP, epilog=N_("Example: bok payment waiting --format json"))
def waiting(
    limit: Annotated[int, typer.Option(min=1, max=200, metavar="N", help=N_("Payments at most."))] = 50,
    after: Annotated[
        int, typer.Option(min=0, metavar="LINE", help=N_("Go on behind this line of the list."))
    ] = 0,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """List what waits; an empty list is a good day."""
    office = signed_in_office(open_shell())
    from db.queries.bank_lines import waiting_lines

    page = office.read(waiting_lines, after=after or None, limit=limit)
    rows = [waiting_row(line, form) for line in page.lines]
    columns = WAITING if form is Form.TABLE else WAITING_FIELDS
    write_rows(columns, rows, form=form, output=output, force=force, translate=_)
    if not rows:
        say(N_("Every payment is matched."))
    elif page.more:
        say(N_("There are more: --after %(line)s"), line=str(page.lines[-1].id))


@app.command(help=MATCH_HELP, epilog=N_("Example: bok payment match 812 123456"))
def match(
    line: Annotated[int, typer.Argument(metavar="LINE", help=N_("The payment's line, as listed."))],
    client: Client,
    invoice: Invoice = "",
    form: FormOption = Form.TABLE,
) -> None:
    """Book a line of a bank file for a client."""
    office = signed_in_office(open_shell())
    from db.operations.bank_matching import book_line

    _write_taken(office.do(book_line, line, client, invoice), form)


@app.command(help=DISMISS_HELP, epilog=N_("Example: bok payment dismiss 812 --reason 'our own transfer'"))
def dismiss(
    line: Annotated[int, typer.Argument(metavar="LINE", help=N_("The payment's line, as listed."))],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=N_("Why it is no client's payment."))],
) -> None:
    """Take a line off the list."""
    office = signed_in_office(open_shell())
    from db.operations.bank_matching import dismiss_line

    office.do(dismiss_line, line, reason)
    say(N_("The line %(line)s is off the list; nothing was booked."), line=str(line))


@app.command(help=VOID_HELP, epilog=N_("Example: bok payment void 812 --reason 'another client paid'"))
def void(
    payment: Annotated[int, typer.Argument(metavar="PAYMENT", help=N_("The payment's id, as listed."))],
    reason: Annotated[str, typer.Option(metavar="TEXT", help=N_("Why it was a mistake."))],
) -> None:
    """Take one payment back."""
    office = signed_in_office(open_shell())
    from db.operations.payments import reverse_payment

    office.do(reverse_payment, payment, reason)
    say(N_("The payment %(payment)s is taken back."), payment=str(payment))


@app.command(cls=FiguresCommand, help=REFUND_HELP, epilog=N_("Example: bok payment refund 123456 20,00"))
def refund(
    client: Client,
    amount: Amount,
    note: Annotated[str, typer.Option(metavar="TEXT", help=N_("What is to be remembered of it."))] = "",
    form: FormOption = Form.TABLE,
) -> None:
    """Send money back."""
    from db.rules.amount_entry import parse_amount

    zlotys = parse_amount(amount)
    office = signed_in_office(open_shell())
    from db.operations.payments import refund_overpayment

    _write_taken(office.do(refund_overpayment, client, zlotys, note), form)


@app.command(help=SAMPLE_HELP, epilog=N_("Example: bok payment sample statement.sta"))
def sample(
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The statement to be written."))],
    seed: Annotated[int, typer.Option(metavar="N", help=N_("Another seed pays differently."))] = 1,
    force: Force = False,
) -> None:
    """Write a statement for the demo."""
    office = signed_in_office(open_shell())
    from db.sample.bank import sample_statement
    from db.whole_files import save

    save(Path(file), office.read(sample_statement, seed=seed), force=force)
    say(N_("Written: %(file)s. Import it: bok payment import %(file)s"), file=file)


app.add_typer(cash_app, name="cash")
app.command("import", help=IMPORT_HELP, epilog=N_("Example: bok payment import statement.sta --dry-run"))(
    import_file
)


def _method(text: str) -> PaymentMethod:
    """Return a method by its code; raises WrongInput."""
    from db.records.money import PaymentMethod

    try:
        return PaymentMethod(text.strip().lower())
    except ValueError:
        raise WrongInput(
            N_("There is no method %(method)s. Choose one of: %(known)s."),
            method=text[:20],
            known=", ".join(METHODS),
        ) from None


def _day(office: Office, text: str) -> date:
    from db.clock import office_day
    from db.rules.day_entry import parse_day

    return parse_day(text, today=office_day(office.house.clock()))


def _key(submission: str) -> str:
    key = submission.strip() or uuid.uuid4().hex
    if len(key) > LONGEST_KEY:
        raise WrongInput(N_("A key has at most %(limit)s characters."), limit=LONGEST_KEY)
    return key


def _write_taken(taken: PaymentTaken, form: Form) -> None:
    write_record(TAKEN, taken_row(taken, form), form=form, translate=_)
    tell_taken(taken)
