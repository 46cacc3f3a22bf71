"""What `bok report NAME` can be asked: each report takes the options that its definition names."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

import typer

from bok_tui.options import Force, Output
from db.errors import WrongInput
from db.records.reports import Question
from db.rules.day_entry import parse_day
from db.rules.months import month_after
from db.words import N_
from reports.output import STDOUT
from reports.supervision.asking import view_asked_for
from reports.supervision.definition import Definition, Option
from reports.supervision.forms import ROWS_HELD, SHEET_ROWS, ReportForm

MOST = 1_000_000
FIRST_DAY = date(1990, 1, 1)
"""Before it nobody kept such books; a report looks back from its day."""
Values = dict[str, Any]

FORM = Annotated[
    ReportForm,
    typer.Option("--format", metavar="FORM", help=N_("table for people; json, csv, xlsx or pdf.")),
]
AS_OF = Annotated[
    str,
    typer.Option("--as-of", metavar="DAY", help=N_("What was known at the end of this day; today without.")),
]
LIMIT = Annotated[int | None, typer.Option(min=0, max=MOST, metavar="N", help=N_("Rows at most; 0 for all."))]
SORT = Annotated[
    str,
    typer.Option(metavar="COLUMN", help=N_("Sort by this column's key; -COLUMN for the greatest first.")),
]
REVEAL = Annotated[
    bool,
    typer.Option(
        "--reveal", help=N_("Show personal data in clear; logged with each client. For supervisors.")
    ),
]

Parameters = tuple[tuple[str, Any, Any], ...]
"""Name, annotation and default of each."""
ASKED: Parameters = (("as_of", AS_OF, ""), ("limit", LIMIT, None), ("sort", SORT, ""))
COMMON: Parameters = (
    *ASKED,
    ("reveal", REVEAL, False),
    ("form", FORM, ReportForm.TABLE),
    ("output", Output, STDOUT),
    ("force", Force, False),
)
_OWN: dict[Option, Parameters] = {
    Option.PERIOD_OF_DAYS: (
        (
            "since",
            Annotated[
                str,
                typer.Option(
                    "--from", metavar="DAY", help=N_("First day; the first of the month of --as-of without.")
                ),
            ],
            "",
        ),
        (
            "until",
            Annotated[str, typer.Option("--to", metavar="DAY", help=N_("Last day; --as-of without."))],
            "",
        ),
    ),
    Option.TOP: (
        (
            "top",
            Annotated[
                int, typer.Option(min=0, max=MOST, metavar="N", help=N_("Only the first N of the list."))
            ],
            0,
        ),
    ),
    Option.BUCKET: (
        (
            "bucket",
            Annotated[
                str,
                typer.Option(metavar="AGE", help=N_("Clients with a debt of this age: 1-30, ... or >360.")),
            ],
            "",
        ),
    ),
    Option.PERIODS: (
        (
            "periods",
            Annotated[int, typer.Option(min=1, max=120, metavar="N", help=N_("Billing periods."))],
            2,
        ),
    ),
    Option.STREET: (
        ("street", Annotated[str, typer.Option(metavar="STREET", help=N_("Only this street."))], ""),
    ),
    Option.CLIENT: (
        ("client", Annotated[str, typer.Option(metavar="NUMBER", help=N_("Only this client."))], ""),
    ),
    Option.AGENT: (
        ("agent", Annotated[str, typer.Option(metavar="LOGIN", help=N_("Only this member of staff."))], ""),
    ),
    Option.PERIOD: (
        ("period", Annotated[str, typer.Option(metavar="YYYY-MM", help=N_("Only this billing period."))], ""),
    ),
    Option.UNTIL: (
        (
            "until",
            Annotated[
                str,
                typer.Option(
                    "--until",
                    metavar="DAY",
                    help=N_("Look ahead to this day, itself included; a year without."),
                ),
            ],
            "",
        ),
    ),
    Option.KIND: (
        (
            "kind",
            Annotated[str, typer.Option(metavar="KIND", help=N_("Only these: negative, leak, low or zero."))],
            "",
        ),
    ),
    Option.SUSPICIOUS: (
        (
            "suspicious",
            Annotated[bool, typer.Option("--suspicious", help=N_("Only what should be looked into."))],
            False,
        ),
    ),
}


UNTIL_ON_MAIL: Parameters = (
    (
        "until",
        Annotated[str, typer.Option("--until", metavar="DAY", help=N_("Last day; --as-of without."))],
        "",
    ),
)
"""The last day where `--to` names whom to write to."""


def with_options(
    definition: Definition, body: Callable[[Values], None], *, common: Parameters = COMMON
) -> Callable[..., None]:
    """Return a function with the options of the report, as Typer reads them, that hands them to `body`.

    `common` are those that every report has.
    """
    own = [parameter for option in definition.options for parameter in _own(definition, option)]
    if any(name == "to" for name, _, _ in common) and Option.PERIOD_OF_DAYS in definition.options:
        own = [*(each for each in own if each[0] != "until"), *UNTIL_ON_MAIL]
    parameters = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, annotation, default in [*own, *common]
    ]

    def command(**values: Any) -> None:
        body(values)

    command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # what inspect reads
    command.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return command


def _own(definition: Definition, option: Option) -> Parameters:
    if option is not Option.BY:
        return _OWN[option]
    keys = "|".join(view.key for view in definition.views)
    by = Annotated[str, typer.Option(metavar=keys, help=N_("The view; the first without."))]
    return (("by", by, ""),)


def question_of(definition: Definition, values: Values, *, today: date) -> Question:
    """Return what was asked; raises WrongInput for days that cannot be, or in the wrong order."""
    as_of = parse_day(values["as_of"], today=today)
    if as_of > today:
        raise WrongInput(N_("%(day)s is still ahead: a report tells of what was."), day=as_of.isoformat())
    _require_sensible(as_of)
    ahead = year_after(as_of) if Option.UNTIL in definition.options else as_of
    until = parse_day(values.get("until", "") or ahead.isoformat(), today=today)
    since = parse_day(values.get("since", "") or min(as_of, until).replace(day=1).isoformat(), today=today)
    if Option.PERIOD_OF_DAYS in definition.options:
        _require_sensible(since)
        _require_order(since, until, as_of)
    elif Option.UNTIL in definition.options and until < as_of:
        raise WrongInput(N_("--until lies before --as-of."))
    return Question(
        as_of=as_of,
        since=since,
        until=until,
        by=view_asked_for(definition, values.get("by", "").strip().lower(), _given(definition, values)),
        periods=values.get("periods", 2),
        street=values.get("street", ""),
        client=values.get("client", "").strip(),
        agent=values.get("agent", "").strip().lower(),
        bucket=values.get("bucket", "").strip(),
        kind=values.get("kind", "").strip().lower(),
        period=_period(definition, values, as_of),
    )


def year_after(day: date) -> date:
    """Return the same day of the next year, which a report looks ahead to; of February 29th the 28th."""
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _require_sensible(day: date) -> None:
    if day < FIRST_DAY:
        raise WrongInput(
            N_("%(day)s is too long ago: reports begin on %(first)s."),
            day=day.isoformat(),
            first=FIRST_DAY.isoformat(),
        )


def _require_order(since: date, until: date, as_of: date) -> None:
    if since > until:
        raise WrongInput(
            N_("--from (%(since)s) lies after --to (%(until)s)."),
            since=since.isoformat(),
            until=until.isoformat(),
        )
    if until > as_of:
        raise WrongInput(
            N_("--to (%(until)s) lies after the day of the report (%(as_of)s)."),
            until=until.isoformat(),
            as_of=as_of.isoformat(),
        )


def _given(definition: Definition, values: Values) -> set[Option]:
    """Return the options that were given."""
    own = (option for option in definition.options if option is not Option.BY)
    return {
        option
        for option in own
        if any(values.get(name, default) != default for name, _, default in _OWN[option])
    }


def rows_at_most(values: Values, form: ReportForm) -> int:
    """Return how many rows are asked for by --limit and --top, of which the smaller counts; 0 for all.

    Where nothing is asked for, as many as the form holds.
    """
    asked = [values["limit"], values.get("top") or None]
    most = min((number for number in asked if number), default=0)
    if asked == [None, None]:
        most = ROWS_HELD.get(form, 0)
    return most or (SHEET_ROWS if form is ReportForm.XLSX else 0)


def _period(definition: Definition, values: Values, as_of: date) -> str:
    """Return the period asked for; a report of periods alone tells of the last whole month without one."""
    if text := values.get("period"):
        from bok_tui.commands.billing_entry import parse_period

        if values.get("since") or values.get("until"):
            raise WrongInput(N_("--period asks for a whole billing period: leave out --from and --to."))
        first = parse_period(text)
        if first > as_of:
            raise WrongInput(
                N_("The period %(period)s begins after the day of the report (%(as_of)s)."),
                period=f"{first:%Y-%m}",
                as_of=as_of.isoformat(),
            )
        return f"{first:%Y%m}"
    alone = Option.PERIOD in definition.options and Option.PERIOD_OF_DAYS not in definition.options
    return f"{month_after(as_of, -1):%Y%m}" if alone else ""
