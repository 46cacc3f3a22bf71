"""`bok client export` and `bok client anonymise`: the rights of Art. 15 and Art. 17 GDPR."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bok_tui.i18n import _
from bok_tui.options import Force, FormOption
from bok_tui.shell import open_shell, say, signed_in_office
from db.words import N_
from reports.columns import Column, Kind
from reports.output import Form, write_record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.office import Office
    from db.records.issued import IssuedDocumentView
    from db.records.personal_data import LookUp, PersonalData
    from reports.personal_data import WrittenCopy

EXPORT_HELP = N_(
    "Write a copy of all that is kept about a client. Art. 15 GDPR: a PDF with its letter and a"
    " JSON file, with purposes, recipients, retention and every look at the data, without the names of"
    " those who looked. For supervisors; the copy is logged."
)
EXPORTED = (
    Column("client", N_("Client")),
    Column("document", N_("Document")),
    Column("pdf", N_("PDF")),
    Column("json", N_("JSON")),
    Column("sha256", N_("SHA-256 of the JSON file")),
)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help=N_("The client number."))]


def export_command(
    number: Number,
    output: Annotated[
        str,
        typer.Option(
            "--output",
            metavar="DIR|FILE",
            help=N_("A folder, or the PDF; the JSON goes beside it. Without it, the documents folder."),
        ),
    ] = "",
    form: FormOption = Form.TABLE,
    force: Force = False,
) -> None:
    """Export a client's data."""
    settings = open_shell()
    office = signed_in_office(settings)
    from db.queries.personal_data import personal_data

    data = office.read(personal_data, number)
    pdf = _pdf_path(output or str(settings.documents), data)
    json = pdf.with_suffix(".json")
    view, copy = _written(office, data, pdf, json, force=force)
    row = {"client": data.client_number, "document": view.number, "pdf": str(pdf), "json": str(json)}
    write_record(EXPORTED, {**row, "sha256": copy.sha256}, form=form, translate=_)


def _pdf_path(output: str, data: PersonalData) -> Path:
    """Return where the PDF goes: the file that was named, or one of the client's and the day in a folder."""
    from db.clock import office_day
    from db.whole_files import cannot_write

    path = Path(output)
    if path.suffix.lower() in (".pdf", ".json"):
        return path.with_suffix(".pdf")
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(path, error) from error
    return path / f"rodo15-{data.client_number}-{office_day(data.as_of)}.pdf"


def _written(
    office: Office, data: PersonalData, pdf: Path, json: Path, *, force: bool
) -> tuple[IssuedDocumentView, WrittenCopy]:
    """Write both files; the letter is issued once the data is on the disk, and the PDF last."""
    from db.operations.privacy_letters import issue_data_export
    from db.records.documents import from_json
    from db.records.privacy_letters import DataExport
    from db.whole_files import written_beside
    from reports.documents.data_export import paper_with_copy
    from reports.documents.printed import printed
    from reports.personal_data import copy_blocks, write_copy

    with written_beside(pdf, force=force) as paper_file, written_beside(json, force=force) as data_file:
        with data_file.open("wb") as stream:
            copy = write_copy(stream, data, _pages(office, data))
        view = office.do(issue_data_export, data.client_number, copy.parts, copy.sha256)
        letter = from_json(view.kind, view.snapshot)
        if not isinstance(letter, DataExport):
            raise AssertionError("the letter of an export is one")
        paper = paper_with_copy(letter, copy_blocks(data, copy.looks))
        paper_file.write_bytes(printed(paper, view.snapshot))
    say(N_("The copy names people: hand it over to the client alone, and delete it here afterwards."))
    return view, copy


def _pages(office: Office, data: PersonalData) -> Iterator[Sequence[LookUp]]:
    from db.queries.personal_data import look_ups

    after = 0
    while page := office.read(look_ups, data.client_number, until=data.looks_until, after=after):
        yield page
        after = page[-1].seq


ANONYMISE_HELP = N_(
    "Erase for good what the law lets go of a client who left. Art. 17 GDPR: it issues the letter that"
    " says what is gone, what stays and until when. Invoices, payments and readings stay. Without --yes it"
    " tells what it would erase. For supervisors; on PostgreSQL with the role that owns the tables."
)
PLANNED = (
    Column("client", N_("Client")),
    Column("erased", N_("To be erased")),
    Column("kept", N_("Stays")),
)
ANONYMISED = (
    Column("client", N_("Client")),
    Column("document", N_("Document")),
    Column("kept_until", N_("The rest stays until"), Kind.DAY),
    Column("erased", N_("Erased")),
)


def anonymise_command(
    number: Number,
    yes: Annotated[bool, typer.Option("--yes", help=N_("Erase; it cannot be taken back."))] = False,
    as_of: Annotated[
        str, typer.Option("--as-of", metavar="DAY", help=N_("Judge as of this day; today without."))
    ] = "",
    form: FormOption = Form.TABLE,
) -> None:
    """Anonymise a client."""
    office = signed_in_office(open_shell())
    from bok_tui.commands.billing_entry import parse_known_day
    from db.operations.erasure import anonymise_client, erasure_plan

    day = parse_known_day(office, as_of) if as_of else None
    if not yes:
        plan = office.read(erasure_plan, number, as_of=day)
        kept = [f"{part.what}, {part.until}" for part in plan.retained]
        row = {"client": plan.client_number, "erased": _counts(plan.counts), "kept": kept}
        write_record(PLANNED, row, form=form, translate=_)
        say(N_("Nothing was erased. To erase it for good, add --yes."))
        return
    done = office.do(anonymise_client, number, as_of=day)
    told = {"client": done.client_number, "document": done.document, "kept_until": done.kept_until}
    write_record(ANONYMISED, {**told, "erased": _counts(done.counts)}, form=form, translate=_)
    _scrub(office)


def _counts(counts: Sequence[tuple[str, int]]) -> list[str]:
    return [f"{table}: {count}" for table, count in counts if count]


def _scrub(office: Office) -> None:
    """Take the bytes from the files too; what could not be done now is told, the erasure stands."""
    from bok_tui.shell import say_error
    from db.errors import Refused
    from db.scrubbing import scrub

    try:
        scrub(office.house.database)
    except Refused as error:
        say_error(error)
    say(N_("Backups made before hold the data until they are deleted."))
