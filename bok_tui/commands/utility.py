"""`bok db utility`: the company on its own letters."""

from __future__ import annotations

import dataclasses
from typing import Annotated

import typer

from bok_tui.i18n import _
from bok_tui.options import FormOption
from bok_tui.shell import open_shell, say, signed_in_office
from db.words import N_
from reports.columns import Column
from reports.output import Form, write_record

UTILITY_HELP = N_(
    "Show the company's particulars as letters carry them, or change those that are given."
    " Needs an administrator, signed in to the shell."
)
UTILITY_EXAMPLE = N_("Example: bok db utility --name 'Wodociągi Nowe sp. z o.o.' --nip 123-456-32-18")
COLUMNS = (
    Column("name", N_("Name")),
    Column("short_name", N_("Short name")),
    Column("street", N_("Street and number")),
    Column("postal_code", N_("Postal code")),
    Column("town", N_("Town")),
    Column("nip", N_("NIP")),
    Column("regon", N_("REGON")),
    Column("krs", N_("KRS")),
    Column("phone", N_("Phone")),
    Column("email", N_("E-mail")),
    Column("bank_account", N_("Bank account")),
    Column("routing_number", N_("Bank's routing number")),
    Column("account_prefix", N_("Prefix of clients' accounts")),
)
Name = Annotated[str | None, typer.Option(help=N_("Full name."), metavar="TEXT")]
ShortName = Annotated[str | None, typer.Option(help=N_("Name for the top of the screen."), metavar="TEXT")]
Street = Annotated[str | None, typer.Option(help=N_("Street and number."), metavar="TEXT")]
PostalCode = Annotated[str | None, typer.Option(help=N_("Postal code."), metavar="NN-NNN")]
Town = Annotated[str | None, typer.Option(help=N_("Town."), metavar="TEXT")]
Nip = Annotated[str | None, typer.Option(help=N_("NIP, 10 digits."), metavar="NIP")]
Regon = Annotated[str | None, typer.Option(help=N_("REGON, 9 or 14 digits."), metavar="REGON")]
Krs = Annotated[str | None, typer.Option(help=N_("KRS, 10 digits; '' for none."), metavar="KRS")]
Phone = Annotated[str | None, typer.Option(help=N_("Phone of the office."), metavar="PHONE")]
Email = Annotated[str | None, typer.Option(help=N_("E-mail of the office."), metavar="E-MAIL")]
BankAccount = Annotated[
    str | None, typer.Option(help=N_("Collective account, 26 digits; '' for none."), metavar="NRB")
]
Routing = Annotated[
    str | None,
    typer.Option(
        "--routing",
        help=N_("The bank's 8 digits in clients' own account numbers; '' for none."),
        metavar="NNNNNNNN",
    ),
]
Prefix = Annotated[
    str | None,
    typer.Option(
        "--prefix", help=N_("The 4 digits by which the bank knows the company there."), metavar="NNNN"
    ),
]


def utility(
    name: Name = None,
    short_name: ShortName = None,
    street: Street = None,
    postal_code: PostalCode = None,
    town: Town = None,
    nip: Nip = None,
    regon: Regon = None,
    krs: Krs = None,
    phone: Phone = None,
    email: Email = None,
    bank_account: BankAccount = None,
    routing: Routing = None,
    prefix: Prefix = None,
    form: FormOption = Form.TABLE,
) -> None:
    """Show the particulars; change those that are given."""
    options = {
        "name": name,
        "short_name": short_name,
        "street": street,
        "postal_code": postal_code,
        "town": town,
        "nip": nip,
        "regon": regon,
        "krs": krs,
        "phone": phone,
        "email": email,
        "bank_account": bank_account,
        "routing_number": routing,
        "account_prefix": prefix,
    }
    given = {key: value for key, value in options.items() if value is not None}
    office = signed_in_office(open_shell())
    from db.operations.utility import set_utility
    from db.queries.utility import utility as particulars
    from db.records.utility import fictitious

    own = office.read(particulars)
    if given:
        own = office.do(set_utility, dataclasses.replace(own, **given))
        say(N_("Letters carry these particulars from now on."))
    if made_up := fictitious(own):
        say(N_("Still the example's: %(fields)s."), fields=", ".join(made_up))
    write_record(COLUMNS, dataclasses.asdict(own), form=form, translate=_)
