"""`bok water`: what the waterworks put into the network, for the losses of `bok report consumption`."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.reading import FiguresCommand
from bok_tui.exit_codes import ExitCode
from bok_tui.i18n import _, translate_template
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import ask_yes, open_shell, read_input, require_room, say, signed_in_office
from db.errors import WrongInput
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.office import Office
    from db.records.water import WaterEntry, WaterOutcome
    from db.rules.water_file import WaterLine

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_(
        "Water put into the network, by town and month: bok report consumption --by losses holds it against"
        " what was invoiced. For supervisors and administrators; everything is logged."
    ),
    epilog=N_("Example: bok water add Przykładowo 2026-10 41250 --note 'SUW Leśna'"),
)

ADD_HELP = N_(
    "Enter what was put into a town's network in a month that is over. Nothing is changed: entered again,"
    " the later figure counts, and the earlier one stays on file. What is more than three times the town's"
    " usual of the last 12 months, or less than a third of it, is asked about; --yes says it is right."
)
LIST_HELP = N_("List what was put in, by month and town: the figures that count.")
IMPORT_HELP = N_(
    "Enter figures from a CSV file (- is standard input). The first line names the columns town"
    " (miejscowość), month (miesiąc), m3 and, as needed, note (uwagi); separated by ; , or tabs. What is on"
    " file already is not entered twice. What is far from a town's usual is listed as doubtful and entered"
    " only with --yes. Exit code 1 when a line was refused or is doubtful; the others are entered. A file"
    " that may be read in two ways is refused whole: two lines for one month, a column named twice, a line"
    " longer than the first."
)
RESULTS = {
    "entered": N_("entered"),
    "replaced": N_("entered instead"),
    "unchanged": N_("on file already"),
    "doubtful": N_("doubtful"),
    "refused": N_("refused"),
}
Sure = Annotated[
    bool, typer.Option("--yes", help=N_("Figures far from a town's usual are right: enter them, too."))
]
_MONTH, _TOWN = Column("month", N_("Month")), Column("town", N_("Town"))
_VOLUME, _BEFORE = Column("volume", N_("m³"), Kind.VOLUME), Column("before", N_("Until now"), Kind.VOLUME)
ENTERED = (
    _TOWN,
    _MONTH,
    _VOLUME,
    _BEFORE,
    Column("note", N_("Note")),
    Column("result", N_("Result"), words=RESULTS),
)
LISTED = (
    _MONTH,
    _TOWN,
    _VOLUME,
    Column("note", N_("Note")),
    Column("entered_by", N_("Entered by")),
    Column("entered_at", N_("Entered"), Kind.INSTANT),
    Column("replaced", N_("Replaced"), Kind.FLAG),
)
PEOPLE = ("month", "town", "volume", "note", "entered_by")
"""What a table has room for."""
IMPORTED = (
    Column("line", N_("Line"), Kind.COUNT),
    _TOWN,
    _MONTH,
    _VOLUME,
    _BEFORE,
    Column("result", N_("Result"), words=RESULTS),
    Column("problem", N_("What is wrong")),
)


@app.command(
    cls=FiguresCommand, help=ADD_HELP, epilog=N_("Example: bok water add 'Zmyślona Wola' 2026-10 '12 500'")
)
def add(
    town: Annotated[
        str, typer.Argument(metavar="TOWN", help=N_("As addresses have it; case does not matter."))
    ],
    month: Annotated[str, typer.Argument(metavar="YYYY-MM", help=N_("The month."))],
    volume: Annotated[str, typer.Argument(metavar="M3", help=N_("Whole m³: 12500 or '12 500'."))],
    note: Annotated[str, typer.Option(metavar="TEXT", help=N_("Where the figure is from."))] = "",
    sure: Sure = False,
    form: FormOption = Form.TABLE,
) -> None:
    """Enter one figure."""
    from db.records.water import WaterFigure, WaterResult
    from db.rules.water import parse_month, parse_volume

    figure = WaterFigure(town, parse_month(month), parse_volume(volume), note)
    office = signed_in_office(open_shell())
    from db.operations.water import enter_water

    outcome = office.do(enter_water, figure, sure=sure)
    if outcome.result is WaterResult.DOUBTFUL:
        say(outcome.message, **outcome.params)
        if not ask_yes():
            raise WrongInput(N_("Nothing was entered. If the figure is right, repeat it with --yes."))
        outcome = office.do(enter_water, figure, sure=True)
    write_record(ENTERED, _outcome_row(outcome), form=form, translate=_)
    if outcome.result is WaterResult.REPLACED:
        say(
            N_("%(before)s m³ were on file; from now on %(volume)s m³ count."),
            before=outcome.before,
            volume=outcome.figure.volume,
        )
    elif outcome.result is WaterResult.UNCHANGED:
        say(N_("The same is on file already; nothing was written."))


@app.command("list", help=LIST_HELP, epilog=N_("Example: bok water list --from 2026-01 --format csv"))
def list_command(
    since: Annotated[str, typer.Option("--from", metavar="YYYY-MM", help=N_("First month."))] = "",
    until: Annotated[str, typer.Option("--to", metavar="YYYY-MM", help=N_("Last month."))] = "",
    every: Annotated[
        bool, typer.Option("--all", help=N_("Also the figures that a later one replaced."))
    ] = False,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """List figures."""
    from db.rules.water import parse_month

    first, last = (parse_month(text) if text else None for text in (since, until))
    if first and last and first > last:
        raise WrongInput(
            N_("--from (%(since)s) lies after --to (%(until)s)."), since=since.strip(), until=until.strip()
        )
    office = signed_in_office(open_shell())
    from db.queries.water import water_entries

    asked = {"since": f"{first:%Y%m}" if first else "", "until": f"{last:%Y%m}" if last else ""}
    rows = [_listed_row(entry) for entry in office.read(water_entries, **asked, every=every)]
    shown = [*PEOPLE, "replaced"] if every else PEOPLE
    columns = [one for one in LISTED if form is not Form.TABLE or one.key in shown]
    write_rows(columns, rows, form=form, output=output, force=force, translate=_)
    if not rows:
        say(N_("No figure is on file for these months."))


@app.command("import", help=IMPORT_HELP, epilog=N_("Example: bok water import suw-2026.csv"))
def import_command(
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The CSV file; - is standard input."))],
    sure: Sure = False,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Enter a file's figures and list what became of each line."""
    from db.rules.water_file import MOST_BYTES, parse_water_file

    office = signed_in_office(open_shell())
    require_room(output, force=force)
    lines = parse_water_file(read_input(file, MOST_BYTES + 1))
    rows = [_line_row(line, outcome) for line, outcome in _entered(office, lines, sure=sure)]
    write_rows(IMPORTED, rows, form=form, output=output, force=force, translate=_)
    counts = Counter(str(row["result"]) for row in rows)
    say(
        N_(
            "Entered: %(entered)s, on file already: %(unchanged)s, doubtful: %(doubtful)s,"
            " refused: %(refused)s."
        ),
        entered=counts["entered"] + counts["replaced"],
        unchanged=counts["unchanged"],
        doubtful=counts["doubtful"],
        refused=counts["refused"],
    )
    if counts["doubtful"]:
        say(N_("Doubtful figures were not entered. If they are right, repeat the command with --yes."))
    if counts["refused"] or counts["doubtful"]:
        raise typer.Exit(ExitCode.REFUSED)


def _entered(
    office: Office, lines: Sequence[WaterLine], *, sure: bool
) -> Iterable[tuple[WaterLine, WaterOutcome | None]]:
    """Enter what could be read, in one transaction; a line that could not has no outcome."""
    from db.operations.water import import_water

    figures = tuple(line.figure for line in lines if line.figure is not None)
    outcomes = iter(office.do(import_water, figures, sure=sure) if figures else ())
    return [(line, next(outcomes) if line.figure is not None else None) for line in lines]


def _line_row(line: WaterLine, outcome: WaterOutcome | None) -> Row:
    if outcome is None:
        town, month, _volume = line.typed
        row: Row = {"town": town, "month": month, "result": "refused"}
        message, params = line.message, line.params
    else:
        row, message, params = _outcome_row(outcome), outcome.message, outcome.params
    return {**row, "line": line.line, "problem": translate_template(message, params or {}) if message else ""}


def _outcome_row(outcome: WaterOutcome) -> Row:
    figure = outcome.figure
    return {
        "town": figure.town,
        "month": f"{figure.month:%Y-%m}",
        "volume": figure.volume,
        "before": outcome.before,
        "note": figure.note,
        "result": outcome.result.value,
    }


def _listed_row(entry: WaterEntry) -> Row:
    return {
        "month": f"{entry.month[:4]}-{entry.month[4:]}",
        "town": entry.town,
        "volume": entry.volume,
        "note": entry.note,
        "entered_by": entry.entered_by,
        "entered_at": entry.entered_at,
        "replaced": entry.replaced,
    }
