"""`bok reading batch`: the batches typed on the screen, and the protocol of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.i18n import _, translate_template
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, say, signed_in_office
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from db.records.reading_batch import BatchLine, ProtocolRow

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_(
        "The batches of readings typed on the screen (code ob): who, when, how many, which rows, which are"
        " doubtful. One's own; for supervisors everybody's."
    ),
    epilog=N_("Example: bok reading batch show 12 --format csv --output batch-12.csv"),
)
LISTED = (
    Column("number", N_("Batch")),
    Column("agent", N_("Typed by")),
    Column("begun_at", N_("Begun"), Kind.INSTANT),
    Column("kept_at", N_("Last change"), Kind.INSTANT),
    Column("channel", N_("Channel")),
    Column("state", N_("State")),
    Column("recorded", N_("Recorded"), Kind.COUNT),
    Column("held", N_("Held"), Kind.COUNT),
    Column("dropped", N_("Dropped"), Kind.COUNT),
    Column("waiting", N_("Not saved"), Kind.COUNT),
)
ROWS = (
    Column("line", N_("Line"), Kind.COUNT),
    Column("standing", N_("Standing")),
    Column("typed", N_("Typed")),
    Column("meter", N_("Meter")),
    Column("state", N_("State")),
    Column("day", N_("Day")),
    Column("use", N_("m³"), Kind.VOLUME),
    Column("reason", N_("Reason")),
    Column("findings", N_("What stands against it")),
    Column("reading", N_("No. of the reading")),
    Column("agent", N_("Done by")),
    Column("at", N_("At"), Kind.INSTANT),
)
PROTOCOL = (*LISTED, Column("rows", N_("Rows")))
LISTED_PEOPLE = ("number", "agent", "begun_at", "recorded", "held", "waiting")
ROWS_PEOPLE = ("line", "standing", "typed", "state", "day", "use", "findings")
"""What a table has room for."""


@app.command(
    "list", help=N_("List batches, newest first."), epilog=N_("Example: bok reading batch list --open")
)
def list_command(
    open_only: Annotated[
        bool, typer.Option("--open", help=N_("Only those with rows not yet saved."))
    ] = False,
    limit: Annotated[int, typer.Option(min=1, max=500, metavar="N", help=N_("Batches at most."))] = 50,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """List batches."""
    office = signed_in_office(open_shell())
    from db.queries.reading_batch import list_batches

    rows = [_line(line, form) for line in office.read(list_batches, open_only=open_only, limit=limit)]
    columns = _columns(LISTED, LISTED_PEOPLE, form)
    write_rows(columns, rows, form=form, output=output, force=force, translate=_)


@app.command(
    help=N_("Show the protocol of a batch: every row, what became of it, and what stands against it."),
    epilog=N_("Example: bok reading batch show 12"),
)
def show(
    number: Annotated[int, typer.Argument(metavar="NUMBER", min=1, help=N_("The batch's number."))],
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Show one batch."""
    office = signed_in_office(open_shell())
    from db.queries.reading_batch import batch_protocol

    protocol = office.read(batch_protocol, number)
    rows = [_row(row, form) for row in protocol.rows]
    if form is Form.JSON:
        record: Row = {**_line(protocol.line, form), "rows": rows}
        write_record(PROTOCOL, record, form=form, output=output, force=force)
        return
    columns = _columns(ROWS, ROWS_PEOPLE, form)
    write_rows(columns, rows, form=form, output=output, force=force, translate=_)
    line = protocol.line
    say(
        N_(
            "Batch %(number)s, typed by %(agent)s: recorded %(recorded)s, held %(held)s, dropped %(dropped)s,"
            " not saved %(waiting)s."
        ),
        number=line.number,
        agent=line.agent,
        recorded=line.recorded,
        held=line.held,
        dropped=line.dropped,
        waiting=line.waiting,
    )


def _columns(columns: tuple[Column, ...], people: tuple[str, ...], form: Form) -> tuple[Column, ...]:
    return tuple(one for one in columns if one.key in people) if form is Form.TABLE else columns


def _line(line: BatchLine, form: Form) -> Row:
    from bok_tui.wording.labels import channel_label

    people = form is Form.TABLE
    states = {"open": _("open"), "closed": _("closed")}
    return {
        "number": line.number,
        "agent": line.agent,
        "begun_at": line.begun_at,
        "kept_at": line.kept_at,
        "channel": channel_label(line.channel) if people else line.channel.value,
        "state": states[line.state] if people else line.state.value,
        "recorded": line.recorded,
        "held": line.held,
        "dropped": line.dropped,
        "waiting": line.waiting,
    }


def _row(row: ProtocolRow, form: Form) -> Row:
    from bok_tui.wording.labels import reason_label
    from db.records.reading_batch import STANDING_WORDS

    people = form is Form.TABLE
    findings = [translate_template(finding.message, finding.params) for finding in row.findings]
    return {
        "line": row.line,
        "standing": _(STANDING_WORDS[row.standing]) if people else row.standing.value,
        "typed": row.place,
        "meter": row.meter,
        "state": row.state,
        "day": row.day,
        "use": row.use,
        "reason": reason_label(row.reason) if people else row.reason,
        "findings": " ".join(findings)
        if form is not Form.JSON
        else [
            {"code": str(finding.code), "level": finding.level.value, "text": text}
            for finding, text in zip(row.findings, findings, strict=True)
        ],
        "reading": row.reading,
        "agent": row.agent,
        "at": row.at,
    }
