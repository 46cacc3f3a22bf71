"""`bok request import`: the portal's batch, taken in entry by entry, none twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.commands.progress import progress_bar
from bok_tui.commands.request_rows import BATCH
from bok_tui.exit_codes import ExitCode
from bok_tui.i18n import _, translate_template
from bok_tui.options import Force, FormOption, Output
from bok_tui.shell import open_shell, read_input, require_room, say, signed_in_office
from db.words import N_
from reports.columns import Row
from reports.output import STDOUT, Form, write_rows

if TYPE_CHECKING:
    from db.office import Office
    from db.rules.request_file import FileRequest

IMPORT_HELP = N_(
    "Take in the portal's batch, JSON or CSV (- is standard input). Every entry needs external_id, client and"
    " kind; fields stand in values (JSON) or in columns of their own: street, house, flat, postal_code, town,"
    " phone, email ... What came before is not taken in again. Exit code 1 when an entry was refused. For"
    " supervisors."
)
Batch = Annotated[str, typer.Argument(metavar="FILE", help=N_("The portal's file; - is standard input."))]


def import_file(
    file: Batch, form: FormOption = Form.TABLE, output: Output = STDOUT, force: Force = False
) -> None:
    """Take a batch in and list what became of each entry."""
    from db.rules.request_file import MOST_BYTES, parse_request_file

    office = signed_in_office(open_shell())
    require_room(output, force=force)
    read = parse_request_file(read_input(file, MOST_BYTES + 1))
    rows = _taken_in(office, read.requests)
    for fault in read.faults:
        problem = translate_template(fault.message, fault.params)
        rows.append(_row(fault.place, fault.external_id, "unreadable", "", problem))
    rows.sort(key=lambda row: int(str(row["place"])))
    write_rows(BATCH, rows, form=form, output=output, force=force, translate=_)
    counts = Counter(str(row["result"]) for row in rows)
    say(
        N_("Taken in: %(new)s, came before: %(known)s, refused: %(refused)s."),
        new=counts["taken_in"],
        known=counts["known"],
        refused=counts["refused"] + counts["unreadable"],
    )
    if counts["refused"] or counts["unreadable"]:
        raise typer.Exit(ExitCode.REFUSED)


def _taken_in(office: Office, requests: tuple[FileRequest, ...]) -> list[Row]:
    from db.operations.request_batch import AT_ONCE, import_requests

    rows: list[Row] = []
    with progress_bar(_("Taking requests in")) as progress:
        for start in range(0, len(requests), AT_ONCE):
            part = requests[start : start + AT_ONCE]
            done = office.do(import_requests, [one.request for one in part])
            for one, entry in zip(part, done, strict=True):
                problem = translate_template(entry.message, entry.params) if entry.message else ""
                rows.append(_row(one.place, entry.external_id, entry.result.value, entry.number, problem))
            if progress is not None:
                progress(start + len(part), len(requests))
    return rows


def _row(place: int, external_id: str, result: str, number: str, problem: str) -> Row:
    return {
        "place": place,
        "external_id": external_id,
        "result": result,
        "number": number,
        "problem": problem,
    }
