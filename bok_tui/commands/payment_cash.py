"""`bok payment cash`: the day's cash, counted by whoever took it, signed for by a supervisor."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import ask_yes, open_shell, say, signed_in_office
from bok_tui.tills import nothing_waits
from db.errors import Refused, WrongInput
from db.records.cash_day import STATE_WORDS
from db.records.money import Money
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from decimal import Decimal

    from db.office import Office
    from db.records.cash_day import CashDay

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("The day's cash: count your till, sign for somebody else's, open a day again."),
    epilog=N_("Example: bok payment cash close --cash 1250,40 --card 310,00"),
)

LIST_HELP = N_(
    "List the days of the tills that wait to be counted or signed for: your own, and for supervisors all."
)
CLOSE_HELP = N_(
    "Write down what you counted of your own till: cash without what lay there in the morning, and the card"
    " total of the terminal. What differs from the ledger needs a reason. Until it is signed for, it can be"
    " counted again. For somebody who is ill or has left, a supervisor counts (--till LOGIN) and says why;"
    " another supervisor signs. There --cash and --card are typed, also 0, and a difference needs a reason of"
    " its own (--difference)."
)
SIGN_HELP = N_(
    "Sign for what somebody else counted: it is shown and asked about. From then on no cash or card payment"
    " is booked into that day. Without a terminal, --expect SUM signs only for that sum, and --yes for what"
    " stands there. For supervisors."
)
REOPEN_HELP = N_("Open somebody's day again, for a mistake: it is counted and signed anew. For supervisors.")

MOVED = "moved"
STATES = {**{state.value: words for state, words in STATE_WORDS.items()}, MOVED: N_("to be counted again")}

COLUMNS = (
    Column("day", N_("Day"), Kind.DAY),
    Column("agent", N_("Agent")),
    Column("state", N_("State"), words=STATES),
    Column("payments", N_("Payments"), Kind.COUNT),
    Column("cash_expected", N_("Cash, ledger"), Kind.AMOUNT),
    Column("cash_counted", N_("Cash, counted"), Kind.AMOUNT),
    Column("card_expected", N_("Card, ledger"), Kind.AMOUNT),
    Column("card_counted", N_("Card, counted"), Kind.AMOUNT),
    Column("difference", N_("Difference"), Kind.AMOUNT),
    Column("moved", N_("Count again"), Kind.FLAG),
    Column("reason", N_("Reason")),
    Column("counted_by", N_("Counted by")),
    Column("signed_by", N_("Signed by")),
)
PEOPLE = ("day", "agent", "state", "cash_expected", "card_expected", "difference")
"""What a table has room for; a day to be counted again is told by its state there."""

Login = Annotated[str, typer.Argument(metavar="LOGIN", help=N_("Whose till."))]
Day = Annotated[str, typer.Argument(metavar="DAY", help=N_("2026-11-22, 22.11 or d-1."))]


@app.command("list", help=LIST_HELP, epilog=N_("Example: bok payment cash list --all --format csv"))
def list_command(
    every: Annotated[bool, typer.Option("--all", help=N_("The signed days of the last year, too."))] = False,
    limit: Annotated[int, typer.Option(min=1, max=500, metavar="N", help=N_("Days at most."))] = 100,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """List tills."""
    office = signed_in_office(open_shell())
    from db.queries.cash_days import cash_days

    rows = [_row(day) for day in office.read(cash_days, every=every, limit=limit)]
    if form is Form.TABLE:
        rows = [{**row, "state": MOVED} if row["moved"] else row for row in rows]
    write_rows(_columns(form), rows, form=form, output=output, force=force, translate=_)
    if not rows:
        say(nothing_waits(office))


@app.command(help=CLOSE_HELP, epilog=N_("Example: bok payment cash close --cash 1250,40 --card 310,00"))
def close(
    cash: Annotated[str, typer.Option(metavar="AMOUNT", help=N_("Notes and coins, counted."))] = "",
    card: Annotated[str, typer.Option(metavar="AMOUNT", help=N_("The terminal's total."))] = "",
    day: Annotated[
        str, typer.Option(metavar="DAY", help=N_("2026-11-22, 22.11 or d-1; today without."))
    ] = "",
    reason: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help=N_("Why it differs from the ledger, or why you count for somebody else.")
        ),
    ] = "",
    difference: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("With --till: why it differs from the ledger."))
    ] = "",
    till: Annotated[
        str,
        typer.Option(
            metavar="LOGIN", help=N_("Whose till, when they are away; yours without. For supervisors.")
        ),
    ] = "",
    sure: Annotated[
        bool, typer.Option("--yes", help=N_("Count it anew, though somebody else has counted it."))
    ] = False,
    form: FormOption = Form.TABLE,
) -> None:
    """Count one's own till, or that of somebody who is away."""
    from db.records.cash_day import CashCount
    from db.rules.cash_day import parse_counted

    if till.strip() and not (cash.strip() and card.strip()):
        raise WrongInput(N_("With --till say both --cash and --card, as counted: 0 when there is nothing."))
    counted = parse_counted(cash), parse_counted(card)
    office = signed_in_office(open_shell())
    from db.operations.cash_day import close_cash_day
    from db.queries.cash_days import cash_day

    wanted = _day(office, day)
    seen = office.read(cash_day, wanted, till)
    if seen.counted_by_login not in (None, office.actor.login) and not sure:
        _tell(seen)
        if not ask_yes():
            raise WrongInput(N_("Somebody else has counted it; nothing was written. --yes counts it anew."))
    count = CashCount(wanted, *counted, reason, difference)
    _write(office.do(close_cash_day, count, till, seen.version), form)


@app.command(help=SIGN_HELP, epilog=N_("Example: bok payment cash sign anna d-1 --expect 1560,40"))
def sign(
    login: Login,
    day: Day,
    expect: Annotated[
        str,
        typer.Option(
            metavar="SUM", help=N_("Cash and card as counted: sign only when it is this; nothing is asked.")
        ),
    ] = "",
    sure: Annotated[
        bool, typer.Option("--yes", help=N_("Sign for what was counted, without being asked."))
    ] = False,
    form: FormOption = Form.TABLE,
) -> None:
    """Sign for a till."""
    from db.rules.cash_day import parse_counted

    expected = parse_counted(expect) if expect.strip() else None
    office = signed_in_office(open_shell())
    from db.operations.cash_day import sign_cash_day
    from db.queries.cash_days import cash_day

    wanted = _day(office, day)
    seen = office.read(cash_day, wanted, login)
    if _may_sign(office, seen):
        _require_meant(seen, expected, sure=sure)
    _write(office.do(sign_cash_day, login, wanted, seen.version), form)


def _may_sign(office: Office, seen: CashDay) -> bool:
    """Tell whether there is something to be asked; else the operation says why not."""
    from db.records.people import Role
    from db.rules.cash_day import signing_refusal

    own = office.actor.login in (seen.login, seen.counted_by_login)
    supervisor = office.actor.role is Role.SUPERVISOR
    return signing_refusal(seen.state, supervisor=supervisor, own=own, moved=seen.moved) is None


def _require_meant(seen: CashDay, expected: Decimal | None, *, sure: bool) -> None:
    """Show what was counted, and raise Refused or WrongInput unless that is what is signed for."""
    _tell(seen)
    if expected is not None and expected != seen.counted:
        raise Refused(
            N_("Not signed: %(counted)s was counted, not %(expected)s."),
            counted=Money(seen.counted or 0),
            expected=Money(expected),
        )
    if expected is None and not sure and not ask_yes():
        raise WrongInput(
            N_("Not signed. Without a terminal say --expect SUM, cash and card as counted, or --yes.")
        )


def _tell(seen: CashDay) -> None:
    """Say what was counted of a till, by whom, and what the ledger says."""
    amounts = {
        "cash": seen.cash_counted,
        "cash_ledger": seen.cash_expected,
        "card": seen.card_counted,
        "card_ledger": seen.card_expected,
        "difference": seen.difference,
    }
    say(
        N_(
            "Till of %(agent)s, %(day)s, counted by %(name)s: cash %(cash)s (ledger %(cash_ledger)s), card"
            " %(card)s (ledger %(card_ledger)s), difference %(difference)s."
        ),
        agent=seen.name,
        day=seen.day,
        name=seen.counted_by,
        **{name: Money(amount or 0) for name, amount in amounts.items()},
    )
    if seen.reason:
        say(N_("Reason: %(reason)s"), reason=seen.reason)


@app.command(help=REOPEN_HELP, epilog=N_("Example: bok payment cash reopen anna d-1 --reason 'wrong sum'"))
def reopen(
    login: Login,
    day: Day,
    reason: Annotated[str, typer.Option(metavar="TEXT", help=N_("Why it is opened again."))],
    form: FormOption = Form.TABLE,
) -> None:
    """Open a till's day again."""
    office = signed_in_office(open_shell())
    from db.operations.cash_day import reopen_cash_day

    _write(office.do(reopen_cash_day, login, _day(office, day), reason), form)


def _day(office: Office, text: str) -> date:
    from db.clock import office_day
    from db.rules.day_entry import parse_day

    return parse_day(text, today=office_day(office.house.clock()))


def _row(day: CashDay) -> Row:
    return {
        "day": day.day,
        "agent": day.login,
        "state": day.state.value,
        "payments": day.payments,
        "cash_expected": day.cash_expected,
        "cash_counted": day.cash_counted,
        "card_expected": day.card_expected,
        "card_counted": day.card_counted,
        "difference": day.difference,
        "moved": day.moved,
        "reason": day.reason,
        "counted_by": day.counted_by,
        "signed_by": day.signed_by,
    }


def _columns(form: Form) -> tuple[Column, ...]:
    return tuple(one for one in COLUMNS if one.key in PEOPLE) if form is Form.TABLE else COLUMNS


def _write(day: CashDay, form: Form) -> None:
    write_record(COLUMNS, _row(day), form=form, translate=_)
