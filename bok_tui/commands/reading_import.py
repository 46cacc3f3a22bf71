"""`bok reading import`: a file of readings, tried before it is imported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.progress import progress_bar
from bok_tui.exit_codes import ExitCode
from bok_tui.i18n import _, translate_template
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, read_input, require_room, say, signed_in_office
from db.words import N_
from reports.columns import Column, Kind, Row
from reports.output import STDOUT, Form, write_record, write_rows

if TYPE_CHECKING:
    from db.office import Office
    from db.records.people import Channel
    from db.records.reading_import import JudgedFile, LineFinding, ReadingFile

IMPORT_HELP = N_(
    "Import readings from a CSV file (- is standard input). Without --commit it is only tried. The"
    " first line names the columns licznik (meter), stan (state), dzień (day), and as needed"
    " kanał (channel), powód (reason), uwagi (note), in Polish or English; separated by ; , or tabs; in"
    " UTF-8, UTF-16, CP1250, ISO-8859-2 or CP852. The file is imported whole or not at all, unless"
    " --skip-bad leaves its bad lines out. What is recorded already is not recorded twice. Exit code 1"
    " when a line is not taken; with --skip-bad, when no line is new or recorded before."
)
SHOWN = (
    Column("line", N_("Line"), Kind.COUNT),
    Column("meter", N_("Meter")),
    Column("level", N_("Level")),
    Column("text", N_("What is wrong")),
)
"""A person reads the finding; its code is for programs."""
FINDINGS = (
    Column("line", N_("Line"), Kind.COUNT),
    Column("meter", N_("Meter")),
    Column("code", N_("Finding")),
    Column("level", N_("Level")),
    Column("text", N_("What is wrong")),
)
REPORT = (
    Column("file", N_("File")),
    Column("encoding", N_("Encoding")),
    Column("committed", N_("Imported"), Kind.FLAG),
    Column("lines", N_("Lines"), Kind.COUNT),
    Column("good", N_("Good"), Kind.COUNT),
    Column("held", N_("Held"), Kind.COUNT),
    Column("already", N_("Recorded before"), Kind.COUNT),
    Column("bad", N_("Bad"), Kind.COUNT),
    Column("imported", N_("Imported now"), Kind.COUNT),
    Column("findings", N_("Findings")),
)
CHANNEL_HELP = N_(
    "How readings came in that do not say so themselves; without, field for supervisors, who alone"
    " import what meter readers or radio bring in, and phone for agents."
)
MAP_HELP = N_(
    "Which column of the file is which of ours (meter, state, day, channel, reason, note):"
    ' --map meter="Nr wodomierza". Once for each that has a name of its own.'
)
MAPPING_HELP = N_("Read its columns as they were remembered under this name.")
REMEMBER_HELP = N_("Remember what --map says, once the file is imported with --commit; for supervisors.")


def import_file(
    file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The CSV file; - is standard input."))],
    commit: Annotated[
        bool, typer.Option("--commit", help=N_("Import it; without, it is only tried."))
    ] = False,
    skip_bad: Annotated[bool, typer.Option("--skip-bad", help=N_("Leave bad lines out."))] = False,
    hold: Annotated[bool, typer.Option("--hold", help=N_("Let what blocks wait for a supervisor."))] = False,
    channel: Annotated[str, typer.Option(metavar="CHANNEL", help=CHANNEL_HELP)] = "",
    given: Annotated[list[str] | None, typer.Option("--map", metavar="OURS=THEIRS", help=MAP_HELP)] = None,
    mapping: Annotated[str, typer.Option(metavar="NAME", help=MAPPING_HELP)] = "",
    remember: Annotated[str, typer.Option(metavar="NAME", help=REMEMBER_HELP)] = "",
    form: FormOption = Form.TABLE,
    output: Output = STDOUT,
    force: Force = False,
) -> None:
    """Try a file of readings, or import it."""
    from bok_tui.commands.reading_mapping import columns_of, keep_mapping, require_free
    from db.records.people import Channel
    from db.rules.company_channels import COMPANYS_OWN
    from db.rules.reading_file import MOST_BYTES, parse_reading_file
    from db.rules.reading_line import parse_channel

    said = parse_channel(channel) if channel else None
    require_room(output, force=force)
    office = signed_in_office(open_shell())
    by = said or (Channel.FIELD if office.actor.role in COMPANYS_OWN else Channel.PHONE)
    data = read_input(file, MOST_BYTES + 1)
    columns = columns_of(office, data, given=given or [], name=mapping, remember=remember)
    parsed = parse_reading_file(data, channel=by, mapping=columns)
    if remember:
        require_free(office, remember, columns, parsed.header)
    _tell_parsed(parsed, by)
    # a file with lines that cannot be read is refused anyway: nobody has to wait for that
    if commit and (skip_bad or not parsed.findings):
        judged, imported = _import(office, parsed, hold=hold, skip_bad=skip_bad)
    else:
        judged, imported = _judge(office, parsed, hold=hold), 0
    _tell(judged, imported, commit=commit, skip_bad=skip_bad)
    _write(file, judged, imported, form=form, output=output, force=force)
    stopped = bool(judged.findings) and not (skip_bad and (judged.good or judged.already))
    if remember and commit and not stopped:
        keep_mapping(office, remember, columns, parsed.header)
    elif remember:
        say(N_("The columns are not remembered as %(name)s: only an import does that."), name=remember)
    if stopped:
        raise typer.Exit(ExitCode.REFUSED)


def _judge(office: Office, parsed: ReadingFile, *, hold: bool) -> JudgedFile:
    from db.queries.reading_import import note_judged

    judged = _judged(office, parsed, hold=hold)
    office.read(note_judged, judged)
    return judged


def _judged(office: Office, parsed: ReadingFile, *, hold: bool) -> JudgedFile:
    """Judge the file, which takes seconds, while everybody else goes on working."""
    from db.queries.reading_import import judge_file

    with progress_bar(_("Checking readings")) as progress:
        return office.read(judge_file, parsed, hold=hold, progress=progress)


def _import(office: Office, parsed: ReadingFile, *, hold: bool, skip_bad: bool) -> tuple[JudgedFile, int]:
    """Save what may be saved, or nothing where a line stops the file."""
    from db.operations.reading_import import ImportRefused, import_readings
    from db.queries.reading_import import note_judged

    judged = _judged(office, parsed, hold=hold)
    if judged.findings and not skip_bad:
        office.read(note_judged, judged)
        return judged, 0
    try:
        with progress_bar(_("Saving readings")) as progress:
            report = office.do(
                import_readings, parsed, hold=hold, skip_bad=skip_bad, judged=judged, progress=progress
            )
    except ImportRefused as refused:
        office.read(note_judged, refused.judged)
        return refused.judged, 0
    return report.judged, report.recorded


def _write(file: str, judged: JudgedFile, imported: int, *, form: Form, output: str, force: bool) -> None:
    findings = [_row(finding, form) for finding in judged.findings]
    if form is not Form.JSON:
        columns = SHOWN if form is Form.TABLE else FINDINGS
        write_rows(columns, findings, form=form, output=output, force=force, translate=_)
        return
    row: Row = {
        "file": file,
        "encoding": judged.file.encoding,
        "committed": imported > 0,
        "lines": judged.file.lines,
        "good": len(judged.good),
        "held": judged.held,
        "already": judged.already,
        "bad": judged.bad,
        "imported": imported,
        "findings": findings,
    }
    write_record(REPORT, row, form=form, output=output, force=force)


def _row(finding: LineFinding, form: Form) -> Row:
    from bok_tui.wording.labels import level_label

    return {
        "line": finding.line,
        "meter": finding.meter,
        "code": str(finding.code),
        "level": level_label(finding.level) if form is Form.TABLE else finding.level.value,
        "text": translate_template(finding.message, finding.params),
    }


def _tell_parsed(parsed: ReadingFile, channel: Channel) -> None:
    say(N_("Read as %(encoding)s: %(lines)s lines."), encoding=parsed.encoding, lines=parsed.lines)
    if parsed.ignored:
        say(N_("Columns that are ignored: %(names)s."), names=", ".join(parsed.ignored))
    if not parsed.has_channel:
        from bok_tui.wording.labels import channel_label

        say(
            N_("There is no column for the channel; all readings are taken as %(channel)s."),
            channel=channel_label(channel),
        )


def _tell(judged: JudgedFile, imported: int, *, commit: bool, skip_bad: bool) -> None:
    say(
        N_("Good: %(good)s (%(held)s of them held). Recorded before: %(already)s. Bad: %(bad)s."),
        good=len(judged.good),
        held=judged.held,
        already=judged.already,
        bad=judged.bad,
    )
    if judged.findings and not skip_bad:
        say(N_("Nothing was imported. Correct the bad lines, or leave them out with --skip-bad."))
    elif not commit:
        say(N_("This was a trial; nothing was imported. Import it with --commit."))
    else:
        say(N_("Imported: %(count)s readings."), count=imported)
