"""`bok reading`: record, list, void and import readings."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bok_tui.commands.reading_batch import app as batch_app
from bok_tui.commands.reading_import import IMPORT_HELP, import_file
from bok_tui.commands.reading_mapping import app as mapping_app
from bok_tui.commands.reading_rows import LISTED, RECORDED, explain, listed_row, recorded_row, tell_recorded
from bok_tui.exit_codes import exit_code_of
from bok_tui.i18n import _
from bok_tui.lazy import Command
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import ask_secret, open_shell, say, signed_in_office
from db.errors import WrongInput
from db.words import N_
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from datetime import date

    from db.office import Office
    from db.records.people import Approval
    from db.records.readings import ReadingInput, RecordedReading

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    help=N_("Record, list, void and import meter readings. Needs a sign-in; everything is logged."),
    epilog=N_("Example: bok reading add 81234567 487 --day d-1"),
)

ADD_HELP = N_(
    "Record a reading after the same checks as on the screen. A warning needs --reason; what blocks"
    " needs a supervisor: --sign-off now, or --hold for later. Exit code 1 when it is not saved."
)
VOID_HELP = N_(
    "Void a reading: it stays on record and counts no more. Agents void what they recorded today,"
    " supervisors everything, in person or by --sign-off."
)
REASON_HELP = N_(
    "Why a warning is overridden, a code: rechecked, photo_seen, property_sale, complaint,"
    " estimate_correction, leak, long_absence, more_use, or other with a --note."
)
LONGEST_KEY = 40

SignOff = Annotated[
    str, typer.Option(metavar="LOGIN", help=N_("A supervisor who signs here with their password."))
]


class FiguresCommand(Command):
    """A command whose arguments may be figures: `-5` is a figure, not an option."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse `args`, a minus before a digit written as a minus and not as the dash of options."""
        parsed: list[str] = super().parse_args(ctx, [re.sub(r"^-(?=[0-9])", "−", arg) for arg in args])
        return parsed


@app.command(cls=FiguresCommand, help=ADD_HELP, epilog=N_("Example: bok reading add 81234567 487 --day d-1"))
def add(
    meter: Annotated[str, typer.Argument(metavar="METER", help=N_("The number of the meter."))],
    state: Annotated[str, typer.Argument(metavar="STATE", help=N_("The black digits: whole m³."))],
    day: Annotated[
        str, typer.Option(metavar="DAY", help=N_("2026-11-22, 22.11 or d-1; today without."))
    ] = "",
    channel: Annotated[
        str,
        typer.Option(
            metavar="CHANNEL",
            help=N_("phone, email, in_person, letter, ebok or sms; for supervisors also field or radio."),
        ),
    ] = "phone",
    reason: Annotated[str, typer.Option(metavar="CODE", help=REASON_HELP)] = "",
    note: Annotated[str, typer.Option(metavar="TEXT", help=N_("What is to be remembered of it."))] = "",
    submission: Annotated[
        str, typer.Option(metavar="KEY", help=N_("Saves once, however often the same key is sent."))
    ] = "",
    hold: Annotated[bool, typer.Option("--hold", help=N_("Let what blocks wait for a supervisor."))] = False,
    sign_off: SignOff = "",
    form: FormOption = Form.TABLE,
) -> None:
    """Record one reading, or say why not."""
    from db.records.readings import ReadingInput
    from db.rules.dial import parse_state
    from db.rules.reading_line import parse_channel, parse_reason

    number = parse_state(state)
    by = parse_channel(channel)
    why = parse_reason(reason).value if reason else None
    key = _key(submission)
    office = signed_in_office(open_shell())
    entry = ReadingInput(meter, number, _day(office, day), by, key, why, note, hold)
    recorded = _record(office, entry, sign_off)
    row = recorded_row(recorded, form)
    write_record(RECORDED, row, form=form, translate=_)
    tell_recorded(recorded)


@app.command(
    "list", help=N_("List a meter's readings, newest first."), epilog=N_("Example: bok reading list 81234567")
)
def list_command(
    meter: Annotated[str, typer.Argument(metavar="METER", help=N_("The number of the meter."))],
    limit: Annotated[int, typer.Option(min=1, max=500, metavar="N", help=N_("Readings at most."))] = 50,
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """List readings, voided and waiting ones included."""
    office = signed_in_office(open_shell())
    from db.queries.readings import list_readings

    rows = [listed_row(line, form) for line in office.read(list_readings, meter, limit=limit)]
    write_rows(LISTED, rows, form=form, output=output, force=force, translate=_)


@app.command(help=VOID_HELP, epilog=N_("Example: bok reading void 812 --reason 'another meter was read'"))
def void(
    reading: Annotated[int, typer.Argument(metavar="ID", help=N_("The reading's number, as listed."))],
    reason: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Why it is wrong, in your own words; no code."))
    ],
    sign_off: SignOff = "",
    form: FormOption = Form.TABLE,
) -> None:
    """Void one reading."""
    office = signed_in_office(open_shell())
    from db.operations.reading_decisions import void_reading

    if sign_off:
        line = office.do_approved(_signed(office, sign_off), void_reading, reading, reason)
    else:
        line = office.do(void_reading, reading, reason)
    write_record(LISTED, listed_row(line, form), form=form, translate=_)
    say(N_("The reading %(id)s is voided."), id=str(line.id))
    if line.settled_by:
        say(
            N_("The invoice %(invoice)s settled this reading: correct it (bok billing correct)."),
            invoice=line.settled_by,
        )


app.add_typer(batch_app, name="batch")
app.add_typer(mapping_app, name="mapping")
app.command("import", help=IMPORT_HELP, epilog=N_("Example: bok reading import november.csv --commit"))(
    import_file
)


def _day(office: Office, text: str) -> date:
    from db.clock import office_day
    from db.rules.day_entry import parse_day

    return parse_day(text, today=office_day(office.house.clock()))


def _key(submission: str) -> str:
    key = submission.strip() or uuid.uuid4().hex
    if len(key) > LONGEST_KEY:
        raise WrongInput(N_("A key has at most %(limit)s characters."), limit=LONGEST_KEY)
    return key


def _record(office: Office, entry: ReadingInput, sign_off: str) -> RecordedReading:
    """Record the reading; what the checks say against it goes to standard error."""
    from db.operations.readings import record_reading
    from db.refusals import ReadingRefused

    try:
        if sign_off:
            return office.do_approved(_signed(office, sign_off), record_reading, entry)
        return office.do(record_reading, entry)
    except ReadingRefused as refused:
        explain(office, entry, refused)
        raise typer.Exit(exit_code_of(refused)) from refused


def _signed(office: Office, login: str) -> Approval:
    """Return a supervisor's sign-off: their password is asked, or read from standard input."""
    from db.sign_in import sign_off

    return sign_off(office.house, login, ask_secret(N_("The supervisor's password")))
