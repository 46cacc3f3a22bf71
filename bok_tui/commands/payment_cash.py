"""`bok payment cash`: the day's cash, counted by whoever took it, signed for by a supervisor."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.i18n import _
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, say, signed_in_office
from db.records.cash_day import STATE_WORDS
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
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
    " another supervisor signs."
)
SIGN_HELP = N_(
    "Sign for what somebody else counted. From then on no cash or card payment is booked into that day."
    " For supervisors."
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
        say(N_("Every till is signed for."))


@app.command(help=CLOSE_HELP, epilog=N_("Example: bok payment cash close --cash 1250,40 --card 310,00"))
def close(
    cash: Annotated[str, typer.Option(metavar="AMOUNT", help=N_("Notes and coins, counted."))] = "0",
    card: Annotated[str, typer.Option(metavar="AMOUNT", help=N_("The terminal's total."))] = "0",
    day: Annotated[
        str, typer.Option(metavar="DAY", help=N_("2026-11-22, 22.11 or d-1; today without."))
    ] = "",
    reason: Annotated[
        str,
        typer.Option(
            metavar="TEXT", help=N_("Why it differs from the ledger, or why you count for somebody else.")
        ),
    ] = "",
    till: Annotated[
        str,
        typer.Option(
            metavar="LOGIN", help=N_("Whose till, when they are away; yours without. For supervisors.")
        ),
    ] = "",
    form: FormOption = Form.TABLE,
) -> None:
    """Count one's own till, or that of somebody who is away."""
    from db.records.cash_day import CashCount
    from db.rules.cash_day import parse_counted

    counted = parse_counted(cash), parse_counted(card)
    office = signed_in_office(open_shell())
    from db.operations.cash_day import close_cash_day

    _write(office.do(close_cash_day, CashCount(_day(office, day), *counted, reason), till), form)


@app.command(help=SIGN_HELP, epilog=N_("Example: bok payment cash sign anna d-1"))
def sign(login: Login, day: Day, form: FormOption = Form.TABLE) -> None:
    """Sign for a till."""
    office = signed_in_office(open_shell())
    from db.operations.cash_day import sign_cash_day
    from db.queries.cash_days import cash_day

    wanted = _day(office, day)
    seen = office.read(cash_day, wanted, login)
    _write(office.do(sign_cash_day, login, wanted, seen.version), form)


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
