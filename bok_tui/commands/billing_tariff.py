"""`bok billing tariff` and `bok billing rates`: dated prices and dated rates of interest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.billing_entry import parse_figure, parse_known_day, trimmed
from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, say, signed_in_office
from db.errors import WrongInput
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.records.tariffs import TariffView

tariff_app = typer.Typer(
    no_args_is_help=True,
    help=N_("Tariff groups, their dated prices, and who is billed by them."),
    epilog=N_("Example: bok billing tariff price G1 water 5.12 --from 2026-05-01 --vat 8"),
)
rates_app = typer.Typer(
    no_args_is_help=True,
    help=N_("Statutory interest for delay: dated rates."),
    epilog=N_("Example: bok billing rates add 9.25 --from 2026-12-04"),
)

ASSIGN_HELP = N_(
    "Bill the contracts of clients by a group, or with --kind those of all persons or businesses that have"
    " none yet. For supervisors."
)
SERVICES = {"water": N_("water"), "sewage": N_("sewage"), "standing": N_("standing charge")}
TARIFFS = (
    Column("group", N_("Group")),
    Column("name", N_("Group name")),
    Column("contracts", N_("Contracts"), Kind.COUNT),
    Column("service", N_("Service"), words=SERVICES),
    Column("from", N_("From"), Kind.DAY),
    Column("price", N_("Net price"), Kind.VOLUME),
    Column("vat_rate", N_("VAT %"), Kind.VOLUME),
    Column("approval", N_("Approved by")),
)
RATES = (
    Column("from", N_("From"), Kind.DAY),
    Column("rate", N_("% a year"), Kind.VOLUME),
    Column("source", N_("Source")),
)

Code = Annotated[str, typer.Argument(metavar="GROUP", help=N_("The group's code, such as G1."))]
From = Annotated[str, typer.Option("--from", metavar="DAY", help=N_("The first day on which it holds."))]


@tariff_app.command(
    "list",
    help=N_("List the tariff groups with their prices, oldest first."),
    epilog=N_("Example: bok billing tariff list --format csv"),
)
def tariff_list(form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False) -> None:
    """List all prices."""
    office = signed_in_office(open_shell())
    from db.queries.tariffs import tariffs

    rows = [row for view in office.read(tariffs) for row in _tariff_rows(view)]
    write_rows(TARIFFS, rows, form=form, output=output, force=force, translate=_)


@tariff_app.command(
    "add",
    help=N_("Add a tariff group. For supervisors."),
    epilog=N_("Example: bok billing tariff add G4 'szkoły i przedszkola'"),
)
def tariff_add(
    group: Code, name: Annotated[str, typer.Argument(metavar="NAME", help=N_("Who is billed by it."))]
) -> None:
    """Add a group."""
    office = signed_in_office(open_shell())
    from db.operations.tariffs import add_tariff_group

    office.do(add_tariff_group, group, name)
    say(N_("There is a tariff group %(group)s now; add its prices next."), group=group.strip().upper())


@tariff_app.command(
    "price",
    help=N_("Add a price: net, in złoty, from a day on. For supervisors; earlier prices stay."),
    epilog=N_("Example: bok billing tariff price G1 water 5.12 --from 2026-05-01 --vat 8"),
)
def tariff_price(
    group: Code,
    service: Annotated[str, typer.Argument(metavar="SERVICE", help=N_("water, sewage or standing."))],
    price: Annotated[str, typer.Argument(metavar="PRICE", help=N_("For a m³, or a month of standing."))],
    starts_on: From,
    vat: Annotated[str, typer.Option(metavar="PERCENT", help=N_("The VAT rate."))] = "8",
    approval: Annotated[str, typer.Option(metavar="TEXT", help=N_("By which decision."))] = "",
) -> None:
    """Add a price."""
    from db.records.charges import Service

    services = {known.value: known for known in Service}
    if (charged := services.get(service.strip().casefold())) is None:
        raise WrongInput(N_("A service is one of: %(services)s."), services=", ".join(services))
    amount, rate = parse_figure(price), parse_figure(vat)
    office = signed_in_office(open_shell())
    from db.operations.tariffs import add_tariff_price

    day = parse_known_day(office, starts_on)
    office.do(add_tariff_price, group, charged, starts_on=day, price=amount, vat_rate=rate, approval=approval)
    say(
        N_("%(group)s: %(price)s zł net from %(day)s on."),
        group=group.strip().upper(),
        price=trimmed(amount, places=2),
        day=day,
    )


@tariff_app.command(
    "assign", help=ASSIGN_HELP, epilog=N_("Example: bok billing tariff assign G1 --kind person")
)
def tariff_assign(
    group: Code,
    clients: Annotated[
        list[str] | None, typer.Argument(metavar="[CLIENT]...", help=N_("Client numbers."))
    ] = None,
    kind: Annotated[str, typer.Option(metavar="KIND", help=N_("person or business."))] = "",
    since: Annotated[
        str, typer.Option("--from", metavar="DAY", help=N_("The first day; usually the first unbilled one."))
    ] = "",
) -> None:
    """Assign contracts to a group."""
    from db.records.clients import ClientKind

    kinds = {known.value: known for known in ClientKind}
    if kind and kind.strip().casefold() not in kinds:
        raise WrongInput(N_("A kind is one of: %(kinds)s."), kinds=", ".join(kinds))
    if not kind and not clients:
        raise WrongInput(N_("Name clients, or --kind person or business."))
    office = signed_in_office(open_shell())
    from db.operations.tariffs import assign_tariff

    chosen = kinds[kind.strip().casefold()] if kind else None
    day = parse_known_day(office, since) if since else None
    count = office.do(assign_tariff, group, clients=tuple(clients or ()), kind=chosen, starts_on=day)
    say(N_("%(group)s: contracts assigned: %(count)s."), group=group.strip().upper(), count=count)


@rates_app.command(
    "list",
    help=N_("List the rates of interest for delay, oldest first."),
    epilog=N_("Example: bok billing rates list --format json"),
)
def rates_list(form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False) -> None:
    """List the rates."""
    office = signed_in_office(open_shell())
    from db.queries.tariffs import interest_rates

    rows: list[Row] = [
        {"from": rate.starts_on, "rate": trimmed(rate.rate, places=2), "source": rate.source}
        for rate in office.read(interest_rates)
    ]
    write_rows(RATES, rows, form=form, output=output, force=force, translate=_)


@rates_app.command(
    "add",
    help=N_("Add the rate that holds from a day on, percent a year. For supervisors."),
    epilog=N_("Example: bok billing rates add 9.25 --from 2026-12-04"),
)
def rates_add(
    rate: Annotated[str, typer.Argument(metavar="RATE", help=N_("Percent a year, such as 9.25."))],
    starts_on: From,
    source: Annotated[str, typer.Option(metavar="TEXT", help=N_("Where it is from."))] = "",
) -> None:
    """Add a rate."""
    percent = parse_figure(rate)
    office = signed_in_office(open_shell())
    from db.operations.interest_rates import add_interest_rate

    day = parse_known_day(office, starts_on)
    office.do(add_interest_rate, day, percent, source)
    say(N_("%(rate)s %% a year from %(day)s on."), rate=trimmed(percent, places=2), day=day)


def _tariff_rows(view: TariffView) -> Iterator[Row]:
    group = {"group": view.group.code, "name": view.group.name, "contracts": view.contracts}
    if not view.prices:
        yield group
    order = list(SERVICES)
    for price in sorted(view.prices, key=lambda price: (price.starts_on, order.index(price.service))):
        yield {
            **group,
            "service": price.service.value,
            "from": price.starts_on,
            "price": trimmed(price.price, places=2),
            "vat_rate": trimmed(price.vat_rate),
            "approval": price.approval,
        }
