"""`bok client`: find clients and show them, as the screen does."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.client_privacy import (
    ANONYMISE_HELP,
    EXPORT_HELP,
    anonymise_command,
    export_command,
)
from bok_tui.exit_codes import ExitCode
from bok_tui.i18n import _, translate_template
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, say, signed_in_office
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from db.records.clients import ClientCard, ClientHit, ContractView, MeterCard

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("Find clients and show them. Needs a sign-in; every look is logged."),
    epilog=N_("Example: bok client find zolw lipowa"),
)

FIND_HELP = N_(
    "Find clients by name in either order, client number, PESEL, NIP, address, meter, phone or e-mail,"
    " without diacritics or case. Exit code 3 when nobody is found."
)
SHOW_HELP = N_(
    "Show a client: address, contracts, meters with their last readings, and what to know before"
    " speaking. PESEL, phone and e-mail stay masked."
)
BALANCE_HELP = N_(
    "Show what a client owes: due, overdue, not yet due, overpaid, and interest up to the day that no note"
    " has charged. The look is logged."
)
BALANCE = (
    Column("client", N_("Client")),
    Column("as_of", N_("As of"), Kind.DAY),
    Column("total", N_("Balance"), Kind.AMOUNT),
    Column("due", N_("Due"), Kind.AMOUNT),
    Column("overdue", N_("Overdue"), Kind.AMOUNT),
    Column("overdue_since", N_("Overdue since"), Kind.DAY),
    Column("not_yet_due", N_("Not yet due"), Kind.AMOUNT),
    Column("overpaid", N_("Overpaid"), Kind.AMOUNT),
    Column("interest", N_("Interest"), Kind.AMOUNT),
    Column("possibly_time_barred", N_("Possibly time-barred"), Kind.AMOUNT),
)
FIELDS = {"client": "client_number"}
"""What a column is called in the record, where it differs."""
DOCUMENTS = (
    Column("number", N_("Document")),
    Column("kind", N_("Kind")),
    Column("issued_at", N_("Issued"), Kind.INSTANT),
    Column("agent", N_("By")),
)
COLUMNS = (
    Column("number", N_("Client")),
    Column("name", N_("Name")),
    Column("address", N_("Address")),
    Column("meters", N_("Meters")),
    Column("match", N_("What matched")),
)
CARD_KEYS = (
    "number",
    "kind",
    "name",
    "pesel",
    "nip",
    "address",
    "mailing_address",
    "contact_points",
    "contracts",
    "meters",
    "alerts",
)


@app.command(help=FIND_HELP, epilog=N_("Example: bok client find zolw lipowa --format json"))
def find(
    text: Annotated[list[str], typer.Argument(metavar="TEXT", help=N_("What is known of the client."))],
    limit: Annotated[int, typer.Option(min=1, max=200, metavar="N", help=N_("Clients at most."))] = 50,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Find clients; an empty answer is an empty list and exit code 3."""
    office = signed_in_office(open_shell())
    from db.search.clients import note_search, search_clients

    answer = office.read(search_clients, " ".join(text), limit=limit)
    office.read(note_search, [hit.id for hit in answer.hits], more=answer.more)
    rows = [_hit(hit, form) for hit in answer.hits]
    write_rows(COLUMNS, rows, form=form, output=output, force=force, translate=_)
    if not rows:
        say(N_("Nobody is found. Try fewer words, or another spelling."))
        raise typer.Exit(ExitCode.NOT_FOUND)
    if answer.more:
        say(N_("These are the first %(count)s; there are more: narrow it down."), count=len(rows))


@app.command(help=SHOW_HELP, epilog=N_("Example: bok client show 123456 --format json"))
def show(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=N_("The client number."))],
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Show one client as nobody verified may see it."""
    office = signed_in_office(open_shell())
    from db.queries.clients import client_card

    card = office.read(client_card, number)
    if form is Form.TABLE:
        lines = [(Column(str(at), label), text) for at, (label, text) in enumerate(_lines(card))]
        columns: tuple[Column, ...] = tuple(column for column, _text in lines)
        row: Row = {column.key: text for column, text in lines}
    else:
        columns, row = tuple(Column(key, key) for key in CARD_KEYS), _card(card)
    write_record(columns, row, form=form, output=output, force=force, translate=_)


@app.command(help=BALANCE_HELP, epilog=N_("Example: bok client balance 123456 --as-of 2026-10-31"))
def balance(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=N_("The client number."))],
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DAY", help=N_("2026-11-22, 22.11 or d-1; today without."))
    ] = "",
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Show what a client owes on a day."""
    office = signed_in_office(open_shell())
    from bok_tui.commands.billing_entry import parse_known_day
    from db.queries.ledger import balance as balance_of

    told = office.read(balance_of, number, as_of=parse_known_day(office, as_of))
    row = {column.key: getattr(told, FIELDS.get(column.key, column.key)) for column in BALANCE}
    write_record(BALANCE, row, form=form, output=output, force=force, translate=_)


@app.command(
    help=N_("List the documents issued to a client, newest first. The look is logged."),
    epilog=N_("Example: bok client documents 123456 --format json"),
)
def documents(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help=N_("The client number."))],
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """List documents."""
    office = signed_in_office(open_shell())
    from bok_tui.wording.labels import document_label
    from db.queries.documents import documents_of

    rows: list[Row] = [
        {
            "number": line.number,
            "kind": document_label(line.kind.value) if form is Form.TABLE else line.kind.value,
            "issued_at": line.issued_at,
            "agent": line.agent,
        }
        for line in office.read(documents_of, number)
    ]
    write_rows(DOCUMENTS, rows, form=form, output=output, force=force, translate=_)


@app.command(
    help=N_(
        "Add a client without a contract and print the number: the buyer of a property, before it is handed"
        " over. The PESEL is completed by a request that another person approves."
    ),
    epilog=N_("Example: bok client add --last-name Nowak --first-name Jan --phone 600123456"),
)
def add(
    last_name: Annotated[str, typer.Option(metavar="TEXT", help=N_("Last name of a person."))] = "",
    first_name: Annotated[str, typer.Option(metavar="TEXT", help=N_("First name of a person."))] = "",
    company: Annotated[str, typer.Option(metavar="TEXT", help=N_("Name of a business."))] = "",
    nip: Annotated[str, typer.Option(metavar="NIP", help=N_("NIP, 10 digits."))] = "",
    phone: Annotated[str, typer.Option(metavar="PHONE", help=N_("Phone number."))] = "",
    email: Annotated[str, typer.Option(metavar="E-MAIL", help=N_("E-mail address."))] = "",
) -> None:
    """Add a client; the number is the only thing on stdout."""
    office = signed_in_office(open_shell())
    from db.operations.new_client import NewClient, add_client

    new = NewClient(last_name, first_name, company, nip, phone, email)
    typer.echo(office.do(add_client, new))


app.command("export", help=EXPORT_HELP, epilog=N_("Example: bok client export 123456 --output copies"))(
    export_command
)

app.command("anonymise", help=ANONYMISE_HELP, epilog=N_("Example: bok client anonymise 123456 --yes"))(
    anonymise_command
)


def _hit(hit: ClientHit, form: Form) -> Row:
    from bok_tui.wording.search import match_word

    return {
        "number": hit.number,
        "name": hit.name,
        "address": hit.address,
        "meters": hit.meters,
        "match": match_word(hit.match) if form is Form.TABLE else hit.match.value,
    }


def _card(card: ClientCard) -> Row:
    """Return the card for programs; volumes are strings."""
    return {
        "number": card.number,
        "kind": card.kind.value,
        "name": card.name,
        "pesel": card.pesel.shown if card.pesel else None,
        "nip": card.nip,
        "address": card.supply_address.line if card.supply_address else None,
        "mailing_address": card.mailing_address.line if card.mailing_address else None,
        "contact_points": [
            {"kind": point.field.value, "value": point.shown, "confirmed": point.confirmed}
            for point in card.contact_points
        ],
        "contracts": [_contract(contract) for contract in card.contracts],
        "meters": [_meter(meter) for meter in card.meters],
        "alerts": [
            {
                "code": alert.code,
                "level": alert.level.value,
                "text": translate_template(alert.message, alert.params),
            }
            for alert in card.alerts
        ],
    }


def _contract(contract: ContractView) -> Row:
    return {
        "number": contract.number,
        "starts_on": contract.starts_on,
        "ends_on": contract.ends_on,
        "parties": [party.name for party in contract.parties],
    }


def _meter(meter: MeterCard) -> Row:
    last, notice = meter.last, meter.notice
    return {
        "number": meter.number,
        "role": meter.role.value,
        "last": {"state": str(last.state), "day": last.day} if last else None,
        "digits": meter.digits,
        "location": meter.location,
        "installed_on": meter.installed_on,
        "removed_on": meter.removed_on,
        "verified_until": meter.verified_until,
        "average_per_month": meter.average_per_month,
        "expected": None
        if meter.expected_low is None
        else {"low": str(meter.expected_low), "high": str(meter.expected_high)},
        "notice": notice
        and {"number": notice.number, "left_on": notice.left_on, "deadline": notice.deadline},
    }


def _lines(card: ClientCard) -> Iterator[tuple[str, str]]:
    """Return the card for people: a label and a text each."""
    from bok_tui.wording import client as words
    from bok_tui.wording.labels import kind_label

    yield N_("Client"), f"{card.number} · {kind_label(card.kind)}"
    yield N_("Name"), card.name
    yield N_("Identifier"), words.identity_words(card, {})
    yield N_("Address"), words.address_words(card)
    yield N_("Contact"), words.contact_words(card, {})
    if parties := words.party_words(card):
        yield N_("Parties"), parties
    for alert in card.alerts:
        yield N_("Attention"), words.alert_words(alert)
    for meter in card.meters:
        yield N_("Meter"), "  ".join(words.meter_cells(meter))
        if remarks := words.meter_remarks(meter):
            yield "", remarks
