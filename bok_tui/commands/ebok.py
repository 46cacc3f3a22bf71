"""`bok ebok`: a client's account in the portal e-BOK, seen from the office."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.exit_codes import ExitCode
from bok_tui.i18n import _, translate_template
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import STDIN, open_shell, program_office, read_secret, say, signed_in_office
from db.errors import WrongInput
from db.records.clients import ClientKind
from db.records.ebok import LinkResult, Registration
from db.records.people import Channel
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.records.ebok import EInvoiceView, PortalAccountView, RegistrationOutcome

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("A client's account in e-BOK and their e-invoices: show, register, send the link, lock."),
    epilog=N_("Example: bok ebok show 123456"),
)

REGISTER_HELP = N_(
    "Register a client in e-BOK from a letter or an e-mail: five checks, then the link goes to the address."
    " PESEL or NIP is asked, or a line of standard input. Exit code 1 when a check fails."
)
CONFIRM_HELP = N_(
    "Confirm what the link with this code is about, as the portal does when it is opened. Give - and the code"
    " as a line of standard input: an argument can be read by others on this machine. Needs no sign-in. Exit"
    " code 3 for a code that was never sent, 1 for one that serves no more."
)
ACCOUNT = (
    Column("client", N_("Client")),
    Column("login", N_("Login")),
    Column("state", N_("Account in e-BOK")),
    Column("email", N_("E-mail")),
    Column("registered_at", N_("Registered"), Kind.INSTANT),
    Column("confirmed_at", N_("Confirmed"), Kind.INSTANT),
    Column("last_login_at", N_("Last login"), Kind.INSTANT),
    Column("email_checked_at", N_("Address checked"), Kind.INSTANT),
    Column("link_sent_at", N_("Link sent"), Kind.INSTANT),
    Column("link_expires_at", N_("Link good until"), Kind.INSTANT),
)
EINVOICE = (
    Column("einvoice", N_("E-invoice")),
    Column("einvoice_email", N_("Address for e-invoices")),
    Column("active_from", N_("By e-mail from"), Kind.DAY),
    Column("withdrawn_from", N_("On paper again from"), Kind.DAY),
    Column("email_confirmed", N_("Address confirmed"), Kind.FLAG),
    Column("bounced", N_("Mail came back"), Kind.FLAG),
    Column("consent_version", N_("Consent")),
)
CHECKS = (Column("check", N_("Check")), Column("result", N_("Result")))
OUTCOME = (
    Column("result", N_("Result")),
    Column("client", N_("Client")),
    Column("account", N_("Account in e-BOK")),
    Column("einvoice_from", N_("By e-mail from"), Kind.DAY),
)
LINK_WORDS = {
    LinkResult.CONFIRMED: N_("Confirmed."),
    LinkResult.UNKNOWN: N_("No such code was sent. Copy the whole link."),
    LinkResult.USED: N_("This link was used already."),
    LinkResult.EXPIRED: N_("This link is too old; send a new one: bok ebok resend CLIENT"),
    LinkResult.REPLACED: N_("A newer link was sent, or the address is the client's no more."),
    LinkResult.TOO_MANY: N_("Too many wrong codes in this minute; try again in a minute."),
}

Client = Annotated[str, typer.Argument(metavar="CLIENT", help=N_("The client number."))]
Reason = Annotated[str, typer.Option(metavar="TEXT", help=N_("Why; it is kept."))]


@app.command(
    help=N_("Show a client's account in e-BOK and their e-invoices. The look is logged."),
    epilog=N_("Example: bok ebok show 123456 --format json"),
)
def show(
    client: Client, form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False
) -> None:
    """Show account and e-invoices; exit code 3 when the client has neither."""
    office = signed_in_office(open_shell())
    from db.queries.ebok import portal_account_of
    from db.queries.einvoice import einvoice_of

    account, einvoice = office.read(portal_account_of, client), office.read(einvoice_of, client)
    row = {**_account(account, form), **_einvoice(einvoice, form), "client": client.strip()}
    shown = (*ACCOUNT, *EINVOICE)
    if form is Form.TABLE:
        shown = (*ACCOUNT[: len(ACCOUNT) if account else 1], *(EINVOICE if einvoice else ()))
    write_record(shown, row, form=form, output=output, force=force, translate=_)
    if account is None and einvoice is None:
        say(N_("The client has neither an account in e-BOK nor e-invoices."))
        raise typer.Exit(ExitCode.NOT_FOUND)


@app.command(
    help=REGISTER_HELP,
    epilog=N_("Example: bok ebok register 123456 --invoice FAK/... --email jan@example.com --login jan"),
)
def register(
    client: Client,
    invoice: Annotated[
        str, typer.Option(metavar="NUMBER", help=N_("The last invoice, in capitals: FAK/..."))
    ],
    email: Annotated[str, typer.Option(metavar="ADDRESS", help=N_("Where the link goes."))],
    login: Annotated[str, typer.Option(metavar="LOGIN", help=N_("The login that the client wants."))],
    business: Annotated[
        bool, typer.Option("--business", help=N_("A business: NIP instead of PESEL."))
    ] = False,
    einvoice: Annotated[
        bool, typer.Option("--einvoice", help=N_("The client agrees to e-invoices."))
    ] = False,
    channel: Annotated[str, typer.Option(metavar="CHANNEL", help=N_("letter or email."))] = "letter",
    form: FormOption = Form.TABLE,
) -> None:
    """Register a client who wrote."""
    if channel not in (Channel.LETTER, Channel.EMAIL):
        raise WrongInput(
            N_("A registration in the shell came by letter or email; calls are taken on the screen.")
        )
    office = signed_in_office(open_shell())
    from db.operations.ebok import register_in_ebok

    registration = Registration(
        kind=ClientKind.BUSINESS if business else ClientKind.PERSON,
        identity=_identity(),
        client_number=client,
        invoice=invoice,
        email=email,
        login=login,
        einvoice=einvoice,
        channel=Channel(channel),
    )
    outcome = office.do(register_in_ebok, registration)
    write_rows(CHECKS, list(_checks(outcome, form)), form=form, translate=_)
    if not outcome.ok:
        say(N_("Nothing was registered."))
        raise typer.Exit(ExitCode.REFUSED)
    say(N_("Registered; the link is on its way to the address."))


@app.command(
    help=N_("Send the link again; older ones serve no more."), epilog=N_("Example: bok ebok resend 123456")
)
def resend(client: Client) -> None:
    """Send the link again."""
    office = signed_in_office(open_shell())
    from db.operations.ebok import resend_link

    account = office.do(resend_link, client)
    say(N_("A new link goes to %(email)s."), email=account.email)


@app.command(
    help=N_("Lock an account and tell its address."),
    epilog=N_("Example: bok ebok lock 123456 --reason 'stolen phone'"),
)
def lock(client: Client, reason: Reason) -> None:
    """Lock an account."""
    office = signed_in_office(open_shell())
    from db.operations.ebok import lock_account

    office.do(lock_account, client, reason)
    say(N_("The account of the client %(client)s is locked."), client=client)


@app.command(
    help=N_("Open a locked account again. For supervisors; an agent does it in a verified call."),
    epilog=N_("Example: bok ebok unlock 123456 --reason 'phone found'"),
)
def unlock(client: Client, reason: Reason) -> None:
    """Unlock an account."""
    office = signed_in_office(open_shell())
    from db.operations.ebok import unlock_account

    office.do(unlock_account, client, reason)
    say(N_("The account of the client %(client)s is open again."), client=client)


@app.command(help=CONFIRM_HELP, epilog=N_("Example: bok ebok confirm - < code.txt"))
def confirm(
    code: Annotated[str, typer.Argument(metavar="CODE", help=N_("The code of the link, or - to read it."))],
    form: FormOption = Form.TABLE,
) -> None:
    """Confirm an address, an account, e-invoices."""
    if code == STDIN:
        code = read_secret(N_("Code")) or ""
    if not code.strip():
        raise WrongInput(N_("A code is needed: as a line of standard input."))
    office = program_office(open_shell())
    from db.portal import confirm_email

    told = office.do(confirm_email, code)
    words = translate_template(LINK_WORDS[told.result], {})
    row: Row = {
        "result": words if form is Form.TABLE else told.result.value,
        "client": told.client_number,
        "account": _state(told.account and told.account.value, form),
        "einvoice_from": told.einvoice_from,
    }
    if told.result is not LinkResult.CONFIRMED:
        say(LINK_WORDS[told.result])
        raise typer.Exit(ExitCode.NOT_FOUND if told.result is LinkResult.UNKNOWN else ExitCode.REFUSED)
    write_record(OUTCOME, row, form=form, translate=_)


def _identity() -> str:
    """Return PESEL or NIP: asked without echo on a terminal, else the next line of standard input."""
    typed = read_secret(N_("PESEL or NIP"))
    if typed is None or sys.stdin is None:
        raise WrongInput(N_("PESEL or NIP is needed: on a terminal, or as a line of standard input."))
    return typed


def _checks(outcome: RegistrationOutcome, form: Form) -> Iterator[Row]:
    from bok_tui.wording.ebok import check_label, result_words

    for what, result in outcome.checks:
        words = form is Form.TABLE
        yield {
            "check": check_label(what) if words else what.value,
            "result": result_words(result) if words else result.value,
        }
    if outcome.login_taken:
        words = form is Form.TABLE
        yield {"check": _("login") if words else "login", "result": _("taken") if words else "taken"}


def _state(state: str | None, form: Form) -> str | None:
    if state is None or form is not Form.TABLE:
        return state
    from bok_tui.wording.ebok import portal_state_words
    from db.records.ebok import PortalState

    return portal_state_words(PortalState(state))


def _account(view: PortalAccountView | None, form: Form) -> Row:
    if view is None:
        return {column.key: None for column in ACCOUNT}
    row: dict[str, object] = {column.key: getattr(view, column.key, None) for column in ACCOUNT}
    return {**row, "state": _state(view.state.value, form)}


def _einvoice(view: EInvoiceView | None, form: Form) -> Row:
    if view is None:
        return {column.key: None for column in EINVOICE}
    from bok_tui.wording.ebok import einvoice_words

    row: dict[str, object] = {column.key: getattr(view, column.key, None) for column in EINVOICE}
    state = einvoice_words(view) if form is Form.TABLE else view.state.value
    return {**row, "einvoice": state, "einvoice_email": view.email}
